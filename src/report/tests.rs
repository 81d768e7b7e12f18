//! Tables written in every format and read again: by `count_rows`, and XLSX by another program's reader.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx as Read, open_workbook_from_rs};

use super::xlsx::Xlsx;
use super::*;
use crate::domain::{
    Beneficiaries, Code, Column, Day, Days, FileFormat, Funding, Promise, Quantity, Stamp, Table,
    Vnd,
};

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn code(text: &str) -> Option<Code> {
    Code::new(text).ok()
}

/// One cell of each kind, with what a spreadsheet would run.
fn cells() -> Cells {
    vec![
        (Column::Code, Cell::text("K2M8QF")),
        (
            Column::Description,
            Cell::text("=HYPERLINK(\"http://x\";\"y\")"),
        ),
        (Column::Team, Cell::texts(vec!["Bế".into(), "a;b".into()])),
        (Column::CategoryCode, Cell::of(code("canal"), Cell::Code)),
        (Column::Households, Cell::Count(1_234_567)),
        (Column::PersonDays, Cell::Quantity(Quantity(28_250))),
        (Column::Value, Cell::Vnd(Vnd(3_500_000))),
        (Column::To, Cell::Day(day("2026-11-22"))),
        (Column::When, Cell::Moment(Stamp(1_795_000_000_000))),
        (Column::Cumulative, Cell::Yes),
        (
            Column::FundingDetail,
            Cell::Funding(vec![Funding {
                source: code("donor"),
                value: Some(Vnd(3_500_000)),
            }]),
        ),
        (
            Column::BeneficiaryDetail,
            Cell::Beneficiaries(vec![Beneficiaries {
                kind: code("poor"),
                households: Some(9),
                people: None,
                turns: Some(3),
            }]),
        ),
        (
            Column::Promises,
            Cell::Promises(vec![Promise::new(
                "đèn, \"đường\"\nqua suối",
                Some(day("2026-12-01")),
            )]),
        ),
        (Column::Note, Cell::Empty),
    ]
}

fn head() -> Head {
    let label = |(column, _): (Column, Cell)| (column, column.key().to_owned());
    Head {
        table: Table::Activities,
        days: Days {
            from: Some(day("2026-11-01")),
            to: None,
        },
        at: Stamp(1_795_000_000_000),
        columns: cells().into_iter().map(label).collect(),
    }
}

fn written(format: FileFormat, rows: usize) -> Vec<u8> {
    let spare = tempfile::tempdir().expect("a folder");
    let mut table = Writer::new(format, Vec::new(), &head(), spare.path()).expect("begins");
    for _ in 0..rows {
        table.row(&cells()).expect("a row");
    }
    let finished = table.finish().expect("ends");
    assert_eq!((finished.rows, finished.cut), (rows as u64, 0));
    finished.out
}

#[test]
fn csv_is_what_spreadsheets_take() {
    let text = String::from_utf8(written(FileFormat::Csv, 1)).expect("UTF-8");
    assert_eq!(
        text,
        "\u{feff}code,description,team,category_code,households,person_days,value_vnd,to,when,\
         cumulative,funding_detail,beneficiary_detail,promises,note\r\n\
         K2M8QF,\"'=HYPERLINK(\"\"http://x\"\";\"\"y\"\")\",Bế; a\\;b,canal,1234567,28.25,3500000,\
         2026-11-22,2026-11-18T18:06:40+07:00,x,donor=3500000,poor=9//3,\
         \"2026-12-01: đèn, \"\"đường\"\"\nqua suối\",\r\n"
    );
}

#[test]
fn json_keeps_what_things_are() {
    let object = "{\"code\":\"K2M8QF\",\"description\":\"=HYPERLINK(\\\"http://x\\\";\\\"y\\\")\",\
        \"team\":[\"Bế\",\"a;b\"],\"category_code\":\"canal\",\"households\":1234567,\
        \"person_days\":28.25,\"value_vnd\":3500000,\"to\":\"2026-11-22\",\
        \"when\":\"2026-11-18T18:06:40+07:00\",\"cumulative\":true,\
        \"funding_detail\":[{\"source\":\"donor\",\"value_vnd\":3500000}],\
        \"beneficiary_detail\":[{\"kind\":\"poor\",\"households\":9,\"people\":null,\"turns\":3}],\
        \"promises\":[{\"text\":\"đèn, \\\"đường\\\"\\nqua suối\",\"due\":\"2026-12-01\"}],\
        \"note\":null}";
    let line = String::from_utf8(written(FileFormat::Ndjson, 1)).expect("UTF-8");
    assert_eq!(line, format!("{object}\n"));
    let document = String::from_utf8(written(FileFormat::Json, 2)).expect("UTF-8");
    let begin = "{\"kind\":\"activities\",\"from\":\"2026-11-01\",\"to\":null,\"rows\":[";
    assert_eq!(document, format!("{begin}\n{object},\n{object}\n]}}\n"));
}

fn sheet(bytes: Vec<u8>, at: usize) -> calamine::Range<Data> {
    let mut book: Read<_> = open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    let name = book.sheet_names()[at].clone();
    let formulas = book.worksheet_formula(&name).expect("formulas");
    assert!(formulas.used_cells().next().is_none(), "a formula");
    book.worksheet_range(&name).expect("cells")
}

#[test]
fn xlsx_has_numbers_and_days_and_no_formula() {
    let cells = sheet(written(FileFormat::Xlsx, 1), 0);
    assert_eq!(cells.get_size(), (2, 14));
    let at = |column| cells.get_value((1, column)).expect("a cell").clone();
    let text = |text: &str| Data::String(text.to_owned());
    assert_eq!(at(1), text("=HYPERLINK(\"http://x\";\"y\")"));
    assert_eq!(at(2), text("Bế; a\\;b"));
    assert_eq!(at(4), Data::Float(1_234_567.0));
    assert_eq!(at(5), Data::Float(28.25));
    assert_eq!(at(6), Data::Float(3_500_000.0));
    let Data::DateTime(day) = at(7) else {
        panic!("no day: {:?}", at(7));
    };
    assert_eq!(day.as_f64(), 46_348.0);
    assert_eq!(at(12), text("2026-12-01: đèn, \"đường\"\nqua suối"));
}

#[test]
fn a_full_sheet_goes_on_in_the_next() {
    let spare = tempfile::tempdir().expect("a folder");
    let mut table = Xlsx::with_rows(Vec::new(), &head(), spare.path(), 3).expect("begins");
    for _ in 0..5 {
        table.row(&cells()).expect("a row");
    }
    let (bytes, _) = table.finish().expect("ends");
    for (at, height) in [(0, 3), (1, 3), (2, 2)] {
        assert_eq!(sheet(bytes.clone(), at).height(), height);
    }
    let counted = count_rows(FileFormat::Xlsx, Cursor::new(bytes));
    assert_eq!(counted.expect("is read"), 5);
}

#[test]
fn what_a_spreadsheet_cannot_hold_is_cut_or_said_as_text() {
    let spare = tempfile::tempdir().expect("a folder");
    let mut table = Xlsx::with_rows(Vec::new(), &head(), spare.path(), 9).expect("begins");
    let cells = vec![
        (Column::Note, Cell::text(&"ă".repeat(40_000))),
        (Column::Value, Cell::Vnd(Vnd(u64::MAX))),
        (Column::To, Cell::Day(day("1850-01-01"))),
        (Column::Line, Cell::text("a\u{1}b_x0041_")),
    ];
    table.row(&cells).expect("a row");
    let (bytes, cut) = table.finish().expect("ends");
    assert_eq!(cut, 1);
    let cells = sheet(bytes, 0);
    let at = |column| cells.get_value((1, column)).expect("a cell").to_string();
    assert!(at(0).ends_with("ă…"));
    assert_eq!(at(1), u64::MAX.to_string());
    assert_eq!(at(2), "1850-01-01");
    assert_eq!(at(3), "ab_x0041_");
}

#[test]
fn rows_are_counted_and_a_cut_file_is_found() {
    for format in [
        FileFormat::Csv,
        FileFormat::Xlsx,
        FileFormat::Json,
        FileFormat::Ndjson,
    ] {
        for rows in [0, 1, 700] {
            let bytes = written(format, rows);
            let counted = count_rows(format, Cursor::new(&bytes));
            assert_eq!(counted.expect("is read"), rows as u64, "{format:?}");
        }
        let bytes = written(format, 700);
        for cut in [1, bytes.len() / 2, bytes.len() - 40] {
            let counted = count_rows(format, Cursor::new(&bytes[..cut]));
            assert!(
                counted.is_err() || counted.is_ok_and(|n| n < 700),
                "{format:?}"
            );
        }
    }
}
