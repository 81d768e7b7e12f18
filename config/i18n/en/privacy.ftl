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
