//! The lists of concerns, receptions and the like, and a reception with its register.

use bacung::app::dialogs::Dialog;
use bacung::app::{Answer, Effect, Refusal};
use bacung::domain::{
    Citizen, ConcernKind, ConcernState, Counted, EntityId, EnvelopeId, EnvelopeRow, Listing,
    OwedDetail, OwedMatter, Page, Particulars, RaisedBy, Reception, ReceptionId, ReceptionKind,
    RecordRow, RegisterRow, RowTitle, Settlement, ShortCode, SiteName, TendField, TendRefused,
    Tending, VisitState,
};
use bacung::i18n::Language;

use super::sample::{self, day, person};
use super::shots;
use super::stage::Stage;

fn row(entity: EntityId, on: u32, title: RowTitle) -> RecordRow {
    RecordRow {
        entity,
        code: ShortCode::of(entity, ShortCode::SHORTEST),
        date: Some(day(11, on)),
        site: SiteName {
            village: "Bản Lãm".to_owned(),
            ..SiteName::default()
        },
        title,
        state: VisitState::Sent,
        visit: None,
    }
}

fn concern(n: u8, line: &str, state: ConcernState) -> RecordRow {
    let id = bacung::domain::ConcernId([n; 16]);
    let kinds = ConcernKind::ALL;
    let title = RowTitle::Concern {
        kind: Some(kinds[usize::from(n) % kinds.len()]),
        line: line.to_owned(),
        settlement: Settlement::Pending,
        answer_by: None,
        state,
        officer: (!n.is_multiple_of(3)).then(|| person(1)),
    };
    row(id.into(), 20 - u32::from(n) % 18, title)
}

fn page(rows: Vec<RecordRow>) -> Page<RecordRow> {
    let matching = rows.len() as u64;
    Page {
        rows,
        offset: 0,
        matching,
        counted: Counted::Whole,
        total: matching,
    }
}

fn number(stage: &Stage) -> u64 {
    let asked = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::QueryRecords { number, .. } => Some(*number),
        _ => None,
    });
    asked.expect("a list is asked for")
}

fn at_lists(language: Language, size: (u16, u16)) -> Stage {
    let mut stage = Stage::open(language, size, sample::names());
    stage.today(sample::today());
    stage.keys("3");
    stage
}

fn full(language: Language, size: (u16, u16)) -> Stage {
    let mut stage = at_lists(language, size);
    let lines = [
        "Đèn đường đoạn qua suối tối, đi lại khó khăn trong mùa mưa",
        "Thu hồi đất làm đường",
        "Nước sinh hoạt mùa khô",
    ];
    let states = ConcernState::ALL;
    let rows = (0..40_u8).map(|n| {
        let at = usize::from(n);
        concern(n, lines[at % lines.len()], states[at % states.len()])
    });
    let number = number(&stage);
    stage.answer(Answer::Records {
        number,
        page: page(rows.collect()),
    });
    stage
}

pub(super) fn reception() -> OwedDetail {
    let id = ReceptionId([7; 16]);
    let title = RowTitle::Reception {
        kind: Some(ReceptionKind::Periodic),
        head: "Hoàng Thị Bế".to_owned(),
        cases: 2,
        people: Some(3),
        turns: Some(2),
    };
    OwedDetail {
        row: row(id.into(), 10, title),
        matter: OwedMatter::Reception {
            reception: Reception {
                kind: Some(ReceptionKind::Periodic),
                on: Some(day(11, 10)),
                head: Some(person(1)),
                unit: "UBND xã Nà Hang".to_owned(),
                people: Some(3),
                turns: Some(2),
                ..Reception::default()
            },
            rows: vec![
                concern(1, "Thu hồi đất làm đường", ConcernState::Received),
                concern(2, "Nước sinh hoạt mùa khô", ConcernState::Heard),
            ],
            envelopes: vec![EnvelopeRow {
                id: EnvelopeId([3; 16]),
                number: "07".to_owned(),
                handed_over: None,
            }],
        },
        officer: Some(person(1)),
        charges: Vec::new(),
        case: None,
    }
}

pub(super) fn at_reception(language: Language, size: (u16, u16)) -> Stage {
    let mut stage = at_lists(language, size);
    stage.keys("<tab><tab>");
    let number = number(&stage);
    let page = page(vec![reception().row]);
    stage.answer(Answer::Records { number, page });
    stage.keys("<enter>");
    stage.answer(Answer::Owed(Box::new(reception())));
    stage
}

#[test]
fn screens() {
    shots("records", full);
    shots("records_empty", |language, size| {
        let mut stage = at_lists(language, size);
        let number = number(&stage);
        let page = page(Vec::new());
        stage.answer(Answer::Records { number, page });
        stage
    });
    shots("reception", at_reception);
    shots("register_row", |language, size| {
        let mut stage = at_reception(language, size);
        stage.keys("h");
        stage
    });
}

#[test]
fn a_list_is_asked_for_by_state_words_and_turn() {
    let mut stage = full(Language::Vi, (100, 30));
    stage.keys("gda thu ly<enter>");
    let last = |stage: &Stage| {
        let asked = stage.effects.iter().rev().find_map(|effect| match effect {
            Effect::QueryRecords { listing, query, .. } => Some((*listing, query.clone())),
            _ => None,
        });
        asked.expect("a list is asked for")
    };
    let (listing, query) = last(&stage);
    assert_eq!(listing, Listing::Concerns);
    assert_eq!(query.filters.lives, [ConcernState::Accepted]);
    stage.keys("/nuoc");
    let (_, query) = last(&stage);
    assert_eq!(query.words, "nuoc");
    stage.keys("<enter><tab>");
    let (listing, query) = last(&stage);
    assert_eq!(listing, Listing::Promises);
    assert!(query.filters.lives.is_empty(), "only concerns have them");
}

#[test]
fn a_matter_is_written_into_the_register_and_a_denunciation_takes_no_name() {
    let mut stage = at_reception(Language::Vi, (100, 30));
    stage.keys("h<tab>Đo đất thiếu<tab>Lý Thị Mẩy<tab>thôn Bản Lãm<enter>");
    let [.., Effect::Tend(tending)] = &stage.effects[..] else {
        panic!("a row is written");
    };
    let Tending::Row { row, .. } = &tending.tending else {
        panic!("a row is written");
    };
    let RegisterRow::Concern(concern, Some(particulars)) = row else {
        panic!("a concern with who raised it");
    };
    assert_eq!(concern.line, "Đo đất thiếu");
    let named = Citizen {
        name: "Lý Thị Mẩy".to_owned(),
        address: "thôn Bản Lãm".to_owned(),
        ..Citizen::default()
    };
    assert!(particulars.raised_by == RaisedBy::Citizen(named));
    // Turned to a denunciation the name is gone, and only the envelope is asked for.
    stage.answer(Answer::Refused(Refusal::Tending(TendRefused::Missing(
        TendField::Text,
    ))));
    stage.keys("<shift-tab><shift-tab><shift-tab><up>");
    let screen = stage.screen();
    assert!(!screen.contains("Mẩy"), "{screen}");
    stage.keys("<tab>07<enter>");
    let [.., Effect::Tend(tending)] = &stage.effects[..] else {
        panic!("an envelope is written");
    };
    assert!(
        matches!(&tending.tending, Tending::Row { row: RegisterRow::Envelope(e), .. } if e.number == "07")
    );
    let entity = ReceptionId([7; 16]).into();
    let code = reception().row.code;
    stage.answer(Answer::Tended { entity, code });
    assert!(
        !stage
            .model
            .dialogs
            .iter()
            .any(|d| matches!(d, Dialog::Tend(_)))
    );
}

#[test]
fn who_raised_it_is_masked_until_the_showing_is_recorded() {
    let mut stage = at_reception(Language::Vi, (100, 30));
    stage.keys("<enter>");
    let entity = concern(1, "", ConcernState::Heard).entity;
    let asked = |stage: &Stage| {
        let effects = stage.effects.iter();
        effects
            .filter(|e| matches!(e, Effect::ShowRaised(_)))
            .count()
    };
    let mut detail = reception();
    detail.row = concern(1, "Thu hồi đất làm đường", ConcernState::Received);
    detail.matter = OwedMatter::Concern {
        life: bacung::domain::ConcernLife::heard(ConcernKind::Complaint, day(11, 10)),
        passed_over: Vec::new(),
        labels: Vec::new(),
    };
    stage.answer(Answer::Owed(Box::new(detail)));
    assert!(stage.screen().contains("•••"));
    assert_eq!(asked(&stage), 0);
    stage.keys("v");
    assert_eq!(asked(&stage), 1);
    assert!(stage.screen().contains("•••"), "not before it is recorded");
    let particulars = Particulars {
        concern: None,
        raised_by: RaisedBy::Citizen(Citizen {
            name: "Lý Thị Mẩy".to_owned(),
            ..Citizen::default()
        }),
        said: String::new(),
        wish: String::new(),
    };
    stage.answer(Answer::Raised {
        concern: bacung::domain::ConcernId(entity.id),
        particulars: Some(Box::new(particulars)),
    });
    assert!(stage.screen().contains("Lý Thị Mẩy"));
    stage.keys("v");
    assert!(!stage.screen().contains("Lý Thị Mẩy"));
    // Back to the reception that it came from.
    stage.keys("<esc>");
    assert!(
        matches!(stage.effects.last(), Some(Effect::QueryOwed(id)) if *id == ReceptionId([7; 16]).into())
    );
}
