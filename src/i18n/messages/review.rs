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
    fn on_paper(code: Words);
    fn said_on_paper(who: Words, date: ShortDate, paper: Words, on: Date);
    fn ask_paper_number();
    fn paper_number_missing();
    fn ask_paper_day();
    fn paper_day_wrong();
    fn about_paper();
    fn arg_number();
    fn arg_on();
    fn about_keeper();
    fn keeper_named(name: Words);
    fn pick_keeper();
    fn pick_revoked();
    fn keeps();
    fn ask_revoke(name: Words);
    fn revoke_named();
}
