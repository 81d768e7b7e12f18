//! Reads a table that was written and counts its rows, so that "done" is said of a file that can be read.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Seek};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::csv::MARK;
use crate::domain::FileFormat;

/// Reads a table to its end and returns how many rows it has below its head.
pub fn count_rows(format: FileFormat, file: impl Read + Seek) -> io::Result<u64> {
    match format {
        FileFormat::Csv => csv_rows(file),
        FileFormat::Json => json_rows(file),
        FileFormat::Ndjson => lines(file),
        FileFormat::Xlsx => xlsx_rows(file),
    }
}

fn csv_rows(mut file: impl Read) -> io::Result<u64> {
    let mut mark = [0; MARK.len()];
    file.read_exact(&mut mark)?;
    if mark != MARK {
        return Err(io::ErrorKind::InvalidData.into());
    }
    // Rows with another number of cells than the head are errors.
    let mut table = csv::Reader::from_reader(BufReader::new(file));
    let (mut row, mut rows) = (csv::StringRecord::new(), 0);
    while table.read_record(&mut row)? {
        rows += 1;
    }
    Ok(rows)
}

fn lines(file: impl Read) -> io::Result<u64> {
    let mut rows = 0;
    for line in BufReader::new(file).lines() {
        let object: Value = serde_json::from_str(&line?)?;
        if !object.is_object() {
            return Err(io::ErrorKind::InvalidData.into());
        }
        rows += 1;
    }
    Ok(rows)
}

fn json_rows(file: impl Read) -> io::Result<u64> {
    let mut document = serde_json::Deserializer::from_reader(BufReader::new(file));
    let rows = document.deserialize_map(Document)?;
    document.end()?;
    Ok(rows)
}

/// Counts the elements of `rows` without keeping any.
struct Document;

impl<'de> Visitor<'de> for Document {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<u64, A::Error> {
        let mut rows = 0;
        while let Some(key) = map.next_key::<String>()? {
            if key == "rows" {
                rows = map.next_value_seed(Rows)?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(rows)
    }
}

struct Rows;

impl<'de> DeserializeSeed<'de> for Rows {
    type Value = u64;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<u64, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Rows {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<u64, A::Error> {
        let mut rows = 0;
        while seq.next_element::<IgnoredAny>()?.is_some() {
            rows += 1;
        }
        Ok(rows)
    }
}

/// Reads every part of the workbook, which holds each against its checksum, and counts the rows of its
/// sheets; each sheet has a head.
fn xlsx_rows(file: impl Read + Seek) -> io::Result<u64> {
    let mut book = zip::ZipArchive::new(BufReader::new(file))?;
    let mut rows = 0;
    for at in 0..book.len() {
        let part = book.by_index(at)?;
        let is_sheet = part.name()?.starts_with("xl/worksheets/sheet");
        let found = occurrences(part, b"<row ")?;
        if is_sheet {
            let below = found.checked_sub(1);
            rows += below.ok_or(io::ErrorKind::InvalidData)?;
        }
    }
    Ok(rows)
}

/// Reads to the end and counts how often the bytes stand in it.
fn occurrences(mut part: impl Read, what: &[u8; 5]) -> io::Result<u64> {
    let mut window: Vec<u8> = Vec::new();
    let mut buffer = [0; 64 * 1024];
    let mut found = 0;
    loop {
        let count = part.read(&mut buffer)?;
        if count == 0 {
            return Ok(found);
        }
        window.extend_from_slice(&buffer[..count]);
        found += window.windows(what.len()).filter(|w| w == what).count() as u64;
        // What may be the beginning of one that goes on behind.
        let rest = window.len().saturating_sub(what.len() - 1);
        window.drain(..rest);
    }
}
