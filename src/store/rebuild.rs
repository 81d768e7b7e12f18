//! Makes the views again from the journal, by the same way as every save. Never touches the
//! journal or unsaved typing.

use std::collections::BTreeMap;

use redb::Durability;

use super::absorb::absorb;
use super::blocks::Journal;
use super::entity::Place;
use super::error::StoreError;
use super::meta::{ChainBytes, chains, read_meta, write_meta};
use super::open::{Store, begin_views};
use super::tables::{Draft, clear_views};

/// Entries taken into the views at a time.
const BATCH: usize = 2000;

/// What a rebuild did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    pub entries: u64,
    /// Entries that could not be read; what they said is missing from the views.
    pub skipped: u64,
}

impl Store {
    /// Makes all views again, in one commit; unsaved typing stays.
    pub fn rebuild(&mut self) -> Result<Rebuilt, StoreError> {
        let mut txn = self.db.begin_write()?;
        txn.set_durability(Durability::Immediate)?;
        txn.set_quick_repair(true);
        clear_views(&txn)?;
        let mut draft = Draft::open(&txn)?;
        let chains = chains(&draft)?;
        let rebuilt = fold_all(&mut draft, &chains)?;
        drop(draft);
        txn.commit()?;
        Ok(rebuilt)
    }
}

/// Folds the whole journal into empty views.
pub(super) fn fold_all(
    draft: &mut Draft<'_>,
    chains: &BTreeMap<u32, ChainBytes>,
) -> Result<Rebuilt, StoreError> {
    let mut meta = read_meta(draft)?;
    meta.next_ordinal = 0;
    write_meta(draft, &meta)?;
    begin_views(draft)?;
    let mut rebuilt = Rebuilt::default();
    let mut batch = Vec::with_capacity(BATCH);
    let mut journal = Journal::default();
    for (&chain, end) in chains {
        for seq in 1..=end.seq {
            let place = Place { chain, seq };
            match journal.at(draft, place).map(|stored| stored.entry.view()) {
                Ok(Ok(view)) => batch.push((place, view)),
                Ok(Err(_)) | Err(StoreError::Damaged(_)) => {
                    rebuilt.skipped += 1;
                    continue;
                }
                Err(other) => return Err(other),
            }
            rebuilt.entries += 1;
            if batch.len() == BATCH {
                absorb(draft, std::mem::take(&mut batch))?;
            }
        }
    }
    absorb(draft, batch)?;
    Ok(rebuilt)
}
