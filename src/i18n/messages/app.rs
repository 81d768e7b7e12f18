//! What frames every screen: tabs, the last thing that happened, the lock.

super::messages! { "app";
    fn tab_today();
    fn tab_visits();
    fn tab_concerns();
    fn tab_coverage();
    fn tab_review();
    fn tab_report();
    fn tab_exchange();
    fn not_copied(count: Number);
    fn nothing_found();
    fn too_small(columns: Number, rows: Number);
    fn locked();
    fn title();
    fn typing_off();
    fn typing_telex();
    fn typing_vni();
    fn saved(code: Words);
    fn sent(code: Words);
    fn withdrawn(code: Words);
    fn undone(code: Words);
    fn place_changed();
    fn profile_changed();
    fn passphrase_changed();
    fn too_small_now(columns: Number, rows: Number);
}
