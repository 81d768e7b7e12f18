//! Files and folders of their owner only, the console's end and its habits, on Windows. Its twin is
//! `unix.rs`.
//!
//! Windows has no modes: a new file or folder takes the access list of the folder above it, and
//! inside a user's profile that list names the user, the system and administrators only. A
//! logbook put elsewhere is as open as its folder; its content is encrypted either way.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::os::windows::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::Notice;
use crate::runtime::input::Pastes;

/// Lets a folder be opened like a file.
const FILE_FLAG_BACKUP_SEMANTICS: u32 = 0x0200_0000;

/// Creates a folder, and those above it, under the access list it inherits.
pub fn create_private_dir(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).create(path)
}

/// Creates a file under the access list it inherits; one that exists is an error.
pub fn open_private_new(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .open(path)
}

/// Makes new and renamed names in a folder durable, where the file system lets a folder be
/// flushed; where it refuses, its own journal keeps names.
pub fn sync_dir(path: &Path) -> io::Result<()> {
    let flushed = OpenOptions::new()
        .read(true)
        .write(true)
        .custom_flags(FILE_FLAG_BACKUP_SEMANTICS)
        .open(path)
        .and_then(|folder| folder.sync_all());
    match flushed {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        other => other,
    }
}

/// Tells that the console is closed, the user logs off or Ctrl-Break is pressed. Windows has no
/// stopping of processes, so that no other notice comes.
pub fn watch(mut tell: impl FnMut(Notice) + Send + 'static) -> io::Result<()> {
    ctrlc::set_handler(move || tell(Notice::End)).map_err(io::Error::other)
}

/// Does nothing: Windows never asks a process to stop for a while.
pub fn stop() -> io::Result<()> {
    Ok(())
}

/// Tells how pastes come: the console sends them as keys.
pub fn pastes() -> Pastes {
    Pastes::AsKeys
}

/// Returns the folder of what holds for every user of the machine.
pub fn system_config() -> Option<PathBuf> {
    let folder = std::env::var_os("ProgramData")?;
    Some(PathBuf::from(folder).join("bacung"))
}
