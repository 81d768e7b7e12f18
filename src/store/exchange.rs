//! What this device gave out and took in: facts of this device only, outside the journal and kept by
//! a rebuild. Never names what is in a bundle but by chains and places.

use std::ops::ControlFlow;

use minicbor::bytes::{ByteArray, ByteVec};

use super::bytes::{decode, encode};
use super::entity::Place;
use super::error::StoreError;
use super::open::Store;
use super::reader::Reader;
use super::tables::{Draft, Pair, Read, Tab, Way, after};
use crate::domain::Stamp;
use crate::journal::{DeviceId, Entry, Stream};

/// A run of one chain that was given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub device: DeviceId,
    pub stream: Stream,
    pub first: u64,
    pub last: u64,
}

/// A bundle that this device wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    pub number: u64,
    /// Its name in the sender's folder.
    pub name: String,
    pub spans: Vec<Span>,
    /// The devices that it is sealed to.
    pub readers: Vec<DeviceId>,
    pub size: u64,
    pub at: Stamp,
}

/// What became of a bundle of another device that need not be looked at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    Taken,
    /// It is sealed to others.
    NotForUs,
    Refused,
}

#[derive(minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
struct SpanBytes {
    #[n(0)]
    device: ByteArray<16>,
    #[n(1)]
    stream: u8,
    #[n(2)]
    first: u64,
    #[n(3)]
    last: u64,
}

#[derive(minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
struct SentBytes {
    #[n(0)]
    name: String,
    #[n(1)]
    spans: Vec<SpanBytes>,
    #[n(2)]
    readers: Vec<ByteArray<16>>,
    #[n(3)]
    at: i64,
    #[n(4)]
    size: u64,
}

const SENT: u8 = b's';
const NEXT: &[u8] = b"n";
const MET: u8 = b'm';
const LAST: u8 = b'l';
const BAD: u8 = b'b';
const FORK: u8 = b'f';
const NEWS: u8 = b'u';
const LOOKED: u8 = b'v';
const SYNCED: &[u8] = b"t";

fn key(kind: u8, parts: &[&[u8]]) -> Vec<u8> {
    let mut key = vec![kind];
    parts.iter().for_each(|part| key.extend_from_slice(part));
    key
}

/// Returns what lies under keys that begin with `prefix`, without it.
fn all(read: &impl Read, prefix: &[u8]) -> Result<Vec<Pair>, StoreError> {
    let mut found = Vec::new();
    let end = after(prefix);
    read.scan(Tab::Exchange, prefix, &end, Way::Up, &mut |key, content| {
        found.push((key[prefix.len()..].to_vec(), content.to_vec()));
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(found)
}

fn number(content: &[u8]) -> Result<u64, StoreError> {
    decode(content, "exchange")
}

impl Reader {
    /// Returns the bundles of this device that not all of their readers have acknowledged.
    pub fn sent(&self) -> Result<Vec<Sent>, StoreError> {
        sent(&self.snapshot()?)
    }

    /// Returns the running number of the next bundle.
    pub fn next_bundle(&self) -> Result<u64, StoreError> {
        let content = self.snapshot()?.get(Tab::Exchange, NEXT)?;
        content.map_or(Ok(1), |content| number(&content))
    }

    /// Returns what became of a bundle, where it need not be looked at again.
    pub fn met(&self, sender: DeviceId, name: &str) -> Result<Option<Met>, StoreError> {
        let key = key(MET, &[&sender.0, name.as_bytes()]);
        let content = self.snapshot()?.get(Tab::Exchange, &key)?;
        let read = |content: Vec<u8>| match number(&content)? {
            1 => Ok(Met::Taken),
            2 => Ok(Met::NotForUs),
            3 => Ok(Met::Refused),
            _ => Err(StoreError::Damaged("exchange")),
        };
        content.map(read).transpose()
    }

    /// Returns the last name of a sender at a place up to which every bundle was met.
    pub fn last_met(
        &self,
        place: &[u8; 16],
        sender: DeviceId,
    ) -> Result<Option<String>, StoreError> {
        let key = key(LAST, &[place, &sender.0]);
        let content = self.snapshot()?.get(Tab::Exchange, &key)?;
        content
            .map(|content| decode(&content, "exchange"))
            .transpose()
    }

    /// Returns when this device last exchanged, and with which place.
    pub fn last_exchange(&self) -> Result<Option<(Stamp, String)>, StoreError> {
        last(&self.snapshot()?)
    }

    /// Returns how many entries lie here without a readable body, and how many in a second branch of
    /// their chain.
    pub fn spoilt(&self) -> Result<(u64, u64), StoreError> {
        let snapshot = self.snapshot()?;
        let count = |kind| Ok::<_, StoreError>(all(&snapshot, &[kind])?.len() as u64);
        Ok((count(BAD)?, count(FORK)?))
    }
}

impl Store {
    /// Takes note of a bundle that lies read back at its target, and of the number after it.
    pub fn note_sent(&self, sent: &Sent) -> Result<(), StoreError> {
        let span = |span: &Span| SpanBytes {
            device: span.device.0.into(),
            stream: span.stream.number(),
            first: span.first,
            last: span.last,
        };
        let bytes = SentBytes {
            name: sent.name.clone(),
            spans: sent.spans.iter().map(span).collect(),
            readers: sent.readers.iter().map(|id| id.0.into()).collect(),
            at: sent.at.0,
            size: sent.size,
        };
        self.transact(|draft| {
            let next = encode(&(sent.number + 1));
            draft.put(Tab::Exchange, NEXT, &next)?;
            let key = key(SENT, &[&sent.number.to_be_bytes()]);
            draft.put(Tab::Exchange, &key, &encode(&bytes))
        })
    }

    /// Forgets bundles that all of their readers have acknowledged.
    pub fn forget_sent(&self, numbers: &[u64]) -> Result<(), StoreError> {
        if numbers.is_empty() {
            return Ok(());
        }
        self.transact(|draft| {
            let mut keys = numbers.iter().map(|n| key(SENT, &[&n.to_be_bytes()]));
            keys.try_for_each(|key| draft.remove(Tab::Exchange, &key))
        })
    }

    /// Takes note of what became of bundles, each with its sender, and up to where senders' bundles were all met at
    /// a place.
    pub fn note_met(
        &self,
        met: &[(DeviceId, String, Met)],
        (place, last): (&[u8; 16], &[(DeviceId, String)]),
    ) -> Result<(), StoreError> {
        self.transact(|draft| {
            for (sender, name, met) in met {
                let number: u64 = match met {
                    Met::Taken => 1,
                    Met::NotForUs => 2,
                    Met::Refused => 3,
                };
                let key = key(MET, &[&sender.0, name.as_bytes()]);
                draft.put(Tab::Exchange, &key, &encode(&number))?;
            }
            for (sender, name) in last {
                let key = key(LAST, &[place, &sender.0]);
                draft.put(Tab::Exchange, &key, &encode(name))?;
            }
            Ok(())
        })
    }

    /// Takes note of an exchange that came to its end.
    pub fn note_exchange(&self, at: Stamp, place: &str) -> Result<(), StoreError> {
        self.transact(|draft| draft.put(Tab::Exchange, SYNCED, &encode(&(at.0, place))))
    }

    /// Takes note that a visit was looked at as it stands.
    pub(super) fn note_looked(
        &self,
        visit: [u8; 16],
        heads: &[[u8; 32]],
    ) -> Result<(), StoreError> {
        let heads: Vec<ByteArray<32>> = heads.iter().map(|head| (*head).into()).collect();
        let key = key(LOOKED, &[&visit]);
        self.transact(|draft| draft.put(Tab::Exchange, &key, &encode(&heads)))
    }
}

/// Heads of a visit and its parts.
pub(super) type Heads = Vec<[u8; 32]>;

/// Returns the heads of a visit and its parts when it was last looked at.
pub(super) fn looked(read: &impl Read, visit: [u8; 16]) -> Result<Option<Heads>, StoreError> {
    let content = read.get(Tab::Exchange, &key(LOOKED, &[&visit]))?;
    let heads = |content: Vec<u8>| {
        let heads: Vec<ByteArray<32>> = decode(&content, "exchange")?;
        Ok(heads.into_iter().map(Into::into).collect())
    };
    content.map(heads).transpose()
}

pub(super) fn note_bad_body(draft: &mut Draft<'_>, place: Place) -> Result<(), StoreError> {
    draft.put(Tab::Exchange, &key(BAD, &[&place.key()]), &encode(&1_u64))
}

pub(super) fn is_bad_body(read: &impl Read, place: Place) -> Result<bool, StoreError> {
    let content = read.get(Tab::Exchange, &key(BAD, &[&place.key()]))?;
    Ok(content.is_some())
}

pub(super) fn forget_bad_body(draft: &mut Draft<'_>, place: Place) -> Result<(), StoreError> {
    draft.remove(Tab::Exchange, &key(BAD, &[&place.key()]))
}

/// Keeps an entry of a second branch of its chain; none is ever dropped.
pub(super) fn note_fork(draft: &mut Draft<'_>, entry: &Entry) -> Result<(), StoreError> {
    let header = entry.header();
    let stream = [header.stream.number()];
    let seq = header.seq.to_be_bytes();
    let key = key(FORK, &[&header.device.0, &stream, &seq, &entry.hash().0]);
    let bytes = ByteVec::from(entry.to_bytes());
    draft.put(Tab::Exchange, &key, &encode(&bytes))
}

/// Takes note of the last entry of a foreign chain that is worth a receipt.
pub(super) fn note_news(
    draft: &mut Draft<'_>,
    device: DeviceId,
    stream: Stream,
    seq: u64,
) -> Result<(), StoreError> {
    let key = key(NEWS, &[&device.0, &[stream.number()]]);
    draft.put(Tab::Exchange, &key, &encode(&seq))
}

/// Returns the foreign chains with the last entry of each that is worth a receipt.
pub(super) fn news(read: &impl Read) -> Result<Vec<(DeviceId, Stream, u64)>, StoreError> {
    let one = |(key, content): (Vec<u8>, Vec<u8>)| {
        let damaged = || StoreError::Damaged("exchange");
        let (device, stream) = key.split_first_chunk::<16>().ok_or_else(damaged)?;
        let stream = Stream::from_number(*stream.first().ok_or_else(damaged)?);
        Ok((DeviceId(*device), stream, number(&content)?))
    };
    all(read, &[NEWS])?.into_iter().map(one).collect()
}

/// Returns the bundles of this device that not all of their readers have acknowledged.
pub(super) fn sent(read: &impl Read) -> Result<Vec<Sent>, StoreError> {
    let one = |(key, content): (Vec<u8>, Vec<u8>)| {
        let damaged = || StoreError::Damaged("exchange");
        let number = key.last_chunk::<8>().ok_or_else(damaged)?;
        let sent: SentBytes = decode(&content, "exchange")?;
        let span = |span: SpanBytes| Span {
            device: DeviceId(span.device.into()),
            stream: Stream::from_number(span.stream),
            first: span.first,
            last: span.last,
        };
        Ok(Sent {
            number: u64::from_be_bytes(*number),
            name: sent.name,
            spans: sent.spans.into_iter().map(span).collect(),
            readers: sent
                .readers
                .into_iter()
                .map(|id| DeviceId(id.into()))
                .collect(),
            at: Stamp(sent.at),
            size: sent.size,
        })
    };
    all(read, &[SENT])?.into_iter().map(one).collect()
}

/// Returns when this device last exchanged, and with which place.
pub(super) fn last(read: &impl Read) -> Result<Option<(Stamp, String)>, StoreError> {
    let content = read.get(Tab::Exchange, SYNCED)?;
    let read = |content: Vec<u8>| {
        let (at, place): (i64, String) = decode(&content, "exchange")?;
        Ok((Stamp(at), place))
    };
    content.map(read).transpose()
}
