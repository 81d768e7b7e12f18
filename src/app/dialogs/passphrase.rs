//! Changing the passphrase: the old one, the new one twice.

use crate::app::input::SecretInput;
use crate::app::screens::Shown;
use crate::app::{Action, Effect};
use crate::i18n::Text;
use crate::i18n::messages::first_run;
use crate::text::clean;
use crate::text::strength::SHORTEST;

/// The three fields.
#[derive(Default)]
pub struct PassphraseChange {
    pub old: SecretInput,
    pub new: SecretInput,
    pub again: SecretInput,
    pub field: usize,
    pub shown: Shown,
    pub problem: Option<Text>,
    /// Whether the keys are being sealed anew.
    pub working: Working,
}

/// Whether an answer is waited for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Working {
    #[default]
    No,
    Yes,
}

impl PassphraseChange {
    pub(in crate::app) fn input(&mut self) -> &mut SecretInput {
        match self.field {
            0 => &mut self.old,
            1 => &mut self.new,
            _ => &mut self.again,
        }
    }

    /// Does an action; the ones that a passphrase has no use for do nothing.
    pub(in crate::app) fn act(&mut self, action: Action) -> Vec<Effect> {
        let forward = [Action::NextField, Action::Down];
        let backward = [Action::PreviousField, Action::Up];
        if action == Action::Accept {
            return self.accept();
        } else if action == Action::Reveal {
            self.shown = self.shown.other();
        } else if forward.contains(&action) {
            self.field = (self.field + 1) % 3;
        } else if backward.contains(&action) {
            self.field = (self.field + 2) % 3;
        }
        Vec::new()
    }

    fn accept(&mut self) -> Vec<Effect> {
        self.problem = None;
        if self.working == Working::Yes {
            return Vec::new();
        }
        if self.field < 2 {
            self.field += 1;
            return Vec::new();
        }
        if clean::nfc(self.new.expose()).chars().count() < SHORTEST {
            self.field = 1;
            self.problem = Some(first_run::passphrase_short(SHORTEST));
            return Vec::new();
        }
        if clean::nfc(self.new.expose()) != clean::nfc(self.again.expose()) {
            self.again = SecretInput::default();
            self.problem = Some(first_run::passphrase_differs());
            return Vec::new();
        }
        self.working = Working::Yes;
        self.again = SecretInput::default();
        vec![Effect::ChangePassphrase {
            old: self.old.take(),
            new: self.new.take(),
        }]
    }

    pub(in crate::app) fn refused(&mut self, problem: Text) {
        *self = Self {
            problem: Some(problem),
            ..Self::default()
        };
    }
}
