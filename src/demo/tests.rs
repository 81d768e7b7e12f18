//! Proves the records varied, complete, in time and the same for the same seed.

use std::collections::HashSet;

use super::*;
use crate::domain::{RaisedBy, Then, check};

fn today() -> Day {
    Day::from_ymd_opt(2026, 11, 23).expect("a real day")
}

fn syllables(text: &str, into: &mut HashSet<String>) {
    let letters = |c: char| !c.is_alphabetic();
    let found = text.split(letters).filter(|word| !word.is_empty());
    into.extend(found.map(str::to_lowercase));
}

/// Everything of a visit that a person wrote in words.
fn words_of(visit: &DemoVisit, into: &mut HashSet<String>) {
    let dossier = &visit.dossier;
    syllables(&dossier.visit.value.note, into);
    for file in &dossier.activities {
        syllables(&file.activity.value.description, into);
    }
    for file in &dossier.meetings {
        syllables(&file.meeting.value.remarks, into);
        syllables(&file.meeting.value.issues, into);
        for promise in &file.promises {
            syllables(&promise.value.text, into);
        }
    }
    for file in &dossier.concerns {
        syllables(&file.concern.value.line, into);
        if let Some(particulars) = &file.particulars {
            syllables(&particulars.value.said, into);
            syllables(&particulars.value.wish, into);
            if let RaisedBy::Citizen(citizen) = &particulars.value.raised_by {
                syllables(&citizen.name, into);
            }
        }
    }
    for (_, place) in &visit.places {
        syllables(&place.name, into);
    }
    for (_, person) in &visit.people {
        syllables(&person.name, into);
    }
}

#[test]
fn ten_thousand_visits_have_two_thousand_syllables() {
    let mut found = HashSet::new();
    for visit in Demo::new(1, 10_000, today()) {
        words_of(&visit, &mut found);
    }
    assert!(found.len() >= 2_000, "{}", found.len());
}

#[test]
fn the_same_seed_gives_the_same_visits() {
    let of = |seed| {
        Demo::new(seed, 50, today())
            .map(|visit| visit.dossier)
            .collect::<Vec<_>>()
    };
    assert!(of(7) == of(7));
    assert!(of(7) != of(8));
}

#[test]
fn every_visit_may_be_sent_and_lies_in_the_last_three_years() {
    let first = today() - Days::new(SPAN + 5);
    let mut before = None;
    for visit in Demo::new(3, 2_000, today()) {
        assert_eq!(check(&visit.dossier, today()), []);
        let to = visit.dossier.visit.value.to.expect("has a last day");
        assert!(first <= to && to <= today());
        assert!(visit.written.day() == to);
        assert!(before <= Some(to), "visits come in the order of their days");
        before = Some(to);
    }
}

#[test]
fn villages_and_cadres_are_new_once() {
    let (mut places, mut people) = (HashSet::new(), HashSet::new());
    for visit in Demo::new(5, 3_000, today()) {
        assert!(visit.places.iter().all(|(id, _)| places.insert(*id)));
        assert!(visit.people.iter().all(|(id, _)| people.insert(*id)));
        let value = &visit.dossier.visit.value;
        assert!(value.team.iter().all(|id| people.contains(id)));
        assert!(matches!(value.site, Some(Site::Village(id)) if places.contains(&id)));
    }
    assert!(places.len() > 500 && people.len() > 300);
}

#[test]
fn the_last_visits_are_of_today_and_many_are_drafts() {
    let visits: Vec<_> = Demo::new(2, 200, today()).collect();
    assert_eq!(visits.len(), 200);
    let drafts = visits
        .iter()
        .filter(|visit| visit.then == Then::StaysDraft)
        .count();
    assert!((1..40).contains(&drafts), "{drafts}");
    let last = visits.last().and_then(|visit| visit.dossier.visit.value.to);
    assert_eq!(last, Some(today()));
}

/// Gives visits the ids that saving them gives.
fn saved(mut visit: DemoVisit, at: usize) -> Dossier {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&(at as u64).to_be_bytes());
    let dossier = &mut visit.dossier;
    for (part, file) in (0_u8..).zip(&mut dossier.concerns) {
        id[15] = part;
        file.concern.id = Some(crate::domain::ConcernId(id));
    }
    visit.dossier
}

#[test]
fn what_was_done_follows_the_table_and_leaves_few_old_cases_open() {
    use crate::domain::{Act, Settlement, Tending};
    let (mut rounds, mut after) = (Vec::new(), After::new(4, today()));
    let mut old = 0;
    for (at, visit) in Demo::new(4, 1_500, today()).enumerate() {
        let dossier = saved(visit, at);
        let age = (today() - dossier.visit.value.day().expect("a day")).num_days();
        let concerns = dossier.concerns.iter();
        let pending = concerns.filter(|f| f.concern.value.settlement == Settlement::Pending);
        old += if age > 300 { pending.count() } else { 0 };
        after.visit(&dossier, &mut rounds);
    }
    let mut last = std::collections::HashMap::new();
    let mut answered = 0;
    for tending in rounds.iter().flatten() {
        if let Tending::Step { concern, taken } = tending {
            assert!(taken.on <= today());
            let before = last.insert(*concern, taken.on);
            assert!(before.is_none_or(|before| before <= taken.on));
            answered += usize::from(matches!(taken.act, Act::Answer(_)));
        }
    }
    assert!(old > 100, "{old}");
    assert!(
        answered >= old,
        "{answered} of {old}: the old ones are closed"
    );
}
