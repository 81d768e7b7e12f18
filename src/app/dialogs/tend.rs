//! What is asked for when something is done about a concern or a promise: day, paper, body, reason.

use crate::app::input::Input;
use crate::app::{Action, Effect, Model, owed};
use crate::domain::{
    Act, Answer, Attendance, Brought, ConcernId, ConcernStep, Day, Label, LabelChange, LabelKind,
    Manner, PersonId, PromiseId, Taken, Tending,
};
use crate::i18n::Text;
use crate::i18n::messages::concern;
use crate::text::date::{Lean, read_date};

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TendWhat {
    Step(ConcernId, ConcernStep),
    Answer(PromiseId),
    Label(ConcernId, LabelKind, LabelChange),
}

/// A line of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TendSlot {
    On,
    Until,
    Paper,
    Body,
    Reason,
    Text,
    List,
    /// A choice that the arrows turn.
    Choice,
}

/// A line with what was typed into it.
pub struct TendInput {
    pub slot: TendSlot,
    pub input: Input,
}

/// The form.
pub struct TendForm {
    pub what: TendWhat,
    pub inputs: Vec<TendInput>,
    pub at: usize,
    pub choice: usize,
    pub problem: Option<Text>,
}

const MANNERS: [Manner; 4] = [
    Manner::InPerson,
    Manner::ByTelephone,
    Manner::InWriting,
    Manner::AtAMeeting,
];
const BROUGHT: [Brought; 3] = [
    Brought::ByDialogue,
    Brought::ByExplanation,
    Brought::Otherwise,
];
const ATTENDANCE: [Attendance; 2] = [Attendance::Came, Attendance::StayedAway];

impl TendForm {
    pub(in crate::app) fn new(what: TendWhat, today: &str) -> Self {
        use TendSlot::{Body, Choice, List, On, Paper, Reason, Text, Until};
        let slots: &[TendSlot] = match what {
            TendWhat::Step(_, step) => match step {
                ConcernStep::WriteDown => &[On, Paper],
                ConcernStep::HandOver | ConcernStep::Receive | ConcernStep::Guide => {
                    &[On, Body, Paper]
                }
                ConcernStep::Transfer | ConcernStep::EndByNotice => &[On, Paper, Body],
                ConcernStep::Accept
                | ConcernStep::Settle
                | ConcernStep::Resume
                | ConcernStep::InviteDialogue => &[On, Paper],
                ConcernStep::Refuse | ConcernStep::Stop => &[On, Paper, Reason],
                ConcernStep::Suspend => &[On, Until, Paper, Reason],
                ConcernStep::HoldDialogue
                | ConcernStep::WithdrawPart
                | ConcernStep::WithdrawWhole => &[On, Choice, Paper],
                ConcernStep::Answer => &[On, Choice, Reason],
            },
            TendWhat::Answer(_) => &[On, Choice, Text],
            TendWhat::Label(_, LabelKind::ReviewList, _) => &[On, List, Paper],
            TendWhat::Label(..) => &[On, Paper],
        };
        let input = |slot: &TendSlot| TendInput {
            slot: *slot,
            input: Input::line().filled(if *slot == On { today } else { "" }),
        };
        Self {
            what,
            inputs: slots.iter().map(input).collect(),
            at: 0,
            choice: 0,
            problem: None,
        }
    }

    /// Gives the heading.
    pub fn title(&self) -> Text {
        match self.what {
            TendWhat::Step(_, step) => owed::step(step),
            TendWhat::Answer(_) => concern::answer_promise(),
            TendWhat::Label(_, kind, LabelChange::PutOn) => concern::put_on(owed::label(kind)),
            TendWhat::Label(_, kind, LabelChange::TakenOff) => {
                concern::taken_off(owed::label(kind))
            }
        }
    }

    /// Names the choice that is shown.
    pub fn chosen(&self) -> Text {
        match self.what {
            TendWhat::Step(_, ConcernStep::HoldDialogue) => {
                owed::attendance(turned(&ATTENDANCE, self.choice))
            }
            TendWhat::Step(_, ConcernStep::WithdrawPart | ConcernStep::WithdrawWhole) => {
                owed::brought(turned(&BROUGHT, self.choice))
            }
            TendWhat::Step(..) | TendWhat::Answer(_) | TendWhat::Label(..) => {
                owed::manner(turned(&MANNERS, self.choice))
            }
        }
    }

    /// Gives the line that has the cursor, where it is typed into.
    pub(in crate::app) fn input(&mut self) -> Option<&mut Input> {
        let line = self.inputs.get_mut(self.at)?;
        (line.slot != TendSlot::Choice).then_some(&mut line.input)
    }

    /// Moves between the lines, or turns the choice.
    pub(in crate::app) fn step(&mut self, action: Action) {
        let count = self.inputs.len().max(1);
        let on_choice = self
            .inputs
            .get(self.at)
            .is_some_and(|line| line.slot == TendSlot::Choice);
        match action {
            Action::NextField => self.at = (self.at + 1) % count,
            Action::PreviousField => self.at = (self.at + count - 1) % count,
            Action::Down if on_choice => self.choice = self.choice.wrapping_add(1),
            Action::Up if on_choice => self.choice = self.choice.wrapping_add(11),
            Action::Down => self.at = (self.at + 1).min(count - 1),
            Action::Up => self.at = self.at.saturating_sub(1),
            _ => {}
        }
    }

    fn text(&self, slot: TendSlot) -> String {
        let line = self.inputs.iter().find(|line| line.slot == slot);
        line.map_or_else(String::new, |line| line.input.text().trim().to_owned())
    }

    fn day(&self, slot: TendSlot, today: Day, lean: Lean) -> Result<Day, Text> {
        read_date(&self.text(slot), today, lean).map_err(|_| match slot {
            TendSlot::Until => concern::missing(concern::field_to()),
            _ => concern::missing(concern::field_on()),
        })
    }

    /// Puts together what is to be done; the store has the last word on it.
    pub(in crate::app) fn accept(&self, model: &Model) -> Result<Vec<Effect>, Text> {
        let today = model.today();
        let on = self.day(TendSlot::On, today, Lean::Past)?;
        let me = model.session().map(|session| session.me);
        let tending = match self.what {
            TendWhat::Step(concern, step) => Tending::Step {
                concern,
                taken: self.taken(step, on, today, me)?,
            },
            TendWhat::Answer(promise) => Tending::Answer(Answer {
                promise: Some(promise),
                on: Some(on),
                text: self.text(TendSlot::Text),
                manner: Some(turned(&MANNERS, self.choice)),
                person: me,
            }),
            TendWhat::Label(concern, kind, change) => Tending::Label(Label {
                concern: Some(concern),
                site: None,
                kind: Some(kind),
                change: Some(change),
                on: Some(on),
                paper: self.text(TendSlot::Paper),
                list: self.text(TendSlot::List),
                person: me,
            }),
        };
        Ok(vec![Effect::Tend(Box::new(tending))])
    }

    fn taken(
        &self,
        step: ConcernStep,
        on: Day,
        today: Day,
        person: Option<PersonId>,
    ) -> Result<Taken, Text> {
        let act = match step {
            ConcernStep::WriteDown => Act::WriteDown,
            ConcernStep::HandOver => Act::HandOver,
            ConcernStep::Receive => Act::Receive,
            ConcernStep::Accept => Act::Accept,
            ConcernStep::Refuse => Act::Refuse,
            ConcernStep::Transfer => Act::Transfer,
            ConcernStep::Guide => Act::Guide,
            ConcernStep::InviteDialogue => Act::InviteDialogue,
            ConcernStep::HoldDialogue => Act::HoldDialogue(turned(&ATTENDANCE, self.choice)),
            ConcernStep::Suspend => Act::Suspend {
                until: self.day(TendSlot::Until, today, Lean::Future)?,
            },
            ConcernStep::Resume => Act::Resume,
            ConcernStep::Settle => Act::Settle,
            ConcernStep::WithdrawPart => Act::WithdrawPart(turned(&BROUGHT, self.choice)),
            ConcernStep::WithdrawWhole => Act::WithdrawWhole(turned(&BROUGHT, self.choice)),
            ConcernStep::Stop => Act::Stop,
            ConcernStep::EndByNotice => Act::EndByNotice,
            ConcernStep::Answer => Act::Answer(turned(&MANNERS, self.choice)),
        };
        Ok(Taken {
            act,
            on,
            paper: self.text(TendSlot::Paper),
            body: self.text(TendSlot::Body),
            person,
            reason: self.text(TendSlot::Reason),
        })
    }
}

/// Names a line.
pub fn slot_name(what: TendWhat, slot: TendSlot) -> Text {
    match (slot, what) {
        (TendSlot::On, _) => concern::slot_on(),
        (TendSlot::Until, _) => concern::slot_until(),
        (TendSlot::Paper, _) => concern::slot_paper(),
        (TendSlot::Body, _) => concern::slot_body(),
        (TendSlot::Reason, TendWhat::Step(_, ConcernStep::Answer)) => concern::slot_result(),
        (TendSlot::Reason, _) => concern::slot_reason(),
        (TendSlot::Text, _) => concern::slot_result(),
        (TendSlot::List, _) => concern::slot_list(),
        (TendSlot::Choice, TendWhat::Step(_, ConcernStep::HoldDialogue)) => {
            concern::slot_attendance()
        }
        (
            TendSlot::Choice,
            TendWhat::Step(_, ConcernStep::WithdrawPart | ConcernStep::WithdrawWhole),
        ) => concern::slot_brought(),
        (TendSlot::Choice, _) => concern::slot_manner(),
    }
}

fn turned<T: Copy, const N: usize>(all: &[T; N], at: usize) -> T {
    all[at % N]
}
