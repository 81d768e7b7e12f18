//! What went wrong, whether the data is safe, and what to do.

super::messages! { "errors";
    fn config_read(path: Words, reason: Words);
    fn config_not_utf8(path: Words, line: Number);
    fn config_syntax(path: Words, line: Number);
    fn config_unknown_key(path: Words, line: Number, key: Words);
    fn config_value(path: Words, line: Number, key: Words);
    fn config_missing(path: Words, line: Number, key: Words);
    fn config_twice(path: Words, line: Number, key: Words);
    fn wrong_passphrase();
    fn short_passphrase();
    fn not_allowed(state: Text);
    fn incomplete();
    fn nothing_to_undo();
    fn not_found();
    fn disk_full();
    fn read_only();
    fn io(path: Words, message: Words);
    fn too_large();
    fn already_open();
    fn already_open_data();
    fn already_open_now();
    fn not_a_logbook(path: Words);
    fn not_a_logbook_data();
    fn not_a_logbook_now();
    fn damaged(path: Words);
    fn damaged_data();
    fn damaged_now();
    fn newer(path: Words);
    fn newer_data();
    fn newer_now();
    fn io_failed(path: Words, message: Words);
    fn io_failed_data();
    fn io_failed_now();
}
