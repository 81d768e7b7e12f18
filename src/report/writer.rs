//! A table being written in any format, a row at a time.

use std::io::{self, Write};
use std::path::Path;

use super::csv::Csv;
use super::json::{Json, Shape};
use super::layout::Head;
use super::rows::Cells;
use super::xlsx::Xlsx;
use crate::domain::FileFormat;

/// A table being written.
pub struct Writer<W: Write> {
    rows: u64,
    table: Table<W>,
}

enum Table<W: Write> {
    Csv(Box<Csv<W>>),
    Json(Json<W>),
    Xlsx(Box<Xlsx<W>>),
}

/// A table that is written to its end.
pub struct Finished<W> {
    pub out: W,
    pub rows: u64,
    /// Cells that hold less than the record, since a spreadsheet's cell takes no more.
    pub cut: u64,
}

impl<W: Write + Send> Writer<W> {
    /// Begins a table; what a format must put aside lies nameless in the folder `spare`.
    pub fn new(format: FileFormat, out: W, head: &Head, spare: &Path) -> io::Result<Self> {
        let table = match format {
            FileFormat::Csv => Table::Csv(Box::new(Csv::new(out, head)?)),
            FileFormat::Json => Table::Json(Json::new(out, Shape::Document, head)?),
            FileFormat::Ndjson => Table::Json(Json::new(out, Shape::Lines, head)?),
            FileFormat::Xlsx => Table::Xlsx(Box::new(Xlsx::new(out, head, spare)?)),
        };
        Ok(Self { rows: 0, table })
    }

    /// Writes a row.
    pub fn row(&mut self, cells: &Cells) -> io::Result<()> {
        self.rows += 1;
        match &mut self.table {
            Table::Csv(csv) => csv.row(cells),
            Table::Json(json) => json.row(cells),
            Table::Xlsx(xlsx) => xlsx.row(cells),
        }
    }

    /// Writes what stands below the rows.
    pub fn finish(self) -> io::Result<Finished<W>> {
        let (out, cut) = match self.table {
            Table::Csv(csv) => (csv.finish()?, 0),
            Table::Json(json) => (json.finish()?, 0),
            Table::Xlsx(xlsx) => xlsx.finish()?,
        };
        Ok(Finished {
            out,
            rows: self.rows,
            cut,
        })
    }
}
