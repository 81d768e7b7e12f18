//! The thread that looks at a table: what would become of its rows as they are understood now.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Ready, add, with_reader};
use crate::app::dialogs::{Counts, FirstRow, SeenColumn, TableSeen};
use crate::app::{Answer, ReadTable, TableChange, TableSource, system_text};
use crate::domain::{Beside, ColumnField};
use crate::i18n::messages::import;
use crate::import::{Citizens, Columns, Given, guess, marks};
use crate::runtime::intake::{self, Batch, Found, Pace};
use crate::runtime::logbook::Logbook;
use crate::runtime::trouble;
use crate::runtime::worker::Place;
use crate::runtime::worker::export::own_folder;
use crate::store::{self, StoreError, TakeIn};
use crate::text::clean::{clean_line, cut_chars, for_screen};

/// Rows that are shown as they were read.
const SHOWN: usize = 4;
/// The most letters of a cell that are shown.
const SAMPLE: usize = 60;

impl Ready {
    /// Corrects what the table is taken for.
    pub(super) fn change(&mut self, change: TableChange) {
        let of = &mut self.prepared;
        match change {
            TableChange::Kind(kind) => {
                let catalogue = &self.setup.catalogue;
                of.columns = guess(&of.sheet, &of.table, catalogue, Some(kind));
            }
            TableChange::Column(column, field) => {
                of.columns.set(column, field);
                of.columns.marks = marks(&of.sheet, &of.table, &of.columns.fields);
            }
        }
    }

    /// Says what the table is taken for; nothing is counted yet.
    fn seen(&self) -> TableSeen {
        let (sheet, table) = (&self.prepared.sheet, &self.prepared.table);
        let columns = &self.prepared.columns;
        let column = |(at, field): (usize, ColumnField)| {
            let sample = table.sample(sheet, at).unwrap_or_default();
            let sample = if field.names_citizens() {
                String::new()
            } else {
                cut_chars(&clean_line(sample), SAMPLE).to_owned()
            };
            SeenColumn {
                name: table.column_name(at),
                field,
                sample,
            }
        };
        TableSeen {
            kind: columns.kind,
            columns: columns
                .fields
                .iter()
                .copied()
                .enumerate()
                .map(column)
                .collect(),
            heading: self.heading,
            sheets: self.sheets.clone(),
            sheet: self.sheet,
            counts: Counts::default(),
            first: Vec::new(),
            unread: Vec::new(),
        }
    }
}

/// What the thread needs.
pub(super) struct Looking {
    place: Place,
    reader: store::Reader,
    logbook: PathBuf,
    stop: Arc<AtomicBool>,
}

impl Looking {
    pub(super) fn new(place: &Place, open: &Logbook, stop: Arc<AtomicBool>) -> Self {
        Self {
            place: place.clone(),
            reader: open.store.reader(),
            logbook: open.folder.logbook(),
            stop,
        }
    }

    /// Answers, unless it was stopped: then nobody waits.
    pub(super) fn answer(&self, answer: Answer) {
        if !self.stop.load(Ordering::Relaxed) {
            self.place.answer(answer);
        }
    }

    /// Looks at a table for the first time.
    pub(super) fn look(&self, table: &ReadTable) -> Result<(Ready, TableSeen), Answer> {
        let (found, file) = find(table)?;
        let key = Columns::key(&found.table);
        let store = |error: StoreError| trouble::store(error, &self.logbook);
        let remembered = key.map(|key| self.reader.columns(key)).transpose();
        let remembered = remembered.map_err(store)?.flatten();
        let role = self.reader.profile().map_err(store)?.role;
        let setup = table.setup.clone();
        let whole = (found.sheet, found.table);
        let prepared = intake::prepare(whole, &setup.catalogue, None, remembered);
        let mut ready = Ready {
            prepared: prepared.map_err(refused)?,
            heading: found.heading,
            sheets: found.sheets,
            sheet: found.at,
            key,
            setup,
            names: self.reader.names().map_err(store)?,
            citizens: match role.keeps_names() {
                true => Citizens::Kept,
                false => Citizens::LeftOut,
            },
            file,
            given: match &table.source {
                TableSource::File(_) => Given::File,
                TableSource::Pasted { .. } => Given::Pasted,
            },
            total: 0,
        };
        let seen = self.again(&ready)?;
        ready.total = seen.counts.rows;
        Ok((ready, seen))
    }

    /// Looks again at a table that is understood otherwise.
    pub(super) fn again(&self, ready: &Ready) -> Result<TableSeen, Answer> {
        let store = |error: StoreError| trouble::store(error, &self.logbook);
        self.foresee(ready).map_err(store)
    }

    /// Reads every row and counts what would become of it; nothing is written.
    fn foresee(&self, ready: &Ready) -> Result<TableSeen, StoreError> {
        let mut seen = ready.seen();
        let mut failed = None;
        with_reader(&self.place, ready, |reader, plan| {
            let total = plan.rows() as u64;
            let with = (&ready.names, ready.file.as_str(), self.place.clock.now());
            intake::read_batches(
                &ready.prepared,
                reader,
                plan,
                with,
                &Pace::alone(),
                |batch| {
                    if self.stop.load(Ordering::Relaxed) {
                        return false;
                    }
                    let done = self.count(&mut seen, batch);
                    let done = done.map(|()| seen.counts.rows);
                    match done {
                        Ok(done) => self.place.answer(Answer::Importing { done, total }),
                        Err(error) => failed = Some(error),
                    }
                    failed.is_none()
                },
            );
        });
        seen.unread.sort_by_key(|(number, ..)| *number);
        seen.unread.truncate(SHOWN);
        failed.map_or(Ok(seen), Err)
    }

    fn count(&self, seen: &mut TableSeen, batch: Batch) -> Result<(), StoreError> {
        let room = SHOWN.saturating_sub(seen.first.len());
        seen.first
            .extend(batch.visits.iter().filter_map(first_row).take(room));
        let left = batch.left.iter();
        seen.unread
            .extend(left.map(|left| (left.number, left.column.clone(), left.reason)));
        let taken = intake::foresee(&self.reader, batch.visits, &batch.left)?;
        add(&mut seen.counts, batch.rows, &batch.undated, &taken);
        Ok(())
    }
}

fn refused(refused: crate::import::Refused) -> Answer {
    Answer::NotImported(trouble::not_taken(&refused))
}

/// Finds the table, and what its source is called.
fn find(table: &ReadTable) -> Result<(Found, String), Answer> {
    match &table.source {
        TableSource::Pasted { text, name } => {
            let found = intake::find_pasted(text, table.heading).map_err(refused)?;
            Ok((found, name.clone()))
        }
        TableSource::File(typed) => {
            let shown = for_screen(typed).into_owned();
            let read = intake::read_file(&own_folder(typed)).map_err(|error| {
                Answer::NotImported(import::unread_file(shown.as_str(), system_text(&error)))
            })?;
            let bytes = read.map_err(refused)?;
            let found = intake::find_table(&bytes, table.sheet.as_deref(), table.heading);
            Ok((found.map_err(refused)?, shown))
        }
    }
}

/// Says what a visit is by its day, its unit and what was done first; no citizen's name is in those.
fn first_row(visit: &TakeIn) -> Option<FirstRow> {
    if let Some(beside) = &visit.beside {
        return Some(first_beside(beside));
    }
    let Some(dossier) = &visit.dossier else {
        let place = visit.places.first().map(|(_, place)| place.name.clone());
        let person = visit.people.first().map(|(_, person)| person.name.clone());
        return Some(FirstRow {
            day: None,
            unit: String::new(),
            what: place.or(person)?,
        });
    };
    let activity = dossier.activities.first();
    let activity = activity.map(|file| file.activity.value.description.clone());
    let meeting = dossier.meetings.first();
    let meeting = meeting.map(|file| file.meeting.value.body.clone());
    let concern = dossier.concerns.first();
    let concern = concern.map(|file| file.concern.value.line.clone());
    let of = &dossier.visit.value;
    Some(FirstRow {
        day: of.day(),
        unit: of.unit.clone(),
        what: activity
            .or(meeting)
            .or(concern)
            .unwrap_or_else(|| of.note.clone()),
    })
}

/// Says the same of what is no visit.
fn first_beside(beside: &Beside) -> FirstRow {
    match beside {
        Beside::Reception(reception, concerns) => {
            let line = concerns.first().map(|file| file.concern.value.line.clone());
            FirstRow {
                day: reception.on,
                unit: reception.unit.clone(),
                what: line.unwrap_or_else(|| reception.note.clone()),
            }
        }
        Beside::Duty(duty) => FirstRow {
            day: duty.on,
            unit: duty.unit.clone(),
            what: duty.note.clone(),
        },
        Beside::Inspection(inspection) => FirstRow {
            day: inspection.to.or(inspection.from),
            unit: inspection.body.clone(),
            what: inspection.agencies.join("; "),
        },
    }
}
