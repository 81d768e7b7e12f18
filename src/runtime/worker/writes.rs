//! The thread that owns the open logbook and makes every change to it.

mod change;
mod door;
mod joined;
mod personal;
mod taking;

use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use super::dates;
use super::export::Exporting;
use super::import::Importing;
use super::keys::{self, Opened};
use super::long;
use super::report;
use super::{Ask, Order, Place, Told};
use crate::app::report::ReportAsk;
use crate::app::{Answer, Effect, ExportTable, Failure, LockReason, Secret, TypingKey, Unlocked};
use crate::keys::KeyRing;
use crate::runtime::Folder;
use crate::runtime::logbook::{self, Logbook, OpenError};
use crate::runtime::panics::{Panicked, caught};
use crate::runtime::{ballast, settings, trouble};
use crate::store::{Moment, Store, StoreError, WriteError};

/// The writer's desk: the open logbook lies on it, or nothing.
pub(super) struct Desk {
    place: Place,
    orders: Sender<Order>,
    asks: Sender<Ask>,
    open: Option<Logbook>,
    /// The keys of a logbook that a failed write closed and that could not be opened again yet.
    shut: Option<(Folder, Arc<KeyRing>)>,
    /// The table that is being written.
    exporting: Option<Exporting>,
    /// The paper that is being written.
    paper: Option<report::Writing>,
    /// The table that is looked at or taken in.
    importing: Importing,
    /// The backup that is being made; it holds the file open.
    backup: Option<JoinHandle<()>>,
    joined: joined::Shelf,
}

/// Whether the writer goes on.
enum Next {
    On,
    End,
}

impl Desk {
    pub(super) fn new(place: Place, orders: Sender<Order>, asks: Sender<Ask>) -> Self {
        Self {
            joined: joined::Shelf::new(&place),
            place,
            orders,
            asks,
            open: None,
            shut: None,
            exporting: None,
            paper: None,
            importing: Importing::default(),
            backup: None,
        }
    }

    pub(super) fn run(mut self, orders: &Receiver<Order>) {
        while let Ok(order) = orders.recv() {
            let next = match order {
                Order::Opened(opened) => {
                    self.opened(*opened);
                    Next::On
                }
                Order::Joined(opened) => {
                    self.join(*opened);
                    Next::On
                }
                Order::BackedUp(ended) => {
                    self.backed_up(*ended);
                    Next::On
                }
                Order::Import(told) => {
                    self.import(|importing, place, open, now| {
                        importing.step(place, open, told, now)
                    });
                    Next::On
                }
                Order::Do(effect) => self.act(effect),
            };
            match next {
                Next::On => {}
                Next::End => break,
            }
        }
        self.part();
        self.close();
        (self.place.tell)(Told::Finished);
    }

    fn act(&mut self, effect: Effect) -> Next {
        match effect {
            Effect::Create(new) => keys::create(&self.place, &self.orders, *new),
            Effect::Unlock(secret) => {
                let joined = self.joined.wanted(&self.place);
                keys::unlock(&self.place, &self.orders, joined, secret);
            }
            Effect::Lock => {
                self.part();
                self.close();
                self.place.answer(Answer::Locked(LockReason::Key));
            }
            Effect::Quit => return Next::End,
            Effect::ChangePassphrase { old, new } => {
                if let Some(open) = &self.open {
                    keys::change(&self.place, open.ring.clone(), old, new);
                }
            }
            Effect::ChangeSettings(layer) => {
                if let Some(path) = &self.place.settings
                    && let Err(error) = settings::write(path, layer)
                {
                    self.place.answer(trouble::store(error.into(), path));
                }
            }
            Effect::Export(table) => self.export(*table),
            Effect::Report(asked) => self.report(asked),
            Effect::StopExport => {
                if let Some(running) = &self.exporting {
                    running.stop();
                }
            }
            Effect::ReadTable(table) => self.look(table),
            Effect::ChangeTable(change) => {
                if let Some(open) = &self.open {
                    self.importing.change(&self.place, open, change);
                }
            }
            Effect::TakeIn => self.importing.take_in(&self.place, &self.orders),
            Effect::StopImport => {
                self.import(|importing, place, open, _| importing.stop(place, open));
            }
            Effect::BackUp(target) => self.back_up(target),
            Effect::Compact(secret) => self.compact(&secret),
            Effect::Personal(deed) => self.personal(*deed),
            Effect::Sync(target) => self.sync(&target),
            Effect::InJoined(at, effect) => self.write_joined(at, *effect),
            Effect::ConfirmAll(visits) => self.confirm_all(&visits),
            Effect::Invite { .. } | Effect::ReadRequest(_) | Effect::Admit(_) => {
                self.at_the_door(&effect);
            }
            Effect::Join(folder) => self.note_join(&folder),
            other => self.write(other),
        }
        Next::On
    }

    fn back_up(&mut self, target: String) {
        let (Some(open), None) = (&self.open, &self.backup) else {
            return;
        };
        let from = (open.store.reader(), open.ring.clone());
        self.backup = long::back_up(&self.place, &self.orders, from, target);
    }

    /// Takes note of a backup that was made, for the day it is old.
    fn backed_up(&mut self, ended: long::Ended) {
        self.backup = None;
        let Some(open) = &self.open else {
            return;
        };
        self.place.answer(match ended {
            Err(answer) => answer,
            Ok(made) => {
                // The backup is there; a note that is missing only reminds too early.
                let _ = caught(|| open.store.note_copy(&made.contents));
                Answer::BackedUp {
                    path: made.path.display().to_string(),
                    entries: made.contents.entries,
                    bytes: made.bytes,
                }
            }
        });
    }

    fn compact(&mut self, secret: &Secret) {
        self.end_backup();
        let Some(open) = &self.open else {
            return;
        };
        match long::compact(&self.place, open, secret) {
            Err(answer) => self.place.answer(answer),
            Ok((logbook, before, after)) => {
                self.close();
                self.install(logbook);
                self.place.answer(Answer::Compacted { before, after });
            }
        }
    }

    /// Exchanges in the writer's own time: behind a box that lets nothing else be done.
    fn sync(&mut self, target: &str) {
        if let Err(answer) = self.reopen() {
            self.place.answer(answer);
            return;
        }
        let Some(open) = &mut self.open else {
            return;
        };
        let own = match long::sync(&self.place, open, target) {
            Ok(own) => own,
            Err(answer) => return self.place.answer(answer),
        };
        let (did, moved, names) = own;
        if !moved.is_empty() {
            self.place.answer(Answer::DatesMoved(moved));
        }
        let (did, wrong) = self.sync_joined(target, did);
        let names = Box::new(names);
        self.place.answer(Answer::Synced { did, names });
        if let Some(wrong) = wrong {
            self.place.answer(wrong);
        }
    }

    /// Stops the backup that is being made, and waits until it lets go of the file.
    fn end_backup(&mut self) {
        if let Some(backup) = self.backup.take() {
            self.place.stop.store(true, Ordering::Relaxed);
            let _ = backup.join();
        }
    }

    /// Takes over what the derived keys opened.
    fn opened(&mut self, opened: Opened) {
        let answers = opened.logbook.and_then(|logbook| {
            let lost = logbook.lost.map(trouble::lost);
            let path = logbook.folder.logbook();
            let mut logbook = logbook;
            let moved = caught(|| dates::reckon(&self.place, &mut logbook.store));
            let moved = settle(moved, &path)?;
            let first = caught(|| unlocked(&logbook.store));
            let unlocked = settle(first, &path)?;
            self.install(logbook);
            Ok((unlocked, lost, moved))
        });
        match answers {
            Ok((unlocked, lost, moved)) => {
                self.place.answer(Answer::Unlocked(Box::new(unlocked)));
                self.joined.announce(&self.place);
                if let Some(lost) = lost {
                    self.place.answer(Answer::Lost(lost));
                }
                if !moved.is_empty() {
                    self.place.answer(Answer::DatesMoved(moved));
                }
                // Last: who has copied the secret finds the logbook open behind it.
                if let Some(recovery) = opened.recovery {
                    self.place.answer(Answer::Created { recovery });
                }
                self.read_names();
            }
            Err(answer) => self.place.answer(answer),
        }
    }

    /// Reads what was typed before, which the form offers and no list needs: the first screen stands by now.
    fn read_names(&self) {
        let Some(open) = &self.open else { return };
        let names = caught(|| Ok(open.store.reader().names()?));
        let answer = match settle(names, &open.folder.logbook()) {
            Ok(names) => Answer::NamesRead(Box::new(names)),
            Err(answer) => answer,
        };
        self.place.answer(answer);
    }

    fn install(&mut self, logbook: Logbook) {
        let reader = Box::new(logbook.store.reader());
        self.open = Some(logbook);
        // Without a reader thread there is no screen left to answer.
        let _ = self.asks.send(Ask::Install(reader));
    }

    /// Closes the file and forgets the keys, once the reader has let go of it.
    fn close(&mut self) {
        self.end_backup();
        let (closed, wait) = channel();
        if self.asks.send(Ask::Close(closed)).is_ok() {
            // Nothing is ever sent: it returns when the reader has dropped its end.
            let _ = wait.recv();
        }
        // Dropped, it stops and lets go of the file.
        self.exporting = None;
        self.paper = None;
        self.importing.let_go();
        self.open = None;
        self.shut = None;
    }

    /// Writes a paper, or closes a period.
    fn report(&mut self, asked: ReportAsk) {
        if let Err(answer) = self.reopen() {
            self.place.answer(answer);
            return;
        }
        let Some(open) = &mut self.open else {
            return;
        };
        match asked {
            ReportAsk::Write(wish) => {
                // One at a time.
                self.paper = None;
                self.paper = report::write(&self.place, open, *wish);
            }
            ReportAsk::Close { period, setup } => {
                let answer = report::close(&self.place, open, period, &setup);
                self.place.answer(answer);
            }
            // The reader answers these.
            ReportAsk::Numbers { .. } | ReportAsk::Behind { .. } => {}
        }
    }

    fn export(&mut self, table: ExportTable) {
        if let Err(answer) = self.reopen() {
            self.place.answer(answer);
        } else if let Some(open) = &self.open {
            // One at a time: what is still being written is given up first.
            self.exporting = None;
            self.exporting = Exporting::start(&self.place, open, table);
        }
    }

    /// Closes the file and keeps its keys at hand, to open it again.
    fn shut(&mut self) -> Option<Folder> {
        let open = self.open.as_ref()?;
        let (folder, ring) = (open.folder.clone(), open.ring.clone());
        self.close();
        self.shut = Some((folder.clone(), ring));
        Some(folder)
    }

    /// Opens again what a failed write closed.
    fn reopen(&mut self) -> Result<(), Answer> {
        let Some((folder, ring)) = self.shut.take() else {
            return Ok(());
        };
        match logbook::reopen(&folder, ring.clone()) {
            Ok(logbook) => {
                self.install(logbook);
                Ok(())
            }
            Err(error) => {
                self.shut = Some((folder, ring));
                Err(match error {
                    // A stick that was pulled out comes back; the screen stays as it is.
                    OpenError::Missing(path) => {
                        let gone = io::Error::from(io::ErrorKind::NotFound);
                        trouble::store(gone.into(), &path)
                    }
                    error => trouble::not_opened(error),
                })
            }
        }
    }

    fn write(&mut self, effect: Effect) {
        if let Err(answer) = self.reopen() {
            self.place.answer(answer);
            return;
        }
        let Some(open) = &mut self.open else {
            return;
        };
        let now = logbook::moment(&*self.place.clock);
        let mut retry = None;
        if let Effect::KeepTyping { key, bytes } = &effect {
            retry = Some((*key, bytes.clone()));
        }
        let done = caught(|| change::change(&open.store, effect, now, &mut open.ids));
        self.made(done, retry, now);
    }

    /// Answers for a change that was made or not.
    fn made(
        &mut self,
        done: Result<Result<Vec<Answer>, WriteError>, Panicked>,
        retry: Option<(TypingKey, Vec<u8>)>,
        now: Moment,
    ) {
        let Some(path) = self.open.as_ref().map(|open| open.folder.logbook()) else {
            return;
        };
        match done {
            Ok(Ok(answers)) => answers
                .into_iter()
                .for_each(|answer| self.place.answer(answer)),
            Ok(Err(WriteError::Store(error @ (StoreError::DiskFull | StoreError::Io(_))))) => {
                self.after_full_disk(error, retry, now);
            }
            Ok(Err(error)) => self.place.answer(trouble::write(error, &path)),
            Err(Panicked) => {
                self.close();
                let path = path.display().to_string();
                self.place.answer(Answer::Failed(Failure::Damaged { path }));
            }
        }
    }

    /// After a failed write redb takes no other until the file is opened again. A full disk gets
    /// the ballast's room; typing is then tried once more.
    fn after_full_disk(
        &mut self,
        error: StoreError,
        retry: Option<(TypingKey, Vec<u8>)>,
        now: Moment,
    ) {
        let Some(folder) = self.shut() else {
            return;
        };
        if matches!(error, StoreError::DiskFull) {
            // Where it cannot be released either, the sentence below says what is to be done.
            let _ = ballast::release(&folder.ballast());
        }
        let answer = trouble::store(error, &folder.logbook());
        if let Err(answer) = self.reopen() {
            self.place.answer(answer);
            return;
        }
        if let (Some((key, bytes)), Some(open)) = (retry, &self.open) {
            let kept = caught(|| open.store.keep_typing(key.0, now.now, &bytes));
            if matches!(kept, Ok(Ok(()))) {
                self.place.answer(Answer::Kept { key, at: now.now });
            } else {
                // Left open it would answer the next change with this failure, not with its cause.
                self.shut();
                if let Err(answer) = self.reopen() {
                    self.place.answer(answer);
                    return;
                }
            }
        }
        self.place.answer(answer);
    }
}

/// Reads what the screens need first.
fn unlocked(store: &Store) -> Result<Unlocked, WriteError> {
    let reader = store.reader();
    let typing = reader.typing()?.into_iter();
    Ok(Unlocked {
        profile: reader.profile()?,
        me: reader.identity()?.me,
        names: reader.record_names()?,
        typing: typing
            .map(|(key, at, bytes)| (TypingKey(key), at, bytes))
            .collect(),
    })
}

fn settle<T>(
    done: Result<Result<T, WriteError>, Panicked>,
    path: &std::path::Path,
) -> Result<T, Answer> {
    match done {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(trouble::write(error, path)),
        Err(Panicked) => Err(Answer::Failed(Failure::Damaged {
            path: path.display().to_string(),
        })),
    }
}

#[cfg(test)]
mod tests;
