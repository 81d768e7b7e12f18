//! Sheets that lie: bombs, far cells, endless repetitions, rows without end, random bytes.

use std::io::Write;

use bacung::domain::Role;
use bacung::import::{Book, CellKind, MAX_FILE, Refused, Sheet, Table};
use proptest::prelude::*;
use redb::backends::InMemoryBackend;
use zip::write::SimpleFileOptions;

use super::books::{Cell, letters, ods, ods_around, xlsx, xlsx_around, xlsx_with, zip};
use super::rows::{counts, home, import, take};
use crate::harness::logbook::Logbook;

fn first(bytes: &[u8]) -> Result<Sheet, Refused> {
    Book::open(bytes)?.sheet(None)
}

#[test]
fn a_bomb_is_refused_by_what_its_directory_says() {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer
        .start_file("xl/workbook.xml", SimpleFileOptions::default())
        .expect("a part");
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..=(MAX_FILE >> 20) {
        writer.write_all(&zeros).expect("is written");
    }
    let bomb = writer.finish().expect("a zip").into_inner();
    assert!(bomb.len() < 2 << 20);
    assert!(matches!(first(&bomb), Err(Refused::TooLarge)));
    let home = home();
    let ran = import(&home, "a.xlsx", &bomb, &[]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("quá lớn"), "{}", ran.err);
}

/// The directory claims a few bytes of each part; what comes out is counted.
#[test]
fn a_bomb_whose_sizes_lie_is_stopped_while_it_inflates() {
    let small = xlsx_around("");
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(&small[..])).expect("a zip");
    for at in 0..parts.len() {
        let part = parts.by_index_raw(at).expect("a part");
        if part.name().expect("a name") != "xl/worksheets/sheet1.xml" {
            writer.raw_copy_file(part).expect("is copied");
        }
    }
    let sheet = "xl/worksheets/sheet1.xml";
    writer
        .start_file(sheet, SimpleFileOptions::default())
        .expect("a part");
    let row = format!("<row><c t=\"str\"><v>{}</v></c></row>", " ".repeat(1 << 18));
    writer
        .write_all(b"<worksheet><sheetData>")
        .expect("is written");
    for _ in 0..4 * (MAX_FILE >> 20) + 8 {
        writer.write_all(row.as_bytes()).expect("is written");
    }
    let mut bomb = writer.finish().expect("a zip").into_inner();
    // The uncompressed sizes lie 24 bytes behind each name's header in the directory.
    let mut at = 0;
    while let Some(found) = bomb[at..].windows(4).position(|w| w == b"PK\x01\x02") {
        let size = at + found + 24;
        bomb[size..size + 4].copy_from_slice(&100_u32.to_le_bytes());
        at = size;
    }
    let mut at = 0;
    while let Some(found) = bomb[at..].windows(4).position(|w| w == b"PK\x03\x04") {
        let size = at + found + 22;
        bomb[size..size + 4].copy_from_slice(&100_u32.to_le_bytes());
        at = size;
    }
    assert!(matches!(
        first(&bomb),
        Err(Refused::TooLarge | Refused::Broken)
    ));
}

#[test]
fn far_cells_make_no_grid() {
    let far = r#"<row r="1"><c r="A1" t="str"><v>Ngày</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    let sheet = first(&xlsx_around(far)).expect("is read");
    assert_eq!(sheet.len(), 2);
    let last = sheet.row(1).expect("a row");
    assert_eq!(
        (last.number(), last.is_wide(), last.len()),
        (1_048_576, true, 0)
    );
    let far = r#"<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16383"/></table:table-row><table:table-row><table:table-cell table:number-columns-repeated="16383"/><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>"#;
    let sheet = first(&ods_around(far)).expect("is read");
    assert_eq!(sheet.len(), 1);
    assert_eq!(sheet.row(0).map(|row| row.number()), Some(1_048_576));
}

#[test]
fn repetitions_with_text_are_bounded() {
    let all = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>"#;
    assert!(matches!(
        first(&ods_around(all)),
        Err(Refused::TooManyCells)
    ));
    let rows = format!(
        r#"<table:table-row table:number-rows-repeated="{}"><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>"#,
        u64::MAX
    );
    assert!(matches!(
        first(&ods_around(&rows)),
        Err(Refused::TooManyCells)
    ));
}

#[test]
fn rows_of_ten_thousand_columns_stop_nobody_else() {
    let wide = vec!["x"; 10_000].join(",");
    let table = format!("Ngày,Đơn vị,Nội dung\n{wide}\n01/10/2026,Công an xã,Lợp mái\n");
    let home = home();
    let ran = import(&home, "a.csv", table.as_bytes(), &[]);
    assert_eq!(counts(&ran), [2, 1, 0, 0]);
    assert_eq!(ran.json()["quarantined"][0]["reason"], "too_many_cells");
    let mut cells = String::new();
    for column in 0..10_000 {
        cells.push_str(&format!(r#"<c r="{}1"><v>1</v></c>"#, letters(column)));
    }
    let sheet = first(&xlsx_around(&format!(r#"<row r="1">{cells}</row>"#)));
    assert!(sheet.is_ok_and(|sheet| sheet.row(0).is_some_and(|row| row.is_wide())));
}

#[test]
fn every_encoding_says_the_same() {
    let text =
        "Ngày;Đơn vị;Nội dung\n01/10/2026;Công an xã;Lợp mái nhà\n02/10/2026;Đoàn xã;Đổ đường\n";
    let utf16 = |bytes: fn(u16) -> [u8; 2], mark: bool| -> Vec<u8> {
        let marked = if mark {
            format!("\u{feff}{text}")
        } else {
            text.to_owned()
        };
        marked.encode_utf16().flat_map(bytes).collect()
    };
    let (old, _, unmapped) = encoding_rs::WINDOWS_1258.encode(
        // The old table has the marks of tones as letters of their own.
        "Nga\u{300}y;Đơn vi\u{323};Nô\u{323}i dung\n01/10/2026;Công an xa\u{303};Lơ\u{323}p ma\u{301}i nha\u{300}\n02/10/2026;Đoa\u{300}n xa\u{303};Đô\u{309} đươ\u{300}ng\n",
    );
    assert!(!unmapped);
    let variants = [
        text.as_bytes().to_vec(),
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        text.replace('\n', "\r\n").into_bytes(),
        text.replace(';', ",").into_bytes(),
        text.replace(';', "\t").into_bytes(),
        format!("sep=;\n{text}").into_bytes(),
        utf16(u16::to_le_bytes, true),
        utf16(u16::to_be_bytes, true),
        utf16(u16::to_le_bytes, false),
        old.into_owned(),
    ];
    let mut logbook = Logbook::create(InMemoryBackend::new(), Role::Police);
    for (at, bytes) in variants.iter().enumerate() {
        let taken = take(&mut logbook, bytes);
        let expected = if at == 0 { (2, 0) } else { (0, 2) };
        assert_eq!(
            (taken.added.len(), taken.unchanged.len()),
            expected,
            "variant {at}"
        );
    }
}

#[test]
fn days_are_told_by_their_format_and_both_calendars() {
    let cell = r#"<row r="1"><c r="A1" s="1"><v>46296</v></c><c r="B1"><v>46296</v></c></row>"#;
    for (properties, day) in [
        ("", "2026-10-01"),
        (r#"<workbookPr date1904="1"/>"#, "2030-10-02"),
    ] {
        let sheet = first(&xlsx_with(cell, properties, &[])).expect("is read");
        let row = sheet.row(0).expect("a row");
        let at = |column| {
            row.cell(column)
                .map(|cell| (cell.kind, cell.text.to_owned()))
        };
        assert_eq!(at(0), Some((CellKind::Date, day.to_owned())));
        assert_eq!(at(1), Some((CellKind::Number, "46296".to_owned())));
    }
}

#[test]
fn parts_that_are_missing_or_cut_are_said() {
    let whole = xlsx(&[vec![Cell::Text("Ngày"), Cell::Text("Đơn vị")]]);
    for length in 0..whole.len() {
        let _ = first(&whole[..length]);
    }
    let no_sheet = zip(&[(
        "xl/workbook.xml",
        b"<workbook><sheets><sheet name=\"a\"/></sheets></workbook>",
    )]);
    assert!(matches!(first(&no_sheet), Err(Refused::Broken)));
    let other = zip(&[("word/document.xml", b"<w/>")]);
    assert!(matches!(first(&other), Err(Refused::NotATable)));
}

fn look_at(bytes: &[u8]) {
    if let Ok(sheet) = first(bytes)
        && let Some(table) = Table::find(&sheet)
    {
        assert!(table.rows.len() <= sheet.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        look_at(&bytes);
        let mut zip = b"PK\x03\x04".to_vec();
        zip.extend(&bytes);
        look_at(&zip);
    }

    #[test]
    fn no_flipped_byte_panics(at in any::<prop::sample::Index>(), byte: u8, is_ods: bool) {
        let cells = vec![
            vec![Cell::Text("Ngày"), Cell::Text("Đơn vị"), Cell::Text("Số hộ")],
            vec![Cell::Day(46_296.0), Cell::Text("Công an xã"), Cell::Number(3.0)],
        ];
        let mut bytes = if is_ods { ods(&cells) } else { xlsx(&cells) };
        let at = at.index(bytes.len());
        bytes[at] = byte;
        look_at(&bytes);
    }

    #[test]
    fn no_xml_panics(xml in "[<>/a-z\"'=:&; 0-9\\-]{0,300}") {
        look_at(&xlsx_around(&xml));
        look_at(&ods_around(&xml));
    }
}
