//! A logbook as files: made under a temporary name, opened, closed.
//!
//! Owns the order of the steps. Never decides what a record says.

use std::fs;
use std::io;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use redb::StorageBackend;
use redb::backends::FileBackend;

use super::device::{self, Choice};
use super::panics::{Panicked, caught};
use super::vault::Vault;
use super::{Clock, Folder, SystemDisk, ballast, chance, platform};
use crate::domain::{LogbookId, Profile};
use crate::exchange::Invite;
use crate::journal::{DeviceKey, Signer, StreamIds};
use crate::keys::{
    DataKey, KeyFiles, KeyFilesError, KeyRing, Passphrase, RecoverySecret, SealedError, Work,
};
use crate::store::pages::Pages;
use crate::store::{Genesis, Head, Moment, Store, StoreError, WriteError};

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
    /// The last entry that this machine knows of and the file does not hold, where that has just
    /// been noticed.
    pub lost: Option<Head>,
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
    make(folder, (profile, None), passphrase, clock)
}

/// Makes the copy of a logbook that others keep, as [`create`] does; it is not let in yet.
pub fn join(
    folder: &Folder,
    profile: Profile,
    invite: &Invite,
    passphrase: &Passphrase,
    clock: &dyn Clock,
) -> Result<(Logbook, RecoverySecret), OpenError> {
    let whose = (invite.logbook, invite.root.clone());
    make(folder, (profile, Some(whose)), passphrase, clock)
}

fn make(
    folder: &Folder,
    (profile, joins): (Profile, Option<(LogbookId, DeviceKey)>),
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
        let (signer, now) = (signer(&ring), moment(clock));
        let store = match joins {
            None => Store::create(pages, genesis, signer, now, &mut ids),
            Some(whose) => Store::join(pages, genesis, whose, signer, now, &mut ids),
        };
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
    let logbook = reopen(folder, Arc::new(ring))?;
    let _ = ballast::keep(&folder.ballast());
    Ok((logbook, paper))
}

/// Opens a logbook by its passphrase; takes the time that the passphrase is made to cost.
pub fn unlock(
    folder: &Folder,
    passphrase: &Passphrase,
    clock: &dyn Clock,
) -> Result<Logbook, OpenError> {
    if !folder.holds_logbook() {
        return Err(OpenError::Missing(folder.path().to_owned()));
    }
    let logbook = unlock_on(&SystemDisk, folder, passphrase, Work::STANDARD, clock)?;
    // A disk that is full or read-only goes without; the next write says so.
    let _ = ballast::keep(&folder.ballast());
    Ok(logbook)
}

/// Opens a logbook by its passphrase on any disk: ends what an interrupted change of keys left,
/// and gives the logbook a new device key where this machine must not go on with the old one.
pub fn unlock_on<V: Vault>(
    vault: &V,
    folder: &Folder,
    passphrase: &Passphrase,
    work: Work,
    clock: &dyn Clock,
) -> Result<Logbook, OpenError> {
    let files = KeyFiles::new(vault, folder.path());
    let mut ring = files.open(passphrase)?;
    let path = folder.logbook();
    let (mut store, under) = open_store(vault, folder, &ring)?;
    // The lock on the file is held: nobody else is making another one.
    let _ = vault.remove(&folder.logbook_new());
    if ring.previous().is_some() {
        match under {
            Under::Newest => ring.drop_previous(),
            Under::Previous => ring.take_back_data(),
        }
        // Where this cannot be written, both keys stay and both go on being tried.
        let _ = files.write(&ring, passphrase, None, work);
    }
    let choice = match device::choose(&mut store, &mut ring, folder.heads()) {
        // Damage is for `check` to list, in a logbook that opens.
        Err(StoreError::Damaged(_)) => Choice::GoesOn,
        other => other.map_err(|error| store_error(error, &path))?,
    };
    let mut ids = chance::ids();
    let mut lost = None;
    if let Choice::New { lost: named } = choice {
        files.write(&ring, passphrase, None, work)?;
        lost = named;
    }
    match device::admit(&mut store, &ring, clock, &mut ids) {
        Ok(()) | Err(WriteError::Store(StoreError::Damaged(_))) => {}
        Err(error) => return Err(refused(error, &path)),
    }
    device::remember(&mut store, &ring, folder.heads());
    Ok(Logbook {
        store,
        ring: Arc::new(ring),
        folder: folder.clone(),
        ids,
        lost,
    })
}

/// Opens a logbook whose keys are at hand and touches no other file of its folder.
pub fn reopen(folder: &Folder, ring: Arc<KeyRing>) -> Result<Logbook, OpenError> {
    let (mut store, _) = open_store(&SystemDisk, folder, &ring)?;
    device::remember(&mut store, &ring, folder.heads());
    Ok(Logbook {
        store,
        ring,
        folder: folder.clone(),
        ids: chance::ids(),
        lost: None,
    })
}

/// Keeps others from opening the file as long as what it returns is there, for what only changes key
/// files; `None` where there is no file to keep.
pub fn hold(folder: &Folder) -> Result<Option<FileBackend>, OpenError> {
    let path = folder.logbook();
    let file = match SystemDisk.open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(store_error(error.into(), &path)),
    };
    match file.try_lock_range(Bound::Unbounded, Bound::Unbounded) {
        Ok(false) => Err(store_error(StoreError::AlreadyOpen, &path)),
        // Where a disk knows no locks, opening goes without them too.
        Ok(true) | Err(_) => Ok(Some(file)),
    }
}

/// Which data key opened the file.
enum Under {
    Newest,
    Previous,
}

/// Opens the file under the data key or, where a change of keys was cut short, the one before it.
fn open_store<V: Vault>(
    vault: &V,
    folder: &Folder,
    ring: &KeyRing,
) -> Result<(Store, Under), OpenError> {
    match (
        open_under(vault, folder, ring, ring.data()),
        ring.previous(),
    ) {
        (
            Err(OpenError::Store {
                source: StoreError::NotALogbook,
                ..
            }),
            Some(previous),
        ) => {
            let store = open_under(vault, folder, ring, previous)?;
            Ok((store, Under::Previous))
        }
        (opened, _) => Ok((opened?, Under::Newest)),
    }
}

fn open_under<V: Vault>(
    vault: &V,
    folder: &Folder,
    ring: &KeyRing,
    key: &DataKey,
) -> Result<Store, OpenError> {
    let path = folder.logbook();
    let file = vault.open(&path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => OpenError::Missing(folder.path().to_owned()),
        _ => store_error(error.into(), &path),
    })?;
    let opened = caught(|| {
        let pages = Pages::new(file, key);
        Store::open(pages, signer(ring)).map_err(|error| store_error(error, &path))
    });
    opened.unwrap_or_else(|Panicked| Err(OpenError::Panicked(path)))
}

fn backend(file: fs::File, path: &Path) -> Result<FileBackend, OpenError> {
    FileBackend::new(file).map_err(|error| store_error(error.into(), path))
}

pub(super) fn signer(ring: &KeyRing) -> Signer {
    Signer::from_seed(ring.device().as_bytes())
}

fn store_error(source: StoreError, path: &Path) -> OpenError {
    let path = path.to_owned();
    OpenError::Store { path, source }
}

fn refused(error: WriteError, path: &Path) -> OpenError {
    match error {
        WriteError::Store(source) => store_error(source, path),
        // The only other way to be refused is a profile of 200 KB.
        other => OpenError::Io {
            path: path.to_owned(),
            source: io::Error::other(other),
        },
    }
}
