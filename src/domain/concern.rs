//! Concerns raised on the spot, in their three drawers: open, petition, sealed.

use super::{Code, ConcernId, Day, ReceptionId, Registered, RowId, Site, VisitId};

/// The kinds of concern that may lie in the open stream. A denunciation is none of them: it is an
/// [`Envelope`], so that no open record can say that there was one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConcernKind {
    /// Khiếu nại (Law on Complaints 2011, Art. 2).
    Complaint,
    /// Kiến nghị (Law on Citizen Reception 2013, Art. 2).
    Recommendation,
    /// Phản ánh (Law on Citizen Reception 2013, Art. 2).
    Reflection,
}

impl ConcernKind {
    /// Every kind, in the order in which it is offered.
    pub const ALL: [Self; 3] = [Self::Recommendation, Self::Reflection, Self::Complaint];

    /// Reads the word of the command line.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// Returns the word of the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Complaint => "complaint",
            Self::Recommendation => "recommendation",
            Self::Reflection => "reflection",
        }
    }
}

/// Whether a concern was settled where it was heard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Settlement {
    #[default]
    Pending,
    OnTheSpot,
}

/// What of a concern anybody of the unit and the cell may read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concern {
    /// The visit on which it was heard.
    pub visit: Option<VisitId>,
    /// The reception in which it was heard.
    pub reception: Option<ReceptionId>,
    pub kind: Option<ConcernKind>,
    pub topic: Option<Code>,
    /// A short public line without names.
    pub line: String,
    /// The place, where it is not the visit's.
    pub site: Option<Site>,
    pub settlement: Settlement,
    /// The day by which an answer was promised.
    pub answer_by: Option<Day>,
    /// The row of a table that it was read from.
    pub row: Option<RowId>,
    /// What the register of receptions says of it.
    pub registered: Registered,
}

/// Who raised a concern.
#[derive(Clone, PartialEq, Eq)]
pub enum RaisedBy {
    /// Would not give a name.
    Anonymous,
    Citizen(Citizen),
}

/// A citizen as the particulars name them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Citizen {
    pub name: String,
    pub contact: String,
    /// Asked for at a reception only (form 03/TCD, column 3).
    pub address: String,
    /// Asked for at a reception only (form 03/TCD, column 4).
    pub id_number: String,
}

/// What of a concern only the officers in charge may read; lies in `petition`.
#[derive(Clone, PartialEq, Eq)]
pub struct Particulars {
    pub concern: Option<ConcernId>,
    pub raised_by: RaisedBy,
    /// What was said, in full.
    pub said: String,
    /// What the citizen wishes.
    pub wish: String,
}

/// The paper envelope of a denunciation; lies in `sealed` (Law on Denunciations 2018, Art. 56).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Envelope {
    pub visit: Option<VisitId>,
    /// The reception in which it was taken.
    pub reception: Option<ReceptionId>,
    pub number: String,
    pub on: Option<Day>,
    /// The body that is to receive it.
    pub body: String,
    /// The day on which it was handed over.
    pub handed_over: Option<Day>,
    /// The number of the paper on which it was handed over.
    pub paper: String,
    /// Always there and always of one size; whether an identity is in it, only the competent
    /// authority can tell.
    pub sealed: SealedBox,
}

/// An identity sealed to the competent authority's key, or nothing sealed to nobody's; both look alike.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SealedBox(pub Vec<u8>);
