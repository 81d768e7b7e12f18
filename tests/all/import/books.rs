//! Workbooks written by hand, with only what a reader needs; tests bend them.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A cell as a test writes it.
#[derive(Clone, Copy, Debug)]
pub enum Cell<'t> {
    Text(&'t str),
    Number(f64),
    /// A serial day, shown as a date.
    Day(f64),
    Empty,
}

/// Packs parts into a zip.
pub fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file(*name, options).expect("a part");
        zip.write_all(content).expect("is written");
    }
    zip.finish().expect("a zip").into_inner()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

pub fn letters(mut column: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(
            0,
            char::from(b'A' + u8::try_from(column % 26).expect("a letter")),
        );
        match column / 26 {
            0 => return name,
            rest => column = rest - 1,
        }
    }
}

/// Writes a workbook of Excel around the rows of its one sheet.
pub fn xlsx_around(rows: &str) -> Vec<u8> {
    xlsx_with(rows, "", &[])
}

/// Writes a workbook of Excel with more in its workbook part, and more parts.
pub fn xlsx_with(rows: &str, properties: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let workbook = format!(
        r#"<workbook xmlns:r="r">{properties}<sheets><sheet name="Bảng 1" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    );
    let relations = r#"<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let styles =
        r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    parts.extend(more);
    zip(&parts)
}

/// Writes a workbook of Excel.
pub fn xlsx(rows: &[Vec<Cell<'_>>]) -> Vec<u8> {
    let mut out = String::new();
    for (number, row) in rows.iter().enumerate() {
        let number = number + 1;
        out.push_str(&format!(r#"<row r="{number}">"#));
        for (column, cell) in row.iter().enumerate() {
            let at = format!("{}{number}", letters(column));
            match cell {
                Cell::Text(text) => out.push_str(&format!(
                    r#"<c r="{at}" t="inlineStr"><is><t>{}</t></is></c>"#,
                    escaped(text)
                )),
                Cell::Number(n) => out.push_str(&format!(r#"<c r="{at}"><v>{n}</v></c>"#)),
                Cell::Day(n) => out.push_str(&format!(r#"<c r="{at}" s="1"><v>{n}</v></c>"#)),
                Cell::Empty => {}
            }
        }
        out.push_str("</row>");
    }
    xlsx_around(&out)
}

/// Writes a workbook of LibreOffice around the rows of its one sheet.
pub fn ods_around(rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content><office:body><office:spreadsheet><table:table table:name="Bảng 1">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    let mime = b"application/vnd.oasis.opendocument.spreadsheet";
    zip(&[("mimetype", mime), ("content.xml", content.as_bytes())])
}

/// Writes a workbook of LibreOffice, as it fills a sheet to its last row.
pub fn ods(rows: &[Vec<Cell<'_>>]) -> Vec<u8> {
    let mut out = String::new();
    for row in rows {
        out.push_str("<table:table-row>");
        for cell in row {
            out.push_str(&match cell {
                Cell::Text(text) => format!(
                    r#"<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>"#,
                    escaped(text)
                ),
                Cell::Number(n) => format!(
                    r#"<table:table-cell office:value-type="float" office:value="{n}"><text:p>{n}</text:p></table:table-cell>"#
                ),
                Cell::Day(n) => {
                    let start = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).expect("a day");
                    let day = start + chrono::Days::new(*n as u64);
                    format!(
                        r#"<table:table-cell office:value-type="date" office:date-value="{day}"><text:p>{day}</text:p></table:table-cell>"#
                    )
                }
                Cell::Empty => "<table:table-cell/>".to_owned(),
            });
        }
        out.push_str(
            r#"<table:table-cell table:number-columns-repeated="16300"/></table:table-row>"#,
        );
    }
    out.push_str(
        r#"<table:table-row table:number-rows-repeated="1048500"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#,
    );
    ods_around(&out)
}
