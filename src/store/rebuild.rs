//! Makes the views again from the journal, by the same way as every save. Never touches the
//! journal or unsaved typing.

use std::collections::BTreeMap;

use redb::Durability;

use super::blocks::Journal;
use super::entity::Place;
use super::error::StoreError;
use super::gate::{Gate, absorb_through, is_mark};
use super::meta::{ChainBytes, chains, read_meta, write_meta};
use super::open::{Store, begin_views};
use super::tables::{Draft, Tab, clear_views};
use crate::journal::{EntryView, Stream};

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
        draft.settle()?;
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
    // The views believe what the roster lets them, so it comes first, and the cuts with it.
    let everything = Gate::read(draft)?;
    let of_roster = |(_, chain): &(&u32, &ChainBytes)| chain.stream() == Stream::Roster;
    let roster = chains.iter().filter(of_roster);
    let roster = roster.map(|(&n, chain)| (n, chain.clone())).collect();
    fold_some(draft, &roster, &everything, |_| true)?;
    let mut gate = Gate::read(draft)?;
    if gate.roster.seats().any(|(_, seat)| seat.revoked) {
        fold_some(draft, chains, &gate, is_mark)?;
        gate = Gate::read(draft)?;
    }
    for view in Tab::VIEWS {
        draft.clear(view)?;
    }
    meta.next_ordinal = 0;
    write_meta(draft, &meta)?;
    begin_views(draft)?;
    fold_some(draft, chains, &gate, |_| true)
}

/// Folds those entries of the journal that are wanted.
fn fold_some(
    draft: &mut Draft<'_>,
    chains: &BTreeMap<u32, ChainBytes>,
    gate: &Gate,
    wanted: impl Fn(&EntryView) -> bool,
) -> Result<Rebuilt, StoreError> {
    let mut rebuilt = Rebuilt::default();
    let mut batch = Vec::with_capacity(BATCH);
    let mut journal = Journal::default();
    for (&chain, end) in chains {
        for seq in 1..=end.seq {
            let place = Place { chain, seq };
            match journal.at(draft, place).map(|stored| stored.entry.view()) {
                Ok(Ok(view)) if wanted(&view) => batch.push((place, view)),
                Ok(Ok(_)) => {}
                Ok(Err(_)) | Err(StoreError::Damaged(_)) => {
                    rebuilt.skipped += 1;
                    continue;
                }
                Err(other) => return Err(other),
            }
            rebuilt.entries += 1;
            if batch.len() == BATCH {
                absorb_through(draft, std::mem::take(&mut batch), gate)?;
            }
        }
    }
    absorb_through(draft, batch, gate)?;
    Ok(rebuilt)
}
