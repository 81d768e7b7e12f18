//! Where a unit has been in a year and where not, and how duties stand. Never decides which places there are.

use super::{Assignment, AssignmentId, Day, Kept, PersonId, ShortCode, Site, SiteName};

/// A duty that somebody has, and how it stands in each of its spans that were asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub id: AssignmentId,
    pub code: ShortCode,
    /// The cadre's name.
    pub who: String,
    /// The place by name.
    pub site: SiteName,
    pub duty: Assignment,
    /// Oldest first; empty where this device does not know what counts for the duty.
    pub kept: Vec<Kept>,
}

/// A day on which somebody received citizens in person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReceptionDay {
    pub on: Day,
    pub head: Option<PersonId>,
}

/// How often each month of a year has something.
pub type Months = [u32; 12];

/// A year: visits by place and month, Saturdays on duty, days of reception, duties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    pub year: i32,
    /// Every place with a visit in the year: villages as they stand today, and units for visits that name no
    /// village. Linked visits count once, withdrawn ones never.
    pub visited: Vec<(Site, Months)>,
    /// Visits at a place that is only a text of a source.
    pub unplaced: Months,
    /// Days with Saturday duty, each once.
    pub on_duty: Vec<Day>,
    /// The periodic receptions of heads, each once a day and head.
    pub receptions: Vec<ReceptionDay>,
    pub duties: Vec<Standing>,
}

impl Coverage {
    /// Returns the visits of a place in each month.
    pub fn months(&self, site: &Site) -> Months {
        let found = self.visited.iter().find(|(known, _)| known == site);
        found.map_or([0; 12], |(_, months)| *months)
    }
}
