//! Meetings attended.

use super::{Code, RowId, Site, Summing, VisitId};

/// A meeting that a cadre attended (cell meeting, village meeting, dialogue…).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meeting {
    pub visit: Option<VisitId>,
    pub kind: Option<Code>,
    /// In which capacity the cadre attended.
    pub capacity: Option<Code>,
    /// The cell or body that met, where it has a name of its own.
    pub body: String,
    /// The place, where it is not the visit's.
    pub site: Option<Site>,
    /// Persons present.
    pub attendance: Option<u32>,
    /// Remarks that the cadre gave.
    pub remarks: String,
    /// Issues that the meeting raised.
    pub issues: String,
    /// Opinions and recommendations raised, by number.
    pub opinions: Option<u32>,
    /// Every place, where it was held at several at once.
    pub sites: Vec<Site>,
    /// What else a reader must know.
    pub note: String,
    pub summing: Summing,
    /// The row of a table that it was read from.
    pub row: Option<RowId>,
}
