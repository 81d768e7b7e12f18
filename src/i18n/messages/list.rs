//! The list of visits and its search.

super::messages! { "list";
    fn found(found: Number, total: Number);
    fn nothing_found();
}
