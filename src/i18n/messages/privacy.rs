//! What belongs to citizens: names where many read, and everything held on one person.

super::messages! { "privacy";
    fn names_a_citizen();
    fn exposes(count: Number);
    fn step_exposes();
    fn amend_exposes(field: Words);
    fn arg_keep_names();
    fn hid_names(count: Number);
}
