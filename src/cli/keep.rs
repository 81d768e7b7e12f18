//! `backup`, `restore` and `compact`: each checks what it made before it says done.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use super::desk::Desk;
use super::secret::Opener;
use super::stop::{Exit, Stop};
use crate::app::megabytes;
use crate::i18n::messages::{cli, keep};
use crate::keys::{KeyFiles, Passphrase, Work};
use crate::runtime::backup::{self, Source};
use crate::runtime::compact::{self, Keys};
use crate::runtime::logbook::Logbook;
use crate::runtime::panics::{Panicked, caught};
use crate::runtime::restore::{self, Under};
use crate::runtime::{Clock, Folder, SystemDisk, chance, trouble};
use crate::store::{Progress, StoreError};

/// Writes the logbook into one file.
pub fn back_up(desk: &Desk, target: &Path) -> Result<Exit, Stop> {
    let open = desk.open()?;
    let source = Source {
        reader: open.store.reader(),
        ring: &open.ring,
        folder: &open.folder,
        now: desk.clock.now(),
        today: desk.clock.today(),
    };
    let made = guarded(desk, || {
        backup::back_up(&SystemDisk, &source, target, &mut progress(desk))
    })?;
    let logbook = desk.folder.logbook();
    let made = made.map_err(|error| Stop::from(trouble::backup(error, &logbook)))?;
    desk.with(|| Ok(open.store.note_copy(&made.contents)?))?;
    desk.say(&keep::backed_up(
        made.contents.entries,
        made.path.display().to_string(),
        megabytes(made.bytes),
    ));
    Ok(Exit::Done)
}

/// Puts a backup back.
pub fn put_back(desk: &Desk, file: &Path, to: &Path) -> Result<Exit, Stop> {
    let to = Folder::choose(Some(to)).unwrap_or_else(|| desk.folder.clone());
    let refused = |error| Stop::from(trouble::backup(error, &to.logbook()));
    let opener = desk.source().opener()?;
    let old = restore::keys(&SystemDisk, file, &opener.as_ref()).map_err(refused)?;
    let passphrase = match opener {
        Opener::Passphrase(passphrase) => passphrase,
        // The paper opens it; what opens it from now on has to be asked for.
        Opener::Recovery(_) => desk.source().ask_new()?,
    };
    let under = Under {
        passphrase: &passphrase,
        work: Work::STANDARD,
        clock: &desk.clock,
    };
    let there = to.path().exists();
    let back = guarded(desk, || {
        restore::restore(&SystemDisk, file, &old, &to, &under, &mut progress(desk))
    });
    let back = back.and_then(|back| back.map_err(refused));
    if back.is_err() && !there {
        // Only where it is empty.
        let _ = fs::remove_dir(to.path());
    }
    let contents = back?;
    let made = contents.made.local();
    desk.say(&keep::restored(
        to.path().display().to_string(),
        made.time(),
        made.date(),
        contents.entries,
    ));
    Ok(Exit::Done)
}

/// Makes the file smaller.
pub fn compact(desk: &Desk) -> Result<Exit, Stop> {
    let (open, passphrase) = desk.open_with_passphrase()?;
    let path = desk.folder.logbook();
    let size = || fs::metadata(&path).map_or(0, |file| file.len());
    let before = size();
    rewrite(desk, &open, &passphrase)?;
    desk.say(&keep::compacted(megabytes(before), megabytes(size())));
    Ok(Exit::Done)
}

/// Writes the file anew under another data key; the logbook that is open is of no use afterwards.
pub(super) fn rewrite(desk: &Desk, open: &Logbook, passphrase: &Passphrase) -> Result<(), Stop> {
    let path = desk.folder.logbook();
    let keys = Keys {
        ring: KeyFiles::new(&SystemDisk, desk.folder.path()).open(passphrase)?,
        passphrase,
        work: Work::STANDARD,
    };
    let done = guarded(desk, || {
        let tell = &mut progress(desk);
        let entropy = &mut chance::entropy;
        compact::compact(&SystemDisk, &desk.folder, &open.store, keys, entropy, tell)
    })?;
    let compacted = done.map_err(|error| Stop::from(trouble::compact(error, &path)))?;
    drop(compacted);
    Ok(())
}

/// Runs what reads the logbook; a panic on a damaged file becomes a sentence.
fn guarded<T>(desk: &Desk, work: impl FnOnce() -> T) -> Result<T, Stop> {
    caught(work)
        .map_err(|Panicked| Stop::store(StoreError::Damaged("a page"), &desk.folder.logbook()))
}

/// Says done and total at every twentieth of the way.
fn progress(desk: &Desk) -> impl FnMut(Progress) -> ControlFlow<()> + '_ {
    let mut said = 0;
    move |progress| {
        let part = (20 * progress.done)
            .checked_div(progress.total)
            .unwrap_or(0);
        if part > said {
            said = part;
            desk.say(&cli::progress(progress.done, progress.total));
        }
        ControlFlow::Continue(())
    }
}
