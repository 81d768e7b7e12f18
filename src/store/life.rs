//! What lies under a concern or a promise: steps, labels, who is in charge, answers. Reads only.

use super::entity::{Known, record};
use super::error::StoreError;
use super::family::{Loaded, load};
use super::fresh::Records;
use super::tables::Read;
use crate::domain::{
    Answer, Charge, Concern, ConcernKind, ConcernLife, Day, EntityId, EntityKind, Label,
    OpenConcern, PersonId, Reception, Settlement, StepTaken, Taken, Visit, in_charge, standing,
};
use crate::journal::Recorded;

/// What lies under a concern.
#[derive(Default)]
pub(super) struct UnderConcern {
    pub(super) steps: Vec<Loaded<StepTaken>>,
    pub(super) labels: Vec<Loaded<Label>>,
    pub(super) charges: Vec<Loaded<Charge>>,
}

/// What lies under a promise.
#[derive(Default)]
pub(super) struct UnderPromise {
    pub(super) answers: Vec<Loaded<Answer>>,
    pub(super) charges: Vec<Loaded<Charge>>,
}

/// Adds a part that stands and was not withdrawn.
fn add<T: Recorded>(
    records: &impl Records,
    part: EntityId,
    to: &mut Vec<Loaded<T>>,
) -> Result<(), StoreError> {
    let loaded = load::<T>(records, part)?;
    to.extend(loaded.filter(|loaded| loaded.record.withdrawn.is_none()));
    Ok(())
}

/// Reads what lies under a concern, oldest first.
pub(super) fn under_concern(
    records: &impl Records,
    known: &Known,
) -> Result<UnderConcern, StoreError> {
    let mut under = UnderConcern::default();
    for part in known.parts() {
        match part.kind {
            EntityKind::Step => add(records, part, &mut under.steps)?,
            EntityKind::Label => add(records, part, &mut under.labels)?,
            EntityKind::Charge => add(records, part, &mut under.charges)?,
            // Citizens' names, and kinds of later releases.
            _ => {}
        }
    }
    under.steps.sort_by_key(Loaded::age);
    under
        .labels
        .sort_by_key(|label| (label.value.on, label.age()));
    under.charges.sort_by_key(Loaded::age);
    Ok(under)
}

/// Reads what lies under a promise, oldest first.
pub(super) fn under_promise(
    records: &impl Records,
    known: &Known,
) -> Result<UnderPromise, StoreError> {
    let mut under = UnderPromise::default();
    for part in known.parts() {
        match part.kind {
            EntityKind::Answer => add(records, part, &mut under.answers)?,
            EntityKind::Charge => add(records, part, &mut under.charges)?,
            _ => {}
        }
    }
    under.answers.sort_by_key(Loaded::age);
    under.charges.sort_by_key(Loaded::age);
    Ok(under)
}

impl UnderConcern {
    /// Returns the life of the concern, and the steps that did not fit into it.
    pub(super) fn life(&self, concern: &Concern, heard: Option<Day>) -> (ConcernLife, Vec<Taken>) {
        let kind = concern.kind.unwrap_or(ConcernKind::Reflection);
        let steps = self
            .steps
            .iter()
            .filter_map(|step| step.value.taken.clone());
        let steps: Vec<Taken> = steps.collect();
        // Without a date of its own it was heard by its first step at the latest.
        let first = steps.iter().map(|taken| taken.on).min();
        let heard = heard.or(first).unwrap_or_default();
        let mut life = match concern.settlement {
            Settlement::OnTheSpot => ConcernLife::settled_on_the_spot(kind, heard),
            Settlement::Pending => ConcernLife::heard(kind, heard),
        };
        let passed_over = life.take_all(steps);
        (life, passed_over)
    }

    /// Returns who is in charge; `first` is who began.
    pub(super) fn officer(&self, first: Option<PersonId>) -> Option<PersonId> {
        in_charge(first, self.charges.iter().map(|charge| &charge.value))
    }

    /// Returns what its dates are reckoned from.
    pub(super) fn open(
        &self,
        concern: &Concern,
        life: &ConcernLife,
        heard: Option<Day>,
    ) -> OpenConcern {
        let labels = self.labels.iter().map(|label| &label.value);
        OpenConcern {
            answer_by: concern.answer_by,
            ..OpenConcern::of(life, heard, standing(labels, Day::MAX))
        }
    }
}

impl UnderPromise {
    /// Returns who is in charge; `first` is who began.
    pub(super) fn officer(&self, first: Option<PersonId>) -> Option<PersonId> {
        in_charge(first, self.charges.iter().map(|charge| &charge.value))
    }
}

/// Reads one record that must be there.
pub(super) fn read_one<T: Recorded>(read: &impl Read, entity: EntityId) -> Result<T, StoreError> {
    let found = record(read, entity)?;
    found.read().map_err(|_| StoreError::Damaged("a record"))
}

/// Returns a reception as far as it is like a visit.
pub(super) fn like_a_visit(reception: Reception) -> Visit {
    Visit {
        site: reception.site,
        from: reception.on,
        to: reception.on,
        lead: reception.head,
        team: reception.head.into_iter().collect(),
        unit: reception.unit,
        ..Visit::default()
    }
}
