//! `export`: a table to a file, with a progress line; Ctrl-C stops and leaves what was there.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::args::{Asked, Wish};
use super::desk::Desk;
use super::stop::{Exit, Stop};
use crate::domain::{Citizens, EntityId};
use crate::i18n::Text;
use crate::i18n::messages::{cli, export};
use crate::report::Terms;
use crate::runtime::Clock;
use crate::runtime::export::{Done, ExportError, Order, Work};
use crate::runtime::logbook::{Logbook, moment};
use crate::runtime::outfile::RealDisk;
use crate::runtime::outname::BadName;
use crate::runtime::platform::{self, Notice};
use crate::store::StoreError;

/// A progress line is written after so many rows more.
const STEP: u64 = 5_000;

/// Exports.
pub fn run(desk: &Desk, wish: Wish) -> Result<Exit, Stop> {
    let format = match wish.format {
        Asked::Written(format) => format,
        Asked::Later(name) => return Err(Stop::usage(export::later(name))),
    };
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
        format,
        days: wish.days,
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
        .map_err(|error| Stop::refused(export::failed(shown(&order.path), error.to_string())))?;
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
    done.map_err(|error| refused(error, order, &desk.folder.logbook()))
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

fn refused(error: ExportError, order: &Order, logbook: &Path) -> Stop {
    let path = shown(&order.path);
    Stop::refused(match error {
        ExportError::Name(bad) => misnamed(bad, order),
        ExportError::Logbook(error) => return Stop::write(error, logbook),
        ExportError::Panicked => return Stop::store(StoreError::Damaged("a page"), logbook),
        ExportError::File(error) => match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => export::no_room(path),
            _ => export::failed(path, error.to_string()),
        },
        ExportError::Unlike { written, read } => export::unlike(path, written, read),
        ExportError::Stopped => export::stopped(),
    })
}

fn misnamed(bad: BadName, order: &Order) -> Text {
    let path = shown(&order.path);
    match bad {
        BadName::NoName => export::name_missing(path),
        BadName::Letter => export::name_letter(path),
        BadName::Windows => export::name_windows(path),
        BadName::TooLong => export::name_long(path),
        BadName::OtherFormat => export::name_format(path, order.format.as_str()),
        BadName::NoFolder => export::name_folder(path),
        BadName::NotAFile => export::name_no_file(path),
        BadName::InLogbook => export::name_logbook(path),
    }
}

/// Shows a path on a terminal, whatever letters it has.
fn shown(path: &Path) -> String {
    crate::text::clean::for_screen(&path.display().to_string()).into_owned()
}
