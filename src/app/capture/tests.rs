//! Key scripts on the form.

use std::sync::OnceLock;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::*;
use crate::app::{Action, Keymap, SaveVisit, Setup};
use crate::config::catalogue::Catalogue;
use crate::config::units::Communes;
use crate::domain::{Names, PersonId, PlaceId, Profile, Role, Site, VisitId};
use crate::i18n::Language;

mod amending;
mod bytes;
mod cells;
mod exposed;
mod past;
mod roles;
mod scripts;

/// 23 November 2026, 08:14 in Hanoi.
pub(super) const NOW: Stamp = Stamp(1_795_396_440_000);
pub(super) const ME: PersonId = PersonId([9; 16]);

/// A person at the form: what they know, and how many keys they pressed.
pub(super) struct Officer {
    pub(super) names: Names,
    pub(super) profile: Profile,
    pub(super) ids: Vec<[u8; 16]>,
    pub(super) now: Stamp,
    pub(super) language: Language,
    pub(super) keys: usize,
    pub(super) effects: Vec<Effect>,
    pub(super) next: Next,
    pub(super) said: Option<Text>,
}

pub(super) fn setup() -> &'static Setup {
    static SETUP: OnceLock<Setup> = OnceLock::new();
    SETUP.get_or_init(|| {
        Setup::new(
            Catalogue::built_in(),
            Communes::built_in(),
            Keymap::built_in(),
        )
        .with_cells(cells::settings())
    })
}

impl Officer {
    pub(super) fn new(unit: &str) -> Self {
        Self {
            names: Names::default(),
            profile: Profile {
                name: "Hoàng Thị Bế".to_owned(),
                post: "Thiếu tá".to_owned(),
                unit: unit.to_owned(),
                role: Role::Police,
            },
            ids: (1..=40).rev().map(|n| [n; 16]).collect(),
            now: NOW,
            language: Language::Vi,
            keys: 0,
            effects: Vec::new(),
            next: Next::Stay,
            said: None,
        }
    }

    pub(super) fn desk(&mut self) -> Desk<'_> {
        Desk {
            around: Around {
                now: self.now,
                me: ME,
                profile: &self.profile,
                names: &self.names,
                setup: setup(),
                speech: setup().speech(self.language),
            },
            ids: &mut self.ids,
            typing: Typing::Off,
        }
    }

    /// Opens an empty form.
    pub(super) fn starts(&mut self) -> Capture {
        self.keys += 1;
        Capture::new(&mut self.desk()).expect("there are identifiers")
    }

    /// Types words; each letter is a key.
    pub(super) fn types(&mut self, capture: &mut Capture, words: &str) {
        for c in words.chars() {
            self.keys += 1;
            let key = KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE);
            capture.press(&key, &mut self.desk());
        }
    }

    pub(super) fn presses(&mut self, capture: &mut Capture, code: KeyCode) {
        self.keys += 1;
        let key = KeyEvent::new(code, KeyModifiers::NONE);
        capture.press(&key, &mut self.desk());
    }

    pub(super) fn does(&mut self, capture: &mut Capture, actions: &[Action]) {
        for action in actions {
            self.keys += 1;
            let outcome = capture.act(*action, &mut self.desk());
            self.effects.extend(outcome.effects);
            self.next = outcome.next;
            self.said = outcome.say.map(|(_, text)| text);
        }
    }

    /// Types words and goes on with Tab.
    pub(super) fn fills(&mut self, capture: &mut Capture, words: &[&str]) {
        for word in words {
            self.types(capture, word);
            self.does(capture, &[Action::NextField]);
        }
    }

    /// Gives what the last save would write.
    pub(super) fn saved(&mut self) -> Box<SaveVisit> {
        let mut saves = self.effects.drain(..).filter_map(|effect| match effect {
            Effect::Save(save) => Some(save),
            _ => None,
        });
        saves.next_back().expect("something is saved")
    }
}

/// Puts the cursor into a field of the item in front.
pub(super) fn goes_to(officer: &mut Officer, capture: &mut Capture, slot: Slot) {
    let item = capture.form.focus.item;
    let before: usize = capture.form.items[..item]
        .iter()
        .map(|i| i.fields.len())
        .sum();
    let fields = &capture.form.item().fields;
    let at = fields
        .iter()
        .position(|f| f.slot == slot)
        .expect("the part has the field");
    capture.click(before + at, &mut officer.desk());
}

pub(super) fn says(capture: &Capture, slot: Slot) -> Option<&'static str> {
    let focus = capture
        .form
        .items
        .iter()
        .enumerate()
        .find_map(|(item, it)| {
            let field = it.fields.iter().position(|f| f.slot == slot)?;
            Some(Focus { item, field })
        });
    capture.note(focus?).map(|note| note.text.id())
}

pub(super) fn village_of(save: &SaveVisit) -> Option<&crate::domain::Place> {
    match save.dossier.visit.value.site {
        Some(Site::Village(PlaceId(id))) => {
            let mut places = save.places.iter();
            places
                .find(|(known, _)| known.0 == id)
                .map(|(_, place)| place)
        }
        Some(Site::Commune(_) | Site::Former(_) | Site::Text(_)) | None => None,
    }
}

pub(super) const VISIT: VisitId = VisitId([200; 16]);
