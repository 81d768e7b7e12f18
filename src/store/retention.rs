//! What may be erased, since it was handed over long enough ago: only ever offered, never erased by itself.

use super::entity::{known, root_of};
use super::error::StoreError;
use super::family::load;
use super::life::under_concern;
use super::personal::of_kind;
use super::reader::Reader;
use super::tables::Snapshot;
use crate::domain::{
    Act, Concern, Day, EntityId, EntityKind, Held, Offers, Particulars, RaisedBy, Reception, Visit,
};

/// So many records of names are looked at before other questions have their turn: some 50 ms.
const AT_ONCE: usize = 1_000;

impl Reader {
    /// Returns the particulars of concerns whose receipt by the competent body was noted on that day or before,
    /// among so many from a record on that nobody waits long.
    pub fn offered_for_erasure(
        &self,
        before: Day,
        from: Option<EntityId>,
    ) -> Result<Offers, StoreError> {
        let snapshot = self.snapshot()?;
        let mut offered = Vec::new();
        let all = of_kind(&snapshot, EntityKind::Particulars)?.into_iter();
        let mut left = all.skip_while(|entity| from.is_some_and(|from| *entity < from));
        for entity in left.by_ref().take(AT_ONCE) {
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
        Ok(Offers {
            held: self.held_in(&offered)?,
            next: left.next(),
        })
    }

    /// Returns all of it at once.
    pub fn all_offered_for_erasure(&self, before: Day) -> Result<Vec<Held>, StoreError> {
        let (mut held, mut from) = (Vec::new(), None);
        loop {
            let offers = self.offered_for_erasure(before, from)?;
            held.extend(offers.held);
            from = offers.next;
            if from.is_none() {
                return Ok(held);
            }
        }
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
