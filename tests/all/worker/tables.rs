//! Tables that are looked at, corrected and taken in behind the screen.

use std::sync::Arc;

use bacung::app::dialogs::TableSeen;
use bacung::app::{Answer, Effect, Keymap, ReadTable, Setup, TableChange, TableSource};
use bacung::config::catalogue::Catalogue;
use bacung::config::units::Communes;
use bacung::domain::{ColumnField, Heading, Quarantined, SheetKind, Unreadable};

use super::Running;
use crate::harness::home::Home;

fn read_table(path: &std::path::Path) -> Effect {
    let path = path.to_str().expect("UTF-8").to_owned();
    read_source(TableSource::File(path), None)
}

fn read_source(source: TableSource, sheet: Option<&str>) -> Effect {
    Effect::ReadTable(ReadTable {
        source,
        sheet: sheet.map(str::to_owned),
        heading: None,
        setup: setup(),
    })
}

fn setup() -> Arc<Setup> {
    Arc::new(Setup::new(
        Catalogue::built_in(),
        Communes::built_in(),
        Keymap::built_in(),
    ))
}

/// Passes over how far it is.
fn next_but_progress(running: &Running) -> Answer {
    loop {
        match running.next() {
            Answer::Importing { .. } => {}
            answer => return answer,
        }
    }
}

#[test]
fn a_table_is_looked_at_then_taken_in_once_and_what_is_unreadable_waits() {
    let home = Home::new();
    let running = Running::made(&home);
    let path = home.path().join("a.csv");
    let table = "Ngày,Đơn vị,Xã,Nội dung\n\
        01/10/2026,Công an xã Nà Hang,Nà Hang,Làm đường\n\
        45/10/2026,Công an xã Nà Hang,Nà Hang,Dựng nhà\n";
    std::fs::write(&path, table).expect("can write");
    let look = || {
        running.hand(read_table(&path));
        let Answer::TableRead(seen) = next_but_progress(&running) else {
            panic!("it is looked at");
        };
        seen
    };
    let seen = look();
    let counts = seen.counts;
    assert_eq!((counts.rows, counts.added, counts.quarantined), (2, 1, 1));
    assert_eq!(seen.unread[0].2, Unreadable::NotADate);
    assert_eq!(seen.first[0].what, "Làm đường");
    // Looked at only, it is not there.
    running.hand(Effect::StopImport);
    assert_eq!(look().counts, counts);
    running.hand(Effect::TakeIn);
    let Answer::Imported { counts, total, .. } = next_but_progress(&running) else {
        panic!("it is taken in");
    };
    assert_eq!((counts, total), (seen.counts, 2));
    let again = look().counts;
    assert_eq!((again.added, again.unchanged), (0, 1));
    running.end();
}

#[test]
fn a_table_that_is_stopped_or_locked_away_is_let_go_of_at_a_whole_batch() {
    let home = Home::new();
    let running = Running::made(&home);
    let path = home.path().join("a.csv");
    let rows = (0..3000).map(|n| format!("01/10/2026,Công an xã,Nà Hang,Việc {n}\n"));
    let table = format!("Ngày,Đơn vị,Xã,Nội dung\n{}", rows.collect::<String>());
    std::fs::write(&path, table).expect("can write");
    running.hand(read_table(&path));
    assert!(matches!(next_but_progress(&running), Answer::TableRead(_)));
    running.hand(Effect::TakeIn);
    assert!(matches!(running.next(), Answer::Importing { .. }));
    running.hand(Effect::StopImport);
    let Answer::Imported { counts, total, .. } = next_but_progress(&running) else {
        panic!("it is stopped");
    };
    assert_eq!((counts.rows, total), (counts.added, 3000));
    running.hand(read_table(&path));
    let Answer::TableRead(seen) = next_but_progress(&running) else {
        panic!("it is looked at");
    };
    assert_eq!(seen.counts.unchanged, counts.added);
    running.hand(Effect::TakeIn);
    running.hand(Effect::Lock);
    assert!(matches!(
        next_but_progress(&running),
        Answer::Locked(_) | Answer::Imported { .. }
    ));
    running.end();
}

fn seen(running: &Running) -> Box<TableSeen> {
    match next_but_progress(running) {
        Answer::TableRead(seen) => seen,
        _ => panic!("it is looked at"),
    }
}

#[test]
fn columns_are_corrected_counted_again_and_remembered_by_their_header() {
    let home = Home::new();
    let running = Running::made(&home);
    let path = home.path().join("a.csv");
    let table = "Ngày,Đơn vị,Xã,Việc gì,Của ai\n\
        01/10/2026,Công an xã Nà Hang,Nà Hang,Làm đường,Đội 1\n\
        02/10/2026,Công an xã Nà Hang,Nà Hang,Dựng nhà,Đội 2\n";
    std::fs::write(&path, table).expect("can write");
    running.hand(read_table(&path));
    let first = seen(&running);
    assert_eq!(first.columns[3].field, ColumnField::Ignored);
    assert_eq!((first.counts.added, first.counts.quarantined), (0, 2));
    let column = |field| Effect::ChangeTable(TableChange::Column(3, field));
    running.hand(column(ColumnField::Note));
    assert_eq!(seen(&running).columns[3].field, ColumnField::Note);
    running.hand(column(ColumnField::Description));
    let second = seen(&running);
    assert_eq!((second.counts.added, second.counts.quarantined), (2, 0));
    assert_eq!(second.first[0].what, "Làm đường");
    assert_eq!(second.columns[4].sample, "Đội 1");
    running.hand(Effect::ChangeTable(TableChange::Kind(SheetKind::Meetings)));
    assert_eq!(seen(&running).kind, SheetKind::Meetings);
    running.hand(Effect::ChangeTable(TableChange::Kind(
        SheetKind::Activities,
    )));
    seen(&running);
    running.hand(column(ColumnField::Description));
    seen(&running);
    running.hand(Effect::TakeIn);
    assert!(matches!(
        next_but_progress(&running),
        Answer::Imported { counts, .. } if counts.added == 2
    ));
    running.hand(read_table(&path));
    let again = seen(&running);
    assert_eq!(again.columns[3].field, ColumnField::Description);
    assert_eq!(again.counts.unchanged, 2);
    running.end();
}

#[test]
fn a_pasted_range_becomes_rows_with_its_header_and_without() {
    let home = Home::new();
    let running = Running::made(&home);
    let pasted = |text: &str| {
        let name = "vùng dán".to_owned();
        let text = text.into();
        read_source(TableSource::Pasted { text, name }, None)
    };
    let rows = "01/10/2026\tCông an xã Nà Hang\tLàm 40 m đường, hai bên thôn\r\n\
        02/10/2026\tCông an xã Nà Hang\t\"Dựng nhà\r\ncho một hộ\"\r\n";
    running.hand(pasted(&format!("Ngày\tĐơn vị\tNội dung\r\n{rows}")));
    let named = seen(&running);
    assert_eq!(named.heading, Heading::Named);
    assert_eq!((named.counts.rows, named.counts.added), (2, 2));
    running.hand(pasted(rows));
    let headless = seen(&running);
    assert_eq!(headless.heading, Heading::Missing);
    let fields = headless.columns.iter().map(|column| column.field);
    let expected = [ColumnField::Date, ColumnField::Unit, ColumnField::Ignored];
    assert_eq!(fields.collect::<Vec<_>>(), expected);
    running.hand(Effect::ChangeTable(TableChange::Column(
        2,
        ColumnField::Description,
    )));
    let corrected = seen(&running);
    assert_eq!((corrected.counts.rows, corrected.counts.added), (2, 2));
    assert_eq!(corrected.first[1].what, "Dựng nhà\ncho một hộ");
    running.hand(Effect::TakeIn);
    assert!(matches!(
        next_but_progress(&running),
        Answer::Imported { counts, .. } if counts.added == 2
    ));
    // They are the same rows with their header; so they are in a file.
    let with_header = format!("Ngày\tĐơn vị\tNội dung\r\n{rows}");
    running.hand(pasted(&with_header));
    let named = seen(&running);
    assert_eq!((named.counts.rows, named.counts.unchanged), (2, 2));
    let file = home.path().join("rows.tsv");
    std::fs::write(&file, &with_header).expect("can write");
    running.hand(read_table(&file));
    let filed = seen(&running);
    assert_eq!((filed.counts.rows, filed.counts.unchanged), (2, 2));
    // What a terminal makes of the ends of lines is no matter.
    running.hand(pasted(&rows.replace("\r\n", "\r")));
    let again = seen(&running);
    assert_eq!((again.counts.rows, again.counts.unchanged), (2, 2));
    let numbers: Vec<u32> = again.unread.iter().map(|(number, ..)| *number).collect();
    assert_eq!(numbers, [1, 2]);
    // Another range of as many columns is guessed for itself.
    running.hand(pasted("Nguyễn Văn Hòa\tĐại úy\tNà Hang\n"));
    assert_eq!(seen(&running).columns[2].field, ColumnField::Ignored);
    running.end();
}

#[test]
fn a_file_that_is_no_table_is_refused_and_one_that_is_not_there() {
    let home = Home::new();
    let running = Running::made(&home);
    let path = home.path().join("a.csv");
    running.hand(read_table(&path));
    assert!(matches!(running.next(), Answer::NotImported(_)));
    std::fs::write(&path, "một\nhai\n").expect("can write");
    running.hand(read_table(&path));
    assert!(matches!(running.next(), Answer::NotImported(_)));
    running.hand(Effect::TakeIn);
    running.end();
}

#[test]
fn a_row_that_waits_is_corrected_and_the_same_file_again_adds_nothing() {
    let home = Home::new();
    let running = Running::made(&home);
    let path = home.path().join("a.csv");
    let table = "Ngày,Đơn vị,Xã,Nội dung,Số lượng\n\
        01/10/2026,Công an xã Nà Hang,Nà Hang,Làm đường,\"1,234.5\"\n\
        45/10/2026,Công an xã Nà Hang,Nà Hang,Dựng nhà,\"2,500.5\"\n";
    std::fs::write(&path, table).expect("can write");
    let look = || {
        running.hand(read_table(&path));
        seen(&running).counts
    };
    assert_eq!(look().quarantined, 1);
    running.hand(Effect::TakeIn);
    assert!(matches!(
        next_but_progress(&running),
        Answer::Imported { .. }
    ));
    running.hand(Effect::QueryQuarantine);
    let Answer::Quarantine(rows) = running.next() else {
        panic!("they are listed");
    };
    let [waits] = &rows[..] else {
        panic!("one waits");
    };
    assert_eq!((waits.number, waits.reason), (3, Unreadable::NotADate));
    assert_eq!(waits.column.as_deref(), Some("Ngày"));
    running.hand(Effect::QueryWaiting(waits.id));
    let Answer::WaitingRow(_, Some(mut row)) = running.next() else {
        panic!("it is there");
    };
    let take = |row: &Quarantined| {
        let (row, setup) = (Box::new(row.clone()), setup());
        running.hand(Effect::TakeInRow { row, setup });
        running.next()
    };
    let still = take(&row);
    assert!(matches!(
        still,
        Answer::RowUnread {
            reason: Unreadable::NotADate,
            column: Some(0),
            ..
        }
    ));
    row.cells[0] = "5/10/2026".to_owned();
    assert!(matches!(take(&row), Answer::RowTaken { row, .. } if row == waits.id));
    let after = look();
    assert_eq!((after.added, after.unchanged, after.quarantined), (0, 2, 0));
    // A second time it is there already, and drops out of nothing.
    assert!(matches!(take(&row), Answer::RowTaken { .. }));
    running.hand(Effect::QueryQuarantine);
    assert!(matches!(running.next(), Answer::Quarantine(rows) if rows.is_empty()));
    running.end();
}

#[test]
fn visits_that_may_be_one_are_counted_behind_an_import() {
    let home = Home::new();
    let running = Running::made(&home);
    let path = home.path().join("a.csv");
    let table = "Ngày,Đơn vị,Xã,Thôn,Loại việc,Nội dung\n\
        01/10/2026,Công an xã Nà Hang,Nà Hang,Pắc Ban,Sửa nhà,Lợp mái\n\
        02/10/2026,Công an xã Nà Hang,Nà Hang,Pắc Ban,Sửa nhà,Lợp mái nhà\n";
    std::fs::write(&path, table).expect("can write");
    running.hand(read_table(&path));
    seen(&running);
    running.hand(Effect::TakeIn);
    assert!(matches!(
        next_but_progress(&running),
        Answer::Imported { .. }
    ));
    assert!(matches!(
        running.next(),
        Answer::ImportedAlike { pairs: 1, counts } if counts.added == 2
    ));
    running.end();
}
