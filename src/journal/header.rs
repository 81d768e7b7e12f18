//! The header of an entry and its bytes. Never looks into a body.

use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};

use super::cbor::{self, Malformed};
use super::sign::DeviceId;
use super::stream::Stream;
use crate::domain::{EntityId, EntityKind, EntryHash, LogbookId, MemberId, Stamp};

/// The version of the format that this release writes.
const VERSION: u16 = 1;
/// The most heads that one entry may replace.
pub const MAX_HEADS: usize = 1000;
/// The most bytes of a header: its heads and some room for fields of later releases.
const MAX_HEADER: usize = 64 * 1024;

/// Seq and logical time stay below it, so that the next one always exists.
const MAX_COUNT: u64 = 1 << 63;

/// What an entry does; numbers of later releases are kept in `Unknown`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// Gives fields new values.
    Save,
    /// Withdraws the record, with a reason.
    Withdraw,
    /// Sends a visit to its reviewers.
    Send,
    /// Takes an earlier entry of the same device back.
    Undo,
    /// Says that citizens' particulars were shown to the author.
    Shown,
    /// Says how far the author's device has a chain.
    Receipt,
    /// Says where a chain ends, whatever comes after.
    Cut,
    Unknown(u16),
}

impl EntryKind {
    /// Returns the number that stands for the kind in stored and signed bytes.
    pub fn number(self) -> u16 {
        match self {
            Self::Save => 1,
            Self::Withdraw => 2,
            Self::Send => 3,
            Self::Undo => 4,
            Self::Shown => 5,
            Self::Receipt => 6,
            Self::Cut => 7,
            Self::Unknown(number) => number,
        }
    }

    /// Returns the kind of a stored number; never fails, unknown numbers are kept.
    pub fn from_number(number: u16) -> Self {
        match number {
            1 => Self::Save,
            2 => Self::Withdraw,
            3 => Self::Send,
            4 => Self::Undo,
            5 => Self::Shown,
            6 => Self::Receipt,
            7 => Self::Cut,
            other => Self::Unknown(other),
        }
    }
}

/// What an entry says about itself; its hash is the entry's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    pub logbook: LogbookId,
    pub device: DeviceId,
    pub stream: Stream,
    /// Place in the chain of this device and stream, from 1.
    pub seq: u64,
    /// The entry before it in the chain; `None` for the first.
    pub prev: Option<EntryHash>,
    /// Logical time of the stream: one more than the writer had seen.
    pub time: u64,
    /// What the device's clock claimed; sorts nothing.
    pub wall: Stamp,
    pub author: MemberId,
    pub kind: EntryKind,
    pub entity: EntityId,
    /// The entries of the record that this one replaces.
    pub heads: Vec<EntryHash>,
    /// The hash of salt and body.
    pub body: [u8; 32],
}

/// Why bytes are no header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    #[error(transparent)]
    Malformed(#[from] Malformed),
    #[error("the entry's format has version {0}, which this release cannot read")]
    Version(u16),
    #[error("the entry names more than {MAX_HEADS} heads")]
    TooManyHeads,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct HeaderWire {
    #[n(0)]
    version: u16,
    #[n(1)]
    logbook: ByteArray<16>,
    #[n(2)]
    device: ByteArray<16>,
    #[n(3)]
    stream: u8,
    #[n(4)]
    seq: u64,
    #[n(5)]
    prev: Option<ByteArray<32>>,
    #[n(6)]
    time: u64,
    #[n(7)]
    wall: i64,
    #[n(8)]
    author: ByteArray<16>,
    #[n(9)]
    kind: u16,
    #[n(10)]
    entity_kind: u16,
    #[n(11)]
    entity: ByteArray<16>,
    #[n(12)]
    heads: Option<Vec<ByteArray<32>>>,
    #[n(13)]
    body: ByteArray<32>,
}

impl Header {
    /// Reads the header of an entry of this version; fields of later releases are passed over.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, HeaderError> {
        if bytes.len() > MAX_HEADER {
            return Err(Malformed.into());
        }
        cbor::check(bytes)?;
        let wire: HeaderWire = minicbor::decode(bytes).map_err(Malformed::from)?;
        if wire.version != VERSION {
            return Err(HeaderError::Version(wire.version));
        }
        if wire.seq >= MAX_COUNT || wire.time >= MAX_COUNT {
            return Err(Malformed.into());
        }
        let heads = wire.heads.unwrap_or_default();
        if heads.len() > MAX_HEADS {
            return Err(HeaderError::TooManyHeads);
        }
        Ok(Self {
            logbook: LogbookId(wire.logbook.into()),
            device: DeviceId(wire.device.into()),
            stream: Stream::from_number(wire.stream),
            seq: wire.seq,
            prev: wire.prev.map(|hash| EntryHash(hash.into())),
            time: wire.time,
            wall: Stamp(wire.wall),
            author: MemberId(wire.author.into()),
            kind: EntryKind::from_number(wire.kind),
            entity: EntityId {
                kind: EntityKind::from_number(wire.entity_kind),
                id: wire.entity.into(),
            },
            heads: heads.into_iter().map(|h| EntryHash(h.into())).collect(),
            body: wire.body.into(),
        })
    }

    /// Returns the header's bytes in this version.
    pub fn to_bytes(&self) -> Vec<u8> {
        let heads: Vec<ByteArray<32>> = self.heads.iter().map(|h| h.0.into()).collect();
        let wire = HeaderWire {
            version: VERSION,
            logbook: self.logbook.0.into(),
            device: self.device.0.into(),
            stream: self.stream.number(),
            seq: self.seq,
            prev: self.prev.map(|hash| hash.0.into()),
            time: self.time,
            wall: self.wall.0,
            author: self.author.0.into(),
            kind: self.kind.number(),
            entity_kind: self.entity.kind.number(),
            entity: self.entity.id.into(),
            heads: (!heads.is_empty()).then_some(heads),
            body: self.body.into(),
        };
        minicbor::to_vec(wire).expect("a Vec takes every write")
    }

    /// Returns the order of entries that all devices agree on: logical time, then device and
    /// place in its chain. It sorts, and never decides between two facts.
    pub fn order(&self) -> (u64, DeviceId, u64) {
        (self.time, self.device, self.seq)
    }
}
