//! Taking in tables: what came in, what did not and why. Never the content of a cell.

super::messages! { "import";
    fn refused_too_large(megabytes: Number);
    fn refused_too_many_cells();
    fn refused_too_many_parts();
    fn refused_not_a_table();
    fn refused_old();
    fn refused_broken();
    fn refused_no_sheet();
    fn refused_no_header();
    fn refused_not_yet(kind: Words);
    fn done(rows: Number, added: Number, undated: Number, unchanged: Number, quarantined: Number);
    fn would(rows: Number, added: Number, undated: Number, unchanged: Number, quarantined: Number);
    fn stopped(done: Number, total: Number);
    fn ignored(columns: Words);
    fn quarantine_stays();
    fn reason_not_a_date();
    fn reason_incomplete_date();
    fn reason_in_future();
    fn reason_end_before_start();
    fn reason_too_long();
    fn reason_not_a_number();
    fn reason_negative();
    fn reason_number_out_of_range();
    fn reason_text_too_long();
    fn reason_too_many_cells();
    fn reason_formula_error();
    fn reason_not_yes_or_no();
    fn reason_not_a_list();
    fn reason_says_nothing();
    fn reason_missing();
    fn line(row: Number, column: Words, reason: Text);
}
