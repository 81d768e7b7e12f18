//! The real disk behind the key files. Knows no key and no content.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use super::platform;
use crate::keys::Disk;

/// The file system of this machine.
#[derive(Debug, Clone, Copy)]
pub struct SystemDisk;

impl Disk for SystemDisk {
    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > most {
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok(bytes)
    }

    fn create_private_dir(&self, path: &Path) -> io::Result<()> {
        platform::create_private_dir(path)
    }

    fn write_private(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
        let mut file = platform::open_private_new(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        platform::sync_dir(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{KeyFiles, KeyRing, Passphrase, Work};

    #[test]
    fn key_files_are_written_replaced_and_read_on_a_real_disk() {
        let home = tempfile::tempdir().expect("a temporary folder");
        let folder = home.path().join("new").join("logbook");
        let files = KeyFiles::new(&SystemDisk, &folder);
        let (ring, paper) = KeyRing::create(&mut |bytes| bytes.fill(1));
        let first = Passphrase::new("first phrase").unwrap();
        let second = Passphrase::new("second phrase").unwrap();
        files
            .write(&ring, &first, Some(&paper), Work::for_tests())
            .unwrap();
        fs::write(folder.join("keys.age.new"), b"left over").unwrap();
        files
            .change_passphrase(&ring, &second, Work::for_tests())
            .unwrap();
        assert!(files.open(&first).is_err());
        let read = files.open(&second).unwrap();
        assert_eq!(read.device_public(), ring.device_public());
        assert!(files.recover(&paper).is_ok());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
    }

    #[test]
    fn a_file_that_is_too_long_is_not_read() {
        let home = tempfile::tempdir().expect("a temporary folder");
        let path = home.path().join("file");
        SystemDisk.write_private(&path, &[1; 9]).unwrap();
        assert_eq!(SystemDisk.read(&path, 9).unwrap(), [1; 9]);
        let error = SystemDisk.read(&path, 8).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    }
}
