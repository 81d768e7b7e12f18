//! What of the file is neither entry nor view: who keeps the logbook, and where the chains stand.
//!
//! Owns these two records and their bytes; they outlive releases, so they are maps with integer keys.

use std::collections::BTreeMap;

use minicbor::bytes::ByteArray;

use super::bytes::{decode, encode};
use super::error::StoreError;
use super::linked::Group;
use super::tables::{Draft, Read, Tab};
use crate::domain::{EntryHash, LogbookId, MemberId, PersonId};
use crate::journal::{DeviceId, DeviceKey, Stream};

/// What is not in the journal and not a view.
#[derive(Clone, Debug, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub(super) struct Meta {
    #[n(0)]
    pub(super) logbook: ByteArray<16>,
    #[n(1)]
    pub(super) member: ByteArray<16>,
    #[n(2)]
    pub(super) me: ByteArray<16>,
    /// Commits on this device so far.
    #[n(3)]
    pub(super) commits: u64,
    #[n(4)]
    pub(super) next_ordinal: u32,
    /// The logbook's first device, whose word begins the roster.
    #[n(5)]
    pub(super) root: Option<ByteArray<32>>,
    /// The first device of this copy of the logbook.
    #[n(6)]
    pub(super) own: Option<ByteArray<32>>,
}

const META: &[u8] = b"meta";

pub(super) fn read_meta(read: &impl Read) -> Result<Meta, StoreError> {
    let content = read.get(Tab::Meta, META)?;
    decode(&content.ok_or(StoreError::Damaged("meta"))?, "meta")
}

pub(super) fn write_meta(draft: &mut Draft<'_>, meta: &Meta) -> Result<(), StoreError> {
    draft.put(Tab::Meta, META, &encode(meta))
}

impl Meta {
    pub(super) fn logbook(&self) -> LogbookId {
        LogbookId(self.logbook.into())
    }

    pub(super) fn member(&self) -> MemberId {
        MemberId(self.member.into())
    }

    pub(super) fn root(&self) -> Option<DeviceKey> {
        DeviceKey::from_bytes(&self.root?.into())
    }

    pub(super) fn own(&self) -> Option<DeviceKey> {
        DeviceKey::from_bytes(&self.own?.into())
    }

    pub(super) fn me(&self) -> PersonId {
        PersonId(self.me.into())
    }
}

/// Where a chain stands.
#[derive(Clone, Debug, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub(super) struct ChainBytes {
    #[n(0)]
    pub(super) device: ByteArray<16>,
    #[n(1)]
    pub(super) stream: u8,
    #[n(2)]
    pub(super) seq: u64,
    #[n(3)]
    pub(super) hash: ByteArray<32>,
    #[n(4)]
    pub(super) time: u64,
}

impl ChainBytes {
    pub(super) fn device(&self) -> DeviceId {
        DeviceId(self.device.into())
    }

    pub(super) fn stream(&self) -> Stream {
        Stream::from_number(self.stream)
    }

    pub(super) fn hash(&self) -> EntryHash {
        EntryHash(self.hash.into())
    }
}

pub(super) const CHAINS: Group<'static> = Group {
    tab: Tab::Chains,
    prefix: b"c",
};

/// Returns all chains by their ordinals.
pub(super) fn chains(read: &impl Read) -> Result<BTreeMap<u32, ChainBytes>, StoreError> {
    let damaged = || StoreError::Damaged("chains");
    let mut chains = BTreeMap::new();
    for (key, content) in CHAINS.all(read)? {
        let number = key.last_chunk::<4>().ok_or_else(damaged)?;
        chains.insert(u32::from_be_bytes(*number), decode(&content, "chains")?);
    }
    Ok(chains)
}
