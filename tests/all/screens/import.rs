//! Taking in a table: what is shown before anything is written, how it is stopped, what is said.

use bacung::app::dialogs::{Counts, Dialog, FirstRow, ImportStep, SeenColumn, TableSeen};
use bacung::app::{Answer, Effect, Msg, TableChange, TableSource};
use bacung::domain::{ColumnField, Heading, SheetKind, Unreadable};
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
    let samples = [
        "",
        "12/03/2025",
        "Công an xã Nà Hang",
        "Nà Hang",
        "Pắc Ban",
        "Đường sá",
        "Làm đường bê tông nội thôn dài bốn mươi mét",
        "40 m",
        "9",
    ];
    let column = |(at, (name, field)): (usize, (&str, ColumnField))| SeenColumn {
        name: name.to_owned(),
        field,
        sample: samples.get(at).copied().unwrap_or_default().to_owned(),
    };
    TableSeen {
        kind: SheetKind::Activities,
        columns: columns.into_iter().enumerate().map(column).collect(),
        heading: Heading::Named,
        sheets: vec!["Quý I".to_owned(), "Quý II".to_owned()],
        sheet: 0,
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
        | Dialog::Tend(_)
        | Dialog::Compact(_)
        | Dialog::Personal(_)
        | Dialog::Confirm(_)
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
    let path = "~/so-2025.xlsx".to_owned();
    assert!(read.source == TableSource::File(path));
    stage.answer(Answer::TableRead(Box::new(seen())));
    assert!(matches!(step(&stage), Some(ImportStep::Seen(_))));
    stage.keys("<ctrl-s>");
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
fn what_was_understood_is_corrected_line_by_line() {
    let mut stage = at_dialog(Language::Vi, SIZE);
    stage.keys("<enter>");
    stage.answer(Answer::TableRead(Box::new(seen())));
    // The sheet comes first: another one is looked at from the beginning.
    stage.keys("<enter>ii<enter>");
    let [Effect::ReadTable(read)] = &stage.effects[..] else {
        panic!("another sheet is looked at");
    };
    assert_eq!(read.sheet.as_deref(), Some("Quý II"));
    stage.answer(Answer::TableRead(Box::new(seen())));
    stage.keys("<down><enter>cuoc hop<enter>");
    let kind = TableChange::Kind(SheetKind::Meetings);
    assert!(matches!(&stage.effects[..], [Effect::ChangeTable(change)] if *change == kind));
    // Until it is counted again nothing is taken in.
    stage.keys("<ctrl-s>");
    assert!(stage.effects.is_empty());
    stage.answer(Answer::TableRead(Box::new(seen())));
    stage.keys("<down><enter>");
    let [Effect::ReadTable(read)] = &stage.effects[..] else {
        panic!("the header is looked for otherwise");
    };
    assert_eq!(read.heading, Some(Heading::Missing));
    assert_eq!(read.sheet.as_deref(), Some("Quý I"));
    stage.answer(Answer::TableRead(Box::new(seen())));
    stage.keys("<down><enter>don vi ghi<enter>");
    let column = TableChange::Column(0, ColumnField::Unit);
    assert!(matches!(&stage.effects[..], [Effect::ChangeTable(change)] if *change == column));
}

#[test]
fn a_pasted_range_is_looked_at_and_a_pasted_path_typed() {
    let mut stage = at_dialog(Language::Vi, SIZE);
    stage.keys("<ctrl-u>");
    stage.send(Msg::Paste("/media/KINGSTON/so.xlsx\n".to_owned()));
    assert!(stage.effects.is_empty());
    stage.keys("<enter>");
    let path = TableSource::File("/media/KINGSTON/so.xlsx".to_owned());
    let reads = |effect: &Effect, source: &TableSource| match effect {
        Effect::ReadTable(read) => read.source == *source,
        _ => false,
    };
    assert!(stage.effects.iter().any(|effect| reads(effect, &path)));
    stage.keys("<esc>");
    let text = "Ngày\tViệc\n1/10/2026\tLàm đường\n";
    stage.send(Msg::Paste(text.to_owned()));
    let pasted = TableSource::Pasted {
        text: text.into(),
        name: "vùng dán".to_owned(),
    };
    assert!(stage.effects.iter().any(|effect| reads(effect, &pasted)));
    // While it is looked at, another paste does nothing.
    stage.send(Msg::Paste(text.to_owned()));
    assert!(stage.effects.is_empty());
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
    shots("import_columns", |language, size| {
        let mut stage = at_dialog(language, size);
        stage.keys("<enter>");
        stage.answer(Answer::TableRead(Box::new(seen())));
        stage.keys("<page-down><up><enter>");
        stage
    });
    shots("import_writing", |language, size| {
        let mut stage = at_dialog(language, size);
        stage.keys("<enter>");
        stage.answer(Answer::TableRead(Box::new(seen())));
        stage.keys("<ctrl-s>");
        let (done, total) = (250, 1200);
        stage.answer(Answer::Importing { done, total });
        stage
    });
}
