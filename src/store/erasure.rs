//! Takes the bodies out of entries that an erasure names: here, and as they come from elsewhere. Headers, hashes and
//! signatures stay, so that the chain stands.
//!
//! What an erasure names has been replaced by an entry before it in its own chain, so that no view changes. An
//! erasure of which that is not true is followed all the same, and the views are made again.

use std::collections::BTreeSet;

use super::blocks::{entry_at, replace};
use super::entity::{known, views};
use super::error::StoreError;
use super::exchange;
use super::family::load;
use super::personal::of_kind;
use super::tables::{Draft, Read};
use crate::domain::{EntityId, EntityKind, EntryHash, Erasure};
use crate::journal::fold;

/// What became of the entries that erasures name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Applied {
    /// Bodies that were there and are gone.
    pub(super) erased: u64,
    /// Bodies that were missing, and will not be fetched.
    pub(super) not_missed: u64,
    pub(super) views: Views,
}

/// Whether the views say the same as before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Views {
    #[default]
    Stand,
    Changed,
}

/// Takes the bodies out; what is not here yet is met by [`erased`] when it comes.
pub(super) fn apply(draft: &mut Draft<'_>, erasure: &Erasure) -> Result<Applied, StoreError> {
    let mut applied = Applied::default();
    let of_names = |kind| matches!(kind, EntityKind::Particulars | EntityKind::Helped);
    let Some(record) = erasure.record.filter(|record| of_names(record.kind)) else {
        return Ok(applied);
    };
    let Some(of) = known(draft, record)? else {
        return Ok(applied);
    };
    let before = fold(&views(draft, &of)?).fields;
    let named: BTreeSet<EntryHash> = erasure.entries.iter().copied().collect();
    for place in &of.log {
        let entry = entry_at(draft, *place)?.entry;
        if !named.contains(&entry.hash()) {
            continue;
        }
        if exchange::is_bad_body(draft, *place)? {
            exchange::forget_bad_body(draft, *place)?;
            applied.not_missed += 1;
        } else if !matches!(entry.body(), Ok(None)) {
            replace(draft, *place, entry.erased())?;
            applied.erased += 1;
        }
    }
    // A save that is not filed yet is in neither reading.
    if fold(&views(draft, &of)?).fields != before {
        applied.views = Views::Changed;
    }
    Ok(applied)
}

/// Returns the hashes of all entries that erasures name.
pub(super) fn erased(read: &impl Read) -> Result<BTreeSet<EntryHash>, StoreError> {
    let mut hashes = BTreeSet::new();
    for entity in of_kind(read, EntityKind::Erasure)? {
        if let Some(loaded) = load::<Erasure>(read, entity)? {
            hashes.extend(loaded.value.entries);
        }
    }
    Ok(hashes)
}

/// Follows the erasures among entries that came and are in the views.
pub(super) fn follow(draft: &mut Draft<'_>, came: &[EntityId]) -> Result<Applied, StoreError> {
    let mut all = Applied::default();
    for entity in came
        .iter()
        .filter(|entity| entity.kind == EntityKind::Erasure)
    {
        if known(draft, *entity)?.is_none() {
            continue;
        }
        if let Some(loaded) = load::<Erasure>(draft, *entity)? {
            let one = apply(draft, &loaded.value)?;
            all.erased += one.erased;
            all.not_missed += one.not_missed;
            all.views = all.views.max(one.views);
        }
    }
    Ok(all)
}
