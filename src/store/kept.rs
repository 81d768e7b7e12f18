//! When this logbook was last copied to another place: a fact of this device, outside the journal.

use std::ops::ControlFlow;

use super::blocks::entry_at;
use super::bytes::{decode, encode};
use super::entity::Place;
use super::error::StoreError;
use super::open::Store;
use super::tables::{Draft, Read, Tab, Way};
use crate::domain::Stamp;

const KEPT: &[u8] = b"kept";

#[derive(minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
struct Kept {
    #[n(0)]
    at: i64,
}

impl Store {
    /// Takes note that everything up to `at` lies in another place too.
    pub fn note_copy(&self, at: Stamp) -> Result<(), StoreError> {
        self.transact(|draft| note(draft, at))
    }
}

pub(super) fn note(draft: &mut Draft<'_>, at: Stamp) -> Result<(), StoreError> {
    draft.put(Tab::Meta, KEPT, &encode(&Kept { at: at.0 }))
}

/// Returns since when nothing was copied: since the last copy or, without one, since the first
/// entry; `None` where neither is there.
pub(super) fn since(read: &impl Read) -> Result<Option<Stamp>, StoreError> {
    if let Some(content) = read.get(Tab::Meta, KEPT)? {
        let kept: Kept = decode(&content, "meta")?;
        return Ok(Some(Stamp(kept.at)));
    }
    let mut first = None;
    read.scan(Tab::Entries, &[], &[u8::MAX; 13], Way::Up, &mut |key, _| {
        first = Some(Place::from_key(key)?);
        Ok(ControlFlow::Break(()))
    })?;
    let wall = |place| Ok(entry_at(read, place)?.entry.header().wall);
    first.map(wall).transpose()
}
