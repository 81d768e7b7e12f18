//! The help screen.

super::messages! { "help";
    fn title();
}
