//! Erasing a copy of a logbook from this machine: its keys first, so that what a disk keeps of the rest
//! stays closed. Never asks whether that is wanted.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::Folder;
use super::logbook::Logbook;
use crate::store::{StoreError, Uncovered};

/// What would be lost with this copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    pub chains: Vec<Uncovered>,
    /// Typing that was never saved.
    pub typing: usize,
    /// Rows of tables that wait to be corrected.
    pub rows: usize,
}

impl Missing {
    /// Tells whether everything is known to be elsewhere.
    pub fn is_nothing(&self) -> bool {
        self.chains.is_empty() && self.typing == 0 && self.rows == 0
    }
}

/// Finds what would be lost with this copy.
pub fn missing(open: &Logbook) -> Result<Missing, StoreError> {
    let reader = open.store.reader();
    Ok(Missing {
        chains: reader.uncovered()?,
        typing: reader.typing()?.len(),
        rows: reader.quarantine()?.len(),
    })
}

/// Erases the files of a logbook, which is closed by that; others in its folder stay.
pub fn erase(open: Logbook) -> Result<(), (PathBuf, io::Error)> {
    let folder = open.folder.clone();
    // While the file is still held, so that nobody opens it with the keys that go.
    for path in [folder.keys(), folder.recovery()] {
        wipe(&path).map_err(|error| (path, error))?;
    }
    drop(open);
    for path in [folder.logbook(), folder.logbook_new(), folder.ballast()] {
        remove(&path).map_err(|error| (path, error))?;
    }
    // Only where nothing else lies there.
    let _ = fs::remove_dir(folder.path());
    Ok(())
}

/// Writes zeros over a small file before it goes; not every disk writes them to the same place.
fn wipe(path: &Path) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(file) => {
            let zeros = vec![0; usize::try_from(file.len()).unwrap_or(0)];
            fs::OpenOptions::new()
                .write(true)
                .open(path)
                .and_then(|mut file| {
                    io::Write::write_all(&mut file, &zeros)?;
                    file.sync_all()
                })?;
            remove(path)
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Names the folder for people.
pub fn shown(folder: &Folder) -> String {
    crate::text::clean::for_screen(&folder.path().display().to_string()).into_owned()
}
