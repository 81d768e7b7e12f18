//! What is owed to whom and until when: the order of it, and the dates by the law that is compiled in.

use bacung::domain::*;
use bacung::law::pressing::Awaited;
use bacung::law::rules::Step;
use bacung::store::{Reckoner, WriteError};
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

/// Saves a concern of the member's own and returns it.
fn heard(logbook: &mut Logbook, line: &str, on: &str) -> EntityId {
    let me = logbook.store.reader().identity().unwrap().me;
    let mut dossier = with_concern(visit("", Some(on)), line, None);
    dossier.visit.value.lead = Some(me);
    let saved = logbook.save(dossier);
    let dossier = logbook
        .store
        .reader()
        .dossier(saved.visit)
        .unwrap()
        .unwrap();
    dossier.concerns[0].concern.id.unwrap().into()
}

fn tend(logbook: &mut Logbook, tending: Tending) -> Result<EntityId, WriteError> {
    let moment = logbook.moment();
    logbook.store.tend(tending, None, moment, &mut logbook.ids)
}

fn step(concern: EntityId, act: Act, on: &str) -> Tending {
    Tending::Step {
        concern: ConcernId(concern.id),
        taken: Taken {
            act,
            on: day(on),
            paper: "1".to_owned(),
            body: "UBND xã".to_owned(),
            person: Some(PersonId([1; 16])),
            reason: "vì".to_owned(),
        },
    }
}

#[test]
fn a_concern_is_owed_until_the_citizen_was_told_and_the_visit_stays_as_it_was_confirmed() {
    let mut logbook = officer();
    let concern = heard(&mut logbook, "mương hỏng", "2026-11-12");
    let whole = logbook.store.reader().owed(concern).unwrap().unwrap();
    let visit = whole.row.visit.unwrap();
    let revision = logbook.store.reader().revision(visit).unwrap();
    // Not before it was heard, not in the future, not out of its order.
    let refused = tend(&mut logbook, step(concern, Act::HandOver, "2026-11-11"));
    assert!(matches!(
        refused,
        Err(WriteError::Refused(TendRefused::Step(_)))
    ));
    let refused = tend(&mut logbook, step(concern, Act::HandOver, "2026-11-24"));
    let in_future = TendRefused::InFuture(TendField::On);
    assert!(matches!(refused, Err(WriteError::Refused(why)) if why == in_future));
    let refused = tend(&mut logbook, step(concern, Act::Accept, "2026-11-13"));
    assert!(matches!(
        refused,
        Err(WriteError::Refused(TendRefused::Step(_)))
    ));
    assert_eq!(waiting(&logbook), ["mương hỏng"]);
    for (act, on) in [
        (Act::HandOver, "2026-11-14"),
        (Act::Receive, "2026-11-16"),
        (Act::Settle, "2026-11-20"),
        (Act::Answer(Manner::InPerson), "2026-11-21"),
    ] {
        tend(&mut logbook, step(concern, act, on)).expect("allowed");
    }
    assert!(waiting(&logbook).is_empty());
    let found = logbook.store.reader().owed(concern).unwrap().unwrap();
    assert_eq!(found.case, None);
    let OwedMatter::Concern {
        life, passed_over, ..
    } = found.matter
    else {
        panic!("a concern");
    };
    assert_eq!(
        (life.state(), passed_over.len()),
        (ConcernState::Answered, 0)
    );
    assert_eq!(logbook.store.reader().revision(visit).unwrap(), revision);
    let report = logbook.store.check().unwrap();
    assert!(report.damage.is_empty(), "{:?}", report.damage);
}

#[test]
fn what_is_handed_over_stays_with_the_giver_until_the_receiver_accepts() {
    let mut logbook = officer();
    let concern = heard(&mut logbook, "mương hỏng", "2026-11-12");
    let (to, on) = (PersonId([7; 16]), day("2026-11-20"));
    tend(&mut logbook, Tending::HandOverAll { to, on }).expect("one is in charge");
    // Once more makes no second offer.
    tend(&mut logbook, Tending::HandOverAll { to, on }).expect("one is in charge");
    let me = logbook.store.reader().identity().unwrap().me;
    let found = logbook.store.reader().owed(concern).unwrap().unwrap();
    assert_eq!(found.officer, Some(me));
    let charges = found.offered_to(to);
    assert_eq!(charges.len(), 1);
    // Only who receives may accept.
    let refused = tend(&mut logbook, Tending::Accept { charges, on });
    assert!(matches!(refused, Err(WriteError::NotHeld)));
}

#[test]
fn saturday_duty_is_on_a_saturday_and_a_quota_has_its_document() {
    let mut logbook = officer();
    let duty = |on: &str| {
        Tending::Duty(Versioned::new(Duty {
            on: Some(day(on)),
            unit: "Công an xã".to_owned(),
            received: Some(12),
            ..Duty::default()
        }))
    };
    let refused = tend(&mut logbook, duty("2026-11-20"));
    assert!(matches!(
        refused,
        Err(WriteError::Refused(TendRefused::NotASaturday(_)))
    ));
    tend(&mut logbook, duty("2026-11-21")).expect("a Saturday");
    let assignment = Assignment {
        duty: Code::new("cell_meetings").ok(),
        person: Some(PersonId([1; 16])),
        from: Some(day("2026-01-01")),
        to: Some(day("2026-12-31")),
        quota: Some(4),
        ..Assignment::default()
    };
    let refused = tend(
        &mut logbook,
        Tending::Assignment(Versioned::new(assignment)),
    );
    let missing = TendRefused::Missing(TendField::Document);
    assert!(matches!(refused, Err(WriteError::Refused(why)) if why == missing));
    let query = crate::harness::logbook::query("");
    let duties = logbook
        .store
        .reader()
        .list_records(Listing::Duties, &query)
        .unwrap();
    assert_eq!(duties.matching, 1);
    assert_eq!(duties.rows[0].date, Some(day("2026-11-21")));
}

/// Days come from other devices too: however far they lie, dates are reckoned or left out.
#[test]
fn days_beyond_the_calendar_stop_nothing() {
    let Reckoner { law, targets, .. } = reckoner();
    for on in [
        Day::MIN,
        day("1970-01-01"),
        day("2100-12-31"),
        day("9999-12-31"),
        Day::MAX,
    ] {
        let life = ConcernLife::heard(ConcernKind::Complaint, on);
        let mut open = OpenConcern::of(&life, Some(on), Vec::new());
        for state in ConcernState::ALL {
            open.state = state;
            (open.received, open.accepted, open.decided) = (Some(on), Some(on), Some(on));
            open.suspended = vec![(Day::MIN, on), (on, Day::MAX)];
            let case = OpenCase {
                entity: ConcernId([1; 16]).into(),
                officer: None,
                matter: Matter::Concern(open.clone()),
            };
            let found = law.pressing(&case, targets);
            assert!(found.is_sorted_by_key(|one| one.due), "{state:?} {on}");
        }
    }
}
