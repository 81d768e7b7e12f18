//! The cell's queue: what differs, several at once, what is contested.

super::messages! { "review";
    fn part_added(what: Words);
    fn part_gone(what: Words);
    fn own();
    fn own_left_out();
    fn marked(count: Number);
    fn confirm_title(count: Number);
    fn confirm_each();
    fn confirmed_all(count: Number);
    fn how_to_settle();
}
