//! The form of a visit: its fields, and the sentences beside them.

super::messages! { "capture";
    fn end_before_start();
    fn future_date();
    fn negative_amount();
    fn category_missing();
    fn not_a_date();
    fn not_a_number();
}
