//! Tables that leave the logbook: the command, its answers, its refusals.

super::messages! { "export";
    fn about();
    fn about_man();
    fn arg_what();
    fn arg_format();
    fn arg_output();
    fn arg_with_names();
    fn arg_dir();
    fn done(rows: Number, path: Words);
    fn cut(cells: Number);
    fn no_names_there();
    fn later(format: Words);
    fn stopped();
    fn failed(path: Words, message: Words);
    fn unlike(path: Words, written: Number, read: Number);
    fn no_room(path: Words);
    fn names_not_held();
    fn name_missing(path: Words);
    fn name_letter(path: Words);
    fn name_windows(path: Words);
    fn name_long(path: Words);
    fn name_format(path: Words, ending: Words);
    fn name_folder(path: Words);
    fn name_no_file(path: Words);
    fn name_logbook(path: Words);
    fn pages_done(count: Number, folder: Words);
}
