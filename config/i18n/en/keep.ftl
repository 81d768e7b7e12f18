keep-about-backup = Back the logbook up into one encrypted file, read back and checked before it says done
keep-about-restore = Put a backup back, into an empty folder
keep-about-compact = Make the file smaller, under a new data key
keep-arg-target = The file to write, or a folder (the file is named after the day); an existing file is never written over
keep-arg-backup = The backup
keep-arg-to = A new or empty folder for the logbook
keep-ask-opener = Passphrase at the time of the backup, or the recovery secret on paper:{ " " }
keep-backed-up = { $entries } entries are backed up in { $path } ({ $size } MB); each was read back and checked.
keep-restored = The logbook is in { $folder }, from the backup of { $time } on { $date }: { $entries } entries, each checked. It goes on with a new device key.
keep-compacted = The file went from { $before } MB to { $after } MB, under a new data key. Earlier backups open as before.
keep-lost = This logbook lacks the last entry that was written on this machine ({ $code }, at { $time } on { $date }); it may be an old copy. What is in it is whole, and the machine goes on with a new device key; if there is a newer copy, keep it.
keep-lost-unnamed = This logbook lacks the last entry that was written on this machine (at { $time } on { $date }); it may be an old copy. What is in it is whole, and the machine goes on with a new device key; if there is a newer copy, keep it.
keep-exists = { $path } is there already. Nothing was written and nothing is written over; choose another name.
keep-in-logbook = { $path } is in the logbook’s own folder: who loses one loses both. Nothing was written; choose a stick or another disk.
keep-not-empty = The folder { $path } is not empty. Nothing was written; choose a new or empty folder.
keep-not-a-backup = { $path } is no backup. Nothing was written; check the path.
keep-damaged = { $path } is damaged or cut short and cannot be put back. Nothing was written; use another backup.
keep-newer = { $path } was written by a newer release. Nothing was written; install that release and do it again.
keep-not-read-back = What was written to { $path } does not read back right and was removed. The logbook is whole; try another stick or disk.
keep-no-room = There is no room left at { $path }. The logbook is whole; choose a place with room.
keep-stopped = Stopped as you asked. The logbook is as it was.
keep-differs = The copy is not what was copied and was removed. The logbook is whole; run “bacung check”.
keep-uncopied = not copied
keep-uncopied-row =
    { $days ->
        [one] for { $days } day · Enter: back up
       *[other] for { $days } days · Enter: back up
    }
keep-uncopied-line =
    { $days ->
        [one] Something has been on this laptop only for { $days } day; { $key } makes a backup.
       *[other] Something has been on this laptop only for { $days } days; { $key } makes a backup.
    }
keep-ask-target = Back up to which file or folder (a stick, another disk)
keep-target-missing = Type the path of a stick or a folder
keep-ask-compact = Passphrase, to make the file smaller
keep-compact-why = The new file lies under a new data key; the old one is replaced only when the new one is checked.
keep-working-backup = Backing up and checking
keep-working-compact = Making the file smaller and checking it
keep-work-stop = Esc stops; the logbook stays as it is.
keep-work-stopping = Stopping…
