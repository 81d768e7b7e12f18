//! Citizens' names in fields that many read.
//!
//! Owns which fields those are. What was found is said beside the field, and a save asks once: it may be a cadre of
//! the same name, which only a person can tell.

use super::findings::{Note, Weight};
use super::form::{Chip, Field, Focus, Form};
use super::slot::{Entry, Part, Slot};
use crate::i18n::messages::privacy;
use crate::text::private::Private;

/// Gives a sentence beside each field of many readers in which a name or number of the form's particulars stands.
pub(super) fn notes(form: &Form) -> Vec<Note> {
    let private = private(form);
    let mut notes = Vec::new();
    if private.is_empty() {
        return notes;
    }
    for (item, of) in form.items.iter().enumerate() {
        for (field, found) in of.fields.iter().enumerate() {
            if is_read_by_many(of.part, found) && texts(found).any(|text| private.is_in(text)) {
                notes.push(Note {
                    focus: Focus { item, field },
                    weight: Weight::Exposed,
                    text: privacy::names_a_citizen(),
                });
            }
        }
    }
    notes
}

fn private(form: &Form) -> Private {
    let mut private = Private::default();
    for field in form.items.iter().flat_map(|item| &item.fields) {
        match field.slot {
            Slot::RaisedBy | Slot::HelpedNames => private.add_names(field.input.text()),
            Slot::Contact => private.add_numbers(field.input.text()),
            _ => {}
        }
    }
    private
}

fn is_read_by_many(part: Part, field: &Field) -> bool {
    let words = match field.slot.entry() {
        Entry::Line(_) | Entry::Prose | Entry::Units => true,
        Entry::Choice(_)
        | Entry::Toggles(_)
        | Entry::Site
        | Entry::Sites
        | Entry::People
        | Entry::Day(_)
        | Entry::Count
        | Entry::Quantity
        | Entry::Money => false,
    };
    words && part != Part::Envelope && !field.slot.is_of_names()
}

fn texts(field: &Field) -> impl Iterator<Item = &str> {
    let chips = field.chips.iter().filter_map(|chip| match chip {
        Chip::Words(words) => Some(words.as_str()),
        Chip::Code(_) | Chip::Village(_) | Chip::Commune(_) | Chip::Former(_) | Chip::Person(_) => {
            None
        }
    });
    chips.chain(std::iter::once(field.input.text()))
}
