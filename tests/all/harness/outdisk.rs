//! A disk for files that leave the logbook, each of whose steps can fail.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bacung::runtime::outfile::{OutDisk, RealDisk};

/// A disk whose n-th operation fails.
#[derive(Clone)]
pub struct Failing {
    left: Arc<AtomicU64>,
    kind: io::ErrorKind,
}

impl Failing {
    pub fn after(steps: u64, kind: io::ErrorKind) -> Self {
        Self {
            left: Arc::new(AtomicU64::new(steps)),
            kind,
        }
    }

    fn step(&self) -> io::Result<()> {
        let left = self.left.load(Ordering::Relaxed);
        if left == 0 {
            return Err(self.kind.into());
        }
        self.left.store(left - 1, Ordering::Relaxed);
        Ok(())
    }
}

pub struct Faulty<F> {
    file: F,
    disk: Failing,
}

impl Write for Faulty<File> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.disk.step()?;
        // Small steps, so that there are many places to fail.
        self.file.write(&bytes[..bytes.len().min(2_000)])
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Read for Faulty<File> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.disk.step()?;
        self.file.read(bytes)
    }
}

impl Seek for Faulty<File> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

impl OutDisk for Failing {
    type Out = Faulty<File>;
    type Back = Faulty<File>;

    fn create(&self, path: &Path) -> io::Result<Self::Out> {
        self.step()?;
        let (file, disk) = (RealDisk.create(path)?, self.clone());
        Ok(Faulty { file, disk })
    }

    fn sync(&self, out: &mut Self::Out) -> io::Result<()> {
        self.step()?;
        RealDisk.sync(&mut out.file)
    }

    fn open(&self, path: &Path) -> io::Result<Self::Back> {
        self.step()?;
        let (file, disk) = (RealDisk.open(path)?, self.clone());
        Ok(Faulty { file, disk })
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        RealDisk.rename(from, to)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        RealDisk.sync_dir(path)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove(path)
    }

    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        RealDisk.create_dir(path)
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove_dir(path)
    }
}
