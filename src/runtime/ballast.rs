//! A file that only takes up room, so that a full disk can be given some back for an export.
//!
//! Never holds anything of a record: it is written with zeros.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::platform;

/// How much room is kept, in bytes.
pub const SIZE: u64 = 8 * 1024 * 1024;

/// Puts the ballast there, where it is not whole. A disk that is too full for it and as much again
/// stays without: what was given up would only be taken back.
pub fn keep(path: &Path) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|file| file.len() == SIZE) {
        return Ok(());
    }
    release(path)?;
    fill(path).inspect_err(|_| {
        // Half a ballast is none: it would look whole to nobody and only fill the disk further.
        let _ = fs::remove_file(path);
    })
}

/// Takes the ballast away and so frees its room; tells whether there was any.
pub fn release(path: &Path) -> io::Result<bool> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Writes it out: a file that is only set long takes no room.
fn fill(path: &Path) -> io::Result<()> {
    let mut file = platform::open_private_new(path)?;
    let block = [0; 64 * 1024];
    for _ in 0..2 * SIZE / block.len() as u64 {
        file.write_all(&block)?;
    }
    file.sync_all()?;
    file.set_len(SIZE)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_kept_made_whole_and_released() {
        let home = tempfile::tempdir().expect("a temporary folder");
        let path = home.path().join("ballast");
        assert!(!release(&path).expect("nothing to release"));
        fs::write(&path, b"cut short").expect("can be written");
        keep(&path).expect("there is room");
        keep(&path).expect("there is one already");
        assert_eq!(fs::metadata(&path).expect("is there").len(), SIZE);
        assert!(release(&path).expect("can be removed"));
        assert!(!path.exists());
    }
}
