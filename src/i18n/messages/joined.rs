//! Logbooks of several units in one queue.

super::messages! { "joined";
    fn queue(count: Number, books: Number);
    fn opening(folder: Words);
    fn closed(folder: Words, why: Text);
    fn other_passphrase();
    fn missing();
    fn open_elsewhere();
    fn same();
    fn twice();
    fn no_logbook(folder: Words);
    fn not_joined(folder: Words);
    fn noted(folder: Words);
    fn noted_command(folder: Words);
    fn parted(folder: Words);
    fn ask_folder();
    fn folder_missing();
    fn about_join();
    fn about_part();
    fn arg_folder();
    fn arg_all();
    fn read_only();
    fn not_synced(unit: Words, why: Text);
}
