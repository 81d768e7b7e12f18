export-about = Write visits, activities, meetings, concerns or entries of the journal to a file, without citizens' names
export-about-man = Write the manual pages into a folder
export-arg-what = Which table: visits, activities, meetings, concerns, entries
export-arg-format = Format: csv, xlsx, json, ndjson, parquet
export-arg-output = The file; an old one of that name is replaced only once the new one is whole and was read back. For parquet a folder, or s3://bucket/folder
export-arg-with-names = With citizens' names and words; each record written out is recorded as shown
export-arg-dir = The folder for the manual pages
export-done = { $rows ->
        [one] { $rows } row is in { $path } and was read back.
       *[other] { $rows } rows are in { $path } and were read back.
    }
export-cut = { $cells ->
        [one] { $cells } cell was longer than a spreadsheet takes and is cut, with … at its end. For the whole, export csv or json.
       *[other] { $cells } cells were longer than a spreadsheet takes and are cut, with … at their end. For the whole, export csv or json.
    }
export-no-names-there = This table has no columns of citizens' names.
export-not-built = This program was built without { $format }. Nothing was written; use csv, xlsx, json or ndjson.
export-parquet = Parquet, a folder with files by month
export-taken = Something lies at { $place } already, and in an object store nothing is replaced. Nothing was written; name a new folder, with the date in it for instance.
export-aside = { $path } was not written, and the export that was there lies in { $old } now: it could not be moved back. It is whole, and the next export to { $path } moves it back. The logbook was not touched; look at the disk.
export-name-no-folder = “{ $path }” is there and is no folder; Parquet is a folder of files by month. Nothing was written; choose another name.
export-name-other-things = The folder “{ $path }” holds other things than an export. Nothing was written and nothing in it was touched; name a new folder.
export-stopped = Stopped. No new file was written; an old one is as it was.
export-failed = { $path } was not written: { $why }. The logbook was not touched, an old file is as it was. Look at where it goes and try again.
export-unlike = What was written to { $path } read back as { $read } rows of { $written } and was thrown away. The logbook was not touched, an old file is as it was. The disk may be failing; write elsewhere.
export-no-room = The disk of { $path } is full. The logbook was not touched, an old file is as it was. Make room or write elsewhere.
export-names-not-held = Devices of this role keep no citizens' names, so they cannot be written out. Nothing was written; leave --with-names out.
export-name-missing = “{ $path }” is no name of a file. Nothing was written; give a whole name, such as visits.xlsx.
export-name-letter = The name “{ $path }” has letters that cannot be seen or that do not serve on every machine. Nothing was written; choose another name.
export-name-windows = The name “{ $path }” does not serve on Windows. Nothing was written; choose another name.
export-name-long = The name is too long. Nothing was written; choose a shorter one: “{ $path }”.
export-name-format = “{ $path }” ends like another format. Nothing was written; let it end in .{ $ending } or choose the other format.
export-name-folder = The folder of “{ $path }” is not there. Nothing was written; make it or write elsewhere.
export-name-no-file = “{ $path }” is there and is no plain file. Nothing was written; choose another name.
export-name-logbook = “{ $path }” lies in the folder of the logbook. Nothing was written; choose another place.
export-pages-done = { $count ->
        [one] { $count } manual page is in { $folder }.
       *[other] { $count } manual pages are in { $folder }.
    }
export-done-cut = { $rows ->
        [one] { $rows } row is in { $path }; { $cells } cells longer than a spreadsheet takes are cut.
       *[other] { $rows } rows are in { $path }; { $cells } cells longer than a spreadsheet takes are cut.
    }
export-title = Export to a file
export-table = Table
export-format = Format
export-file = File
export-visits = visits
export-activities = support activities
export-meetings = meetings attended
export-concerns = people's concerns
export-entries = entries of the journal
export-xlsx = XLSX spreadsheet
export-csv = CSV
export-json = JSON
export-ndjson = NDJSON, a record a line
export-which = By the words and filters of the list; without citizens' names.
export-choose = ↑ ↓ change
export-writing = Writing { $done } / { $total } rows · Esc stops
export-reading-back = Reading back what was written…
export-stopping = Stopping…
export-file-visits = visits
export-file-activities = activities
export-file-meetings = meetings
export-file-concerns = concerns
export-file-entries = entries
export-act-save = saved
export-act-send = sent to review
export-act-withdraw = withdrawn
export-act-undo = undone
export-act-receipt = receipt
export-act-cut = chain cut
export-record-admission = admission
export-record-device = device
export-act-shown = citizens’ particulars shown
export-act-unknown = of a newer release
export-record-place = village
export-record-person = cadre
export-record-member = member
export-record-logbook = logbook
export-record-pair = pair of visits
