//! Villages: their names, days, units, and what became of them.

super::messages! { "places";
    fn title();
    fn none();
    fn ask_step();
    fn ask_name();
    fn ask_new_name();
    fn ask_new_first();
    fn ask_first();
    fn ask_last();
    fn ask_into();
    fn ask_merge_last();
    fn ask_part();
    fn ask_part_last();
    fn ask_unit();
    fn step_correct();
    fn step_renamed();
    fn step_first();
    fn step_last();
    fn step_unit();
    fn step_merge();
    fn step_divide();
    fn step_stands();
    fn name_missing();
    fn day_missing();
    fn days_crossed();
    fn not_yet();
    fn since(day: Date);
    fn until(day: Date);
    fn became(names: Words);
    fn before(day: Date, unit: Words);
    fn before_unknown(day: Date);
}
