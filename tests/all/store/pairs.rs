//! Duplicates: the store finds what holding every visit against every other finds, a decision
//! stands, linked visits count once.

use std::collections::BTreeSet;

use bacung::domain::{
    Activity, ActivityFile, Code, Decision, Dossier, Gist, HistoryEvent, Linked, Meeting,
    MeetingFile, MonthNumbers, PersonId, PlaceId, Quantity, Role, Seen, Site, Sketch, Spot,
    Verdict, Versioned, Visit, VisitId,
};
use bacung::store::WriteError;
use proptest::prelude::*;
use redb::backends::InMemoryBackend;

use crate::harness::logbook::{
    Logbook, at, day, query, visit, with_activity, with_concern, with_meeting,
};

fn officer() -> Logbook {
    Logbook::create(InMemoryBackend::new(), Role::Officer)
}

/// A visit to one village by person 1 to mend a road.
fn road(on: &str) -> Dossier {
    let dossier = at(visit("", Some(on)), Site::Text("Nà Khá".into()));
    let mut dossier = with_activity(dossier, "road", "Làm đường");
    dossier.visit.value.team = vec![PersonId([1; 16])];
    dossier.activities[0].activity.value.person_days = Some(Quantity(2000));
    dossier
}

/// Saves a visit and sends it, whatever it lacks.
fn sent(logbook: &mut Logbook, mut dossier: Dossier) -> VisitId {
    let (place, village) = logbook.place("Nà Khá", 2440);
    let (person, cadre) = logbook.person("Lò Thị Ánh");
    dossier.visit.value.origin = bacung::domain::Origin::Import;
    let saved = logbook.try_save(dossier, vec![(place, village)], vec![(person, cadre)]);
    let visit = saved.expect("a save").visit;
    let moment = logbook.moment();
    logbook
        .store
        .send(visit, moment, &mut logbook.ids)
        .expect("an import is complete");
    visit
}

fn decide(logbook: &mut Logbook, one: VisitId, other: VisitId, verdict: Verdict) {
    let moment = logbook.moment();
    let done = logbook.store.decide(
        (one, other),
        verdict,
        String::new(),
        moment,
        &mut logbook.ids,
    );
    done.expect("two visits that stand");
}

fn month(logbook: &Logbook) -> MonthNumbers {
    let today = logbook.store.reader().today(day("2026-11-23"));
    *today.unwrap().months.last().expect("the present month")
}

fn marks(logbook: &Logbook) -> Vec<Linked> {
    let page = logbook.store.reader().list_visits(&query("")).unwrap();
    let mut rows = page.rows;
    rows.sort_by_key(|row| row.id);
    rows.into_iter().map(|row| row.linked).collect()
}

/// The open pairs of the whole logbook, page by page.
fn open_pairs(logbook: &Logbook) -> Vec<(VisitId, VisitId)> {
    let listed = walked(logbook, None);
    let written = walked(logbook, Some(Seen::NOTHING_WRITTEN));
    assert_eq!(listed, written, "both orders meet the same pairs");
    listed
}

fn walked(logbook: &Logbook, mut seen: Option<Seen>) -> Vec<(VisitId, VisitId)> {
    let reader = logbook.store.reader();
    let mut found = Vec::new();
    loop {
        let page = reader.duplicates(seen).unwrap();
        let ids = |pair: &bacung::domain::Duplicate| {
            let [one, other] = [&pair.sides[0], &pair.sides[1]].map(|side| side.row.id);
            (one.min(other), one.max(other))
        };
        found.extend(page.pairs.iter().map(ids));
        seen = page.next;
        if seen.is_none() {
            found.sort_unstable();
            return found;
        }
    }
}

fn sound(logbook: &mut Logbook) {
    assert_eq!(logbook.store.check().unwrap().damage, []);
    let before = (marks(logbook), month(logbook));
    logbook.store.rebuild().unwrap();
    assert_eq!((marks(logbook), month(logbook)), before);
}

#[test]
fn linked_visits_count_once_and_the_list_marks_both() {
    let mut logbook = officer();
    let one = sent(
        &mut logbook,
        with_concern(road("2026-11-20"), "Thiếu nước", None),
    );
    let mut second = with_activity(with_meeting(road("2026-11-21"), ""), "house", "Sửa nhà");
    second.activities[1].activity.value.person_days = Some(Quantity(500));
    let two = sent(&mut logbook, second);
    let both = month(&logbook);
    assert_eq!((both.visits, both.activities, both.meetings), (2, 3, 1));
    assert_eq!(both.person_days, 4500);
    assert_eq!(marks(&logbook), [Linked::No, Linked::No]);
    assert_eq!(open_pairs(&logbook), [(one, two)]);

    decide(&mut logbook, two, one, Verdict::Linked);
    let once = month(&logbook);
    // The house and the meeting are in one of them only: they count.
    assert_eq!((once.visits, once.activities, once.meetings), (1, 2, 1));
    assert_eq!((once.person_days, once.concerns), (2500, 1));
    assert_eq!(marks(&logbook), [Linked::First, Linked::Repeat]);
    assert_eq!(open_pairs(&logbook), []);
    let days = logbook
        .store
        .reader()
        .today(day("2026-11-23"))
        .unwrap()
        .days;
    assert_eq!(days, [(day("2026-11-20"), 1)]);
    sound(&mut logbook);

    // Another mind: they are two after all.
    decide(&mut logbook, one, two, Verdict::Dismissed);
    assert_eq!(month(&logbook), both);
    assert_eq!(marks(&logbook), [Linked::No, Linked::No]);
    assert_eq!(open_pairs(&logbook), []);
    sound(&mut logbook);
    let history = logbook.store.reader().history(two.into()).unwrap();
    let code = logbook.store.reader().code(one.into()).unwrap();
    let told = [
        HistoryEvent::Linked(code.clone()),
        HistoryEvent::Dismissed(code),
    ];
    let told: Vec<_> = told.into_iter().collect();
    let events = history.into_iter().map(|line| line.event);
    assert_eq!(events.skip(5).collect::<Vec<_>>(), told);
}

#[test]
fn links_reach_further_and_the_first_that_counts_is_counted() {
    let mut logbook = officer();
    let one = sent(&mut logbook, road("2026-11-20"));
    let two = logbook.save(road("2026-11-20")).visit;
    let three = sent(&mut logbook, road("2026-11-21"));
    decide(&mut logbook, one, two, Verdict::Linked);
    decide(&mut logbook, two, three, Verdict::Linked);
    assert_eq!(open_pairs(&logbook), [], "one and three are one group");
    assert_eq!(month(&logbook).visits, 1);
    let expected = [Linked::First, Linked::Repeat, Linked::Repeat];
    assert_eq!(marks(&logbook), expected);
    let moment = logbook.moment();
    logbook
        .store
        .withdraw(one, "x".into(), moment, &mut logbook.ids)
        .unwrap();
    // The second is a draft: the third counts for all.
    assert_eq!((month(&logbook).visits, month(&logbook).activities), (1, 1));
    assert_eq!(marks(&logbook), [Linked::First, Linked::First]);
    sound(&mut logbook);
    let moment = logbook.moment();
    logbook
        .store
        .withdraw(two, "x".into(), moment, &mut logbook.ids)
        .unwrap();
    assert_eq!(marks(&logbook), [Linked::No]);
    assert_eq!(month(&logbook).visits, 1);
    sound(&mut logbook);
}

#[test]
fn a_dismissed_pair_never_comes_back_and_an_amended_one_drops_out() {
    let mut logbook = officer();
    let one = logbook.save(road("2026-11-20")).visit;
    let two = logbook.save(road("2026-11-20")).visit;
    let three = logbook.save(road("2026-11-20")).visit;
    assert_eq!(
        open_pairs(&logbook),
        [(one, two), (one, three), (two, three)]
    );
    decide(&mut logbook, one, two, Verdict::Dismissed);
    assert_eq!(open_pairs(&logbook), [(one, three), (two, three)]);
    let mut dossier = logbook.store.reader().dossier(three).unwrap().unwrap();
    dossier.visit.value.site = Some(Site::Text("Bản Lãm".into()));
    logbook.save(dossier);
    assert_eq!(open_pairs(&logbook), []);
    let mut dossier = logbook.store.reader().dossier(one).unwrap().unwrap();
    dossier.visit.value.note = "amended".into();
    logbook.save(dossier);
    assert_eq!(open_pairs(&logbook), []);
    let about = logbook.store.reader().duplicates_of(one).unwrap();
    assert_eq!(about.len(), 1, "what was decided can still be looked at");
    assert_eq!(about[0].decision, Some(Decision::Dismissed));
    assert_eq!(about[0].sides[1].row.id, two);
}

#[test]
fn a_walk_through_the_list_passes_over_years_without_a_visit() {
    let mut logbook = officer();
    let mut expected = Vec::new();
    for on in ["1900-01-01", "2019-05-31", "2026-11-20"] {
        let one = logbook.save(road(on)).visit;
        expected.push((one, logbook.save(road(on)).visit));
    }
    logbook.save(visit("", None));
    assert_eq!(open_pairs(&logbook), expected);
    // Ten on one day: every pair of them, over more than one page.
    for _ in 0..10 {
        logbook.save(road("2022-02-28"));
    }
    assert_eq!(open_pairs(&logbook).len(), 3 + 45);
}

#[test]
fn only_two_visits_that_stand_are_decided_about() {
    let mut logbook = officer();
    let one = logbook.save(road("2026-11-20")).visit;
    let (here, gone) = ((one, one), (one, VisitId([7; 16])));
    for pair in [here, gone] {
        let moment = logbook.moment();
        let refused = logbook.store.decide(
            pair,
            Verdict::Linked,
            String::new(),
            moment,
            &mut logbook.ids,
        );
        assert!(matches!(refused, Err(WriteError::NotFound)));
    }
}

#[test]
fn what_is_typed_is_held_against_what_is_saved() {
    let mut logbook = officer();
    let one = logbook.save(road("2026-11-20"));
    let reader = logbook.store.reader();
    let like = |dossier: &Dossier| {
        let found = reader.like_typed(dossier.visit.id, Gist::of(dossier), 3);
        let rows = found.unwrap();
        rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(like(&road("2026-11-23")), [one.visit]);
    assert_eq!(like(&road("2026-11-24")), []);
    assert_eq!(like(&Dossier::new(Visit::default())), []);
    let saved = reader.dossier(one.visit).unwrap().unwrap();
    assert_eq!(like(&saved), [], "a visit does not repeat itself");
}

const VILLAGES: [PlaceId; 2] = [PlaceId([11; 16]), PlaceId([12; 16])];

fn site() -> impl Strategy<Value = Option<Site>> {
    prop_oneof![
        1 => Just(None),
        3 => prop::sample::select(&VILLAGES[..]).prop_map(|id| Some(Site::Village(id))),
        2 => Just(Some(Site::Commune(bacung::domain::CommuneCode(2440)))),
        1 => Just(Some(Site::Text("Ban Lam".into()))),
        1 => Just(Some(Site::Text("bản lãm".into()))),
    ]
}

type Made = (Visit, Activity, Option<Meeting>);

prop_compose! {
    fn made()(
        site in site(),
        other in site(),
        last in prop::option::weighted(0.9, 0..45_i64),
        length in prop_oneof![3 => Just(0_i64), 1 => 0..40_i64],
        team in prop::collection::vec((1..4_u8).prop_map(|n| PersonId([n; 16])), 0..2),
        category in prop::option::of("[ab]"),
        kind in prop::option::of("[ab]"),
    ) -> Made {
        let on = |n: i64| day("2026-11-25") + chrono::TimeDelta::days(n);
        let visit = Visit {
            site,
            from: last.map(|last| on(last - length)),
            to: last.map(on),
            team,
            ..Visit::default()
        };
        let activity = Activity {
            category: category.and_then(|code| Code::new(&code).ok()),
            sites: other.into_iter().collect(),
            ..Activity::default()
        };
        let meeting = kind.map(|kind| Meeting {
            kind: Code::new(&kind).ok(),
            ..Meeting::default()
        });
        (visit, activity, meeting)
    }
}

fn dossier((visit, activity, meeting): &Made) -> Dossier {
    let mut dossier = Dossier::new(visit.clone());
    dossier.activities.push(ActivityFile {
        activity: Versioned::new(activity.clone()),
        helped: None,
    });
    dossier.meetings.extend(
        meeting
            .clone()
            .map(|meeting| MeetingFile::new(meeting, Vec::new())),
    );
    dossier
}

/// The rule's own view of a visit, made without the store.
fn sketch(dossier: &Dossier) -> Sketch {
    let gist = Gist::of(dossier);
    let commune = Some(bacung::domain::CommuneCode(2440));
    let words = |text: &str| text.split(' ').map(str::to_owned).collect();
    let spot = |site: &Site| match site {
        Site::Village(id) => Spot {
            village: Some(*id),
            commune,
            words: words(if *id == VILLAGES[0] {
                "ban lam"
            } else {
                "na kha"
            }),
            ..Spot::default()
        },
        Site::Commune(_) => Spot {
            commune,
            ..Spot::default()
        },
        Site::Former(code) => Spot {
            former: Some(*code),
            ..Spot::default()
        },
        Site::Text(_) => Spot {
            words: words("ban lam"),
            ..Spot::default()
        },
    };
    Sketch {
        state: gist.state,
        from: gist.from,
        to: gist.to,
        spots: gist.sites.iter().map(spot).collect(),
        people: gist.people,
        about: gist.about,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_store_finds_what_holding_all_against_all_finds(
        made in prop::collection::vec(made(), 2..45),
        gone in prop::collection::btree_set(0..45_usize, 0..3),
    ) {
        let dossiers: Vec<Dossier> = made.iter().map(dossier).collect();
        let mut logbook = officer();
        let villages = ["Bản Lãm", "Nà Khá"].map(|name| logbook.place(name, 2440).1);
        let villages: Vec<_> = VILLAGES.into_iter().zip(villages).collect();
        let mut ids = Vec::new();
        for dossier in &dossiers {
            let saved = logbook.try_save(dossier.clone(), villages.clone(), vec![]);
            ids.push(saved.expect("a save").visit);
        }
        for at in gone.iter().filter(|at| **at < ids.len()) {
            let moment = logbook.moment();
            let done = logbook.store.withdraw(ids[*at], "x".into(), moment, &mut logbook.ids);
            done.expect("a draft may be withdrawn");
        }
        let stands = |at: &usize| !gone.contains(at);
        let mut expected = BTreeSet::new();
        for one in (0..ids.len()).filter(stands) {
            for two in (0..one).filter(stands) {
                if sketch(&dossiers[one]).like(&sketch(&dossiers[two])).is_some() {
                    expected.insert((ids[one].min(ids[two]), ids[one].max(ids[two])));
                }
            }
        }
        let expected: Vec<_> = expected.into_iter().collect();
        prop_assert_eq!(open_pairs(&logbook), expected.clone());
        let among = logbook.store.reader().duplicates_among(&ids, usize::MAX).unwrap();
        prop_assert_eq!(among.into_iter().collect::<Vec<_>>(), expected.clone());
        for &id in &ids {
            let own = expected.iter().filter(|(one, two)| *one == id || *two == id).count();
            let about = logbook.store.reader().duplicates_of(id).unwrap();
            prop_assert_eq!(about.len(), own);
        }
    }
}
