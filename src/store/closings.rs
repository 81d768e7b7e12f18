//! Closings of periods: one record a period, written once.

use super::entity::known;
use super::error::{StoreError, WriteError};
use super::family::load;
use super::open::{Moment, Store};
use super::reader::Reader;
use crate::domain::{Closing, ClosingId, EntityId, Period};
use crate::journal::Ids;

impl Reader {
    /// Reads the numbers of a period as they stood when it was closed; `None` where it is open.
    pub fn closing(&self, period: Period) -> Result<Option<Closing>, StoreError> {
        let snapshot = self.snapshot()?;
        let entity = EntityId::from(ClosingId::of(period));
        if known(&snapshot, entity)?.is_none() {
            return Ok(None);
        }
        let loaded = load::<Closing>(&snapshot, entity)?;
        Ok(loaded.map(|loaded| loaded.value))
    }
}

impl Store {
    /// Closes a period with its numbers; one that is closed stays as it was closed.
    pub fn close(
        &self,
        period: Period,
        closing: Closing,
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<(), WriteError> {
        let entity = EntityId::from(ClosingId::of(period));
        self.write(moment, ids, |work| {
            if known(work.draft, entity)?.is_some() {
                return Err(WriteError::Known);
            }
            let by = Some(work.meta.me());
            work.create(entity, &Closing { by, ..closing })?;
            Ok(())
        })
    }
}
