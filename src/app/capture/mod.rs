//! "Ghi chuyến": a visit written down, its typing kept, and what each key does to it.
//!
//! Owns the form from the first key to the save. Never draws, and never does what it asks for.

mod around;
mod chips;
mod draft;
mod exposed;
mod fill;
mod findings;
mod form;
mod keys;
mod look;
mod open;
mod place;
mod reading;
mod save;
mod slot;
mod suggest;
#[cfg(test)]
mod tests;

pub use around::Around;
pub use findings::{Note, Weight};
pub use form::{Chip, Field, Focus, Form, Item};
pub use slot::{Entry, Known, List, Part, Section, Slot};
pub use suggest::Suggestion;

use crate::app::on_disk::OnDisk;
use crate::app::{Action, Effect, Scope, Tone, TypingKey};
use crate::domain::{Dossier, Stamp, VisitId};
use crate::i18n::Text;
use crate::text::typing::Typing;
use form::Step;

/// What a key may use beside the form.
pub struct Desk<'a> {
    pub around: Around<'a>,
    /// Identifiers for what is named for the first time.
    pub ids: &'a mut Vec<[u8; 16]>,
    pub typing: Typing,
}

impl Desk<'_> {
    /// Gives the key of an action, as people read it.
    fn key(&self, scope: Scope, action: Action) -> String {
        let key = self.around.setup.keymap.key(&[scope], action);
        key.map_or_else(String::new, |key| key.label())
    }
}

/// The list of offers under the field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Menu {
    /// As the text says: offers for what is typed, nothing for an empty field.
    #[default]
    Auto,
    /// Opened by hand, with the offer that is chosen.
    Chosen(usize),
    Closed,
}

/// Whether the next letter replaces what stands in the field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grip {
    #[default]
    Text,
    /// The whole text, as after Tab.
    Whole,
}

/// What is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Typing,
    /// A discard was asked for once.
    Discarding,
    Saving(Then),
    Sending(VisitId),
}

/// What comes after the save.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    Leave,
    Send,
}

/// Which sentences are said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// What is wrong, as it is typed.
    AsTyped,
    /// What is missing too: somebody wanted to send.
    All,
}

/// What the program does after a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    Stay,
    /// Back to where the form was opened from; the typing is kept.
    Leave,
    /// Back; there is nothing more to keep.
    Close,
    /// Back; what was typed can still be called back.
    Discard,
}

/// What a key led to.
pub struct Outcome {
    pub effects: Vec<Effect>,
    pub next: Next,
    /// A sentence for the status line.
    pub say: Option<(Tone, Text)>,
}

impl Outcome {
    fn stay() -> Self {
        Self::new(Vec::new(), Next::Stay)
    }

    fn new(effects: Vec<Effect>, next: Next) -> Self {
        Self {
            effects,
            next,
            say: None,
        }
    }

    fn telling(mut self, text: Text) -> Self {
        self.say = Some((Tone::Done, text));
        self
    }

    fn warning(mut self, text: Text) -> Self {
        self.say = Some((Tone::Problem, text));
        self
    }
}

/// The form of a visit in front of a person.
pub struct Capture {
    pub key: TypingKey,
    pub form: Form,
    pub menu: Menu,
    /// What the focused field offers.
    pub offers: Vec<Suggestion>,
    /// What there is to say, in the order of the form.
    pub notes: Vec<Note>,
    pub told: Told,
    pub grip: Grip,
    /// The toggle, or the chip, that the keys ← → are at in the focused field.
    pub at: usize,
    /// When the typing last reached the disk.
    pub kept_at: Option<Stamp>,
    pub phase: Phase,
    /// The field that had no room for all of a paste.
    pub cut: Option<Focus>,
    /// Fields with a citizen's name that a save has asked about.
    asked_about: Vec<Focus>,
    disk: OnDisk,
    look: look::Look,
    removed: Vec<Item>,
}

impl Capture {
    /// Opens an empty form; `None` while there is no identifier to keep it under.
    pub fn new(desk: &mut Desk<'_>) -> Option<Self> {
        let key = TypingKey(desk.ids.pop()?);
        let form = fill::new_visit(&desk.around);
        Some(Self::with(key, form, OnDisk::unchanged(), desk))
    }

    /// Opens a saved visit.
    pub fn amend(visit: VisitId, dossier: &Dossier, desk: &Desk<'_>) -> Self {
        let form = open::open(dossier, &desk.around);
        Self::with(TypingKey(visit.0), form, OnDisk::unchanged(), desk)
    }

    /// Opens typing that was kept, as it was; `None` where the bytes are no typing.
    pub fn restore(key: TypingKey, at: Stamp, bytes: &[u8], desk: &Desk<'_>) -> Option<Self> {
        let today = desk.around.today();
        let mut form = draft::from_bytes(bytes, today)?;
        fill::dates_of_the_day(&mut form, today);
        let mut capture = Self::with(key, form, OnDisk::restored(), desk);
        capture.kept_at = Some(at);
        capture.grip = Grip::Text;
        Some(capture)
    }

    fn with(key: TypingKey, mut form: Form, disk: OnDisk, desk: &Desk<'_>) -> Self {
        for item in &mut form.items {
            item.confine(desk.around.profile.role);
        }
        let mut capture = Self {
            key,
            form,
            menu: Menu::Auto,
            offers: Vec::new(),
            notes: Vec::new(),
            told: Told::AsTyped,
            grip: Grip::Text,
            at: 0,
            kept_at: None,
            phase: Phase::Typing,
            cut: None,
            asked_about: Vec::new(),
            disk,
            look: look::Look::at_once(),
            removed: Vec::new(),
        };
        capture.refresh(desk);
        capture
    }

    /// Gives the offer that Enter takes.
    pub fn chosen(&self) -> Option<usize> {
        let last = self.offers.len().checked_sub(1)?;
        match self.menu {
            Menu::Closed => None,
            Menu::Chosen(at) => Some(at.min(last)),
            Menu::Auto => {
                let typed = !self.form.field().input.is_blank();
                (typed && takes_first(self.form.field().slot.entry())).then_some(0)
            }
        }
    }

    /// Returns whether the offers are on the screen.
    pub fn shows_offers(&self) -> bool {
        match self.menu {
            Menu::Closed => false,
            Menu::Chosen(_) => !self.offers.is_empty(),
            Menu::Auto => !self.offers.is_empty() && !self.form.field().input.is_blank(),
        }
    }

    /// Gives the sentence to show beside a field: what is wrong at once, what is missing once
    /// somebody wanted to send, or when the field that makes an item was left empty.
    pub fn note(&self, focus: Focus) -> Option<&Note> {
        let note = self.notes.iter().find(|note| note.focus == focus)?;
        let shown = match note.weight {
            Weight::Unread => focus != self.form.focus || !self.shows_offers(),
            Weight::Wrong | Weight::Exposed => true,
            Weight::Missing => {
                let field = self.form.items.get(focus.item);
                let field = field.and_then(|item| item.fields.get(focus.field));
                let makes = field.is_some_and(|field| {
                    matches!(field.slot, Slot::Category | Slot::Meeting | Slot::Concern)
                });
                self.told == Told::All || (makes && focus != self.form.focus)
            }
        };
        shown.then_some(note)
    }

    /// Puts typing on disk where it is behind and enough time has passed.
    pub fn tick(&mut self, now: Stamp) -> Vec<Effect> {
        match self.phase {
            Phase::Typing | Phase::Discarding => {}
            Phase::Saving(_) | Phase::Sending(_) => return Vec::new(),
        }
        if !self.disk.is_due(now) {
            return Vec::new();
        }
        let effect = self.keep();
        self.disk.put_at(now);
        vec![effect]
    }

    /// Gives the bytes of the typing.
    pub fn bytes(&self) -> Vec<u8> {
        draft::to_bytes(&self.form)
    }

    fn keep(&mut self) -> Effect {
        self.disk.put();
        Effect::KeepTyping {
            key: self.key,
            bytes: self.bytes(),
        }
    }

    /// Puts on disk what is not there yet, before the logbook closes.
    pub fn put_down(&mut self) -> Vec<Effect> {
        match self.phase {
            Phase::Typing | Phase::Discarding if self.disk.is_behind() => vec![self.keep()],
            Phase::Typing | Phase::Discarding | Phase::Saving(_) | Phase::Sending(_) => Vec::new(),
        }
    }

    /// Looks anew at what is offered and what is to be said; the language or the names may have
    /// changed since.
    pub fn refresh(&mut self, desk: &Desk<'_>) {
        self.offers = suggest::suggestions(&self.form, &desk.around);
        self.notes = reading::read(&self.form, &desk.around).notes;
    }

    fn changed(&mut self, desk: &Desk<'_>) {
        self.disk.changed();
        self.asked_about.clear();
        self.look.typed(desk.around.now);
        self.form.day = desk.around.today();
        self.refresh(desk);
    }

    /// Fills in from the last visit.
    pub fn like(&mut self, last: Option<&Dossier>, desk: &Desk<'_>) -> Option<Text> {
        let Some(last) = last else {
            return Some(crate::i18n::messages::capture::no_last_visit());
        };
        fill::like(&mut self.form, last, &desk.around);
        self.changed(desk);
        None
    }

    fn go(&mut self, focus: Focus, desk: &Desk<'_>) {
        self.form.focus = focus;
        self.menu = Menu::Auto;
        self.at = match self.form.field().slot.entry() {
            Entry::Toggles(_) => 0,
            _ => self.form.field().chips.len(),
        };
        let replaced = self.form.field().slot.entry().is_replaced();
        self.grip = if replaced { Grip::Whole } else { Grip::Text };
        self.refresh(desk);
    }

    fn step(&mut self, step: Step, desk: &mut Desk<'_>) {
        if self.settle(desk) == chips::Settled::Stays {
            return;
        }
        let to = self.form.beside(step);
        self.go(to, desk);
    }
}

/// Returns whether Tab takes the first offer; free words stay as they were typed.
fn takes_first(entry: Entry) -> bool {
    match entry {
        Entry::Choice(_) | Entry::Site | Entry::Sites | Entry::People => true,
        Entry::Toggles(_)
        | Entry::Units
        | Entry::Day(_)
        | Entry::Count
        | Entry::Quantity
        | Entry::Money
        | Entry::Line(_)
        | Entry::Prose => false,
    }
}
