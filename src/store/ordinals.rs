//! Local numbers of rows, and the rows that they stand for: many a value, since neighbours in
//! number are asked for together. Never gives a number out; that is `apply`'s.

use std::collections::BTreeMap;

use super::error::StoreError;
use super::rows::Slot;
use super::tables::{Draft, Read, Tab};

/// Numbers in one value.
pub(super) const CHUNK: u32 = 64;
/// Bytes of a row's key; all zero where the number stands for no row.
const SLOT: usize = 21;

fn key(chunk: u32) -> [u8; 4] {
    chunk.to_be_bytes()
}

/// Returns the rows of a chunk's numbers.
pub(super) fn slots(content: &[u8]) -> Result<Vec<Option<Slot>>, StoreError> {
    let (slots, rest) = content.as_chunks::<SLOT>();
    if !rest.is_empty() || slots.len() > CHUNK as usize {
        return Err(StoreError::Damaged("ordinals"));
    }
    let slot = |bytes: &[u8; SLOT]| match bytes {
        [0, ..] => Ok(None),
        key => Slot::from_key(key).map(Some),
    };
    slots.iter().map(slot).collect()
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
        let damaged = StoreError::Damaged("ordinals");
        let wanted = ordinal / CHUNK;
        let slots = match &mut self.chunk {
            Some((number, slots)) if *number == wanted => slots,
            other => {
                let content = chunk(self.read, wanted)?.ok_or(StoreError::Damaged("ordinals"))?;
                &mut other.insert((wanted, slots(&content)?)).1
            }
        };
        let found = slots.get((ordinal % CHUNK) as usize).copied().flatten();
        found.ok_or(damaged)
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
            let mut content = chunk(draft, number)?.unwrap_or_default();
            for (at, slot) in moves {
                let start = at as usize * SLOT;
                if content.len() < start + SLOT {
                    content.resize(start + SLOT, 0);
                }
                let place = content.get_mut(start..start + SLOT);
                let bytes = slot.map_or([0; SLOT], |slot| slot.key());
                place
                    .ok_or(StoreError::Damaged("ordinals"))?
                    .copy_from_slice(&bytes);
            }
            draft.put(Tab::Ordinals, &key(number), &content)?;
        }
        Ok(())
    }
}
