//! The writer's side of joined logbooks: each is written by itself, and closed by itself when it cannot be.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;

use super::Desk;
use super::change;
use crate::app::{Answer, Effect, Failure, JoinedState, Synced};
use crate::domain::{Book, VisitId};
use crate::i18n::messages::joined as messages;
use crate::runtime::joined::is_known;
use crate::runtime::logbook::{self, Logbook};
use crate::runtime::panics::{Panicked, caught};
use crate::runtime::worker::export::own_folder;
use crate::runtime::worker::joined::{Opened, tell};
use crate::runtime::worker::{Ask, Place, long};
use crate::runtime::{Folder, settings, trouble};
use crate::store::{Moment, WriteError};

/// The joined logbooks that are open, and the folders of all.
pub(super) struct Shelf {
    folders: Vec<PathBuf>,
    open: BTreeMap<u16, Logbook>,
    /// Tells who still opens some that they are wanted no more.
    gone: Arc<AtomicBool>,
}

impl Shelf {
    pub(super) fn new(place: &Place) -> Self {
        Self {
            folders: place.setup.joined.clone(),
            open: BTreeMap::new(),
            gone: Arc::default(),
        }
    }

    /// Gives the folders that are to be opened with the logbook, and what stops that.
    pub(super) fn wanted(&mut self, place: &Place) -> (Vec<Folder>, Arc<AtomicBool>) {
        self.gone = Arc::default();
        let folders = self.folders.iter().map(|path| place.folder.beside(path));
        (folders.collect(), self.gone.clone())
    }

    /// Says that they are being opened.
    pub(super) fn announce(&self, place: &Place) {
        for (at, path) in (0..).zip(&self.folders) {
            tell(place, at, &place.folder.beside(path), JoinedState::Opening);
        }
    }
}

impl Desk {
    /// Takes over a joined logbook; one that is open already is closed again.
    pub(super) fn join(&mut self, opened: Opened) {
        let Opened {
            at,
            folder,
            logbook,
            gone,
        } = opened;
        if gone.load(Ordering::Relaxed) || self.open.is_none() {
            return;
        }
        let state = logbook.and_then(|logbook| {
            let known = self.open.iter().chain(self.joined.open.values());
            let known = known.map(|open| open.store.reader().identity().ok().map(|i| i.logbook));
            if is_known(&logbook, &known.collect::<Vec<_>>()) {
                return Err(messages::twice());
            }
            let names = caught(|| logbook.store.reader().record_names());
            let names = match names {
                Ok(Ok(names)) => names,
                Ok(Err(error)) => {
                    let answer = trouble::store(error, &folder.logbook());
                    return Err(trouble::in_a_sentence(answer));
                }
                Err(Panicked) => {
                    let answer = trouble::damaged(&folder.logbook());
                    return Err(trouble::in_a_sentence(answer));
                }
            };
            let reader = Box::new((folder.clone(), logbook.store.reader()));
            let _ = self.asks.send(Ask::Join(at, Some(reader)));
            self.joined.open.insert(at, logbook);
            Ok(names)
        });
        let state = match state {
            Ok(names) => JoinedState::Open(Box::new(names)),
            Err(why) => JoinedState::Closed(why),
        };
        tell(&self.place, at, &folder, state);
    }

    /// Closes all joined logbooks, once the reader has let go of them.
    pub(super) fn part(&mut self) {
        self.joined.gone.store(true, Ordering::Relaxed);
        let (closed, wait) = channel();
        if self.asks.send(Ask::Part(closed)).is_ok() {
            let _ = wait.recv();
        }
        self.joined.open.clear();
    }

    /// Makes a change in a joined logbook.
    pub(super) fn write_joined(&mut self, at: u16, effect: Effect) {
        let now = logbook::moment(&*self.place.clock);
        let Some(open) = self.joined.open.get_mut(&at) else {
            return;
        };
        let done = caught(|| change::change(&open.store, effect, now, &mut open.ids));
        match self.settled(at, done) {
            Ok(answers) => answers.into_iter().for_each(|a| self.place.answer(a)),
            Err(answer) => self.place.answer(answer),
        }
    }

    /// Says why a change of a joined logbook was not made. Where its file takes no more, it is closed.
    fn settled<T>(
        &mut self,
        at: u16,
        done: Result<Result<T, WriteError>, Panicked>,
    ) -> Result<T, Answer> {
        let Some(folder) = self.joined.open.get(&at).map(|open| open.folder.clone()) else {
            return Err(Answer::NotDone(messages::missing()));
        };
        let answer = match done {
            Ok(Ok(done)) => return Ok(done),
            Ok(Err(WriteError::Store(error))) => trouble::store(error, &folder.logbook()),
            Ok(Err(error)) => return Err(trouble::write(error, &folder.logbook())),
            Err(Panicked) => trouble::damaged(&folder.logbook()),
        };
        let why = trouble::in_a_sentence(answer);
        let _ = self.asks.send(Ask::Join(at, None));
        self.joined.open.remove(&at);
        tell(&self.place, at, &folder, JoinedState::Closed(why.clone()));
        Err(Answer::NotDone(why))
    }

    /// Exchanges the joined logbooks with the same place; adds up what was done, and says what went wrong.
    pub(super) fn sync_joined(&mut self, target: &str, own: Synced) -> (Synced, Option<Answer>) {
        let (mut all, mut wrong) = (own, None);
        let mut broken = Vec::new();
        for (at, open) in &mut self.joined.open {
            let unit = open.store.reader().unit().unwrap_or_default();
            match long::sync(&self.place, open, target) {
                Ok((did, _, names)) => {
                    all = all.and(did);
                    let state = JoinedState::Open(Box::new(names));
                    tell(&self.place, *at, &open.folder, state);
                }
                Err(answer) => {
                    let is_broken = matches!(answer, Answer::Failed(_));
                    let why = trouble::in_a_sentence(answer);
                    if is_broken {
                        broken.push((*at, open.folder.clone(), why.clone()));
                    }
                    wrong = Some(Answer::NotSynced(messages::not_synced(unit, why)));
                }
            }
        }
        for (at, folder, why) in broken {
            let _ = self.asks.send(Ask::Join(at, None));
            self.joined.open.remove(&at);
            tell(&self.place, at, &folder, JoinedState::Closed(why));
        }
        (all, wrong)
    }

    /// Confirms visits logbook by logbook: in each all of them or none. The first that is refused ends it.
    pub(super) fn confirm_all(&mut self, visits: &[(Book, VisitId, [u8; 32])]) {
        if let Err(answer) = self.reopen() {
            self.place.answer(answer);
            return;
        }
        let now = logbook::moment(&*self.place.clock);
        let mut books: Vec<Book> = visits.iter().map(|(book, ..)| *book).collect();
        books.sort_unstable();
        books.dedup();
        let mut confirmed = 0;
        let mut refused = None;
        for book in books {
            let of_book = visits.iter().filter(|(of, ..)| *of == book);
            let of_book: Vec<_> = of_book.map(|(_, visit, seen)| (*visit, *seen)).collect();
            match self.confirm_in(book, &of_book, now) {
                Ok(()) => confirmed += of_book.len(),
                Err(answer) => {
                    refused = Some(answer);
                    break;
                }
            }
        }
        if confirmed > 0 {
            self.place.answer(Answer::ConfirmedAll(confirmed));
        }
        if let Some(answer) = refused {
            self.place.answer(answer);
        }
    }

    fn confirm_in(
        &mut self,
        book: Book,
        visits: &[(VisitId, [u8; 32])],
        now: Moment,
    ) -> Result<(), Answer> {
        let open = match book {
            Book::Own => self.open.as_mut(),
            Book::Joined(at) => self.joined.open.get_mut(&at),
        };
        let Some(open) = open else {
            return Err(Answer::NotDone(messages::missing()));
        };
        let path = open.folder.logbook();
        let done = caught(|| {
            open.store.confirm_all(visits, now, &mut open.ids)?;
            let mut looked = visits.iter();
            looked.try_for_each(|(visit, _)| Ok(open.store.look(*visit)?))
        });
        match (book, done) {
            (Book::Joined(at), done) => self.settled(at, done),
            (Book::Own, Ok(done)) => done.map_err(|error| trouble::write(error, &path)),
            (Book::Own, Err(Panicked)) => {
                self.close();
                let path = path.display().to_string();
                Err(Answer::Failed(Failure::Damaged { path }))
            }
        }
    }

    /// Writes the folder of a further logbook into the settings; it is opened with the next unlocking.
    pub(super) fn note_join(&mut self, typed: &str) {
        let folder = self.place.folder.beside(&own_folder(typed));
        let noted = settings::join(self.place.settings.as_deref(), &self.place.folder, &folder);
        self.place.answer(match noted {
            Ok(path) => {
                let shown = path.display().to_string();
                if !self.joined.folders.contains(&path) {
                    self.joined.folders.push(path);
                }
                Answer::JoinNoted(shown)
            }
            Err(why) => Answer::NotDone(why),
        });
    }
}
