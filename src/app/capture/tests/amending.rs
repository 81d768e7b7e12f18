//! A saved visit opened, changed and saved again.

use super::*;
use crate::domain::{
    Activity, ActivityFile, ActivityId, Beneficiaries, Citizen, Code, CommuneCode, Concern,
    ConcernFile, ConcernId, ConcernKind, Day, Dossier, EntryHash, Envelope, EnvelopeId, Funding,
    HelpedId, HelpedNames, Meeting, MeetingFile, MeetingId, Origin, Particulars, ParticularsId,
    Promise, PromiseId, Quantity, RaisedBy, RowId, Settlement, Summing, Versioned,
    VillageConfirmation, Visit, VisitState, Vnd,
};

fn day(d: u32) -> Day {
    Day::from_ymd_opt(2026, 11, d).expect("a day of November")
}

fn code(text: &str) -> Option<Code> {
    Code::new(text).ok()
}

fn saved<I, T>(id: I, value: T) -> Versioned<I, T> {
    Versioned {
        id: Some(id),
        heads: vec![EntryHash([7; 32])],
        ..Versioned::new(value)
    }
}

/// Every field filled, some with codes that no catalogue knows.
pub(super) fn full() -> Dossier {
    let activity = Activity {
        visit: Some(VISIT),
        category: code("canal"),
        amount: Some(Quantity(1_500)),
        measure: code("km"),
        person_days: Some(Quantity(45_500)),
        officers: Some(1_200),
        beneficiaries: vec![
            Beneficiaries {
                kind: code("poor"),
                households: Some(9),
                people: Some(31),
                turns: None,
            },
            Beneficiaries {
                kind: code("of_tomorrow"),
                households: None,
                people: None,
                turns: Some(64),
            },
        ],
        funding: vec![
            Funding {
                source: code("budget"),
                value: Some(Vnd(3_500_000)),
            },
            Funding {
                source: code("donor"),
                value: None,
            },
        ],
        lead_unit: "Công an xã".to_owned(),
        partners: vec!["Đoàn xã; Hội phụ nữ".to_owned(), "Hội nông dân".to_owned()],
        sites: vec![
            Site::Village(PlaceId([3; 16])),
            Site::Commune(CommuneCode(2_269)),
            Site::Text("đầu nguồn".to_owned()),
        ],
        confirmation: Some(VillageConfirmation {
            by: "Lý Văn Páo".to_owned(),
            on: Some(day(22)),
        }),
        description: "Nạo vét\nvà kè bờ".to_owned(),
        note: "số cả tỉnh".to_owned(),
        summing: Summing::Cumulative,
        row: Some(RowId([21; 16])),
    };
    let helped = HelpedNames {
        activity: Some(ActivityId([11; 16])),
        names: "A\nB".to_owned(),
    };
    let meeting = Meeting {
        visit: Some(VISIT),
        kind: code("village"),
        capacity: code("guest"),
        body: "Thôn Nà Khá".to_owned(),
        site: Some(Site::Village(PlaceId([3; 16]))),
        attendance: Some(48),
        remarks: "Đã nói".to_owned(),
        issues: "Đèn".to_owned(),
        opinions: Some(16),
        sites: vec![
            Site::Text("Bản cũ".to_owned()),
            Site::Commune(CommuneCode(2_269)),
        ],
        note: "hai buổi".to_owned(),
        summing: Summing::Cumulative,
        row: Some(RowId([22; 16])),
    };
    let concern = Concern {
        visit: Some(VISIT),
        kind: Some(ConcernKind::Complaint),
        topic: code("land"),
        line: "Ranh giới đất".to_owned(),
        site: Some(Site::Commune(CommuneCode(2_269))),
        settlement: Settlement::OnTheSpot,
        answer_by: Some(day(29)),
        row: Some(RowId([23; 16])),
        ..Concern::default()
    };
    let particulars = Particulars {
        concern: Some(ConcernId([13; 16])),
        raised_by: RaisedBy::Citizen(Citizen {
            name: "Lý Thị Mẩy".to_owned(),
            contact: "0912".to_owned(),
            ..Citizen::default()
        }),
        said: "…".to_owned(),
        wish: "đo lại".to_owned(),
    };
    let envelope = Envelope {
        visit: Some(VISIT),
        number: "07/PB".to_owned(),
        on: Some(day(21)),
        body: "Chủ tịch UBND xã".to_owned(),
        ..Envelope::default()
    };
    let visit = Visit {
        site: Some(Site::Village(PlaceId([3; 16]))),
        from: Some(day(20)),
        to: Some(day(22)),
        team: vec![PersonId([5; 16]), ME],
        lead: Some(ME),
        shared: vec![
            Code::new("eat").expect("a code"),
            Code::new("sing").expect("a code"),
        ],
        programme: "Ba cùng".to_owned(),
        reviewing_cell: "Chi bộ Bản Lãm".to_owned(),
        unit: "Công an xã Nà Hang".to_owned(),
        note: "Đường trơn".to_owned(),
        origin: Origin::Import,
        row: Some(RowId([23; 16])),
    };
    Dossier {
        visit: saved(VISIT, visit),
        state: VisitState::Returned,
        activities: vec![ActivityFile {
            activity: saved(ActivityId([11; 16]), activity),
            helped: Some(saved(HelpedId([12; 16]), helped)),
        }],
        meetings: vec![MeetingFile {
            meeting: saved(MeetingId([10; 16]), meeting),
            promises: vec![
                saved(PromiseId([16; 16]), Promise::new("Lắp đèn", Some(day(30)))),
                saved(PromiseId([17; 16]), Promise::new("Sửa cầu", None)),
            ],
        }],
        concerns: vec![ConcernFile {
            concern: saved(ConcernId([13; 16]), concern),
            particulars: Some(saved(ParticularsId([14; 16]), particulars)),
        }],
        envelopes: vec![saved(EnvelopeId([15; 16]), envelope)],
        parts: Some(vec![
            ActivityId([11; 16]).into(),
            MeetingId([10; 16]).into(),
        ]),
    }
}

#[test]
fn a_dossier_comes_out_of_the_form_as_it_went_in() {
    let dossier = full();
    for language in Language::ALL {
        let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
        officer.language = language;
        let capture = Capture::amend(VISIT, &dossier, &officer.desk());
        let read = reading::read(&capture.form, &officer.desk().around);
        assert!(read.dossier == dossier, "{language:?}");
    }
}

#[test]
fn an_unchanged_visit_writes_nothing() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = Capture::amend(VISIT, &full(), &officer.desk());
    for _ in 0..80 {
        officer.does(&mut capture, &[Action::NextField]);
    }
    officer.does(&mut capture, &[Action::Save]);
    assert!(officer.effects.is_empty());
    assert_eq!(officer.next, Next::Close);
    assert!(capture.tick(Stamp(NOW.0 + 5_000)).is_empty());
}

#[test]
fn a_change_goes_on_from_the_heads_that_were_read() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = Capture::amend(VISIT, &full(), &officer.desk());
    let activity = capture.form.items[0].fields.len() + 1;
    capture.click(activity, &mut officer.desk());
    officer.types(&mut capture, "140");
    officer.does(&mut capture, &[Action::Save]);
    let save = officer.saved();
    let mut wanted = full();
    wanted.activities[0].activity.value.amount = Some(Quantity(140_000));
    assert!(save.dossier == wanted);
    assert_eq!(save.typing, TypingKey(VISIT.0));
    capture.refused();
    officer.does(&mut capture, &[Action::Save]);
    assert!(officer.saved().dossier == wanted);
}

#[test]
fn the_visit_itself_stays() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = Capture::amend(VISIT, &full(), &officer.desk());
    officer.does(&mut capture, &[Action::RemovePart]);
    let said = officer.said.as_ref().map(Text::id);
    assert_eq!(said, Some("capture-part-stays"));
}

#[test]
fn a_saved_part_is_left_out_of_the_save_and_can_be_brought_back() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = Capture::amend(VISIT, &full(), &officer.desk());
    let activity = capture.form.items[0].fields.len();
    capture.click(activity, &mut officer.desk());
    officer.does(&mut capture, &[Action::RemovePart]);
    let said = officer.said.as_ref().map(Text::id);
    assert_eq!(said, Some("capture-saved-part-removed"));
    officer.does(&mut capture, &[Action::Save]);
    let save = officer.saved();
    assert_eq!(save.dossier.visit.id, Some(VISIT));
    assert!(save.dossier.activities.is_empty());
    assert_eq!(save.dossier.concerns.len(), 1);
    capture.refused();
    officer.does(&mut capture, &[Action::Undo, Action::Save]);
    assert!(officer.saved().dossier == full());
}

#[test]
fn like_the_last_visit_fills_place_team_and_kind() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = officer.starts();
    officer.does(&mut capture, &[Action::LikeLast]);
    assert!(matches!(
        officer.effects.pop(),
        Some(Effect::QueryLastVisit)
    ));
    assert_eq!(capture.like(Some(&full()), &officer.desk()), None);
    officer.does(&mut capture, &[Action::Save]);
    let save = officer.saved();
    let (visit, last) = (&save.dossier.visit.value, full());
    assert_eq!(visit.site, last.visit.value.site);
    assert_eq!(visit.team, last.visit.value.team);
    assert_eq!(visit.from, Some(day(23)));
    assert_eq!(save.dossier.visit.id, None);
    let activity = &save.dossier.activities[0].activity;
    assert_eq!(activity.value.category, code("canal"));
    assert_eq!((activity.id, activity.value.amount), (None, None));
    assert!(save.dossier.concerns.is_empty());
    assert!(capture.like(None, &officer.desk()).is_some());
}

/// A saved concern lies in the open stream; it must never go on as an envelope under its id.
#[test]
fn a_saved_concern_does_not_become_a_denunciation() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = Capture::amend(VISIT, &full(), &officer.desk());
    let before = capture
        .form
        .items
        .iter()
        .take_while(|item| item.part != Part::Concern);
    let concern = before.map(|item| item.fields.len()).sum();
    capture.click(concern, &mut officer.desk());
    officer.fills(&mut capture, &["to cao"]);
    assert!(
        capture
            .form
            .items
            .iter()
            .any(|item| item.part == Part::Concern)
    );
    officer.does(&mut capture, &[Action::Save]);
    assert!(officer.effects.is_empty(), "an unknown kind is not saved");
}
