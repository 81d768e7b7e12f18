//! What is asked for when something is done about a concern or a promise: day, paper, body, reason.

mod duty;

use duty::DutyOffer;

use crate::app::input::Input;
use crate::app::{Action, Effect, Model, owed};
use crate::domain::cell::split;
use crate::domain::{
    Act, Answer, Attendance, Brought, ConcernId, ConcernStep, Day, Duty, EnvelopeId, InspectedLaw,
    Inspection, Label, LabelChange, LabelKind, Manner, PersonId, PromiseId, Quantity, Reception,
    ReceptionKind, Taken, TendRefused, Tending, Versioned,
};
use crate::i18n::Text;
use crate::i18n::messages::{actions, common, concern, duty as duty_says};
use crate::text::date::{Lean, read_date};

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TendWhat {
    Step(ConcernId, ConcernStep),
    Answer(PromiseId),
    Label(ConcernId, LabelKind, LabelChange),
    /// The envelope of a denunciation handed over.
    Envelope(EnvelopeId),
    Reception,
    Duty,
    Inspection,
    Assignment,
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
    From,
    To,
    Unit,
    People,
    Turns,
    Hours,
    Received,
    Solved,
    Overdue,
    Decision,
    Agencies,
    Conclusion,
    /// A cadre by name.
    Person,
    Cell,
    /// A village by name.
    Site,
    Quota,
    Document,
    Note,
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
    /// What the choice of a duty turns through.
    offers: Vec<DutyOffer>,
    pub problem: Option<Text>,
    /// What was typed when a save was refused because it names a citizen: the same again is meant.
    named: Option<Vec<String>>,
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
const RECEPTIONS: [ReceptionKind; 3] = [
    ReceptionKind::Regular,
    ReceptionKind::Periodic,
    ReceptionKind::Unscheduled,
];
const ATTENDANCE: [Attendance; 2] = [Attendance::Came, Attendance::StayedAway];

impl TendForm {
    pub(in crate::app) fn new(what: TendWhat, today: &str) -> Self {
        use TendSlot::{
            Agencies, Body, Cell, Choice, Conclusion, Decision, Document, From, Hours, List, Note,
            On, Overdue, Paper, People, Person, Quota, Reason, Received, Site, Solved, Text, To,
            Turns, Unit, Until,
        };
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
            TendWhat::Envelope(_) => &[On, Body, Paper],
            TendWhat::Reception => &[On, Choice, Unit, People, Turns, Note],
            TendWhat::Duty => &[On, Unit, Hours, Received, Solved, Overdue, Note],
            TendWhat::Inspection => &[Decision, From, To, Body, Agencies, Conclusion, Note],
            TendWhat::Assignment => &[Choice, Person, Cell, Site, From, To, Quota, Document],
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
            offers: Vec::new(),
            problem: None,
            named: None,
        }
    }

    /// Begins a duty: one's own, for the year, until something else is typed.
    pub(in crate::app) fn new_assignment(model: &Model) -> Self {
        let mut form = Self::new(TendWhat::Assignment, "");
        form.offers = duty::offers(model);
        let year = model.today().format("%Y").to_string();
        let name = model.session().map(|session| session.profile.name.clone());
        for line in &mut form.inputs {
            line.input.set(&match line.slot {
                TendSlot::Person => name.clone().unwrap_or_default(),
                TendSlot::From => format!("01/01/{year}"),
                TendSlot::To => format!("31/12/{year}"),
                _ => continue,
            });
        }
        form
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
            TendWhat::Envelope(_) => concern::hand_over_envelope(),
            TendWhat::Reception => actions::add_reception(),
            TendWhat::Duty => actions::add_duty(),
            TendWhat::Inspection => actions::add_inspection(),
            TendWhat::Assignment => actions::add_assignment(),
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
            TendWhat::Reception => owed::reception(turned(&RECEPTIONS, self.choice)),
            TendWhat::Assignment => match self.offered() {
                Some(offer) => offer.label.clone(),
                None => common::none(),
            },
            TendWhat::Step(..)
            | TendWhat::Answer(_)
            | TendWhat::Label(..)
            | TendWhat::Envelope(_)
            | TendWhat::Duty
            | TendWhat::Inspection => owed::manner(turned(&MANNERS, self.choice)),
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
            Action::Down | Action::Up if on_choice => {
                let before = self.offered().cloned();
                let count = self.choices();
                let by = if action == Action::Down { 1 } else { count - 1 };
                self.choice = (self.choice + by) % count;
                self.fill_offer(before);
            }
            Action::Down => self.at = (self.at + 1).min(count - 1),
            Action::Up => self.at = self.at.saturating_sub(1),
            _ => {}
        }
    }

    /// Counts what the choice turns through.
    fn choices(&self) -> usize {
        let count = match self.what {
            TendWhat::Step(_, ConcernStep::HoldDialogue) => ATTENDANCE.len(),
            TendWhat::Step(_, ConcernStep::WithdrawPart | ConcernStep::WithdrawWhole) => {
                BROUGHT.len()
            }
            TendWhat::Reception => RECEPTIONS.len(),
            TendWhat::Assignment => self.offers.len(),
            TendWhat::Step(..)
            | TendWhat::Answer(_)
            | TendWhat::Label(..)
            | TendWhat::Envelope(_)
            | TendWhat::Duty
            | TendWhat::Inspection => MANNERS.len(),
        };
        count.max(1)
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
        let on = match self.what {
            TendWhat::Inspection | TendWhat::Assignment => today,
            _ => self.day(TendSlot::On, today, Lean::Past)?,
        };
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
            TendWhat::Envelope(envelope) => Tending::Envelope {
                envelope,
                on,
                paper: self.text(TendSlot::Paper),
                body: self.text(TendSlot::Body),
            },
            TendWhat::Assignment => Tending::Assignment(Versioned::new(self.assignment(model)?)),
            TendWhat::Reception | TendWhat::Duty | TendWhat::Inspection => {
                self.beside(on, today, me)?
            }
        };
        let tending = Box::new(tending);
        Ok(vec![match self.named.as_ref() == Some(&self.typed()) {
            true => Effect::TendNamed(tending),
            false => Effect::Tend(tending),
        }])
    }

    /// Says why it was not saved; a citizen's name may be kept by saving the same again.
    pub(in crate::app) fn refused(&mut self, why: &TendRefused) {
        if *why == TendRefused::NamesACitizen {
            self.named = Some(self.typed());
        }
        self.problem = Some(owed::refused(why));
    }

    fn typed(&self) -> Vec<String> {
        let texts = self.inputs.iter().map(|line| line.input.text().to_owned());
        texts.collect()
    }

    /// Puts together what stands beside visits.
    fn beside(&self, on: Day, today: Day, me: Option<PersonId>) -> Result<Tending, Text> {
        let maybe = |slot, lean| match self.text(slot).as_str() {
            "" => Ok(None),
            _ => self.day(slot, today, lean).map(Some),
        };
        let (from, to) = (TendSlot::From, TendSlot::To);
        Ok(match self.what {
            TendWhat::Reception => Tending::Reception(Versioned::new(Reception {
                kind: Some(turned(&RECEPTIONS, self.choice)),
                on: Some(on),
                head: me,
                site: None,
                unit: self.text(TendSlot::Unit),
                people: self.count(TendSlot::People)?,
                turns: self.count(TendSlot::Turns)?,
                note: self.text(TendSlot::Note),
                row: None,
            })),
            TendWhat::Duty => Tending::Duty(Versioned::new(Duty {
                on: Some(on),
                unit: self.text(TendSlot::Unit),
                site: None,
                people: me.into_iter().collect(),
                hours: self
                    .count(TendSlot::Hours)?
                    .map(|h| Quantity(u64::from(h) * 1000)),
                received: self.count(TendSlot::Received)?,
                solved: self.count(TendSlot::Solved)?,
                overdue: self.count(TendSlot::Overdue)?,
                note: self.text(TendSlot::Note),
                row: None,
            })),
            TendWhat::Inspection
            | TendWhat::Assignment
            | TendWhat::Step(..)
            | TendWhat::Answer(_)
            | TendWhat::Label(..)
            | TendWhat::Envelope(_) => Tending::Inspection(Versioned::new(Inspection {
                decision: self.text(TendSlot::Decision),
                from: maybe(from, Lean::Past)?,
                to: maybe(to, Lean::Past)?,
                laws: InspectedLaw::ALL.map(|(law, _)| law).to_vec(),
                body: self.text(TendSlot::Body),
                agencies: split(&self.text(TendSlot::Agencies)),
                conclusion: self.text(TendSlot::Conclusion),
                concluded: None,
                note: self.text(TendSlot::Note),
                row: None,
            })),
        })
    }

    fn count(&self, slot: TendSlot) -> Result<Option<u32>, Text> {
        match self.text(slot).as_str() {
            "" => Ok(None),
            text => match text.parse() {
                Ok(count) => Ok(Some(count)),
                Err(_) => Err(concern::not_a_count(slot_name(self.what, slot))),
            },
        }
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
        (TendSlot::From, _) => concern::slot_from(),
        (TendSlot::To, _) => concern::slot_to(),
        (TendSlot::Unit, _) => concern::slot_unit(),
        (TendSlot::People, _) => concern::slot_people(),
        (TendSlot::Turns, _) => concern::slot_turns(),
        (TendSlot::Hours, _) => concern::slot_hours(),
        (TendSlot::Received, _) => concern::slot_received(),
        (TendSlot::Solved, _) => concern::slot_solved(),
        (TendSlot::Overdue, _) => concern::slot_overdue(),
        (TendSlot::Decision, _) => concern::slot_decision(),
        (TendSlot::Agencies, _) => concern::slot_agencies(),
        (TendSlot::Conclusion, _) => concern::slot_conclusion(),
        (TendSlot::Cell, _) => concern::slot_cell(),
        (TendSlot::Person, _) => duty_says::slot_person(),
        (TendSlot::Site, _) => duty_says::slot_site(),
        (TendSlot::Quota, _) => concern::slot_quota(),
        (TendSlot::Document, _) => concern::slot_document(),
        (TendSlot::Note, _) => concern::slot_note(),
        (TendSlot::Choice, TendWhat::Reception | TendWhat::Assignment) => concern::slot_kind(),
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
