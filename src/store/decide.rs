//! Saves what a person decides about two visits, and tells later who decided what.

use super::entity::{known, must_know, record, views};
use super::error::{StoreError, WriteError};
use super::family::family;
use super::open::{Moment, Store, Work};
use super::tables::Read;
use super::{codes, pairs};
use crate::domain::{EntityId, HistoryEvent, Pair, PairId, Verdict, VisitId};
use crate::journal::{Act, Happened, Ids, Record, Recorded, diff};

impl Store {
    /// Saves what a person decided about two visits; a later decision takes the place of it.
    pub fn decide(
        &self,
        pair: (VisitId, VisitId),
        verdict: Verdict,
        note: String,
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<(), WriteError> {
        self.write(moment, ids, |work| work.decide(pair, verdict, note))
    }
}

impl Work<'_, '_> {
    fn decide(
        &mut self,
        (one, other): (VisitId, VisitId),
        verdict: Verdict,
        note: String,
    ) -> Result<(), WriteError> {
        for visit in [one, other] {
            let stands =
                known(self.draft, visit.into())?.is_some() && family(self.draft, visit)?.is_some();
            if !stands || one == other {
                return Err(WriteError::NotFound);
            }
        }
        let entity = EntityId::from(PairId::of(one, other));
        let before = match known(self.draft, entity)? {
            Some(_) => record(self.draft, entity)?,
            None => Record::default(),
        };
        let new = Pair::new(one, other, verdict, note).to_fields()?;
        let settled: Vec<u32> = before.conflicts().iter().map(|c| c.field).collect();
        let changes = diff(&before.shown(), &new, &settled);
        if changes.is_empty() {
            return Ok(());
        }
        self.add(entity, &before.heads, &Act::Save(changes))?;
        Ok(())
    }
}

/// Returns who decided what about a visit and others.
pub(super) fn happened(read: &impl Read, visit: VisitId) -> Result<Vec<Happened>, StoreError> {
    let mut happened = Vec::new();
    for (other, _) in pairs::decided(read, visit)? {
        let pair = EntityId::from(PairId::of(visit, other));
        let code = codes::code(read, other.into())?;
        for entry in views(read, &must_know(read, pair)?)? {
            let Some(Act::Save(fields)) = &entry.act else {
                continue;
            };
            let event = match Pair::from_fields(fields).ok().and_then(|pair| pair.verdict) {
                Some(Verdict::Linked) => HistoryEvent::Linked(code.clone()),
                Some(Verdict::Dismissed) => HistoryEvent::Dismissed(code.clone()),
                None => continue,
            };
            happened.push(Happened {
                at: entry.header.wall,
                time: entry.header.time,
                author: entry.header.author,
                about: visit.into(),
                event,
            });
        }
    }
    Ok(happened)
}
