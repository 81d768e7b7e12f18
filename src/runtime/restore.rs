//! A backup put back into an empty folder, under new keys: whoever still has the old ones writes
//! somewhere else.

use std::io;
use std::path::Path;

use super::backup::{BackupError, in_backup, open, unseal};
use super::logbook::{self, signer};
use super::vault::Vault;
use super::{Clock, Folder, chance};
use crate::journal::{DeviceKey, Signer};
use crate::keys::{KeyFiles, KeyRing, Passphrase, RecoverySecret, Work};
use crate::store::pages::Pages;
use crate::store::{Contents, CopyError, Store, StoreError, Tell, WriteError};

/// What opens a backup.
pub enum Opener<'a> {
    Passphrase(&'a Passphrase),
    /// The secret on paper.
    Recovery(&'a RecoverySecret),
}

/// What seals the keys of the logbook that is put back, and by which clock it writes.
pub struct Under<'a> {
    pub passphrase: &'a Passphrase,
    pub work: Work,
    pub clock: &'a dyn Clock,
}

/// Opens the keys in a backup.
pub fn keys<V: Vault>(vault: &V, file: &Path, opener: &Opener<'_>) -> Result<KeyRing, BackupError> {
    let (head, _) = open(vault, file)?;
    let opened = match opener {
        Opener::Passphrase(passphrase) => KeyFiles::open_bytes(&head.keys, passphrase),
        Opener::Recovery(secret) => KeyFiles::recover_bytes(&head.recovery, secret),
    };
    opened.map_err(|source| BackupError::Sealed {
        path: file.to_owned(),
        source,
    })
}

/// Puts a backup back: the file under a temporary name, checked and with its new device key
/// vouched for, then the keys, then the name. Until then the folder counts as empty.
pub fn restore<V: Vault>(
    vault: &V,
    file: &Path,
    old: &KeyRing,
    to: &Folder,
    under: &Under<'_>,
    tell: &mut Tell<'_>,
) -> Result<Contents, BackupError> {
    let io = |path: &Path| {
        let path = path.to_owned();
        move |source: io::Error| BackupError::Io { path, source }
    };
    is_free(vault, to)?;
    vault.create_private_dir(to.path()).map_err(io(to.path()))?;
    let ring = old.put_back(&mut chance::entropy);
    let new = to.logbook_new();
    let contents = match make(vault, file, (old, &ring), to, under.clock, tell) {
        Ok(contents) => contents,
        Err(error) => {
            // The folder counts as empty with it, too.
            let _ = vault.remove(&new);
            return Err(error);
        }
    };
    KeyFiles::new(vault, to.path()).write(&ring, under.passphrase, None, under.work)?;
    let logbook = to.logbook();
    vault.rename(&new, &logbook).map_err(io(&logbook))?;
    vault.sync_dir(to.path()).map_err(io(to.path()))?;
    let pages = Pages::new(vault.open(&logbook).map_err(io(&logbook))?, ring.data());
    let store = Store::open(pages, signer(&ring)).map_err(CopyError::from)?;
    let device = store.device();
    let heads = store.heads().map_err(CopyError::from)?;
    // Not remembered, the logbook gets one more device key when it is opened.
    let _ = to.heads().write(&device, &ring.sealer(), &heads);
    Ok(contents)
}

/// What an interrupted run leaves, and nothing else, may lie in the folder.
fn is_free<V: Vault>(vault: &V, to: &Folder) -> Result<(), BackupError> {
    let left = |name: &str| -> bool {
        ["keys.age", "recovery.age", "logbook.redb"]
            .iter()
            .any(|base| *name == format!("{base}.new"))
    };
    let names = vault.names(to.path()).map_err(|source| BackupError::Io {
        path: to.path().to_owned(),
        source,
    })?;
    let cut_short = names.iter().any(|name| name == "logbook.redb.new");
    let keys = |name: &str| cut_short && (name == "keys.age" || name == "recovery.age");
    match names.iter().all(|name| left(name) || keys(name)) {
        true => Ok(()),
        false => Err(BackupError::NotEmpty(to.path().to_owned())),
    }
}

fn make<V: Vault>(
    vault: &V,
    file: &Path,
    (old, ring): (&KeyRing, &KeyRing),
    to: &Folder,
    clock: &dyn Clock,
    tell: &mut Tell<'_>,
) -> Result<Contents, BackupError> {
    let new = to.logbook_new();
    let (_, sealed) = open(vault, file)?;
    let mut content = unseal(old, sealed, file)?;
    let backend = vault.create(&new).map_err(|source| BackupError::Io {
        path: new.clone(),
        source,
    })?;
    let signers = || {
        old.devices()
            .iter()
            .map(|key| Signer::from_seed(key.as_bytes()))
    };
    let devices: Vec<DeviceKey> = signers().map(|signer| signer.public()).collect();
    let pages = Pages::new(backend, ring.data());
    let made = Store::restore(pages, signer(ring), &mut content, &devices, tell);
    let (mut store, contents) = made.map_err(|error| put_back(error, file, &new))?;
    let mut ids = chance::ids();
    for old in signers() {
        if store.knows(&old.public()).map_err(CopyError::from)? {
            let moment = logbook::moment(clock);
            let vouched = store.take_place(signer(ring), &old, moment, &mut ids);
            return match vouched {
                Ok(()) => Ok(contents),
                Err(WriteError::Store(error)) => Err(CopyError::from(error).into()),
                Err(_) => Err(BackupError::Damaged(file.to_owned())),
            };
        }
    }
    Err(BackupError::Damaged(file.to_owned()))
}

/// Tells the backup's faults from those of the disk that it is put back on.
fn put_back(error: CopyError, file: &Path, new: &Path) -> BackupError {
    match error {
        CopyError::Store(StoreError::DiskFull) => BackupError::Io {
            path: new.to_owned(),
            source: io::ErrorKind::StorageFull.into(),
        },
        other => in_backup(other, file),
    }
}
