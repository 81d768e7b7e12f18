//! Guards that a record keeps the name of its day and is found by that of today too.

use bacung::config::units::Communes;
use bacung::domain::{
    CommuneCode, FormerCommuneCode, LabelMatch, Listing, PlaceChange, Role, Site, Unit, VisitRow,
};
use bacung::store::Reader;
use redb::backends::InMemoryBackend;

use crate::harness::logbook::{Logbook, at, day, query, visit, with_activity};

const LANG_QUAN: FormerCommuneCode = FormerCommuneCode(2_479);
const YEN_SON: CommuneCode = CommuneCode(2_473);

fn rows(reader: &Reader, sites: Vec<Site>) -> Vec<VisitRow> {
    let mut wanted = query("");
    wanted.filters.sites = sites;
    reader.list_visits(&wanted).expect("is read").rows
}

fn officer() -> Logbook {
    Logbook::create(InMemoryBackend::new(), Role::Officer)
}

/// A visit of 2024 at the former commune, one of 2026 at the commune that received it.
fn two_divisions() -> Logbook {
    let mut logbook = officer();
    let before = at(visit("", Some("2024-10-04")), Site::Former(LANG_QUAN));
    logbook.save(with_activity(before, "canal", "Đào kênh"));
    logbook.save(at(visit("", Some("2026-10-04")), Site::Commune(YEN_SON)));
    logbook
}

#[test]
fn a_former_unit_is_found_by_its_own_name_and_by_todays() {
    let logbook = two_divisions();
    let reader = logbook.store.reader();
    assert_eq!(reader.names().expect("are read").former, [LANG_QUAN]);
    let communes = Communes::built_in();
    let of = |unit| rows(&reader, communes.sites_of(unit));
    assert_eq!(of(Unit::Today(YEN_SON)).len(), 2);
    let former = of(Unit::Former(LANG_QUAN));
    assert_eq!(former.len(), 1);
    assert_eq!(former[0].site.former, Some(LANG_QUAN));
    assert_eq!(former[0].site.commune, None, "no view depends on config");
    let mut words = query("lang");
    words.labels = vec![vec![LabelMatch::Former(LANG_QUAN)]];
    assert_eq!(reader.list_visits(&words).expect("is read").matching, 1);
    let activities = reader.list_records(Listing::Activities, &words);
    assert_eq!(activities.expect("is read").matching, 1);
}

#[test]
fn a_row_bears_the_name_of_its_day_and_both_names_find_it() {
    let mut logbook = officer();
    let (old, mut past) = logbook.place("Nà Cũ", YEN_SON.0);
    let (new, standing) = logbook.place("Nà Mới", YEN_SON.0);
    let (twice, mut again) = logbook.place("Nà Moi", YEN_SON.0);
    past.former = Some(LANG_QUAN);
    past.valid_to = Some(day("2021-06-30"));
    past.merged_into = Some(new);
    again.merged_into = Some(new);
    let places = vec![(old, past), (new, standing), (twice, again)];
    for (at_place, on) in [
        (old, "2020-05-01"),
        (old, "2026-05-01"),
        (twice, "2020-05-02"),
    ] {
        let dossier = at(visit("", Some(on)), Site::Village(at_place));
        logbook
            .try_save(dossier, places.clone(), vec![])
            .expect("is saved");
    }
    let reader = logbook.store.reader();
    let rows = rows(&reader, vec![Site::Village(new)]);
    let mut names: Vec<_> = rows
        .iter()
        .map(|r| (r.to.or(r.from), &*r.site.village))
        .collect();
    names.sort();
    let expected = [
        (Some(day("2020-05-01")), "Nà Cũ"),
        (Some(day("2020-05-02")), "Nà Mới"),
        (Some(day("2026-05-01")), "Nà Mới"),
    ];
    assert_eq!(names, expected);
    let matching = |words: &str| reader.list_visits(&query(words)).expect("is read").matching;
    assert_eq!((matching("na cu"), matching("na moi")), (2, 3));
    let names = reader.names().expect("are read");
    assert_eq!((names.places.len(), names.standing().count()), (3, 1));
    assert_eq!(names.former, [LANG_QUAN]);
}

/// Every view of it can be made again and says the same.
#[test]
fn a_rebuild_gives_the_same_answers() {
    let mut logbook = two_divisions();
    let before = rows(&logbook.store.reader(), vec![Site::Former(LANG_QUAN)]);
    logbook.store.rebuild().expect("is rebuilt");
    let after = rows(&logbook.store.reader(), vec![Site::Former(LANG_QUAN)]);
    assert_eq!(after, before);
    let report = logbook.store.check().expect("is checked");
    assert!(report.damage.is_empty(), "{:?}", report.damage);
}

#[test]
fn a_village_is_renamed_on_a_day_and_divided() {
    let mut logbook = officer();
    let (old, place) = logbook.place("Nà Cũ", YEN_SON.0);
    let (part, other) = logbook.place("Nà Tách", YEN_SON.0);
    let (new, _) = logbook.place("", YEN_SON.0);
    let places = vec![(old, place), (part, other)];
    for on in ["2021-06-30", "2021-07-01"] {
        let dossier = at(visit("", Some(on)), Site::Village(old));
        logbook
            .try_save(dossier, places.clone(), vec![])
            .expect("is saved");
    }
    let first = day("2021-07-01");
    let renamed = |id| PlaceChange::Renamed {
        id,
        name: "Nà Mới".into(),
        first,
    };
    let moment = logbook.moment();
    let store = &logbook.store;
    let mut change = |place, change| store.change_place(place, change, moment, &mut logbook.ids);
    change(old, renamed(new)).expect("is renamed");
    assert!(change(old, renamed(part)).is_err(), "an id is taken once");
    change(
        new,
        PlaceChange::Part {
            into: part,
            last: None,
        },
    )
    .expect("is divided");
    let reader = store.reader();
    let rows = rows(&reader, vec![Site::Village(new)]);
    let names: Vec<_> = rows.iter().map(|row| &*row.site.village).collect();
    assert_eq!(names, ["Nà Mới", "Nà Cũ"]);
    let names = reader.names().expect("are read");
    let place = |id| names.place(id).expect("is known");
    assert_eq!(place(old).valid_to, first.pred_opt());
    assert_eq!(
        (place(new).valid_from, place(new).commune),
        (Some(first), Some(YEN_SON))
    );
    assert_eq!(names.today(old), [part]);
    assert!(names.sites_of(part).contains(&Site::Village(new)));
}
