list-found =
    { $total ->
        [one] { $found } / { $total } visit
       *[other] { $found } / { $total } visits
    }
list-found-so-far =
    { $total ->
        [one] … / { $total } visit
       *[other] … / { $total } visits
    }
list-nothing-found = No visit matches.
list-this-month = this month
list-month = { $month }/{ $year }
list-newest = ↓ date
list-oldest = ↑ date
list-date = Date
list-place = Village · commune
list-shared = Shared
list-work = Work
list-meetings = Meet
list-concerns = Raised
list-state = State
list-empty = No visit yet. Press n to write the first.
list-team = team: { $names }
list-reading = reading…
