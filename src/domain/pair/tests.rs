//! Who decides writes into one record; what is linked counts once.

use proptest::prelude::*;

use super::*;
use crate::domain::{Code, ConcernKind};

fn activity(code: &str) -> About {
    About::Activity(Code::new(code).ok())
}

fn meeting(code: &str) -> About {
    About::Meeting(Code::new(code).ok())
}

#[test]
fn the_pair_of_two_visits_is_one_record_whoever_decides() {
    let (one, two) = (VisitId([1; 16]), VisitId([2; 16]));
    assert_eq!(PairId::of(one, two), PairId::of(two, one));
    assert_ne!(PairId::of(one, two), PairId::of(one, VisitId([3; 16])));
    let pair = Pair::new(two, one, Verdict::Linked, String::new());
    assert_eq!(pair.visits, Some((one, two)));
}

#[test]
fn of_linked_visits_every_kind_counts_as_often_as_where_it_is_most() {
    let (road, house) = (activity("road"), activity("house"));
    let first = vec![road.clone(), meeting("cell")];
    let own = [road.clone(), house.clone(), road.clone()];
    assert_eq!(repeats(&[], &own), [false, false, false]);
    assert_eq!(
        repeats(std::slice::from_ref(&first), &own),
        [true, false, false]
    );
    let second = vec![road.clone(), road.clone()];
    assert_eq!(repeats(&[first, second], &own), [true, false, true]);
    let kind = Some(ConcernKind::Reflection);
    let known = About::Concern(kind, Code::new("water").ok());
    let vague = About::Concern(kind, None);
    let own = [known.clone(), vague.clone()];
    assert_eq!(repeats(&[vec![known, vague]], &own), [true, false]);
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

proptest! {
    #[test]
    fn linked_visits_count_as_often_as_the_one_that_has_most(
        visits in prop::collection::vec(prop::collection::vec(about(), 0..5), 1..5),
    ) {
        let mut counted = BTreeMap::<About, usize>::new();
        for at in 0..visits.len() {
            let marks = repeats(&visits[..at], &visits[at]);
            for (about, _) in visits[at].iter().zip(marks).filter(|(_, repeat)| !repeat) {
                *counted.entry(about.clone()).or_default() += 1;
            }
        }
        for (about, count) in counted {
            let of = |visit: &Vec<About>| visit.iter().filter(|a| **a == about).count();
            let expected = match about.repeats() {
                true => visits.iter().map(of).max().unwrap_or(0),
                false => visits.iter().map(of).sum(),
            };
            prop_assert_eq!(count, expected);
        }
    }
}
