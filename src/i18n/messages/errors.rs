//! What went wrong, whether the data is safe, and what to do.

super::messages! { "errors";
    fn config_read(path: Words, reason: Words);
    fn config_not_utf8(path: Words, line: Number);
    fn config_syntax(path: Words, line: Number);
    fn config_unknown_key(path: Words, line: Number, key: Words);
    fn config_value(path: Words, line: Number, key: Words);
    fn config_missing(path: Words, line: Number, key: Words);
    fn config_twice(path: Words, line: Number, key: Words);
}
