//! Where the table lies within its sheet: title rows above the header, totals and signatures below.

use super::names::field_of;
use super::sheet::{CellKind, MAX_COLUMNS, Row, Sheet};
use crate::domain::ColumnField;
use crate::text::clean::{clean_line, cut_chars};
use crate::text::fold::{fold, syllables};

/// Rows that are looked at to find the header.
const LOOKED_AT: usize = 40;
/// The most letters of a column's name.
const NAME: usize = 120;

/// The table of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The name of each column; empty where it has none.
    pub header: Vec<String>,
    /// The rows behind the header that are records, by their place in the sheet.
    pub rows: Vec<u32>,
}

impl Table {
    /// Finds the table under the row that names the most columns that are known; `None` where no row
    /// names two.
    pub fn find(sheet: &Sheet) -> Option<Self> {
        let mut best: Option<(usize, usize, usize, Vec<String>)> = None;
        for index in 0..sheet.len().min(LOOKED_AT) {
            let upper = names(sheet.row(index)?);
            let lower = sheet
                .row(index + 1)
                .filter(|row| is_words(*row) && !row.is_wide())
                .map(names);
            let two = lower.map(|lower| (2, under(&upper, &lower)));
            for (height, header) in [Some((1, upper)), two].into_iter().flatten() {
                let score = header.iter().filter(|name| is_known(name)).count();
                if score >= 2 && best.as_ref().is_none_or(|(known, ..)| score > *known) {
                    best = Some((score, index, height, header));
                }
            }
        }
        let (_, index, height, header) = best?;
        let rows = records(sheet, index + height, &header);
        Some(Self { header, rows })
    }

    /// Takes every row for a record: a pasted range without its header.
    pub fn headless(sheet: &Sheet) -> Self {
        let width = sheet
            .rows()
            .filter_map(|row| row.cells().map(|(c, _)| c + 1).max());
        let header = vec![String::new(); width.max().unwrap_or(0)];
        let rows = records(sheet, 0, &header);
        Self { header, rows }
    }

    /// Gives the first cell of a column that says something, for a person who must tell what it holds;
    /// `None` where its name says that citizens are named in it.
    pub fn sample<'s>(&self, sheet: &'s Sheet, column: usize) -> Option<&'s str> {
        let name = self.header.get(column).map_or("", String::as_str);
        let field = field_of(name);
        if field.is_some_and(|field| field == ColumnField::Ignored || field.names_citizens()) {
            return None;
        }
        let cells = self
            .rows
            .iter()
            .take(LOOKED_AT)
            .filter_map(|row| sheet.row(*row as usize)?.cell(column));
        cells.map(|cell| cell.text).next()
    }

    /// Gives the name of a column for a person: its own, or its letters as in a spreadsheet.
    pub fn column_name(&self, column: usize) -> String {
        match self.header.get(column) {
            Some(name) if !name.is_empty() => name.clone(),
            Some(_) | None => letters(column),
        }
    }
}

/// Gives the letters of a column: 27 is `AB`.
pub fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.into_iter().rev().collect()
}

fn names(row: Row<'_>) -> Vec<String> {
    let mut header = Vec::new();
    for (column, cell) in row.cells() {
        header.resize(column.min(MAX_COLUMNS), String::new());
        let name = clean_line(cell.text);
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        header.push(cut_chars(&name, NAME).to_owned());
    }
    header
}

/// Lays the second line of a header under the first: "Hộ" and "Người" under "Được giúp".
fn under(upper: &[String], lower: &[String]) -> Vec<String> {
    let width = upper.len().max(lower.len());
    let name = |column: usize| {
        let upper = upper.get(column).map_or("", String::as_str);
        let lower = lower.get(column).map_or("", String::as_str);
        if lower.is_empty() || field_of(lower).is_none() && !upper.is_empty() {
            upper.to_owned()
        } else {
            lower.to_owned()
        }
    };
    (0..width).map(name).collect()
}

/// Tells whether a row could be part of a header: words only.
fn is_words(row: Row<'_>) -> bool {
    let is_word = |text: &str| {
        text.chars().any(char::is_alphabetic) && !text.chars().any(|c| c.is_ascii_digit())
    };
    row.cells()
        .all(|(_, cell)| cell.kind == CellKind::Text && is_word(cell.text))
}

fn is_known(name: &str) -> bool {
    !matches!(field_of(name), None | Some(ColumnField::Ignored))
}

/// Gives the rows that are records: no totals, no numbers of columns, no header again, and no
/// signatures at the end.
fn records(sheet: &Sheet, first: usize, header: &[String]) -> Vec<u32> {
    let mut rows = Vec::new();
    let mut behind_total = false;
    let mut last_number = None;
    // Rows that could be the foot of the page, until one behind them is a record.
    let mut foot = Vec::new();
    for (index, row) in sheet.rows().enumerate().skip(first) {
        let gap = last_number.is_some_and(|last: u32| row.number() > last + 1);
        last_number = Some(row.number());
        if row.is_empty() && !row.is_wide()
            || numbers_columns(row, index == first)
            || is_again(row, header)
        {
            continue;
        }
        if is_total(row) {
            behind_total = true;
            continue;
        }
        let Ok(index) = u32::try_from(index) else {
            break;
        };
        let could_be_foot = behind_total || gap || !foot.is_empty();
        if could_be_foot && row.len() <= 2 && !row.is_wide() && !has_date(row) {
            foot.push(index);
        } else {
            rows.append(&mut foot);
            rows.push(index);
            behind_total = false;
        }
    }
    // A table of one or two columns has no foot that can be told from its rows.
    if header.iter().filter(|name| !name.is_empty()).count() <= 2 {
        rows.append(&mut foot);
    }
    rows
}

fn has_date(row: Row<'_>) -> bool {
    row.cells().any(|(_, cell)| {
        cell.kind == CellKind::Date
            || cell.kind == CellKind::Text && super::value::day(cell.text).is_ok()
    })
}

/// The line of numbers that forms have under their header: 1, 2, 3 or (1), (2), (3) or A, B, 1.
fn numbers_columns(row: Row<'_>, is_first: bool) -> bool {
    let is_label = |text: &str| {
        let bare = text.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | ' '));
        let short = bare.chars().count() <= 2;
        short && (bare.parse::<u32>().is_ok() || bare.len() == 1 && bare.is_ascii())
    };
    let mut before = 0_u32;
    let mut ascending = true;
    for (_, cell) in row.cells() {
        if !is_label(cell.text) {
            return false;
        }
        let bare: String = cell.text.chars().filter(char::is_ascii_digit).collect();
        if let Ok(number) = bare.parse::<u32>() {
            ascending &= number == before + 1;
            before = number;
        }
    }
    is_first && ascending && before > 0 && row.len() >= 3 && !row.is_wide()
}

fn is_again(row: Row<'_>, header: &[String]) -> bool {
    let same = |(column, cell): (usize, super::sheet::Cell<'_>)| {
        let name = header.get(column).map(|name| fold(name));
        let cell = clean_line(cell.text);
        name.is_some_and(|name| !name.is_empty() && name == fold(cell.trim()))
    };
    row.len() >= 2 && row.cells().all(same)
}

/// A line that adds up others.
fn is_total(row: Row<'_>) -> bool {
    let first_words = row.cells().find(|(_, cell)| {
        cell.kind == CellKind::Text && cell.text.chars().any(char::is_alphabetic)
    });
    let Some((_, cell)) = first_words else {
        return false;
    };
    if cell.text.len() > 60 || has_date(row) {
        return false;
    }
    let words: Vec<String> = syllables(cell.text).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["tong"] | ["cong"] | ["total"] | ["totals"] | ["sum"] => true,
        ["tong", "cong" | "so", ..] | ["grand", "total", ..] => true,
        ["cong", "don" | "chung" | "trang", ..] => true,
        ["total", ..] => words.len() <= 3,
        _ => false,
    }
}
