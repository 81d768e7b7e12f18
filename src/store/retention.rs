//! What may be erased, since it was handed over long enough ago: only ever offered, never erased by itself.

use super::entity::{known, root_of};
use super::error::StoreError;
use super::family::load;
use super::life::under_concern;
use super::personal::of_kind;
use super::reader::Reader;
use super::tables::Snapshot;
use crate::domain::{
    Act, Concern, Day, EntityId, EntityKind, Held, Particulars, RaisedBy, Reception, Visit,
};

impl Reader {
    /// Returns the particulars of concerns whose receipt by the competent body was noted on that day or before.
    pub fn offered_for_erasure(&self, before: Day) -> Result<Vec<Held>, StoreError> {
        let snapshot = self.snapshot()?;
        let mut offered = Vec::new();
        for entity in of_kind(&snapshot, EntityKind::Particulars)? {
            let Some(loaded) = load::<Particulars>(&snapshot, entity)? else {
                continue;
            };
            let names = match &loaded.value.raised_by {
                RaisedBy::Anonymous => false,
                RaisedBy::Citizen(citizen) => citizen != &crate::domain::Citizen::default(),
            };
            if let Some(concern) = loaded.value.concern.filter(|_| names)
                && received(&snapshot, concern.into())?.is_some_and(|day| day <= before)
            {
                offered.push(entity);
            }
        }
        self.held_in(&offered)
    }
}

/// Returns the day on which the competent body confirmed that it has a concern.
fn received(read: &Snapshot, concern: EntityId) -> Result<Option<Day>, StoreError> {
    let (Some(of), Some(loaded)) = (known(read, concern)?, load::<Concern>(read, concern)?) else {
        return Ok(None);
    };
    let heard = match root_of(read, concern)? {
        Some(root) if root.kind == EntityKind::Visit => {
            load::<Visit>(read, root)?.and_then(|visit| visit.value.day())
        }
        Some(root) => load::<Reception>(read, root)?.and_then(|reception| reception.value.on),
        None => None,
    };
    let (life, _) = under_concern(read, &of)?.life(&loaded.value, heard);
    let mut taken = life.taken().iter();
    let receipt = taken.find(|taken| matches!(taken.act, Act::Receive | Act::Accept));
    Ok(receipt.map(|taken| taken.on))
}
