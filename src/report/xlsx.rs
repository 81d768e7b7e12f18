//! XLSX with real numbers and dates, a frozen head and a filter. Text is always text: never a formula
//! and never a link. A row goes to a nameless file as soon as the next one begins, so that memory does
//! not grow with the table.

use std::io::{self, Write};
use std::path::Path;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format as Look, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::Cell;
use super::layout::Head;
use super::rows::Cells;
use crate::domain::{Column, Day, Holds, Stamp, Vnd};
use crate::text::clean::cut_chars;

/// Rows of a sheet, the head among them.
const ROWS: u32 = 1_048_576;
/// The most letters that a cell takes, as the format counts them (UTF-16).
const LETTERS: usize = 32_767;
/// Numbers above have more digits than a spreadsheet keeps.
const EXACT: u64 = 999_999_999_999_999;

/// A table being written.
pub struct Xlsx<W> {
    book: Workbook,
    out: W,
    head: Vec<(Column, String)>,
    name: String,
    looks: Looks,
    /// Rows of a sheet; fewer in tests.
    rows: u32,
    sheets: usize,
    /// The next row of the last sheet.
    next: u32,
    cut: u64,
}

struct Looks {
    head: Look,
    plain: Look,
    whole: Look,
    decimal: Look,
    day: Look,
    moment: Look,
}

impl<W: Write + Send> Xlsx<W> {
    /// Begins a workbook; its rows lie in `spare` until the end, in a file that has no name there.
    pub(super) fn new(out: W, head: &Head, spare: &Path) -> io::Result<Self> {
        Self::with_rows(out, head, spare, ROWS)
    }

    pub(super) fn with_rows(out: W, head: &Head, spare: &Path, rows: u32) -> io::Result<Self> {
        let mut book = Workbook::new();
        book.set_tempdir(spare).map_err(refused)?;
        if let Some(serial) = moment(head.at) {
            let at = ExcelDateTime::from_serial_datetime(serial).map_err(refused)?;
            book.set_properties(&DocProperties::new().set_creation_datetime(&at));
        }
        let top = || Look::new().set_align(FormatAlign::Top);
        let looks = Looks {
            head: Look::new().set_bold().set_text_wrap(),
            plain: top(),
            whole: top().set_num_format("#,##0"),
            decimal: top().set_num_format("#,##0.###"),
            day: top().set_num_format("dd/mm/yyyy"),
            moment: top().set_num_format("dd/mm/yyyy hh:mm:ss"),
        };
        let mut this = Self {
            book,
            out,
            head: head.columns.clone(),
            name: head.table.as_str().to_owned(),
            looks,
            rows,
            sheets: 0,
            next: 0,
            cut: 0,
        };
        this.sheet()?;
        Ok(this)
    }

    pub(super) fn row(&mut self, cells: &Cells) -> io::Result<()> {
        if self.next == self.rows {
            self.end_sheet()?;
            self.sheet()?;
        }
        let (row, looks, cut) = (self.next, &self.looks, &mut self.cut);
        let sheet = self.book.worksheet_from_index(self.sheets - 1);
        let sheet = sheet.map_err(refused)?;
        for (at, (_, cell)) in cells.iter().enumerate() {
            put(sheet, (row, at as u16), cell, looks, cut).map_err(refused)?;
        }
        self.next += 1;
        Ok(())
    }

    /// Returns the file and how many cells had more text than a cell takes.
    pub(super) fn finish(mut self) -> io::Result<(W, u64)> {
        self.end_sheet()?;
        let done = self.book.save_to_writer(&mut self.out);
        done.map_err(refused)?;
        Ok((self.out, self.cut))
    }

    /// Begins a sheet with its head.
    fn sheet(&mut self) -> io::Result<()> {
        self.sheets += 1;
        let name = match self.sheets {
            1 => self.name.clone(),
            more => format!("{} {more}", self.name),
        };
        let sheet = self.book.add_worksheet_with_constant_memory();
        let sheet = sheet.map_err(refused)?;
        head(sheet, &name, &self.head, &self.looks).map_err(refused)?;
        self.next = 1;
        Ok(())
    }

    fn end_sheet(&mut self) -> io::Result<()> {
        let (last, columns) = (self.next - 1, self.head.len() as u16);
        let sheet = self.book.worksheet_from_index(self.sheets - 1);
        let sheet = sheet.map_err(refused)?;
        let filter = sheet.autofilter(0, 0, last, columns - 1);
        filter.map(drop).map_err(refused)
    }
}

fn head(
    sheet: &mut Worksheet,
    name: &str,
    columns: &[(Column, String)],
    looks: &Looks,
) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    sheet.set_freeze_panes(1, 0)?;
    for (at, (column, label)) in columns.iter().enumerate() {
        sheet.set_column_width(at as u16, width(*column))?;
        sheet.write_string_with_format(0, at as u16, label, &looks.head)?;
    }
    Ok(())
}

/// How wide a column is, in digits of the usual letter.
fn width(column: Column) -> u16 {
    match column.holds() {
        Holds::Code | Holds::Count | Holds::Quantity | Holds::Day | Holds::Flag => 12,
        Holds::Vnd | Holds::Moment => 18,
        Holds::Text | Holds::Texts => 24,
        Holds::Funding | Holds::Beneficiaries | Holds::Promises => 30,
    }
}

fn put(
    sheet: &mut Worksheet,
    (row, at): (u32, u16),
    cell: &Cell,
    looks: &Looks,
    cut: &mut u64,
) -> Result<(), XlsxError> {
    let number = match cell {
        Cell::Empty => return Ok(()),
        Cell::Count(count) if *count <= EXACT => Some((*count as f64, &looks.whole)),
        Cell::Vnd(Vnd(value)) if *value <= EXACT => Some((*value as f64, &looks.whole)),
        Cell::Quantity(amount) if amount.0 <= EXACT => {
            Some((amount.0 as f64 / 1000.0, &looks.decimal))
        }
        Cell::Day(day) => serial(*day).map(|serial| (serial, &looks.day)),
        Cell::Moment(at) => moment(*at).map(|serial| (serial, &looks.moment)),
        Cell::Count(_)
        | Cell::Vnd(_)
        | Cell::Quantity(_)
        | Cell::Text(_)
        | Cell::Texts(_)
        | Cell::Code(_)
        | Cell::Term { .. }
        | Cell::Yes
        | Cell::Funding(_)
        | Cell::Beneficiaries(_)
        | Cell::Promises(_) => None,
    };
    if let Some((number, look)) = number {
        return sheet
            .write_number_with_format(row, at, number, look)
            .map(drop);
    }
    let words = cell.words().unwrap_or_default();
    // What XML has no letter for is nothing that a person wrote.
    let visible = |letter: &char| !letter.is_control() || matches!(letter, '\n' | '\t');
    let mut words: String = words.chars().filter(visible).collect();
    if words.encode_utf16().count() > LETTERS {
        // A letter takes at most two units.
        words = format!("{}…", cut_chars(&words, LETTERS / 2));
        *cut += 1;
    }
    sheet
        .write_string_with_format(row, at, words, &looks.plain)
        .map(drop)
}

/// Returns the number of a day; `None` before and after the days that spreadsheets know.
pub(super) fn serial(day: Day) -> Option<f64> {
    use chrono::Datelike;
    let year = u16::try_from(day.year()).ok()?;
    let (month, day) = (
        u8::try_from(day.month()).ok()?,
        u8::try_from(day.day()).ok()?,
    );
    let date = ExcelDateTime::from_ymd(year, month, day).ok()?;
    Some(date.to_excel())
}

/// Returns the number of a moment in Vietnam's time.
pub(super) fn moment(at: Stamp) -> Option<f64> {
    let seconds = at.local().time() - chrono::NaiveTime::MIN;
    Some(serial(at.day())? + seconds.num_seconds() as f64 / 86_400.0)
}

fn refused(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) | XlsxError::TempFileError(_, error) => error,
        XlsxError::ZipError(error) => error.into(),
        other => io::Error::other(other),
    }
}
