//! Erasing a copy of a logbook.

super::messages! { "erase";
    fn about();
    fn arg_name();
    fn arg_yes();
    fn other_name();
    fn entries(count: Number, stream: Words, device: Words);
    fn typing(count: Number);
    fn rows(count: Number);
    fn not_covered(unit: Words);
    fn ask(unit: Words, folder: Words);
    fn not_erased();
    fn erased(folder: Words);
    fn stream_roster();
    fn stream_open();
    fn stream_petition();
    fn stream_sealed();
    fn stream_unknown();
}
