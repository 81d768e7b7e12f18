//! Text tables: CSV and what is pasted, in whatever encoding and with whatever mark between cells.

use std::borrow::Cow;

use super::Refused;
use super::grid::{CellKind, Sheet};
use crate::text::guard::unguard;

/// Rows that are looked at to find the mark between cells.
const LOOKED_AT: usize = 30;

/// Reads a text table.
pub(super) fn read(bytes: &[u8]) -> Result<Sheet, Refused> {
    let text = decoded(bytes)?;
    if is_json(&text) {
        return Err(Refused::NotATable);
    }
    let (mark, text, before) = separator(&text);
    rows(text, mark, before)
}

/// Reads a pasted range: where there are tabs, only they lie between cells.
pub(super) fn pasted(text: &str) -> Result<Sheet, Refused> {
    // A terminal may send what Enter sends for the end of a line.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if text.contains('\t') {
        return rows(&text, b'\t', 0);
    }
    read(text.as_bytes())
}

fn rows(text: &str, mark: u8, before: usize) -> Result<Sheet, Refused> {
    let mut sheet = Sheet::default();
    let mut reader = reader(text, mark);
    let mut lines = Lines {
        text: text.as_bytes(),
        seen: 0,
        line: 1,
    };
    let mut record = csv::StringRecord::new();
    while reader
        .read_record(&mut record)
        .map_err(|_| Refused::Broken)?
    {
        let byte = record.position().map_or(0, csv::Position::byte);
        let line = lines.of(usize::try_from(byte).unwrap_or(usize::MAX));
        sheet.begin_row(line + before)?;
        for (column, cell) in record.iter().enumerate() {
            // What an export guarded against being run as a formula is itself again.
            sheet.add(column, CellKind::Text, unguard(cell))?;
        }
    }
    Ok(sheet.finish())
}

/// Counts lines as an editor does. The reader's own count lags behind line ends of two letters and
/// behind empty lines.
struct Lines<'t> {
    text: &'t [u8],
    seen: usize,
    line: usize,
}

impl Lines<'_> {
    /// Gives the line of the record that begins at or behind a byte; asked in the order of the text.
    fn of(&mut self, byte: usize) -> usize {
        while let Some(letter) = self.text.get(self.seen) {
            let ends = matches!(letter, b'\r' | b'\n');
            if self.seen >= byte && !ends {
                break;
            }
            let halfway = *letter == b'\r' && self.text.get(self.seen + 1) == Some(&b'\n');
            self.line += usize::from(ends && !halfway);
            self.seen += 1;
        }
        self.line
    }
}

/// Tells the lists and objects of JSON, whose lines and commas look like a table.
fn is_json(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let inside = text.strip_prefix(['{', '[']).map(str::trim_start);
    inside.is_some_and(|inside| inside.starts_with(['"', '{', '[', '}', ']']))
}

fn reader(text: &str, mark: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(mark)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// Decodes by the byte order mark, else as UTF-8, else as the old table of Vietnamese Windows.
fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, Refused> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or(&[]));
        return Ok(text);
    }
    if let Some(encoding) = without_mark(bytes) {
        return Ok(encoding.decode_without_bom_handling(bytes).0);
    }
    if bytes.contains(&0) {
        return Err(Refused::NotATable);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    // Bytes of pictures and programs are full of what no text holds.
    let control = |b: &&u8| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c);
    if bytes.iter().filter(control).count() * 50 > bytes.len() {
        return Err(Refused::NotATable);
    }
    Ok(encoding_rs::WINDOWS_1258
        .decode_without_bom_handling(bytes)
        .0)
}

/// Tells UTF-16 without its mark by the zero halves of Latin letters.
fn without_mark(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let begin = bytes.get(..bytes.len().min(512))?;
    if !bytes.len().is_multiple_of(2) || begin.len() < 4 {
        return None;
    }
    let zeros = |odd: usize| {
        begin
            .iter()
            .skip(odd)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let pairs = begin.len() / 2;
    match (zeros(0), zeros(1)) {
        (0, low) if low * 3 > pairs => Some(encoding_rs::UTF_16LE),
        (high, 0) if high * 3 > pairs => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

/// Finds the mark between cells; Excel's first line `sep=;` names it. Gives the text behind such a line
/// and how many lines that took.
fn separator(text: &str) -> (u8, &str, usize) {
    if let Some(named) = text.strip_prefix("sep=")
        && let Some(mark) = named.bytes().next().filter(u8::is_ascii)
        && let Some((_, rest)) = text.split_once('\n')
    {
        return (mark, rest, 1);
    }
    // The last of several that do equally well.
    let marks = [b'\t', b';', b','];
    let best = marks.into_iter().max_by_key(|mark| agreement(text, *mark));
    (best.unwrap_or(b','), text, 0)
}

/// Scores a mark by how many of the first rows it cuts into equally many cells.
fn agreement(text: &str, mark: u8) -> usize {
    let mut reader = reader(text, mark);
    let mut widths = Vec::new();
    let mut record = csv::StringRecord::new();
    while widths.len() < LOOKED_AT && reader.read_record(&mut record).unwrap_or(false) {
        widths.push(record.len());
    }
    let agreeing = |width: &usize| widths.iter().filter(|other| *other == width).count();
    let wide = widths.iter().filter(|width| **width > 1);
    wide.map(|width| agreeing(width) * 100 + width.min(&99))
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of files from Windows were reported one line too early.
    #[test]
    fn a_row_has_the_line_that_an_editor_shows() {
        let text = "a;b\n1;2\n\n\"x\ny\";3\n4;5\n";
        for (end, sep) in [("\n", ""), ("\r\n", ""), ("\r", ""), ("\r\n", "sep=;\r\n")] {
            let text = format!("{sep}{}", text.replace('\n', end));
            let sheet = read(text.as_bytes()).expect("is a table");
            let numbers: Vec<u32> = sheet.rows().map(|row| row.number()).collect();
            let first = 1 + u32::from(!sep.is_empty());
            assert_eq!(numbers, [0, 1, 3, 5].map(|line| first + line), "{text:?}");
        }
    }
}
