//! The life of a concern: what was done about it, when, on which paper, and where it stands.
//!
//! Owns the check of each step against the table and against what came before. A concern that has
//! passed these checks can be reckoned with; nothing here knows how it is stored.

mod table;
#[cfg(test)]
mod tests;

pub use table::{Carries, ConcernState, ConcernStep, Need, next_state, step_carries};

use super::{ConcernId, ConcernKind, Day, PersonId};

/// Whether the citizen came to a dialogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attendance {
    Came,
    /// The settlement goes on (Law on Complaints 2011, Art. 30.6).
    StayedAway,
}

/// How a withdrawal came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brought {
    ByDialogue,
    ByExplanation,
    Otherwise,
}

/// How the citizen was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    InPerson,
    ByTelephone,
    InWriting,
    AtAMeeting,
}

/// A step with what it alone carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    WriteDown,
    HandOver,
    Receive,
    Accept,
    Refuse,
    Transfer,
    Guide,
    InviteDialogue,
    HoldDialogue(Attendance),
    /// Up to a day, which is still suspended.
    Suspend {
        until: Day,
    },
    Resume,
    Settle,
    WithdrawPart(Brought),
    WithdrawWhole(Brought),
    Stop,
    EndByNotice,
    Answer(Manner),
}

impl Act {
    /// Returns the step of the table.
    pub fn step(self) -> ConcernStep {
        match self {
            Self::WriteDown => ConcernStep::WriteDown,
            Self::HandOver => ConcernStep::HandOver,
            Self::Receive => ConcernStep::Receive,
            Self::Accept => ConcernStep::Accept,
            Self::Refuse => ConcernStep::Refuse,
            Self::Transfer => ConcernStep::Transfer,
            Self::Guide => ConcernStep::Guide,
            Self::InviteDialogue => ConcernStep::InviteDialogue,
            Self::HoldDialogue(_) => ConcernStep::HoldDialogue,
            Self::Suspend { .. } => ConcernStep::Suspend,
            Self::Resume => ConcernStep::Resume,
            Self::Settle => ConcernStep::Settle,
            Self::WithdrawPart(_) => ConcernStep::WithdrawPart,
            Self::WithdrawWhole(_) => ConcernStep::WithdrawWhole,
            Self::Stop => ConcernStep::Stop,
            Self::EndByNotice => ConcernStep::EndByNotice,
            Self::Answer(_) => ConcernStep::Answer,
        }
    }
}

/// A step as it was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    pub act: Act,
    pub on: Day,
    /// The number of the paper.
    pub paper: String,
    /// The body that it goes to, or that acts.
    pub body: String,
    pub person: Option<PersonId>,
    pub reason: String,
}

/// A step as it is recorded; part of its concern.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepTaken {
    pub concern: Option<ConcernId>,
    /// `None` for a step of a later release.
    pub taken: Option<Taken>,
}

/// A field that a step must carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepField {
    Paper,
    Body,
    Person,
    Reason,
}

/// Whether the law of the day lets a part be withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartWithdrawal {
    Allowed,
    NotAllowed,
}

/// Why a step is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StepRefused {
    #[error("{step:?} is not allowed on a concern in the state {state:?}")]
    NotAllowed {
        state: ConcernState,
        step: ConcernStep,
    },
    #[error("{on} lies before {not_before}, the day of the step before")]
    TooEarly { on: Day, not_before: Day },
    #[error("{0:?} is missing")]
    Lacks(StepField),
    #[error("the suspension from {from} ends before it begins, on {until}")]
    SuspensionBackwards { from: Day, until: Day },
    #[error("the law of that day knows no withdrawal of a part")]
    PartNotAllowed,
    #[error("a dialogue is held that nobody was invited to")]
    NotInvited,
}

/// A concern's life so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcernLife {
    kind: ConcernKind,
    heard_on: Day,
    state: ConcernState,
    taken: Vec<Taken>,
}

impl ConcernLife {
    /// Begins with the day on which it was heard.
    pub fn heard(kind: ConcernKind, on: Day) -> Self {
        Self {
            kind,
            heard_on: on,
            state: ConcernState::Heard,
            taken: Vec::new(),
        }
    }

    /// Begins and ends where it was heard: the citizen was helped and told on the spot.
    pub fn settled_on_the_spot(kind: ConcernKind, on: Day) -> Self {
        Self {
            state: ConcernState::Answered,
            ..Self::heard(kind, on)
        }
    }

    /// Takes all steps that the table allows, in the order of their days, and returns those passed over: two
    /// people may have taken steps that exclude each other, neither knowing of the other.
    pub fn take_all(&mut self, steps: impl IntoIterator<Item = Taken>) -> Vec<Taken> {
        let mut steps: Vec<Taken> = steps.into_iter().collect();
        steps.sort_by_key(|taken| taken.on);
        // Whether a part could be withdrawn was asked when the step was taken.
        let refused = |taken: &Taken| self.take(taken.clone(), PartWithdrawal::Allowed).is_err();
        steps.into_iter().filter(refused).collect()
    }

    /// Returns its kind.
    pub fn kind(&self) -> ConcernKind {
        self.kind
    }

    /// Returns where it stands.
    pub fn state(&self) -> ConcernState {
        self.state
    }

    /// Tells whether nothing is owed any more: the citizen was told.
    pub fn is_finished(&self) -> bool {
        self.state == ConcernState::Answered
    }

    /// Returns the day on which it was heard.
    pub fn heard_on(&self) -> Day {
        self.heard_on
    }

    /// Gives the steps in the order in which they were taken.
    pub fn taken(&self) -> &[Taken] {
        &self.taken
    }

    /// Gives the steps that can be taken now.
    pub fn allowed(&self) -> impl Iterator<Item = ConcernStep> {
        let steps = ConcernStep::ALL.into_iter();
        steps.filter(|step| {
            let may = next_state(self.kind, self.state, *step).is_some();
            may && (*step != ConcernStep::HoldDialogue || self.is_invited())
        })
    }

    /// Takes a step, or says why not and leaves everything as it was.
    pub fn take(&mut self, taken: Taken, parts: PartWithdrawal) -> Result<(), StepRefused> {
        let step = taken.act.step();
        let state = self.state;
        let refused = StepRefused::NotAllowed { state, step };
        let next = next_state(self.kind, state, step).ok_or(refused)?;
        let carries = step_carries(self.kind, step).ok_or(refused)?;
        let not_before = self.taken.last().map_or(self.heard_on, |last| last.on);
        if taken.on < not_before {
            let on = taken.on;
            return Err(StepRefused::TooEarly { on, not_before });
        }
        for (need, there, field) in [
            (carries.paper, has(&taken.paper), StepField::Paper),
            (carries.body, has(&taken.body), StepField::Body),
            (carries.person, taken.person.is_some(), StepField::Person),
            (carries.reason, has(&taken.reason), StepField::Reason),
        ] {
            if need == Need::Must && !there {
                return Err(StepRefused::Lacks(field));
            }
        }
        match taken.act {
            Act::Suspend { until } if until < taken.on => {
                let from = taken.on;
                return Err(StepRefused::SuspensionBackwards { from, until });
            }
            Act::WithdrawPart(_) if parts == PartWithdrawal::NotAllowed => {
                return Err(StepRefused::PartNotAllowed);
            }
            Act::HoldDialogue(_) if !self.is_invited() => return Err(StepRefused::NotInvited),
            Act::WriteDown
            | Act::HandOver
            | Act::Receive
            | Act::Accept
            | Act::Refuse
            | Act::Transfer
            | Act::Guide
            | Act::InviteDialogue
            | Act::HoldDialogue(_)
            | Act::Suspend { .. }
            | Act::Resume
            | Act::Settle
            | Act::WithdrawPart(_)
            | Act::WithdrawWhole(_)
            | Act::Stop
            | Act::EndByNotice
            | Act::Answer(_) => {}
        }
        self.state = next;
        self.taken.push(taken);
        Ok(())
    }

    /// Returns the last day of a step, if it was taken.
    pub fn last(&self, step: ConcernStep) -> Option<Day> {
        let mut taken = self.taken.iter().rev();
        taken
            .find(|taken| taken.act.step() == step)
            .map(|taken| taken.on)
    }

    /// Gives the suspended days, first and last of each span; a resumption ends a span on the day before.
    pub fn suspended(&self) -> Vec<(Day, Day)> {
        let mut spans: Vec<(Day, Day)> = Vec::new();
        let mut running = false;
        for taken in &self.taken {
            if let Act::Suspend { until } = taken.act {
                spans.push((taken.on, until));
                running = true;
                continue;
            }
            if let Some(span) = spans.last_mut().filter(|_| running)
                && taken.act.step() != ConcernStep::WithdrawPart
            {
                span.1 = span.1.min(taken.on.pred_opt().unwrap_or(taken.on));
                running = false;
            }
        }
        spans.retain(|(first, last)| first <= last);
        spans
    }

    /// Tells whether a notice ended it without a dialogue that was held before.
    pub fn lacks_dialogue(&self) -> bool {
        let ended = self.last(ConcernStep::EndByNotice).is_some();
        ended && self.last(ConcernStep::HoldDialogue).is_none()
    }

    /// Tells whether an invitation waits for its dialogue.
    fn is_invited(&self) -> bool {
        let mut steps = self.taken.iter().rev().map(|taken| taken.act.step());
        let last = steps.find(|step| {
            matches!(
                step,
                ConcernStep::InviteDialogue | ConcernStep::HoldDialogue
            )
        });
        last == Some(ConcernStep::InviteDialogue)
    }
}

fn has(text: &str) -> bool {
    !text.trim().is_empty()
}
