//! Blocks give back what was written, fill a page, and say so when they cannot be read.

use std::collections::BTreeMap;

use redb::backends::InMemoryBackend;
use redb::{Builder, Database};

use super::*;
use crate::domain::{EntityId, LogbookId, MemberId, Stamp, VisitId};
use crate::journal::{Act, Commit, Pen, Signer, Stream, StreamIds, Tip};

fn database() -> Database {
    let backend = InMemoryBackend::new();
    Builder::new()
        .create_with_backend(backend)
        .expect("a database")
}

/// Entries of one chain, with reasons of so many letters each.
fn entries(lengths: &[usize]) -> Vec<Entry> {
    let signer = Signer::from_seed(&[3; 32]);
    let mut ids = StreamIds::from_seed([4; 32]);
    let pen = Pen {
        logbook: LogbookId([1; 16]),
        author: MemberId([2; 16]),
        signer: &signer,
        wall: Stamp(1_795_000_000_000),
    };
    let mut commit = Commit::new(pen, BTreeMap::from([(Stream::Open, Tip::default())]));
    let mut chance = 7_u64;
    for length in lengths {
        let mut letters = || {
            chance = chance
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            char::from(b'a' + (chance >> 59) as u8 % 26)
        };
        let reason: String = (0..*length).map(|_| letters()).collect();
        let visit = EntityId::from(VisitId([5; 16]));
        let done = commit.add(visit, &[], &Act::Withdraw(reason), &mut ids);
        done.expect("small");
    }
    commit
        .finish()
        .0
        .into_iter()
        .map(|(entry, _)| entry)
        .collect()
}

fn file(draft: &mut Draft<'_>, chain: u32, commit: u64, entries: &[Entry]) {
    let mut filing = Filing::default();
    for entry in entries {
        filing.add(chain, commit, entry.clone());
    }
    filing.write(draft).expect("written");
}

/// Takes one entry out and leaves the others of its block in blocks of their own.
pub(in crate::store) fn lose(draft: &mut Draft<'_>, place: Place) -> Result<(), StoreError> {
    let block = Block::around(draft, place)?.ok_or(DAMAGED)?;
    draft.remove(Tab::Entries, &block.first.key())?;
    let all = block.into_entries()?;
    let mut cutter = Cutter::default();
    for entries in all.split(|filed| filed.entry.header().seq == place.seq) {
        if let Some(seq) = entries.first().map(|filed| filed.entry.header().seq) {
            let chain = place.chain;
            let mut blocks = Vec::new();
            cutter.cut_all(Place { chain, seq }, entries, &mut blocks);
            write_blocks(draft, &blocks)?;
        }
    }
    Ok(())
}

fn blocks(draft: &Draft<'_>) -> Vec<(Place, usize)> {
    let mut found = Vec::new();
    let mut visit = |key: &[u8], content: &[u8]| {
        found.push((Place::from_key(key)?, content.len()));
        Ok(std::ops::ControlFlow::Continue(()))
    };
    let way = super::super::tables::Way::Up;
    draft
        .scan(Tab::Entries, &[], &[u8::MAX; 13], way, &mut visit)
        .expect("a scan");
    found
}

fn all_there(draft: &Draft<'_>, chain: u32, entries: &[Entry]) {
    let mut journal = Journal::default();
    for entry in entries {
        let seq = entry.header().seq;
        let place = Place { chain, seq };
        let found = journal.at(draft, place).expect("an entry");
        assert_eq!(found.entry.to_bytes(), entry.to_bytes());
        assert!(entry_at(draft, place).expect("an entry") == found);
    }
}

#[test]
fn commits_fill_pages_one_after_the_other() {
    let db = database();
    let txn = db.begin_write().expect("write");
    let mut draft = Draft::open(&txn).expect("a draft");
    let lengths: Vec<usize> = (0..400).map(|i| i * 37 % 300).collect();
    let entries = entries(&lengths);
    for (commit, some) in entries.chunks(7).enumerate() {
        file(&mut draft, 3, commit as u64, some);
        // Another chain's blocks lie behind and before.
        file(&mut draft, 2, commit as u64, some);
    }
    all_there(&draft, 3, &entries);
    all_there(&draft, 2, &entries);
    let blocks = blocks(&draft);
    let full = |(_, size): &&(Place, usize)| (OPEN..=FULL).contains(size);
    assert!(
        blocks.iter().filter(full).count() >= blocks.len() - 2,
        "{blocks:?}"
    );
    let filed = entry_at(&draft, Place { chain: 3, seq: 15 }).expect("an entry");
    assert_eq!(filed.commit, 2);
}

#[test]
fn long_entries_lie_alone() {
    let db = database();
    let txn = db.begin_write().expect("write");
    let mut draft = Draft::open(&txn).expect("a draft");
    let entries = entries(&[10, 150_000, 10, 10, 9000, 200_000]);
    file(&mut draft, 0, 1, &entries);
    all_there(&draft, 0, &entries);
    let seqs: Vec<u64> = blocks(&draft).iter().map(|(place, _)| place.seq).collect();
    assert_eq!(seqs, [1, 2, 3, 5, 6]);
}

#[test]
fn a_gap_is_refused_and_a_lost_block_is_damage() {
    let db = database();
    let txn = db.begin_write().expect("write");
    let mut draft = Draft::open(&txn).expect("a draft");
    let entries = entries(&[200; 120]);
    file(&mut draft, 0, 1, &entries[..100]);
    for wrong in [&entries[99..], &entries[101..]] {
        let mut filing = Filing::default();
        filing.add(0, 2, wrong[0].clone());
        assert!(filing.write(&mut draft).is_err());
    }
    let blocks = blocks(&draft);
    let (lost, next) = (blocks[1].0, blocks[2].0);
    draft.remove(Tab::Entries, &lost.key()).expect("removed");
    let mut journal = Journal::default();
    for seq in 1..=100 {
        let found = journal.at(&draft, Place { chain: 0, seq });
        assert_eq!(found.is_err(), (lost.seq..next.seq).contains(&seq), "{seq}");
    }
    let beyond = [
        Place { chain: 0, seq: 0 },
        Place { chain: 0, seq: 101 },
        Place { chain: 1, seq: 1 },
    ];
    for place in beyond {
        assert!(entry_at(&draft, place).is_err());
    }
}

#[test]
fn any_flipped_bit_of_what_was_compressed_is_refused_or_read() {
    let db = database();
    let txn = db.begin_write().expect("write");
    let mut draft = Draft::open(&txn).expect("a draft");
    let entries = entries(&[40; 6]);
    file(&mut draft, 0, 1, &entries);
    let key = Place { chain: 0, seq: 1 }.key();
    let content = draft
        .get(Tab::Entries, &key)
        .expect("read")
        .expect("a block");
    for bit in 0..content.len() * 8 {
        let mut flipped = content.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        draft.put(Tab::Entries, &key, &flipped).expect("put");
        for seq in 1..=6 {
            let _ = entry_at(&draft, Place { chain: 0, seq });
        }
    }
}
