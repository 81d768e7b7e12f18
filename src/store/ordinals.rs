//! Local numbers of rows, and the rows that they stand for: many a value, since neighbours in
//! number are asked for together. Never gives a number out; that is `apply`'s.

use std::collections::BTreeMap;

use super::error::StoreError;
use super::rows::Slot;
use super::tables::{Draft, Read, Tab};

/// Numbers in one value.
pub(super) const CHUNK: u32 = 64;
/// Bytes of a row's key.
const SLOT: usize = 21;
/// What keys in the form of an earlier release never begin with: theirs lay whole, one behind the other, all zero where a
/// number stood for no row.
const SHORT: u8 = u8::MAX;

const DAMAGED: StoreError = StoreError::Damaged("ordinals");

fn key(chunk: u32) -> [u8; 4] {
    chunk.to_be_bytes()
}

/// Returns the rows of a chunk's numbers.
pub(super) fn slots(content: &[u8]) -> Result<Vec<Option<Slot>>, StoreError> {
    match content.split_first() {
        Some((&SHORT, short)) => short_slots(short),
        Some(_) | None => whole_slots(content),
    }
}

fn whole_slots(content: &[u8]) -> Result<Vec<Option<Slot>>, StoreError> {
    let (slots, rest) = content.as_chunks::<SLOT>();
    if !rest.is_empty() || slots.len() > CHUNK as usize {
        return Err(DAMAGED);
    }
    let slot = |bytes: &[u8; SLOT]| match bytes {
        [0, ..] => Ok(None),
        key => Slot::from_key(key).map(Some),
    };
    slots.iter().map(slot).collect()
}

/// Reads keys of which each lacks what it has in common with the one before it.
fn short_slots(mut bytes: &[u8]) -> Result<Vec<Option<Slot>>, StoreError> {
    let mut slots = Vec::with_capacity(CHUNK as usize);
    let mut key = [0; SLOT];
    while let Some((&lacks, rest)) = bytes.split_first() {
        bytes = rest;
        if slots.len() == CHUNK as usize {
            return Err(DAMAGED);
        }
        let Some(lacks) = usize::from(lacks).checked_sub(1) else {
            slots.push(None);
            continue;
        };
        let differs = key.get_mut(lacks..).ok_or(DAMAGED)?;
        let (own, rest) = bytes.split_at_checked(differs.len()).ok_or(DAMAGED)?;
        differs.copy_from_slice(own);
        bytes = rest;
        slots.push(Some(Slot::from_key(&key)?));
    }
    Ok(slots)
}

fn to_bytes(slots: &[Option<Slot>]) -> Vec<u8> {
    let mut bytes = vec![SHORT];
    let mut last = [0; SLOT];
    for slot in slots {
        let Some(slot) = slot else {
            bytes.push(0);
            continue;
        };
        let key = slot.key();
        let lacks = last.iter().zip(&key).take_while(|(a, b)| a == b).count();
        bytes.push(lacks as u8 + 1);
        bytes.extend_from_slice(key.get(lacks..).unwrap_or_default());
        last = key;
    }
    bytes
}

fn chunk(read: &impl Read, chunk: u32) -> Result<Option<Vec<u8>>, StoreError> {
    read.get(Tab::Ordinals, &key(chunk))
}

/// Looks rows up by their numbers; reads a chunk once while its numbers follow each other.
pub(super) struct Lookup<'r, R> {
    read: &'r R,
    chunk: Option<(u32, Vec<Option<Slot>>)>,
}

impl<'r, R: Read> Lookup<'r, R> {
    pub(super) fn new(read: &'r R) -> Self {
        Self { read, chunk: None }
    }

    /// Returns the row of a number that something in the file names.
    pub(super) fn slot(&mut self, ordinal: u32) -> Result<Slot, StoreError> {
        let wanted = ordinal / CHUNK;
        let slots = match &mut self.chunk {
            Some((number, slots)) if *number == wanted => slots,
            other => {
                let content = chunk(self.read, wanted)?.ok_or(DAMAGED)?;
                &mut other.insert((wanted, slots(&content)?)).1
            }
        };
        let found = slots.get((ordinal % CHUNK) as usize).copied().flatten();
        found.ok_or(DAMAGED)
    }
}

/// What numbers stand for from now on, written together.
#[derive(Default)]
pub(super) struct Moves(BTreeMap<u32, Vec<(u32, Option<Slot>)>>);

impl Moves {
    pub(super) fn set(&mut self, ordinal: u32, slot: Option<Slot>) {
        let chunk = self.0.entry(ordinal / CHUNK).or_default();
        chunk.push((ordinal % CHUNK, slot));
    }

    pub(super) fn write(self, draft: &mut Draft<'_>) -> Result<(), StoreError> {
        for (number, moves) in self.0 {
            let content = chunk(draft, number)?;
            let mut rows = content.map_or_else(|| Ok(Vec::new()), |content| slots(&content))?;
            for (at, slot) in moves {
                let at = at as usize;
                if rows.len() <= at {
                    rows.resize(at + 1, None);
                }
                *rows.get_mut(at).ok_or(DAMAGED)? = slot;
            }
            draft.put(Tab::Ordinals, &key(number), &to_bytes(&rows))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Day, EntityId, EntityKind, Listing};

    #[test]
    fn keys_in_short_and_in_whole_read_alike() {
        let slot = |n: u8| {
            let entity = EntityId {
                kind: EntityKind::Visit,
                id: [n / 3; 16],
            };
            let listing = [Listing::Visits, Listing::Concerns][usize::from(n % 2)];
            Slot::new(
                listing,
                Day::from_yo_opt(2026, 1 + u32::from(n / 5)),
                entity,
            )
        };
        let rows: Vec<Option<Slot>> = (0..CHUNK as u8)
            .map(|n| (n % 7 != 3).then(|| slot(n)))
            .collect();
        let whole: Vec<u8> = rows
            .iter()
            .flat_map(|slot| slot.map_or([0; SLOT], |slot| slot.key()))
            .collect();
        let short = to_bytes(&rows);
        assert_eq!(slots(&short).expect("slots"), rows);
        assert_eq!(slots(&whole).expect("slots"), rows);
        assert!(short.len() < whole.len());
        for cut in 0..short.len() {
            let _ = slots(&short[..cut]);
        }
    }
}
