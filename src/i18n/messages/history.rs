//! The history of a record: who did what when.

super::messages! { "history";
    fn title();
    fn created();
    fn amended(fields: Words);
    fn sent();
    fn withdrawn(reason: Words);
    fn undone();
    fn unknown();
    fn none();
    fn about_visit();
    fn about_activity();
    fn about_meeting();
    fn about_concern();
    fn about_particulars();
    fn about_helped();
    fn about_envelope();
    fn about_other();
}
