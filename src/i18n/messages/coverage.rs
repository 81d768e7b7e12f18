//! Where the unit has been and where not.

super::messages! { "coverage";
    fn title(year: Words);
    fn title_duties(year: Words);
    fn legend();
    fn commune(name: Words);
    fn everywhere();
    fn no_places();
    fn no_duties(key: Words);
    fn sum();
    fn duty();
    fn saturdays();
    fn receptions();
    fn cell(place: Words, month: Number, visits: Number, year: Number);
    fn document(document: Words);
    fn map_title(year: Words, province: Words);
    fn map_none();
    fn map_dot(commune: Words, visits: Number, year: Words);
    fn map_most();
}
