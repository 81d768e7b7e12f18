//! Streams: the drawers of the journal, and which kind of record lies in which. Never decides who
//! receives a stream.

use crate::domain::EntityKind;

/// A drawer of the journal; numbers of later releases are kept in `Unknown`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stream {
    /// Membership; goes to all members.
    Roster,
    /// Visits and what of them anybody of the unit and the cell may read.
    Open,
    /// Citizens' names; goes to the officers in charge.
    Petition,
    /// Everything about denunciations; goes to the competent authority.
    Sealed,
    Unknown(u8),
}

impl Stream {
    /// The streams of this release, in the order of their numbers.
    pub const ALL: [Self; 4] = [Self::Roster, Self::Open, Self::Petition, Self::Sealed];

    /// Returns the number that stands for the stream in stored and signed bytes.
    pub fn number(self) -> u8 {
        match self {
            Self::Roster => 0,
            Self::Open => 1,
            Self::Petition => 2,
            Self::Sealed => 3,
            Self::Unknown(number) => number,
        }
    }

    /// Returns the stream of a stored number; never fails, unknown numbers are kept.
    pub fn from_number(number: u8) -> Self {
        match number {
            0 => Self::Roster,
            1 => Self::Open,
            2 => Self::Petition,
            3 => Self::Sealed,
            other => Self::Unknown(other),
        }
    }

    /// Returns the only stream that may hold records of a kind, `None` for kinds of later releases and
    /// for what is said about a device's chain, which lies in the chain's own stream.
    pub fn of(kind: EntityKind) -> Option<Self> {
        match kind {
            EntityKind::Visit
            | EntityKind::Activity
            | EntityKind::Meeting
            | EntityKind::Concern
            | EntityKind::Place
            | EntityKind::Person
            | EntityKind::Pair
            | EntityKind::Review
            | EntityKind::Step
            | EntityKind::Label
            | EntityKind::Promise
            | EntityKind::Answer
            | EntityKind::Charge
            | EntityKind::Reception
            | EntityKind::Duty
            | EntityKind::Inspection
            | EntityKind::Assignment => Some(Self::Open),
            EntityKind::Particulars
            | EntityKind::Helped
            | EntityKind::DataRequest
            | EntityKind::Erasure => Some(Self::Petition),
            EntityKind::Envelope => Some(Self::Sealed),
            EntityKind::Member
            | EntityKind::Logbook
            | EntityKind::Admission
            | EntityKind::Closing => Some(Self::Roster),
            EntityKind::Device | EntityKind::Unknown(_) => None,
        }
    }
}
