//! Backups beside the writer, and compacting in its place: both tell how far they are and end early
//! where that is asked.

use std::fs;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::Sender;
use std::thread::JoinHandle;

use super::export::own_folder;
use super::{Order, Place};
use crate::app::{Answer, Failure, MovedDate, Refusal, Secret, Synced};
use crate::domain::Names;
use crate::exchange::Flow;
use crate::keys::{KeyFiles, KeyRing, Passphrase, Work};
use crate::runtime::backup::{self, Made, Source};
use crate::runtime::compact::{self, Keys};
use crate::runtime::logbook::Logbook;
use crate::runtime::panics::{Panicked, caught};
use crate::runtime::{SystemDisk, chance, exchange, trouble};
use crate::store::{Progress, Reader};

/// How a backup ended.
pub(super) type Ended = Result<Made, Answer>;

/// Words of progress on the way.
const WORDS: u64 = 200;

/// Begins a backup in a thread of its own, on a snapshot; the writer goes on meanwhile.
pub(super) fn back_up(
    place: &Place,
    orders: &Sender<Order>,
    (reader, ring): (Reader, Arc<KeyRing>),
    target: String,
) -> Option<JoinHandle<()>> {
    place.stop.store(false, Ordering::Relaxed);
    let (at, back) = (place.clone(), orders.clone());
    let work = move || {
        let source = Source {
            reader,
            ring: &ring,
            folder: &at.folder,
            now: at.clock.now(),
            today: at.clock.today(),
        };
        let path = at.folder.logbook();
        let target = own_folder(&target);
        let made = caught(|| {
            backup::back_up(&SystemDisk, &source, &target, &mut progress(&at))
                .map_err(|error| trouble::backup(error, &path))
        });
        drop(source);
        let ended = made.unwrap_or_else(|Panicked| Err(damaged(&at)));
        drop(back.send(Order::BackedUp(Box::new(ended))));
    };
    let thread = std::thread::Builder::new().name("backup".to_owned());
    match thread.spawn(work) {
        Ok(thread) => Some(thread),
        Err(error) => {
            place.answer(super::keys::no_thread(place, &error));
            None
        }
    }
}

/// Compacts the open logbook; returns it under its new key, with the sizes before and after.
pub(super) fn compact(
    place: &Place,
    open: &Logbook,
    secret: &Secret,
) -> Result<(Logbook, u64, u64), Answer> {
    place.stop.store(false, Ordering::Relaxed);
    let path = open.folder.logbook();
    let size = || fs::metadata(&path).map_or(0, |file| file.len());
    let before = size();
    let wrong = |_| Answer::Refused(Refusal::WrongPassphrase);
    let passphrase = Passphrase::new(secret.expose()).map_err(wrong)?;
    let files = KeyFiles::new(&SystemDisk, open.folder.path());
    let keys = Keys {
        ring: files.open(&passphrase).map_err(trouble::keys)?,
        passphrase: &passphrase,
        work: Work::STANDARD,
    };
    let done = caught(|| {
        let (tell, entropy) = (&mut progress(place), &mut chance::entropy);
        compact::compact(&SystemDisk, &open.folder, &open.store, keys, entropy, tell)
    });
    let done = done.map_err(|Panicked| damaged(place))?;
    let compacted = done.map_err(|error| trouble::compact(error, &path))?;
    let logbook = compacted.into_logbook(&open.folder);
    Ok((logbook, before, size()))
}

/// What an exchange did, the dates that moved with it, and the names after it.
pub(super) type Exchanged = (Synced, Vec<MovedDate>, Names);

/// Exchanges with a place.
pub(super) fn sync(place: &Place, open: &mut Logbook, target: &str) -> Result<Exchanged, Answer> {
    place.stop.store(false, Ordering::Relaxed);
    let path = open.folder.logbook();
    let at = own_folder(target).display().to_string();
    let done = caught(|| {
        let mut tell = |done, total| {
            place.answer(Answer::Working { done, total });
            match place.stop.load(Ordering::Relaxed) {
                true => Flow::Stop,
                false => Flow::GoOn,
            }
        };
        let report = exchange::sync(open, &at, &*place.clock, &mut tell)?;
        // What came may have made the views anew, and the dates with them.
        let moved = super::dates::reckon(place, &mut open.store)?;
        let names = open.store.reader().names()?;
        Ok((report, moved, names))
    });
    let (report, moved, names) = match done {
        Err(Panicked) => return Err(trouble::damaged(&path)),
        Ok(done) => done.map_err(|error| trouble::exchange(error, &at, &path))?,
    };
    let did = Synced {
        taken: report.entries_in,
        given: report.entries_out,
        waiting: report.waiting,
        quarantined: report.quarantined,
        erased: report.erased,
        forks: report.forks,
    };
    Ok((did, moved, names))
}

fn damaged(place: &Place) -> Answer {
    let path = place.folder.logbook().display().to_string();
    Answer::Failed(Failure::Damaged { path })
}

/// Tells how far the work is, and whether it shall go on.
fn progress(place: &Place) -> impl FnMut(Progress) -> ControlFlow<()> + '_ {
    let mut said = None;
    move |Progress { done, total }| {
        if place.stop.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        let part = (WORDS * done).checked_div(total);
        if part != said {
            said = part;
            place.answer(Answer::Working { done, total });
        }
        ControlFlow::Continue(())
    }
}
