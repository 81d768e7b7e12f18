//! A logbook as files: made under a temporary name, opened, closed.
//!
//! Owns the order of the steps. Never decides what a record says.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use redb::backends::FileBackend;

use super::panics::{Panicked, caught};
use super::{Clock, Folder, SystemDisk, ballast, chance, platform};
use crate::domain::Profile;
use crate::journal::{Signer, StreamIds};
use crate::keys::{
    KeyFiles, KeyFilesError, KeyRing, Passphrase, RecoverySecret, SealedError, Work,
};
use crate::store::pages::Pages;
use crate::store::{Genesis, Moment, Store, StoreError, WriteError};

/// Why a logbook could not be made or opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("there is a logbook in {}", .0.display())]
    Exists(PathBuf),
    #[error("there is no logbook in {}", .0.display())]
    Missing(PathBuf),
    #[error(transparent)]
    Keys(#[from] KeyFilesError),
    #[error("{}: {source}", path.display())]
    Store { path: PathBuf, source: StoreError },
    #[error("{}: {source}", path.display())]
    Io { path: PathBuf, source: io::Error },
    /// The database panicked on what it read.
    #[error("{}: damaged", .0.display())]
    Panicked(PathBuf),
}

impl OpenError {
    /// Tells whether only the secret was wrong.
    pub fn is_wrong_secret(&self) -> bool {
        let Self::Keys(KeyFilesError::Sealed { source, .. }) = self else {
            return false;
        };
        *source == SealedError::WrongSecret
    }
}

/// An open logbook.
pub struct Logbook {
    pub store: Store,
    pub ring: Arc<KeyRing>,
    pub folder: Folder,
    pub ids: StreamIds,
}

/// Returns the moment of a change.
pub fn moment(clock: &dyn Clock) -> Moment {
    Moment {
        now: clock.now(),
        today: clock.today(),
    }
}

/// Makes a logbook: the file under a temporary name, then the keys, then the file's own name. A
/// power cut between them leaves a folder that counts as empty.
pub fn create(
    folder: &Folder,
    profile: Profile,
    passphrase: &Passphrase,
    clock: &dyn Clock,
) -> Result<(Logbook, RecoverySecret), OpenError> {
    if folder.holds_logbook() {
        return Err(OpenError::Exists(folder.path().to_owned()));
    }
    let at = |path: &Path| {
        let path = path.to_owned();
        move |source| OpenError::Io { path, source }
    };
    platform::create_private_dir(folder.path()).map_err(at(folder.path()))?;
    let (ring, paper) = KeyRing::create(&mut chance::entropy);
    let new = folder.logbook_new();
    match fs::remove_file(&new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(at(&new)(error)),
        Ok(()) | Err(_) => {}
    }
    let mut ids = chance::ids();
    let file = platform::open_private_new(&new).map_err(at(&new))?;
    let sync = file.try_clone().map_err(at(&new))?;
    let made = caught(|| {
        let pages = Pages::new(backend(file, &new)?, ring.data());
        let genesis = Genesis { profile };
        let store = Store::create(pages, genesis, signer(&ring), moment(clock), &mut ids);
        store.map(drop).map_err(|error| refused(error, &new))
    });
    made.unwrap_or_else(|Panicked| Err(OpenError::Panicked(new.clone())))?;
    sync.sync_all().map_err(at(&new))?;
    drop(sync);
    KeyFiles::new(&SystemDisk, folder.path()).write(
        &ring,
        passphrase,
        Some(&paper),
        Work::STANDARD,
    )?;
    fs::rename(&new, folder.logbook()).map_err(at(&folder.logbook()))?;
    platform::sync_dir(folder.path()).map_err(at(folder.path()))?;
    let logbook = open(folder, Arc::new(ring))?;
    Ok((logbook, paper))
}

/// Opens a logbook by its passphrase; takes the time that the passphrase is made to cost.
pub fn unlock(folder: &Folder, passphrase: &Passphrase) -> Result<Logbook, OpenError> {
    if !folder.holds_logbook() {
        return Err(OpenError::Missing(folder.path().to_owned()));
    }
    let ring = KeyFiles::new(&SystemDisk, folder.path()).open(passphrase)?;
    open(folder, Arc::new(ring))
}

/// Opens a logbook whose keys are at hand, and keeps room for an export beside it.
pub fn open(folder: &Folder, ring: Arc<KeyRing>) -> Result<Logbook, OpenError> {
    let logbook = reopen(folder, ring)?;
    // A disk that is full or read-only goes without; the next write says so.
    let _ = ballast::keep(&folder.ballast());
    Ok(logbook)
}

/// Opens a logbook whose keys are at hand and touches no other file.
pub fn reopen(folder: &Folder, ring: Arc<KeyRing>) -> Result<Logbook, OpenError> {
    let path = folder.logbook();
    let file = fs::File::options().read(true).write(true).open(&path);
    let file = file.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => OpenError::Missing(folder.path().to_owned()),
        _ => store_error(error.into(), &path),
    })?;
    let opened = caught(|| {
        let pages = Pages::new(backend(file, &path)?, ring.data());
        Store::open(pages, signer(&ring)).map_err(|error| store_error(error, &path))
    });
    let store = opened.unwrap_or_else(|Panicked| Err(OpenError::Panicked(path)))?;
    Ok(Logbook {
        store,
        ring,
        folder: folder.clone(),
        ids: chance::ids(),
    })
}

fn backend(file: fs::File, path: &Path) -> Result<FileBackend, OpenError> {
    FileBackend::new(file).map_err(|error| store_error(error.into(), path))
}

fn signer(ring: &KeyRing) -> Signer {
    Signer::from_seed(ring.device().as_bytes())
}

fn store_error(source: StoreError, path: &Path) -> OpenError {
    let path = path.to_owned();
    OpenError::Store { path, source }
}

fn refused(error: WriteError, path: &Path) -> OpenError {
    match error {
        WriteError::Store(source) => store_error(source, path),
        // A new logbook's only other way to be refused is a profile of 200 KB.
        other => OpenError::Io {
            path: path.to_owned(),
            source: io::Error::other(other),
        },
    }
}
