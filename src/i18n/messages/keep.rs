//! Backups, compacting, and what is said when a logbook is not the one that this machine knew.

super::messages! { "keep";
    fn about_backup();
    fn about_restore();
    fn about_compact();
    fn arg_target();
    fn arg_backup();
    fn arg_to();
    fn ask_opener();
    fn backed_up(entries: Number, path: Words, size: Decimal);
    fn restored(folder: Words, time: Time, date: Date, entries: Number);
    fn compacted(before: Decimal, after: Decimal);
    fn lost(code: Words, time: Time, date: Date);
    fn lost_unnamed(time: Time, date: Date);
    fn exists(path: Words);
    fn in_logbook(path: Words);
    fn not_empty(path: Words);
    fn not_a_backup(path: Words);
    fn damaged(path: Words);
    fn newer(path: Words);
    fn not_read_back(path: Words);
    fn no_room(path: Words);
    fn stopped();
    fn differs();
    fn uncopied();
    fn uncopied_row(days: Number);
    fn uncopied_line(days: Number, key: Words);
    fn ask_target();
    fn target_missing();
    fn ask_compact();
    fn compact_why();
    fn working_backup();
    fn working_compact();
    fn work_stop();
    fn work_stopping();
}
