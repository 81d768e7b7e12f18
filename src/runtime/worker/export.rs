//! The thread that writes a table while the screen goes on. Never writes citizens' names.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use directories::BaseDirs;

use super::Place;
use crate::app::{Answer, ExportTable};
use crate::domain::Citizens;
use crate::report::Terms;
use crate::runtime::export::{Order, Work};
use crate::runtime::logbook::Logbook;
use crate::runtime::outfile::RealDisk;
use crate::runtime::trouble;
use crate::store::Reader;

/// A table that is being written; dropped, it is given up and the thread is waited for.
pub(super) struct Exporting {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Exporting {
    /// Starts to write; a machine without room for a thread is told of as a file that was not written.
    pub(super) fn start(place: &Place, open: &Logbook, table: ExportTable) -> Option<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let order = Order {
            table: table.table,
            format: table.format,
            query: table.query.clone(),
            citizens: Citizens::LeftOut,
            path: own_folder(&table.path),
            at: place.clock.now(),
        };
        let (told, failed) = (place.clone(), order.clone());
        let (reader, stopped) = (open.store.reader(), stop.clone());
        let work = move || write(&told, &reader, &table, &order, &stopped);
        let thread = thread::Builder::new().name("export".to_owned()).spawn(work);
        match thread {
            Ok(thread) => Some(Self {
                stop,
                thread: Some(thread),
            }),
            Err(error) => {
                let logbook = open.folder.logbook();
                place.answer(trouble::export(error.into(), failed.place(), &logbook));
                None
            }
        }
    }

    /// Asks it to stop.
    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl Drop for Exporting {
    fn drop(&mut self) {
        self.stop();
        if let Some(thread) = self.thread.take() {
            // What it was about has been said; a panic in it was caught there.
            let _ = thread.join();
        }
    }
}

fn write(place: &Place, reader: &Reader, table: &ExportTable, order: &Order, stop: &AtomicBool) {
    let setup = &table.setup;
    let work = Work {
        reader,
        terms: Terms {
            catalogue: &setup.catalogue,
            communes: &setup.communes,
            speech: setup.speech(table.language),
        },
        disk: &RealDisk,
        logbook: place.folder.path(),
        stop,
    };
    let mut progress = |done, total| place.answer(Answer::Exporting { done, total });
    // No names are asked for, so that there is no showing to write down.
    let done = work.run(order, &mut |_| Ok(()), &mut progress);
    place.answer(match done {
        Ok(done) => Answer::Exported {
            rows: done.rows,
            cut: done.cut,
            path: table.path.clone(),
        },
        Err(error) => trouble::export(error, order.place(), &place.folder.logbook()),
    });
}

/// Puts the person's own folder in the place of `~/`.
pub(super) fn own_folder(typed: &str) -> PathBuf {
    let rest = typed
        .strip_prefix("~/")
        .or_else(|| typed.strip_prefix("~\\"));
    match (rest, BaseDirs::new()) {
        (Some(rest), Some(dirs)) => dirs.home_dir().join(rest),
        (Some(_) | None, _) => PathBuf::from(typed),
    }
}
