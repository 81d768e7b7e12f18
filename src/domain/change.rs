//! What of a visit is not as it was, and what two people made of one field.

use super::{Activity, Concern, EntityId, EntityKind, Meeting, Promise, Stamp, Visit};

/// A record of a visit that lies in the stream `open`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Visit(Visit),
    Activity(Activity),
    Meeting(Meeting),
    Concern(Concern),
    Promise(Promise),
}

impl Part {
    /// The kinds that it may be.
    pub const KINDS: [EntityKind; 5] = [
        EntityKind::Visit,
        EntityKind::Activity,
        EntityKind::Meeting,
        EntityKind::Concern,
        EntityKind::Promise,
    ];
}

/// A record that is not what it was when the visit was last looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    pub about: EntityId,
    /// `None` where it was not there.
    pub before: Option<Part>,
    /// `None` where it was taken out.
    pub now: Option<Part>,
    /// The fields that differ, as the record's format names them.
    pub fields: Vec<&'static str>,
}

/// A field that stands with several values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contested {
    pub about: EntityId,
    pub field: &'static str,
    pub sides: Vec<Claim>,
}

/// What one person made of a contested field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub who: String,
    pub at: Stamp,
    /// The record as it would stand with this person's value.
    pub part: Part,
}
