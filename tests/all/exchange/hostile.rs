//! Bundles that somebody made or spoilt: whatever is in them, nothing panics, the records stay what they
//! were, and the honest device goes on.

use std::collections::BTreeMap;

use bacung::domain::{EntityId, EntryHash, LogbookId, Role, Stamp, VisitId};
use bacung::exchange::{self, BundleName, FolderTarget, Target, TargetError};
use bacung::journal::{Act, Commit, Entry, FieldMap, Ids, Pen, RawCbor, Signer, Stream, Tip};
use bacung::keys::Reader;
use bacung::store::Store;

use super::basic::heal;
use super::laptop::Laptop;
use super::stick::Stick;
use crate::harness::logbook::visit;

/// Two laptops that have exchanged, and a visit.
fn scene() -> (Laptop, Laptop, Stick, VisitId) {
    let mut one = Laptop::first(1, Role::Officer);
    let mut two = one.newcomer(2, Role::Officer);
    one.admits(&two);
    let mut stick = Stick::default();
    let visit = one.save(visit("suối", Some("2026-11-20")));
    heal(&mut [&mut one, &mut two], &mut stick);
    (one, two, stick, visit)
}

pub fn sender(laptop: &Laptop) -> String {
    laptop
        .device()
        .0
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect()
}

pub fn logbook(laptop: &Laptop) -> LogbookId {
    laptop.store.reader().identity().expect("is read").logbook
}

pub fn readers(of: &Laptop, but: &Laptop) -> Vec<Reader> {
    let roster = of.store.reader().roster().expect("is read");
    let readers = roster.readers(Stream::Open, but.device());
    readers.into_iter().map(|(_, reader)| reader).collect()
}

/// Lays bytes down under a name that says what they hash to.
pub fn lay(stick: &mut Stick, sender: &str, number: u64, bytes: &[u8]) {
    let name = BundleName::new(number, &[], bytes).as_text();
    stick.write(sender, &name, bytes).expect("is written");
}

/// What the second laptop writes next in `open`, as it would be sent.
pub fn forge(
    two: &Laptop,
    by: &Signer,
    tip: Tip,
    wall: i64,
    acts: &[(EntityId, Act)],
) -> Vec<Entry> {
    let none: &[EntryHash] = &[];
    let acts = acts.iter().map(|(entity, act)| (*entity, none, act));
    sign(&two.store, (by, tip, wall), acts)
}

/// Entries of the member of a logbook in `open`, on top of what each is said to replace.
pub fn sign<'a>(
    of: &Store,
    by: (&Signer, Tip, i64),
    acts: impl IntoIterator<Item = (EntityId, &'a [EntryHash], &'a Act)>,
) -> Vec<Entry> {
    sign_in(Stream::Open, of, by, acts)
}

/// The same in any stream.
pub fn sign_in<'a>(
    stream: Stream,
    of: &Store,
    (signer, tip, wall): (&Signer, Tip, i64),
    acts: impl IntoIterator<Item = (EntityId, &'a [EntryHash], &'a Act)>,
) -> Vec<Entry> {
    let identity = of.reader().identity().expect("is read");
    let pen = Pen {
        logbook: identity.logbook,
        author: identity.member,
        signer,
        wall: Stamp(wall),
    };
    let mut ids = bacung::journal::StreamIds::from_seed([77; 32]);
    let mut commit = Commit::new(pen, BTreeMap::from([(stream, tip)]));
    for (entity, heads, act) in acts {
        let ids: &mut dyn Ids = &mut ids;
        let added = commit.add_in(stream, entity, heads, act, ids);
        added.expect("an entry");
    }
    let (entries, _) = commit.finish();
    entries.into_iter().map(|(entry, _)| entry).collect()
}

pub fn key(of: &Laptop) -> Signer {
    Signer::from_seed(of.ring.device().as_bytes())
}

/// Where the second laptop's `open` chain stands on the first.
pub fn tip(one: &Laptop, two: &Laptop) -> Tip {
    tip_in(one, two, Stream::Open)
}

/// Where a chain of the second laptop stands on the first.
pub fn tip_in(one: &Laptop, two: &Laptop, stream: Stream) -> Tip {
    let ends = one.store.reader().chain_ends().expect("is read");
    let of_two = |end: &&exchange_end::End| end.device == two.device() && end.stream == stream;
    let Some(end) = ends.iter().find(of_two) else {
        return Tip::default();
    };
    let reader = two.store.reader();
    let run = reader.run(end.device, stream, end.mark.seq, (1, 1));
    let last = run.expect("is read").pop().expect("an entry");
    Tip {
        seq: end.mark.seq,
        hash: Some(end.mark.hash),
        time: last.header().time,
    }
}

mod exchange_end {
    pub use bacung::store::ChainEnd as End;
}

pub fn save(number: u32, value: &[u8]) -> Act {
    let map = [&[0xa1, number as u8][..], value].concat();
    Act::Save(FieldMap::from_bytes(&map).expect("a map"))
}

/// A save of a visit's note.
pub fn note(visit: VisitId, letter: u8) -> [(EntityId, Act); 1] {
    [(visit.into(), save(10, &[0x61, letter]))]
}

#[test]
fn no_flipped_or_cut_byte_changes_a_record() {
    let (mut one, two, _, visit) = scene();
    let acts = [(visit.into(), save(10, &[0x61, b'x']))];
    let entries = forge(&two, &key(&two), tip(&one, &two), 0, &acts);
    let sealed = exchange::seal(logbook(&one), Stream::Open, &entries, &readers(&two, &two));
    let sealed = sealed.expect("a reader");
    let before = one.view();
    let mut stick = Stick::default();
    let spoilt = |at: usize| {
        let mut bytes = sealed.clone();
        bytes[at] ^= 1 << (at % 8);
        bytes
    };
    for at in (0..sealed.len()).step_by(3) {
        lay(&mut stick, &sender(&two), at as u64 * 2, &spoilt(at));
        lay(&mut stick, &sender(&two), at as u64 * 2 + 1, &sealed[..at]);
    }
    let report = one.sync(&mut stick);
    assert_eq!(report.entries_in, 0);
    assert_eq!(one.view(), before);
    // The bytes inside, which a member could seal: the same for every byte of the entry.
    let entry = entries[0].to_bytes();
    for at in 0..entry.len() {
        let mut bytes = entry.clone();
        bytes[at] ^= 1 << (at % 8);
        let Ok(flipped) = Entry::from_bytes(&bytes) else {
            continue;
        };
        let body_only =
            flipped.hash() == entries[0].hash() && !matches!(flipped.body(), Ok(Some(_)));
        let same = flipped == entries[0];
        if body_only {
            // The header stands and its body is to come again: the next test.
            continue;
        }
        let received = one
            .store
            .receive(Stream::Open, vec![flipped])
            .expect("no fault of the file");
        assert!(same || received.taken == 0, "byte {at}: {received:?}");
        if received.taken == 0 {
            assert_eq!(one.view(), before, "byte {at}");
        }
    }
    one.check();
    lay(&mut stick, &sender(&two), 1_000_000, &sealed);
    one.sync(&mut stick);
    assert_eq!(
        one.dossier(visit).visit.value.note,
        "x",
        "the honest bundle goes on"
    );
    one.check();
}

#[test]
fn a_bad_body_is_put_aside_and_comes_again() {
    let (mut one, two, _, visit) = scene();
    let acts = [(visit.into(), save(10, &[0x61, b'x']))];
    let good = forge(&two, &key(&two), tip(&one, &two), 0, &acts);
    let bytes = good[0].to_bytes();
    let spoilt = (0..bytes.len()).find_map(|at| {
        let mut bytes = bytes.clone();
        bytes[at] ^= 1;
        let entry = Entry::from_bytes(&bytes).ok()?;
        let only_body = entry.hash() == good[0].hash() && entry.body().is_err();
        (only_body && entry.signature() == good[0].signature()).then_some(entry)
    });
    let spoilt = spoilt.expect("a byte of the body");
    let received = one
        .store
        .receive(Stream::Open, vec![spoilt])
        .expect("is judged");
    assert_eq!((received.taken, received.bad_bodies), (1, 1));
    assert_eq!(one.dossier(visit).visit.value.note, "suối");
    one.check();
    let received = one.store.receive(Stream::Open, good).expect("is judged");
    assert_eq!(received.taken, 1);
    assert_eq!(one.dossier(visit).visit.value.note, "x");
    one.check();
}

#[test]
fn what_a_member_must_not_write_makes_nothing() {
    let (mut one, two, _, visit) = scene();
    let before = one.view();
    let start = tip(&one, &two);
    let far = VisitId([9; 16]);
    let odd: Vec<(&str, Vec<(EntityId, Act)>)> = vec![
        // Fields that are no such thing, in a record that stands.
        (
            "a note that is a number",
            vec![(visit.into(), save(10, &[0x05]))],
        ),
        (
            "a team that is a text",
            vec![(visit.into(), save(4, &[0x61, b'x']))],
        ),
        (
            "a receipt for what nobody wrote",
            vec![(
                EntityId {
                    kind: bacung::domain::EntityKind::Device,
                    id: one.device().0,
                },
                Act::Receipt(bacung::journal::Mark {
                    seq: u64::MAX >> 2,
                    hash: bacung::domain::EntryHash([1; 32]),
                }),
            )],
        ),
        (
            "a cut by somebody who keeps no roster",
            vec![(
                EntityId {
                    kind: bacung::domain::EntityKind::Device,
                    id: one.device().0,
                },
                Act::Cut(bacung::journal::Mark {
                    seq: 1,
                    hash: bacung::domain::EntryHash([1; 32]),
                }),
            )],
        ),
        (
            "an undo of another's entry",
            vec![(visit.into(), Act::Undo(bacung::domain::EntryHash([2; 32])))],
        ),
        (
            "an unknown kind",
            vec![(
                EntityId {
                    kind: bacung::domain::EntityKind::from_number(9999),
                    id: far.0,
                },
                Act::Save([(1, RawCbor::null())].into_iter().collect()),
            )],
        ),
    ];
    let mut at = start;
    for (what, acts) in odd {
        let entries = forge(&two, &key(&two), at, 4_000_000_000_000, &acts);
        let last = entries.last().expect("an entry");
        at = Tip {
            seq: last.header().seq,
            hash: Some(last.hash()),
            time: last.header().time,
        };
        let received = one
            .store
            .receive(Stream::Open, entries)
            .expect("no fault of the file");
        assert_eq!(received.refused, None, "{what}");
        let mut records = one.view();
        let mut expected = before.clone();
        // An undo is an entry of the visit: its revision moves, its fields do not.
        if what == "an undo of another's entry" || what == "an unknown kind" {
            records.clear();
            expected.clear();
        }
        assert_eq!(records, expected, "{what}");
        one.check();
    }
    assert_eq!(one.notes(), ["suối"]);
    one.save(crate::harness::logbook::visit("sau đó", Some("2026-11-21")));
}

#[test]
fn strangers_forks_leaps_of_the_clock_and_wrong_streams_are_refused() {
    use bacung::store::{Refused, Wait};
    let (one, two, _, visit) = scene();
    let before = one.view();
    let start = tip(&one, &two);
    let note = |text: u8| [(visit.into(), save(10, &[0x61, text]))];
    let receive = |entries| {
        one.store
            .receive(Stream::Open, entries)
            .expect("no fault of the file")
    };
    let stranger = Signer::from_seed(&[200; 32]);
    let by_stranger = receive(forge(&two, &stranger, Tip::default(), 0, &note(b'a')));
    assert!(matches!(by_stranger.waiting, Some(Wait::Admission(_))));
    let leap = Tip {
        time: 1 << 62,
        ..start
    };
    let leapt = receive(forge(&two, &key(&two), leap, 0, &note(b'b')));
    assert!(matches!(leapt.waiting, Some(Wait::Clock(_))));
    let gap = Tip {
        seq: start.seq + 5,
        ..start
    };
    let gapped = receive(forge(&two, &key(&two), gap, 0, &note(b'c')));
    assert!(matches!(gapped.waiting, Some(Wait::Predecessor(..))));
    let back = Tip {
        seq: start.seq - 1,
        ..start
    };
    let forked = receive(forge(&two, &key(&two), back, 0, &note(b'd')));
    assert!(matches!(forked.refused, Some(Refused::Fork(_))));
    assert_eq!(
        one.store.reader().spoilt().expect("is read").1,
        1,
        "a fork is kept"
    );
    let unlinked = Tip {
        hash: None,
        ..start
    };
    let unlinked = receive(forge(&two, &key(&two), unlinked, 0, &note(b'e')));
    assert!(matches!(unlinked.refused, Some(Refused::Chain(..))));
    let wrong = one.store.receive(
        Stream::Petition,
        forge(&two, &key(&two), start, 0, &note(b'f')),
    );
    assert!(wrong.expect("no fault of the file").refused.is_some());
    assert_eq!(one.view(), before);
}

#[test]
fn names_that_walk_and_things_that_are_too_large_are_passed_over() {
    let (mut one, two, _, _) = scene();
    let home = tempfile::tempdir().expect("a folder");
    let folder = |laptop: &Laptop| {
        let id: String = logbook(laptop)
            .0
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        home.path().join(id)
    };
    let theirs = folder(&one).join(sender(&two));
    std::fs::create_dir_all(&theirs).expect("folders");
    std::fs::create_dir_all(folder(&one).join("not-a-device")).expect("folders");
    let huge = BundleName::new(7, &[], b"").as_text();
    let file = std::fs::File::create(theirs.join(huge)).expect("a file");
    file.set_len(1 << 40).expect("a hole");
    std::fs::write(theirs.join("..%2fescape"), b"x").expect("a file");
    std::fs::write(theirs.join("unfinished"), b"x").expect("a file");
    let disk = bacung::runtime::exchange::Stick;
    let mut target = FolderTarget::new(disk, home.path(), logbook(&one));
    let report = one.sync(&mut target);
    assert_eq!((report.entries_in, report.quarantined), (0, 1));
    let mut gone = FolderTarget::new(disk, &home.path().join("gone"), logbook(&one));
    assert!(matches!(gone.senders(), Err(TargetError::Missing)));
}

#[test]
fn bundles_for_others_and_of_other_logbooks_are_not_counted() {
    let (mut one, two, mut stick, visit) = scene();
    let mut other = Laptop::first(9, Role::Officer);
    let stranger = other.newcomer(8, Role::Officer);
    other.admits(&stranger);
    let acts = [(visit.into(), save(10, &[0x61, b'x']))];
    let entries = forge(&two, &key(&two), tip(&one, &two), 0, &acts);
    let for_others = exchange::seal(
        logbook(&one),
        Stream::Open,
        &entries,
        &readers(&other, &other),
    );
    lay(
        &mut stick,
        &sender(&two),
        100,
        &for_others.expect("a reader"),
    );
    let elsewhere = exchange::seal(
        LogbookId([5; 16]),
        Stream::Open,
        &entries,
        &readers(&two, &two),
    );
    lay(
        &mut stick,
        &sender(&two),
        101,
        &elsewhere.expect("a reader"),
    );
    let report = one.sync(&mut stick);
    assert_eq!(
        (report.entries_in, report.quarantined, report.waiting),
        (0, 0, 0)
    );
}
