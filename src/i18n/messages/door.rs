//! Letting a device into the logbook, on the screen.

super::messages! { "door";
    fn ask_role();
    fn ask_cell();
    fn cell_missing();
    fn ask_path();
    fn path_missing();
    fn invited();
    fn ask_request();
    fn ask_word();
    fn for_cell(cell: Words);
    fn compare();
    fn word_wrong();
}
