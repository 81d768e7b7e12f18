//! What an open case waits for, and until when: the law's dates once their start is known, before that
//! and after it only the product's own targets.

use super::Law;
use super::deadline::Facts;
use super::rules::{Instance, Rule, Step};
use crate::domain::{ConcernState, Day, Matter, OpenCase, OpenConcern};

/// The product's own targets, in working days; no law asks for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Targets {
    /// To hand over what was heard, and then to learn that it was received.
    pub hand_over: u16,
    /// To tell the citizen what came of it.
    pub tell: u16,
}

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// What was heard is to be handed over.
    HandOver,
    /// The competent body is to say that it has it.
    Receipt,
    /// A step of the law.
    Law(Step),
    /// The answer that was promised, on the spot or in a meeting.
    Promised,
    /// The citizen is to be told what came of it.
    Tell,
    /// The envelope is to be handed over.
    Envelope,
}

/// What is waited for and until when.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pressing<'a> {
    pub awaited: Awaited,
    /// The rule of law that asks for it; `None` for a target of our own or a promise.
    pub rule: Option<&'a Rule>,
    pub due: Day,
    /// The next working day where the date of a law is off; else the same day.
    pub moved: Day,
}

impl Law {
    /// Gives what a case waits for, the earliest first. Facts that cannot be give no date of the law.
    pub fn pressing(&self, case: &OpenCase, targets: Targets) -> Vec<Pressing<'_>> {
        let mut pressing = match &case.matter {
            Matter::Concern(concern) => self.of_concern(concern, targets),
            Matter::Promise { due } => due.map(promised).into_iter().collect(),
            Matter::Envelope { on } => {
                let target = self.target(Awaited::Envelope, *on, targets.hand_over);
                target.into_iter().collect()
            }
        };
        pressing.sort_by_key(|one| one.due);
        pressing
    }

    fn of_concern(&self, concern: &OpenConcern, targets: Targets) -> Vec<Pressing<'_>> {
        let mut pressing: Vec<Pressing<'_>> = concern.answer_by.map(promised).into_iter().collect();
        let own = |awaited, days| self.target(awaited, concern.since, days);
        let (of_law, own): (&[Step], _) = match concern.state {
            ConcernState::Heard => (&[], own(Awaited::HandOver, targets.hand_over)),
            ConcernState::HandedOver | ConcernState::Transferred => {
                (&[], own(Awaited::Receipt, targets.hand_over))
            }
            ConcernState::Received => (&[Step::Accept, Step::Notify], None),
            ConcernState::Accepted | ConcernState::Suspended => (&[Step::Settle], None),
            ConcernState::Settled => (&[Step::SendDecision], own(Awaited::Tell, targets.tell)),
            ConcernState::Refused
            | ConcernState::Guided
            | ConcernState::Withdrawn
            | ConcernState::Stopped
            | ConcernState::EndedByNotice => (&[], own(Awaited::Tell, targets.tell)),
            ConcernState::Answered => return Vec::new(),
        };
        pressing.extend(own);
        if !of_law.is_empty() {
            let facts = Facts::of_concern(concern, Instance::First);
            let found = self.deadlines(&facts).unwrap_or_default();
            let steps = found.steps.into_iter();
            let waited = steps.filter(|due| of_law.contains(&due.step()));
            pressing.extend(waited.map(|due| Pressing {
                awaited: Awaited::Law(due.step()),
                rule: Some(due.rule),
                due: due.due,
                moved: due.due_moved,
            }));
        }
        pressing
    }

    /// A target of our own, counted in working days.
    fn target(&self, awaited: Awaited, from: Option<Day>, days: u16) -> Option<Pressing<'static>> {
        let due = self.calendar.add_working(from?, u32::from(days));
        Some(Pressing {
            awaited,
            rule: None,
            due,
            moved: due,
        })
    }
}

fn promised(due: Day) -> Pressing<'static> {
    Pressing {
        awaited: Awaited::Promised,
        rule: None,
        due,
        moved: due,
    }
}
