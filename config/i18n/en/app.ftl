app-tab-today = Today
app-tab-visits = Visits
app-not-copied = not copied { $count }
app-saved-draft = Draft of the visit of { $date } to { $place } saved at { $time }.
app-too-small = Needs at least { $columns } columns × { $rows } rows.
app-locked = The logbook is locked.
