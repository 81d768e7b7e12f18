quarantine-title = Rows that wait · { $count }
quarantine-none = No row waits. Rows of imported tables that cannot be read come here.
quarantine-hint = These rows are not in the logbook and in no number yet.
quarantine-row-title = { $file } · row { $row }
quarantine-why = column { $column }: { $reason }
quarantine-row-hint = Correct the cell and take the row in; until then it waits.
quarantine-working = Writing…
quarantine-ask-drop = Press { $key } again to drop this row for good. The logbook does not change.
quarantine-dropped = The row is dropped; the logbook is unchanged.
quarantine-taken = The corrected row is in the logbook.
quarantine-still-unread = Not taken in: { $reason }. Nothing was written.
quarantine-state = to correct
quarantine-waiting = { $count ->
    [one] { $count } row in quarantine
   *[other] { $count } rows in quarantine
}
