//! Chips and toggles, and taking what a field offers.
//!
//! Owns what becomes of a field when it is left. Letters are `keys`'.

use crossterm::event::{KeyCode, KeyEvent};

use super::form::{Chip, concern_part, takes_one};
use super::slot::{Entry, Slot};
use super::suggest::{Suggestion, Take};
use super::{Capture, Desk, Menu, fill};
use crate::domain::{Person, PersonId, PlaceId};

/// What stands between two units in one line, as in the papers that people copy from.
const BETWEEN: char = ';';

/// Whether a field may be left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Settled {
    Done,
    /// More is to be typed here: the commune of a new village.
    Stays,
}

impl Capture {
    /// Keys that mean chips and toggles; returns whether the key was one.
    pub(super) fn chip_key(&mut self, key: &KeyEvent, desk: &Desk<'_>) -> bool {
        let entry = self.form.field().slot.entry();
        let toggles = matches!(entry, Entry::Toggles(_));
        if !toggles && !self.form.field().input.text().is_empty() {
            return false;
        }
        let count = match entry {
            Entry::Toggles(list) => desk.around.offers(list).len(),
            Entry::People | Entry::Sites | Entry::Units => self.form.field().chips.len(),
            Entry::Choice(_) | Entry::Site => self.form.field().chips.len(),
            Entry::Day(_)
            | Entry::Count
            | Entry::Quantity
            | Entry::Money
            | Entry::Line(_)
            | Entry::Prose => return false,
        };
        match key.code {
            KeyCode::Left => self.at = self.at.min(count).saturating_sub(1),
            KeyCode::Right => {
                self.at = (self.at + 1).min(count.saturating_sub(usize::from(toggles)))
            }
            KeyCode::Char(' ') if toggles => self.toggle(desk),
            KeyCode::Char('*') if entry == Entry::People => self.lead(desk),
            KeyCode::Backspace if !toggles && count > 0 => self.drop_chip(desk),
            _ => return toggles,
        }
        true
    }

    fn toggle(&mut self, desk: &Desk<'_>) {
        let Entry::Toggles(list) = self.form.field().slot.entry() else {
            return;
        };
        let offers = desk.around.offers(list);
        let Some(offer) = offers.get(self.at) else {
            return;
        };
        let chip = Chip::Code(offer.code.clone());
        let field = self.form.field_mut();
        match field.chips.iter().position(|known| *known == chip) {
            Some(at) => drop(field.chips.remove(at)),
            None => field.chips.push(chip),
        }
        // In the order of the list, whatever the order of the keys; unknown codes last.
        field.chips.sort_by_key(|chip| {
            let at = offers
                .iter()
                .position(|o| Chip::Code(o.code.clone()) == *chip);
            at.unwrap_or(usize::MAX)
        });
        self.changed(desk);
    }

    /// Makes the cadre before the cursor the lead.
    fn lead(&mut self, desk: &Desk<'_>) {
        let chips = &self.form.field().chips;
        let at = if self.at < chips.len() {
            self.at
        } else {
            chips.len().saturating_sub(1)
        };
        if let Some(Chip::Person(id)) = chips.get(at) {
            self.form.lead = Some(*id);
            self.changed(desk);
        }
    }

    fn drop_chip(&mut self, desk: &Desk<'_>) {
        let at = self.at;
        let field = self.form.field_mut();
        let at = if at < field.chips.len() {
            at
        } else {
            field.chips.len() - 1
        };
        let gone = field.chips.remove(at);
        let first = field.chips.iter().find_map(|chip| match chip {
            Chip::Person(id) => Some(*id),
            Chip::Code(_)
            | Chip::Village(_)
            | Chip::Commune(_)
            | Chip::Former(_)
            | Chip::Words(_) => None,
        });
        if let Chip::Person(id) = gone
            && self.form.lead == Some(id)
        {
            self.form.lead = first;
        }
        self.changed(desk);
    }

    /// Takes what the field was left for: an offer, or a short text written out.
    pub(super) fn settle(&mut self, desk: &mut Desk<'_>) -> Settled {
        let slot = self.form.field().slot;
        let before = self.form.field().clone();
        if slot.entry() == Entry::Units && !before.input.is_blank() && self.chosen().is_none() {
            let words = before.input.text().split(BETWEEN).map(str::trim);
            let words = words.filter(|words| !words.is_empty());
            let field = self.form.field_mut();
            field.chips.extend(words.map(|w| Chip::Words(w.to_owned())));
            field.input.set("");
        } else if let Some(offer) = self.chosen().and_then(|at| self.offers.get(at).cloned()) {
            if self.take(offer, desk) == Settled::Stays {
                self.changed(desk);
                return Settled::Stays;
            }
        } else {
            fill::written_out(&mut self.form, &desk.around);
        }
        if *self.form.field() != before || self.form.field().slot != slot {
            self.changed(desk);
        }
        Settled::Done
    }

    pub(super) fn take(&mut self, offer: Suggestion, desk: &mut Desk<'_>) -> Settled {
        self.menu = Menu::Auto;
        let chip = match offer.take {
            Take::Chip(chip) => chip,
            Take::Text(text) => {
                let field = self.form.field_mut();
                if field.slot.entry() == Entry::Units {
                    field.input.set("");
                    field.chips.push(Chip::Words(text));
                } else {
                    field.input.set(&text);
                }
                return Settled::Done;
            }
            Take::AskCommune(text) => {
                self.form.field_mut().input.set(&text);
                return Settled::Stays;
            }
            Take::NewVillage(village) => {
                let Some(id) = desk.ids.pop().map(PlaceId) else {
                    return Settled::Stays;
                };
                self.form.places.push((id, village.place()));
                Chip::Village(id)
            }
            Take::NewPerson(name) => {
                let Some(id) = desk.ids.pop().map(PersonId) else {
                    return Settled::Stays;
                };
                let unit = desk.around.profile.unit.clone();
                let post = String::new();
                self.form.people.push((id, Person { name, post, unit }));
                Chip::Person(id)
            }
        };
        self.put_chip(chip, desk);
        Settled::Done
    }

    fn put_chip(&mut self, chip: Chip, desk: &Desk<'_>) {
        let field = self.form.field_mut();
        let slot = field.slot;
        field.input.set("");
        if takes_one(slot.entry()) {
            field.chips.clear();
        }
        if !field.chips.contains(&chip) {
            field.chips.push(chip.clone());
        }
        if let (Chip::Person(id), None) = (&chip, self.form.lead) {
            self.form.lead = Some(*id);
        }
        if let (Slot::Concern, Chip::Code(code)) = (slot, &chip) {
            let item = self.form.item_mut();
            item.become_part(concern_part(code));
            item.confine(desk.around.profile.role);
        }
        fill::follow(self.form.item_mut(), slot, &desk.around);
        if slot == Slot::Place {
            fill::propose_cell(&mut self.form, &chip, &desk.around);
        }
    }
}
