//! A table as Parquet files, at least one a month, so that whoever reads one month opens one file. Makes
//! bytes and their names; never opens a file.
//!
//! Folders are named as Hive names them (`month=2026-07`), which DuckDB, Spark and Trino read as a column.

mod column;
mod part;
mod read;

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use ::parquet::basic::Compression;
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::{WriterProperties, WriterPropertiesPtr};
use ::parquet::schema::types::{Type, TypePtr};
use chrono::Datelike;

use self::part::Open;
use super::layout::Head;
use super::rows::Cells;
use crate::domain::{Column, Day, Table};

pub use read::count_part;

/// How engines call a partition of rows that have no value.
const NOWHERE: &str = "__HIVE_DEFAULT_PARTITION__";
/// The most months that are written side by side; entries of the journal lie in no order of days.
const MONTHS: usize = 24;
/// The most rows that wait to be packed, and the most bytes that were packed.
const WAITING: usize = 64 * 1024;
const PACKED: usize = 64 * 1024 * 1024;

/// A month, `None` for what has no date.
type Month = Option<(i32, u32)>;

/// One Parquet file.
pub struct Part {
    /// `month=2026-07`.
    pub folder: String,
    pub name: String,
    pub bytes: Vec<u8>,
    pub rows: u64,
}

/// A table on its way into parts.
pub struct Partitions {
    table: Table,
    columns: Vec<Column>,
    schema: TypePtr,
    properties: WriterPropertiesPtr,
    open: BTreeMap<Month, Open>,
    /// How many parts each month has.
    numbers: BTreeMap<Month, u32>,
    /// Grows with each row, so that the month that was left longest ago is known.
    turn: u64,
}

impl Partitions {
    /// Begins a table.
    pub fn new(head: &Head) -> io::Result<Self> {
        let columns: Vec<Column> = head.columns.iter().map(|(column, _)| *column).collect();
        let fields = columns.iter().map(|column| column::field(*column));
        let fields = fields.collect::<Result<Vec<_>, _>>().map_err(refused)?;
        let schema = Type::group_type_builder("row").with_fields(fields).build();
        let told = |key: &str, value: String| KeyValue::new(format!("bacung.{key}"), value);
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(format!("bacung {}", env!("CARGO_PKG_VERSION")))
            .set_key_value_metadata(Some(vec![
                told("table", head.table.as_str().to_owned()),
                told("written_at", super::cell::moment(head.at)),
            ]))
            .build();
        Ok(Self {
            table: head.table,
            columns,
            schema: Arc::new(schema.map_err(refused)?),
            properties: Arc::new(properties),
            open: BTreeMap::new(),
            numbers: BTreeMap::new(),
            turn: 0,
        })
    }

    /// Writes a row of a day; returns the parts that came to their end by it.
    pub fn row(&mut self, day: Option<Day>, cells: &Cells) -> io::Result<Vec<Part>> {
        let month = day.map(|day| (day.year(), day.month()));
        self.turn += 1;
        let mut done = Vec::new();
        if !self.open.contains_key(&month) && self.open.len() >= MONTHS {
            let oldest = self.open.iter().min_by_key(|(_, open)| open.turn);
            let oldest = oldest.map(|(month, _)| *month);
            done.extend(oldest.map(|month| self.close(month)).transpose()?);
        }
        let turn = self.turn;
        let open = self.begin(month)?;
        open.turn = turn;
        open.row(cells);
        if self.open.values().map(Open::waiting).sum::<usize>() >= WAITING {
            let fullest = self.open.values_mut().max_by_key(|open| open.waiting());
            fullest.map(Open::pack).transpose().map_err(refused)?;
        }
        if self.open.values().map(Open::packed).sum::<usize>() >= PACKED {
            let largest = self.open.iter().max_by_key(|(_, open)| open.packed());
            let largest = largest.map(|(month, _)| *month);
            done.extend(largest.map(|month| self.close(month)).transpose()?);
        }
        Ok(done)
    }

    /// Ends the table; one without rows has one part that says what its columns are.
    pub fn finish(mut self) -> io::Result<Vec<Part>> {
        if self.numbers.is_empty() {
            self.begin(None)?;
        }
        let months: Vec<Month> = self.open.keys().copied().collect();
        let parts = months.into_iter().map(|month| self.close(month));
        parts.collect()
    }

    fn begin(&mut self, month: Month) -> io::Result<&mut Open> {
        let number = self.numbers.entry(month).or_insert(0);
        Ok(match self.open.entry(month) {
            std::collections::btree_map::Entry::Occupied(open) => open.into_mut(),
            std::collections::btree_map::Entry::Vacant(new) => {
                *number += 1;
                let open = Open::new(&self.columns, self.schema.clone(), self.properties.clone());
                new.insert(open.map_err(refused)?)
            }
        })
    }

    fn close(&mut self, month: Month) -> io::Result<Part> {
        let open = self.open.remove(&month).ok_or(io::ErrorKind::NotFound)?;
        let number = self.numbers.get(&month).copied().unwrap_or(1);
        let rows = open.rows();
        let label = match month {
            Some((year, month)) => format!("{year:04}-{month:02}"),
            None => NOWHERE.to_owned(),
        };
        Ok(Part {
            folder: format!("month={label}"),
            name: format!("{}-{number}.parquet", self.table.as_str()),
            bytes: open.finish().map_err(refused)?,
            rows,
        })
    }
}

/// Tells whether a folder and a file in it have names that an export gives.
pub fn is_part(folder: &str, name: &str) -> bool {
    folder.starts_with("month=") && name.ends_with(".parquet")
}

fn refused(error: ParquetError) -> io::Error {
    io::Error::other(error)
}
