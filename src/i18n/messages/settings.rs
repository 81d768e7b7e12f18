//! The settings of the program.

super::messages! { "settings";
    fn title();
}
