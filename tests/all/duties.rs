//! Duties: what was attended against what is owed, and where a unit has been, as the lists of the store say
//! and as a second, slow reckoning over every record does.

use bacung::config::duties::built_in;
use bacung::config::law::LawFiles;
use bacung::domain::*;
use bacung::law::calendar::Calendar;
use bacung::law::duties::Duties;
use bacung::store::Measure;
use proptest::prelude::*;
use redb::backends::InMemoryBackend;

use crate::harness::logbook::{Logbook, at, day, visit};

struct World {
    logbook: Logbook,
    duties: Duties,
    calendar: Calendar,
    people: Vec<PersonId>,
    places: Vec<PlaceId>,
}

impl World {
    /// A logbook with three cadres and three villages.
    fn new() -> Self {
        let mut logbook = Logbook::create(InMemoryBackend::new(), Role::Officer);
        let people = ["Lò Thị Ánh", "Hoàng Văn Bảo", "Ma Thị Cúc"].map(|name| logbook.person(name));
        let places = ["Nà Khá", "Bản Lãm", "Nà Chang"].map(|name| logbook.place(name, 2440));
        let first = visit("", Some("2020-01-01"));
        let ids = (
            people.each_ref().map(|(id, _)| *id),
            places.each_ref().map(|(id, _)| *id),
        );
        let saved = logbook.try_save(first, places.to_vec(), people.to_vec());
        saved.expect("a visit that names them all");
        Self {
            logbook,
            duties: built_in(),
            calendar: LawFiles::built_in().law().calendar,
            people: ids.0.to_vec(),
            places: ids.1.to_vec(),
        }
    }

    /// Saves and sends a visit with a meeting of a cell, where it names one.
    fn went(
        &mut self,
        on: &str,
        who: usize,
        place: usize,
        meeting: Option<(&str, &str)>,
    ) -> VisitId {
        let visit = self.noted(on, who, place, meeting);
        let moment = self.logbook.moment();
        let sent = self
            .logbook
            .store
            .send(visit, moment, &mut self.logbook.ids);
        sent.expect("an import is complete");
        visit
    }

    /// Saves a visit that is not sent.
    fn noted(
        &mut self,
        on: &str,
        who: usize,
        place: usize,
        meeting: Option<(&str, &str)>,
    ) -> VisitId {
        let mut dossier = at(visit("", Some(on)), Site::Village(self.places[place]));
        dossier.visit.value.team = vec![self.people[who]];
        dossier.visit.value.origin = Origin::Import;
        let meeting = meeting.map(|(kind, body)| Meeting {
            kind: Code::new(kind).ok(),
            body: body.to_owned(),
            ..Meeting::default()
        });
        dossier
            .meetings
            .extend(meeting.map(|meeting| MeetingFile::new(meeting, Vec::new())));
        self.logbook.save(dossier).visit
    }

    fn tend(&mut self, tending: Tending) {
        let moment = self.logbook.moment();
        let done = self
            .logbook
            .store
            .tend(tending, None, moment, &mut self.logbook.ids);
        done.expect("it is allowed");
    }

    fn assign(&mut self, assignment: Assignment) {
        self.tend(Tending::Assignment(Versioned::new(assignment)));
    }

    fn duty(&self, code: &str, who: usize) -> Assignment {
        Assignment {
            duty: Code::new(code).ok(),
            person: Some(self.people[who]),
            from: Some(day("2026-01-01")),
            to: Some(day("2026-12-31")),
            quota: Some(4),
            document: "QĐ 12".to_owned(),
            ..Assignment::default()
        }
    }

    fn measure(&self) -> Measure<'_> {
        Measure {
            duties: &self.duties,
            calendar: &self.calendar,
            as_of: day("2026-10-31"),
        }
    }

    /// Returns how much of each duty was done in the year.
    fn done(&self) -> Vec<u32> {
        let year = Stretch::of_year(2026).expect("a year");
        let reader = self.logbook.store.reader();
        let standing = reader.duties(&self.measure(), year).expect("is read");
        let sum = |one: &Standing| one.kept.iter().map(|kept| kept.done).sum();
        standing.iter().map(sum).collect()
    }

    fn coverage(&self) -> Coverage {
        let reader = self.logbook.store.reader();
        reader.coverage(&self.measure(), 2026).expect("is read")
    }
}

const CELL: Option<(&str, &str)> = Some(("cell_regular", "Chi bộ Nà Khá"));

#[test]
fn meetings_of_the_cell_by_its_name_or_where_it_has_none_at_its_place_count_once_a_day() {
    let mut world = World::new();
    let duty = Assignment {
        cell: "Nà Khá".to_owned(),
        site: Some(Site::Village(world.places[0])),
        ..world.duty("cell_meetings", 0)
    };
    world.assign(duty);
    assert_eq!(world.done(), [0]);
    world.went("2026-02-03", 0, 0, CELL);
    // Written otherwise, on the same day, and at another place.
    world.went("2026-02-03", 0, 1, Some(("cell_thematic", "chi bo na kha")));
    assert_eq!(world.done(), [1]);
    // No name: the place decides.
    world.went("2026-03-04", 0, 0, Some(("cell_regular", "")));
    world.went("2026-03-05", 0, 1, Some(("cell_regular", "")));
    assert_eq!(world.done(), [2]);
    // Another cell, another kind, another cadre, another year, after today, not sent: none counts.
    world.went("2026-04-01", 0, 0, Some(("cell_regular", "Chi bộ Bản Lãm")));
    world.went("2026-04-02", 0, 0, Some(("village", "Chi bộ Nà Khá")));
    world.went("2026-04-03", 1, 0, CELL);
    world.went("2025-12-31", 0, 0, CELL);
    world.went("2026-11-01", 0, 0, CELL);
    world.noted("2026-04-04", 0, 0, CELL);
    assert_eq!(world.done(), [2]);
    // Two visits that are one, told a day apart.
    let one = world.went("2026-05-05", 0, 0, CELL);
    let other = world.went("2026-05-06", 0, 0, CELL);
    assert_eq!(world.done(), [4]);
    let moment = world.logbook.moment();
    let ids = &mut world.logbook.ids;
    let linked = (one, other);
    let decided = world
        .logbook
        .store
        .decide(linked, Verdict::Linked, String::new(), moment, ids);
    decided.expect("both stand");
    assert_eq!(world.done(), [3]);
}

#[test]
fn visits_receptions_and_saturdays_count_by_their_own_lists() {
    let mut world = World::new();
    let visits = Assignment {
        site: Some(Site::Village(world.places[1])),
        ..world.duty("visits", 0)
    };
    world.assign(visits);
    world.assign(world.duty("receptions", 1));
    world.assign(world.duty("saturdays", 2));
    // In the order of their cadres' names: Bảo, Ánh, Cúc.
    let [bao, anh, cuc] = [1, 0, 2].map(|who: usize| world.people[who]);
    world.went("2026-02-03", 0, 1, None);
    world.went("2026-02-03", 0, 1, None);
    world.went("2026-02-04", 0, 0, None);
    world.went("2026-02-05", 1, 1, None);
    for (kind, on) in [
        (ReceptionKind::Periodic, "2026-08-03"),
        (ReceptionKind::Periodic, "2026-08-03"),
        (ReceptionKind::Periodic, "2026-08-17"),
        (ReceptionKind::Regular, "2026-08-18"),
    ] {
        world.tend(Tending::Reception(Versioned::new(Reception {
            kind: Some(kind),
            on: Some(day(on)),
            head: Some(bao),
            ..Reception::default()
        })));
    }
    // Written down as a meeting.
    world.went("2026-09-01", 1, 0, Some(("reception_periodic", "")));
    // 22 August 2026 is worked in exchange for 31 August: no duty.
    for on in ["2026-08-15", "2026-08-22", "2026-08-29"] {
        world.tend(Tending::Duty(Versioned::new(Duty {
            on: Some(day(on)),
            people: vec![cuc],
            ..Duty::default()
        })));
    }
    let year = Stretch::of_year(2026).expect("a year");
    let standing = world
        .logbook
        .store
        .reader()
        .duties(&world.measure(), year)
        .expect("is read");
    let done = |who: PersonId| {
        let one = standing.iter().find(|one| one.duty.person == Some(who));
        one.map(|one| one.kept.iter().map(|kept| kept.done).sum::<u32>())
    };
    assert_eq!(
        (done(anh), done(bao), done(cuc)),
        (Some(2), Some(3), Some(2))
    );
    let coverage = world.coverage();
    assert_eq!(coverage.receptions.len(), 2);
    assert_eq!(coverage.on_duty.len(), 3);
    assert_eq!(coverage.months(&Site::Village(world.places[1]))[1], 3);
}

#[test]
fn a_kind_that_nobody_knows_here_is_kept_and_not_reckoned() {
    let mut world = World::new();
    world.assign(world.duty("of_a_later_release", 0));
    let year = Stretch::of_year(2026).expect("a year");
    let standing = world
        .logbook
        .store
        .reader()
        .duties(&world.measure(), year)
        .expect("is read");
    assert_eq!(standing.len(), 1);
    assert_eq!(standing[0].kept, []);
}

/// Linked visits count once, withdrawn ones never; a place is counted as what it is today.
#[test]
fn coverage_counts_what_the_list_shows() {
    let mut world = World::new();
    let [one, other] = ["2026-02-03", "2026-02-04"].map(|on| world.went(on, 0, 0, None));
    let gone = world.went("2026-02-05", 0, 0, None);
    world.noted("2026-02-06", 0, 0, None);
    let commune = Site::Commune(CommuneCode(2440));
    let mut unit = at(visit("", Some("2026-03-01")), commune.clone());
    unit.visit.value.origin = Origin::Import;
    world.logbook.save(unit);
    world.logbook.save(at(
        visit("", Some("2026-03-02")),
        Site::Text("đâu đó".into()),
    ));
    let village = Site::Village(world.places[0]);
    assert_eq!(world.coverage().months(&village)[1], 4);
    let moment = world.logbook.moment();
    let ids = &mut world.logbook.ids;
    let store = &world.logbook.store;
    store
        .withdraw(gone, "nhầm".into(), moment, ids)
        .expect("it stands");
    let linked = store.decide((one, other), Verdict::Linked, String::new(), moment, ids);
    linked.expect("both stand");
    let coverage = world.coverage();
    assert_eq!(
        coverage.months(&village),
        [0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    );
    assert_eq!(coverage.months(&commune)[2], 1);
    assert_eq!(coverage.unplaced[2], 1);
    assert_eq!(coverage.months(&Site::Village(world.places[2])), [0; 12]);
    // Merged: its visits are those of the village that it became part of.
    let change = PlaceChange::Into {
        into: world.places[2],
        last: None,
    };
    let moment = world.logbook.moment();
    let changed =
        world
            .logbook
            .store
            .change_place(world.places[0], change, moment, &mut world.logbook.ids);
    changed.expect("both stand");
    assert_eq!(
        world.coverage().months(&Site::Village(world.places[2]))[1],
        2
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// What the lists say is what going through every visit says.
    #[test]
    fn the_lists_agree_with_every_record(
        trips in prop::collection::vec((0..530_u64, 0..3_usize, 0..3_usize, 0..4_usize), 1..25),
        (who, place) in (0..3_usize, 0..3_usize),
    ) {
        let mut world = World::new();
        let first = day("2025-06-01");
        let visits = Assignment {
            site: Some(Site::Village(world.places[place])),
            every: Some(Every::Month),
            ..world.duty("visits", who)
        };
        let cells = Assignment {
            cell: "Chi bộ Nà Khá".to_owned(),
            every: Some(Every::Quarter),
            ..world.duty("cell_meetings", who)
        };
        world.assign(visits);
        world.assign(cells);
        let kinds = [None, CELL, Some(("cell_thematic", "nà khá")), Some(("village", ""))];
        let mut months = [[0_u32; 12]; 3];
        let (mut went, mut attended) = (0, std::collections::BTreeSet::new());
        for (after, person, site, kind) in trips {
            let on = first + chrono::Days::new(after);
            world.went(&on.to_string(), person, site, kinds[kind]);
            let in_year = Stretch::of_year(2026).expect("a year").holds(on);
            if in_year {
                months[site][chrono::Datelike::month0(&on) as usize] += 1;
            }
            if in_year && on <= day("2026-10-31") && person == who {
                went += u32::from(site == place);
                if matches!(kind, 1 | 2) {
                    attended.insert(on);
                }
            }
        }
        let mut done = world.done();
        let mut expected = vec![went, attended.len() as u32];
        done.sort_unstable();
        expected.sort_unstable();
        prop_assert_eq!(done, expected);
        let coverage = world.coverage();
        for (site, months) in world.places.iter().zip(months) {
            prop_assert_eq!(coverage.months(&Site::Village(*site)), months);
        }
    }
}

/// Put on and taken off by turns, in the order of their days; the history stays.
#[test]
fn a_hot_spot_is_put_on_and_taken_off_by_turns() {
    let mut world = World::new();
    let label = |place: PlaceId, change, on: &str| {
        Tending::Label(Label {
            site: Some(Site::Village(place)),
            kind: Some(LabelKind::HotSpot),
            change: Some(change),
            on: Some(day(on)),
            paper: "KH 05".to_owned(),
            ..Label::default()
        })
    };
    let (place, other) = (world.places[0], world.places[1]);
    let refused = |world: &mut World, tending| {
        let moment = world.logbook.moment();
        let done = world
            .logbook
            .store
            .tend(tending, None, moment, &mut world.logbook.ids);
        match done.expect_err("is refused") {
            bacung::store::WriteError::Refused(why) => why,
            other => panic!("{other:?}"),
        }
    };
    let (on, off) = (LabelChange::PutOn, LabelChange::TakenOff);
    let nothing = TendRefused::NothingChanges;
    assert_eq!(
        refused(&mut world, label(place, off, "2026-03-01")),
        nothing
    );
    world.tend(label(place, on, "2026-03-01"));
    world.tend(label(other, on, "2026-03-01"));
    assert_eq!(refused(&mut world, label(place, on, "2026-04-01")), nothing);
    let early = refused(&mut world, label(place, off, "2026-02-01"));
    assert!(matches!(early, TendRefused::TooEarly { .. }));
    world.tend(label(place, off, "2026-05-01"));
    let nowhere = Tending::Label(Label {
        kind: Some(LabelKind::HotSpot),
        change: Some(on),
        on: Some(day("2026-03-01")),
        paper: "KH 05".to_owned(),
        ..Label::default()
    });
    let missing = TendRefused::Missing(TendField::Place);
    assert_eq!(refused(&mut world, nowhere), missing);
    let spots = world.logbook.store.reader().spots().expect("is read");
    let of_place = spots
        .iter()
        .filter(|spot| spot.site == Some(Site::Village(place)));
    let changes: Vec<_> = of_place.map(|spot| spot.change).collect();
    assert_eq!(changes, [Some(on), Some(off)]);
    assert_eq!(world.logbook.store.check().unwrap().damage, []);
}
