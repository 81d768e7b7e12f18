//! The history of a record: who did what when.

super::messages! { "history";
    fn title();
}
