pairs-title = Pairs that may be one { $at } / { $count }
pairs-title-so-far = Pairs that may be one { $at } / { $count }, still looking
pairs-none = No pairs are left that may be one.
pairs-none-of-visit = No visit was found that may be the same as this one.
pairs-same-village = same village
pairs-same-words = same name of the place
pairs-same-commune = same commune
pairs-same-day = same day
pairs-days-apart =
    { $days ->
        [one] a day apart
       *[other] { $days } days apart
    }
pairs-linked = Linked: counted once
pairs-dismissed = Looked at: two different visits
pairs-disputed = ⚡ Two people decided differently
pairs-activities = Activities
pairs-meetings = Meetings
pairs-concerns = Concerns
pairs-hint = Link: what both tell is counted once. Different: not asked again.
pairs-done-linked = Linked { $one } with { $other }: counted once.
pairs-done-dismissed = { $one } and { $other } are two visits: not asked again.
pairs-typed-like = May be the same as visit { $date } { $code } by { $who }
pairs-typed-like-unnamed = May be the same as visit { $date } { $code }
pairs-may-repeat = may be the same as visit { $date } { $code } ({ $key } side by side)
pairs-linked-with = linked with visit { $date } { $code }, counted once ({ $key } to look again)
pairs-disputed-with = two people decided differently about visit { $date } { $code } ({ $key } side by side)
