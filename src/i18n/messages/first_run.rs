//! The questions of a first start.

super::messages! { "first_run";
    fn choose_language();
}
