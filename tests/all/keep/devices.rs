//! Which device key writes: a logbook that is copied, carried or put back from an old copy.

use std::fs;
use std::path::{Path, PathBuf};

use bacung::domain::{Profile, Role};
use bacung::journal::DeviceKey;
use bacung::keys::{Passphrase, Work};
use bacung::runtime::heads::Heads;
use bacung::runtime::logbook::{self, Logbook};
use bacung::runtime::{Folder, SystemClock, SystemDisk};
use bacung::store::SaveDossier;

use crate::harness::home::PASSPHRASE;
use crate::harness::logbook::visit;

/// Two laptops, and folders between them.
struct Laptops {
    home: tempfile::TempDir,
}

fn passphrase() -> Passphrase {
    Passphrase::new(PASSPHRASE).expect("is long enough")
}

fn clock() -> SystemClock {
    SystemClock::default()
}

impl Laptops {
    fn new() -> Self {
        let home = tempfile::tempdir().expect("a temporary folder");
        let laptops = Self { home };
        let profile = Profile {
            name: "Hoàng Thị Bế".to_owned(),
            post: String::new(),
            unit: "Công an xã Nà Hang".to_owned(),
            role: Role::Officer,
        };
        let folder = laptops.folder("stick", "A");
        logbook::create(&folder, profile, &passphrase(), &clock()).expect("a logbook");
        laptops
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn folder(&self, name: &str, laptop: &str) -> Folder {
        let folder = Folder::choose(Some(&self.path(name))).expect("was named");
        folder.remembered_in(Heads::new(Some(self.path(laptop))))
    }

    fn open(&self, name: &str, laptop: &str) -> Logbook {
        let folder = self.folder(name, laptop);
        let work = Work::for_tests();
        let opened = logbook::unlock_on(&SystemDisk, &folder, &passphrase(), work, &clock());
        opened.unwrap_or_else(|error| panic!("{name} on {laptop}: {error}"))
    }

    fn copy(&self, from: &str, to: &str) {
        copy(&self.path(from), &self.path(to));
    }
}

fn copy(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir(to).expect("is made");
    for file in fs::read_dir(from).expect("is there") {
        let file = file.expect("is readable");
        fs::copy(file.path(), to.join(file.file_name())).expect("is copied");
    }
}

fn write(logbook: &mut Logbook, note: &str) {
    let save = SaveDossier {
        dossier: visit(note, Some("2026-11-20")),
        places: Vec::new(),
        people: Vec::new(),
        typing: None,
    };
    let moment = logbook::moment(&clock());
    let saved = logbook.store.save(save, moment, &mut logbook.ids);
    saved.expect("is saved");
}

fn whole(mut logbook: Logbook) -> u64 {
    let report = logbook.store.check().expect("is read");
    assert_eq!(report.damage, []);
    report.entries
}

fn device(logbook: &Logbook) -> DeviceKey {
    logbook.store.device()
}

#[test]
fn the_same_machine_goes_on_with_its_key() {
    let laptops = Laptops::new();
    let mut open = laptops.open("stick", "A");
    let first = device(&open);
    write(&mut open, "một");
    drop(open);
    let open = laptops.open("stick", "A");
    assert_eq!(device(&open), first);
    assert_eq!(open.lost, None);
}

#[test]
fn a_stick_that_is_carried_has_a_key_for_each_machine() {
    let laptops = Laptops::new();
    let mut keys = Vec::new();
    for (round, laptop) in ["A", "B", "A", "B", "A"].into_iter().enumerate() {
        let mut open = laptops.open("stick", laptop);
        assert_eq!(open.lost, None, "{round}");
        write(&mut open, "một");
        keys.push(device(&open));
    }
    assert_eq!(keys[0], keys[2]);
    assert_eq!(keys[0], keys[4]);
    assert_eq!(keys[1], keys[3]);
    assert_ne!(keys[0], keys[1]);
    // Three entries of the beginning, the certificate, and the visits.
    assert_eq!(whole(laptops.open("stick", "A")), 3 + 1 + 5);
}

#[test]
fn an_old_copy_that_is_put_back_is_noticed_and_named_once() {
    let laptops = Laptops::new();
    let mut open = laptops.open("stick", "A");
    write(&mut open, "một");
    drop(open);
    laptops.copy("stick", "old");
    let mut open = laptops.open("stick", "A");
    let first = device(&open);
    write(&mut open, "hai");
    let named = open.store.heads().expect("are read");
    drop(open);
    laptops.copy("old", "stick");
    let mut open = laptops.open("stick", "A");
    let lost = open.lost.expect("is noticed");
    assert!(named.contains(&lost));
    assert_ne!(device(&open), first);
    let second = device(&open);
    write(&mut open, "ba");
    drop(open);
    let open = laptops.open("stick", "A");
    assert_eq!(open.lost, None);
    assert_eq!(device(&open), second);
    whole(open);
}

#[test]
fn a_file_that_is_ahead_after_a_crash_is_fine() {
    let laptops = Laptops::new();
    drop(laptops.open("stick", "A"));
    copy(&laptops.path("A"), &laptops.path("before"));
    let mut open = laptops.open("stick", "A");
    let first = device(&open);
    write(&mut open, "một");
    write(&mut open, "hai");
    drop(open);
    copy(&laptops.path("before"), &laptops.path("A"));
    let open = laptops.open("stick", "A");
    assert_eq!((device(&open), open.lost), (first, None));
}

#[test]
fn two_copies_on_two_machines_never_write_under_one_key() {
    let laptops = Laptops::new();
    laptops.copy("stick", "copy");
    let mut here = laptops.open("stick", "A");
    let mut there = laptops.open("copy", "B");
    write(&mut here, "ở đây");
    write(&mut there, "ở kia");
    assert_ne!(device(&here), device(&there));
    whole(here);
    whole(there);
}

#[test]
fn a_copy_used_on_the_same_machine_makes_the_first_one_change_its_key() {
    let laptops = Laptops::new();
    laptops.copy("stick", "copy");
    let mut copied = laptops.open("copy", "A");
    let first = device(&copied);
    write(&mut copied, "trong bản chép");
    drop(copied);
    let mut open = laptops.open("stick", "A");
    assert!(open.lost.is_some());
    assert_ne!(device(&open), first);
    write(&mut open, "trong sổ");
    whole(open);
}

#[test]
fn a_machine_without_a_memory_goes_on_with_the_key_that_is_there() {
    let laptops = Laptops::new();
    let folder = laptops.folder("stick", "A").remembered_in(Heads::new(None));
    let work = Work::for_tests();
    let keys: Vec<_> = (0..2)
        .map(|_| {
            let opened = logbook::unlock_on(&SystemDisk, &folder, &passphrase(), work, &clock());
            device(&opened.expect("opens"))
        })
        .collect();
    assert_eq!(keys[0], keys[1]);
}
