//! The sentences beside the fields.
//!
//! Owns where a finding of the domain is said and in which words.

use super::exposed;
use super::form::{Focus, Form, Item as FormItem};
use super::reading::read_day;
use super::slot::{Part, Slot};
use crate::domain::{Day, Dossier, Field, Finding, Item, Problem, Severity, check};
use crate::i18n::Text;
use crate::i18n::messages::capture;
use crate::text::number::NumberError;

/// What a sentence keeps from being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The text means nothing and has no place in a record: saving must wait.
    Unread,
    /// Wrong in itself: sending must wait.
    Wrong,
    /// A citizen's name where many read it: a save asks once.
    Exposed,
    /// Not there yet: sending must wait, and nothing is said before somebody sends.
    Missing,
}

/// A sentence beside a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub focus: Focus,
    pub weight: Weight,
    pub text: Text,
}

/// What was found while reading, and which items of the form the dossier's parts came from.
#[derive(Default)]
pub(super) struct Notes {
    said: Vec<Note>,
    pub(super) activities: Vec<usize>,
    pub(super) meetings: Vec<usize>,
    pub(super) concerns: Vec<usize>,
    pub(super) envelopes: Vec<usize>,
}

impl Notes {
    pub(super) fn say(&mut self, note: Note) {
        self.said.push(note);
    }

    /// Adds what the domain says, but nothing beside a field that already has a sentence.
    pub(super) fn finish(mut self, form: &Form, dossier: &Dossier, today: Day) -> Vec<Note> {
        for finding in check(dossier, today) {
            let Some(focus) = self.focus(form, dossier, finding) else {
                continue;
            };
            if !self.said.iter().any(|note| note.focus == focus) {
                self.said.push(Note {
                    focus,
                    weight: match finding.severity() {
                        Severity::Wrong => Weight::Wrong,
                        Severity::Incomplete => Weight::Missing,
                    },
                    text: sentence(finding),
                });
            }
        }
        for note in exposed::notes(form) {
            if !self.said.iter().any(|said| said.focus == note.focus) {
                self.said.push(note);
            }
        }
        self.said.sort_by_key(|note| note.focus);
        self.said
    }

    fn focus(&self, form: &Form, dossier: &Dossier, finding: Finding) -> Option<Focus> {
        let at = match finding.item {
            Item::Visit => 0,
            Item::Activity(n) => *self.activities.get(n)?,
            Item::Meeting(n) => *self.meetings.get(n)?,
            Item::Concern(n) => *self.concerns.get(n)?,
            Item::Envelope(n) => *self.envelopes.get(n)?,
        };
        let item = form.items.get(at)?;
        let (slot, row) = place(item, finding.field, dossier.visit.value.from, form.day);
        let mut fields = item.fields.iter();
        let field = fields.position(|field| field.slot == slot && field.row == row)?;
        Some(Focus { item: at, field })
    }
}

/// Finds the field of the form that a field of the domain is typed in.
fn place(item: &FormItem, field: Field, from: Option<Day>, today: Day) -> (Slot, u8) {
    let row_where = |slot: Slot, is: &dyn Fn(u8) -> bool| {
        (0..item.rows(slot)).find(|row| is(*row)).unwrap_or(0)
    };
    let empty = |slot: Slot, row: u8| item.field(slot, row).is_none_or(|f| f.is_empty());
    match field {
        Field::Place => (Slot::Place, 0),
        Field::From => (Slot::From, 0),
        Field::To => (Slot::To, 0),
        Field::Team | Field::Lead => (Slot::Team, 0),
        Field::Category if item.part == Part::Visit => (Slot::Note, 0),
        Field::Category => (Slot::Category, 0),
        Field::Amount => (Slot::Amount, 0),
        Field::Measure => (Slot::Measure, 0),
        Field::Beneficiaries => {
            let row = row_where(Slot::Helped, &|row| {
                let counts = [Slot::Households, Slot::People, Slot::Turns];
                empty(Slot::Helped, row) && counts.iter().any(|slot| !empty(*slot, row))
            });
            (Slot::Helped, row)
        }
        Field::Funding => {
            let row = row_where(Slot::Source, &|row| {
                empty(Slot::Source, row) != empty(Slot::Value, row)
            });
            let slot = if empty(Slot::Source, row) {
                Slot::Source
            } else {
                Slot::Value
            };
            (slot, row)
        }
        Field::Confirmation => (Slot::ConfirmedOn, 0),
        Field::Kind if item.part == Part::Meeting => (Slot::Meeting, 0),
        Field::Kind => (Slot::Concern, 0),
        Field::Line => (Slot::Line, 0),
        Field::AnswerBy => (Slot::AnswerBy, 0),
        Field::PromiseDue => {
            let row = row_where(Slot::PromiseDue, &|row| {
                let due = item.field(Slot::PromiseDue, row);
                let due = due.and_then(|field| read_day(field, today));
                due.zip(from).is_some_and(|(due, from)| due < from)
            });
            (Slot::PromiseDue, row)
        }
        Field::EnvelopeNumber => (Slot::EnvelopeNumber, 0),
        Field::EnvelopeDate => (Slot::EnvelopeDate, 0),
        Field::EnvelopeBody => (Slot::EnvelopeBody, 0),
    }
}

fn sentence(finding: Finding) -> Text {
    match finding.problem {
        Problem::Missing => missing(finding.field),
        Problem::EndBeforeStart => capture::end_before_start(),
        Problem::InFuture => capture::future_date(),
        Problem::TooLong => capture::visit_too_long(),
        Problem::BeforeVisit => capture::before_visit(),
        Problem::LeadNotInTeam => capture::lead_not_in_team(),
        Problem::AmountWithoutMeasure => capture::measure_missing(),
        Problem::MeasureWithoutAmount => capture::amount_missing(),
        Problem::NothingDone => capture::nothing_done(),
    }
}

fn missing(field: Field) -> Text {
    match field {
        Field::Place => capture::place_missing(),
        Field::From | Field::To => capture::date_missing(),
        Field::Team => capture::team_missing(),
        Field::Lead => capture::lead_missing(),
        Field::Category => capture::category_missing(),
        Field::Kind => capture::kind_missing(),
        Field::Line => capture::line_missing(),
        Field::Amount
        | Field::Measure
        | Field::Beneficiaries
        | Field::Funding
        | Field::Confirmation
        | Field::AnswerBy
        | Field::PromiseDue
        | Field::EnvelopeNumber
        | Field::EnvelopeDate
        | Field::EnvelopeBody => capture::still_missing(),
    }
}

/// Says why a whole number cannot be taken.
pub(super) fn number_refused(error: NumberError) -> Text {
    match error {
        NumberError::Negative => capture::negative_amount(),
        NumberError::NotWhole => capture::number_not_whole(),
        NumberError::TooLarge => capture::number_too_large(),
        NumberError::Ambiguous => capture::number_ambiguous(),
        NumberError::TooPrecise => capture::number_too_precise(),
        NumberError::Empty | NumberError::NotANumber | NumberError::BadGrouping => {
            capture::not_a_number()
        }
    }
}
