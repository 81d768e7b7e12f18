//! redb over the encrypted pages: every acknowledged commit outlives a loss of power at any
//! moment, two processes never share a file, and another key opens nothing.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use bacung::keys::DataKey;
use bacung::store::pages::{Pages, PagesError};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use redb::backends::FileBackend;
use redb::{
    Builder, Database, DatabaseError, Durability, ReadableDatabase, ReadableTable, StorageBackend,
    TableDefinition,
};

use crate::harness::fault::{FaultBackend, Recording, Tear};

const TABLE: TableDefinition<u64, &[u8]> = TableDefinition::new("commits");
const CHURN: TableDefinition<u64, &[u8]> = TableDefinition::new("churn");
/// Images of each cut, of the models in [`Tear::ALL`].
const IMAGES_A_CUT: usize = 2;

fn key(seed: u8) -> DataKey {
    DataKey::generate(&mut |bytes| {
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = seed.wrapping_mul(31).wrapping_add(i as u8);
        }
    })
}

fn open(inner: impl StorageBackend, key: &DataKey) -> Result<Database, DatabaseError> {
    Builder::new()
        .set_cache_size(1 << 20)
        .create_with_backend(Pages::new(inner, key))
}

/// The value of a commit: its length varies, and a few do not fit in a page.
fn value(commit: u64) -> Vec<u8> {
    let len = if commit % 9 == 4 {
        90_000
    } else {
        100 + 37 * commit as usize
    };
    let mut bytes = vec![0; len];
    ChaCha8Rng::seed_from_u64(commit).fill_bytes(&mut bytes);
    bytes
}

fn commit(db: &Database, number: u64) -> Result<(), redb::Error> {
    let mut txn = db.begin_write()?;
    txn.set_durability(Durability::Immediate)?;
    txn.set_quick_repair(true);
    {
        txn.open_table(TABLE)?
            .insert(number, value(number).as_slice())?;
        let mut churn = txn.open_table(CHURN)?;
        churn.insert(number % 3, value(number + 1).as_slice())?;
        churn.remove((number + 1) % 3)?;
    }
    txn.commit()?;
    Ok(())
}

/// Reads all commits, which must be the numbers from 0 on without a gap, each with its value.
fn commits(db: &Database) -> u64 {
    let txn = db.begin_read().unwrap();
    let table = txn.open_table(TABLE).unwrap();
    let mut next = 0;
    for row in table.iter().unwrap() {
        let (number, bytes) = row.unwrap();
        assert_eq!(number.value(), next, "a gap in the commits");
        assert!(
            bytes.value() == value(next),
            "commit {next} has another value"
        );
        next += 1;
    }
    next
}

/// A run of commits with, between them, a killed process, a clean close and one more killed
/// process; and after which operation each commit was acknowledged.
struct Reference {
    recording: Recording,
    acknowledged: Vec<usize>,
}

fn reference() -> Reference {
    let disk = FaultBackend::default();
    {
        let db = open(disk.clone(), &key(1)).unwrap();
        commit(&db, 0).unwrap();
    }
    disk.start_recording();
    let mut acknowledged = vec![0];
    for killed_after in [Some(23), None, Some(61), Some(5), None] {
        let db = open(disk.clone(), &key(1)).unwrap();
        // A killed process may have left a commit that nobody was told of: it is promised only
        // from the next acknowledged one on.
        let found = commits(&db);
        assert!(found >= acknowledged.len() as u64);
        if let Some(operations) = killed_after {
            disk.fail_at(disk.recorded() + operations);
        }
        for number in found..found + 8 {
            if commit(&db, number).is_err() {
                break;
            }
            acknowledged.resize(number as usize + 1, disk.recorded());
        }
        drop(db);
        disk.revive();
    }
    Reference {
        recording: disk.recording(),
        acknowledged,
    }
}

/// The tear of one image: every model at every grain in turn.
fn tear(cut: usize, turn: usize) -> Tear {
    Tear::ALL[(cut * 3 + turn * 5) % Tear::ALL.len()]
}

#[test]
fn no_acknowledged_commit_is_lost_whatever_the_crash_tears() {
    let run = reference();
    let mut chance = ChaCha8Rng::seed_from_u64(20_260_101);
    let (mut images, mut older, mut newer) = (0, 0, 0);
    for cut in 0..=run.recording.len() {
        for turn in 0..IMAGES_A_CUT {
            let tear = tear(cut, turn);
            let image = run.recording.crash(cut, tear, &mut chance);
            let db = open(FaultBackend::from_image(image), &key(1))
                .unwrap_or_else(|error| panic!("cut {cut}, {tear:?} does not open: {error}"));
            let found = commits(&db);
            let promised = run.acknowledged.partition_point(|at| *at <= cut) as u64;
            assert!(
                found >= promised,
                "cut {cut}, {tear:?}: {found} of {promised}"
            );
            assert!(
                found <= promised + 2,
                "cut {cut}, {tear:?}: {found} after {promised}"
            );
            images += 1;
            older += u64::from(found == promised);
            newer += u64::from(found > promised);
        }
    }
    println!(
        "{images} crash images of {} commits opened: {older} at the last acknowledged commit, {newer} one beyond",
        run.acknowledged.len()
    );
    assert!(images > 300 && older > 0 && newer > 0);
    assert!(run.acknowledged.len() > 20);
}

#[test]
fn a_disk_that_lies_about_syncs_does_lose_commits() {
    let disk = FaultBackend::default();
    drop(open(disk.clone(), &key(1)).unwrap());
    disk.start_recording();
    disk.freeze_syncs();
    let db = open(disk.clone(), &key(1)).unwrap();
    for number in 0..4 {
        commit(&db, number).unwrap();
    }
    let recording = disk.recording();
    let mut chance = ChaCha8Rng::seed_from_u64(7);
    let lost = (0..40)
        .filter(|turn| {
            let image = recording.crash(recording.len(), tear(0, *turn), &mut chance);
            outcome(image) != Outcome::Whole(4)
        })
        .count();
    println!("{lost} of 40 images lost: the model of a crash does bite");
    assert!(lost > 10, "{lost}");
}

/// What opening and reading a whole image came to.
#[derive(Debug, PartialEq)]
enum Outcome {
    /// This many commits, all as they were written.
    Whole(u64),
    /// An error, or a panic inside redb, on opening or reading.
    Refused,
    /// Something else than was written came back, and redb's own check says so.
    FoundByCheck,
    /// Something else than was written came back, and nothing noticed.
    Wrong,
}

fn outcome(image: Vec<u8>) -> Outcome {
    // A panic inside redb is one way of refusing: the program's worker catches it too.
    catch_unwind(AssertUnwindSafe(|| {
        let Ok(mut db) = open(FaultBackend::from_image(image), &key(1)) else {
            return Outcome::Refused;
        };
        match catch_unwind(AssertUnwindSafe(|| commits(&db))) {
            Ok(found) => Outcome::Whole(found),
            Err(_) => match db.check_integrity() {
                Ok(true) => Outcome::Wrong,
                Ok(false) | Err(_) => Outcome::FoundByCheck,
            },
        }
    }))
    .unwrap_or(Outcome::Refused)
}

#[test]
fn a_flipped_bit_is_met_by_an_error_or_has_no_effect() {
    let disk = FaultBackend::default();
    {
        let db = open(disk.clone(), &key(1)).unwrap();
        for number in 0..20 {
            commit(&db, number).unwrap();
        }
    }
    let image = disk.image();
    let mut chance = ChaCha8Rng::seed_from_u64(11);
    let (mut unharmed, mut met) = (0, 0);
    for turn in 0..240 {
        // Every third place in the slots of page 0, which decide most.
        let range = if turn % 3 == 0 {
            8192
        } else {
            image.len() as u64
        };
        let at = (chance.next_u64() % range) as usize;
        let mut flipped = image.clone();
        flipped[at] ^= 1 << (chance.next_u32() % 8);
        match outcome(flipped) {
            Outcome::Whole(found) => {
                assert_eq!(found, 20, "commits vanished by a flip at {at}");
                unharmed += 1;
            }
            Outcome::Refused | Outcome::FoundByCheck => {
                assert!(
                    at >= 8192,
                    "damage to one slot of page 0 at {at} stops a closed file"
                );
                met += 1;
            }
            Outcome::Wrong => panic!("a flip at {at} gives a wrong value unnoticed"),
        }
    }
    println!("{unharmed} flips without effect, {met} met by an error");
    assert!(unharmed > 80 && met > 10);
}

#[test]
fn a_full_disk_is_an_error_and_loses_no_earlier_commit() {
    let disk = FaultBackend::default();
    let db = open(disk.clone(), &key(1)).unwrap();
    disk.set_capacity(1 << 20);
    let mut acknowledged = 0;
    let error = loop {
        match commit(&db, acknowledged) {
            Ok(()) => acknowledged += 1,
            Err(error) => break error,
        }
    };
    let redb::Error::Io(error) = error else {
        panic!("not an io error: {error}");
    };
    assert_eq!(error.kind(), std::io::ErrorKind::StorageFull);
    drop(db);
    assert!(acknowledged > 3);
    let db = open(disk, &key(1)).unwrap();
    assert_eq!(commits(&db), acknowledged);
}

fn file(path: &Path) -> FileBackend {
    let file = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .unwrap();
    FileBackend::new(file).unwrap()
}

#[test]
fn a_second_handle_is_refused_until_the_first_is_closed() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("logbook");
    let first = open(file(&path), &key(1)).unwrap();
    commit(&first, 0).unwrap();
    let second = open(file(&path), &key(1));
    assert!(matches!(second, Err(DatabaseError::DatabaseAlreadyOpen)));
    // The lock comes before the key: a busy file is never called damaged.
    let stranger = open(file(&path), &key(2));
    assert!(matches!(stranger, Err(DatabaseError::DatabaseAlreadyOpen)));
    commit(&first, 1).unwrap();
    drop(first);
    let second = open(file(&path), &key(1)).unwrap();
    assert_eq!(commits(&second), 2);
}

#[test]
fn what_is_no_logbook_of_this_key_is_told_apart() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("logbook");
    commit(&open(file(&path), &key(1)).unwrap(), 0).unwrap();
    let why = |seed| PagesError::of(&open(file(&path), &key(seed)).unwrap_err());
    assert_eq!(why(2), Some(PagesError::NoValidHeader));
    assert_eq!(commits(&open(file(&path), &key(1)).unwrap()), 1);
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..8191]).unwrap();
    assert_eq!(why(1), Some(PagesError::TooShort));
    std::fs::write(&path, vec![b'x'; 20_000]).unwrap();
    assert_eq!(why(1), Some(PagesError::NoValidHeader));
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert!(open(file(&path), &key(1)).is_err());
}

#[test]
fn no_value_lies_in_the_file_in_clear() {
    let disk = FaultBackend::default();
    let db = open(disk.clone(), &key(1)).unwrap();
    commit(&db, 0).unwrap();
    drop(db);
    let image = disk.image();
    let value = value(0);
    for clear in [&value[..16], b"commits", b"redb"] {
        assert!(!image.windows(clear.len()).any(|bytes| bytes == clear));
    }
}
