list-found =
    { $total ->
        [one] { $found } / { $total } visit
       *[other] { $found } / { $total } visits
    }
list-nothing-found = No visit matches.
