//! The disk as a change of whole files needs it: the encrypted file beside the key files. The real
//! one is here, the ones that fail are in the tests.

use std::fs;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use redb::StorageBackend;
use redb::backends::FileBackend;

use super::{SystemDisk, platform};
use crate::keys::Disk;

/// Creates, opens and removes encrypted files beside what the key files ask for.
pub trait Vault: Disk {
    type File: StorageBackend;
    /// A plain file that is being written.
    type Out: Write;
    /// A plain file that is being read.
    type In: Read;

    /// Creates a file that only its owner reads, over a leftover of the same name.
    fn create(&self, path: &Path) -> io::Result<Self::File>;
    /// Opens a file that is there.
    fn open(&self, path: &Path) -> io::Result<Self::File>;
    /// Removes a file; one that is not there is fine.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Begins a plain file, over a leftover of the same name.
    fn begin(&self, path: &Path) -> io::Result<Self::Out>;
    /// Ends a plain file, and returns when it is durable.
    fn finish(&self, out: Self::Out) -> io::Result<()>;
    /// Reads a plain file.
    fn read_from(&self, path: &Path) -> io::Result<Self::In>;
    /// Tells whether a folder has this name.
    fn is_folder(&self, path: &Path) -> bool;
    /// Returns the names in a folder; none where there is no folder.
    fn names(&self, folder: &Path) -> io::Result<Vec<String>>;
}

impl Vault for SystemDisk {
    type File = FileBackend;
    type Out = BufWriter<fs::File>;
    type In = fs::File;

    fn create(&self, path: &Path) -> io::Result<FileBackend> {
        self.remove(path)?;
        backend(platform::open_private_new(path)?)
    }

    fn open(&self, path: &Path) -> io::Result<FileBackend> {
        backend(fs::File::options().read(true).write(true).open(path)?)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    fn begin(&self, path: &Path) -> io::Result<BufWriter<fs::File>> {
        self.remove(path)?;
        let file = platform::open_private_new(path)?;
        Ok(BufWriter::with_capacity(1 << 18, file))
    }

    fn finish(&self, out: BufWriter<fs::File>) -> io::Result<()> {
        out.into_inner()?.sync_all()
    }

    fn read_from(&self, path: &Path) -> io::Result<fs::File> {
        fs::File::open(path)
    }

    fn is_folder(&self, path: &Path) -> bool {
        path.is_dir()
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let entries = match fs::read_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other?,
        };
        let name =
            |entry: io::Result<fs::DirEntry>| Ok(entry?.file_name().to_string_lossy().into_owned());
        entries.map(name).collect()
    }
}

fn backend(file: fs::File) -> io::Result<FileBackend> {
    FileBackend::new(file).map_err(|error| match error {
        redb::DatabaseError::Storage(redb::StorageError::Io(error)) => error,
        redb::DatabaseError::DatabaseAlreadyOpen => io::ErrorKind::ResourceBusy.into(),
        other => io::Error::other(other),
    })
}
