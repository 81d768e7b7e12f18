//! What letters and steps do to the field in front.
//!
//! Owns typing and moving about. Chips, toggles and offers are `chips`'; never saves.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::chips::Settled;
use super::form::{Focus, Item, Step, takes_one};
use super::slot::{Entry, Part};
use super::{Capture, Desk, Grip, Menu, Outcome, Phase, fill};
use crate::app::input::{Edit, Input};
use crate::app::{Action, Scope};
use crate::i18n::messages::capture;
use crate::text::typing::Typing;

impl Capture {
    /// Does what a key of the keymap means in the form.
    pub fn act(&mut self, action: Action, desk: &mut Desk<'_>) -> Outcome {
        match self.phase {
            Phase::Saving(_) | Phase::Sending(_) => return Outcome::stay(),
            Phase::Discarding if action == Action::Discard => return self.discard(desk),
            Phase::Discarding | Phase::Typing => self.phase = Phase::Typing,
        }
        match action {
            Action::Accept => self.accept(desk),
            Action::NextField => self.step(Step::Next, desk),
            Action::PreviousField => self.step(Step::Previous, desk),
            Action::Up => self.vertical(Step::Previous, desk),
            Action::Down => self.vertical(Step::Next, desk),
            Action::AddActivity => self.add(Part::Activity, desk),
            Action::AddMeeting => self.add(Part::Meeting, desk),
            Action::AddConcern => self.add(Part::Concern, desk),
            Action::AddRow => self.add_row(desk),
            Action::RemovePart => return self.remove(desk),
            Action::Undo => return self.bring_back(desk),
            Action::LikeLast => {
                let effects = vec![crate::app::Effect::QueryLastVisit];
                return Outcome::new(effects, super::Next::Stay);
            }
            Action::Save => return self.save(super::Then::Leave, desk),
            Action::Send => return self.save(super::Then::Send, desk),
            Action::Back => return self.back(desk),
            Action::Discard => {
                self.phase = Phase::Discarding;
                return Outcome::stay()
                    .warning(capture::ask_discard(desk.key(Scope::Form, Action::Discard)));
            }
            _ => {}
        }
        Outcome::stay()
    }

    /// Types a key into the field in front.
    pub fn press(&mut self, key: &KeyEvent, desk: &mut Desk<'_>) {
        match self.phase {
            Phase::Saving(_) | Phase::Sending(_) => return,
            Phase::Discarding | Phase::Typing => self.phase = Phase::Typing,
        }
        self.cut = None;
        if self.chip_key(key, desk) {
            return;
        }
        let entry = self.form.field().slot.entry();
        let letter = is_letter(key);
        let rubs = matches!(key.code, KeyCode::Backspace | KeyCode::Delete);
        let held = std::mem::take(&mut self.grip);
        let field = self.form.field_mut();
        if held == Grip::Whole && (letter || rubs) && !field.input.text().is_empty() {
            clear(&mut field.input);
            if rubs {
                self.changed(desk);
                return;
            }
        }
        if letter && takes_one(entry) {
            field.chips.clear();
        }
        let typing = match entry {
            Entry::Day(_) | Entry::Count | Entry::Quantity | Entry::Money => Typing::Off,
            Entry::Choice(_)
            | Entry::Toggles(_)
            | Entry::Site
            | Entry::Sites
            | Entry::People
            | Entry::Units
            | Entry::Line(_)
            | Entry::Prose => desk.typing,
        };
        match field.input.key(key, typing) {
            Edit::Changed => {
                self.menu = Menu::Auto;
                self.changed(desk);
            }
            Edit::Ignored if letter && field.input.room() == 0 => {
                self.cut = Some(self.form.focus);
            }
            Edit::Moved | Edit::Ignored => {}
        }
    }

    /// Puts a burst of text into the field in front; a line end in it is never a command.
    pub fn paste(&mut self, text: &str, desk: &mut Desk<'_>) -> Outcome {
        match self.phase {
            Phase::Saving(_) | Phase::Sending(_) => return Outcome::stay(),
            Phase::Discarding | Phase::Typing => self.phase = Phase::Typing,
        }
        let focus = self.form.focus;
        let entry = self.form.field().slot.entry();
        if matches!(entry, Entry::Toggles(_)) {
            return Outcome::stay();
        }
        let held = std::mem::take(&mut self.grip);
        let field = self.form.field_mut();
        if held == Grip::Whole {
            clear(&mut field.input);
        }
        if takes_one(entry) {
            field.chips.clear();
        }
        let room = field.input.room();
        let text = match entry {
            Entry::Prose => text,
            Entry::Choice(_)
            | Entry::Toggles(_)
            | Entry::Site
            | Entry::Sites
            | Entry::People
            | Entry::Units
            | Entry::Day(_)
            | Entry::Count
            | Entry::Quantity
            | Entry::Money
            | Entry::Line(_) => text.trim_end_matches(['\r', '\n']),
        };
        let edit = field.input.paste(text);
        let cut = text.chars().nth(room).is_some() && field.input.room() == 0;
        if edit == Edit::Changed {
            self.menu = Menu::Auto;
            self.changed(desk);
        }
        if cut {
            self.cut = Some(focus);
            return Outcome::stay().warning(capture::paste_cut());
        }
        Outcome::stay()
    }

    /// Puts the cursor into a field that was clicked, counted over the whole form.
    pub fn click(&mut self, field: usize, desk: &mut Desk<'_>) {
        if self.settle(desk) == Settled::Stays {
            return;
        }
        let mut rest = field;
        for (item, fields) in self
            .form
            .items
            .iter()
            .map(|item| item.fields.len())
            .enumerate()
        {
            if rest < fields {
                self.go(Focus { item, field: rest }, desk);
                return;
            }
            rest -= fields;
        }
    }

    /// Takes the offer at a row of the list.
    pub fn click_offer(&mut self, row: usize, desk: &mut Desk<'_>) {
        if let Some(offer) = self.offers.get(row).cloned()
            && self.take(offer, desk) == Settled::Done
        {
            self.changed(desk);
        }
    }

    fn accept(&mut self, desk: &mut Desk<'_>) {
        if self.shows_offers() && self.chosen().is_some() {
            self.step(Step::Next, desk);
            return;
        }
        if self.form.field().slot.entry() == Entry::Prose {
            self.press(&KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE), desk);
            return;
        }
        self.step(Step::Next, desk);
    }

    /// ↑ and ↓ choose among offers, step through lines, or through fields.
    fn vertical(&mut self, step: Step, desk: &mut Desk<'_>) {
        let entry = self.form.field().slot.entry();
        let opens = matches!(entry, Entry::Choice(_)) && step == Step::Next;
        if !self.offers.is_empty() && (self.shows_offers() || opens) {
            let last = self.offers.len() - 1;
            let at = match (self.shows_offers().then(|| self.chosen()).flatten(), step) {
                (None, _) => 0,
                (Some(at), Step::Next) => {
                    if at == last {
                        0
                    } else {
                        at + 1
                    }
                }
                (Some(at), Step::Previous) => at.checked_sub(1).unwrap_or(last),
            };
            self.menu = Menu::Chosen(at);
            return;
        }
        if entry == Entry::Prose {
            let code = match step {
                Step::Next => KeyCode::Down,
                Step::Previous => KeyCode::Up,
            };
            let key = KeyEvent::new(code, KeyModifiers::NONE);
            if self.form.field_mut().input.key(&key, Typing::Off) == Edit::Moved {
                return;
            }
        }
        self.step(step, desk);
    }

    fn add(&mut self, part: Part, desk: &mut Desk<'_>) {
        if self.settle(desk) == Settled::Stays {
            return;
        }
        let section = part.section();
        let blank = |item: &Item| item.part.section() == section && item.is_blank();
        let at = match self.form.items.iter().position(blank) {
            Some(at) => at,
            None => self.form.add(fill::new_item(part, &desk.around)),
        };
        self.go(Focus { item: at, field: 0 }, desk);
    }

    fn add_row(&mut self, desk: &mut Desk<'_>) {
        let slot = self.form.field().slot;
        if slot.group().is_empty() || self.settle(desk) == Settled::Stays {
            return;
        }
        let item = self.form.focus.item;
        if let Some(field) = self.form.item_mut().add_row(slot) {
            self.go(Focus { item, field }, desk);
            self.changed(desk);
        }
    }

    /// Takes an item out of the form; it can be brought back while the form is open, and the save
    /// withdraws it where it was saved before.
    fn remove(&mut self, desk: &Desk<'_>) -> Outcome {
        let at = self.form.focus.item;
        if at == 0 {
            return Outcome::stay().warning(capture::part_stays());
        }
        let gone = self.form.items.remove(at);
        let key = desk.key(Scope::Form, Action::Undo);
        let text = match (gone.is_blank(), &gone.saved.itself) {
            (true, _) => None,
            (false, None) => Some(capture::part_removed(key)),
            (false, Some(_)) => Some(capture::saved_part_removed(key)),
        };
        if text.is_some() {
            self.removed.push(gone);
        }
        self.go(
            Focus {
                item: at - 1,
                field: 0,
            },
            desk,
        );
        self.changed(desk);
        match text {
            Some(text) => Outcome::stay().telling(text),
            None => Outcome::stay(),
        }
    }

    fn bring_back(&mut self, desk: &Desk<'_>) -> Outcome {
        let Some(item) = self.removed.pop() else {
            return Outcome::stay().warning(capture::nothing_removed());
        };
        let item = self.form.add(item);
        self.go(Focus { item, field: 0 }, desk);
        self.changed(desk);
        Outcome::stay()
    }
}

fn clear(input: &mut Input) {
    input.set("");
}

fn is_letter(key: &KeyEvent) -> bool {
    let chord = KeyModifiers::CONTROL | KeyModifiers::ALT;
    let held = key.modifiers & chord;
    matches!(key.code, KeyCode::Char(_)) && (held.is_empty() || held == chord)
}
