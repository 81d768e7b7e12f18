//! What is owed to whom and until when: the order of it, and the dates by the law that is compiled in.

use bacung::domain::*;
use bacung::law::pressing::Awaited;
use bacung::law::rules::Step;
use bacung::store::Reckoner;
use redb::backends::InMemoryBackend;

use crate::harness::logbook::{Logbook, day, reckoner, visit, with_concern};

fn officer() -> Logbook {
    Logbook::create(InMemoryBackend::new(), Role::Officer)
}

/// Before the day that starts a limit is known there is only our own target; after the last step only that.
#[test]
fn a_case_waits_for_one_thing_after_another() {
    let Reckoner { law, targets, .. } = reckoner();
    let mut life = ConcernLife::heard(ConcernKind::Complaint, day("2026-11-12"));
    let waits = |life: &ConcernLife| {
        let case = OpenCase {
            entity: ConcernId([1; 16]).into(),
            officer: None,
            matter: Matter::Concern(OpenConcern::of(life, Some(life.heard_on()), Vec::new())),
        };
        let pressing = law.pressing(&case, targets).into_iter();
        pressing
            .map(|p| (p.awaited, p.due.to_string()))
            .collect::<Vec<_>>()
    };
    let mut seen = waits(&life);
    for (act, on) in [
        (Act::HandOver, "2026-11-14"),
        (Act::Receive, "2026-11-16"),
        (Act::Accept, "2026-11-25"),
        (Act::Settle, "2026-12-21"),
        (Act::Answer(Manner::InPerson), "2026-12-22"),
    ] {
        let taken = Taken {
            act,
            on: day(on),
            paper: "1".to_owned(),
            body: "UBND xã".to_owned(),
            person: Some(PersonId([1; 16])),
            reason: String::new(),
        };
        life.take(taken, PartWithdrawal::NotAllowed)
            .expect("allowed");
        seen.extend(waits(&life));
    }
    let expected = [
        // Thursday; Friday, Monday and Tuesday are three working days.
        (Awaited::HandOver, "2026-11-17"),
        // Saturday; Monday, Tuesday, Wednesday.
        (Awaited::Receipt, "2026-11-18"),
        (Awaited::Law(Step::Accept), "2026-11-26"),
        (Awaited::Law(Step::Notify), "2026-12-01"),
        (Awaited::Law(Step::Settle), "2026-12-25"),
        (Awaited::Law(Step::SendDecision), "2026-12-24"),
        (Awaited::Tell, "2026-12-28"),
    ];
    let expected = expected.map(|(awaited, on)| (awaited, on.to_owned()));
    assert_eq!(seen, expected);
}

/// The words of what waits, in its order.
fn waiting(logbook: &Logbook) -> Vec<String> {
    let today = logbook.store.reader().today(day("2026-11-23")).unwrap();
    let words = today.items.iter().filter_map(|item| match item {
        TodayItem::Due { row, .. } => match &row.title {
            RowTitle::Concern { line, .. } => Some(line.clone()),
            other => panic!("{other:?} is no concern"),
        },
        TodayItem::Envelope { number, .. } => Some(number.clone()),
        TodayItem::Draft(_) | TodayItem::Returned(_) | TodayItem::Conflict(_) => None,
    });
    words.collect()
}

#[test]
fn what_nobody_is_in_charge_of_stands_first_then_the_earliest() {
    let mut logbook = officer();
    let me = logbook.store.reader().identity().unwrap().me;
    let mut heard = |line: &str, on: &str, lead: Option<PersonId>| {
        let mut dossier = with_concern(visit("", Some(on)), line, None);
        dossier.visit.value.lead = lead;
        logbook.save(dossier);
    };
    heard("sau", "2026-11-20", Some(me));
    heard("trước", "2026-11-02", Some(me));
    heard("chưa ai nhận", "2026-11-21", None);
    assert_eq!(waiting(&logbook), ["chưa ai nhận", "trước", "sau"]);
}

#[test]
fn dates_move_with_the_targets_and_are_said_to() {
    let mut logbook = officer();
    let me = logbook.store.reader().identity().unwrap().me;
    let mut dossier = with_concern(visit("", Some("2026-11-12")), "mương hỏng", None);
    dossier.visit.value.lead = Some(me);
    logbook.save(dossier);
    let mut other = reckoner();
    other.targets.hand_over = 4;
    other.digest = other.law.digest(other.targets);
    let mut told = Vec::new();
    let moved = logbook
        .store
        .reckon_with(other.clone(), &mut |done, total| told.push((done, total)));
    let moved = moved.unwrap();
    assert_eq!(told, [(1, 1)]);
    assert_eq!(moved.len(), 1);
    let dates = (moved[0].from, moved[0].to);
    assert_eq!(dates, (Some(day("2026-11-17")), Some(day("2026-11-18"))));
    // The same law again: nothing to do.
    let again = logbook
        .store
        .reckon_with(other, &mut |_, _| panic!("nothing is reckoned"));
    assert_eq!(again.unwrap(), []);
}
