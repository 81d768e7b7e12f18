coverage-title = Visits by village × month, { $year }
coverage-title-duties = Duties to attend, visit, receive, be on duty · { $year }
coverage-legend = ░ 0  ▒ 1–2  ▓ 3–5  █ 6+
coverage-commune = commune { $name }
coverage-everywhere = everywhere
coverage-no-places = No village is known yet. Write down the first visit, or take in a list of villages, and look again.
coverage-no-duties = No duty was given for this year. { $key } writes one down, with the document that gives it.
coverage-sum = year
coverage-duty = done / owed
coverage-saturdays = Saturday duty
coverage-receptions = Receptions
coverage-cell = { $place } · month { $month }: { $visits } visits · { $year } in the year
coverage-document = by { $document }
coverage-map-title = Visits by commune, { $year } · { $province }
coverage-map-none = There is no commune to draw yet. Log a first visit in a village whose commune is known, and look again.
coverage-map-dot = { $commune }: { $visits ->
        [one] { $visits } visit
       *[other] { $visits } visits
    } in { $year }
coverage-map-most = Visited most
