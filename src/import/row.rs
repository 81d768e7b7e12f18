//! A row as what it says: when, where and by whom, and the one activity, meeting, place or cadre in it.

mod beside;
mod concern;
mod hide;
mod part;
mod state;
mod text;

pub use beside::{Matter, Session};

use super::columns::Columns;
use super::guess::choice;
use super::header::Table;
use super::place::{Gazetteer, PlaceWords, Where};
use super::sheet::{Cell, CellKind, Row, Sheet};
use super::value;
use crate::config::catalogue::Catalogue;
use crate::domain::{
    Activity, Code, ColumnField, Concern, Day, DecimalMark, Duty, Inspection, Meeting, Particulars,
    Promise, Quarantined, RowId, SheetKind, Unreadable, VisitState,
};
use crate::text::number::Marks;

/// Whether names of citizens are kept: only where the member's role holds them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Citizens {
    Kept,
    LeftOut,
}

/// Why a row cannot be read, and in which column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    pub reason: Unreadable,
    pub column: Option<usize>,
}

/// When, where and by whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Trip {
    pub(super) unit: String,
    pub(super) from: Option<Day>,
    pub(super) to: Option<Day>,
    pub(super) places: Vec<Where>,
    pub(super) team: Vec<String>,
    pub(super) lead: String,
    pub(super) shared: Vec<Code>,
    pub(super) programme: String,
    pub(super) reviewing_cell: String,
    /// Where nothing in the visit holds the note.
    pub(super) note: String,
    /// Further places of the activity, apart from the visit's.
    pub(super) others: Vec<Where>,
    /// The visit's code and state in the logbook that the table was exported from.
    pub(super) code: String,
    pub(super) state: Option<VisitState>,
}

/// What a row is.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// A visit in which nothing is said to have been done.
    Nothing,
    /// An activity and the names of those it helped, one a line.
    Activity(Box<Activity>, String),
    /// A meeting and what was promised in it.
    Meeting(Box<Meeting>, Vec<Promise>),
    /// A concern, and what only the officers in charge may read.
    Concern(Box<Concern>, Option<Box<Particulars>>),
    /// A session of reception, or with a matter of its register.
    Reception(Box<Session>, Option<Matter>),
    /// A Saturday's duty; who was on it, where, is the row's.
    Duty(Box<Duty>),
    Inspection(Box<Inspection>),
    Place(Where),
    /// Name, post and unit.
    Person(String, String, String),
}

/// A row that was read.
///
/// No `Debug`: it may hold citizens' names.
#[derive(Clone, PartialEq, Eq)]
pub struct RowRead {
    pub id: RowId,
    /// The number of the row as a spreadsheet counts.
    pub number: u32,
    /// The record's code in the logbook that the table was exported from; empty where there is none.
    pub code: String,
    /// Names of citizens were taken out of its texts.
    pub hid_names: bool,
    pub(super) trip: Trip,
    pub(super) part: Part,
}

impl RowRead {
    /// Returns the day by which the row is filed.
    pub fn day(&self) -> Option<Day> {
        self.trip.to.or(self.trip.from)
    }
}

/// Reads the rows of a table.
pub struct Reader<'r> {
    pub(super) sheet: &'r Sheet,
    pub(super) table: &'r Table,
    pub(super) columns: &'r Columns,
    catalogue: &'r Catalogue,
    gazetteer: &'r Gazetteer<'r>,
    today: Day,
    citizens: Citizens,
}

impl<'r> Reader<'r> {
    /// Prepares to read.
    pub fn new(
        (sheet, table, columns): (&'r Sheet, &'r Table, &'r Columns),
        (catalogue, gazetteer): (&'r Catalogue, &'r Gazetteer<'r>),
        today: Day,
        citizens: Citizens,
    ) -> Self {
        Self {
            sheet,
            table,
            columns,
            catalogue,
            gazetteer,
            today,
            citizens,
        }
    }

    /// Reads a row by its place in the sheet.
    pub fn read(&self, index: u32, id: RowId) -> Result<RowRead, Fault> {
        let whole = |reason| Fault {
            reason,
            column: None,
        };
        let row = self.sheet.row(index as usize);
        let row = row.ok_or(whole(Unreadable::SaysNothing))?;
        if row.is_wide() {
            return Err(whole(Unreadable::TooManyCells));
        }
        let mut trip = self.trip(row)?;
        let mut part = match self.columns.kind {
            SheetKind::Activities => self.activity(row, &trip)?,
            SheetKind::Visits => self.visit(row, &mut trip)?,
            SheetKind::Meetings => self.meeting(row, &trip)?,
            SheetKind::Places => self.village(row)?,
            SheetKind::People => self.person(row)?,
            SheetKind::Concerns => self.concern(row)?,
            SheetKind::Receptions => self.reception(row, &trip)?,
            SheetKind::Inspections => self.inspection(row, &trip)?,
            SheetKind::Duties => self.duty(row, &trip)?,
        };
        let hidden = self.hide(row, &mut trip, &mut part);
        Ok(RowRead {
            hid_names: hidden == hide::Hidden::Names,
            id,
            number: row.number(),
            code: self.line(row, ColumnField::Code)?,
            trip,
            part,
        })
    }

    /// Gives what of a row decides with which others it shares a visit.
    pub(super) fn trip(&self, row: Row<'_>) -> Result<Trip, Fault> {
        let (from, to) = self.days(row)?;
        let day = to.or(from);
        let mut trip = Trip {
            unit: self.unit(row)?,
            from,
            to,
            places: self.places(row, day)?,
            ..Trip::default()
        };
        trip.lead = self.line(row, ColumnField::Lead)?;
        trip.team = self.names(row, ColumnField::Team)?;
        trip.programme = self.line(row, ColumnField::Programme)?;
        trip.reviewing_cell = self.line(row, ColumnField::ReviewingCell)?;
        trip.shared = self.shared(row)?;
        trip.code = match self.columns.kind {
            SheetKind::Visits => String::new(),
            SheetKind::Activities
            | SheetKind::Meetings
            | SheetKind::Concerns
            | SheetKind::Places
            | SheetKind::People
            | SheetKind::Receptions
            | SheetKind::Inspections
            | SheetKind::Duties => self.line(row, ColumnField::VisitCode)?,
        };
        trip.state = state::of_word(&self.line(row, ColumnField::State)?);
        let others = self.names(row, ColumnField::OtherPlaces)?;
        let others = others
            .iter()
            .flat_map(|place| self.gazetteer.whole(place, day));
        trip.others = others.collect();
        Ok(trip)
    }

    /// Reads the unit that logged it; of a meeting's table without one, the body that met.
    fn unit(&self, row: Row<'_>) -> Result<String, Fault> {
        match self.columns.of(ColumnField::Unit) {
            Some(_) => self.line(row, ColumnField::Unit),
            None => {
                let leads = self.line(row, ColumnField::LeadUnit)?;
                if leads.is_empty() {
                    self.line(row, ColumnField::Body)
                } else {
                    Ok(leads)
                }
            }
        }
    }

    fn days(&self, row: Row<'_>) -> Result<(Option<Day>, Option<Day>), Fault> {
        let read = |field| {
            self.cell(row, field)
                .map(|found| self.span(found))
                .transpose()
        };
        let (date, from, to) = (
            read(ColumnField::Date)?,
            read(ColumnField::From)?,
            read(ColumnField::To)?,
        );
        let first = from.or(date).map(|span| span.from);
        let last = to.or(date).or(from).map(|span| span.to);
        if let (Some(first), Some(last)) = (first, last) {
            let fault = |reason| Fault {
                reason,
                column: self
                    .columns
                    .of(ColumnField::To)
                    .or(self.columns.of(ColumnField::Date)),
            };
            if last < first {
                return Err(fault(Unreadable::EndBeforeStart));
            }
            if (last - first).num_days() > 366 {
                return Err(fault(Unreadable::TooLong));
            }
        }
        Ok((first, last))
    }

    pub(super) fn span(&self, (column, cell): (usize, Cell<'_>)) -> Result<value::Span, Fault> {
        let fault = |reason| Fault {
            reason,
            column: Some(column),
        };
        let span = value::span(cell, self.sheet.from_1904).map_err(fault)?;
        if span.to > self.today {
            return Err(fault(Unreadable::InFuture));
        }
        Ok(span)
    }

    fn places(&self, row: Row<'_>, day: Option<Day>) -> Result<Vec<Where>, Fault> {
        let (province, district, commune, village) = (
            self.line(row, ColumnField::Province)?,
            self.line(row, ColumnField::District)?,
            self.line(row, ColumnField::Commune)?,
            self.line(row, ColumnField::Village)?,
        );
        let words = PlaceWords {
            province: &province,
            district: &district,
            commune: &commune,
            village: &village,
        };
        let kind = self.line(row, ColumnField::VillageKind)?;
        let kind = choice(&self.catalogue.villages, &kind);
        let mut places = self.gazetteer.places(&words, day);
        for place in &mut places {
            if let (Where::Village { kind: known, .. }, Some(kind)) = (place, &kind) {
                *known = Some(kind.clone());
            }
        }
        let whole = self.line(row, ColumnField::Place)?;
        if !whole.is_empty() && places.is_empty() {
            places = self.gazetteer.whole(&whole, day);
        }
        Ok(places)
    }

    /// Gives the cell of a field; one that says "none" by a dash is empty.
    pub(super) fn cell<'c>(&self, row: Row<'c>, field: ColumnField) -> Option<(usize, Cell<'c>)> {
        let column = self.columns.of(field)?;
        let cell = row.cell(column)?;
        let is_dash = matches!(cell.text, "-" | "–" | "—" | "…" | "..." | "x" | "X" | "/");
        (!is_dash || cell.kind == CellKind::Error).then_some((column, cell))
    }

    /// Gives a row with its cells, for a person to look at and correct.
    pub fn quarantined(&self, index: u32, id: RowId, fault: Fault, file: &str) -> Quarantined {
        let row = self.sheet.row(index as usize);
        let width = self.table.header.len();
        let width = row.map_or(width, |row| {
            row.cells()
                .map(|(c, _)| c + 1)
                .max()
                .unwrap_or(0)
                .max(width)
        });
        let field = |column| self.columns.fields.get(column).copied();
        Quarantined {
            id,
            file: file.to_owned(),
            kind: self.columns.kind,
            number: row.map_or(0, |row| row.number()),
            columns: (0..width)
                .map(|column| {
                    let field = field(column).unwrap_or(ColumnField::Ignored);
                    (self.table.column_name(column), field)
                })
                .collect(),
            cells: (0..width)
                .map(|column| {
                    // A denunciation is kept nowhere but in its envelope.
                    let row = row.filter(|_| fault.reason != Unreadable::Denunciation);
                    let cell = row.and_then(|row| row.cell(column));
                    cell.map_or_else(String::new, |cell| text::of_cell(cell, self.columns.marks))
                })
                .collect(),
            mark: match self.columns.marks {
                Marks::Vietnamese => DecimalMark::Comma,
                Marks::English => DecimalMark::Point,
            },
            reason: fault.reason,
            column: fault.column,
        }
    }
}
