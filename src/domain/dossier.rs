//! A visit with everything in it, as it is opened and saved.

use super::{
    Activity, ActivityId, Concern, ConcernId, EntityId, Envelope, EnvelopeId, HelpedId,
    HelpedNames, Meeting, MeetingId, Particulars, ParticularsId, Promise, PromiseId, Visit,
    VisitId, VisitState,
};

/// The hash of an entry of the journal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryHash(pub [u8; 32]);

impl std::fmt::Debug for EntryHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0[..4]
            .iter()
            .try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A field that two edits of the same state gave different values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The number of the field in the record's format.
    pub field: u32,
    /// The entries that say something different, in clock order.
    pub entries: Vec<EntryHash>,
}

/// A record as it was read: its id, the heads that an edit will replace, and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versioned<I, T> {
    /// `None` until the first save, which gives it one.
    pub id: Option<I>,
    /// The newest entries of the record when it was read; empty before the first save.
    pub heads: Vec<EntryHash>,
    pub value: T,
    pub conflicts: Vec<Conflict>,
    /// The reason, where the record was withdrawn.
    pub withdrawn: Option<String>,
}

impl<I, T> Versioned<I, T> {
    /// Wraps a value that was never saved.
    pub fn new(value: T) -> Self {
        Self {
            id: None,
            heads: Vec::new(),
            value,
            conflicts: Vec::new(),
            withdrawn: None,
        }
    }
}

/// An activity and, where this device may hold them, the names of those it helped.
#[derive(Clone, PartialEq, Eq)]
pub struct ActivityFile {
    pub activity: Versioned<ActivityId, Activity>,
    pub helped: Option<Versioned<HelpedId, HelpedNames>>,
}

/// A meeting and what was promised in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingFile {
    pub meeting: Versioned<MeetingId, Meeting>,
    pub promises: Vec<Versioned<PromiseId, Promise>>,
}

impl MeetingFile {
    /// Wraps a meeting that was never saved and what was promised in it.
    pub fn new(meeting: Meeting, promises: Vec<Promise>) -> Self {
        Self {
            meeting: Versioned::new(meeting),
            promises: promises.into_iter().map(Versioned::new).collect(),
        }
    }
}

/// A concern and, where this device may hold it, who raised it and what was said.
#[derive(Clone, PartialEq, Eq)]
pub struct ConcernFile {
    pub concern: Versioned<ConcernId, Concern>,
    pub particulars: Option<Versioned<ParticularsId, Particulars>>,
}

/// A visit with what hangs on it. What this device may not hold is simply not there.
///
/// No `Debug`: it holds citizens' names.
#[derive(Clone, PartialEq, Eq)]
pub struct Dossier {
    pub visit: Versioned<VisitId, Visit>,
    pub state: VisitState,
    pub activities: Vec<ActivityFile>,
    pub meetings: Vec<MeetingFile>,
    pub concerns: Vec<ConcernFile>,
    pub envelopes: Vec<Versioned<EnvelopeId, Envelope>>,
    /// The parts that were there when it was read: what comes to be part of the visit after that is
    /// not taken out by saving it. `None` before the first save.
    pub parts: Option<Vec<EntityId>>,
}

impl Dossier {
    /// Wraps a visit that was never saved.
    pub fn new(visit: Visit) -> Self {
        Self {
            visit: Versioned::new(visit),
            state: VisitState::Draft,
            activities: Vec::new(),
            meetings: Vec::new(),
            concerns: Vec::new(),
            envelopes: Vec::new(),
            parts: None,
        }
    }
}
