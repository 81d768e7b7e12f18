//! A backup as a file: both key files as they are, then the content, sealed to the keys in them. It
//! opens with the passphrase of its day or with the recovery secret. Putting it back is `restore`.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use super::vault::Vault;
use super::{Folder, logbook, outname};
use crate::domain::{Day, Stamp};
use crate::keys::{KeyFiles, KeyFilesError, KeyRing, SealedError};
use crate::store::{Contents, CopyError, Progress, Reader, Tell};

/// Every backup begins so.
pub(super) const MAGIC: &[u8] = b"bacung backup v1\n";
/// The version of the head that this program writes, and the newest it reads.
pub(super) const VERSION: u32 = 1;
/// No head is longer than this many bytes.
pub(super) const LONGEST_HEAD: usize = 512 * 1024;
/// The name until everything is on the medium: short, for sticks.
const TEMPORARY: &str = "bacung.new";

/// The head: what opens the rest.
#[derive(Encode, Decode)]
#[cbor(map)]
pub(super) struct Head {
    #[n(0)]
    pub(super) version: u32,
    #[n(1)]
    pub(super) keys: ByteVec,
    #[n(2)]
    pub(super) recovery: ByteVec,
}

/// Why there is no backup, or nothing was put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    /// It would lie in the logbook's own folder and be lost with it.
    #[error("{} is in the folder of the logbook", .0.display())]
    InLogbook(PathBuf),
    #[error("{} is not empty", .0.display())]
    NotEmpty(PathBuf),
    #[error("{} is no backup", .0.display())]
    NotABackup(PathBuf),
    #[error("{} was made by a newer release", .0.display())]
    Newer(PathBuf),
    /// What was written does not read back; it was removed.
    #[error("{} does not read back", .0.display())]
    NotReadBack(PathBuf),
    /// It is a backup, and not as it was written.
    #[error("{} is damaged or cut short", .0.display())]
    Damaged(PathBuf),
    #[error("{}: {source}", path.display())]
    Sealed { path: PathBuf, source: SealedError },
    #[error("{}: {source}", path.display())]
    Io { path: PathBuf, source: io::Error },
    #[error(transparent)]
    Keys(#[from] KeyFilesError),
    /// The logbook itself, not the backup.
    #[error(transparent)]
    Copy(#[from] CopyError),
}

/// What to back up.
pub struct Source<'a> {
    pub reader: Reader,
    pub ring: &'a KeyRing,
    pub folder: &'a Folder,
    pub now: Stamp,
    pub today: Day,
}

/// A backup that was read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub path: PathBuf,
    pub contents: Contents,
    pub bytes: u64,
}

/// Counts what passes through.
struct Counted<W> {
    out: W,
    bytes: u64,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Writes a backup and reads it back. A folder as `target` gets a file named after the day.
///
/// Under its own name it is whole or not there; one that is there is never written over.
pub fn back_up<V: Vault>(
    vault: &V,
    source: &Source<'_>,
    target: &Path,
    tell: &mut Tell<'_>,
) -> Result<Made, BackupError> {
    if outname::is_within(target, source.folder.path()) {
        return Err(BackupError::InLogbook(target.to_owned()));
    }
    let path = place(vault, target, source.today)?;
    let folder = parent(&path);
    let temporary = folder.join(TEMPORARY);
    let io = |path: &Path| {
        let path = path.to_owned();
        move |source| BackupError::Io { path, source }
    };
    let keys = KeyFiles::new(vault, source.folder.path()).bytes()?;
    let written = write(vault, source, &keys, (&temporary, &path), tell).and_then(|bytes| {
        vault.rename(&temporary, &path).map_err(io(&path))?;
        match vault.sync_dir(folder) {
            // Some sticks and shares know no syncing of folders.
            Err(error) if !is_unsupported(&error) => Err(io(folder)(error)),
            Ok(()) | Err(_) => Ok(bytes),
        }
    });
    let bytes = match written {
        Ok(bytes) => bytes,
        Err(error) => {
            // What stays is overwritten by the next backup to this folder.
            let _ = vault.remove(&temporary);
            return Err(error);
        }
    };
    match check(vault, source, &keys, &path, tell) {
        Ok(contents) => Ok(Made {
            path,
            contents,
            bytes,
        }),
        Err(error) => {
            // A file that does not read back must not pass for a backup.
            let _ = vault.remove(&path);
            Err(match error {
                BackupError::Damaged(path) | BackupError::NotABackup(path) => {
                    BackupError::NotReadBack(path)
                }
                other => other,
            })
        }
    }
}

fn is_unsupported(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput
    )
}

/// Returns the folder of a file that was named.
fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        Some(_) | None => Path::new("."),
    }
}

/// Finds the name of the file: the one given or, in a folder, one made of the day.
fn place<V: Vault>(vault: &V, target: &Path, today: Day) -> Result<PathBuf, BackupError> {
    if !vault.is_folder(target) {
        let names = vault.names(parent(target));
        let names = names.map_err(|source| BackupError::Io {
            path: target.to_owned(),
            source,
        })?;
        let own = target.file_name().unwrap_or_default().to_string_lossy();
        return match names.iter().any(|name| **name == *own) {
            true => Err(BackupError::Exists(target.to_owned())),
            false => Ok(target.to_owned()),
        };
    }
    let names = vault.names(target).map_err(|source| BackupError::Io {
        path: target.to_owned(),
        source,
    })?;
    let day = today.format("%Y-%m-%d");
    let numbered = (2..=u32::MAX).map(|number| format!("bacung-{day}-{number}.backup"));
    let mut free = std::iter::once(format!("bacung-{day}.backup")).chain(numbered);
    let free = free.find(|name| !names.contains(name));
    Ok(target.join(free.unwrap_or_default()))
}

fn write<V: Vault>(
    vault: &V,
    source: &Source<'_>,
    (keys, recovery): &(Vec<u8>, Vec<u8>),
    (temporary, named): (&Path, &Path),
    tell: &mut Tell<'_>,
) -> Result<u64, BackupError> {
    // The person knows the file by the name that it is to get.
    let io = |source| BackupError::Io {
        path: named.to_owned(),
        source,
    };
    let mut out = Counted {
        out: vault.begin(temporary).map_err(io)?,
        bytes: 0,
    };
    let head = minicbor::to_vec(Head {
        version: VERSION,
        keys: keys.clone().into(),
        recovery: recovery.clone().into(),
    });
    let head = head.expect("a Vec takes every write");
    let length = (head.len() as u32).to_be_bytes();
    out.write_all(&[MAGIC, &length, &head].concat())
        .map_err(io)?;
    let mut sealed = source.ring.sealer().begin(out).map_err(io)?;
    let signer = logbook::signer(source.ring);
    let mut half = |p: Progress| tell(half(p, 0));
    let wrote = source
        .reader
        .back_up(&mut sealed, &signer, source.now, &mut half);
    wrote.map_err(|error| on_medium(error, named))?;
    let out = sealed.finish().map_err(io)?;
    vault.finish(out.out).map_err(io)?;
    Ok(out.bytes)
}

/// Reads the file back: the key files byte for byte, the content entry by entry.
fn check<V: Vault>(
    vault: &V,
    source: &Source<'_>,
    (keys, recovery): &(Vec<u8>, Vec<u8>),
    path: &Path,
    tell: &mut Tell<'_>,
) -> Result<Contents, BackupError> {
    let (head, sealed) = open(vault, path)?;
    if *head.keys != *keys || *head.recovery != *recovery {
        return Err(BackupError::Damaged(path.to_owned()));
    }
    let mut content = unseal(source.ring, sealed, path)?;
    let mut half = |p: Progress| tell(half(p, p.total));
    let read = source.reader.check_backup(&mut content, &mut half);
    read.map_err(|error| in_backup(error, path))
}

/// Opens a backup: its head, and what follows it.
pub(super) fn open<V: Vault>(vault: &V, path: &Path) -> Result<(Head, V::In), BackupError> {
    let refused = |source: io::Error| match source.kind() {
        io::ErrorKind::UnexpectedEof => BackupError::NotABackup(path.to_owned()),
        _ => BackupError::Io {
            path: path.to_owned(),
            source,
        },
    };
    let mut file = vault.read_from(path).map_err(refused)?;
    let mut begin = [0; MAGIC.len() + 4];
    file.read_exact(&mut begin).map_err(refused)?;
    let (magic, length) = begin.split_at(MAGIC.len());
    let length = length.try_into().map_or(0, u32::from_be_bytes) as usize;
    if magic != MAGIC || length > LONGEST_HEAD {
        return Err(BackupError::NotABackup(path.to_owned()));
    }
    let mut head = vec![0; length];
    let cut = |_| BackupError::Damaged(path.to_owned());
    file.read_exact(&mut head).map_err(cut)?;
    let head: Head = minicbor::decode(&head).map_err(|_| BackupError::Damaged(path.to_owned()))?;
    match head.version > VERSION {
        true => Err(BackupError::Newer(path.to_owned())),
        false => Ok((head, file)),
    }
}

/// Opens the content of a backup with the keys of its head.
pub(super) fn unseal<R: Read>(
    ring: &KeyRing,
    sealed: R,
    path: &Path,
) -> Result<crate::keys::SealedReader<R>, BackupError> {
    ring.unseal(sealed).map_err(|source| match source.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof | io::ErrorKind::NotFound => {
            BackupError::Damaged(path.to_owned())
        }
        _ => BackupError::Io {
            path: path.to_owned(),
            source,
        },
    })
}

/// Says that what was wrong while reading a backup is wrong with the backup.
pub(super) fn in_backup(error: CopyError, path: &Path) -> BackupError {
    use crate::store::StoreError;
    let path = path.to_owned();
    match error {
        CopyError::Store(StoreError::Io(source)) => BackupError::Io { path, source },
        CopyError::Store(StoreError::Newer(_)) => BackupError::Newer(path),
        CopyError::Store(_) | CopyError::Differs => BackupError::Damaged(path),
        CopyError::Stopped => CopyError::Stopped.into(),
    }
}

/// Says that what the system refused was the medium, not the logbook.
fn on_medium(error: CopyError, path: &Path) -> BackupError {
    use crate::store::StoreError;
    let path = path.to_owned();
    match error {
        CopyError::Store(StoreError::Io(source)) => BackupError::Io { path, source },
        CopyError::Store(StoreError::DiskFull) => BackupError::Io {
            path,
            source: io::ErrorKind::StorageFull.into(),
        },
        other => other.into(),
    }
}

/// Writing and reading back count the same steps, one after the other.
fn half(progress: Progress, before: u64) -> Progress {
    Progress {
        done: before + progress.done,
        total: 2 * progress.total,
    }
}
