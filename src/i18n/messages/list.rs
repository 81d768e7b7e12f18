//! The list of visits and its search.

super::messages! { "list";
    fn found(found: Number, total: Number);
    fn found_so_far(total: Number);
    fn nothing_found();
    fn this_month();
    fn month(month: Number, year: Words);
    fn newest();
    fn oldest();
    fn date();
    fn place();
    fn shared();
    fn work();
    fn meetings();
    fn concerns();
    fn state();
    fn empty();
    fn team(names: Words);
    fn reading();
}
