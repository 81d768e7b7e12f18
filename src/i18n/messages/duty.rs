//! Duties to go and listen, and how they stand.

super::messages! { "duty";
    fn by_document(duty: Words, who: Text, document: Words);
    fn by_example(duty: Words, who: Text, document: Words);
    fn chair_of_a_commune();
    fn slot_person();
    fn slot_site();
    fn no_quota();
    fn no_such_cadre(name: Words);
    fn several_cadres(name: Words);
    fn no_such_village(name: Words);
    fn several_villages(name: Words);
    fn not_attended();
    fn not_visited();
    fn not_received();
    fn not_on_duty();
    fn not_done();
    fn year(year: Words);
    fn quarter_1();
    fn quarter_2();
    fn quarter_3();
    fn quarter_4();
    fn month(month: Number);
    fn days(from: Date, to: Date);
    fn each_week();
    fn each_month();
    fn each_quarter();
    fn each_year();
    fn done();
    fn on_time(missing: Number);
    fn missing(missing: Number);
    fn arithmetic(owed: Number, passed: Number, days: Number, exact: Decimal, expected: Number);
    fn behind(who: Words, place: Words, span: Text, share: Words);
}
