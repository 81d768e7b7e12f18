//! A chain takes its own entries in order and nothing else.

use std::collections::BTreeMap;

use super::*;
use crate::domain::{EntityId, EnvelopeId, MemberId, ParticularsId, Stamp, VisitId};
use crate::journal::{
    Act, Commit, Entry, EntryError, Header, HeaderError, MAX_HEADS, Malformed, Pen, Signer,
    StreamIds,
};

const LOGBOOK: LogbookId = LogbookId([1; 16]);

fn commit(signer: &Signer, tips: BTreeMap<Stream, Tip>) -> Commit<'_> {
    let pen = Pen {
        logbook: LOGBOOK,
        author: MemberId([2; 16]),
        signer,
        wall: Stamp(1_795_000_000_000),
    };
    Commit::new(pen, tips)
}

/// Two commits over three streams.
fn entries(signer: &Signer) -> Vec<Entry> {
    let mut ids = StreamIds::from_seed([4; 32]);
    let visit = EntityId::from(VisitId([5; 16]));
    let mut tips = BTreeMap::new();
    let mut all = Vec::new();
    let mut head = Vec::new();
    for _ in 0..2 {
        let mut commit = commit(signer, tips);
        for act in [Act::Send, Act::Withdraw("trùng".into())] {
            head = vec![commit.add(visit, &head, &act, &mut ids).expect("small")];
        }
        for entity in [ParticularsId([6; 16]).into(), EnvelopeId([7; 16]).into()] {
            commit
                .add(entity, &[], &Act::Send, &mut ids)
                .expect("small");
        }
        let (entries, after) = commit.finish();
        let entries: Vec<_> = entries.into_iter().map(|(entry, _)| entry).collect();
        all.extend(entries);
        tips = after;
    }
    all
}

fn open(entries: &[Entry]) -> Vec<Entry> {
    let open = entries.iter().filter(|e| e.header().stream == Stream::Open);
    open.cloned().collect()
}

fn chain(signer: &Signer, stream: Stream) -> Chain {
    Chain::after(Tip::default(), LOGBOOK, signer.public(), stream)
}

#[test]
fn each_stream_is_a_whole_chain_signed_at_its_last_entry() {
    let signer = Signer::from_seed(&[3; 32]);
    let entries = entries(&signer);
    for stream in [Stream::Open, Stream::Petition, Stream::Sealed] {
        let mut chain = chain(&signer, stream);
        for entry in entries.iter().filter(|e| e.header().stream == stream) {
            chain.push(entry).expect("our own entry");
        }
        assert_eq!(chain.uncovered(), 0);
        assert_eq!(chain.tip().seq, chain.tip().time);
    }
    let signed: Vec<_> = open(&entries)
        .iter()
        .map(|e| e.signature().is_some())
        .collect();
    assert_eq!(signed, [false, true, false, true]);
}

#[test]
fn a_missing_repeated_or_swapped_entry_is_found() {
    let signer = Signer::from_seed(&[3; 32]);
    let open = open(&entries(&signer));
    let mut chain = chain(&signer, Stream::Open);
    let found = |seq| ChainError::Seq {
        expected: 2,
        found: seq,
    };
    chain.push(&open[0]).expect("the first");
    assert_eq!(chain.push(&open[0]), Err(found(1)));
    assert_eq!(chain.push(&open[2]), Err(found(3)));
    chain
        .push(&open[1])
        .expect("the second, after two refusals");
}

#[test]
fn entries_of_others_are_found() {
    let (signer, other) = (Signer::from_seed(&[3; 32]), Signer::from_seed(&[9; 32]));
    let first = &open(&entries(&signer))[0];
    let refusal = |chain: &mut Chain| chain.push(first).expect_err("not its entry");
    assert_eq!(
        refusal(&mut chain(&other, Stream::Open)),
        ChainError::Device
    );
    assert_eq!(
        refusal(&mut chain(&signer, Stream::Sealed)),
        ChainError::Stream
    );
    let elsewhere = LogbookId([8; 16]);
    let mut chain = Chain::after(Tip::default(), elsewhere, signer.public(), Stream::Open);
    assert_eq!(refusal(&mut chain), ChainError::Logbook);
}

/// Changes an entry's header and gives it a fitting hash, as a forger would.
fn forge(entry: &Entry, change: impl Fn(&mut Header)) -> Entry {
    let mut header = entry.header().clone();
    change(&mut header);
    Entry::new(header, [0; 16], vec![0xa0])
}

#[test]
fn a_forged_entry_is_found() {
    let signer = Signer::from_seed(&[3; 32]);
    let open = open(&entries(&signer));
    let mut chain = chain(&signer, Stream::Open);
    let sealed = forge(&open[0], |h| h.entity = EnvelopeId([7; 16]).into());
    assert_eq!(chain.push(&sealed), Err(ChainError::Misfiled));
    chain.push(&open[0]).expect("the first");
    let back = forge(&open[1], |h| h.time = 1);
    assert_eq!(chain.push(&back), Err(ChainError::Time));
    let loose = forge(&open[1], |h| h.prev = Some(open[3].hash()));
    assert_eq!(chain.push(&loose), Err(ChainError::Prev));
    let mut unsigned = forge(&open[1], |h| h.wall = Stamp(0));
    unsigned.signature = open[1].signature().copied();
    assert_eq!(chain.push(&unsigned), Err(ChainError::Signature));
}

#[test]
fn a_flipped_bit_anywhere_is_found() {
    let signer = Signer::from_seed(&[3; 32]);
    let entry = &open(&entries(&signer))[1];
    let bytes = entry.to_bytes();
    for bit in 0..bytes.len() * 8 {
        let mut bytes = bytes.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let Ok(read) = Entry::from_bytes(&bytes) else {
            continue;
        };
        let mut chain = Chain::after(
            Tip {
                seq: 1,
                hash: entry.header().prev,
                time: 1,
            },
            LOGBOOK,
            signer.public(),
            Stream::Open,
        );
        let good = chain.push(&read).is_ok() && chain.uncovered() == 0;
        // A key of the outer map that became unknown reads as an absent body: erased, not wrong.
        let whole = matches!(read.body(), Ok(Some(_)));
        assert!(!(good && whole), "bit {bit} made no difference");
    }
}

#[test]
fn a_bad_body_leaves_the_header_good() {
    let signer = Signer::from_seed(&[3; 32]);
    let entry = &open(&entries(&signer))[1];
    let mut bytes = entry.to_bytes();
    let at = bytes
        .windows(4)
        .position(|w| w == b"tr\xc3\xb9")
        .expect("the reason");
    bytes[at] = b'c';
    let read = Entry::from_bytes(&bytes).expect("the header is good");
    assert_eq!(read.hash(), entry.hash());
    assert_eq!(read.body(), Err(EntryError::BodyMismatch));
}

#[test]
fn a_header_is_small() {
    let signer = Signer::from_seed(&[3; 32]);
    let first = &open(&entries(&signer))[0];
    let header = forge(first, |h| {
        h.seq = 1_000_000;
        h.time = 3_000_000;
        h.prev = Some(first.hash());
    });
    assert!(
        header.header().to_bytes().len() <= 175,
        "{}",
        header.header().to_bytes().len()
    );
}

#[test]
fn a_header_that_this_release_cannot_go_on_from_is_refused() {
    let signer = Signer::from_seed(&[3; 32]);
    let first = &open(&entries(&signer))[0];
    let bytes = |change: &dyn Fn(&mut Header)| forge(first, change).header().to_bytes();
    let read = |bytes: &[u8]| Header::from_bytes(bytes).map(drop);
    let heads = vec![first.hash(); MAX_HEADS + 1];
    assert_eq!(read(&bytes(&|_| {})), Ok(()));
    assert_eq!(
        read(&bytes(&|h| h.heads.clone_from(&heads))),
        Err(HeaderError::TooManyHeads)
    );
    assert_eq!(
        read(&bytes(&|h| h.time = u64::MAX)),
        Err(HeaderError::Malformed(Malformed))
    );
    let mut later = bytes(&|_| {});
    assert_eq!(later[1..3], [0, 1], "the version comes first");
    later[2] = 2;
    assert_eq!(read(&later), Err(HeaderError::Version(2)));
}

proptest::proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
        if let Ok(entry) = Entry::from_bytes(&bytes) {
            let _ = entry.view();
        }
        let _ = Header::from_bytes(&bytes);
    }
}
