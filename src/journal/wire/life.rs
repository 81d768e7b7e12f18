//! The stored form of what happens to concerns and promises: steps, labels, charges, answers.

use super::parts::{Id, SiteWire, day, read_day, text};
use super::{recorded, wire};
use crate::domain::{
    Act, Answer, Attendance, Brought, Charge, ConcernId, ConcernStep, Label, LabelChange,
    LabelKind, Manner, MeetingId, PersonId, Promise, PromiseId, StepTaken, Taken, VisitId,
};
use crate::journal::Malformed;

wire!(record StepWire {
    1 concern: Id,
    2 step: u16,
    3 on: i32,
    4 paper: String,
    5 body: String,
    6 person: Id,
    7 reason: String,
    8 until: i32,
    9 attendance: u16,
    10 brought: u16,
    11 manner: u16,
});

wire!(record LabelWire {
    1 concern: Id,
    2 site: SiteWire,
    3 label: u16,
    4 change: u16,
    5 on: i32,
    6 paper: String,
    7 list: String,
    8 person: Id,
});

wire!(record PromiseWire {
    1 visit: Id,
    2 meeting: Id,
    3 text: String,
    4 due: i32,
    5 site: SiteWire,
});

wire!(record AnswerWire {
    1 promise: Id,
    2 on: i32,
    3 text: String,
    4 manner: u16,
    5 person: Id,
});

wire!(record ChargeWire {
    1 concern: Id,
    2 promise: Id,
    3 officer: Id,
    4 on: i32,
    5 from: Id,
    6 accepted: i32,
});

recorded!(StepTaken as Step, StepWire);
recorded!(Label, LabelWire);
recorded!(Promise, PromiseWire);
recorded!(Answer, AnswerWire);
recorded!(Charge, ChargeWire);

/// The number of a value of a closed list: its place, from 1.
fn number<T: PartialEq>(all: &[T], value: &T) -> Option<u16> {
    let at = all.iter().position(|one| one == value)?;
    u16::try_from(at + 1).ok()
}

/// The value of a number; `None` for one of a later release.
fn value<T: Copy>(all: &[T], number: Option<u16>) -> Option<T> {
    let at = usize::from(number?).checked_sub(1)?;
    all.get(at).copied()
}

// The places in these lists are the numbers of the format: they only grow.
const LABELS: [LabelKind; 6] = [
    LabelKind::Complex,
    LabelKind::Remote,
    LabelKind::Prolonged,
    LabelKind::ReviewList,
    LabelKind::LargeGroup,
    LabelKind::HotSpot,
];
const CHANGES: [LabelChange; 2] = [LabelChange::PutOn, LabelChange::TakenOff];
const STEPS: [ConcernStep; 17] = [
    ConcernStep::WriteDown,
    ConcernStep::HandOver,
    ConcernStep::Receive,
    ConcernStep::Accept,
    ConcernStep::Refuse,
    ConcernStep::Transfer,
    ConcernStep::Guide,
    ConcernStep::InviteDialogue,
    ConcernStep::HoldDialogue,
    ConcernStep::Suspend,
    ConcernStep::Resume,
    ConcernStep::Settle,
    ConcernStep::WithdrawPart,
    ConcernStep::WithdrawWhole,
    ConcernStep::Stop,
    ConcernStep::EndByNotice,
    ConcernStep::Answer,
];
const ATTENDANCE: [Attendance; 2] = [Attendance::Came, Attendance::StayedAway];
const BROUGHT: [Brought; 3] = [
    Brought::ByDialogue,
    Brought::ByExplanation,
    Brought::Otherwise,
];
const MANNERS: [Manner; 4] = [
    Manner::InPerson,
    Manner::ByTelephone,
    Manner::InWriting,
    Manner::AtAMeeting,
];

fn person(id: Option<Id>) -> Option<PersonId> {
    id.map(|id| PersonId(id.into()))
}

impl From<&StepTaken> for StepWire {
    fn from(step: &StepTaken) -> Self {
        let mut wire = Self {
            concern: step.concern.map(|concern| concern.0.into()),
            ..Self::default()
        };
        let Some(taken) = &step.taken else {
            return wire;
        };
        wire.step = number(&STEPS, &taken.act.step());
        wire.on = Some(day(taken.on));
        wire.paper = text(&taken.paper);
        wire.body = text(&taken.body);
        wire.person = taken.person.map(|person| person.0.into());
        wire.reason = text(&taken.reason);
        match taken.act {
            Act::Suspend { until } => wire.until = Some(day(until)),
            Act::HoldDialogue(attendance) => wire.attendance = number(&ATTENDANCE, &attendance),
            Act::WithdrawPart(brought) | Act::WithdrawWhole(brought) => {
                wire.brought = number(&BROUGHT, &brought);
            }
            Act::Answer(manner) => wire.manner = number(&MANNERS, &manner),
            Act::WriteDown
            | Act::HandOver
            | Act::Receive
            | Act::Accept
            | Act::Refuse
            | Act::Transfer
            | Act::Guide
            | Act::InviteDialogue
            | Act::Resume
            | Act::Settle
            | Act::Stop
            | Act::EndByNotice => {}
        }
        wire
    }
}

impl StepWire {
    /// Returns what was done; `None` for a step of a later release.
    fn act(&self) -> Result<Option<Act>, Malformed> {
        let Some(step) = value(&STEPS, self.step) else {
            return Ok(None);
        };
        Ok(match step {
            ConcernStep::WriteDown => Some(Act::WriteDown),
            ConcernStep::HandOver => Some(Act::HandOver),
            ConcernStep::Receive => Some(Act::Receive),
            ConcernStep::Accept => Some(Act::Accept),
            ConcernStep::Refuse => Some(Act::Refuse),
            ConcernStep::Transfer => Some(Act::Transfer),
            ConcernStep::Guide => Some(Act::Guide),
            ConcernStep::InviteDialogue => Some(Act::InviteDialogue),
            ConcernStep::HoldDialogue => value(&ATTENDANCE, self.attendance).map(Act::HoldDialogue),
            ConcernStep::Suspend => read_day(self.until)?.map(|until| Act::Suspend { until }),
            ConcernStep::Resume => Some(Act::Resume),
            ConcernStep::Settle => Some(Act::Settle),
            ConcernStep::WithdrawPart => value(&BROUGHT, self.brought).map(Act::WithdrawPart),
            ConcernStep::WithdrawWhole => value(&BROUGHT, self.brought).map(Act::WithdrawWhole),
            ConcernStep::Stop => Some(Act::Stop),
            ConcernStep::EndByNotice => Some(Act::EndByNotice),
            ConcernStep::Answer => value(&MANNERS, self.manner).map(Act::Answer),
        })
    }
}

impl TryFrom<StepWire> for StepTaken {
    type Error = Malformed;

    fn try_from(wire: StepWire) -> Result<Self, Malformed> {
        let done = wire.act()?.zip(read_day(wire.on)?);
        Ok(Self {
            concern: wire.concern.map(|id| ConcernId(id.into())),
            taken: done.map(|(act, on)| Taken {
                act,
                on,
                paper: wire.paper.unwrap_or_default(),
                body: wire.body.unwrap_or_default(),
                person: person(wire.person),
                reason: wire.reason.unwrap_or_default(),
            }),
        })
    }
}

impl From<&Label> for LabelWire {
    fn from(label: &Label) -> Self {
        Self {
            concern: label.concern.map(|concern| concern.0.into()),
            site: label.site.as_ref().map(SiteWire::from),
            label: label.kind.and_then(|kind| number(&LABELS, &kind)),
            change: label.change.and_then(|change| number(&CHANGES, &change)),
            on: label.on.map(day),
            paper: text(&label.paper),
            list: text(&label.list),
            person: label.person.map(|person| person.0.into()),
        }
    }
}

impl TryFrom<LabelWire> for Label {
    type Error = Malformed;

    fn try_from(wire: LabelWire) -> Result<Self, Malformed> {
        Ok(Self {
            concern: wire.concern.map(|id| ConcernId(id.into())),
            site: wire.site.and_then(SiteWire::read),
            kind: value(&LABELS, wire.label),
            change: value(&CHANGES, wire.change),
            on: read_day(wire.on)?,
            paper: wire.paper.unwrap_or_default(),
            list: wire.list.unwrap_or_default(),
            person: person(wire.person),
        })
    }
}

impl From<&Promise> for PromiseWire {
    fn from(promise: &Promise) -> Self {
        Self {
            visit: promise.visit.map(|visit| visit.0.into()),
            meeting: promise.meeting.map(|meeting| meeting.0.into()),
            text: text(&promise.text),
            due: promise.due.map(day),
            site: promise.site.as_ref().map(SiteWire::from),
        }
    }
}

impl TryFrom<PromiseWire> for Promise {
    type Error = Malformed;

    fn try_from(wire: PromiseWire) -> Result<Self, Malformed> {
        Ok(Self {
            visit: wire.visit.map(|id| VisitId(id.into())),
            meeting: wire.meeting.map(|id| MeetingId(id.into())),
            text: wire.text.unwrap_or_default(),
            due: read_day(wire.due)?,
            site: wire.site.and_then(SiteWire::read),
        })
    }
}

impl From<&Answer> for AnswerWire {
    fn from(answer: &Answer) -> Self {
        Self {
            promise: answer.promise.map(|promise| promise.0.into()),
            on: answer.on.map(day),
            text: text(&answer.text),
            manner: answer.manner.and_then(|manner| number(&MANNERS, &manner)),
            person: answer.person.map(|person| person.0.into()),
        }
    }
}

impl TryFrom<AnswerWire> for Answer {
    type Error = Malformed;

    fn try_from(wire: AnswerWire) -> Result<Self, Malformed> {
        Ok(Self {
            promise: wire.promise.map(|id| PromiseId(id.into())),
            on: read_day(wire.on)?,
            text: wire.text.unwrap_or_default(),
            manner: value(&MANNERS, wire.manner),
            person: person(wire.person),
        })
    }
}

impl From<&Charge> for ChargeWire {
    fn from(charge: &Charge) -> Self {
        Self {
            concern: charge.concern.map(|concern| concern.0.into()),
            promise: charge.promise.map(|promise| promise.0.into()),
            officer: charge.officer.map(|officer| officer.0.into()),
            on: charge.on.map(day),
            from: charge.from.map(|from| from.0.into()),
            accepted: charge.accepted.map(day),
        }
    }
}

impl TryFrom<ChargeWire> for Charge {
    type Error = Malformed;

    fn try_from(wire: ChargeWire) -> Result<Self, Malformed> {
        Ok(Self {
            concern: wire.concern.map(|id| ConcernId(id.into())),
            promise: wire.promise.map(|id| PromiseId(id.into())),
            officer: person(wire.officer),
            on: read_day(wire.on)?,
            from: person(wire.from),
            accepted: read_day(wire.accepted)?,
        })
    }
}
