//! A folder as a target: a stick, a share. Written so that it can be pulled at any byte; needs no hard
//! links, no locks and no clock of the file system.

use std::io;
use std::path::{Path, PathBuf};

use super::name::{BundleName, logbook_folder};
use super::target::{Item, Target, TargetError};
use crate::domain::LogbookId;

/// What lies in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiskItem {
    pub name: String,
    pub size: u64,
    pub is_folder: bool,
}

/// The disk, as far as a folder target needs it.
pub trait Disk {
    /// Makes a folder and those above it; one that exists is fine.
    fn create_dir(&self, path: &Path) -> io::Result<()>;
    /// Returns what lies in a folder; names that are no Unicode are left out.
    fn list(&self, path: &Path) -> io::Result<Vec<DiskItem>>;
    /// Reads a file; more than `most` bytes are `InvalidData`.
    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>>;
    /// Writes a file anew, whatever was there, and syncs it.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Makes new names in a folder durable.
    fn sync_dir(&self, path: &Path) -> io::Result<()>;
}

/// Bundles of one logbook in a folder.
pub struct FolderTarget<D> {
    disk: D,
    root: PathBuf,
    logbook: PathBuf,
}

impl<D: Disk> FolderTarget<D> {
    /// Uses a folder, which must be there.
    pub fn new(disk: D, root: &Path, logbook: LogbookId) -> Self {
        Self {
            disk,
            root: root.to_owned(),
            logbook: root.join(logbook_folder(logbook)),
        }
    }

    /// Takes away what a pull left of an earlier try to lay down a bundle of this number, which would be met
    /// as cut for ever. What cannot be taken away does no harm.
    fn clear_tries(&self, folder: &Path, name: &str) {
        let number = |name: &str| BundleName::parse(name).map(|name| name.number);
        for item in self.disk.list(folder).unwrap_or_default() {
            if item.name != name && !item.is_folder && number(&item.name) == number(name) {
                let _ = self.disk.remove(&folder.join(item.name));
            }
        }
    }
}

/// The name of a bundle until it is whole: short, so that it fits every file system, and no bundle's.
const UNFINISHED: &str = "unfinished";

fn error(error: io::Error) -> TargetError {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => TargetError::Missing,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => TargetError::Denied,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => TargetError::Full,
        _ => TargetError::Io(error),
    }
}

impl<D: Disk> Target for FolderTarget<D> {
    fn place(&self) -> Option<[u8; 16]> {
        None
    }

    fn senders(&mut self) -> Result<Vec<String>, TargetError> {
        self.disk.list(&self.root).map_err(error)?;
        let found = match self.disk.list(&self.logbook) {
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other.map_err(error)?,
        };
        let folders = found.into_iter().filter(|item| item.is_folder);
        Ok(folders.map(|item| item.name).collect())
    }

    fn list(&mut self, sender: &str, after: Option<&str>) -> Result<Vec<Item>, TargetError> {
        let found = match self.disk.list(&self.logbook.join(sender)) {
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other.map_err(error)?,
        };
        let files = found.into_iter().filter(|item| !item.is_folder);
        let files = files.filter(|item| after.is_none_or(|after| item.name.as_str() > after));
        let item = |DiskItem { name, size, .. }| Item { name, size };
        let mut items: Vec<Item> = files.map(item).collect();
        items.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(items)
    }

    fn read(&mut self, sender: &str, name: &str, most: u64) -> Result<Vec<u8>, TargetError> {
        let path = self.logbook.join(sender).join(name);
        self.disk.read(&path, most).map_err(error)
    }

    fn write(&mut self, sender: &str, name: &str, bytes: &[u8]) -> Result<(), TargetError> {
        let folder = self.logbook.join(sender);
        self.disk.create_dir(&folder).map_err(error)?;
        let (new, path) = (folder.join(UNFINISHED), folder.join(name));
        self.disk.write(&new, bytes).map_err(error)?;
        self.disk.rename(&new, &path).map_err(error)?;
        self.disk.sync_dir(&folder).map_err(error)?;
        self.disk.sync_dir(&self.logbook).map_err(error)?;
        let back = self.disk.read(&path, bytes.len() as u64);
        let whole = BundleName::parse(name).is_some_and(|n| back.is_ok_and(|back| n.is_of(&back)));
        if !whole {
            // What is left is recognised by its name; better that nothing is.
            let _ = self.disk.remove(&path);
            return Err(TargetError::NotReadBack);
        }
        self.clear_tries(&folder, name);
        Ok(())
    }
}
