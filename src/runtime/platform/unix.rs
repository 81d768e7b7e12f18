//! Files and folders of their owner only, signals and the terminal's habits, on Unix. Its twin is
//! `windows.rs`.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::thread;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;

use super::Notice;
use crate::runtime::input::Pastes;

/// Creates a folder, and those above it, that only the owner enters (0700).
pub fn create_private_dir(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Creates a file that only the owner reads and writes (0600); one that exists is an error.
pub fn open_private_new(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}

/// Makes new and renamed names in a folder durable.
pub fn sync_dir(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Tells of signals from a thread of its own, for as long as the program runs.
pub fn watch(mut tell: impl FnMut(Notice) + Send + 'static) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT])?;
    let listen = move || {
        for signal in signals.forever() {
            tell(match signal {
                SIGTSTP => Notice::Stop,
                SIGCONT => Notice::GoOn,
                _ => Notice::End,
            });
        }
    };
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(listen)
        .map(drop)
}

/// Stops the process until somebody lets it go on.
pub fn stop() -> io::Result<()> {
    signal_hook::low_level::emulate_default_handler(SIGTSTP)
}

/// Tells how pastes come: every terminal marks them but the console of the kernel.
pub fn pastes() -> Pastes {
    match std::env::var_os("TERM") {
        Some(term) if term == "linux" || term == "dumb" => Pastes::AsKeys,
        Some(_) | None => Pastes::Told,
    }
}

/// Returns the folder of what holds for every user of the machine.
pub fn system_config() -> Option<PathBuf> {
    Some(PathBuf::from("/etc/bacung"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn only_the_owner_gets_in() {
        let home = tempfile::tempdir().expect("a temporary folder");
        let folder = home.path().join("a").join("b");
        create_private_dir(&folder).unwrap();
        create_private_dir(&folder).unwrap();
        let file = folder.join("file");
        open_private_new(&file).unwrap();
        assert!(open_private_new(&file).is_err());
        sync_dir(&folder).unwrap();
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&file)), (0o700, 0o600));
    }
}
