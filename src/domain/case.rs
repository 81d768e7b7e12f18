//! What is still owed to somebody: an open concern, a promise without an answer, an envelope not handed
//! over. Holds what due dates are reckoned from and no text.

use super::{
    ConcernKind, ConcernLife, ConcernState, ConcernStep, Day, EntityId, LabelKind, PersonId,
};

/// Something that is still owed, with who is in charge of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCase {
    pub entity: EntityId,
    /// `None`: nobody is, which is worse than any date.
    pub officer: Option<PersonId>,
    pub matter: Matter,
}

/// What is owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matter {
    /// The citizen was not told yet.
    Concern(OpenConcern),
    /// Not answered yet.
    Promise { due: Option<Day> },
    /// A denunciation's envelope that was not handed over yet.
    Envelope { on: Option<Day> },
}

/// An open concern as far as its dates go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenConcern {
    pub kind: ConcernKind,
    pub state: ConcernState,
    pub heard: Option<Day>,
    /// The day of its last step, or on which it was heard.
    pub since: Option<Day>,
    pub received: Option<Day>,
    pub accepted: Option<Day>,
    pub decided: Option<Day>,
    /// Suspended days, first and last of each span.
    pub suspended: Vec<(Day, Day)>,
    pub labels: Vec<LabelKind>,
    /// The day by which an answer was promised.
    pub answer_by: Option<Day>,
}

impl OpenConcern {
    /// Returns what dates are reckoned from.
    pub fn of(life: &ConcernLife, heard: Option<Day>, labels: Vec<LabelKind>) -> Self {
        Self {
            kind: life.kind(),
            state: life.state(),
            heard,
            since: life.taken().last().map(|taken| taken.on).or(heard),
            received: life.last(ConcernStep::Receive),
            accepted: life.last(ConcernStep::Accept),
            decided: life.last(ConcernStep::Settle),
            suspended: life.suspended(),
            labels,
            answer_by: None,
        }
    }
}
