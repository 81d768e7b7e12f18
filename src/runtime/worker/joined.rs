//! Logbooks of other units for the one queue: opened by the same passphrase, read beside the open one,
//! written each for itself. What happens to one of them never closes another.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

use super::reads;
use super::remembered::Remembered;
use super::{Order, Place};
use crate::app::{Answer, Effect, Joined, JoinedState};
use crate::domain::{Book, Queued};
use crate::i18n::Text;
use crate::keys::Passphrase;
use crate::runtime::joined::{newest_first, why};
use crate::runtime::logbook::{self, Logbook};
use crate::runtime::panics::{Panicked, caught};
use crate::runtime::{Folder, trouble};
use crate::store::Reader;

/// Visits of one logbook's queue that a screen is given.
const QUEUE: usize = 500;

/// A joined logbook that was opened, or why it was not.
pub(super) struct Opened {
    pub(super) at: u16,
    pub(super) folder: Folder,
    pub(super) logbook: Result<Logbook, Text>,
    /// Whether the logbook that it was opened beside was locked meanwhile.
    pub(super) gone: Arc<AtomicBool>,
}

/// Opens joined logbooks one after another, as long as they are wanted.
pub(super) fn open(
    place: &Place,
    orders: &Sender<Order>,
    (folders, gone): (&[Folder], &Arc<AtomicBool>),
    passphrase: &Passphrase,
) {
    for (at, folder) in (0..).zip(folders) {
        if gone.load(Ordering::Relaxed) {
            return;
        }
        let opened = logbook::unlock(folder, passphrase, &*place.clock);
        let opened = Opened {
            at,
            folder: folder.clone(),
            logbook: opened.map_err(why),
            gone: gone.clone(),
        };
        if orders.send(Order::Joined(Box::new(opened))).is_err() {
            return;
        }
    }
}

/// Tells how a joined logbook stands.
pub(super) fn tell(place: &Place, at: u16, folder: &Folder, state: JoinedState) {
    let folder = folder.path().display().to_string();
    let joined = Box::new(Joined { folder, state });
    place.answer(Answer::Joined { at, joined });
}

/// The readers of joined logbooks.
#[derive(Default)]
pub(super) struct Readers(BTreeMap<u16, (Folder, Reader)>);

impl Readers {
    pub(super) fn put(&mut self, at: u16, reader: (Folder, Reader)) {
        self.0.insert(at, reader);
    }

    pub(super) fn drop(&mut self, at: u16) {
        self.0.remove(&at);
    }

    /// Answers a question about one of them; one that cannot be read is named and left out from then on.
    pub(super) fn answer(&mut self, place: &Place, at: u16, query: Effect) {
        let Some((folder, reader)) = self.0.get(&at) else {
            return;
        };
        match reads::answer(reader, &mut Remembered::default(), query, place) {
            Some(Answer::Failed(failure)) => {
                let why = trouble::in_a_sentence(Answer::Failed(failure));
                tell(place, at, folder, JoinedState::Closed(why));
                self.drop(at);
            }
            Some(answer) => place.answer(answer),
            None => {}
        }
    }

    /// Returns what waits in the open logbook and in the joined ones, newest first.
    pub(super) fn queue(&mut self, place: &Place, number: u64, own: &Reader) -> Option<Answer> {
        let path = place.folder.logbook();
        let mut rows = match caught(|| own.review_queue(QUEUE)) {
            Ok(Ok(rows)) => rows,
            Ok(Err(error)) => return Some(trouble::store(error, &path)),
            Err(Panicked) => return Some(trouble::damaged(&path)),
        };
        let mut broken = Vec::new();
        for (at, (folder, reader)) in &self.0 {
            match caught(|| reader.review_queue(QUEUE)) {
                Ok(Ok(more)) => rows.extend(more.into_iter().map(|queued| Queued {
                    book: Book::Joined(*at),
                    ..queued
                })),
                Ok(Err(error)) => broken.push((*at, trouble::store(error, &folder.logbook()))),
                Err(Panicked) => broken.push((*at, trouble::damaged(&folder.logbook()))),
            }
        }
        for (at, answer) in broken {
            if let Some((folder, _)) = self.0.remove(&at) {
                let why = trouble::in_a_sentence(answer);
                tell(place, at, &folder, JoinedState::Closed(why));
            }
        }
        if !self.0.is_empty() {
            newest_first(&mut rows);
        }
        Some(Answer::ReviewQueue { number, rows })
    }
}
