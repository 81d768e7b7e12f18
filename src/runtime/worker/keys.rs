//! Deriving keys from passphrases, each time in a thread of its own: it takes long, and typing is
//! kept meanwhile.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::Sender;

use super::{Order, Place, joined, spawn};
use crate::app::{Answer, NewLogbook, Refusal, Secret, system_text};
use crate::keys::{KeyFiles, KeyRing, Passphrase, Work};
use crate::runtime::logbook::{self, Logbook};
use crate::runtime::{Folder, SystemDisk, trouble};

/// What came out: an open logbook, with the recovery secret of a new one, or why not.
pub(super) struct Opened {
    pub(super) recovery: Option<Secret>,
    pub(super) logbook: Result<Logbook, Answer>,
}

/// Makes a logbook.
pub(super) fn create(place: &Place, orders: &Sender<Order>, new: NewLogbook) {
    let clock = place.clock.clone();
    let folder = place.folder.clone();
    derive(place, orders, move || {
        let made = passphrase(&new.passphrase).and_then(|passphrase| {
            let made = logbook::create(&folder, new.profile, &passphrase, &*clock);
            made.map_err(trouble::not_opened)
        });
        match made {
            Ok((logbook, paper)) => Opened {
                recovery: Some(Secret::new(paper.expose().to_owned())),
                logbook: Ok(logbook),
            },
            Err(answer) => Opened {
                recovery: None,
                logbook: Err(answer),
            },
        }
    });
}

/// Opens a logbook, and behind it with the same passphrase those that are joined to it.
pub(super) fn unlock(
    place: &Place,
    orders: &Sender<Order>,
    (folders, gone): (Vec<Folder>, Arc<AtomicBool>),
    secret: Secret,
) {
    let (at, back) = (place.clone(), orders.clone());
    let job = move || {
        // One too short was never accepted as a passphrase, so it is a wrong one.
        let typed = Passphrase::new(secret.expose());
        let typed = typed.map_err(|_| Answer::Refused(Refusal::WrongPassphrase));
        let opened = typed.and_then(|typed| {
            let logbook = logbook::unlock(&at.folder, &typed, &*at.clock);
            Ok((logbook.map_err(trouble::not_opened)?, typed))
        });
        let (logbook, typed) = match opened {
            Ok((logbook, typed)) => (Ok(logbook), Some(typed)),
            Err(answer) => (Err(answer), None),
        };
        let recovery = None;
        let opened = Opened { recovery, logbook };
        let told = back.send(Order::Opened(Box::new(opened)));
        if let (Ok(()), Some(typed)) = (told, typed) {
            joined::open(&at, &back, (&folders, &gone), &typed);
        }
    };
    if let Err(error) = spawn("keys", job) {
        place.answer(no_thread(place, &error));
    }
}

/// Puts the keys under another passphrase, where the old one is right.
pub(super) fn change(place: &Place, ring: Arc<KeyRing>, old: Secret, new: Secret) {
    let at = place.clone();
    let work = move || {
        let files = KeyFiles::new(&SystemDisk, at.folder.path());
        let changed = passphrase(&new).and_then(|new| {
            let old = Passphrase::new(old.expose());
            let old = old.map_err(|_| Answer::Refused(Refusal::WrongPassphrase))?;
            files.open(&old).map_err(trouble::keys)?;
            let changed = files.change_passphrase(&ring, &new, Work::STANDARD);
            changed.map_err(trouble::keys)
        });
        at.answer(changed.map_or_else(|answer| answer, |()| Answer::PassphraseChanged));
    };
    if let Err(error) = spawn("keys", work) {
        place.answer(no_thread(place, &error));
    }
}

fn passphrase(typed: &Secret) -> Result<Passphrase, Answer> {
    Passphrase::new(typed.expose()).map_err(|_| Answer::Refused(Refusal::ShortPassphrase))
}

fn derive(place: &Place, orders: &Sender<Order>, work: impl FnOnce() -> Opened + Send + 'static) {
    let back = orders.clone();
    let job = move || drop(back.send(Order::Opened(Box::new(work()))));
    if let Err(error) = spawn("keys", job) {
        place.answer(no_thread(place, &error));
    }
}

pub(super) fn no_thread(place: &Place, error: &std::io::Error) -> Answer {
    let path = place.folder.path().display().to_string();
    let why = system_text(error);
    Answer::Refused(Refusal::Io { path, why })
}
