//! What frames every screen: tabs, the last thing that happened, the lock.

super::messages! { "app";
    fn tab_today();
    fn tab_visits();
    fn not_copied(count: Number);
    fn saved_draft(place: Words, date: ShortDate, time: Time);
    fn too_small(columns: Number, rows: Number);
    fn locked();
}
