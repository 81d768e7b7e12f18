//! The lock.

super::messages! { "unlock";
    fn title();
    fn ask();
    fn idle();
    fn key();
    fn suspend();
    fn working();
    fn wrong();
    fn forgot();
}
