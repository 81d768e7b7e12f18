//! Rows of tables that wait in quarantine. Never the content of a cell.

super::messages! { "quarantine";
    fn title(count: Number);
    fn none();
    fn hint();
    fn row_title(file: Words, row: Number);
    fn why(column: Words, reason: Text);
    fn row_hint();
    fn working();
    fn ask_drop(key: Words);
    fn dropped();
    fn taken();
    fn still_unread(reason: Text);
    fn state();
    fn waiting(count: Number);
}
