//! The template of duties, as data: what there is to attend, and how often the documents that are known
//! ask for it.
//!
//! Owns no quota of its own: each names the document that it is from. Who has which duty is a record.

use super::days_off::Name;
use crate::domain::{Code, Every, ReceptionKind};

/// What is counted for a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// Meetings attended on visits, one a day.
    Meetings,
    /// Visits to the place.
    Visits,
    /// Days of reception by the person.
    Receptions,
    /// Saturdays on duty that were no working days.
    Saturdays,
}

impl Counts {
    /// Everything that can be counted, with its word of files.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Meetings, "meetings"),
        (Self::Visits, "visits"),
        (Self::Receptions, "receptions"),
        (Self::Saturdays, "saturdays"),
    ];
}

/// A kind of duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyKind {
    /// What assignments name it by.
    pub code: Code,
    pub name: Name,
    pub counts: Counts,
    /// The kinds of meetings that count.
    pub meetings: Vec<Code>,
    /// The kinds of reception that count.
    pub receptions: Vec<ReceptionKind>,
}

/// Whose rule a quota is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// It holds where this program is used.
    Here,
    /// An example from elsewhere: it shows how a rule is written and binds nobody here.
    Elsewhere,
}

/// How often a document asks somebody for a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    pub duty: Code,
    /// Whom it asks.
    pub who: Name,
    pub times: u32,
    pub every: Every,
    /// The document that it is from.
    pub document: String,
    pub holds: Holds,
    /// Whether it was held against the words of the document.
    pub checked: bool,
    /// Where it was read.
    pub source: String,
}

/// Kinds of duty and known quotas, in the order in which they are offered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Duties {
    pub kinds: Vec<DutyKind>,
    pub quotas: Vec<Quota>,
}

impl Duties {
    /// Finds a kind; `None` for a code that this device's template does not know.
    pub fn kind(&self, code: &Code) -> Option<&DutyKind> {
        self.kinds.iter().find(|kind| kind.code == *code)
    }
}
