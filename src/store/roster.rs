//! The roster as the file's entries make it. Never admits anybody.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::device::members;
use super::entity::{entity_from_key, must_know, views};
use super::error::StoreError;
use super::meta::read_meta;
use super::reader::member;
use super::tables::{Read, Tab, Way, after};
use crate::domain::{EntityId, EntityKind, MemberId};
use crate::journal::EntryView;
use crate::keys::{Keeper, Roster, Seat, Sources};

/// The member of a device that has not said yet whose it is.
pub(super) const NOBODY: MemberId = MemberId([0; 16]);

/// Reads the roster.
pub(super) fn roster(read: &impl Read) -> Result<Roster, StoreError> {
    let meta = read_meta(read)?;
    let own = member(read, meta.member())?;
    let seat = |key, keeper| Seat::trusted(key, meta.member(), own.role, keeper);
    let mut certificates = Vec::new();
    let mut trusted = Vec::new();
    let mut named = Vec::new();
    for member in members(read)? {
        certificates.extend(member.certificates);
        named.extend(member.devices);
    }
    match meta.root() {
        Some(root) => {
            match meta.own().filter(|own| *own != root) {
                Some(own) => {
                    trusted.push(seat(own, Keeper::No));
                    // Who that is, the roster says.
                    trusted.push(Seat::trusted(root, NOBODY, None, Keeper::Yes));
                }
                None => trusted.push(seat(root, Keeper::Yes)),
            }
        }
        // A file of an earlier release: nobody else was ever let in.
        None => trusted.extend(named.into_iter().map(|key| seat(key, Keeper::Yes))),
    }
    let logbook = meta.logbook();
    certificates.retain(|one| one.holds(logbook));
    let mut entries = of_kind(read, EntityKind::Admission)?;
    entries.extend(of_kind(read, EntityKind::Device)?);
    Ok(Roster::read(&Sources {
        trusted,
        entries: &entries,
        certificates: &certificates,
    }))
}

/// Returns all entries of all records of a kind.
fn of_kind(read: &impl Read, kind: EntityKind) -> Result<Vec<EntryView>, StoreError> {
    let mut found = Vec::new();
    for entity in entities(read, kind)? {
        found.extend(views(read, &must_know(read, entity)?)?);
    }
    Ok(found)
}

/// Returns the records of a kind.
pub(super) fn entities(
    read: &impl Read,
    kind: EntityKind,
) -> Result<BTreeSet<EntityId>, StoreError> {
    let prefix = kind.number().to_be_bytes();
    let mut entities = BTreeSet::new();
    read.scan(
        Tab::Entities,
        &prefix,
        &after(&prefix),
        Way::Up,
        &mut |key, _| {
            entities.insert(entity_from_key(key)?);
            Ok(ControlFlow::Continue(()))
        },
    )?;
    Ok(entities)
}
