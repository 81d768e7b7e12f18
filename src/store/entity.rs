//! Records by their entries: where a record's entries lie, what it is part of, what it folds to.
//! Never writes an entry.

use std::ops::ControlFlow;
use std::rc::Rc;

use minicbor::bytes::ByteArray;

use super::blocks::Journal;
use super::bytes::{decode, encode, take};
use super::error::StoreError;
use super::tables::{Draft, Read, Tab, Way, after};
use crate::domain::{EntityId, EntityKind, MemberId, VisitId};
use crate::journal::{DeviceId, EntryView, Record, fold};

/// Where an entry lies in the journal.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, minicbor::Encode, minicbor::Decode,
)]
#[cbor(array)]
pub(super) struct Place {
    #[n(0)]
    pub(super) chain: u32,
    #[n(1)]
    pub(super) seq: u64,
}

impl Place {
    pub(super) fn key(self) -> [u8; 12] {
        let mut key = [0; 12];
        let (chain, seq) = key.split_at_mut(4);
        chain.copy_from_slice(&self.chain.to_be_bytes());
        seq.copy_from_slice(&self.seq.to_be_bytes());
        key
    }

    pub(super) fn from_key(mut key: &[u8]) -> Result<Self, StoreError> {
        let chain = u32::from_be_bytes(*take(&mut key, "entries")?);
        let seq = u64::from_be_bytes(*take(&mut key, "entries")?);
        match key {
            [] => Ok(Self { chain, seq }),
            [_, ..] => Err(StoreError::Damaged("entries")),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
struct Id {
    #[n(0)]
    kind: u16,
    #[n(1)]
    id: ByteArray<16>,
}

impl From<EntityId> for Id {
    fn from(entity: EntityId) -> Self {
        Self {
            kind: entity.kind.number(),
            id: entity.id.into(),
        }
    }
}

impl From<&Id> for EntityId {
    fn from(id: &Id) -> Self {
        Self {
            kind: EntityKind::from_number(id.kind),
            id: id.id.into(),
        }
    }
}

/// What the file knows of a record apart from its content.
#[derive(Clone, Debug, Default, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
pub(super) struct Known {
    /// Its entries, in the order of their keys.
    #[n(0)]
    pub(super) log: Vec<Place>,
    #[n(1)]
    parts: Vec<Id>,
    #[n(2)]
    whole: Option<Id>,
    /// The local number of its row.
    #[n(3)]
    pub(super) ordinal: Option<u32>,
}

impl Known {
    /// The records that say they are part of this one, in the order of their ids.
    pub(super) fn parts(&self) -> impl Iterator<Item = EntityId> + '_ {
        self.parts.iter().map(EntityId::from)
    }

    /// The record that this one is part of.
    pub(super) fn whole(&self) -> Option<EntityId> {
        self.whole.as_ref().map(EntityId::from)
    }

    pub(super) fn set_whole(&mut self, whole: Option<EntityId>) {
        self.whole = whole.map(Id::from);
    }

    pub(super) fn add_part(&mut self, part: EntityId) {
        if !self.parts().any(|p| p == part) {
            self.parts.push(part.into());
            self.parts.sort_by_key(|p| (p.kind, <[u8; 16]>::from(p.id)));
        }
    }

    pub(super) fn drop_part(&mut self, part: EntityId) {
        self.parts.retain(|p| EntityId::from(p) != part);
    }

    pub(super) fn add_entry(&mut self, place: Place) {
        if let Err(at) = self.log.binary_search(&place) {
            self.log.insert(at, place);
        }
    }
}

pub(super) fn entity_key(entity: EntityId) -> [u8; 18] {
    let mut key = [0; 18];
    let (kind, id) = key.split_at_mut(2);
    kind.copy_from_slice(&entity.kind.number().to_be_bytes());
    id.copy_from_slice(&entity.id);
    key
}

pub(super) fn entity_from_key(mut key: &[u8]) -> Result<EntityId, StoreError> {
    let kind = u16::from_be_bytes(*take(&mut key, "entities")?);
    let id = *take(&mut key, "entities")?;
    Ok(EntityId {
        kind: EntityKind::from_number(kind),
        id,
    })
}

pub(super) fn known(read: &impl Read, entity: EntityId) -> Result<Option<Known>, StoreError> {
    let content = read.get(Tab::Entities, &entity_key(entity))?;
    content.map(|c| decode(&c, "entities")).transpose()
}

/// Returns what is known of a record that something else in the file points to.
pub(super) fn must_know(read: &impl Read, entity: EntityId) -> Result<Known, StoreError> {
    known(read, entity)?.ok_or(StoreError::Damaged("entities"))
}

pub(super) fn put_known(
    draft: &mut Draft<'_>,
    entity: EntityId,
    known: &Known,
) -> Result<(), StoreError> {
    draft.put(Tab::Entities, &entity_key(entity), &encode(known))
}

/// Returns the entries of a record.
pub(super) fn views(read: &impl Read, known: &Known) -> Result<Vec<EntryView>, StoreError> {
    let mut journal = Journal::default();
    let view = |&place| {
        let stored = journal.at(read, place)?;
        let damaged = |_| StoreError::Damaged("the body of an entry");
        stored.entry.view().map_err(damaged)
    };
    known.log.iter().map(view).collect()
}

/// Folds a record that something else in the file points to.
pub(super) fn record(read: &impl Read, entity: EntityId) -> Result<Record, StoreError> {
    Ok(fold(&views(read, &must_know(read, entity)?)?))
}

/// A record as its entries make it, and its place in the order of records.
#[derive(Clone)]
pub(super) struct Folded {
    pub(super) record: Rc<Record>,
    /// When its first entry was written, in the order that all devices agree on; `None` without
    /// entries.
    pub(super) born: Option<(u64, DeviceId, u64)>,
    /// Who wrote that entry.
    pub(super) author: Option<MemberId>,
}

impl Folded {
    pub(super) fn of(entries: &[EntryView]) -> Self {
        let first = entries.iter().min_by_key(|e| e.header.order());
        Self {
            record: Rc::new(fold(entries)),
            born: first.map(|e| e.header.order()),
            author: first.map(|e| e.header.author),
        }
    }

    pub(super) fn read(read: &impl Read, known: &Known) -> Result<Self, StoreError> {
        Ok(Self::of(&views(read, known)?))
    }
}

/// Tells whether a record of the kind has a row of its own and is part of no other.
pub(super) fn is_root(kind: EntityKind) -> bool {
    match kind {
        EntityKind::Visit
        | EntityKind::Reception
        | EntityKind::Duty
        | EntityKind::Inspection
        | EntityKind::Assignment => true,
        EntityKind::Closing
        | EntityKind::Activity
        | EntityKind::Meeting
        | EntityKind::Concern
        | EntityKind::Place
        | EntityKind::Person
        | EntityKind::Particulars
        | EntityKind::Helped
        | EntityKind::Envelope
        | EntityKind::Member
        | EntityKind::Logbook
        | EntityKind::Pair
        | EntityKind::Step
        | EntityKind::Label
        | EntityKind::Promise
        | EntityKind::Answer
        | EntityKind::Charge
        | EntityKind::Admission
        | EntityKind::Device
        | EntityKind::Review
        | EntityKind::DataRequest
        | EntityKind::Erasure
        | EntityKind::Unknown(_) => false,
    }
}

/// Returns the visit, reception… that a record is, or is part of, as far as the file knows.
pub(super) fn root_of(read: &impl Read, entity: EntityId) -> Result<Option<EntityId>, StoreError> {
    let mut entity = entity;
    // An answer is part of a promise, that of a meeting, and that of a visit.
    for _ in 0..4 {
        if is_root(entity.kind) {
            return Ok(Some(entity));
        }
        match known(read, entity)?.and_then(|k| k.whole()) {
            Some(whole) => entity = whole,
            None => return Ok(None),
        }
    }
    Ok(None)
}

/// Returns the visit that a record is, or is part of, as far as the file knows.
pub(super) fn visit_of(read: &impl Read, entity: EntityId) -> Result<Option<VisitId>, StoreError> {
    let root = root_of(read, entity)?;
    Ok(root
        .filter(|root| root.kind == EntityKind::Visit)
        .map(|root| VisitId(root.id)))
}

/// Returns the visit that a member created last, of those that stand: the newest id among them.
pub(super) fn last_visit(
    read: &impl Read,
    member: MemberId,
) -> Result<Option<VisitId>, StoreError> {
    let kind = EntityKind::Visit.number().to_be_bytes();
    let mut last = None;
    read.scan(
        Tab::Entities,
        &kind,
        &after(&kind),
        Way::Down,
        &mut |key, content| {
            let entity = entity_from_key(key)?;
            let known: Known = decode(content, "entities")?;
            let entries = views(read, &known)?;
            let first = entries.iter().min_by_key(|e| e.header.order());
            let record = fold(&entries);
            let stands = !record.is_void() && record.withdrawn.is_none();
            if stands && first.is_some_and(|e| e.header.author == member) {
                last = Some(VisitId(entity.id));
                return Ok(ControlFlow::Break(()));
            }
            Ok(ControlFlow::Continue(()))
        },
    )?;
    Ok(last)
}
