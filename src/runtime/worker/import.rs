//! The thread that reads a table while the screen goes on, and the writer's side of it: a batch is written
//! between other changes, and the next one is read meanwhile.

mod looking;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use super::{Order, Place};
use crate::app::dialogs::Counts;
use crate::app::{Answer, ReadTable, Setup, TableChange};
use crate::domain::{Heading, Names, RowId, VisitId};
use crate::i18n::messages::import;
use crate::import::{Citizens, Gazetteer, Given, Plan, Reader};
use crate::runtime::intake::{self, Batch, Pace, Prepared};
use crate::runtime::logbook::Logbook;
use crate::runtime::panics::caught;
use crate::runtime::trouble;
use crate::store::{Moment, Taken, WriteError};
use looking::Looking;

/// Batches that lie ready for the writer.
const AHEAD: usize = 2;

/// A table that was looked at, with what its rows are read by.
pub(super) struct Ready {
    prepared: Prepared,
    heading: Heading,
    sheets: Vec<String>,
    sheet: usize,
    /// What the columns are remembered by.
    key: Option<[u8; 16]>,
    setup: Arc<Setup>,
    names: Names,
    citizens: Citizens,
    file: String,
    given: Given,
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
    /// The visits that it brought so far.
    visits: Vec<VisitId>,
}

struct Running {
    stop: Arc<AtomicBool>,
    /// `None` while the table is only looked at.
    go: Option<Go>,
    thread: Option<JoinHandle<()>>,
}

/// How the writer leads the thread that reads.
struct Go {
    /// A word for each further batch.
    next: Sender<()>,
    /// How many rows it should have.
    pace: Arc<Pace>,
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
        let looking = Looking::new(place, open, stop.clone());
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
                    looking.answer(Answer::TableRead(Box::new(seen)));
                }
                Err(answer) => looking.answer(answer),
            }
        });
    }

    /// Corrects the table that was looked at, and starts to look at its rows again.
    pub(super) fn change(&mut self, place: &Place, open: &Logbook, change: TableChange) {
        // Stopped, the thread holds nothing of it any more.
        self.running = None;
        let Some(ready) = self.ready.as_mut().and_then(Arc::get_mut) else {
            return;
        };
        ready.change(change);
        let Some(ready) = self.ready.clone() else {
            return;
        };
        let stop = Arc::new(AtomicBool::new(false));
        let looking = Looking::new(place, open, stop.clone());
        self.start(place, (stop, None), move || {
            let seen = caught(|| looking.again(&ready));
            drop(ready);
            match seen.unwrap_or_else(|_| Err(Answer::NotImported(import::refused_broken()))) {
                Ok(seen) => looking.answer(Answer::TableRead(Box::new(seen))),
                Err(answer) => looking.answer(answer),
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
        self.visits.clear();
        let (number, stop) = (self.number, Arc::new(AtomicBool::new(false)));
        let (go, next) = channel();
        for _ in 0..AHEAD {
            // The other end is in scope.
            let _ = go.send(());
        }
        let pace = Arc::new(Pace::beside_keys());
        let go = Go {
            next: go,
            pace: pace.clone(),
        };
        let (reading, orders) = (place.clone(), orders.clone());
        self.start(place, (stop, Some(go)), move || {
            let read = caught(|| {
                read(&reading, &ready, (&next, &pace), |batch| {
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
        (stop, go): (Arc<AtomicBool>, Option<Go>),
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
                let begun = Instant::now();
                let taken = store.take_in(batch.visits, batch.quarantine, now, &mut open.ids)?;
                let time = begun.elapsed();
                add(&mut self.counts, rows, &undated, &taken);
                self.visits.extend(taken.visits);
                let (done, total) = (self.counts.rows, self.total());
                place.answer(Answer::Importing { done, total });
                if let Some(go) = self
                    .running
                    .as_ref()
                    .and_then(|running| running.go.as_ref())
                {
                    go.pace.took(rows, time);
                    // A thread that has read everything listens no more.
                    let _ = go.next.send(());
                }
                Ok(Vec::new())
            }
            What::End => self.end(place, open),
        }
    }

    /// Stops behind the batch that was written last, and lets go of the table.
    pub(super) fn stop(
        &mut self,
        place: &Place,
        open: &Logbook,
    ) -> Result<Vec<Answer>, WriteError> {
        let writing = self
            .running
            .as_ref()
            .is_some_and(|running| running.go.is_some());
        if writing {
            return self.end(place, open);
        }
        self.let_go();
        Ok(Vec::new())
    }

    fn end(&mut self, place: &Place, open: &Logbook) -> Result<Vec<Answer>, WriteError> {
        let (counts, total) = (self.counts, self.total());
        let visits = std::mem::take(&mut self.visits);
        let ready = self.ready.take();
        self.let_go();
        if let Some(ready) = ready.filter(|_| counts.added > 0)
            && let Some(key) = ready.key
        {
            let bytes = ready.prepared.columns.to_bytes();
            open.store.remember_columns(key, &bytes)?;
        }
        let names = Box::new(open.store.reader().names()?);
        place.answer(Answer::Imported {
            counts,
            total,
            names,
        });
        self.look_for_pairs(place, open, counts, visits);
        Ok(Vec::new())
    }

    /// Counts beside the screen which of the new visits may be one with others.
    fn look_for_pairs(
        &mut self,
        place: &Place,
        open: &Logbook,
        counts: Counts,
        visits: Vec<VisitId>,
    ) {
        if visits.is_empty() {
            return;
        }
        let stop = Arc::new(AtomicBool::new(false));
        let (reader, asked, stopped) = (open.store.reader(), place.clone(), stop.clone());
        self.start(place, (stop, None), move || {
            let goes_on = || !stopped.load(Ordering::Relaxed);
            let pairs = caught(|| intake::count_alike(&reader, &visits, goes_on));
            // A file that cannot be read is met by the next question that matters.
            if let Ok(Ok(pairs @ 1..)) = pairs
                && goes_on()
            {
                asked.answer(Answer::ImportedAlike { counts, pairs });
            }
        });
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
fn read(
    place: &Place,
    ready: &Ready,
    (next, pace): (&Receiver<()>, &Pace),
    mut hand: impl FnMut(Batch) -> bool,
) {
    with_reader(place, ready, |reader, plan| {
        let with = (&ready.names, ready.file.as_str(), place.clock.now());
        let hand = |batch| next.recv().is_ok() && hand(batch);
        intake::read_batches(&ready.prepared, reader, plan, with, pace, hand);
    });
}

fn with_reader<T>(place: &Place, ready: &Ready, work: impl FnOnce(&Reader<'_>, &Plan) -> T) -> T {
    let (setup, prepared) = (&ready.setup, &ready.prepared);
    let home = intake::home(&ready.names);
    let gazetteer = Gazetteer::new(&setup.communes, &setup.catalogue, home);
    let parts = (&prepared.sheet, &prepared.table, &prepared.columns);
    let places = (&setup.catalogue, &gazetteer);
    let reader = Reader::new(parts, places, place.clock.today(), ready.citizens);
    let plan = intake::plan(&reader, &ready.prepared.table.rows, ready.given);
    work(&reader, &plan)
}
