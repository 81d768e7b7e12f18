//! Visits that may be one, and what was decided about them.

super::messages! { "pairs";
    fn title(at: Number, count: Number);
    fn title_so_far(at: Number, count: Number);
    fn none();
    fn none_of_visit();
    fn same_village();
    fn same_words();
    fn same_commune();
    fn same_day();
    fn days_apart(days: Number);
    fn linked();
    fn dismissed();
    fn disputed();
    fn activities();
    fn meetings();
    fn concerns();
    fn hint();
    fn done_linked(one: Words, other: Words);
    fn done_dismissed(one: Words, other: Words);
    fn typed_like(date: ShortDate, code: Words, who: Words);
    fn typed_like_unnamed(date: ShortDate, code: Words);
    fn may_repeat(code: Words, date: ShortDate, key: Words);
    fn linked_with(code: Words, date: ShortDate, key: Words);
    fn disputed_with(code: Words, date: ShortDate, key: Words);
}
