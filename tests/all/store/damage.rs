//! Crashes, full disks and flipped bits under a whole logbook on encrypted pages.

use std::env;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::{Command, Stdio};

use bacung::domain::{Role, VisitId};
use bacung::keys::DataKey;
use bacung::store::pages::Pages;
use bacung::store::{Store, StoreError, WriteError};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::harness::fault::{FaultBackend, Tear};
use crate::harness::logbook::{Logbook, day, query, signer, visit, with_activity, with_concern};

fn key() -> DataKey {
    DataKey::generate(&mut |bytes| bytes.iter_mut().enumerate().for_each(|(i, b)| *b = i as u8))
}

fn pages(disk: &FaultBackend) -> Pages<FaultBackend> {
    Pages::new(disk.clone(), &key())
}

fn save(logbook: &mut Logbook, number: usize) -> Result<VisitId, WriteError> {
    let date = format!("2026-11-{:02}", 1 + number % 28);
    let dossier = with_activity(
        visit(&format!("chuyến {number}"), Some(&date)),
        "road",
        "việc",
    );
    let saved = logbook.try_save(
        with_concern(dossier, "đèn tối", Some("2026-11-30")),
        vec![],
        vec![],
    );
    saved.map(|saved| saved.visit)
}

/// Everything that screens would show, read back.
fn answers(store: &Store) -> Result<String, StoreError> {
    let reader = store.reader();
    let mut asked = query("");
    asked.limit = 100;
    let page = reader.list_visits(&asked)?;
    let mut out = format!("{page:?}");
    asked.words = "viec chuy".into();
    let found = reader.list_visits(&asked)?;
    out += &format!("{found:?}{:?}", reader.today(day("2026-11-23"))?);
    out += &format!("{:?}{:?}", reader.names()?, reader.typing()?);
    for row in &page.rows {
        let dossier = reader.dossier(row.id)?;
        let dossier = dossier.ok_or(StoreError::Damaged("a row without a visit"))?;
        out += &format!("{:?}", dossier.visit);
        for file in dossier.activities {
            out += &format!("{:?}", file.activity);
        }
        out += &format!("{:?}", reader.find(row.code.as_str())?);
    }
    Ok(out)
}

#[test]
fn no_acknowledged_save_is_lost_whatever_the_crash_tears() {
    let disk = FaultBackend::default();
    let mut logbook = Logbook::create(pages(&disk), Role::Officer);
    disk.start_recording();
    let mut acknowledged = Vec::new();
    for number in 0..6 {
        let id = save(&mut logbook, number).unwrap();
        logbook
            .store
            .keep_typing([number as u8; 16], logbook_stamp(), b"...")
            .unwrap();
        acknowledged.push((disk.recorded(), id));
    }
    let recording = disk.recording();
    let mut chance = ChaCha8Rng::seed_from_u64(3);
    for cut in 0..=recording.len() {
        let tear = Tear::ALL[cut % Tear::ALL.len()];
        let image = recording.crash(cut, tear, &mut chance);
        let store = Store::open(pages(&FaultBackend::from_image(image)), signer())
            .unwrap_or_else(|e| panic!("cut {cut}, {tear:?} does not open: {e}"));
        let reader = store.reader();
        for (at, id) in &acknowledged {
            if *at <= cut {
                assert!(
                    reader.dossier(*id).unwrap().is_some(),
                    "cut {cut}, {tear:?}"
                );
            }
        }
        answers(&store).unwrap_or_else(|e| panic!("cut {cut}, {tear:?}: {e}"));
        if cut % 16 == 0 {
            drop(reader);
            let mut store = store;
            assert_eq!(store.check().unwrap().damage, [], "cut {cut}, {tear:?}");
        }
    }
    assert!(recording.len() > 100);
}

fn logbook_stamp() -> bacung::domain::Stamp {
    bacung::domain::Stamp(7)
}

#[test]
fn a_full_disk_refuses_and_loses_nothing() {
    let disk = FaultBackend::default();
    let mut logbook = Logbook::create(pages(&disk), Role::Officer);
    disk.set_capacity(disk.image().len() + 64 * 1024);
    let mut saved = Vec::new();
    let error = loop {
        match save(&mut logbook, saved.len()) {
            Ok(id) => saved.push(id),
            Err(error) => break error,
        }
        assert!(saved.len() < 10_000, "the disk never fills");
    };
    assert!(
        matches!(error, WriteError::Store(StoreError::DiskFull)),
        "{error}"
    );
    drop(logbook);
    disk.set_capacity(usize::MAX);
    let mut store = Store::open(pages(&disk), signer()).unwrap();
    for id in saved {
        assert!(store.reader().dossier(id).unwrap().is_some());
    }
    assert_eq!(store.check().unwrap().damage, []);
}

/// What came of reading a damaged file. `Stopped` is a panic while redb takes back what it did in another one: Rust ends
/// the process then.
#[derive(Debug, PartialEq)]
enum Outcome {
    Same,
    Refused,
    Wrong,
    Stopped,
}

impl Outcome {
    const ALL: [Self; 4] = [Self::Same, Self::Refused, Self::Wrong, Self::Stopped];
}

fn outcome(image: Vec<u8>, expected: &str) -> Outcome {
    let read = || -> Result<String, StoreError> {
        answers(&Store::open(
            pages(&FaultBackend::from_image(image)),
            signer(),
        )?)
    };
    // A panic inside redb is one way of refusing: the program's worker catches it too.
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(found)) if found == expected => Outcome::Same,
        Ok(Ok(_)) => Outcome::Wrong,
        Ok(Err(_)) | Err(_) => Outcome::Refused,
    }
}

/// The image with one bit flipped. Most of the file is room; every second flip hits a page that holds something.
fn flipped(image: &[u8], turn: u64) -> Vec<u8> {
    let used: Vec<usize> = (0..image.len() / 4096)
        .filter(|page| image[page * 4096..][..4096].iter().any(|b| *b != 0))
        .collect();
    let mut chance = ChaCha8Rng::seed_from_u64(turn);
    let at = if turn.is_multiple_of(2) {
        chance.next_u64() as usize % image.len()
    } else {
        used[chance.next_u64() as usize % used.len()] * 4096 + chance.next_u64() as usize % 4096
    };
    let mut flipped = image.to_vec();
    flipped[at] ^= 1 << (chance.next_u32() % 8);
    flipped
}

/// Tells the outcomes of the turns from `first` on, a line each, until all are told or the process is stopped.
fn tell(folder: &Path, first: u64) {
    let image = fs::read(folder.join("image")).unwrap();
    let expected = fs::read_to_string(folder.join("expected")).unwrap();
    std::panic::set_hook(Box::new(|_| {}));
    for turn in first..FLIPS {
        let came = outcome(flipped(&image, turn), &expected);
        println!("{TOLD}{came:?}");
    }
}

const FLIPS: u64 = 2_000;
const TOLD: &str = "outcome ";
const NAME: &str = "store::damage::a_flipped_bit_is_an_error_or_has_no_effect";

#[test]
fn a_flipped_bit_is_an_error_or_has_no_effect() {
    if let (Ok(folder), Ok(first)) = (env::var("FLIPS_IN"), env::var("FLIPS_FROM")) {
        return tell(Path::new(&folder), first.parse().unwrap());
    }
    let disk = FaultBackend::default();
    let mut logbook = Logbook::create(pages(&disk), Role::Officer);
    for number in 0..12 {
        save(&mut logbook, number).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("expected"),
        answers(&logbook.store).unwrap(),
    )
    .unwrap();
    drop(logbook);
    fs::write(folder.path().join("image"), disk.image()).unwrap();

    // In processes of their own, as some are stopped.
    let mut outcomes = Vec::new();
    while outcomes.len() < FLIPS as usize {
        let child = Command::new(env::current_exe().unwrap())
            .args([NAME, "--exact", "--nocapture"])
            .env("FLIPS_IN", folder.path())
            .env("FLIPS_FROM", outcomes.len().to_string())
            .stderr(Stdio::null())
            .output()
            .unwrap();
        let said = String::from_utf8(child.stdout).unwrap();
        let told = said.lines().filter_map(|line| line.split_once(TOLD));
        outcomes.extend(told.map(|(_, name)| name.to_owned()));
        if !child.status.success() {
            outcomes.push(format!("{:?}", Outcome::Stopped));
        }
    }
    let [same, refused, wrong, stopped] = Outcome::ALL.map(|kind| {
        let name = format!("{kind:?}");
        outcomes.iter().filter(|found| **found == name).count()
    });
    println!("no effect {same}, refused {refused}, wrong {wrong}, stopped {stopped}");
    assert_eq!((same + refused + stopped, wrong), (FLIPS as usize, 0));
    assert!(refused > 100 && stopped < 10);
}
