//! Whatever entries a chain has, a pack gives them back byte by byte.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::domain::{EntityId, LogbookId, MemberId, Stamp, VisitId};
use crate::journal::{Act, Commit, Header, Pen, Signer, Stream, StreamIds, Tip};

fn own() -> Vec<Entry> {
    let signer = Signer::from_seed(&[3; 32]);
    let mut ids = StreamIds::from_seed([4; 32]);
    let mut tips = BTreeMap::from([(Stream::Open, Tip::default())]);
    let (mut all, mut head) = (Vec::new(), Vec::new());
    for turn in 0..6 {
        let pen = Pen {
            logbook: LogbookId([1; 16]),
            author: MemberId([2; 16]),
            signer: &signer,
            wall: Stamp(1_795_000_000_000 + turn),
        };
        let mut commit = Commit::new(pen, tips);
        for act in [Act::Send, Act::Withdraw(format!("trùng lần {turn}"))] {
            let visit = EntityId::from(VisitId([5; 16]));
            head = vec![commit.add(visit, &head, &act, &mut ids).expect("small")];
        }
        let (entries, after) = commit.finish();
        all.extend(entries.into_iter().map(|(entry, _)| entry));
        tips = after;
    }
    all
}

/// What is different about an entry that another program may have written.
#[derive(Clone, Copy, Debug)]
enum Odd {
    Not,
    Erased,
    /// The body is not the one that the header vouches for.
    Body,
    Prev,
    NoPrev,
    Time,
    Heads,
    /// A field of a later release.
    Field,
    /// Keys out of their order.
    Order,
}

fn entry_bytes(header: &[u8], body: Option<&[u8]>) -> Vec<u8> {
    let mut bytes = Vec::new();
    put_head(&mut bytes, MAP, 2 + u64::from(body.is_some()));
    for (key, value) in [(0, Some(header)), (1, Some(&[9; 16][..])), (2, body)] {
        if let Some(value) = value {
            put_head(&mut bytes, NUMBER, key);
            put_head(&mut bytes, BYTES, value.len() as u64);
            bytes.extend_from_slice(value);
        }
    }
    bytes
}

fn odd(entry: &Entry, how: Odd) -> Entry {
    let mut header: Header = entry.header().clone();
    let mut body = Some(entry.raw_body().expect("a body").to_vec());
    header.body = body_hash(&[9; 16], entry.raw_body().expect("a body"));
    match how {
        Odd::Not => return entry.clone(),
        Odd::Erased => body = None,
        Odd::Body => header.body = [8; 32],
        Odd::Prev => header.prev = Some(EntryHash([7; 32])),
        Odd::NoPrev => header.prev = None,
        Odd::Time => header.time += 1000,
        Odd::Heads => header
            .heads
            .extend([EntryHash([6; 32]), EntryHash([5; 32])]),
        Odd::Field | Odd::Order => {}
    }
    let mut bytes = header.to_bytes();
    match how {
        Odd::Field => {
            bytes[0] += 1;
            bytes.extend_from_slice(&[0x14, 0x61, b'x']);
        }
        Odd::Order => {
            // Version behind the logbook.
            let version: Vec<u8> = bytes.splice(1..3, []).collect();
            let at = 1 + 1 + 1 + 16;
            bytes.splice(at..at, version);
        }
        _ => {}
    }
    Entry::from_bytes(&entry_bytes(&bytes, body.as_deref())).expect("an entry")
}

fn odds() -> impl Strategy<Value = Odd> {
    prop_oneof![
        4 => Just(Odd::Not),
        1 => Just(Odd::Erased),
        1 => Just(Odd::Body),
        1 => Just(Odd::Prev),
        1 => Just(Odd::NoPrev),
        1 => Just(Odd::Time),
        1 => Just(Odd::Heads),
        1 => Just(Odd::Field),
        1 => Just(Odd::Order),
    ]
}

fn unpacked(packed: Packed, count: usize) -> Result<Vec<Filed>, NotPacked> {
    let mut unpack = Unpack::new(packed);
    (0..count).map(|_| unpack.step()?.read()).collect()
}

proptest! {
    #[test]
    fn every_byte_comes_back(
        odds in prop::collection::vec(odds(), 12),
        from in 0..6_usize,
        commits in prop::collection::vec(any::<u64>(), 12),
    ) {
        let entries = own().into_iter().zip(odds).zip(commits).skip(from);
        let filed: Vec<Filed> = entries
            .map(|((entry, how), commit)| Filed { commit, entry: odd(&entry, how) })
            .collect();
        let back = unpacked(pack(&filed), filed.len()).expect("a pack");
        for (filed, back) in filed.iter().zip(&back) {
            prop_assert_eq!(filed.commit, back.commit);
            prop_assert_eq!(filed.entry.to_bytes(), back.entry.to_bytes());
            prop_assert_eq!(filed.entry.hash(), back.entry.hash());
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        cut in any::<prop::sample::Index>(),
    ) {
        let filed: Vec<Filed> = own().into_iter().map(|entry| Filed { commit: 1, entry }).collect();
        let mut packed = pack(&filed);
        let at = at.index(packed.rest.len());
        packed.rest[at] = byte;
        let _ = unpacked(packed.clone(), filed.len());
        packed.rest.truncate(cut.index(at + 1));
        prop_assert!(unpacked(packed, filed.len()).is_err());
    }
}

#[test]
fn what_follows_takes_no_room() {
    let filed: Vec<Filed> = own()
        .into_iter()
        .map(|entry| Filed { commit: 1, entry })
        .collect();
    let packed = pack(&filed);
    let whole: usize = filed.iter().map(|f| f.entry.to_bytes().len()).sum();
    // Hashes of the entry before, of the body and of the head that is replaced, and what says so.
    let left_out = 11 * (34 + 34 + 34) + 34;
    let kept = packed.rest.len() + packed.salts.len() + packed.signatures.len();
    assert!(kept + left_out < whole + 11 * 12, "{kept} of {whole}");
    assert_eq!(packed.signatures.len(), 6 * 64);
}
