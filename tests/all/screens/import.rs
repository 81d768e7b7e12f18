//! Taking in a table: what is shown before anything is written, how it is stopped, what is said.

use bacung::app::dialogs::{Counts, Dialog, FirstRow, ImportStep, TableSeen};
use bacung::app::{Answer, Effect};
use bacung::domain::{ColumnField, SheetKind, Unreadable};
use bacung::i18n::Language;
use bacung::i18n::messages::import;
use chrono::NaiveDate;

use super::sample;
use super::shots;
use super::stage::Stage;

const SIZE: (u16, u16) = (100, 30);

fn at_dialog(language: Language, size: (u16, u16)) -> Stage {
    let mut stage = Stage::open(language, size, sample::names());
    stage.keys("2");
    stage.list(sample::page(7, 7));
    stage.keys("h<ctrl-u>~/so-2025.xlsx");
    stage
}

fn seen() -> TableSeen {
    let columns = [
        ("STT", ColumnField::Ignored),
        ("Ngày", ColumnField::Date),
        ("Đơn vị", ColumnField::Unit),
        ("Xã", ColumnField::Commune),
        ("Thôn/bản", ColumnField::Village),
        ("Loại việc", ColumnField::Category),
        ("Nội dung", ColumnField::Description),
        ("Số lượng", ColumnField::Quantity),
        ("Số hộ", ColumnField::Households),
        ("Ghi chú", ColumnField::Note),
    ];
    let row = |day, what: &str| FirstRow {
        day: NaiveDate::from_ymd_opt(2025, 3, day),
        unit: "Công an xã Nà Hang".to_owned(),
        what: what.to_owned(),
    };
    let named = |(name, field): (&str, ColumnField)| (name.to_owned(), field);
    TableSeen {
        kind: SheetKind::Activities,
        columns: columns.map(named).to_vec(),
        counts: Counts {
            rows: 1200,
            added: 1150,
            undated: 12,
            unchanged: 30,
            quarantined: 20,
        },
        first: vec![
            row(12, "Làm đường bê tông nội thôn"),
            row(0, "Dựng lại nhà sau lũ"),
        ],
        unread: vec![
            (14, Some("Ngày".to_owned()), Unreadable::NotADate),
            (96, None, Unreadable::SaysNothing),
        ],
    }
}

fn step(stage: &Stage) -> Option<&ImportStep> {
    stage.model.dialogs.iter().find_map(|dialog| match dialog {
        Dialog::Import(import) => Some(&import.step),
        Dialog::Help(_)
        | Dialog::Pick(_)
        | Dialog::Ask(_)
        | Dialog::Passphrase(_)
        | Dialog::Send(_)
        | Dialog::Export(_)
        | Dialog::Compact(_)
        | Dialog::Work(_) => None,
    })
}

#[test]
fn a_table_is_seen_before_it_is_taken_in() {
    let mut stage = at_dialog(Language::Vi, SIZE);
    stage.keys("<enter>");
    let [Effect::ReadTable(read)] = &stage.effects[..] else {
        panic!("a table is looked at");
    };
    assert_eq!(read.path, "~/so-2025.xlsx");
    stage.answer(Answer::TableRead(Box::new(seen())));
    assert!(matches!(step(&stage), Some(ImportStep::Seen(_))));
    stage.keys("<enter>");
    assert!(matches!(stage.effects[..], [Effect::TakeIn]));
    stage.answer(Answer::Importing {
        done: 250,
        total: 1200,
    });
    stage.keys("<esc>");
    assert!(matches!(stage.effects[..], [Effect::StopImport]));
    assert!(matches!(step(&stage), Some(ImportStep::Stopping)));
    let names = Box::new(sample::names());
    let counts = Counts {
        rows: 500,
        added: 500,
        ..Counts::default()
    };
    stage.answer(Answer::Imported {
        counts,
        total: 1200,
        names,
    });
    assert!(step(&stage).is_none());
    assert!(stage.screen().contains("500 / 1.200"));
    let asks_again = |effect: &Effect| matches!(effect, Effect::QueryList { .. });
    assert!(stage.effects.iter().any(asks_again));
}

#[test]
fn what_was_only_looked_at_is_let_go_of() {
    let mut stage = at_dialog(Language::En, SIZE);
    stage.keys("<enter><esc>");
    assert!(matches!(stage.effects[..], [Effect::StopImport]));
    // An answer that nobody waits for any more.
    stage.answer(Answer::TableRead(Box::new(seen())));
    assert!(matches!(step(&stage), Some(ImportStep::Asking(None))));
    stage.keys("<enter>");
    stage.answer(Answer::NotImported(import::refused_no_header()));
    assert!(matches!(step(&stage), Some(ImportStep::Asking(Some(_)))));
    stage.keys("<enter>");
    stage.answer(Answer::TableRead(Box::new(seen())));
    stage.keys("<esc>");
    assert!(matches!(stage.effects[..], [Effect::StopImport]));
    stage.keys("<esc>");
    assert!(step(&stage).is_none());
}

#[test]
fn screens() {
    shots("import", at_dialog);
    shots("import_refused", |language, size| {
        let mut stage = at_dialog(language, size);
        stage.keys("<enter>");
        stage.answer(Answer::NotImported(import::refused_no_header()));
        stage
    });
    shots("import_seen", |language, size| {
        let mut stage = at_dialog(language, size);
        stage.keys("<enter>");
        stage.answer(Answer::TableRead(Box::new(seen())));
        stage
    });
    shots("import_writing", |language, size| {
        let mut stage = at_dialog(language, size);
        stage.keys("<enter>");
        stage.answer(Answer::TableRead(Box::new(seen())));
        stage.keys("<enter>");
        let (done, total) = (250, 1200);
        stage.answer(Answer::Importing { done, total });
        stage
    });
}
