//! Who is in charge of a concern or a promise, and how it was handed to another.

use super::{ConcernId, Day, EntityId, PersonId, PromiseId};

/// A concern or promise that was put into somebody's charge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Charge {
    pub concern: Option<ConcernId>,
    pub promise: Option<PromiseId>,
    pub officer: Option<PersonId>,
    /// The day on which it was handed over.
    pub on: Option<Day>,
    /// Who handed it over.
    pub from: Option<PersonId>,
    /// The day on which the receiver accepted it; before that the one before stays in charge.
    pub accepted: Option<Day>,
}

impl Charge {
    /// Returns what it is about.
    pub fn about(&self) -> Option<EntityId> {
        let concern = self.concern.map(EntityId::from);
        concern.or(self.promise.map(EntityId::from))
    }
}

/// Who is in charge, by all that was handed over, oldest first; `first` is who began.
pub fn in_charge<'c>(
    first: Option<PersonId>,
    charges: impl IntoIterator<Item = &'c Charge>,
) -> Option<PersonId> {
    let accepted = charges.into_iter().filter(|c| c.accepted.is_some());
    accepted.last().map_or(first, |charge| charge.officer)
}
