//! `export`: a table to a file, with a progress line; Ctrl-C stops and leaves what was there.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::args::Wish;
use super::desk::Desk;
use super::stop::{Exit, Stop};
use crate::app::system_text;
use crate::domain::{Citizens, EntityId, Filters, ListQuery, Sort};
use crate::i18n::messages::{cli, export};
use crate::report::Terms;
use crate::runtime::Clock;
use crate::runtime::export::{Done, Order, Work};
use crate::runtime::logbook::{Logbook, moment};
use crate::runtime::outfile::RealDisk;
use crate::runtime::platform::{self, Notice};
use crate::runtime::trouble;

/// A progress line is written after so many rows more.
const STEP: u64 = 5_000;

/// Exports.
pub fn run(desk: &Desk, wish: Wish) -> Result<Exit, Stop> {
    let mut citizens = wish.citizens;
    if citizens == Citizens::Named && !wish.table.has_names() {
        desk.say(&export::no_names_there());
        citizens = Citizens::LeftOut;
    }
    let mut logbook = desk.open()?;
    if citizens == Citizens::Named {
        let profile = desk.with(|| Ok(logbook.store.reader().profile()?))?;
        if !profile.role.keeps_names() {
            return Err(Stop::refused(export::names_not_held()));
        }
    }
    let order = Order {
        table: wish.table,
        format: wish.format,
        query: ListQuery {
            words: String::new(),
            filters: Filters {
                from: wish.days.from,
                to: wish.days.to,
                ..Filters::default()
            },
            sort: Sort::OldestFirst,
            offset: 0,
            limit: 0,
            labels: Vec::new(),
        },
        citizens,
        path: wish.path,
        at: desk.clock.now(),
    };
    let done = write(desk, &mut logbook, &order)?;
    desk.say(&export::done(done.rows, shown(&order.path)));
    if done.cut > 0 {
        desk.say(&export::cut(done.cut));
    }
    Ok(Exit::Done)
}

fn write(desk: &Desk, logbook: &mut Logbook, order: &Order) -> Result<Done, Stop> {
    let setup = desk.setup()?;
    let reader = logbook.store.reader();
    let stop = stopped_by_signals()
        .map_err(|error| Stop::refused(export::failed(shown(&order.path), system_text(&error))))?;
    let work = Work {
        reader: &reader,
        terms: Terms {
            catalogue: &setup.catalogue,
            communes: &setup.communes,
            speech: &desk.speech,
        },
        disk: &RealDisk,
        logbook: desk.folder.path(),
        stop: &stop,
    };
    let (store, ids) = (&logbook.store, &mut logbook.ids);
    let mut record = |names: &[EntityId]| store.show_all(names, moment(&desk.clock), ids);
    let mut said = 0;
    let mut progress = |done: u64, total: u64| {
        if done == total || done >= said + STEP {
            said = done;
            desk.say(&cli::progress(done, total));
        }
    };
    let done = work.run(order, &mut record, &mut progress);
    done.map_err(|error| trouble::export(error, order.place(), &desk.folder.logbook()).into())
}

/// Returns what a signal to end sets.
fn stopped_by_signals() -> std::io::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let told = stop.clone();
    platform::watch(move |notice| match notice {
        Notice::End => told.store(true, Ordering::Relaxed),
        // Where it cannot be stopped for a while, it goes on.
        Notice::Stop => drop(platform::stop()),
        Notice::GoOn => {}
    })?;
    Ok(stop)
}

/// Shows a path on a terminal, whatever letters it has.
fn shown(path: &Path) -> String {
    crate::text::clean::for_screen(&path.display().to_string()).into_owned()
}
