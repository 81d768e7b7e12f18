//! What is asked for when something is done about a concern or a promise: day, paper, body, reason; and
//! what stands beside visits.

mod draft;
mod duty;
mod make;
mod slots;

pub use draft::kept_title;
pub(in crate::app) use draft::kept_what;
pub use slots::slot_name;

use self::duty::DutyOffer;
use self::slots::slots;
use crate::app::input::Input;
use crate::app::on_disk::OnDisk;
use crate::app::{Action, Model, TypingKey, duties, owed};
use crate::domain::{
    Attendance, Brought, ConcernId, ConcernKind, ConcernStep, EnvelopeId, Handling, InspectedLaw,
    LabelChange, LabelKind, Manner, PlaceId, PromiseId, ReceptionId, ReceptionKind, Site, Stamp,
    TendRefused,
};
use crate::i18n::Text;
use crate::i18n::messages::{actions, common, concern, duty as duty_says, register};

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TendWhat {
    Step(ConcernId, ConcernStep),
    Answer(PromiseId),
    Label(ConcernId, LabelKind, LabelChange),
    /// A village made a hot spot, or none any more.
    HotSpot(PlaceId, LabelChange),
    /// The envelope of a denunciation handed over.
    Envelope(EnvelopeId),
    Reception,
    /// A row of the register of a reception.
    Row(ReceptionId),
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
    Concluded,
    /// Cadres by name.
    Cadres,
    /// A cadre by name.
    Person,
    Cell,
    /// A village by name.
    Site,
    Quota,
    Document,
    Note,
    Name,
    Address,
    IdNumber,
    Contact,
    Said,
    SettledBy,
    PassedTo,
    Envelope,
    /// A choice that the arrows turn.
    Choice,
    /// How a row of the register goes on; turned too.
    Handling,
}

impl TendSlot {
    /// Tells whether the arrows turn the line, which then takes no letters.
    pub fn is_turned(self) -> bool {
        matches!(self, Self::Choice | Self::Handling)
    }
}

/// A line with what was typed into it.
pub struct TendInput {
    pub slot: TendSlot,
    pub input: Input,
    /// The place of what is chosen, where the line is turned.
    pub choice: usize,
}

/// What is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Typing,
    /// A discard was asked for once.
    Discarding,
    Saving,
}

/// The form.
pub struct TendForm {
    pub what: TendWhat,
    pub inputs: Vec<TendInput>,
    pub at: usize,
    /// What the choice of a duty turns through.
    offers: Vec<DutyOffer>,
    /// The name of the place that it is about.
    place: String,
    pub problem: Option<Text>,
    /// What was typed when a save was refused because it names a citizen: the same again is meant.
    named: Option<Vec<String>>,
    /// What its typing is kept under, once it was.
    pub(in crate::app) key: Option<TypingKey>,
    disk: OnDisk,
    phase: Phase,
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

/// The laws that an inspection may look at: all of them, each, and two of them.
const LAWS: [&[InspectedLaw]; 7] = {
    use InspectedLaw::{CitizenReception, Complaints, Denunciations};
    [
        &[Complaints, Denunciations, CitizenReception],
        &[Complaints],
        &[Denunciations],
        &[CitizenReception],
        &[Complaints, Denunciations],
        &[Complaints, CitizenReception],
        &[Denunciations, CitizenReception],
    ]
};

/// Kinds of a row of the register; the last one, a denunciation, is no concern.
const ROW_KINDS: [Option<ConcernKind>; 4] = [
    Some(ConcernKind::Recommendation),
    Some(ConcernKind::Reflection),
    Some(ConcernKind::Complaint),
    None,
];
/// Columns 8 to 10 of the register; not decided at first.
const HANDLINGS: [Option<Handling>; 4] = [
    None,
    Some(Handling::Accept),
    Some(Handling::ReturnAndGuide),
    Some(Handling::PassOn),
];

impl TendInput {
    fn new(slot: TendSlot, filled: &str) -> Self {
        Self {
            slot,
            input: Input::line().filled(filled),
            choice: 0,
        }
    }
}

impl TendForm {
    /// Begins a form of today, written down by the member.
    pub(in crate::app) fn new(what: TendWhat, model: &Model) -> Self {
        let today = model.today().format("%d/%m/%Y").to_string();
        let me = model.session().map_or("", |session| &session.profile.name);
        let input = |slot: &TendSlot| {
            let filled = match slot {
                TendSlot::On => today.as_str(),
                TendSlot::Cadres => me,
                _ => "",
            };
            TendInput::new(*slot, filled)
        };
        let mut form = Self {
            what,
            inputs: slots(what, ROW_KINDS[0]).iter().map(input).collect(),
            at: 0,
            offers: Vec::new(),
            place: String::new(),
            problem: None,
            named: None,
            key: None,
            disk: OnDisk::unchanged(),
            phase: Phase::Typing,
        };
        if what == TendWhat::Assignment {
            form.begin_duty(model);
        }
        form
    }

    /// Begins what is to be said of a village: that it is a hot spot, or is none any more.
    pub(in crate::app) fn hot_spot(model: &Model, id: PlaceId, name: &str) -> Self {
        let spots = model.session().map_or(&[][..], |session| &session.spots);
        let change = match duties::is_hot(spots, &Site::Village(id)) {
            true => LabelChange::TakenOff,
            false => LabelChange::PutOn,
        };
        Self {
            place: name.to_owned(),
            ..Self::new(TendWhat::HotSpot(id, change), model)
        }
    }

    /// Says why it was not saved; a citizen's name may be kept by saving the same again.
    pub(in crate::app) fn refused(&mut self, why: &TendRefused) {
        if *why == TendRefused::NamesACitizen {
            self.named = Some(self.typed());
        }
        self.problem = Some(owed::refused(why));
        self.not_saved();
    }

    /// It is being saved; until that is answered nothing is typed into it.
    pub(in crate::app) fn saving(&mut self) {
        self.phase = Phase::Saving;
    }

    /// What was typed is still to be kept.
    pub(in crate::app) fn not_saved(&mut self) {
        self.phase = Phase::Typing;
        self.disk.again();
    }

    /// Something was typed.
    pub(in crate::app) fn changed(&mut self) {
        self.problem = None;
        self.phase = Phase::Typing;
        self.disk.changed();
    }

    /// Tells whether something was typed, now or before it was opened again.
    pub(in crate::app) fn is_typed(&self) -> bool {
        !self.disk.is_unchanged()
    }

    /// Tells whether something was typed that is not on its way to the disk.
    pub(in crate::app) fn is_behind(&self) -> bool {
        self.disk.is_behind() && self.phase != Phase::Saving
    }

    /// Tells whether it is time to put it on disk.
    pub(in crate::app) fn is_due(&self, now: Stamp) -> bool {
        self.disk.is_due(now) && self.phase != Phase::Saving
    }

    /// Gives the bytes that are put on disk now.
    pub(in crate::app) fn put(&mut self, now: Stamp) -> Vec<u8> {
        self.disk.put_at(now);
        self.bytes()
    }

    /// Tells whether a discard was asked for before; the first time it is taken note of.
    pub(in crate::app) fn discards(&mut self) -> bool {
        let before = std::mem::replace(&mut self.phase, Phase::Discarding);
        before == Phase::Discarding
    }

    fn typed(&self) -> Vec<String> {
        let texts = self.inputs.iter().map(|line| line.input.text().to_owned());
        texts.collect()
    }

    /// Lays the lines out again after the kind of a row was turned; what was typed into lines that are gone
    /// is forgotten.
    fn lay_out(&mut self) {
        let slots = slots(self.what, self.row_kind());
        let mut old = std::mem::take(&mut self.inputs);
        for slot in slots {
            let known = old.iter().position(|line| line.slot == *slot);
            let line = known.map_or_else(|| TendInput::new(*slot, ""), |at| old.swap_remove(at));
            self.inputs.push(line);
        }
    }

    /// Gives the kind that a row of the register is turned to; `None` is a denunciation.
    fn row_kind(&self) -> Option<ConcernKind> {
        ROW_KINDS
            .get(self.choice(TendSlot::Choice))
            .copied()
            .flatten()
    }

    fn choice(&self, slot: TendSlot) -> usize {
        let line = self.inputs.iter().find(|line| line.slot == slot);
        line.map_or(0, |line| line.choice)
    }

    /// Gives the heading.
    pub fn title(&self) -> Text {
        title(self.what, &self.place)
    }

    /// Says how the form is filled in, and who may read what.
    pub fn how(&self) -> Text {
        match self.what {
            TendWhat::Row(_) => register::how_to_write(),
            TendWhat::Step(..)
            | TendWhat::Answer(_)
            | TendWhat::Label(..)
            | TendWhat::HotSpot(..)
            | TendWhat::Envelope(_)
            | TendWhat::Reception
            | TendWhat::Duty
            | TendWhat::Inspection
            | TendWhat::Assignment => concern::how_to_tend(),
        }
    }

    /// Names the choice that a line shows.
    pub fn chosen(&self, slot: TendSlot) -> Text {
        let at = self.choice(slot);
        match self.what {
            TendWhat::Step(_, ConcernStep::HoldDialogue) => {
                owed::attendance(turned(&ATTENDANCE, at))
            }
            TendWhat::Step(_, ConcernStep::WithdrawPart | ConcernStep::WithdrawWhole) => {
                owed::brought(turned(&BROUGHT, at))
            }
            TendWhat::Reception => owed::reception(turned(&RECEPTIONS, at)),
            TendWhat::Inspection => owed::laws(turned(&LAWS, at)),
            TendWhat::Row(_) if slot == TendSlot::Handling => match HANDLINGS.get(at) {
                Some(Some(way)) => owed::handling(*way),
                Some(None) | None => register::not_decided(),
            },
            TendWhat::Row(_) => owed::row_kind(ROW_KINDS.get(at).copied().flatten()),
            TendWhat::Assignment => match self.offered() {
                Some(offer) => offer.label.clone(),
                None => common::none(),
            },
            TendWhat::Step(..)
            | TendWhat::Answer(_)
            | TendWhat::Label(..)
            | TendWhat::HotSpot(..)
            | TendWhat::Envelope(_)
            | TendWhat::Duty => owed::manner(turned(&MANNERS, at)),
        }
    }

    /// Gives how many choices a line has.
    fn choices(&self, slot: TendSlot) -> usize {
        let count = match self.what {
            TendWhat::Step(_, ConcernStep::HoldDialogue) => ATTENDANCE.len(),
            TendWhat::Step(_, ConcernStep::WithdrawPart | ConcernStep::WithdrawWhole) => {
                BROUGHT.len()
            }
            TendWhat::Reception => RECEPTIONS.len(),
            TendWhat::Inspection => LAWS.len(),
            TendWhat::Row(_) if slot == TendSlot::Handling => HANDLINGS.len(),
            TendWhat::Row(_) => ROW_KINDS.len(),
            TendWhat::Assignment => self.offers.len(),
            TendWhat::Step(..)
            | TendWhat::Answer(_)
            | TendWhat::Label(..)
            | TendWhat::HotSpot(..)
            | TendWhat::Envelope(_)
            | TendWhat::Duty => MANNERS.len(),
        };
        count.max(1)
    }

    /// Gives the line that has the cursor, where it is typed into.
    pub(in crate::app) fn input(&mut self) -> Option<&mut Input> {
        if self.phase == Phase::Saving {
            return None;
        }
        let line = self.inputs.get_mut(self.at)?;
        (!line.slot.is_turned()).then_some(&mut line.input)
    }

    /// Moves between the lines, or turns the choice.
    pub(in crate::app) fn step(&mut self, action: Action) {
        if self.phase == Phase::Saving {
            return;
        }
        let count = self.inputs.len().max(1);
        let slot = self.inputs.get(self.at).map(|line| line.slot);
        let turns = slot.filter(|slot| slot.is_turned());
        match (action, turns) {
            (Action::NextField, _) => self.at = (self.at + 1) % count,
            (Action::PreviousField, _) => self.at = (self.at + count - 1) % count,
            (Action::Down, Some(slot)) => self.turn(slot, 1),
            (Action::Up, Some(slot)) => self.turn(slot, self.choices(slot) - 1),
            (Action::Down, None) => self.at = (self.at + 1).min(count - 1),
            (Action::Up, None) => self.at = self.at.saturating_sub(1),
            _ => {}
        }
    }

    fn turn(&mut self, slot: TendSlot, by: usize) {
        let before = self.offered().cloned();
        let count = self.choices(slot);
        if let Some(line) = self.inputs.get_mut(self.at) {
            line.choice = (line.choice + by) % count;
        }
        self.lay_out();
        self.fill_offer(before);
        self.changed();
    }
}

fn turned<T: Copy, const N: usize>(all: &[T; N], at: usize) -> T {
    all[at % N]
}

/// Names a form; `place` is the name of the place that it is about.
fn title(what: TendWhat, place: &str) -> Text {
    match what {
        TendWhat::Step(_, step) => owed::step(step),
        TendWhat::Answer(_) => concern::answer_promise(),
        TendWhat::Label(_, kind, LabelChange::PutOn) => concern::put_on(owed::label(kind)),
        TendWhat::Label(_, kind, LabelChange::TakenOff) => concern::taken_off(owed::label(kind)),
        TendWhat::HotSpot(_, LabelChange::PutOn) => duty_says::spot_on(place),
        TendWhat::HotSpot(_, LabelChange::TakenOff) => duty_says::spot_off(place),
        TendWhat::Envelope(_) => concern::hand_over_envelope(),
        TendWhat::Reception => actions::add_reception(),
        TendWhat::Row(_) => register::row(),
        TendWhat::Duty => actions::add_duty(),
        TendWhat::Inspection => actions::add_inspection(),
        TendWhat::Assignment => actions::add_assignment(),
    }
}
