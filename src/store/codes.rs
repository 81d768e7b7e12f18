//! Short codes: from what a person reads aloud to the record, and as long as it takes to be sure.

use super::entity::entity_from_key;
use super::error::StoreError;
use super::linked::Group;
use super::tables::{Draft, Read, Tab};
use crate::domain::{EntityId, ShortCode};

/// The most candidates that an ambiguous prefix lists.
const CANDIDATES: usize = 100;

const CODES: Group<'static> = Group {
    tab: Tab::Codes,
    prefix: b"c",
};

pub(super) fn begin(draft: &mut Draft<'_>) -> Result<(), StoreError> {
    CODES.begin(draft)
}

fn bound(bits: u64) -> [u8; 9] {
    let mut key = [b'c'; 9];
    if let Some(tail) = key.last_chunk_mut() {
        *tail = bits.to_be_bytes();
    }
    key
}

fn key(entity: EntityId) -> Vec<u8> {
    let mut key = bound(ShortCode::bits(entity)).to_vec();
    key.extend_from_slice(&super::entity::entity_key(entity));
    key
}

pub(super) fn add(draft: &mut Draft<'_>, entity: EntityId) -> Result<(), StoreError> {
    CODES.put(draft, &key(entity), Vec::new())
}

pub(super) fn remove(draft: &mut Draft<'_>, entity: EntityId) -> Result<(), StoreError> {
    CODES.remove(draft, &key(entity))
}

fn entity_of(key: &[u8]) -> Result<EntityId, StoreError> {
    let entity = key.get(9..).ok_or(StoreError::Damaged("codes"))?;
    entity_from_key(entity)
}

/// Returns the records whose code begins with what was typed, at most [`CANDIDATES`].
pub(super) fn find(read: &impl Read, typed: &str) -> Result<Vec<EntityId>, StoreError> {
    let Some((low, high)) = ShortCode::range(typed) else {
        return Ok(Vec::new());
    };
    let below = match high.checked_add(1) {
        Some(next) => bound(next).to_vec(),
        None => super::tables::after(b"c"),
    };
    let found = CODES.range(read, &bound(low), &below)?;
    let found = found.iter().take(CANDIDATES);
    found.map(|(key, _)| entity_of(key)).collect()
}

/// Returns a record's code, as long as it takes to tell it from its neighbours.
pub(super) fn code(read: &impl Read, entity: EntityId) -> Result<ShortCode, StoreError> {
    let own = key(entity);
    let mut length = ShortCode::SHORTEST;
    while length < ShortCode::LONGEST {
        let code = ShortCode::of(entity, length);
        let others = find(read, code.as_str())?;
        if others.iter().all(|other| key(*other) == own) {
            return Ok(code);
        }
        length += 1;
    }
    Ok(ShortCode::of(entity, ShortCode::LONGEST))
}
