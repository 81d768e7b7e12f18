//! What columns of receptions, duties and inspections hold, and why their rows cannot be read.

super::messages! { "import_beside";
    fn field_head();
    fn field_petition_kind();
    fn field_address();
    fn field_id_number();
    fn field_settled_by();
    fn field_handling_accept();
    fn field_handling_return();
    fn field_handling_pass_on();
    fn field_handling();
    fn field_outcome();
    fn field_hours();
    fn field_files_received();
    fn field_files_solved();
    fn field_files_overdue();
    fn field_decision();
    fn field_laws();
    fn field_agencies();
    fn field_conclusion();
    fn field_concluded_on();
    fn reason_not_a_saturday();
}
