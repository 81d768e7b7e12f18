//! The thread that reads a table while the screen goes on, and the writer's side of it: a batch is written
//! between other changes, and the next one is read meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use super::export::own_folder;
use super::{Order, Place};
use crate::app::dialogs::{Counts, FirstRow, TableSeen};
use crate::app::{Answer, ReadTable, Setup};
use crate::domain::{Names, RowId};
use crate::i18n::messages::import;
use crate::import::{Citizens, Columns, Gazetteer, Plan, Reader};
use crate::runtime::intake::{self, Batch, Prepared};
use crate::runtime::logbook::Logbook;
use crate::runtime::panics::caught;
use crate::runtime::trouble;
use crate::store::{self, Moment, StoreError, TakeIn, Taken, WriteError};
use crate::text::clean::for_screen;

/// Batches that lie ready for the writer.
const AHEAD: usize = 2;
/// Rows that are shown as they were read.
const SHOWN: usize = 4;

/// A table that was looked at, with what its rows are read by.
pub(super) struct Ready {
    prepared: Prepared,
    key: [u8; 16],
    setup: Arc<Setup>,
    names: Names,
    citizens: Citizens,
    file: String,
    total: u64,
}

/// What the thread says to the writer.
pub(super) struct Told {
    /// Which thread it is; one that was let go of is not listened to.
    number: u64,
    what: What,
}

enum What {
    Ready(Arc<Ready>),
    Batch(Batch),
    End,
}

/// A table that is looked at or taken in; dropped, it is given up and the thread is waited for.
#[derive(Default)]
pub(super) struct Importing {
    number: u64,
    ready: Option<Arc<Ready>>,
    running: Option<Running>,
    counts: Counts,
}

struct Running {
    stop: Arc<AtomicBool>,
    /// A word for each further batch; `None` while the table is only looked at.
    go: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.go = None;
        if let Some(thread) = self.thread.take() {
            // What it was about has been said; a panic in it was caught there.
            let _ = thread.join();
        }
    }
}

impl Importing {
    /// Starts to look at a table.
    pub(super) fn look(
        &mut self,
        place: &Place,
        orders: &Sender<Order>,
        open: &Logbook,
        table: ReadTable,
    ) {
        self.let_go();
        let (number, stop) = (self.number, Arc::new(AtomicBool::new(false)));
        let looking = Looking {
            place: place.clone(),
            reader: open.store.reader(),
            logbook: open.folder.logbook(),
            stop: stop.clone(),
        };
        let orders = orders.clone();
        self.start(place, (stop, None), move || {
            let looked = caught(|| looking.look(&table));
            let looked =
                looked.unwrap_or_else(|_| Err(Answer::NotImported(import::refused_broken())));
            match looked {
                Ok((ready, seen)) => {
                    let what = What::Ready(Arc::new(ready));
                    // Without the writer there is no screen left to answer.
                    let _ = orders.send(Order::Import(Told { number, what }));
                    looking.place.answer(Answer::TableRead(Box::new(seen)));
                }
                Err(_) if looking.stop.load(Ordering::Relaxed) => {}
                Err(answer) => looking.place.answer(answer),
            }
        });
    }

    /// Starts to take in the table that was looked at.
    pub(super) fn take_in(&mut self, place: &Place, orders: &Sender<Order>) {
        let Some(ready) = self.ready.clone() else {
            return;
        };
        self.running = None;
        self.number += 1;
        self.counts = Counts::default();
        let (number, stop) = (self.number, Arc::new(AtomicBool::new(false)));
        let (go, next) = channel();
        for _ in 0..AHEAD {
            // The other end is in scope.
            let _ = go.send(());
        }
        let (reading, orders) = (place.clone(), orders.clone());
        self.start(place, (stop, Some(go)), move || {
            let read = caught(|| {
                read(&reading, &ready, &next, |batch| {
                    let what = What::Batch(batch);
                    orders.send(Order::Import(Told { number, what })).is_ok()
                })
            });
            if read.is_err() {
                reading.answer(Answer::NotImported(import::refused_broken()));
            }
            let what = What::End;
            let _ = orders.send(Order::Import(Told { number, what }));
        });
    }

    fn start(
        &mut self,
        place: &Place,
        (stop, go): (Arc<AtomicBool>, Option<Sender<()>>),
        work: impl FnOnce() + Send + 'static,
    ) {
        match thread::Builder::new().name("import".to_owned()).spawn(work) {
            Ok(thread) => {
                let thread = Some(thread);
                self.running = Some(Running { stop, go, thread });
            }
            Err(error) => place.answer(trouble::store(error.into(), place.folder.path())),
        }
    }

    /// Does what the thread has prepared; what a thread that was let go of says is passed over.
    pub(super) fn step(
        &mut self,
        place: &Place,
        open: &mut Logbook,
        told: Told,
        now: Moment,
    ) -> Result<Vec<Answer>, WriteError> {
        if told.number != self.number {
            return Ok(Vec::new());
        }
        match told.what {
            What::Ready(ready) => {
                self.ready = Some(ready);
                Ok(Vec::new())
            }
            What::Batch(batch) => {
                let rows = batch.rows;
                let undated = batch.undated;
                let store = &open.store;
                let taken = store.take_in(batch.visits, batch.quarantine, now, &mut open.ids)?;
                add(&mut self.counts, rows, &undated, &taken);
                let (done, total) = (self.counts.rows, self.total());
                place.answer(Answer::Importing { done, total });
                if let Some(go) = self
                    .running
                    .as_ref()
                    .and_then(|running| running.go.as_ref())
                {
                    // A thread that has read everything listens no more.
                    let _ = go.send(());
                }
                Ok(Vec::new())
            }
            What::End => self.end(open),
        }
    }

    /// Stops behind the batch that was written last, and lets go of the table.
    pub(super) fn stop(&mut self, open: &Logbook) -> Result<Vec<Answer>, WriteError> {
        let writing = self
            .running
            .as_ref()
            .is_some_and(|running| running.go.is_some());
        if writing {
            return self.end(open);
        }
        self.let_go();
        Ok(Vec::new())
    }

    fn end(&mut self, open: &Logbook) -> Result<Vec<Answer>, WriteError> {
        let (counts, total) = (self.counts, self.total());
        let ready = self.ready.take();
        self.let_go();
        if let Some(ready) = ready.filter(|_| counts.added > 0) {
            let bytes = ready.prepared.columns.to_bytes();
            open.store.remember_columns(ready.key, &bytes)?;
        }
        let names = Box::new(open.store.reader().names()?);
        Ok(vec![Answer::Imported {
            counts,
            total,
            names,
        }])
    }

    fn total(&self) -> u64 {
        self.ready.as_ref().map_or(0, |ready| ready.total)
    }

    /// Gives up what is being done.
    pub(super) fn let_go(&mut self) {
        self.number += 1;
        self.running = None;
        self.ready = None;
        self.counts = Counts::default();
    }
}

fn add(counts: &mut Counts, rows: usize, undated: &[RowId], taken: &Taken) {
    let undated = undated.iter().filter(|row| taken.added.contains(row));
    counts.rows += rows as u64;
    counts.added += taken.added.len() as u64;
    counts.undated += undated.count() as u64;
    counts.unchanged += taken.unchanged.len() as u64;
    counts.quarantined += taken.quarantined.len() as u64;
}

/// Reads the rows of a table and hands them on, each batch when there is a word for it.
fn read(place: &Place, ready: &Ready, next: &Receiver<()>, mut hand: impl FnMut(Batch) -> bool) {
    with_reader(place, ready, |reader, plan| {
        let with = (&ready.names, ready.file.as_str(), place.clock.now());
        let hand = |batch| next.recv().is_ok() && hand(batch);
        intake::read_batches(&ready.prepared, reader, plan, with, hand);
    });
}

fn with_reader<T>(place: &Place, ready: &Ready, work: impl FnOnce(&Reader<'_>, &Plan) -> T) -> T {
    let (setup, prepared) = (&ready.setup, &ready.prepared);
    let home = intake::home(&ready.names);
    let gazetteer = Gazetteer::new(&setup.communes, &setup.catalogue, home);
    let parts = (&prepared.sheet, &prepared.table, &prepared.columns);
    let places = (&setup.catalogue, &gazetteer);
    let reader = Reader::new(parts, places, place.clock.today(), ready.citizens);
    let plan = Plan::new(&reader);
    work(&reader, &plan)
}

/// The thread that looks at a table.
struct Looking {
    place: Place,
    reader: store::Reader,
    logbook: std::path::PathBuf,
    stop: Arc<AtomicBool>,
}

impl Looking {
    fn look(&self, table: &ReadTable) -> Result<(Ready, TableSeen), Answer> {
        let path = own_folder(&table.path);
        let shown = for_screen(&table.path).into_owned();
        let refused = |refused| Answer::NotImported(trouble::not_taken(&refused));
        let read = intake::read_file(&path).map_err(|error| {
            Answer::NotImported(import::unread_file(shown.as_str(), error.to_string()))
        })?;
        let bytes = read.map_err(refused)?;
        let found = intake::find_table(&bytes, None).map_err(refused)?;
        drop(bytes);
        let key = Columns::key(&found.1);
        let store = |error: StoreError| trouble::store(error, &self.logbook);
        let remembered = self.reader.columns(key).map_err(store)?;
        let role = self.reader.profile().map_err(store)?.role;
        let setup = table.setup.clone();
        let prepared = intake::prepare(found, &setup.catalogue, None, remembered);
        let mut ready = Ready {
            prepared: prepared.map_err(refused)?,
            key,
            setup,
            names: self.reader.names().map_err(store)?,
            citizens: match role.keeps_names() {
                true => Citizens::Kept,
                false => Citizens::LeftOut,
            },
            file: shown,
            total: 0,
        };
        let seen = self.foresee(&ready).map_err(store)?;
        ready.total = seen.counts.rows;
        Ok((ready, seen))
    }

    /// Reads every row and counts what would become of it; nothing is written.
    fn foresee(&self, ready: &Ready) -> Result<TableSeen, StoreError> {
        let (table, columns) = (&ready.prepared.table, &ready.prepared.columns);
        let fields = columns.fields.iter().copied().enumerate();
        let mut seen = TableSeen {
            kind: columns.kind,
            columns: fields
                .map(|(at, field)| (table.column_name(at), field))
                .collect(),
            counts: Counts::default(),
            first: Vec::new(),
            unread: Vec::new(),
        };
        let mut failed = None;
        with_reader(&self.place, ready, |reader, plan| {
            let total = plan.rows() as u64;
            let with = (&ready.names, ready.file.as_str(), self.place.clock.now());
            intake::read_batches(&ready.prepared, reader, plan, with, |batch| {
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
            });
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

/// Says what a visit is by its day, its unit and what was done first; no citizen's name is in those.
fn first_row(visit: &TakeIn) -> Option<FirstRow> {
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
    let meeting = meeting.map(|meeting| meeting.value.body.clone());
    let of = &dossier.visit.value;
    Some(FirstRow {
        day: of.day(),
        unit: of.unit.clone(),
        what: activity.or(meeting).unwrap_or_else(|| of.note.clone()),
    })
}
