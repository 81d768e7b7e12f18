//! The bytes of a form that was left half typed: a CBOR map with integer keys that outlives a release.
//!
//! Shares its table with the typing of visits, whose maps have no key 20. Nothing in the bytes can panic.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use super::{TendForm, TendInput, TendSlot, TendWhat};
use crate::app::on_disk::OnDisk;
use crate::app::{Model, TypingKey};
use crate::domain::{
    ConcernId, ConcernStep, EnvelopeId, LabelChange, LabelKind, PlaceId, PromiseId, ReceptionId,
};
use crate::i18n::Text;
use crate::text::clean::clean_line;

/// The version that this release writes.
const VERSION: u32 = 1;

#[derive(Encode, Decode)]
#[cbor(map)]
struct Typing {
    #[n(0)]
    version: u32,
    #[n(20)]
    form: TypedForm,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct TypedForm {
    #[n(0)]
    what: u32,
    /// What it is about; 16 bytes.
    #[n(1)]
    id: Option<ByteVec>,
    /// The step or the label, by its word.
    #[n(2)]
    word: Option<String>,
    /// 0: a label put on; 1: taken off.
    #[n(3)]
    change: Option<u32>,
    #[n(4)]
    lines: Vec<TypedLine>,
    /// The line that has the cursor.
    #[n(5)]
    at: u32,
    /// The name of the place that it is about.
    #[n(6)]
    place: Option<String>,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct TypedLine {
    #[n(0)]
    slot: u32,
    #[n(1)]
    text: Option<String>,
    #[n(2)]
    choice: Option<u32>,
}

impl TendForm {
    /// Writes the form.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let (what, id, word, change) = what_out(self.what);
        let form = TypedForm {
            what,
            id: id.map(|id| ByteVec::from(id.to_vec())),
            word: word.map(str::to_owned),
            change: change.map(change_out),
            lines: self.inputs.iter().map(line_out).collect(),
            at: u32::try_from(self.at).unwrap_or(0),
            place: Some(self.place.clone()).filter(|place| !place.is_empty()),
        };
        let typing = Typing {
            version: VERSION,
            form,
        };
        minicbor::to_vec(&typing).expect("writing to memory cannot fail")
    }

    /// Opens a form as it was left; `None` where the bytes are no such form.
    pub(in crate::app) fn restore(key: TypingKey, bytes: &[u8], model: &Model) -> Option<Self> {
        let typed = read(bytes)?;
        let mut form = Self::new(what_in(&typed)?, model);
        form.place = typed.place.as_deref().map(clean_line).unwrap_or_default();
        // The kind of a row decides which lines there are.
        form.fill(&typed.lines);
        form.lay_out();
        form.fill(&typed.lines);
        let last = form.inputs.len().saturating_sub(1);
        form.at = usize::try_from(typed.at).unwrap_or(last).min(last);
        form.key = Some(key);
        form.disk = OnDisk::restored();
        Some(form)
    }

    fn fill(&mut self, lines: &[TypedLine]) {
        for line in &mut self.inputs {
            let number = line.slot.number();
            let Some(typed) = lines.iter().find(|typed| typed.slot == number) else {
                continue;
            };
            line.input.set(typed.text.as_deref().unwrap_or_default());
            line.choice = usize::try_from(typed.choice.unwrap_or(0)).unwrap_or(0);
        }
        for at in 0..self.inputs.len() {
            let slot = self.inputs.get(at).map(|line| line.slot);
            let count = slot.map_or(1, |slot| self.choices(slot));
            if let Some(line) = self.inputs.get_mut(at) {
                line.choice %= count;
            }
        }
    }
}

/// Names a form that was left half typed; `None` where the bytes are no such form.
pub fn kept_title(bytes: &[u8]) -> Option<Text> {
    let typed = read(bytes)?;
    let place = typed.place.as_deref().map(clean_line).unwrap_or_default();
    Some(super::title(what_in(&typed)?, &place))
}

/// Tells what a form that was left half typed is about.
pub(in crate::app) fn kept_what(bytes: &[u8]) -> Option<TendWhat> {
    what_in(&read(bytes)?)
}

fn read(bytes: &[u8]) -> Option<TypedForm> {
    let typing: Typing = minicbor::decode(bytes).ok()?;
    Some(typing.form)
}

fn line_out(line: &TendInput) -> TypedLine {
    TypedLine {
        slot: line.slot.number(),
        text: Some(line.input.text().to_owned()).filter(|text| !text.is_empty()),
        choice: u32::try_from(line.choice).ok().filter(|at| *at > 0),
    }
}

type Parts = (
    u32,
    Option<[u8; 16]>,
    Option<&'static str>,
    Option<LabelChange>,
);

fn what_out(what: TendWhat) -> Parts {
    match what {
        TendWhat::Step(id, step) => (0, Some(id.0), Some(step.as_str()), None),
        TendWhat::Answer(id) => (1, Some(id.0), None, None),
        TendWhat::Label(id, kind, change) => (2, Some(id.0), Some(kind.as_str()), Some(change)),
        TendWhat::HotSpot(id, change) => (3, Some(id.0), None, Some(change)),
        TendWhat::Envelope(id) => (4, Some(id.0), None, None),
        TendWhat::Reception => (5, None, None, None),
        TendWhat::Row(id) => (6, Some(id.0), None, None),
        TendWhat::Duty => (7, None, None, None),
        TendWhat::Inspection => (8, None, None, None),
        TendWhat::Assignment => (9, None, None, None),
    }
}

fn what_in(typed: &TypedForm) -> Option<TendWhat> {
    let id = typed.id.as_ref();
    let id = id.and_then(|id| <[u8; 16]>::try_from(id.as_slice()).ok());
    let word = typed.word.as_deref();
    let change = match typed.change {
        Some(0) => Some(LabelChange::PutOn),
        Some(1) => Some(LabelChange::TakenOff),
        Some(_) | None => None,
    };
    Some(match typed.what {
        0 => {
            let mut steps = ConcernStep::ALL.into_iter();
            let step = steps.find(|step| Some(step.as_str()) == word)?;
            TendWhat::Step(ConcernId(id?), step)
        }
        1 => TendWhat::Answer(PromiseId(id?)),
        2 => {
            let mut kinds = LabelKind::ALL.into_iter();
            let kind = kinds.find(|(_, known)| Some(*known) == word)?.0;
            TendWhat::Label(ConcernId(id?), kind, change?)
        }
        3 => TendWhat::HotSpot(PlaceId(id?), change?),
        4 => TendWhat::Envelope(EnvelopeId(id?)),
        5 => TendWhat::Reception,
        6 => TendWhat::Row(ReceptionId(id?)),
        7 => TendWhat::Duty,
        8 => TendWhat::Inspection,
        9 => TendWhat::Assignment,
        _ => return None,
    })
}

fn change_out(change: LabelChange) -> u32 {
    match change {
        LabelChange::PutOn => 0,
        LabelChange::TakenOff => 1,
    }
}

impl TendSlot {
    /// Gives its number in the bytes; never given to another one.
    fn number(self) -> u32 {
        match self {
            Self::On => 0,
            Self::Until => 1,
            Self::Paper => 2,
            Self::Body => 3,
            Self::Reason => 4,
            Self::Text => 5,
            Self::List => 6,
            Self::From => 7,
            Self::To => 8,
            Self::Unit => 9,
            Self::People => 10,
            Self::Turns => 11,
            Self::Hours => 12,
            Self::Received => 13,
            Self::Solved => 14,
            Self::Overdue => 15,
            Self::Decision => 16,
            Self::Agencies => 17,
            Self::Conclusion => 18,
            Self::Concluded => 19,
            Self::Cadres => 20,
            Self::Person => 21,
            Self::Cell => 22,
            Self::Site => 23,
            Self::Quota => 24,
            Self::Document => 25,
            Self::Note => 26,
            Self::Name => 27,
            Self::Address => 28,
            Self::IdNumber => 29,
            Self::Contact => 30,
            Self::Said => 31,
            Self::SettledBy => 32,
            Self::PassedTo => 33,
            Self::Envelope => 34,
            Self::Choice => 35,
            Self::Handling => 36,
        }
    }
}
