//! The device that writes: where its chains end, and the entry by which another takes its place.
//! Never keeps a head outside the file and never chooses the key.

use std::collections::BTreeMap;

use minicbor::bytes::ByteArray;

use super::blocks::entry_at;
use super::bytes::{decode, encode};
use super::entity::{Place, must_know, views};
use super::error::{StoreError, WriteError};
use super::meta::{ChainBytes, chains};
use super::open::{Moment, Store};
use super::tables::Read;
use crate::domain::{EntityId, EntityKind, EntryHash, Stamp};
use crate::journal::{
    Certificate, DeviceId, DeviceKey, Ids, Member, Recorded, Signer, Stream, fold,
};
use crate::keys::Seat;

/// The last entry of one of this device's chains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    pub stream: Stream,
    pub seq: u64,
    pub hash: EntryHash,
    /// When it was written, by the device's clock.
    pub at: Stamp,
    /// The record that it is about.
    pub entity: EntityId,
}

/// Takes the device's heads after each commit.
pub type Watch = Box<dyn Fn(&[Head]) + Send + Sync>;

#[derive(minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
struct HeadBytes {
    #[n(0)]
    stream: u8,
    #[n(1)]
    seq: u64,
    #[n(2)]
    hash: ByteArray<32>,
    #[n(3)]
    at: i64,
    #[n(4)]
    kind: u16,
    #[n(5)]
    id: ByteArray<16>,
}

impl Head {
    /// Writes heads as bytes.
    pub fn to_bytes(heads: &[Self]) -> Vec<u8> {
        let form = |head: &Self| HeadBytes {
            stream: head.stream.number(),
            seq: head.seq,
            hash: head.hash.0.into(),
            at: head.at.0,
            kind: head.entity.kind.number(),
            id: head.entity.id.into(),
        };
        encode(&heads.iter().map(form).collect::<Vec<_>>())
    }

    /// Reads what [`Head::to_bytes`] wrote; `None` for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Vec<Self>> {
        let heads: Vec<HeadBytes> = decode(bytes, "heads").ok()?;
        let read = |head: HeadBytes| Self {
            stream: Stream::from_number(head.stream),
            seq: head.seq,
            hash: EntryHash(head.hash.into()),
            at: Stamp(head.at),
            entity: EntityId {
                kind: EntityKind::from_number(head.kind),
                id: head.id.into(),
            },
        };
        Some(heads.into_iter().map(read).collect())
    }
}

impl Store {
    /// Calls `watch` with the device's heads whenever a commit has added entries.
    pub fn watch(&mut self, watch: Watch) {
        self.watch = Some(watch);
    }

    /// Writes as another device from now on.
    pub fn write_as(&mut self, signer: Signer) {
        self.signer = signer;
    }

    /// Returns the device that writes.
    pub fn device(&self) -> DeviceKey {
        self.signer.public()
    }

    /// Returns where the device's chains end.
    pub fn heads(&self) -> Result<Vec<Head>, StoreError> {
        let snapshot = self.reader().snapshot()?;
        let device = self.device().device();
        let own = chains(&snapshot)?
            .into_iter()
            .filter(|(_, chain)| chain.device() == device && chain.seq > 0);
        own.map(|(number, chain)| {
            let place = Place {
                chain: number,
                seq: chain.seq,
            };
            let entry = entry_at(&snapshot, place)?.entry;
            Ok(Head {
                stream: chain.stream(),
                seq: chain.seq,
                hash: chain.hash(),
                at: entry.header().wall,
                entity: entry.header().entity,
            })
        })
        .collect()
    }

    /// Returns the heads that the chains of a device do not hold.
    pub fn missing(&self, device: DeviceId, heads: &[Head]) -> Result<Vec<Head>, StoreError> {
        let snapshot = self.reader().snapshot()?;
        let chains = chains(&snapshot)?;
        let mut missing = Vec::new();
        for head in heads {
            let same = |chain: &ChainBytes| {
                chain.device() == device && chain.stream() == head.stream && chain.seq >= head.seq
            };
            let held = match chains.iter().find(|(_, chain)| same(chain)) {
                Some((_, chain)) if chain.seq == head.seq => chain.hash() == head.hash,
                Some((&chain, _)) => {
                    let seq = head.seq;
                    match entry_at(&snapshot, Place { chain, seq }) {
                        Ok(stored) => stored.entry.hash() == head.hash,
                        // What is damaged was there; `check` says so.
                        Err(StoreError::Damaged(_)) => true,
                        Err(other) => return Err(other),
                    }
                }
                None => false,
            };
            if !held {
                missing.push(*head);
            }
        }
        Ok(missing)
    }

    /// Tells whether the roster lets a device write.
    pub fn knows(&self, device: &DeviceKey) -> Result<bool, StoreError> {
        let keys = device_keys(&self.reader().snapshot()?)?;
        Ok(keys.contains_key(&device.device()))
    }

    /// Writes, as the first entry of a new device, that it takes the place of `by`; from then on
    /// it is the device that writes.
    pub fn take_place(
        &mut self,
        new: Signer,
        by: &Signer,
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<(), WriteError> {
        let old = std::mem::replace(&mut self.signer, new);
        let key = self.device();
        let done = self.write(moment, ids, |work| {
            let certificate = Certificate::new(work.meta.logbook(), key, by);
            // In a conflict each side's list counts, and this save puts them together.
            let mut all: Vec<Certificate> = Vec::new();
            for side in sides(work.draft, work.meta.member().into())? {
                let new = side.certificates.into_iter();
                all.extend(new.filter(|one| !all.contains(one)).collect::<Vec<_>>());
            }
            all.push(certificate);
            let member = work.meta.member().into();
            work.amend(member, |member: &mut Member| member.certificates = all)
        });
        if done.is_err() {
            self.signer = old;
        }
        done
    }
}

/// Returns the keys of all devices that the roster lets write.
pub(super) fn device_keys(read: &impl Read) -> Result<BTreeMap<DeviceId, DeviceKey>, StoreError> {
    let roster = super::roster::roster(read)?;
    let key = |(device, seat): (DeviceId, &Seat)| (device, seat.key.clone());
    Ok(roster.seats().map(key).collect())
}

/// Returns every state of every member.
pub(super) fn members(read: &impl Read) -> Result<Vec<Member>, StoreError> {
    let mut members = Vec::new();
    for entity in super::roster::entities(read, EntityKind::Member)? {
        members.extend(sides(read, entity)?);
    }
    Ok(members)
}

/// Returns the states of a member that stand: of a conflict all sides, since a key that any of
/// them names has written.
fn sides(read: &impl Read, member: EntityId) -> Result<Vec<Member>, StoreError> {
    let record = fold(&views(read, &must_know(read, member)?)?);
    let count = record.by_field().map(<[_]>::len).max().unwrap_or(0);
    let side = |side: usize| {
        let fields = record.by_field().filter_map(|values| {
            let of = values.get(side).or(values.last())?;
            (!of.value.is_null()).then(|| (of.field, of.value.clone()))
        });
        Member::from_fields(&fields.collect())
    };
    let sides: Result<_, _> = (0..count).map(side).collect();
    sides.map_err(|_| StoreError::Damaged("a record"))
}
