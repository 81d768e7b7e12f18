capture-new-visit = New visit
capture-amending = Amending visit { $code }
capture-state-typing = typing
capture-kept-at = kept at { $time }
capture-not-kept = not kept yet
capture-saving = saving
capture-place = Where
capture-when = When
capture-nights = { $count ->
    [one] { $count } night
   *[other] { $count } nights
}
capture-team = Team
capture-shared = Together
capture-programme = Programme
capture-cell = Reviewed by
capture-note = Note
capture-activities = SUPPORT ACTIVITIES
capture-meetings = MEETINGS ATTENDED
capture-concerns = CONCERNS HEARD
capture-add-with = { $key } adds
capture-activity = Activity
capture-meeting = Meeting
capture-concern = Concern
capture-envelope = Envelope of a denunciation
capture-category = Kind
capture-amount = Amount
capture-person-days = Person-days
capture-officers = officers
capture-helped = Helped
capture-households = households
capture-people = people
capture-turns = turns
capture-funding = Source
capture-value = Value
capture-dong = đ
capture-lead-unit = Led by
capture-partners = Partners
capture-sites = Also at
capture-confirmed-by = Village head
capture-on-day = on
capture-description = Description
capture-helped-names = Names
capture-kind = Kind
capture-capacity = Attended
capture-body = Body
capture-meeting-site = Held at
capture-attendance = Attendance
capture-remarks = Remarks
capture-issues = Issues
capture-promise = Promised
capture-due = by
capture-topic = Topic
capture-line = Public line
capture-concern-site = Place
capture-settlement = Outcome
capture-answer-by = answer by
capture-raised-by = Raised by
capture-contact = Contact
capture-said = Said
capture-wish = Wish
capture-envelope-number = Envelope no.
capture-envelope-date = Received on
capture-envelope-body = To hand to
capture-petition-hint = only officers in charge can read this
capture-sealed-hint = The envelope only; no name, no content (Art. 56, Law on Denunciations)
capture-no-names = This role's device keeps no citizens' names.
capture-no-names-no-denunciations = This role's device keeps no citizens' names and takes no denunciations.
capture-recommendation = recommendation
capture-reflection = reflection
capture-complaint = complaint
capture-denunciation = denunciation
capture-crime-report = crime report
capture-anonymous = anonymous
capture-on-the-spot = settled on the spot
capture-new-village = new · { $beside }
capture-unit-with-former = { $today } (formerly { $former })
capture-former-then = { $district } · today { $today }
capture-former-whole = formerly { $former }, { $district }
capture-former-divided = { $former } was divided, type it again to choose a part
capture-former-part = part of what was { $former }, { $district }
capture-today-in = today in { $today }
capture-formerly-in = formerly in { $former }
capture-new-person = new cadre
capture-ask-commune = new, go on with the commune
capture-days-short =
    { $amount ->
        [one] { $amount } person-day
       *[other] { $amount } person-days
    }
capture-households-alone = { $count } hh.
capture-households-short = { $count } hh. ({ $kind })
capture-people-short =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
capture-turns-short =
    { $count ->
        [one] { $count } turn
       *[other] { $count } turns
    }
capture-answer-short = answer by { $date }
capture-attendance-short = { $count } present
capture-envelope-short = envelope { $number }
capture-nothing-yet = nothing yet
capture-end-before-start = The end is before the start.
capture-future-date = This day has not come yet.
capture-negative-amount = This cannot be below zero.
capture-category-missing = No kind of work is chosen.
capture-not-a-date = This is no date; try 22/11, today, -2.
capture-not-a-number = This is no number; try 1,234,567, 1.5, 3 million.
capture-number-not-whole = A whole number is wanted here.
capture-number-too-large = This number is too large.
capture-number-ambiguous = Thousands or a fraction? Please type it again.
capture-number-too-precise = At most three digits after the point.
capture-not-in-the-list = Not in the list; press ↓ to choose.
capture-nobody-of-that-name = Press Enter to take this name.
capture-choose-a-place = This place is not taken yet; choose from the list or type “village, commune”.
capture-visit-too-long = Longer than a year; check the dates.
capture-before-visit = This day is before the visit.
capture-lead-not-in-team = The lead is not in the team.
capture-measure-missing = The measure is missing.
capture-amount-missing = The amount is missing.
capture-nothing-done = No activity, meeting or concern is written down yet.
capture-place-missing = The place is missing.
capture-date-missing = The date is missing.
capture-team-missing = The team is missing.
capture-lead-missing = No lead is chosen (press * at the name).
capture-kind-missing = No kind is chosen.
capture-line-missing = The public line is missing.
capture-still-missing = Still missing.
capture-hand-over-crime = A crime report does not belong in this logbook. Report it at once and hand over to the criminal duty desk of the commune police. Nothing was written down.
capture-paste-cut = This field is full; what is over was not taken.
capture-cannot-save = Not saved: this cannot be read. What you typed is kept.
capture-cannot-send = { $count ->
    [one] Not sent: { $count } field to look at. What you typed is kept.
   *[other] Not sent: { $count } fields to look at. What you typed is kept.
}
capture-nothing-changed = Nothing was changed, nothing was written.
capture-no-last-visit = There is no earlier visit.
capture-part-stays = The visit itself cannot be removed here; its page can withdraw it.
capture-part-removed = Removed; { $key } brings it back.
capture-saved-part-removed = Removed; saving the visit will withdraw it. { $key } brings it back.
capture-nothing-removed = There is nothing to bring back.
capture-ask-discard = Discard all that is typed here? { $key } again discards; any other key keeps.
capture-discarded = Discarded; { $key } brings it back until you quit.
capture-unreadable-typing = This unsaved typing cannot be read; it stays in the logbook as it is.
capture-lacking = { $count } to look at
capture-ask-own-right = was the person's own right harmed by a decision?
capture-ask-violation = is a violation of law reported?
capture-ask-wish = is something wished for?
capture-ask-information = is something made known?
capture-ask-crime = is a crime reported? not logged here
