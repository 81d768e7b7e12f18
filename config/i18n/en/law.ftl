law-step-accept = Accept or refuse
law-step-settle = Settle
law-step-notify = Tell the citizen
law-step-pass-on = Pass on if not competent
law-step-send-decision = Send the decision
law-step-appeal = Complain again or go to court
law-step-lodge = Lodge the complaint
law-step-take-effect = The decision takes effect
law-step-sort = Sort the petition
law-step-ask-report = The superior asks for a report
law-step-report = Report to the superior
law-step-tell-conclusion = Send the conclusion to the parties
law-step-act = Act on the conclusion
law-step-publish = Publish the conclusion
law-day-decision-known = the day the decision was received or known
law-day-letter-received = the day the letter was received
law-day-received = the day of receipt
law-day-accepted = the day of acceptance
law-day-decided = the day of the decision
law-day-decision-received = the day the decision was received
law-day-limit-expired = the day the limit expired
law-day-denounced-again = the day the renewed denunciation was received
law-day-report-asked = the day the report was asked for
law-day-concluded = the day of the conclusion
law-case-complex = complex case
law-case-remote = remote place, hard to reach
law-case-complex-remote = complex case, remote place
law-case-several-places = several places to check
law-monday = Monday
law-tuesday = Tuesday
law-wednesday = Wednesday
law-thursday = Thursday
law-friday = Friday
law-saturday = Saturday
law-sunday = Sunday
law-date = { $date }
law-short-date = { $date }
law-on-weekday = { $date } ({ $weekday })
law-span = { $first }–{ $last }
law-working-days =
    { $count ->
        [one] { $count } working day
       *[other] { $count } working days
    }
law-length = { $days } from { $start }, the first day not counted
law-length-for = { $days } ({ $case }) from { $start }, the first day not counted
law-extended =
    { $times ->
        [one] extended once by { $days } days: { $added } days more ({ $rule })
       *[other] extended { $times } times by { $days } days: { $added } days more ({ $rule })
    }
law-left-out =
    { $days ->
        [one] suspended { $span }: { $days } day left out
       *[other] suspended { $span }: { $days } days left out
    }
law-sum = { $from } + { $days } = { $due }
law-sum-suspended = { $from } + { $days } + { $suspended } = { $due }
law-sum-working = { $from } + { $days } = { $due }
law-not-counted = { $span } not counted: { $why }
law-worked = { $day } is worked in exchange and counts
law-within = { $span } off ({ $why }) does not move the date
law-moved = { $due } is off ({ $why }): moved to { $to }
law-why-weekend = weekly rest day
law-why-holiday = { $name }
law-why-make-up = made up for { $name }
law-why-swapped = swapped day off
law-why-worked = worked in exchange
law-basis = Art. { $article } { $law }
law-unchecked = not yet held against the text
law-no-limit = The law sets no limit to settle it; see the local rules.
law-working-days-left =
    { $days ->
        [one] { $days } working day left
       *[other] { $days } working days left
    }
law-working-days-overdue =
    { $days ->
        [one] { $days } working day overdue
       *[other] { $days } working days overdue
    }
law-overdue = overdue
law-until-moved = fell on a day off, moved to { $due }
law-warn-no-schedule = The official days off of { $year } are not known yet: the holidays are a guess.
law-warn-doubtful-day = That { $day } is off or swapped is from memory, not yet held against the announcement.
law-warn-suspension-counts = For complaints accepted until { $until }, suspended days still count in the limit. Decree 155/2026/NĐ-CP (Art. 22) has a transitional rule on suspensions; ask the inspectorate.
law-warn-after-due = The suspension { $span } begins after the due date { $due } and does not prolong the limit.
law-warn-before-start = The suspension { $span } ends before the limit begins and does not prolong it.
law-warn-not-accepted = The day of acceptance is not known: suspensions and extensions change nothing yet.
law-warn-no-rule = { $step }: no rule known here was in force on { $day }.
law-bad-order = { $later } ({ $on }) cannot lie before { $earlier } ({ $before }). Nothing was reckoned or saved; correct one of the two dates.
law-bad-span-backwards = the suspension from { $from } ends before it begins, on { $to }. Nothing was reckoned or saved; correct the two dates.
law-bad-span-endless = the suspension from { $from } has no end. Nothing was reckoned or saved; give the day it ends.
law-bad-extensions = extended { $asked } times, but the law allows { $most } at most. Nothing was reckoned or saved; correct the number.
law-bad-reach = a date is too far away to reckon with. Nothing was reckoned or saved; correct it.
