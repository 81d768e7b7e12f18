common-yes = yes
common-no = no
common-ok = OK
common-save = Save
common-cancel = Cancel
common-close = Close
common-back = Back
common-next = Next
common-delete = Delete
common-none = none
common-unknown-date = date unknown
common-words = { $words }
common-done-of = { $done } / { $total }
common-and-more = +{ $count }
common-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
common-nights =
    { $count ->
        [one] { $count } night
       *[other] { $count } nights
    }
common-hours =
    { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
common-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
common-person-days =
    { $amount ->
        [one] { $amount } person-day
       *[other] { $amount } person-days
    }
common-households =
    { $count ->
        [one] { $count } household
       *[other] { $count } households
    }
common-people =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
common-turns =
    { $count ->
        [one] { $count } turn
       *[other] { $count } turns
    }
common-dong = { $amount } đ
common-days-left =
    { $days ->
        [one] { $days } day left
       *[other] { $days } days left
    }
common-working-days-left =
    { $days ->
        [one] { $days } working day left
       *[other] { $days } working days left
    }
common-due-today = due today
common-days-overdue =
    { $days ->
        [one] { $days } day overdue
       *[other] { $days } days overdue
    }
common-working-days-overdue =
    { $days ->
        [one] { $days } working day overdue
       *[other] { $days } working days overdue
    }
common-overdue = overdue
common-due-soon = due soon
common-today = today
common-yesterday = yesterday
common-monday = Monday
common-tuesday = Tuesday
common-wednesday = Wednesday
common-thursday = Thursday
common-friday = Friday
common-saturday = Saturday
common-sunday = Sunday
common-visit-typing = being typed (not saved)
common-visit-draft = draft
common-visit-sent = awaiting review
common-visit-returned = returned
common-visit-confirmed = confirmed
common-visit-changed = changed after confirmation
common-visit-conflict = conflict
common-visit-withdrawn = withdrawn
common-copies-local = not copied
common-copies-copied = copied
common-copies-received = received elsewhere
common-concern-complaint = complaint
common-concern-recommendation = recommendation
common-concern-reflection = reflection
