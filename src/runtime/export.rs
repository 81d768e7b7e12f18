//! From a snapshot of the logbook to a table in a file, a page at a time.
//!
//! Owns the order: names are written down as shown before they are written out, and "done" is said of a
//! file that was read back. Decides nothing about what a cell says.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::outfile::{OutDisk, OutFile};
use super::outname::{self, BadName};
use super::panics::{Panicked, caught};
use crate::config::ConfigError;
use crate::domain::{
    Citizens, Day, Days, EntityId, ExportEntry, ExportRow, FileFormat, Format, ListQuery, Stamp,
    Table,
};
use crate::exchange::TargetError;
use crate::report::{Cells, Finished, Head, Terms, Writer, count_rows};
use crate::store::{Export, ExportEntries, Reader, StoreError, WriteError};

/// Rows read at once.
const PAGE: usize = 500;
/// How names of other formats end.
pub(super) const ENDINGS: &[&str] = &["csv", "xlsx", "json", "ndjson", "parquet", "docx", "html"];

/// What is to be exported, and where to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub table: Table,
    pub format: Format,
    /// Which rows and in which order; its window is passed over. Entries go by its days alone.
    pub query: ListQuery,
    pub citizens: Citizens,
    pub path: PathBuf,
    /// When it is written.
    pub at: Stamp,
}

impl Order {
    /// Returns where it goes to, and how files of its format end.
    pub fn place(&self) -> (&Path, &'static str) {
        (&self.path, self.format.as_str())
    }

    fn days(&self) -> Days {
        Days {
            from: self.query.filters.from,
            to: self.query.filters.to,
        }
    }
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    pub rows: u64,
    /// Cells that hold less than the record, since a spreadsheet's cell takes no more.
    pub cut: u64,
}

/// Why nothing was written; what was there before is still there.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error("the name of the file: {0:?}")]
    Name(BadName),
    #[error(transparent)]
    Logbook(WriteError),
    #[error(transparent)]
    File(#[from] io::Error),
    /// What was read back is not what was written.
    #[error("{read} rows were read back of {written}")]
    Unlike { written: u64, read: u64 },
    /// The template of a paper.
    #[error(transparent)]
    Template(#[from] ConfigError),
    /// The object store that it goes to.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// Something lies already where parts were to be laid down.
    #[error("the place is taken")]
    Taken,
    /// What was there before was moved aside and could not be moved back.
    #[error("the old folder is now {0:?}")]
    Aside(PathBuf),
    /// This program was built without the format.
    #[error("the format is not built in")]
    NotBuilt,
    #[error("stopped")]
    Stopped,
    /// The logbook, or what writes spreadsheets, panicked.
    #[error("code below panicked")]
    Panicked,
}

impl From<StoreError> for ExportError {
    fn from(error: StoreError) -> Self {
        Self::Logbook(error.into())
    }
}

/// Writes down that records of citizens' names were shown.
pub type Shown<'a> = dyn FnMut(&[EntityId]) -> Result<(), WriteError> + 'a;

/// Takes a row, with the day that it belongs to.
pub(super) type Take<'a> = dyn FnMut(Option<Day>, &Cells) -> Result<(), ExportError> + 'a;

/// What an export works with.
pub struct Work<'a, D> {
    pub reader: &'a Reader,
    pub terms: Terms<'a>,
    pub disk: &'a D,
    /// The folder of the logbook, where nothing is put.
    pub logbook: &'a Path,
    /// Set by whoever wants it to stop.
    pub stop: &'a AtomicBool,
}

impl<D: OutDisk> Work<'_, D> {
    /// Exports; `shown` is called before names are written, `progress` with done and total.
    pub fn run(
        &self,
        order: &Order,
        shown: &mut Shown<'_>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Done, ExportError> {
        let done = match order.format.file() {
            Some(format) => self.file(order, format, shown, progress),
            None => self.partition(order, shown, progress),
        };
        done.map_err(|error| match error {
            // What writes to a file that is to stop only sees that it cannot go on.
            ExportError::File(_) if self.stop.load(Ordering::Relaxed) => ExportError::Stopped,
            other => other,
        })
    }

    /// Refuses: what writes Parquet was left out when this program was built.
    #[cfg(not(feature = "parquet"))]
    fn partition(
        &self,
        _: &Order,
        _: &mut Shown<'_>,
        _: &mut dyn FnMut(u64, u64),
    ) -> Result<Done, ExportError> {
        Err(ExportError::NotBuilt)
    }

    fn file(
        &self,
        order: &Order,
        format: FileFormat,
        shown: &mut Shown<'_>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Done, ExportError> {
        let ending = order.format.as_str();
        let checked = outname::check(&order.path, ending, ENDINGS, self.logbook);
        let (folder, name) = checked.map_err(ExportError::Name)?;
        let (file, out) = OutFile::begin(self.disk, &folder, &name)?;
        let written = caught(|| self.write(order, (format, out), &folder, shown, progress));
        let written = written.unwrap_or_else(|Panicked| Err(ExportError::Panicked))?;
        let back = file.written(written.out)?;
        let read = count_rows(format, back)?;
        if read != written.rows {
            return Err(ExportError::Unlike {
                written: written.rows,
                read,
            });
        }
        self.go_on()?;
        file.name()?;
        Ok(Done {
            rows: written.rows,
            cut: written.cut,
        })
    }

    fn write(
        &self,
        order: &Order,
        (format, out): (FileFormat, D::Out),
        folder: &Path,
        shown: &mut Shown<'_>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Finished<D::Out>, ExportError> {
        let out = Stoppable {
            out: io::BufWriter::with_capacity(64 * 1024, out),
            stop: self.stop,
        };
        let mut table = Writer::new(format, out, &self.head(order), folder)?;
        self.each(
            order,
            shown,
            progress,
            &mut |_, cells| Ok(table.row(cells)?),
        )?;
        let Finished { out, rows, cut } = table.finish()?;
        let out = out
            .out
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        Ok(Finished { out, rows, cut })
    }

    /// Returns what stands above the table.
    pub(super) fn head(&self, order: &Order) -> Head {
        let (days, citizens) = (order.days(), order.citizens);
        Head::new(&self.terms, order.table, days, citizens, order.at)
    }

    /// Reads all rows, each with the day that it belongs to.
    pub(super) fn each(
        &self,
        order: &Order,
        shown: &mut Shown<'_>,
        progress: &mut dyn FnMut(u64, u64),
        take: &mut Take<'_>,
    ) -> Result<(), ExportError> {
        let mut rows = Rows::open(self.reader, order)?;
        let mut done = 0;
        while let Some(page) = rows.next(&self.terms, order.citizens, shown)? {
            self.go_on()?;
            for (day, cells) in &page.rows {
                take(*day, cells)?;
            }
            done += page.done;
            progress(done, rows.total().max(done));
        }
        Ok(())
    }

    /// Refuses to go on once it is to stop.
    pub(super) fn go_on(&self) -> Result<(), ExportError> {
        if self.stop.load(Ordering::Relaxed) {
            Err(ExportError::Stopped)
        } else {
            Ok(())
        }
    }
}

/// Where rows come from.
enum Rows {
    Records(Box<Export>),
    Entries(Box<ExportEntries>),
}

struct Page {
    rows: Vec<(Option<Day>, Cells)>,
    /// How far it goes on in the total.
    done: u64,
}

impl Rows {
    fn open(reader: &Reader, order: &Order) -> Result<Self, StoreError> {
        Ok(match order.table.listing() {
            Some(listing) => Self::Records(Box::new(reader.export(
                listing,
                order.query.clone(),
                order.citizens,
            )?)),
            None => Self::Entries(Box::new(reader.export_entries(order.days())?)),
        })
    }

    fn total(&self) -> u64 {
        match self {
            Self::Records(records) => records.total(),
            Self::Entries(entries) => entries.total(),
        }
    }

    /// Returns the next rows, `None` at the end.
    fn next(
        &mut self,
        terms: &Terms<'_>,
        citizens: Citizens,
        shown: &mut Shown<'_>,
    ) -> Result<Option<Page>, ExportError> {
        let (rows, done): (Vec<_>, u64) = match self {
            Self::Records(records) => {
                let page = records.page(PAGE)?;
                // First the entries: what could not be recorded is not written out.
                let names: Vec<_> = page.iter().filter_map(|row| row.part.names()).collect();
                shown(&names).map_err(ExportError::Logbook)?;
                let cells = |row: &ExportRow| (row.visit.day(), terms.row(row, citizens));
                (page.iter().map(cells).collect(), page.len() as u64)
            }
            Self::Entries(entries) => {
                let (page, looked) = entries.page(PAGE as u64)?;
                let cells = |entry: &ExportEntry| (Some(entry.at.day()), terms.entry(entry));
                (page.iter().map(cells).collect(), looked)
            }
        };
        Ok((done > 0).then_some(Page { rows, done }))
    }
}

/// Refuses to write on once it is to stop: what writes spreadsheets writes most of them at the end.
struct Stoppable<'s, W> {
    out: W,
    stop: &'s AtomicBool,
}

impl<W: Write> Write for Stoppable<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.stop.load(Ordering::Relaxed) {
            // Not `Interrupted`, which is tried again.
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
