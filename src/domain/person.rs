//! Cadres, members and their roles.

/// A cadre who takes part in visits; citizens are never a `Person`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    /// Rank or post.
    pub post: String,
    pub unit: String,
}

/// What a member of the logbook is, which decides what the logbook holds for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Officer,
    Police,
    /// Reviews for a party cell; never holds `petition` or `sealed`.
    Reviewer,
    /// The body competent for denunciations.
    Authority,
    Superior,
}

impl Role {
    /// Every role, in the order in which it is offered.
    pub const ALL: [Self; 5] = [
        Self::Officer,
        Self::Police,
        Self::Reviewer,
        Self::Authority,
        Self::Superior,
    ];

    /// Returns whether devices of the role keep citizens' names and what they said.
    pub fn keeps_names(self) -> bool {
        match self {
            Self::Officer | Self::Police => true,
            Self::Reviewer | Self::Authority | Self::Superior => false,
        }
    }

    /// Returns whether devices of the role keep the envelopes of denunciations.
    pub fn keeps_denunciations(self) -> bool {
        match self {
            Self::Officer | Self::Police | Self::Authority => true,
            Self::Reviewer | Self::Superior => false,
        }
    }

    /// Returns whether a member of the role may sign such an entry.
    pub fn signs(self, deed: Deed) -> bool {
        let unit = match self {
            Self::Officer | Self::Police => true,
            Self::Reviewer | Self::Authority | Self::Superior => false,
        };
        match deed {
            Deed::Record | Deed::Names => unit,
            Deed::Envelope => unit || self == Self::Authority,
            Deed::Verdict => self == Self::Reviewer,
            Deed::Word => unit || self == Self::Reviewer,
            Deed::Own => true,
        }
    }

    /// Returns the word of the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Officer => "officer",
            Self::Police => "police",
            Self::Reviewer => "reviewer",
            Self::Authority => "authority",
            Self::Superior => "superior",
        }
    }
}

/// What an entry does, as far as a role decides who may sign it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deed {
    /// Saves, sends or withdraws what the unit records.
    Record,
    /// Saves citizens' names.
    Names,
    /// Saves an envelope of a denunciation.
    Envelope,
    /// Confirms or returns a visit.
    Verdict,
    /// Asks or answers.
    Word,
    /// Says who the member is, what its device has and what it was shown.
    Own,
}

/// Who keeps the logbook on this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    pub name: String,
    pub post: String,
    pub unit: String,
    pub role: Role,
}
