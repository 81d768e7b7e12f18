//! Every change on the disk fails, or is the last one: the old file or the new one is whole.

use std::ops::ControlFlow;
use std::path::Path;

use bacung::domain::{Copies, Role, Stamp, VisitRow};
use bacung::journal::{Signer, StreamIds};
use bacung::keys::{KeyFiles, KeyRing, Passphrase, RecoverySecret, Work};
use bacung::runtime::backup::{self, BackupError, Source};
use bacung::runtime::compact::{self, CompactError, Compacted, Keys};
use bacung::runtime::heads::Heads;
use bacung::runtime::logbook::{self, Logbook, OpenError};
use bacung::runtime::restore::{self, Opener, Under};
use bacung::runtime::vault::Vault;
use bacung::runtime::{Folder, SystemClock};
use bacung::store::pages::Pages;
use bacung::store::{CopyError, Genesis, Moment, Progress, SaveDossier, Store};

use crate::harness::disk::{Fail, Left, MemoryDisk};
use crate::harness::home::PASSPHRASE;
use crate::harness::logbook::{day, profile, query, visit};

const BACKUP: &str = "/stick/so.backup";

fn passphrase() -> Passphrase {
    Passphrase::new(PASSPHRASE).expect("is long enough")
}

fn folder(path: &str) -> Folder {
    let folder = Folder::choose(Some(Path::new(path))).expect("was named");
    folder.remembered_in(Heads::new(None))
}

fn go_on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// A disk with a logbook of a few visits, and its paper.
fn made() -> (MemoryDisk, RecoverySecret) {
    let disk = MemoryDisk::new();
    let (ring, paper) = KeyRing::create(&mut |bytes| bytes.fill(3));
    let folder = folder("/logbook");
    let signer = Signer::from_seed(ring.device().as_bytes());
    let moment = Moment {
        now: Stamp(1_795_000_000_000),
        today: day("2026-11-23"),
    };
    let genesis = Genesis {
        profile: profile(Role::Officer),
    };
    let mut ids = StreamIds::from_seed([5; 32]);
    let file = disk.create(&folder.logbook()).expect("is made");
    let pages = Pages::new(file, ring.data());
    let store = Store::create(pages, genesis, signer, moment, &mut ids).expect("a logbook");
    for note in ["một", "hai", "ba"] {
        let save = SaveDossier {
            dossier: visit(note, Some("2026-11-20")),
            places: Vec::new(),
            people: Vec::new(),
            typing: None,
        };
        store.save(save, moment, &mut ids).expect("is saved");
    }
    let typing = store.keep_typing([7; 16], moment.now, b"typed");
    typing.expect("is kept");
    drop(store);
    let files = KeyFiles::new(&disk, folder.path());
    let written = files.write(&ring, &passphrase(), Some(&paper), Work::for_tests());
    written.expect("are written");
    (disk.after(Left::Everything), paper)
}

fn open(disk: &MemoryDisk, path: &str) -> Result<Logbook, OpenError> {
    let clock = SystemClock::default();
    let work = Work::for_tests();
    logbook::unlock_on(disk, &folder(path), &passphrase(), work, &clock)
}

fn rows(logbook: &Logbook) -> Vec<VisitRow> {
    let page = logbook.store.reader().list_visits(&query(""));
    let mut rows = page.expect("is read").rows;
    // What a backup holds is copied where it was put back, and not yet where it was being made.
    for row in &mut rows {
        row.copies = Copies::Local;
    }
    assert_eq!(logbook.store.reader().typing().expect("is read").len(), 1);
    rows
}

/// The logbook opens, holds what it held, and no trace of what was cut short is left.
fn is_whole(disk: &MemoryDisk, path: &str, expected: &[VisitRow], what: &str) {
    let mut open = open(disk, path).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(rows(&open), expected, "{what}");
    assert!(open.ring.previous().is_none(), "{what}");
    let report = open.store.check().expect("is read");
    assert_eq!(report.damage, [], "{what}");
    let names = disk.names(Path::new(path)).expect("are read");
    assert!(
        !names.iter().any(|name| name == "logbook.redb.new"),
        "{what}"
    );
}

/// Compacts; `None` where the disk does not even let the logbook open.
fn compact_it(disk: &MemoryDisk) -> Option<Result<Compacted, CompactError>> {
    let folder = folder("/logbook");
    let passphrase = passphrase();
    let open = open(disk, "/logbook").ok()?;
    let ring = KeyFiles::new(disk, folder.path()).open(&passphrase).ok()?;
    let keys = Keys {
        ring,
        passphrase: &passphrase,
        work: Work::for_tests(),
    };
    let entropy = &mut |bytes: &mut [u8]| bytes.fill(9);
    Some(compact::compact(
        disk,
        &folder,
        &open.store,
        keys,
        entropy,
        &mut go_on,
    ))
}

/// Runs a piece of work with every change failing once, and with every change being the last.
fn at_every_change(
    made: &MemoryDisk,
    work: impl Fn(&MemoryDisk),
    holds: impl Fn(&MemoryDisk, &str),
) {
    let counted = made.after(Left::Everything);
    counted.fail(Fail::Never);
    work(&counted);
    let changes = counted.changes();
    assert!(changes > 20, "{changes}");
    for at in 0..changes {
        let disk = made.after(Left::Everything);
        disk.fail(Fail::Once(at));
        work(&disk);
        holds(&disk.after(Left::Everything), &format!("error at {at}"));
        let disk = made.after(Left::Everything);
        disk.fail(Fail::From(at));
        work(&disk);
        for left in [Left::Everything, Left::Synced] {
            holds(&disk.after(left), &format!("{left:?} after {at}"));
        }
    }
}

#[test]
fn a_compaction_that_fails_anywhere_leaves_a_whole_logbook() {
    let (disk, _) = made();
    let expected = rows(&open(&disk, "/logbook").expect("opens"));
    assert_eq!(expected.len(), 3);
    at_every_change(
        &disk,
        |disk| drop(compact_it(disk)),
        |disk, what| is_whole(disk, "/logbook", &expected, what),
    );
}

#[test]
fn after_a_compaction_the_old_key_opens_nothing() {
    let (disk, paper) = made();
    let files = KeyFiles::new(&disk, Path::new("/logbook"));
    let old = files.open(&passphrase()).expect("opens");
    let compacted = compact_it(&disk).expect("opens").expect("is made");
    assert_eq!(compacted.store.device().to_bytes(), old.device_public());
    drop(compacted);
    let path = folder("/logbook").logbook();
    let under = |ring: &KeyRing| {
        let file = disk.open(&path).expect("is there");
        let signer = Signer::from_seed(ring.device().as_bytes());
        Store::open(Pages::new(file, ring.data()), signer).is_ok()
    };
    assert!(!under(&old));
    for ring in [files.open(&passphrase()), files.recover(&paper)] {
        let ring = ring.expect("opens");
        assert!(ring.previous().is_none());
        assert!(under(&ring));
    }
}

#[test]
fn a_compaction_that_is_stopped_leaves_the_old_file() {
    let (disk, _) = made();
    let expected = rows(&open(&disk, "/logbook").expect("opens"));
    let open = open(&disk, "/logbook").expect("opens");
    for words in 0..3 {
        let passphrase = passphrase();
        let ring = KeyFiles::new(&disk, Path::new("/logbook")).open(&passphrase);
        let keys = Keys {
            ring: ring.expect("opens"),
            passphrase: &passphrase,
            work: Work::for_tests(),
        };
        let mut left = words;
        let tell = &mut |_: Progress| {
            left -= 1;
            match left < 0 {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        };
        let entropy = &mut |bytes: &mut [u8]| bytes.fill(9);
        let folder = folder("/logbook");
        let ended = compact::compact(&disk, &folder, &open.store, keys, entropy, tell);
        assert!(
            matches!(ended, Err(CompactError::Copy(CopyError::Stopped))),
            "{words}"
        );
    }
    drop(open);
    is_whole(&disk, "/logbook", &expected, "stopped");
}

fn back_up(disk: &MemoryDisk) -> Option<Result<backup::Made, BackupError>> {
    let open = open(disk, "/logbook").ok()?;
    let source = Source {
        reader: open.store.reader(),
        ring: &open.ring,
        folder: &open.folder,
        now: Stamp(1_795_000_000_000),
        today: day("2026-11-23"),
    };
    Some(backup::back_up(
        disk,
        &source,
        Path::new(BACKUP),
        &mut go_on,
    ))
}

fn put_back(disk: &MemoryDisk, opener: &Opener<'_>) -> Result<(), BackupError> {
    let file = Path::new(BACKUP);
    let old = restore::keys(disk, file, opener)?;
    let under = Under {
        passphrase: &passphrase(),
        work: Work::for_tests(),
        clock: &SystemClock::default(),
    };
    restore::restore(disk, file, &old, &folder("/back"), &under, &mut go_on).map(drop)
}

#[test]
fn a_backup_that_fails_anywhere_is_whole_or_not_there() {
    let (disk, _) = made();
    let expected = rows(&open(&disk, "/logbook").expect("opens"));
    at_every_change(
        &disk,
        |disk| drop(back_up(disk)),
        |disk, what| {
            is_whole(disk, "/logbook", &expected, what);
            if disk.length(Path::new(BACKUP)).is_some() {
                let back = put_back(disk, &Opener::Passphrase(&passphrase()));
                back.unwrap_or_else(|error| panic!("{what}: {error}"));
                is_whole(disk, "/back", &expected, what);
            }
            let again = disk.names(Path::new("/stick")).expect("are read");
            assert!(
                again.iter().all(|n| n == "so.backup" || n == "bacung.new"),
                "{what}"
            );
        },
    );
}

#[test]
fn a_restore_that_fails_anywhere_can_be_done_again() {
    let (disk, _) = made();
    let expected = rows(&open(&disk, "/logbook").expect("opens"));
    back_up(&disk).expect("opens").expect("is made");
    disk.sync_all();
    at_every_change(
        &disk,
        |disk| drop(put_back(disk, &Opener::Passphrase(&passphrase()))),
        |disk, what| {
            match put_back(disk, &Opener::Passphrase(&passphrase())) {
                Ok(()) | Err(BackupError::NotEmpty(_)) => {}
                Err(error) => panic!("{what}: {error}"),
            }
            is_whole(disk, "/back", &expected, what);
        },
    );
}

#[test]
fn what_is_put_back_writes_under_a_key_of_its_own_that_the_old_one_vouches_for() {
    let (disk, paper) = made();
    back_up(&disk).expect("opens").expect("is made");
    put_back(&disk, &Opener::Recovery(&paper)).expect("is put back");
    let first = open(&disk, "/logbook").expect("opens");
    let mut back = open(&disk, "/back").expect("opens");
    let (old, new) = (first.store.device(), back.store.device());
    assert_ne!(old, new);
    assert!(back.store.knows(&old).expect("is read"));
    assert!(back.store.knows(&new).expect("is read"));
    assert!(!first.store.knows(&new).expect("is read"));
    assert!(first.ring.data().expose() != back.ring.data().expose());
    assert_eq!(back.store.heads().expect("are read").len(), 1);
    let report = back.store.check().expect("is read");
    assert_eq!(report.damage, []);
    // The same paper opens both.
    let files = KeyFiles::new(&disk, Path::new("/back"));
    let ring = files.recover(&paper).expect("opens");
    assert_eq!(ring.device_public(), new.to_bytes());
}

#[test]
fn a_flipped_bit_anywhere_in_a_backup_puts_nothing_back() {
    let (disk, _) = made();
    back_up(&disk).expect("opens").expect("is made");
    let length = disk.length(Path::new(BACKUP)).expect("is there");
    for at in (0..length).step_by(41) {
        let disk = disk.after(Left::Everything);
        disk.flip(Path::new(BACKUP), at);
        let back = put_back(&disk, &Opener::Passphrase(&passphrase()));
        // What wraps the recovery key is not read with the passphrase.
        if back.is_ok() {
            is_whole(
                &disk,
                "/back",
                &rows(&open(&disk, "/logbook").expect("opens")),
                "flipped",
            );
            assert!(at < 2000, "byte {at} of {length}");
        } else {
            assert_eq!(disk.length(&folder("/back").logbook()), None, "byte {at}");
        }
    }
}
