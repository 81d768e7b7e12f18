//! The lock: a passphrase, and why the logbook is closed.

use super::Shown;
use crate::app::input::SecretInput;
use crate::app::{Effect, LockReason};

/// What became of the last passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    None,
    Working,
    Wrong,
}

/// The lock.
pub struct Unlock {
    pub reason: LockReason,
    pub passphrase: SecretInput,
    pub shown: Shown,
    pub attempt: Attempt,
}

impl Unlock {
    pub(in crate::app) fn new(reason: LockReason) -> Self {
        Self {
            reason,
            passphrase: SecretInput::default(),
            shown: Shown::Hidden,
            attempt: Attempt::None,
        }
    }

    pub(in crate::app) fn accept(&mut self) -> Vec<Effect> {
        if self.passphrase.is_empty() || self.attempt == Attempt::Working {
            return Vec::new();
        }
        self.attempt = Attempt::Working;
        self.shown = Shown::Hidden;
        vec![Effect::Unlock(self.passphrase.take())]
    }
}
