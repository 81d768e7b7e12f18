//! The register of receptions: rows in their drawers, and what is taken back.

use bacung::domain::*;
use bacung::store::WriteError;
use redb::backends::InMemoryBackend;

use crate::harness::logbook::{Logbook, day, query, visit, with_concern};

fn logbook(role: Role) -> Logbook {
    Logbook::create(InMemoryBackend::new(), role)
}

fn tend(logbook: &mut Logbook, tending: Tending) -> Result<EntityId, WriteError> {
    let moment = logbook.moment();
    logbook.store.tend(tending, None, moment, &mut logbook.ids)
}

fn reception(logbook: &mut Logbook) -> ReceptionId {
    let head = logbook.store.reader().identity().unwrap().me;
    let reception = Reception {
        kind: Some(ReceptionKind::Periodic),
        on: Some(day("2026-11-10")),
        head: Some(head),
        people: Some(3),
        turns: Some(2),
        ..Reception::default()
    };
    let made = tend(logbook, Tending::Reception(Versioned::new(reception)));
    ReceptionId(made.expect("a reception").id)
}

fn matter(line: &str) -> RegisterRow {
    let concern = Concern {
        kind: Some(ConcernKind::Complaint),
        line: line.to_owned(),
        registered: Registered {
            people: Some(2),
            settled_by: "UBND xã".to_owned(),
            handling: Some(Handling::PassOn),
            passed_to: "Chủ tịch tỉnh".to_owned(),
            note: String::new(),
        },
        ..Concern::default()
    };
    let particulars = Particulars {
        concern: None,
        raised_by: RaisedBy::Citizen(Citizen {
            name: "Lý Thị Mẩy".to_owned(),
            address: "thôn Bản Lãm".to_owned(),
            id_number: "008190000001".to_owned(),
            contact: String::new(),
        }),
        said: "Đo thiếu hai trăm mét".to_owned(),
        wish: String::new(),
    };
    RegisterRow::Concern(Box::new(concern), Some(Box::new(particulars)))
}

fn add(
    logbook: &mut Logbook,
    reception: ReceptionId,
    row: RegisterRow,
) -> Result<EntityId, WriteError> {
    tend(logbook, Tending::Row { reception, row })
}

fn shown(logbook: &Logbook, entity: EntityId) -> OwedDetail {
    let found = logbook.store.reader().owed(entity).expect("readable");
    found.expect("it stands")
}

#[test]
fn a_row_is_a_concern_of_the_reception_with_its_names_apart() {
    let mut logbook = logbook(Role::Officer);
    let session = reception(&mut logbook);
    let first = add(&mut logbook, session, matter("đo đất thiếu")).expect("a row");
    add(&mut logbook, session, matter("đường lầy")).expect("a row");
    let envelope = Envelope {
        number: "07".to_owned(),
        ..Envelope::default()
    };
    add(&mut logbook, session, RegisterRow::Envelope(envelope)).expect("an envelope");
    let found = shown(&logbook, session.into());
    let OwedMatter::Reception {
        rows, envelopes, ..
    } = &found.matter
    else {
        panic!("a reception");
    };
    let lines: Vec<&str> = rows
        .iter()
        .filter_map(|row| match &row.title {
            RowTitle::Concern { line, .. } => Some(line.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(lines, ["đo đất thiếu", "đường lầy"]);
    assert_eq!(rows[0].date, Some(day("2026-11-10")));
    assert_eq!(envelopes.len(), 1);
    assert_eq!(envelopes[0].number, "07");
    let reader = logbook.store.reader();
    let particulars = reader.particulars(ConcernId(first.id)).unwrap();
    let raised = particulars.expect("they are held").raised_by;
    assert!(matches!(raised, RaisedBy::Citizen(citizen) if citizen.id_number == "008190000001"));
    // It waits like any concern, and counts as no visit.
    let today = reader.today(day("2026-11-23")).unwrap();
    let due = today
        .items
        .iter()
        .filter(|item| matches!(item, TodayItem::Due { .. }));
    assert_eq!(due.count(), 2);
    assert_eq!(reader.list_visits(&query("")).unwrap().total, 0);
}

#[test]
fn a_row_needs_its_kind_and_matter_and_a_reception_that_stands() {
    let mut logbook = logbook(Role::Officer);
    let session = reception(&mut logbook);
    let before = logbook
        .store
        .reader()
        .list_records(Listing::Concerns, &query(""));
    let refused = add(&mut logbook, session, matter("  "));
    let missing = TendRefused::Missing(TendField::Text);
    assert!(matches!(refused, Err(WriteError::Refused(why)) if why == missing));
    let refused = add(
        &mut logbook,
        session,
        RegisterRow::Envelope(Envelope::default()),
    );
    let missing = TendRefused::Missing(TendField::Envelope);
    assert!(matches!(refused, Err(WriteError::Refused(why)) if why == missing));
    let refused = add(&mut logbook, ReceptionId([9; 16]), matter("đường lầy"));
    assert!(matches!(refused, Err(WriteError::NotFound)));
    let after = logbook
        .store
        .reader()
        .list_records(Listing::Concerns, &query(""));
    assert_eq!(before.unwrap(), after.unwrap());
}

#[test]
fn a_reviewer_writes_neither_names_nor_envelopes() {
    let mut logbook = logbook(Role::Reviewer);
    let session = reception(&mut logbook);
    let refused = add(&mut logbook, session, matter("đường lầy"));
    assert!(matches!(refused, Err(WriteError::NotHeld)));
    let envelope = Envelope {
        number: "07".to_owned(),
        ..Envelope::default()
    };
    let refused = add(&mut logbook, session, RegisterRow::Envelope(envelope));
    assert!(matches!(refused, Err(WriteError::NotHeld)));
}

#[test]
fn the_last_step_is_taken_back_and_no_other() {
    let mut logbook = logbook(Role::Officer);
    let saved = logbook.save(with_concern(
        visit("", Some("2026-11-12")),
        "mương hỏng",
        None,
    ));
    let dossier = logbook
        .store
        .reader()
        .dossier(saved.visit)
        .unwrap()
        .unwrap();
    let concern = dossier.concerns[0].concern.id.unwrap();
    let back = |logbook: &mut Logbook| {
        let reason = "ghi nhầm".to_owned();
        let what = concern.into();
        tend(logbook, Tending::TakeBack { what, reason })
    };
    let nothing = TendRefused::NothingToTakeBack;
    assert!(matches!(back(&mut logbook), Err(WriteError::Refused(why)) if why == nothing));
    for (act, on) in [(Act::HandOver, "2026-11-14"), (Act::Receive, "2026-11-16")] {
        let taken = Taken {
            act,
            on: day(on),
            paper: "1".to_owned(),
            body: "UBND xã".to_owned(),
            person: Some(PersonId([1; 16])),
            reason: String::new(),
        };
        tend(&mut logbook, Tending::Step { concern, taken }).expect("allowed");
    }
    let stands_at = |logbook: &Logbook| match shown(logbook, concern.into()).matter {
        OwedMatter::Concern { life, .. } => life.state(),
        _ => panic!("a concern"),
    };
    assert_eq!(stands_at(&logbook), ConcernState::Received);
    back(&mut logbook).expect("taken back");
    assert_eq!(stands_at(&logbook), ConcernState::HandedOver);
    back(&mut logbook).expect("taken back");
    assert_eq!(stands_at(&logbook), ConcernState::Heard);
    assert!(matches!(back(&mut logbook), Err(WriteError::Refused(why)) if why == nothing));
}

#[test]
fn a_reception_is_taken_back_only_without_rows() {
    let mut logbook = logbook(Role::Officer);
    let session = reception(&mut logbook);
    add(&mut logbook, session, matter("đường lầy")).expect("a row");
    let back = |logbook: &mut Logbook, session: ReceptionId| {
        let what = session.into();
        tend(
            logbook,
            Tending::TakeBack {
                what,
                reason: String::new(),
            },
        )
    };
    let rows = TendRefused::HasRows;
    assert!(matches!(back(&mut logbook, session), Err(WriteError::Refused(why)) if why == rows));
    let other = reception(&mut logbook);
    back(&mut logbook, other).expect("it has no rows");
    let found = logbook.store.reader().owed(other.into()).unwrap();
    assert_eq!(found, None);
    let listed = logbook
        .store
        .reader()
        .list_records(Listing::Receptions, &query(""));
    assert_eq!(listed.unwrap().matching, 1);
}

#[test]
fn a_row_that_says_in_public_who_raised_it_is_noticed() {
    let mut logbook = logbook(Role::Officer);
    let reception = reception(&mut logbook);
    let reader = logbook.store.reader();
    let names = |line: &str| {
        let row = matter(line);
        reader.names_a_citizen(&Tending::Row { reception, row })
    };
    assert!(names("đất nhà bà ly thi may").unwrap());
    assert!(names("số 008 190 000001").unwrap());
    assert!(!names("đo đất thiếu").unwrap());
}

#[test]
fn a_save_ends_the_typing_that_it_was_made_of_and_a_refusal_does_not() {
    let mut logbook = logbook(Role::Officer);
    let reception = reception(&mut logbook);
    let typing = |logbook: &Logbook| logbook.store.reader().typing().unwrap().len();
    logbook.store.keep_typing([5; 16], Stamp(1), b"x").unwrap();
    let mut save = |row| {
        let moment = logbook.moment();
        let tending = Tending::Row { reception, row };
        let saved = logbook
            .store
            .tend(tending, Some([5; 16]), moment, &mut logbook.ids);
        (saved.is_ok(), typing(&logbook))
    };
    assert_eq!(save(matter("")), (false, 1));
    assert_eq!(save(matter("Đo thiếu đất")), (true, 0));
}

#[test]
fn what_the_competent_body_received_long_enough_ago_is_offered_for_erasure_and_nothing_before() {
    let mut logbook = logbook(Role::Officer);
    let reception = reception(&mut logbook);
    let concern = add(&mut logbook, reception, matter("Đo thiếu đất")).expect("a row");
    add(&mut logbook, reception, matter("Đường hỏng")).expect("a row");
    let offered = |logbook: &Logbook, before: &str, from| {
        let reader = logbook.store.reader();
        let offers = reader.offered_for_erasure(day(before), from).unwrap();
        assert!(offers.next.is_none());
        offers.held
    };
    assert!(
        offered(&logbook, "2026-11-23", None).is_empty(),
        "not handed over"
    );
    for (act, on) in [
        (Act::WriteDown, "2026-11-11"),
        (Act::HandOver, "2026-11-12"),
        (Act::Receive, "2026-11-13"),
    ] {
        let taken = Taken {
            act,
            on: day(on),
            paper: "1".to_owned(),
            body: "UBND xã".to_owned(),
            person: Some(PersonId([1; 16])),
            reason: String::new(),
        };
        let concern = ConcernId(concern.id);
        tend(&mut logbook, Tending::Step { concern, taken }).expect("a step");
    }
    assert!(
        offered(&logbook, "2026-11-12", None).is_empty(),
        "too early"
    );
    let held = offered(&logbook, "2026-11-13", None);
    assert_eq!(held.len(), 1);
    assert_eq!(held[0].of, concern);
    let reader = logbook.store.reader();
    let all = reader.all_offered_for_erasure(day("2026-11-23")).unwrap();
    assert!(all == held);
    let mut beyond = held[0].record;
    beyond.id = [0xff; 16];
    assert!(offered(&logbook, "2026-11-23", Some(beyond)).is_empty());
    let line = bacung::store::request(DataDeed::Erased, &held, "", None);
    let moment = logbook.moment();
    logbook
        .store
        .erase_held((&held, None, &line), &[], moment, &mut logbook.ids)
        .unwrap();
    assert!(offered(&logbook, "2026-11-23", None).is_empty());
}

#[test]
fn the_form_has_the_rows_of_the_period_with_names_and_denunciations_where_they_are_listed() {
    let mut logbook = logbook(Role::Officer);
    let session = reception(&mut logbook);
    for line in ["đo đất thiếu", "đường lầy"] {
        add(&mut logbook, session, matter(line)).expect("a row");
    }
    let number = "07".to_owned();
    let envelope = Envelope {
        number,
        ..Envelope::default()
    };
    add(&mut logbook, session, RegisterRow::Envelope(envelope)).expect("an envelope");
    let form = |period: &str, denunciations| {
        let period = Period::named(period, Basis::Calendar).expect("a period");
        let found = logbook.store.reader().register(period, denunciations);
        found.expect("readable")
    };
    let said = |rows: &[FormRow]| -> Vec<String> {
        let said = rows.iter().map(|row| match &row.matter {
            FormMatter::Concern(raised) => {
                let particulars = &raised.particulars.as_ref().expect("names").value;
                let RaisedBy::Citizen(citizen) = &particulars.raised_by else {
                    panic!("a citizen");
                };
                format!("{}: {}", citizen.name, raised.concern.line)
            }
            FormMatter::Denunciation(envelope) => envelope.number.clone(),
        });
        said.collect()
    };
    let rows = form("2026-11", Denunciations::LeftOut);
    let concerns = ["Lý Thị Mẩy: đo đất thiếu", "Lý Thị Mẩy: đường lầy"];
    assert_eq!(said(&rows), concerns);
    assert!(rows.iter().all(|row| row.day == Some(day("2026-11-10"))));
    let listed = said(&form("2026-11", Denunciations::Listed));
    assert_eq!(listed, [&concerns[..], &["07"]].concat());
    assert!(form("2026-10", Denunciations::Listed).is_empty());
}
