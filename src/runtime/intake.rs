//! A table on its way into the logbook: looked at once, then read in batches by a thread beside the one
//! that writes. Owns the size of a batch; never decides what a cell says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read};
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::chance;
use crate::config::catalogue::Catalogue;
use crate::config::units::Communes;
use crate::domain::{
    CommuneCode, Day, Heading, Names, Quarantined, RowId, SheetKind, Stamp, Unreadable, VisitId,
    VisitState,
};
use crate::import::{
    Assembler, Book, Citizens, Columns, Fault, Gazetteer, Given, Incoming, MAX_FILE, Plan, Reader,
    Refused, Sheet, Table, guess, look_at, pasted, quarantined_to_bytes, sheet_of,
};
use crate::store::{self, Sending, StoreError, TakeIn, Taken};

/// How long one commit may take while somebody types: the writer comes round to a key within 50 ms.
const WAIT: Duration = Duration::from_millis(40);
/// Rows of the first commit, whose time is not known yet.
const FIRST: usize = 100;
/// The fewest and the most rows of a commit.
const FEWEST: usize = 16;
const MOST: usize = 1000;
/// Rows that are not worth a thread of their own.
const ALONE: usize = 256;
/// Sheets of a workbook that are looked through for a table.
const SHEETS: usize = 30;

/// How many rows a commit has: as many as are written while a person waits for no key.
pub struct Pace(AtomicUsize);

impl Pace {
    /// For a writer that keys wait for; it says how long each commit took.
    pub fn beside_keys() -> Self {
        Self(AtomicUsize::new(FIRST))
    }

    /// For a writer that nobody waits for but whoever started it.
    pub fn alone() -> Self {
        Self(AtomicUsize::new(MOST))
    }

    /// Returns how many rows the next commit should have.
    pub fn rows(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    /// Learns how long a commit took.
    pub fn took(&self, rows: usize, time: Duration) {
        let micros = time.as_micros().max(1);
        let fit = rows as u128 * WAIT.as_micros() / micros;
        // One commit that met a slow disk says little about the next.
        let fit = usize::try_from(fit)
            .unwrap_or(MOST)
            .clamp(rows / 2, rows * 2);
        self.0.store(fit.clamp(FEWEST, MOST), Ordering::Relaxed);
    }
}

/// A table with what its columns are taken for.
pub struct Prepared {
    pub sheet: Sheet,
    pub table: Table,
    pub columns: Columns,
}

/// A row that could not be read, by its number and the name of the column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    pub id: RowId,
    pub number: u32,
    pub column: Option<String>,
    pub reason: Unreadable,
}

/// Rows that are written together.
#[derive(Default)]
pub struct Batch {
    pub visits: Vec<TakeIn>,
    pub quarantine: Vec<(RowId, Vec<u8>)>,
    pub left: Vec<Left>,
    /// Rows that have no day.
    pub undated: Vec<RowId>,
    /// Rows out of whose texts names of citizens were taken.
    pub hid_names: Vec<RowId>,
    /// Rows in it, read or not.
    pub rows: usize,
}

/// Reads a file; one that is too large is not read at all.
pub fn read_file(path: &Path) -> io::Result<Result<Vec<u8>, Refused>> {
    let file = File::open(path)?;
    if file.metadata()?.len() > MAX_FILE {
        return Ok(Err(Refused::TooLarge));
    }
    let mut bytes = Vec::new();
    // A device or a file that grows has no length to be asked for.
    file.take(MAX_FILE + 1).read_to_end(&mut bytes)?;
    Ok(match u64::try_from(bytes.len()) {
        Ok(length) if length <= MAX_FILE => Ok(bytes),
        Ok(_) | Err(_) => Err(Refused::TooLarge),
    })
}

/// A table, and where in its file it lies.
pub struct Found {
    pub sheet: Sheet,
    pub table: Table,
    pub heading: Heading,
    /// The sheets of a workbook, and which of them it is.
    pub sheets: Vec<String>,
    pub at: usize,
}

/// Finds the table of a file: in the sheet of that name, else in the first sheet that has one. A row
/// names its columns unless it is said that none does.
pub fn find_table(
    bytes: &[u8],
    name: Option<&str>,
    heading: Option<Heading>,
) -> Result<Found, Refused> {
    let book = Book::open(bytes)?;
    let heading = heading.unwrap_or(Heading::Named);
    let sheets = book.names().to_vec();
    if sheets.is_empty() || name.is_some() {
        let sheet = book.sheet(name)?;
        let at = sheets.iter().position(|sheet| Some(sheet.as_str()) == name);
        return found(sheet, heading, (sheets, at.unwrap_or(0)));
    }
    for (at, name) in sheets.iter().enumerate().take(SHEETS) {
        match found(book.sheet(Some(name))?, heading, (sheets.clone(), at)) {
            Err(Refused::NoHeader) => {}
            found => return found,
        }
    }
    Err(Refused::NoHeader)
}

/// Finds the table of a pasted range: where no row names the columns, every row is a record.
pub fn find_pasted(text: &str, heading: Option<Heading>) -> Result<Found, Refused> {
    let nowhere = || (Vec::new(), 0);
    match heading {
        Some(heading) => found(pasted(text)?, heading, nowhere()),
        None => match found(pasted(text)?, Heading::Named, nowhere()) {
            Err(Refused::NoHeader) => found(pasted(text)?, Heading::Missing, nowhere()),
            found => found,
        },
    }
}

fn found(
    sheet: Sheet,
    heading: Heading,
    (sheets, at): (Vec<String>, usize),
) -> Result<Found, Refused> {
    let table = match heading {
        Heading::Named => Table::find(&sheet),
        Heading::Missing => Some(Table::headless(&sheet)).filter(|table| !table.rows.is_empty()),
    };
    Ok(Found {
        table: table.ok_or(Refused::NoHeader)?,
        sheet,
        heading,
        sheets,
        at,
    })
}

/// Takes the columns of a table for what they were taken for last, else guesses them.
pub fn prepare(
    (sheet, table): (Sheet, Table),
    catalogue: &Catalogue,
    kind: Option<SheetKind>,
    remembered: Option<Vec<u8>>,
) -> Result<Prepared, Refused> {
    let columns = remembered.and_then(|bytes| Columns::from_bytes(&bytes));
    let columns = columns.filter(|columns| {
        kind.is_none_or(|kind| kind == columns.kind) && columns.fields.len() == table.header.len()
    });
    let columns = columns.unwrap_or_else(|| guess(&sheet, &table, catalogue, kind));
    Ok(Prepared {
        sheet,
        table,
        columns,
    })
}

/// Returns the commune whose province is meant where a row names none: the one most villages lie in.
pub fn home(names: &Names) -> Option<CommuneCode> {
    let mut counts = BTreeMap::<_, usize>::new();
    for (_, place) in &names.places {
        if let Some(commune) = place.commune {
            *counts.entry(commune).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map(|(commune, _)| commune)
}

/// Says what would become of a batch; nothing is written.
pub fn foresee(
    reader: &store::Reader,
    visits: Vec<TakeIn>,
    left: &[Left],
) -> Result<Taken, StoreError> {
    let mut taken = Taken::default();
    for visit in visits {
        let known = reader.there(&visit)?;
        for (row, known) in visit.rows.into_iter().zip(known) {
            match known {
                true => taken.unchanged.push(row),
                false => taken.added.push(row),
            }
        }
    }
    let rows: Vec<_> = left.iter().map(|left| left.id).collect();
    let known = reader.imported(&rows)?;
    for (row, known) in rows.into_iter().zip(known) {
        match known {
            true => taken.unchanged.push(row),
            false => taken.quarantined.push(row),
        }
    }
    Ok(taken)
}

/// Looks at the rows of a table, in as many threads as there are cores, and plans in which order they are taken.
pub fn plan(reader: &Reader<'_>, rows: &[u32], given: Given) -> Plan {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let share = rows.len().div_ceil(cores).max(ALONE);
    thread::scope(|scope| {
        let parts = rows.chunks(share);
        let parts: Vec<_> = parts
            .map(|rows| scope.spawn(move || look_at(reader, rows)))
            .collect();
        let looked = parts.into_iter().map(|part| part.join());
        let looked = looked.flat_map(|part| part.unwrap_or_else(|panic| resume_unwind(panic)));
        Plan::new(looked, given)
    })
}

/// Reads the rows of a plan batch by batch and hands them on, until `hand` takes no more.
pub fn read_batches(
    prepared: &Prepared,
    reader: &Reader<'_>,
    plan: &Plan,
    (names, file, now): (&Names, &str, Stamp),
    pace: &Pace,
    mut hand: impl FnMut(Batch) -> bool,
) {
    let fresh = || {
        let drawn = chance::fresh_ids(now, 1);
        drawn.first().copied().unwrap_or_default()
    };
    let mut assembler = Assembler::new(names, fresh);
    let mut batch = Batch::default();
    for group in plan.groups() {
        let mut read = Vec::with_capacity(group.len());
        for (index, id) in group {
            batch.rows += 1;
            match reader.read(*index, *id) {
                Ok(row) => {
                    if row.day().is_none() {
                        batch.undated.push(row.id);
                    }
                    if row.hid_names {
                        batch.hid_names.push(row.id);
                    }
                    read.push(row);
                }
                Err(fault) => {
                    let row = reader.quarantined(*index, *id, fault, file);
                    batch.left.push(left(prepared, row.number, *id, fault));
                    batch.quarantine.push((*id, quarantined_to_bytes(&row)));
                }
            }
        }
        if !read.is_empty() {
            let mut visit = taken_in(assembler.assemble(read));
            let rows = visit.rows.iter();
            let others = rows.filter_map(|row| plan.other(*row).map(|other| (*row, other)));
            visit.others = others.collect();
            batch.visits.push(visit);
        }
        if batch.rows >= pace.rows() && !hand(std::mem::take(&mut batch)) {
            return;
        }
    }
    if batch.rows > 0 {
        hand(batch);
    }
}

/// Pairs that are counted after an import.
pub const PAIRS: usize = 999;
/// Visits that are looked at between two questions whether to go on.
const LOOKED_AT: usize = 50;

/// Counts the pairs of visits that may be one among those that an import brought, up to [`PAIRS`] of
/// them, until `goes_on` says otherwise.
pub fn count_alike(
    reader: &store::Reader,
    visits: &[VisitId],
    mut goes_on: impl FnMut() -> bool,
) -> Result<usize, StoreError> {
    let mut pairs = BTreeSet::new();
    for visits in visits.chunks(LOOKED_AT) {
        if !goes_on() || pairs.len() >= PAIRS {
            break;
        }
        pairs.extend(reader.duplicates_among(visits, PAIRS)?);
    }
    Ok(pairs.len().min(PAIRS))
}

/// Reads a row that was corrected, under the identifier that it had.
pub fn read_again(
    row: &Quarantined,
    (catalogue, communes): (&Catalogue, &Communes),
    names: &Names,
    (today, now): (Day, Stamp),
    citizens: Citizens,
) -> Result<TakeIn, Fault> {
    let whole = |_| Fault {
        reason: Unreadable::TooManyCells,
        column: None,
    };
    let (sheet, table, columns) = sheet_of(row).map_err(whole)?;
    let gazetteer = Gazetteer::new(communes, catalogue, home(names));
    let parts = (&sheet, &table, &columns);
    let reader = Reader::new(parts, (catalogue, &gazetteer), today, citizens);
    let read = reader.read(0, row.id)?;
    let fresh = || {
        let drawn = chance::fresh_ids(now, 1);
        drawn.first().copied().unwrap_or_default()
    };
    Ok(taken_in(Assembler::new(names, fresh).assemble(vec![read])))
}

fn taken_in(incoming: Incoming) -> TakeIn {
    TakeIn {
        dossier: incoming.dossier,
        beside: incoming.beside,
        places: incoming.places,
        people: incoming.people,
        rows: incoming.rows,
        others: Vec::new(),
        visit: incoming.visit,
        codes: incoming.codes,
        sending: match incoming.state {
            Some(VisitState::Draft) => Sending::Draft,
            // What a reviewer decided there is not decided here.
            Some(
                VisitState::Sent
                | VisitState::Returned
                | VisitState::Confirmed
                | VisitState::Changed
                | VisitState::Conflict
                | VisitState::OnPaper
                | VisitState::Withdrawn,
            )
            | None => Sending::Sent,
        },
    }
}

fn left(prepared: &Prepared, number: u32, id: RowId, fault: Fault) -> Left {
    Left {
        id,
        number,
        column: fault
            .column
            .map(|column| prepared.table.column_name(column)),
        reason: fault.reason,
    }
}
