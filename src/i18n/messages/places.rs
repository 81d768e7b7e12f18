//! Villages: renaming and merging.

super::messages! { "places";
    fn title();
    fn none();
    fn ask_name();
    fn ask_into();
    fn name_missing();
}
