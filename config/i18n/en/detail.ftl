detail-title = Visit { $code }
detail-ask-reason = Why is this visit withdrawn?
detail-reason-missing = A reason is needed.
detail-where-label = Where
detail-when-label = When
detail-team-label = Team
detail-shared-label = Shared
detail-unit-label = Unit
detail-programme-label = Programme
detail-cell-label = Reviewing cell
detail-note-label = Note
detail-nights =
    { $count ->
        [one] ({ $count } night)
       *[other] ({ $count } nights)
    }
detail-activities = SUPPORT ACTIVITIES
detail-meetings = MEETINGS ATTENDED
detail-concerns = CONCERNS
detail-envelopes = SEALED ENVELOPES
detail-lead-unit = lead: { $unit }
detail-partners = with: { $units }
detail-confirmed-by = confirmed by { $name }
detail-confirmed-by-on = confirmed by { $name } on { $date }
detail-helped = helped: { $names }
detail-raised-by = raised by: { $name }
detail-anonymous = anonymous
detail-masked = •••
detail-said = said: { $text }
detail-wish = wish: { $text }
detail-on-the-spot = settled on the spot
detail-answer-by = answer by { $date }
detail-promise = promise: { $text }
detail-promise-by = promise: { $text }, by { $date }
detail-attendance = { $count } present
detail-remarks = remarks: { $text }
detail-issues = issues: { $text }
detail-envelope = no. { $number }, to { $body }
detail-withdrawn = Withdrawn: { $reason }
detail-conflict =
    { $count ->
        [one] { $count } field has two values; the later is shown
       *[other] { $count } fields have two values; the later is shown
    }
detail-send-title = Send to review
detail-send-ready = The visit is complete. Enter sends it.
detail-send-lacks = Not yet, because:
detail-finding = { $item } — { $field }: { $problem }
detail-item-visit = Visit
detail-item-activity = Activity { $number }
detail-item-meeting = Meeting { $number }
detail-item-concern = Concern { $number }
detail-item-envelope = Envelope { $number }
detail-field-place = place
detail-field-from = first day
detail-field-to = last day
detail-field-team = team
detail-field-lead = lead
detail-field-category = category
detail-field-amount = amount
detail-field-measure = measure
detail-field-beneficiaries = those helped
detail-field-funding = funding
detail-field-confirmation = village head’s word
detail-field-kind = kind
detail-field-line = public line
detail-field-answer-by = answer date
detail-field-promise-due = promise date
detail-field-envelope-number = envelope number
detail-field-envelope-date = date
detail-field-envelope-body = receiving body
detail-problem-missing = missing
detail-problem-end-before-start = before the first day
detail-problem-in-future = in the future
detail-problem-too-long = longer than a year
detail-problem-before-visit = before the visit
detail-problem-lead-not-in-team = not in the team
detail-problem-amount-without-measure = an amount without a measure
detail-problem-measure-without-amount = a measure without an amount
detail-problem-nothing-done = no activity, meeting or concern yet
detail-today-called = { $then } — today { $today }
detail-other-sites = also at: { $places }
detail-at-site = at { $place }
detail-officers =
    { $count ->
        [one] { $count } officer
       *[other] { $count } officers
    }
detail-part-withdrawn = withdrawn
