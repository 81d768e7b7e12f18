privacy-names-a-citizen = It has a name or number of a citizen’s particulars: the whole unit and the cell read this field.
privacy-exposes = { $count ->
    [one] Not saved: a field that many read has a citizen’s name or number. Change it, or save again to keep it.
   *[other] Not saved: { $count } fields that many read have a citizen’s name or number. Change them, or save again to keep them.
}
privacy-step-exposes = Not saved: a citizen’s name or number stands here, and the whole unit and the cell read it. Change it, or press Enter again to keep it.
privacy-amend-exposes = Nothing was changed: “{ $field }” has a name or number of a citizen’s particulars, and the whole unit and the cell read it. Leave it out, or add --yes to write it all the same.
privacy-arg-keep-names = write it although it has a citizen’s name or number
privacy-hid-names = { $count ->
    [one] In one row a citizen’s name or number stood where many read; “…” stands there now, and the name stays among the names.
   *[other] In { $count } rows a citizen’s name or number stood where many read; “…” stands there now, and the names stay among the names.
}
privacy-about-request = what was done on a citizen’s request
privacy-about-erasure = an erasure
privacy-not-a-full-name = Not looked for: the full name (two words or more) and the village are needed, with all their marks. A part of a name finds nobody.
privacy-not-held = This device holds no citizens’ names, by its member’s role: there is nothing to look through.
privacy-found = { $count ->
    [one] One record names exactly this person in this village.
   *[other] { $count } records name exactly this person in this village.
}
privacy-found-waiting = { $count ->
    [one] One row that waits to be corrected names them too (F6 on the list).
   *[other] { $count } rows that wait to be corrected name them too (F6 on the list).
}
privacy-found-typing = { $count ->
    [one] One visit with unsaved typing names them.
   *[other] { $count } visits with unsaved typing name them.
}
privacy-field-name = name
privacy-field-contact = contact
privacy-field-address = address
privacy-field-id-number = identity number
privacy-not-theirs = Nothing was changed: that code is no record that names exactly this person.
privacy-only-particulars = Nothing was changed: names of those helped are amended in their visit, on the screen.
privacy-nothing-to-correct = Nothing was changed: the file needs lines such as “contact=…”, “name=…”, “address=…” or “id_number=…”.
privacy-corrected = The citizen’s particulars at { $code } were corrected.
privacy-records = { $count ->
    [one] one record
   *[other] { $count } records
}
privacy-deed-found = looked for
privacy-deed-shown = shown
privacy-deed-exported = exported
privacy-deed-corrected = corrected
privacy-deed-erased = erased
privacy-ask-name = Full name:
privacy-ask-village = Village (and commune, behind a comma):
privacy-bad-correction = Nothing was done: from the third line on, each is “name=…”, “contact=…”, “address=…” or “id_number=…”.
privacy-nobody-answers = Nothing was done: nobody answers on the keyboard. Write name and village into a file, one a line, and use --ask-file FILE.
privacy-json-or-html = Not exported: the name { $path } has to end in .json or .html.
privacy-bad-file-name = Not exported: { $path } cannot be written (its name or folder will not do). Choose another.
privacy-not-written = Not exported to { $path }: { $why }. Nothing in the logbook changed but a line of the log.
privacy-not-read-back = Not exported: { $path } does not read back as it was written. Try another disk.
privacy-exported = { $count ->
    [one] One record was exported to { $path }. The file is not encrypted: give it into the citizen’s hands and delete it.
   *[other] { $count } records were exported to { $path }. The file is not encrypted: give it into the citizen’s hands and delete it.
}
privacy-page-title = What the logbook holds on a citizen
privacy-page-head = { $count ->
    [one] Made on { $date } on the citizen’s request; one record.
   *[other] Made on { $date } on the citizen’s request; { $count } records.
}
privacy-offered = { $count ->
    [one] One record with a citizen’s name was received by the competent body { $months } months ago or more; to erase it: bacung citizen erase --offered
   *[other] { $count } records with citizens’ names were received by the competent body { $months } months ago or more; to erase them: bacung citizen erase --offered
}
privacy-may-erase = may be erased
privacy-offered-row = Citizens' names in { $count } records that the competent body received at least { $months } months ago
privacy-typing-first = Nothing was erased: save or discard the unsaved typing first, then try again.
privacy-nothing-to-erase = There is nothing to erase.
privacy-ask-erase = { $count ->
    [one] Erase the citizen’s particulars in one record for good? Type “erase” to agree:
   *[other] Erase the citizen’s particulars in { $count } records for good? Type “erase” to agree:
}
privacy-not-erased = Nothing was erased.
privacy-pages-remain = The content is gone from the logbook, but the file { $path } was not written anew under another key: run “bacung compact”, so that what was there cannot be read any more.
privacy-erased = { $count ->
    [one] The citizen’s particulars in one record are erased and the file is written under a new key; what was counted stays. Other devices erase theirs when they next exchange. Backups and bundles sent before keep the old.
   *[other] The citizen’s particulars in { $count } records are erased and the file is written under a new key; what was counted stays. Other devices erase theirs when they next exchange. Backups and bundles sent before keep the old.
}
privacy-about-citizen = everything held on one person, on that person’s own request
privacy-about-find = find by exact full name and village
privacy-about-export = write it to a .json file, or an .html page to print
privacy-about-correct = correct the particulars of one record
privacy-about-erase = erase for good and write the logbook under a new key
privacy-about-offered = what was handed over long enough ago to be erased
privacy-about-log = what was done so far
privacy-arg-ask-file = a file with the name in line 1 and the village in line 2 (else they are asked for)
privacy-arg-paper = number of the request, or the legal basis
privacy-arg-received = day on which the request came
privacy-arg-show = show the contents too
privacy-arg-output = the .json or .html file to write
privacy-arg-offered = erase what “offered” lists
privacy-arg-erase-yes = do not ask again
privacy-erased-elsewhere = { $count ->
    [one] On a citizen’s request another device erased one entry, and its content is gone from this logbook too. Compact it (Ctrl-K, or “bacung compact”), so that the file keeps nothing of it.
   *[other] On a citizen’s request another device erased { $count } entries, and their content is gone from this logbook too. Compact it (Ctrl-K, or “bacung compact”), so that the file keeps nothing of it.
}
privacy-no-authority = Not sealed: the logbook knows no key of the competent authority. The identity stays in the paper envelope, whose number is all that is written here. Try again once a device of the authority is on the roster, or its key in the settings (authority_key).
privacy-bad-authority-key = Not sealed: authority_key in the settings is no key “age1…”.
privacy-no-envelope = Not sealed: the visit has no envelope of a denunciation with that number.
privacy-which-envelope = Not sealed: the visit has several envelopes. Add --number NO.
privacy-identity-sealed = The identity is sealed to the competent authority. This device cannot open it again.
privacy-ask-identity = Who denounced (one line, not shown):{" "}
privacy-about-seal = seal who denounced to the competent authority
privacy-arg-seal-code = code of the visit with the envelope
privacy-arg-seal-number = number of the envelope, where the visit has several
privacy-arg-seal-file = a file with the identity on one line (else it is asked for)
privacy-title-citizen = Everything held on one citizen
privacy-slot-village = village, commune
privacy-slot-paper = request, basis
privacy-how-to-ask = On the citizen’s own request: the exact full name and village, with all marks. Enter looks; each look-up goes into the log, the name does not.
privacy-how-to-see = F3 shows the contents (logged); Ctrl-X erases for good; Enter closes. To correct, open the record; to export: bacung citizen export.
privacy-how-to-erase = Type the passphrase and press Enter to erase for good and write the logbook under a new key; Esc leaves. It cannot be undone; backups and bundles already sent keep the old.
privacy-title-seal = Who denounced
privacy-how-to-seal = Enter seals it to the competent authority: this device cannot open it again and keeps it nowhere else. F3 shows what is typed; Esc leaves and keeps nothing.
