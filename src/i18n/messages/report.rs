//! The screen of numbers and papers.

super::messages! { "report";
    fn now();
    fn before();
    fn change();
    fn calendar(from: Date, to: Date);
    fn administrative(from: Date, to: Date);
    fn closed_on(on: Date);
    fn open_on(on: Date);
    fn corrected(was: Words, now: Words);
    fn rows(shown: Number, total: Number);
    fn no_rows();
    fn ask_path();
    fn path_missing();
    fn ask_close(period: Text);
    fn written(path: Words);
    fn writing();
    fn file_report();
    fn file_cell();
    fn file_minutes();
    fn file_register();
    fn file_sheets();
}
