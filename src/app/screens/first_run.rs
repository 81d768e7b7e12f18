//! The first run: who keeps the logbook, under which passphrase, and the recovery secret on paper.

use super::Shown;
use crate::app::input::{Input, SecretInput};
use crate::app::{Action, Effect, NewLogbook, Secret, Setup, Unlocked};
use crate::domain::{Profile, Role};
use crate::i18n::Text;
use crate::i18n::messages::first_run;
use crate::text::clean;
use crate::text::strength::SHORTEST;

/// A page of the first run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Language,
    Person,
    Role,
    Passphrase,
    /// Keys and file are being made.
    Making,
    /// The recovery secret is shown, once.
    Recovery,
    /// Its end is typed back from the paper.
    Repeat,
}

/// Characters of the recovery secret that are typed back.
pub const TAIL: usize = 6;

/// Units offered at once.
const UNITS: usize = 5;

/// The answers so far.
pub struct FirstRun {
    pub step: Step,
    pub name: Input,
    pub post: Input,
    pub unit: Input,
    /// The field of the page that is typed in.
    pub field: usize,
    /// The unit that the cursor is on among those offered.
    pub offer: Option<usize>,
    pub role: usize,
    pub first: SecretInput,
    pub again: SecretInput,
    pub shown: Shown,
    /// What keeps the page from going on.
    pub problem: Option<Text>,
    pub recovery: Option<Secret>,
    pub repeat: SecretInput,
    opened: Option<Box<Unlocked>>,
}

impl Default for FirstRun {
    fn default() -> Self {
        Self {
            step: Step::Language,
            name: Input::line(),
            post: Input::line(),
            unit: Input::line(),
            field: 0,
            offer: None,
            role: 0,
            first: SecretInput::default(),
            again: SecretInput::default(),
            shown: Shown::Hidden,
            problem: None,
            recovery: None,
            repeat: SecretInput::default(),
            opened: None,
        }
    }
}

/// What a page leads to.
pub(in crate::app) enum Next {
    Stay(Vec<Effect>),
    /// The secret is on paper and the logbook is open.
    Open(Box<Unlocked>),
}

impl FirstRun {
    /// Tells whether the page has a secret that can be shown.
    pub fn has_secret(&self) -> bool {
        self.step == Step::Passphrase
    }

    /// Gives the fields of the page.
    pub fn fields(&self) -> usize {
        match self.step {
            Step::Person => 3,
            Step::Passphrase => 2,
            Step::Repeat => 1,
            Step::Language | Step::Role | Step::Making | Step::Recovery => 0,
        }
    }

    /// Gives the units that fit what is typed.
    pub fn units(&self, setup: &Setup) -> Vec<String> {
        if self.step != Step::Person || self.field != 2 {
            return Vec::new();
        }
        let mut units = setup.units(self.unit.text(), UNITS);
        units.retain(|unit| unit != self.unit.text());
        units
    }

    /// Gives the text field that is typed in.
    pub(in crate::app) fn input(&mut self) -> Option<&mut Input> {
        match (self.step, self.field) {
            (Step::Person, 0) => Some(&mut self.name),
            (Step::Person, 1) => Some(&mut self.post),
            (Step::Person, _) => Some(&mut self.unit),
            (
                Step::Language
                | Step::Role
                | Step::Passphrase
                | Step::Making
                | Step::Recovery
                | Step::Repeat,
                _,
            ) => None,
        }
    }

    /// Gives the secret field that is typed in.
    pub(in crate::app) fn secret(&mut self) -> Option<&mut SecretInput> {
        match (self.step, self.field) {
            (Step::Passphrase, 0) => Some(&mut self.first),
            (Step::Passphrase, _) => Some(&mut self.again),
            (Step::Repeat, _) => Some(&mut self.repeat),
            (Step::Language | Step::Person | Step::Role | Step::Making | Step::Recovery, _) => None,
        }
    }

    /// Does an action; the ones that the page has no use for do nothing.
    pub(in crate::app) fn act(&mut self, action: Action, setup: &Setup) -> Next {
        if action == Action::Accept {
            return self.accept(setup);
        } else if action == Action::Up {
            self.go_offer(-1, setup);
        } else if action == Action::Down {
            self.go_offer(1, setup);
        } else if action == Action::NextField {
            self.go_field(1);
        } else if action == Action::PreviousField {
            self.go_field(-1);
        } else if action == Action::Cancel {
            self.back();
        } else if action == Action::Reveal {
            self.shown = self.shown.other();
        }
        Next::Stay(Vec::new())
    }

    /// Goes to a field of the page, round its end.
    fn go_field(&mut self, forward: isize) {
        let fields = self.fields().max(1) as isize;
        self.field = (self.field as isize + forward).rem_euclid(fields) as usize;
        self.offer = None;
    }

    /// Goes up or down among what the page offers.
    fn go_offer(&mut self, down: isize, setup: &Setup) {
        match self.step {
            Step::Role => {
                let last = Role::ALL.len() as isize - 1;
                self.role = (self.role as isize + down).clamp(0, last) as usize;
            }
            Step::Person if self.field == 2 && !self.units(setup).is_empty() => {
                let last = self.units(setup).len() as isize - 1;
                let at = self.offer.map_or(-1, |at| at as isize) + down;
                match at {
                    ..-1 => self.go_field(-1),
                    -1 if self.offer.is_none() => self.go_field(-1),
                    -1 => self.offer = None,
                    at => self.offer = Some(at.min(last) as usize),
                }
            }
            Step::Person | Step::Passphrase => self.go_field(down),
            Step::Language | Step::Making | Step::Recovery | Step::Repeat => {}
        }
    }

    /// Goes back a page; once the logbook is made there is no way back.
    fn back(&mut self) {
        self.field = 0;
        self.offer = None;
        self.problem = None;
        self.step = match self.step {
            Step::Language | Step::Person => Step::Language,
            Step::Role => Step::Person,
            Step::Passphrase => Step::Role,
            Step::Making => Step::Making,
            Step::Recovery | Step::Repeat => Step::Recovery,
        };
    }

    /// Takes the page as answered, or the field where another follows.
    fn accept(&mut self, setup: &Setup) -> Next {
        self.problem = None;
        match self.step {
            Step::Language => self.turn(Step::Person),
            Step::Person => self.accept_person(setup),
            Step::Role => self.turn(Step::Passphrase),
            Step::Passphrase if self.field == 0 => self.field = 1,
            Step::Passphrase => return Next::Stay(self.make()),
            Step::Making => {}
            Step::Recovery => self.turn(Step::Repeat),
            Step::Repeat => return self.repeated(),
        }
        Next::Stay(Vec::new())
    }

    fn turn(&mut self, step: Step) {
        self.step = step;
        self.field = 0;
        self.offer = None;
    }

    fn accept_person(&mut self, setup: &Setup) {
        if let Some(unit) = self
            .offer
            .and_then(|at| self.units(setup).into_iter().nth(at))
        {
            self.unit.set(&unit);
            self.offer = None;
            return;
        }
        if self.field == 0 && self.name.is_blank() {
            self.problem = Some(first_run::name_missing());
        } else if self.field < 2 {
            self.field += 1;
        } else if self.name.is_blank() {
            self.field = 0;
            self.problem = Some(first_run::name_missing());
        } else if self.unit.is_blank() {
            self.problem = Some(first_run::unit_missing());
        } else {
            self.turn(Step::Role);
        }
    }

    fn make(&mut self) -> Vec<Effect> {
        if clean::nfc(self.first.expose()).chars().count() < SHORTEST {
            self.field = 0;
            self.problem = Some(first_run::passphrase_short(SHORTEST));
            return Vec::new();
        }
        if clean::nfc(self.first.expose()) != clean::nfc(self.again.expose()) {
            self.again = SecretInput::default();
            self.problem = Some(first_run::passphrase_differs());
            return Vec::new();
        }
        self.again = SecretInput::default();
        self.shown = Shown::Hidden;
        self.turn(Step::Making);
        let profile = Profile {
            name: self.name.text().trim().to_owned(),
            post: self.post.text().trim().to_owned(),
            unit: self.unit.text().trim().to_owned(),
            role: Role::ALL.get(self.role).copied().unwrap_or(Role::Officer),
        };
        let passphrase = self.first.take();
        vec![Effect::Create(Box::new(NewLogbook {
            profile,
            passphrase,
        }))]
    }

    /// Goes back to the passphrase: the logbook could not be made.
    pub(in crate::app) fn refused(&mut self, problem: Text) {
        if self.step == Step::Making {
            self.turn(Step::Passphrase);
        }
        self.problem = Some(problem);
    }

    pub(in crate::app) fn created(&mut self, recovery: Secret) {
        self.recovery = Some(recovery);
        self.turn(Step::Recovery);
    }

    /// Keeps the open logbook until the secret was typed back; it may have been already.
    pub(in crate::app) fn opened(&mut self, unlocked: Box<Unlocked>) -> Next {
        if self.step == Step::Repeat && self.is_repeated() {
            return Next::Open(unlocked);
        }
        self.opened = Some(unlocked);
        Next::Stay(Vec::new())
    }

    fn is_repeated(&self) -> bool {
        let recovery = self.recovery.as_ref().map_or("", Secret::expose);
        let same = tail(recovery).eq_ignore_ascii_case(&tail(self.repeat.expose()));
        same && !self.repeat.is_empty()
    }

    fn repeated(&mut self) -> Next {
        if !self.is_repeated() {
            self.repeat = SecretInput::default();
            self.problem = Some(first_run::repeat_wrong());
            return Next::Stay(Vec::new());
        }
        match self.opened.take() {
            Some(unlocked) => Next::Open(unlocked),
            None => Next::Stay(Vec::new()),
        }
    }
}

/// The last letters and digits of a secret.
fn tail(secret: &str) -> zeroize::Zeroizing<String> {
    let mut kept: Vec<char> = secret.chars().filter(char::is_ascii_alphanumeric).collect();
    let tail = kept.split_off(kept.len().saturating_sub(TAIL));
    zeroize::Zeroizing::new(tail.into_iter().collect())
}
