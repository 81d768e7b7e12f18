//! The files `keys.age` and `recovery.age` of a folder: written whole or not at all. Touches
//! the disk only through [`Disk`], which the runtime implements.

use std::io;
use std::path::{Path, PathBuf};

use super::Passphrase;
use super::ring::{KeyRing, RecoverySecret};
use super::sealed::{self, SealedError, Work};

#[cfg(test)]
mod tests;

const KEYS: &str = "keys.age";
const RECOVERY: &str = "recovery.age";

/// What the key files ask of a disk.
pub trait Disk {
    /// Reads a whole file of at most `most` bytes; a longer one is `InvalidData`.
    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>>;
    /// Creates a folder that only its owner enters; one that is there is left as it is.
    fn create_private_dir(&self, path: &Path) -> io::Result<()>;
    /// Writes a file that only its owner reads, over a leftover of the same name, and returns
    /// when it is durable.
    fn write_private(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Renames a file over another, as one step.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Makes the names in a folder durable.
    fn sync_dir(&self, path: &Path) -> io::Result<()>;
}

/// Why the key files could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum KeyFilesError {
    /// The disk refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder it was about.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file was read and does not open.
    #[error("{}: {source}", path.display())]
    Sealed {
        /// The file.
        path: PathBuf,
        /// Why.
        source: SealedError,
    },
    /// What was to be written does not open again; nothing was replaced.
    #[error("{}: the sealed keys do not open again", path.display())]
    TrialFailed {
        /// The file that stays as it was.
        path: PathBuf,
    },
}

/// Reads and writes the key files of one folder.
pub struct KeyFiles<'a> {
    disk: &'a dyn Disk,
    folder: PathBuf,
}

impl<'a> KeyFiles<'a> {
    /// No key file is longer than this many bytes.
    const LONGEST: u64 = 128 * 1024;

    /// The key files in `folder`, which need not be there yet.
    pub fn new(disk: &'a dyn Disk, folder: &Path) -> Self {
        Self {
            disk,
            folder: folder.to_owned(),
        }
    }

    /// Writes both files. `keys.age` comes last: where it is, `recovery.age` is too.
    ///
    /// Serves a new logbook, and every change of the ring itself. Both are opened again in
    /// memory and compared before anything is written; `paper` is at hand only when the
    /// recovery secret is new.
    pub fn write(
        &self,
        ring: &KeyRing,
        passphrase: &Passphrase,
        paper: Option<&RecoverySecret>,
        work: Work,
    ) -> Result<(), KeyFilesError> {
        let keys = self.seal_keys(ring, passphrase, work)?;
        let recovery = sealed::seal_for_recovery(ring);
        if let Some(paper) = paper {
            self.try_out(RECOVERY, ring, sealed::recover(&recovery, paper))?;
        }
        self.disk
            .create_private_dir(&self.folder)
            .map_err(|source| self.io("", source))?;
        self.replace(RECOVERY, &recovery)?;
        self.replace(KEYS, &keys)
    }

    /// Opens `keys.age`.
    pub fn open(&self, passphrase: &Passphrase) -> Result<KeyRing, KeyFilesError> {
        let file = self.read(KEYS)?;
        sealed::open(&file, passphrase).map_err(|source| self.sealed(KEYS, source))
    }

    /// Opens `recovery.age`.
    pub fn recover(&self, secret: &RecoverySecret) -> Result<KeyRing, KeyFilesError> {
        let file = self.read(RECOVERY)?;
        sealed::recover(&file, secret).map_err(|source| self.sealed(RECOVERY, source))
    }

    /// Returns both files as they lie there, `keys.age` first: a backup takes them along.
    pub fn bytes(&self) -> Result<(Vec<u8>, Vec<u8>), KeyFilesError> {
        Ok((self.read(KEYS)?, self.read(RECOVERY)?))
    }

    /// Opens a `keys.age` that lies elsewhere, inside a backup.
    pub fn open_bytes(file: &[u8], passphrase: &Passphrase) -> Result<KeyRing, SealedError> {
        sealed::open(file, passphrase)
    }

    /// Opens a `recovery.age` that lies elsewhere.
    pub fn recover_bytes(file: &[u8], secret: &RecoverySecret) -> Result<KeyRing, SealedError> {
        sealed::recover(file, secret)
    }

    /// Puts `keys.age` under another passphrase. `recovery.age` stays valid as it is.
    pub fn change_passphrase(
        &self,
        ring: &KeyRing,
        passphrase: &Passphrase,
        work: Work,
    ) -> Result<(), KeyFilesError> {
        let keys = self.seal_keys(ring, passphrase, work)?;
        self.replace(KEYS, &keys)
    }

    fn seal_keys(
        &self,
        ring: &KeyRing,
        passphrase: &Passphrase,
        work: Work,
    ) -> Result<Vec<u8>, KeyFilesError> {
        let keys = sealed::seal(ring, passphrase, work);
        self.try_out(KEYS, ring, sealed::open(&keys, passphrase))?;
        Ok(keys)
    }

    fn try_out(
        &self,
        name: &str,
        ring: &KeyRing,
        opened: Result<KeyRing, SealedError>,
    ) -> Result<(), KeyFilesError> {
        match opened {
            Ok(opened) if *opened.to_bytes() == *ring.to_bytes() => Ok(()),
            Ok(_) | Err(_) => Err(KeyFilesError::TrialFailed {
                path: self.folder.join(name),
            }),
        }
    }

    /// Writes under a temporary name, durably; reads it back; renames; syncs the folder.
    fn replace(&self, name: &str, bytes: &[u8]) -> Result<(), KeyFilesError> {
        let temporary = format!("{name}.new");
        let path = self.folder.join(&temporary);
        self.disk
            .write_private(&path, bytes)
            .map_err(|source| self.io(&temporary, source))?;
        if self.read(&temporary)? != bytes {
            return Err(KeyFilesError::TrialFailed {
                path: self.folder.join(name),
            });
        }
        self.disk
            .rename(&path, &self.folder.join(name))
            .map_err(|source| self.io(name, source))?;
        self.disk
            .sync_dir(&self.folder)
            .map_err(|source| self.io("", source))
    }

    fn read(&self, name: &str) -> Result<Vec<u8>, KeyFilesError> {
        self.disk
            .read(&self.folder.join(name), Self::LONGEST)
            .map_err(|source| self.io(name, source))
    }

    fn io(&self, name: &str, source: io::Error) -> KeyFilesError {
        let path = self.folder.join(name);
        KeyFilesError::Io { path, source }
    }

    fn sealed(&self, name: &str, source: SealedError) -> KeyFilesError {
        let path = self.folder.join(name);
        KeyFilesError::Sealed { path, source }
    }
}
