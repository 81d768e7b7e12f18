//! Which two visits are pointed out.

use proptest::prelude::*;

use super::*;

fn day(text: &str) -> Day {
    text.parse().expect("a date as yyyy-mm-dd")
}

fn village(number: u8) -> Spot {
    Spot {
        village: Some(PlaceId([number; 16])),
        commune: Some(CommuneCode(2209)),
        words: vec!["na".into(), "kha".into()],
        ..Spot::default()
    }
}

fn commune(code: u32) -> Spot {
    Spot {
        commune: Some(CommuneCode(code)),
        ..Spot::default()
    }
}

fn text(words: &[&str]) -> Spot {
    Spot {
        words: words.iter().map(|word| (*word).to_owned()).collect(),
        ..Spot::default()
    }
}

fn activity(code: &str) -> About {
    About::Activity(Code::new(code).ok())
}

fn meeting(code: &str) -> About {
    About::Meeting(Code::new(code).ok())
}

/// A visit to a village on one day, by person 1, to mend a road.
fn visit(on: &str) -> Sketch {
    Sketch {
        state: VisitState::Sent,
        from: Some(day(on)),
        to: Some(day(on)),
        spots: vec![village(1)],
        people: BTreeSet::from([PersonId([1; 16])]),
        about: BTreeSet::from([activity("road")]),
    }
}

fn days(one: &Sketch, other: &Sketch) -> Option<u32> {
    one.like(other).map(|likeness| likeness.days)
}

#[test]
fn three_days_apart_is_near_and_four_is_not_across_every_border() {
    for (one, near, far) in [
        ("2026-11-20", "2026-11-23", "2026-11-24"),
        ("2026-11-20", "2026-11-17", "2026-11-16"),
        ("2026-11-30", "2026-12-03", "2026-12-04"),
        ("2026-12-31", "2027-01-03", "2027-01-04"),
        ("2028-02-27", "2028-03-01", "2028-03-02"),
    ] {
        assert_eq!(days(&visit(one), &visit(near)), Some(3), "{one} {near}");
        assert_eq!(days(&visit(one), &visit(far)), None, "{one} {far}");
    }
    assert_eq!(days(&visit("2026-11-20"), &visit("2026-11-20")), Some(0));
}

#[test]
fn days_are_counted_from_the_nearest_ends_of_longer_visits() {
    let mut long = visit("2026-11-20");
    long.from = Some(day("2026-11-10"));
    assert_eq!(days(&long, &visit("2026-11-07")), Some(3));
    assert_eq!(days(&long, &visit("2026-11-06")), None);
    assert_eq!(days(&long, &visit("2026-11-15")), Some(0));
    // Of ends in the wrong order the last day stands, as everywhere; one end is enough.
    std::mem::swap(&mut long.from, &mut long.to);
    assert_eq!(days(&long, &visit("2026-11-07")), Some(3));
    assert_eq!(days(&long, &visit("2026-11-15")), None);
    long.to = None;
    assert_eq!(days(&long, &visit("2026-11-23")), Some(3));
    // Of a year's visit the last month is compared.
    let mut year = visit("2026-12-31");
    year.from = Some(day("2026-01-01"));
    assert_eq!(days(&year, &visit("2026-11-26")), None);
    assert_eq!(days(&year, &visit("2026-11-27")), Some(3));
}

#[test]
fn without_a_date_or_a_place_nothing_is_alike() {
    let dated = visit("2026-11-20");
    let mut undated = dated.clone();
    (undated.from, undated.to) = (None, None);
    assert_eq!(undated.like(&dated), None);
    assert_eq!(undated.like(&undated), None);
    let mut nowhere = dated.clone();
    nowhere.spots.clear();
    assert_eq!(nowhere.like(&dated), None);
    assert_eq!(nowhere.like(&nowhere), None);
}

#[test]
fn withdrawn_visits_are_never_a_pair() {
    let one = visit("2026-11-20");
    for state in VisitState::ALL {
        let other = Sketch {
            state,
            ..one.clone()
        };
        let pair = one.like(&other).is_some();
        assert_eq!(pair, state != VisitState::Withdrawn, "{state:?}");
    }
}

#[test]
fn places_are_the_same_by_village_or_commune_or_words() {
    let nearness = |one: Spot, two: Spot| {
        let at = |spot| Sketch {
            spots: vec![spot],
            ..visit("2026-11-20")
        };
        at(one).like(&at(two)).map(|likeness| likeness.place)
    };
    let named = text(&["na", "kha"]);
    assert_eq!(nearness(village(1), village(1)), Some(Nearness::Village));
    assert_eq!(nearness(village(1), village(2)), None);
    assert_eq!(nearness(village(1), commune(2209)), Some(Nearness::Commune));
    assert_eq!(nearness(village(1), commune(2215)), None);
    assert_eq!(
        nearness(commune(2209), commune(2209)),
        Some(Nearness::Commune)
    );
    assert_eq!(
        nearness(named.clone(), named.clone()),
        Some(Nearness::Words)
    );
    assert_eq!(nearness(named.clone(), village(1)), Some(Nearness::Words));
    assert_eq!(nearness(text(&["na"]), named.clone()), None);
    assert_eq!(nearness(text(&[]), text(&[])), None);
    assert_eq!(nearness(named, commune(2209)), None);
}

#[test]
fn a_cadre_or_a_kind_of_activity_or_meeting_must_be_common() {
    let with = |people: &[u8], about: &[About]| Sketch {
        people: people.iter().map(|n| PersonId([*n; 16])).collect(),
        about: about.iter().cloned().collect(),
        ..visit("2026-11-20")
    };
    let like = |one: &Sketch, two: &Sketch| one.like(two).is_some();
    let road = with(&[1], &[activity("road")]);
    assert!(like(&road, &with(&[1], &[activity("house")])));
    assert!(like(&road, &with(&[2], &[activity("road")])));
    assert!(!like(&road, &with(&[2], &[activity("house")])));
    assert!(!like(&road, &with(&[2], &[meeting("road")])));
    assert!(like(
        &with(&[1], &[meeting("cell")]),
        &with(&[2], &[meeting("cell")])
    ));
    // What is not known is not in common, nor is what citizens raised.
    let unknown = [About::Activity(None), About::Meeting(None)];
    assert!(!like(&with(&[1], &unknown), &with(&[2], &unknown)));
    let concern = [About::Concern(
        Some(ConcernKind::Complaint),
        Code::new("land").ok(),
    )];
    assert!(!like(&with(&[1], &concern), &with(&[2], &concern)));
    assert!(!like(&with(&[], &[]), &with(&[], &[])));
}

#[test]
fn the_likelier_pair_scores_higher() {
    let score = |other: &Sketch| visit("2026-11-20").like(other).expect("a pair").score();
    let same = visit("2026-11-20");
    let mut later = visit("2026-11-22");
    assert!(score(&same) > score(&later));
    later.about.clear();
    let mut by_commune = later.clone();
    by_commune.spots = vec![commune(2209)];
    assert!(score(&later) > score(&by_commune));
}

fn spot() -> impl Strategy<Value = Spot> {
    prop_oneof![
        (1..3_u8).prop_map(village),
        (2209..2211_u32).prop_map(commune),
        Just(text(&["na", "kha"])),
        Just(Spot::default()),
    ]
}

fn about() -> impl Strategy<Value = About> {
    prop_oneof![
        prop::option::of("[ab]").prop_map(|c| About::Activity(c.and_then(|c| Code::new(&c).ok()))),
        prop::option::of("[ab]").prop_map(|c| About::Meeting(c.and_then(|c| Code::new(&c).ok()))),
        prop::option::of("[ab]").prop_map(|c| About::Concern(
            Some(ConcernKind::Complaint),
            c.and_then(|c| Code::new(&c).ok())
        )),
    ]
}

prop_compose! {
    fn sketch()(
        state in prop::sample::select(&VisitState::ALL[..]),
        from in prop::option::of(0..50_i64),
        to in prop::option::of(0..50_i64),
        spots in prop::collection::vec(spot(), 0..3),
        people in prop::collection::btree_set((1..4_u8).prop_map(|n| PersonId([n; 16])), 0..3),
        about in prop::collection::btree_set(about(), 0..3),
    ) -> Sketch {
        let on = |n: i64| day("2026-12-10") + chrono::TimeDelta::days(n);
        Sketch { state, from: from.map(on), to: to.map(on), spots, people, about }
    }
}

proptest! {
    #[test]
    fn likeness_does_not_ask_which_visit_came_first(one in sketch(), two in sketch()) {
        prop_assert_eq!(one.like(&two), two.like(&one));
    }

    #[test]
    fn likeness_does_not_ask_in_which_order_places_stand(one in sketch(), two in sketch()) {
        let mut turned = one.clone();
        turned.spots.reverse();
        prop_assert_eq!(one.like(&two), turned.like(&two));
    }
}
