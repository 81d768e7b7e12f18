//! Duties to go and listen: who must be where how often, by which document.

use super::{Code, Day, PersonId, Site};

/// A duty given to a cadre by a document; the quota comes from it and is never made up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assignment {
    /// The template that it follows.
    pub duty: Option<Code>,
    pub person: Option<PersonId>,
    /// The party cell or body, where it has a name.
    pub cell: String,
    pub site: Option<Site>,
    pub from: Option<Day>,
    pub to: Option<Day>,
    /// How many times within the period.
    pub quota: Option<u32>,
    /// The document that says so.
    pub document: String,
}

/// How a duty stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    pub done: u32,
    /// `None`: no document says how many.
    pub owed: Option<u32>,
}

impl Kept {
    /// Returns how many are missing at the end of the period.
    pub fn missing(self) -> u32 {
        self.owed.unwrap_or(0).saturating_sub(self.done)
    }
}
