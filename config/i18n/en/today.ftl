today-to-do = TO DO
today-nothing = Nothing is waiting.
today-first = Press { $key } to write down the first visit.
today-lunar = lunar { $day }/{ $month }
today-lunar-leap = lunar { $day }/{ $month } (leap)
today-lunar-month-1 = 1
today-lunar-month-2 = 2
today-lunar-month-3 = 3
today-lunar-month-4 = 4
today-lunar-month-5 = 5
today-lunar-month-6 = 6
today-lunar-month-7 = 7
today-lunar-month-8 = 8
today-lunar-month-9 = 9
today-lunar-month-10 = 10
today-lunar-month-11 = 11
today-lunar-month-12 = 12
today-this-month = THIS MONTH
today-compared =
    against { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }
today-visits = Visits
today-activities = Activities
today-meetings = Meetings
today-person-days = Person-days
today-concerns = Concerns
today-settled = settled at once
today-percent = { $percent }%
today-weekdays = Mo Tu We Th Fr Sa Su
today-calendar-legend = · holiday  ▲ due  ✖ overdue
today-month =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }
today-visit = Visit { $date } · { $place }
today-visit-undated = Visit, no date · { $place }
today-typed-at = Unfinished visit, kept at { $time } on { $date }
today-form-typed-at = unfinished, kept at { $time } on { $date }
today-concern = { $kind }: { $line }
today-promise = Promised: { $text }
today-due = due { $date }
today-due-on = due { $date }
today-conflict = Two people changed the same field
today-may-be-one = may be one
today-pairs =
    { $count ->
        [one] { $count } pair of visits to look at
       *[other] { $count } pairs of visits to look at
    }
today-pairs-at-least =
    { $count ->
        [one] at least { $count } pair of visits to look at
       *[other] at least { $count } pairs of visits to look at
    }
