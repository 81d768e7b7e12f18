//! The visit: who went where, when, and what of the three together they shared.

use super::{Code, Day, PersonId, RowId, Site};

/// Where a record came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// Typed by a person.
    #[default]
    Typed,
    /// Read from a spreadsheet; lifts completeness for what the source lacks.
    Import,
}

/// A visit (chuyến công tác cơ sở); everything may still be missing in a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visit {
    pub site: Option<Site>,
    pub from: Option<Day>,
    pub to: Option<Day>,
    /// Those who went, the lead among them.
    pub team: Vec<PersonId>,
    pub lead: Option<PersonId>,
    /// Which of the "three together" were shared; the list is the catalogue's.
    pub shared: Vec<Code>,
    pub programme: String,
    /// The party cell that reviews the visit, by name; empty for every reviewer's queue.
    pub reviewing_cell: String,
    /// The unit that logged it.
    pub unit: String,
    pub note: String,
    pub origin: Origin,
    /// The row of a table that it was read from, where that row is no activity or meeting.
    pub row: Option<RowId>,
}

impl Visit {
    /// Returns the day that the visit belongs to and its places are named by: its last one.
    pub fn day(&self) -> Option<Day> {
        self.to.or(self.from)
    }

    /// Returns the nights stayed: days between first and last, `None` while either is unknown.
    pub fn nights(&self) -> Option<u32> {
        let days = (self.to? - self.from?).num_days();
        u32::try_from(days).ok()
    }
}
