//! A closed period: its numbers as they stood, so that what changes later shows as a correction.

use super::tally::{TallyId, Value};
use super::{Basis, Day, EntityId, EntityKind, Period, PersonId};

/// The record of a closing; all devices that close the same period write into the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClosingId(pub [u8; 16]);

impl From<ClosingId> for EntityId {
    fn from(id: ClosingId) -> Self {
        EntityId {
            kind: EntityKind::Closing,
            id: id.0,
        }
    }
}

impl ClosingId {
    /// Returns the id of the closing of a period: of its days and how its months are cut.
    pub fn of(period: Period) -> Self {
        use chrono::Datelike;
        // Days since 1970, as they are stored.
        let day = |day: Day| day.num_days_from_ce() - 719_163;
        let basis = match period.basis {
            Basis::Calendar => 1,
            Basis::Administrative => 2,
        };
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"bacung closing v1\0");
        hasher.update(&day(period.from).to_be_bytes());
        hasher.update(&day(period.to).to_be_bytes());
        hasher.update(&[basis]);
        let mut id = [0; 16];
        id.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Self(id)
    }
}

/// The numbers of a period as they stood when it was closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Closing {
    pub from: Option<Day>,
    pub to: Option<Day>,
    pub basis: Option<Basis>,
    /// The day of the closing.
    pub on: Option<Day>,
    /// Who closed it.
    pub by: Option<PersonId>,
    /// In the order of the numbers; those of later releases are left out.
    pub numbers: Vec<(TallyId, Value)>,
}

impl Closing {
    /// Closes a period.
    pub fn new(period: Period, on: Day, numbers: Vec<(TallyId, Value)>) -> Self {
        Self {
            from: Some(period.from),
            to: Some(period.to),
            basis: Some(period.basis),
            on: Some(on),
            by: None,
            numbers,
        }
    }

    /// Returns a number as it stood.
    pub fn value(&self, id: TallyId) -> Option<Value> {
        let found = self.numbers.iter().find(|(known, _)| *known == id);
        found.map(|(_, value)| *value)
    }
}
