//! Rows that wait in quarantine: on Today, in their list, corrected, taken in or dropped.

use bacung::app::screens::{TodayRow, View};
use bacung::app::{Answer, Effect};
use bacung::domain::{
    ColumnField, DecimalMark, Quarantined, RowId, SheetKind, Today, Unreadable, Waiting,
};
use bacung::i18n::Language;

use super::sample;
use super::shots;
use super::stage::Stage;

const SIZE: (u16, u16) = (100, 30);

fn row(n: u8) -> Quarantined {
    let columns = [
        ("Ngày", ColumnField::Date, "45/10/2026"),
        ("Đơn vị", ColumnField::Unit, "Công an xã Nà Hang"),
        ("STT", ColumnField::Ignored, "7"),
        ("Xã", ColumnField::Commune, "Nà Hang"),
        ("Nội dung", ColumnField::Description, "Dựng nhà\ncho một hộ"),
        ("Số lượng", ColumnField::Quantity, "40"),
    ];
    let name = |(name, field, _): &(&str, ColumnField, &str)| ((*name).to_owned(), *field);
    Quarantined {
        id: RowId([n; 16]),
        file: "~/so-2025.xlsx".to_owned(),
        kind: SheetKind::Activities,
        number: u32::from(n) * 7,
        columns: columns.iter().map(name).collect(),
        cells: columns
            .iter()
            .map(|(.., cell)| (*cell).to_owned())
            .collect(),
        mark: DecimalMark::Comma,
        reason: Unreadable::NotADate,
        column: Some(0),
    }
}

fn waiting() -> Vec<Waiting> {
    let mut rows: Vec<_> = (1..=3).map(|n| Waiting::from(&row(n))).collect();
    rows[1].reason = Unreadable::SaysNothing;
    rows[1].column = None;
    rows
}

fn today() -> Today {
    Today {
        quarantined: 3,
        ..sample::today()
    }
}

fn at_list(language: Language, size: (u16, u16)) -> Stage {
    let mut stage = Stage::open(language, size, sample::names());
    stage.today(today());
    stage.keys("<f6>");
    assert!(matches!(stage.effects[..], [Effect::QueryQuarantine]));
    stage.answer(Answer::Quarantine(waiting()));
    stage
}

fn at_row(language: Language, size: (u16, u16)) -> Stage {
    let mut stage = at_list(language, size);
    stage.keys("<enter>");
    assert!(matches!(stage.effects[..], [Effect::QueryWaiting(id)] if id == row(1).id));
    stage.answer(Answer::WaitingRow(row(1).id, Some(Box::new(row(1)))));
    stage
}

fn open(stage: &Stage) -> &bacung::app::screens::Quarantine {
    match stage.model.session().map(|session| &session.view) {
        Some(View::Quarantine(open)) => open,
        _ => panic!("the quarantine is on the screen"),
    }
}

#[test]
fn today_leads_to_the_rows_that_wait_and_so_do_the_palette_and_the_import() {
    let mut stage = Stage::open(Language::Vi, SIZE, sample::names());
    stage.today(today());
    let session = stage.model.session().expect("open");
    let rows = session.today_rows(stage.model.today());
    let at = rows.iter().position(|row| *row == TodayRow::Quarantine(3));
    assert!(stage.screen().contains("3 dòng đang cách ly"));
    stage.keys(&"<down>".repeat(at.expect("they have a row")));
    stage.keys("<enter>");
    assert!(matches!(stage.effects[..], [Effect::QueryQuarantine]));
    stage.keys("<esc><ctrl-p>dong cho<enter>");
    assert!(matches!(stage.effects[..], [Effect::QueryQuarantine]));
    stage.keys("2h<f6>");
    let asks = |effect: &Effect| matches!(effect, Effect::QueryQuarantine);
    assert!(stage.effects.iter().any(asks));
    assert!(stage.model.dialogs.is_empty());
}

#[test]
fn a_row_is_corrected_and_taken_in() {
    let mut stage = at_row(Language::Vi, SIZE);
    // The cursor stands in the cell that is wrong.
    stage.keys("<ctrl-u>4/10/2026<ctrl-s>");
    let [Effect::TakeInRow { row: sent, .. }] = &stage.effects[..] else {
        panic!("it is read again");
    };
    assert_eq!(sent.cells[0], "4/10/2026");
    assert_eq!(
        (sent.id, sent.cells[4].as_str()),
        (row(1).id, "Dựng nhà\ncho một hộ")
    );
    stage.keys("x<ctrl-s>");
    assert!(stage.effects.is_empty(), "once is enough");
    stage.answer(Answer::RowUnread {
        row: row(1).id,
        reason: Unreadable::NotANumber,
        column: Some(5),
    });
    stage.keys("1");
    let field = open(&stage).open.as_ref().map(|open| open.at);
    assert_eq!(field, Some(4), "where it is wrong now");
    stage.keys("<ctrl-s>");
    assert!(matches!(&stage.effects[..], [Effect::TakeInRow { row, .. }] if row.cells[5] == "401"));
    let names = Box::new(sample::names());
    stage.answer(Answer::RowTaken {
        row: row(1).id,
        names,
    });
    assert!(open(&stage).open.is_none());
    assert_eq!(open(&stage).rows.as_ref().map(Vec::len), Some(2));
    let asks_again = |effect: &Effect| matches!(effect, Effect::QueryToday { .. });
    assert!(stage.effects.iter().any(asks_again));
}

#[test]
fn a_row_is_dropped_when_that_is_asked_for_twice() {
    let mut stage = at_list(Language::Vi, SIZE);
    stage.keys("xjx");
    assert!(stage.effects.is_empty(), "each row is asked for");
    stage.keys("x");
    assert!(matches!(stage.effects[..], [Effect::DropWaiting(id)] if id == row(2).id));
    stage.answer(Answer::RowDropped(row(2).id));
    assert_eq!(open(&stage).rows.as_ref().map(Vec::len), Some(2));
    let mut stage = at_row(Language::Vi, SIZE);
    stage.keys("<ctrl-g>1<ctrl-g>");
    assert!(stage.effects.is_empty(), "typing says no");
    stage.keys("<ctrl-g>");
    assert!(matches!(stage.effects[..], [Effect::DropWaiting(id)] if id == row(1).id));
    // Refused, the row is still there with what was typed.
    stage.answer(Answer::Refused(bacung::app::Refusal::DiskFull));
    stage.keys("<esc>");
    assert!(open(&stage).open.is_none());
    stage.keys("<esc>");
    assert!(matches!(
        stage.model.session().map(|session| &session.view),
        Some(View::Today)
    ));
}

#[test]
fn screens() {
    shots("quarantine", at_list);
    shots("quarantine_row", at_row);
    shots("quarantine_none", |language, size| {
        let mut stage = Stage::open(language, size, sample::names());
        stage.today(sample::today());
        stage.keys("<f6>");
        stage.answer(Answer::Quarantine(Vec::new()));
        stage
    });
    shots("quarantine_today", |language, size| {
        let mut stage = Stage::open(language, size, sample::names());
        stage.today(today());
        stage
    });
    for size in [(100, 30), (60, 20)] {
        let mut stage = at_row(Language::Vi, size);
        let name = format!("quarantine_row-vi-{}x{}", size.0, size.1);
        insta::assert_snapshot!(name, stage.screen());
    }
}
