//! The settings of the program.

super::messages! { "settings";
    fn title();
    fn ask_idle();
    fn idle_wrong();
    fn name();
    fn language();
    fn typing();
    fn typing_off();
    fn idle();
    fn passphrase_hidden();
    fn old_passphrase();
    fn new_passphrase();
    fn change_passphrase();
    fn working();
}
