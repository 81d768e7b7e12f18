//! When this logbook was last copied to another place: a fact of this device, outside the journal.

use super::bytes::encode;
use super::error::StoreError;
use super::open::Store;
use super::tables::{Draft, Tab};
use crate::domain::Stamp;

const KEPT: &[u8] = b"kept";

#[derive(minicbor::Encode)]
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
