//! A file that leaves the logbook: written under a temporary name in its folder, synced, read back,
//! and only then given its name in the place of what was there. Whatever fails, the old file or the
//! new one is there, whole; never a half.

use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::platform;

/// What a disk does here, so that tests can fail each step.
pub trait OutDisk {
    type Out: Write + Send;
    type Back: Read + Seek;

    /// Creates a file that only its owner reads; one of that name is an error.
    fn create(&self, path: &Path) -> io::Result<Self::Out>;
    /// Returns once what was written lies on the disk.
    fn sync(&self, file: &mut Self::Out) -> io::Result<()>;
    fn open(&self, path: &Path) -> io::Result<Self::Back>;
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    fn sync_dir(&self, path: &Path) -> io::Result<()>;
    /// Removes a file; that there is none is no error.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Creates a folder that only its owner enters.
    fn create_dir(&self, path: &Path) -> io::Result<()>;
    /// Removes a folder with all that is in it; that there is none is no error.
    fn remove_dir(&self, path: &Path) -> io::Result<()>;
}

/// The file system of this machine.
#[derive(Clone, Copy, Debug)]
pub struct RealDisk;

impl OutDisk for RealDisk {
    type Out = File;
    type Back = File;

    fn create(&self, path: &Path) -> io::Result<File> {
        platform::open_private_new(path)
    }

    fn sync(&self, file: &mut File) -> io::Result<()> {
        file.sync_all()
    }

    fn open(&self, path: &Path) -> io::Result<File> {
        File::open(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        platform::sync_dir(path)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        gone(fs::remove_file(path))
    }

    fn create_dir(&self, path: &Path) -> io::Result<()> {
        platform::create_private_dir(path)
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        gone(fs::remove_dir_all(path))
    }
}

fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Names what lies beside a target for a while.
pub(super) fn beside(folder: &Path, name: &str, ending: &str) -> PathBuf {
    let hash = blake3::hash(name.as_bytes()).to_hex();
    folder.join(format!(".bacung-{}.{ending}", &hash[..12]))
}

/// A file on its way to its name. Dropped before that, it takes what it wrote away again.
pub struct OutFile<'d, D: OutDisk> {
    disk: &'d D,
    folder: PathBuf,
    temporary: PathBuf,
    target: PathBuf,
    /// Whether the file has its name.
    named: bool,
}

impl<'d, D: OutDisk> OutFile<'d, D> {
    /// Begins a file; what a power cut left of an earlier one is taken away.
    pub fn begin(disk: &'d D, folder: &Path, name: &str) -> io::Result<(Self, D::Out)> {
        let temporary = beside(folder, name, "part");
        disk.remove(&temporary)?;
        let out = disk.create(&temporary)?;
        let this = Self {
            disk,
            folder: folder.to_owned(),
            target: folder.join(name),
            temporary,
            named: false,
        };
        Ok((this, out))
    }

    /// Makes what was written durable and opens it again.
    pub fn written(&self, mut out: D::Out) -> io::Result<D::Back> {
        self.disk.sync(&mut out)?;
        drop(out);
        self.disk.open(&self.temporary)
    }

    /// Gives the file its name.
    pub fn name(mut self) -> io::Result<()> {
        self.disk.rename(&self.temporary, &self.target)?;
        self.named = true;
        self.disk.sync_dir(&self.folder)
    }
}

impl<D: OutDisk> Drop for OutFile<'_, D> {
    fn drop(&mut self) {
        if !self.named {
            // What cannot be removed has a name that says it is nothing yet; the next try removes it.
            let _ = self.disk.remove(&self.temporary);
        }
    }
}
