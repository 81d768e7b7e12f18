//! redb's page 0 in two physical slots, so that a torn write of it never loses the file.
//!
//! A slot is one data unit: what redb wrote, then a generation and a checksum where redb 4.6
//! writes nothing (it uses the first 320 bytes of the page). A write goes to the slot that is
//! not the last synced one; the highest valid generation is opened. This module never touches
//! any other page.

use std::io;

use redb::StorageBackend;
use zeroize::Zeroizing;

use super::error::PagesError;
use super::xts::{UNIT, Xts};

/// Bytes of page 0 that redb may use.
const CONTENT: usize = UNIT - GENERATION - CHECKSUM;
const GENERATION: usize = 8;
const CHECKSUM: usize = 24;
const CHECKSUM_CONTEXT: &str = "bacung page 0 slot checksum, version 1";

/// Physical units that hold the slots, before the unit of logical page 1.
pub(super) const SLOT_UNITS: u64 = 2;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Slot {
    First,
    Second,
}

impl Slot {
    fn unit(self) -> u64 {
        match self {
            Slot::First => 0,
            Slot::Second => 1,
        }
    }

    fn other(self) -> Self {
        match self {
            Slot::First => Slot::Second,
            Slot::Second => Slot::First,
        }
    }
}

/// Keeps page 0 as redb sees it, and which slot holds it.
pub(super) struct Header {
    content: Zeroizing<Vec<u8>>,
    generation: u64,
    /// The slot that holds `content`; none before the first write of a new file.
    current: Option<Slot>,
    /// The slot that survives a loss of power; none as long as this process has not synced.
    synced: Option<Slot>,
}

impl Header {
    /// The page 0 of an empty file: zeros, in no slot.
    pub(super) fn empty() -> Self {
        Self {
            content: Zeroizing::new(vec![0; CONTENT]),
            generation: 0,
            current: None,
            synced: None,
        }
    }

    /// Reads both slots and takes the valid one of the highest generation.
    pub(super) fn load(inner: &impl StorageBackend, xts: &Xts) -> io::Result<Self> {
        let first = read_slot(inner, xts, Slot::First)?;
        let second = read_slot(inner, xts, Slot::Second)?;
        first
            .into_iter()
            .chain(second)
            .max_by_key(|header| header.generation)
            .ok_or_else(|| PagesError::NoValidHeader.into())
    }

    /// Copies from page 0; the caller stays within the page.
    pub(super) fn read(&self, offset: usize, out: &mut [u8]) {
        out.fill(0);
        if let Some(kept) = self.content.get(offset..) {
            let len = kept.len().min(out.len());
            out[..len].copy_from_slice(&kept[..len]);
        }
    }

    /// Writes into page 0 and puts the whole page into the slot that is not the last synced one.
    pub(super) fn write(
        &mut self,
        inner: &impl StorageBackend,
        xts: &Xts,
        offset: usize,
        data: &[u8],
    ) -> io::Result<()> {
        let mut content = self.content.clone();
        let len = data.len().min(CONTENT.saturating_sub(offset));
        let (kept, beyond) = data.split_at(len);
        if beyond.iter().any(|byte| *byte != 0) {
            return Err(PagesError::ReservedTail.into());
        }
        if let Some(place) = content.get_mut(offset..offset + len) {
            place.copy_from_slice(kept);
        }
        // What was found in the file may still lie in the system's cache only, left there by a
        // killed process: it must be durable before the other slot, perhaps the only durable
        // one, is given up.
        if self.synced.is_none() && self.current.is_some() {
            self.sync(inner)?;
        }
        let slot = self.synced.map_or(Slot::First, Slot::other);
        write_slot(inner, xts, slot, self.generation + 1, &content)?;
        self.content = content;
        self.generation += 1;
        self.current = Some(slot);
        Ok(())
    }

    /// Syncs the file; what was written before is durable after.
    pub(super) fn sync(&mut self, inner: &impl StorageBackend) -> io::Result<()> {
        inner.sync_data()?;
        self.synced = self.current;
        Ok(())
    }

    /// Puts the synced page into the other slot too, so that in a closed file damage to either
    /// slot changes nothing. Does nothing while a write is not synced.
    pub(super) fn mirror(&mut self, inner: &impl StorageBackend, xts: &Xts) -> io::Result<()> {
        let Some(slot) = self.synced.filter(|_| self.synced == self.current) else {
            return Ok(());
        };
        write_slot(inner, xts, slot.other(), self.generation + 1, &self.content)?;
        self.generation += 1;
        self.current = Some(slot.other());
        self.sync(inner)
    }
}

fn read_slot(inner: &impl StorageBackend, xts: &Xts, slot: Slot) -> io::Result<Option<Header>> {
    let mut unit = Zeroizing::new(vec![0; UNIT]);
    inner.read(slot.unit() * UNIT as u64, &mut unit)?;
    xts.decrypt(slot.unit(), &mut unit);
    let (signed, sum) = unit.split_at(CONTENT + GENERATION);
    if checksum(signed) != sum {
        return Ok(None);
    }
    let (content, generation) = signed.split_at(CONTENT);
    let generation = generation.try_into().expect("the split leaves eight bytes");
    Ok(Some(Header {
        content: Zeroizing::new(content.to_vec()),
        generation: u64::from_le_bytes(generation),
        current: Some(slot),
        synced: None,
    }))
}

fn write_slot(
    inner: &impl StorageBackend,
    xts: &Xts,
    slot: Slot,
    generation: u64,
    content: &[u8],
) -> io::Result<()> {
    let mut unit = Zeroizing::new(Vec::with_capacity(UNIT));
    unit.extend_from_slice(content);
    unit.extend_from_slice(&generation.to_le_bytes());
    let sum = checksum(&unit);
    unit.extend_from_slice(&sum);
    xts.encrypt(slot.unit(), &mut unit);
    inner.write(slot.unit() * UNIT as u64, &unit)
}

fn checksum(signed: &[u8]) -> [u8; CHECKSUM] {
    let mut sum = [0; CHECKSUM];
    blake3::Hasher::new_derive_key(CHECKSUM_CONTEXT)
        .update(signed)
        .finalize_xof()
        .fill(&mut sum);
    sum
}
