//! The box of every envelope: there from its first entry on, and filled once by who heard the denunciation.

use super::error::StoreError;
use super::error::WriteError;
use super::open::{Moment, Store, Work};
use super::reader::Reader as StoreReader;
use crate::domain::{Envelope, EnvelopeId, SealedBox};
use crate::journal::{Act, Ids};
use crate::keys::{Reader, seal_identity};

impl StoreReader {
    /// Returns the keys of the competent authority that the roster knows.
    pub fn authority(&self) -> Result<Vec<Reader>, StoreError> {
        Ok(self.roster()?.authority())
    }
}

impl Store {
    /// Seals who denounced to the keys of the authority, in the place of what the box held. This device cannot open
    /// it again.
    pub fn seal_identity(
        &self,
        envelope: EnvelopeId,
        identity: &str,
        authority: &[Reader],
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<(), WriteError> {
        if authority.is_empty() {
            return Err(WriteError::NoAuthority);
        }
        let filled = seal_identity(authority, identity).ok_or(WriteError::TooLarge)?;
        self.write(moment, ids, |work| {
            work.amend(envelope.into(), |envelope: &mut Envelope| {
                envelope.sealed = SealedBox(filled);
            })
        })
    }

    /// Writes down that the member was shown who denounced.
    pub fn show_identity(
        &self,
        envelope: EnvelopeId,
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<(), WriteError> {
        self.write(moment, ids, |work| {
            let heads = super::entity::record(work.draft, envelope.into())?.heads;
            work.add(envelope.into(), &heads, &Act::Shown)?;
            Ok(())
        })
    }
}

impl Work<'_, '_> {
    /// Puts a box with nothing in it where an envelope has none.
    pub(super) fn put_box(&self, envelope: &mut Envelope) {
        if envelope.sealed == SealedBox::default() {
            let authority = self.gate.roster.authority();
            let filled = seal_identity(&authority, "").unwrap_or_default();
            envelope.sealed = SealedBox(filled);
        }
    }
}
