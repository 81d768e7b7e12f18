//! The content of a backup as a stream: the truth and the unsaved typing, no views. Those are made
//! again, so that a backup does not depend on how a release keeps them.
//!
//! Sealing the stream and writing the file is the runtime's. `FORMAT.md` describes the bytes.

use std::collections::BTreeMap;
use std::io::{self, Read as Input, Write};

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use redb::StorageBackend;

use super::blocks::{Filing, Journal};
use super::bytes::encode;
use super::copy::{CopyError, Steps, Tell};
use super::device::device_keys;
use super::entity::Place;
use super::error::StoreError;
use super::kept;
use super::meta::{CHAINS, ChainBytes, Meta, chains, read_meta, write_meta};
use super::open::{Store, begin_views};
use super::reader::Reader;
use super::rebuild::fold_all;
use super::tables::Draft;
use super::typing;
use crate::domain::Stamp;
use crate::journal::{Chain, DeviceId, DeviceKey, Entry, Signer, Stream, Tip};

/// The version of the content that this program writes, and the newest it reads.
const VERSION: u32 = 1;
/// Entries written into the journal at a time.
const BATCH: usize = 2000;
/// No item is longer than this many bytes.
const LONGEST: usize = 4 << 20;
/// What is wrong with a backup that does not hold what it should.
const DAMAGED: StoreError = StoreError::Damaged("the backup");

const HEAD: u8 = 1;
const ENTRY: u8 = 2;
const TYPING: u8 = 3;
const END: u8 = 4;

/// What begins each item.
#[derive(Decode)]
#[cbor(map)]
struct Kind {
    #[n(0)]
    kind: u8,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct Head {
    #[n(0)]
    kind: u8,
    #[n(1)]
    version: u32,
    #[n(2)]
    logbook: ByteArray<16>,
    #[n(3)]
    member: ByteArray<16>,
    #[n(4)]
    me: ByteArray<16>,
    #[n(5)]
    commits: u64,
    #[n(6)]
    made: i64,
    #[n(7)]
    entries: u64,
    /// The device that made it.
    #[n(8)]
    device: ByteArray<32>,
    #[n(9)]
    root: Option<ByteArray<32>>,
    #[n(10)]
    own: Option<ByteArray<32>>,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct EntryItem {
    #[n(0)]
    kind: u8,
    #[n(1)]
    commit: u64,
    #[n(2)]
    entry: ByteVec,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct TypingItem {
    #[n(0)]
    kind: u8,
    #[n(1)]
    key: ByteArray<16>,
    #[n(2)]
    at: i64,
    #[n(3)]
    bytes: ByteVec,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct End {
    #[n(0)]
    kind: u8,
    /// Hash of everything before.
    #[n(1)]
    hash: ByteArray<32>,
    #[n(2)]
    signature: ByteArray<64>,
}

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    pub entries: u64,
    /// When it was made.
    pub made: Stamp,
    /// Each chain's last entry in it.
    pub(super) tips: Vec<(DeviceId, Stream, u64)>,
}

/// Writes items, each after its length, and hashes them.
struct Items<'w> {
    out: &'w mut dyn Write,
    hasher: blake3::Hasher,
}

impl Items<'_> {
    fn put(&mut self, item: &impl Encode<()>) -> Result<(), StoreError> {
        let bytes = encode(item);
        let length = (bytes.len() as u32).to_be_bytes();
        for part in [&length[..], &bytes] {
            self.hasher.update(part);
            self.out.write_all(part)?;
        }
        Ok(())
    }
}

impl Reader {
    /// Writes one moment of the logbook as a stream, signed by the device that makes it.
    pub fn back_up(
        &self,
        out: &mut dyn Write,
        signer: &Signer,
        made: Stamp,
        tell: &mut Tell<'_>,
    ) -> Result<Contents, CopyError> {
        let snapshot = self.snapshot()?;
        let (meta, chains) = (read_meta(&snapshot)?, chains(&snapshot)?);
        let entries = chains.values().map(|chain| chain.seq).sum();
        let hasher = blake3::Hasher::new();
        let mut items = Items { out, hasher };
        items.put(&Head {
            kind: HEAD,
            version: VERSION,
            logbook: meta.logbook,
            member: meta.member,
            me: meta.me,
            commits: meta.commits,
            made: made.0,
            entries,
            device: signer.public().to_bytes().into(),
            root: meta.root,
            own: meta.own,
        })?;
        let mut steps = Steps::new(entries, tell);
        let mut journal = Journal::default();
        for (&chain, end) in &chains {
            for seq in 1..=end.seq {
                let stored = journal.at(&snapshot, Place { chain, seq })?;
                items.put(&EntryItem {
                    kind: ENTRY,
                    commit: stored.commit,
                    entry: stored.entry.to_bytes().into(),
                })?;
                steps.step()?;
            }
        }
        for (key, at, bytes) in typing::all(&snapshot)? {
            items.put(&TypingItem {
                kind: TYPING,
                key: key.into(),
                at: at.0,
                bytes: bytes.into(),
            })?;
        }
        let hash = *items.hasher.finalize().as_bytes();
        items.put(&End {
            kind: END,
            hash: hash.into(),
            signature: signer.sign_backup(&hash).into(),
        })?;
        let tips = chains.values();
        Ok(Contents {
            entries,
            made,
            tips: tips
                .map(|end| (end.device(), end.stream(), end.seq))
                .collect(),
        })
    }

    /// Reads a backup of this logbook to its end: every entry against its chain, its hash and the
    /// device's signature, and the whole against its own.
    pub fn check_backup(
        &self,
        input: &mut dyn Input,
        tell: &mut Tell<'_>,
    ) -> Result<Contents, CopyError> {
        let snapshot = self.snapshot()?;
        let keys = device_keys(&snapshot)?;
        let mut source = Source::begin(input)?;
        let logbook = read_meta(&snapshot)?.logbook();
        let mut steps = Steps::new(source.head.entries, tell);
        let mut followed = BTreeMap::new();
        let devices: Vec<DeviceKey> = keys.values().cloned().collect();
        while let Some(item) = source.next(&devices)? {
            let Item::Entry(_, entry) = item else {
                continue;
            };
            let (device, stream) = (entry.header().device, entry.header().stream);
            let key = keys.get(&device).ok_or(DAMAGED)?;
            let chain = followed
                .entry((device, stream))
                .or_insert_with(|| Chain::after(Tip::default(), logbook, key.clone(), stream));
            chain.push(&entry).map_err(|_| DAMAGED)?;
            entry.body().map_err(|_| DAMAGED)?;
            steps.step()?;
        }
        if followed.values().any(|chain| chain.uncovered() > 0) {
            return Err(DAMAGED.into());
        }
        Ok(source.contents())
    }
}

/// An item of a backup.
enum Item {
    /// An entry and the commit that brought it.
    Entry(u64, Box<Entry>),
    Typing(typing::Typing),
}

/// Reads a backup; trusts no length and no byte.
struct Source<'r> {
    input: &'r mut dyn Input,
    hasher: blake3::Hasher,
    head: Head,
    seen: u64,
    tips: BTreeMap<(DeviceId, Stream), u64>,
}

impl<'r> Source<'r> {
    fn begin(input: &'r mut dyn Input) -> Result<Self, StoreError> {
        let mut hasher = blake3::Hasher::new();
        let bytes = frame(input)?;
        hash(&mut hasher, &bytes);
        if kind(&bytes)? != HEAD {
            return Err(DAMAGED);
        }
        let head: Head = minicbor::decode(&bytes).map_err(|_| DAMAGED)?;
        if head.version > VERSION {
            let newer = u8::try_from(head.version).unwrap_or(u8::MAX);
            return Err(StoreError::Newer(newer));
        }
        Ok(Self {
            input,
            hasher,
            head,
            seen: 0,
            tips: BTreeMap::new(),
        })
    }

    /// Reads the next item; `None` after the end, which one of `devices` must have signed.
    fn next(&mut self, devices: &[DeviceKey]) -> Result<Option<Item>, StoreError> {
        let bytes = frame(self.input)?;
        let before = *self.hasher.finalize().as_bytes();
        hash(&mut self.hasher, &bytes);
        let damaged = |_| DAMAGED;
        match kind(&bytes)? {
            ENTRY => {
                let item: EntryItem = minicbor::decode(&bytes).map_err(damaged)?;
                let entry = Entry::from_bytes(&item.entry).map_err(|_| DAMAGED)?;
                self.seen += 1;
                let header = entry.header();
                self.tips.insert((header.device, header.stream), header.seq);
                Ok(Some(Item::Entry(item.commit, Box::new(entry))))
            }
            TYPING => {
                let item: TypingItem = minicbor::decode(&bytes).map_err(damaged)?;
                let typing = (item.key.into(), Stamp(item.at), item.bytes.into());
                Ok(Some(Item::Typing(typing)))
            }
            END => {
                let end: End = minicbor::decode(&bytes).map_err(damaged)?;
                self.finish(&end, &before, devices).map(|()| None)
            }
            _ => Err(DAMAGED),
        }
    }

    fn finish(
        &mut self,
        end: &End,
        hash: &[u8; 32],
        devices: &[DeviceKey],
    ) -> Result<(), StoreError> {
        let maker = devices
            .iter()
            .find(|key| key.to_bytes()[..] == self.head.device[..]);
        let signed = maker.is_some_and(|key| key.vouches_for_backup(hash, &end.signature));
        let whole = end.hash[..] == hash[..] && self.seen == self.head.entries;
        // Reading on to the very end is what makes the seal say that nothing was cut off.
        let nothing_follows = matches!(self.input.read(&mut [0]), Ok(0));
        if signed && whole && nothing_follows {
            Ok(())
        } else {
            Err(DAMAGED)
        }
    }

    fn contents(&self) -> Contents {
        Contents {
            entries: self.head.entries,
            made: Stamp(self.head.made),
            tips: self
                .tips
                .iter()
                .map(|((device, stream), seq)| (*device, *stream, *seq))
                .collect(),
        }
    }
}

fn hash(hasher: &mut blake3::Hasher, item: &[u8]) {
    hasher.update(&(item.len() as u32).to_be_bytes());
    hasher.update(item);
}

fn kind(item: &[u8]) -> Result<u8, StoreError> {
    let Kind { kind } = minicbor::decode(item).map_err(|_| DAMAGED)?;
    Ok(kind)
}

/// Reads one item's bytes; what the seal says against it, or an early end, is damage.
fn frame(input: &mut dyn Input) -> Result<Vec<u8>, StoreError> {
    let refused = |error: io::Error| match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => DAMAGED,
        _ => StoreError::from(error),
    };
    let mut length = [0; 4];
    input.read_exact(&mut length).map_err(refused)?;
    let length = u32::from_be_bytes(length) as usize;
    if length > LONGEST {
        return Err(DAMAGED);
    }
    let mut bytes = vec![0; length];
    input.read_exact(&mut bytes).map_err(refused)?;
    Ok(bytes)
}

impl Store {
    /// Makes a logbook in an empty backend from the content of a backup that one of `devices`
    /// made, and holds it against its own hashes and signatures. `signer` has not written yet.
    pub fn restore(
        backend: impl StorageBackend,
        signer: Signer,
        input: &mut dyn Input,
        devices: &[DeviceKey],
        tell: &mut Tell<'_>,
    ) -> Result<(Self, Contents), CopyError> {
        let mut source = Source::begin(input)?;
        let mut store = Self::from_backend(backend, signer)?;
        let mut steps = Steps::new(source.head.entries.saturating_mul(2), tell);
        store.transact(|draft| {
            begin(draft, &source.head)?;
            let mut taking = Taking::default();
            while let Some(item) = source.next(devices)? {
                match item {
                    Item::Typing((key, at, bytes)) => typing::put(draft, key, at, &bytes)?,
                    Item::Entry(commit, entry) => {
                        taking.take(draft, commit, *entry)?;
                        steps.step()?;
                    }
                }
            }
            taking.finish(draft)?;
            kept::note(draft, &source.contents())?;
            Ok::<(), CopyError>(())
        })?;
        if !store.pages_are_whole()? {
            return Err(CopyError::Differs);
        }
        let snapshot = store.reader().snapshot()?;
        let report = steps.walk(&snapshot, &chains(&snapshot)?)?;
        if !report.damage.is_empty() {
            return Err(DAMAGED.into());
        }
        Ok((store, source.contents()))
    }
}

fn begin(draft: &mut Draft<'_>, head: &Head) -> Result<(), StoreError> {
    let meta = Meta {
        logbook: head.logbook,
        member: head.member,
        me: head.me,
        commits: head.commits,
        next_ordinal: 0,
        root: head.root,
        own: head.own,
    };
    write_meta(draft, &meta)?;
    CHAINS.begin(draft)?;
    begin_views(draft)
}

/// Entries on their way into the journal and the views.
#[derive(Default)]
struct Taking {
    chains: BTreeMap<(DeviceId, Stream), (u32, ChainBytes)>,
    filing: Filing,
    filed: usize,
}

impl Taking {
    fn take(&mut self, draft: &mut Draft<'_>, commit: u64, entry: Entry) -> Result<(), StoreError> {
        let header = entry.header();
        let next = u32::try_from(self.chains.len()).map_err(|_| DAMAGED)?;
        let key = (header.device, header.stream);
        let number = self.chains.get(&key).map_or(next, |(number, _)| *number);
        let before = self.chains.get(&key).map_or(0, |(_, chain)| chain.seq);
        if header.seq != before + 1 {
            return Err(DAMAGED);
        }
        self.filing.add(number, commit, entry.clone());
        let chain = ChainBytes {
            device: header.device.0.into(),
            stream: header.stream.number(),
            seq: header.seq,
            hash: entry.hash().0.into(),
            time: header.time,
        };
        self.chains.insert(key, (number, chain));
        entry.body().map_err(|_| DAMAGED)?;
        self.filed += 1;
        if self.filed.is_multiple_of(BATCH) {
            std::mem::take(&mut self.filing).write(draft)?;
        }
        Ok(())
    }

    fn finish(self, draft: &mut Draft<'_>) -> Result<(), StoreError> {
        self.filing.write(draft)?;
        let mut chains = BTreeMap::new();
        for (number, chain) in self.chains.into_values() {
            let key = [CHAINS.prefix, &number.to_be_bytes()].concat();
            CHAINS.put(draft, &key, encode(&chain))?;
            chains.insert(number, chain);
        }
        fold_all(draft, &chains)?;
        Ok(())
    }
}
