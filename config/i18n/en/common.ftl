common-yes = yes
common-no = no
common-ok = OK
common-save = Save
common-cancel = Cancel
common-back = Back
common-next = Next
common-none = none
common-unknown-date = date unknown
common-words = { $words }
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
common-due-today = due today
common-days-overdue =
    { $days ->
        [one] { $days } day overdue
       *[other] { $days } days overdue
    }
common-today = today
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
common-visit-on-paper = confirmed on paper
common-concern-complaint = complaint
common-concern-recommendation = recommendation
common-concern-reflection = reflection
common-origin-typed = typed
common-origin-import = from a table
common-settlement-pending = pending
common-settlement-on-the-spot = settled on the spot
