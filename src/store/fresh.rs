//! Records as a batch will leave them, before they are written: each is folded and written once,
//! however much of the batch touches it. Never writes an entry.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use foldhash::fast::RandomState;

use super::entity::{Folded, Known, known, put_known};
use super::error::StoreError;
use super::tables::{Draft, Read};
use crate::domain::EntityId;

/// One record of the batch.
#[derive(Default)]
struct Sheet {
    known: Known,
    /// `None` where the batch has no entry of the record itself.
    folded: Option<Folded>,
}

/// The records that a batch touches.
#[derive(Default)]
pub(super) struct Fresh(HashMap<EntityId, Sheet, RandomState>);

impl Fresh {
    pub(super) fn put(&mut self, entity: EntityId, known: Known, folded: Folded) {
        let folded = Some(folded);
        self.0.insert(entity, Sheet { known, folded });
    }

    /// Returns what the file will know of a record, to be changed; a record nothing is known of
    /// begins here.
    pub(super) fn known_mut(
        &mut self,
        draft: &Draft<'_>,
        entity: EntityId,
    ) -> Result<&mut Known, StoreError> {
        let sheet = match self.0.entry(entity) {
            Entry::Occupied(there) => there.into_mut(),
            Entry::Vacant(new) => new.insert(Sheet {
                known: known(draft, entity)?.unwrap_or_default(),
                folded: None,
            }),
        };
        Ok(&mut sheet.known)
    }

    /// Writes what the file knows of every record of the batch.
    pub(super) fn write(self, draft: &mut Draft<'_>) -> Result<(), StoreError> {
        let mut sheets: Vec<_> = self.0.into_iter().collect();
        sheets.sort_unstable_by_key(|(entity, _)| *entity);
        for (entity, sheet) in sheets {
            put_known(draft, entity, &sheet.known)?;
        }
        Ok(())
    }
}

/// Reads records: in the file alone, or as a batch will leave them.
pub(super) trait Records {
    type Tables: Read;

    /// Gives the tables as they are written.
    fn tables(&self) -> &Self::Tables;

    /// Returns whether an entry of the record has ever come, or something is part of it.
    fn knows(&self, entity: EntityId) -> Result<bool, StoreError>;

    /// Returns what is known of a record that something else points to.
    fn known(&self, entity: EntityId) -> Result<Known, StoreError>;

    /// Folds a record that something else points to.
    fn folded(&self, entity: EntityId) -> Result<Folded, StoreError>;
}

impl<R: Read> Records for R {
    type Tables = R;

    fn tables(&self) -> &R {
        self
    }

    fn knows(&self, entity: EntityId) -> Result<bool, StoreError> {
        Ok(known(self, entity)?.is_some())
    }

    fn known(&self, entity: EntityId) -> Result<Known, StoreError> {
        super::entity::must_know(self, entity)
    }

    fn folded(&self, entity: EntityId) -> Result<Folded, StoreError> {
        Folded::read(self, &self.known(entity)?)
    }
}

/// The file with a batch laid over it.
pub(super) struct Overlay<'f, R> {
    pub(super) read: &'f R,
    pub(super) fresh: &'f Fresh,
}

impl<R: Read> Records for Overlay<'_, R> {
    type Tables = R;

    fn tables(&self) -> &R {
        self.read
    }

    fn knows(&self, entity: EntityId) -> Result<bool, StoreError> {
        Ok(self.fresh.0.contains_key(&entity) || known(self.read, entity)?.is_some())
    }

    fn known(&self, entity: EntityId) -> Result<Known, StoreError> {
        match self.fresh.0.get(&entity) {
            Some(sheet) => Ok(sheet.known.clone()),
            None => super::entity::must_know(self.read, entity),
        }
    }

    fn folded(&self, entity: EntityId) -> Result<Folded, StoreError> {
        match self.fresh.0.get(&entity) {
            Some(Sheet {
                folded: Some(folded),
                ..
            }) => Ok(folded.clone()),
            Some(Sheet { known, .. }) => Folded::read(self.read, known),
            None => self.read.folded(entity),
        }
    }
}
