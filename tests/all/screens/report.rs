//! The numbers of a period and its papers, on the screen and by keys.

use bacung::app::report::{
    BehindRow, BehindSeen, NumberLine, NumbersSeen, ReportAsk, ReportTold, WritePaper,
};
use bacung::app::{Answer, Effect};
use bacung::domain::tally::{Rates, TallyId, Value};
use bacung::domain::{CommuneCode, PaperFormat, PaperKind, Period, ShortCode, SiteName, VisitId};
use bacung::i18n::Language;

use super::sample::{self, day};
use super::shots;
use super::stage::Stage;

const SIZE: (u16, u16) = (100, 30);

fn numbers() -> NumbersSeen {
    let line = |(id, now, before)| NumberLine {
        id,
        value: TallyId::written(id, now, now + 4),
        before: Some(TallyId::written(id, before, before + 3)),
        corrected: None,
    };
    let lines = TallyId::ALL.into_iter().zip(3..);
    let lines = lines.map(|((_, id), n): (_, u64)| line((id, n * 1_000, n * 900)));
    let mut lines: Vec<NumberLine> = lines.collect();
    lines[0].corrected = Some(Value::Count(2_999));
    NumbersSeen {
        lines,
        kinds: vec![
            ("house_repair".to_owned(), 24),
            ("canal".to_owned(), 12),
            (String::new(), 1),
        ],
        silent: 3,
        rates: Rates::of(
            Value::Share { done: 18, of: 62 },
            Value::Share { done: 11, of: 49 },
        ),
        closed: Some(day(11, 3)),
        open_on: None,
    }
}

fn behind() -> BehindSeen {
    let id = VisitId([7; 16]);
    BehindSeen {
        rows: vec![
            BehindRow {
                record: Some((id.into(), ShortCode::of(id.into(), 6))),
                day: Some(day(10, 22)),
                site: SiteName {
                    village: "Pắc Ban".to_owned(),
                    commune: Some(CommuneCode(2221)),
                    ..SiteName::default()
                },
                category: None,
                visit: Some(id),
            },
            BehindRow {
                record: None,
                day: None,
                site: SiteName {
                    commune: Some(CommuneCode(2221)),
                    ..SiteName::default()
                },
                category: None,
                visit: None,
            },
        ],
        total: 2,
    }
}

/// Answers whatever was asked for last.
fn told(stage: &mut Stage, told: impl Fn(u64) -> ReportTold) {
    for number in 0..100 {
        stage.answer(Answer::Report(told(number)));
    }
}

fn opened(language: Language, size: (u16, u16)) -> Stage {
    let mut stage = Stage::open(language, size, sample::names());
    stage.today(sample::today());
    stage.keys("6");
    told(&mut stage, |number| ReportTold::Numbers {
        number,
        seen: Box::new(numbers()),
    });
    stage
}

/// Presses keys and gives what they asked for.
fn pressed(stage: &mut Stage, keys: &str) -> Vec<Effect> {
    stage.effects.clear();
    stage.keys(keys);
    std::mem::take(&mut stage.effects)
}

fn asked(effects: &[Effect]) -> Vec<Period> {
    let period = |effect: &Effect| match effect {
        Effect::Report(ReportAsk::Numbers { period, .. }) => Some(*period),
        _ => None,
    };
    effects.iter().filter_map(period).collect()
}

fn written(effects: &[Effect]) -> Option<&WritePaper> {
    effects.iter().find_map(|effect| match effect {
        Effect::Report(ReportAsk::Write(wish)) => Some(wish.as_ref()),
        _ => None,
    })
}

#[test]
fn screens() {
    shots("report", opened);
    shots("report_behind", |language, size| {
        let mut stage = opened(language, size);
        stage.keys("<enter>");
        told(&mut stage, |number| ReportTold::Behind {
            number,
            behind: behind(),
        });
        stage
    });
}

#[test]
fn the_period_is_turned_and_cut_by_keys() {
    let mut stage = Stage::open(Language::Vi, SIZE, sample::names());
    stage.today(sample::today());
    let first = asked(&pressed(&mut stage, "6"))[0];
    assert_eq!(first.from.to_string(), "2026-10-01");
    for (key, from, to) in [
        ("<left>", "2026-09-01", "2026-09-30"),
        ("<right>", "2026-10-01", "2026-10-31"),
        ("t", "2026-09-15", "2026-10-14"),
        ("t", "2026-10-01", "2026-10-31"),
        ("m", "2026-10-01", "2026-12-31"),
        ("m", "2026-07-01", "2026-12-31"),
        ("m", "2026-01-01", "2026-09-30"),
        ("<left>", "2025-01-01", "2025-09-30"),
        ("<right>", "2026-01-01", "2026-09-30"),
    ] {
        let period = asked(&pressed(&mut stage, key))[0];
        let ends = (period.from.to_string(), period.to.to_string());
        assert_eq!(ends, (from.to_owned(), to.to_owned()), "{key}");
    }
}

#[test]
fn a_number_opens_to_its_records_and_a_record_to_its_screen() {
    let mut stage = opened(Language::Vi, SIZE);
    let effects = pressed(&mut stage, "<down><enter>");
    let id = effects.iter().find_map(|effect| match effect {
        Effect::Report(ReportAsk::Behind { id, .. }) => Some(*id),
        _ => None,
    });
    assert_eq!(id, Some(TallyId::Activities));
    told(&mut stage, |number| ReportTold::Behind {
        number,
        behind: behind(),
    });
    let effects = pressed(&mut stage, "<enter>");
    let opens =
        |effect: &Effect| matches!(effect, Effect::QueryDossier(VisitId(id)) if *id == [7; 16]);
    assert!(effects.iter().any(opens));
}

#[test]
fn a_paper_is_written_where_it_was_said_and_a_period_closed_after_a_question() {
    let mut stage = opened(Language::Vi, SIZE);
    stage.keys("p");
    let effects = pressed(&mut stage, "<enter>");
    let wish = written(&effects).expect("a paper");
    assert_eq!(
        (wish.kind, wish.format),
        (PaperKind::Cell, PaperFormat::Docx)
    );
    assert_eq!(wish.path, "~/bao-cao-chi-bo-2026-10.docx");
    stage.keys("h");
    let effects = pressed(&mut stage, "<enter>");
    assert_eq!(
        written(&effects).map(|wish| wish.format),
        Some(PaperFormat::Html)
    );
    let closes = |effect: &Effect| matches!(effect, Effect::Report(ReportAsk::Close { .. }));
    assert!(!pressed(&mut stage, "l").iter().any(closes));
    assert!(!pressed(&mut stage, "<esc>").iter().any(closes));
    stage.keys("l");
    assert!(pressed(&mut stage, "<enter>").iter().any(closes));
}
