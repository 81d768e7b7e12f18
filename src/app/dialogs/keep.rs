//! The passphrase before compacting, and long work with its number and its way out.

use crate::app::input::SecretInput;
use crate::app::screens::Shown;
use crate::app::{Action, Effect};
use crate::i18n::Text;

/// Asks for the passphrase that the new keys are sealed with.
#[derive(Default)]
pub struct CompactAsk {
    pub passphrase: SecretInput,
    pub shown: Shown,
    pub problem: Option<Text>,
}

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    BackUp,
    Compact,
    Sync,
}

/// Long work: nothing else can be done on the screen until it ends or is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    pub job: Job,
    pub done: u64,
    /// 0 until it is known.
    pub total: u64,
    pub stop: Stop,
}

/// Whether the work was asked to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    NotAsked,
    Asked,
}

impl Work {
    pub(in crate::app) fn new(job: Job) -> Self {
        Self {
            job,
            done: 0,
            total: 0,
            stop: Stop::NotAsked,
        }
    }

    /// Asks the work to stop, once.
    pub(in crate::app) fn cancel(&mut self) -> Vec<Effect> {
        match self.stop {
            Stop::Asked => Vec::new(),
            Stop::NotAsked => {
                self.stop = Stop::Asked;
                vec![Effect::StopWork]
            }
        }
    }
}

impl CompactAsk {
    /// Does an action; returns the work that takes the question's place.
    pub(in crate::app) fn act(&mut self, action: Action) -> Option<(Work, Effect)> {
        if action == Action::Reveal {
            self.shown = self.shown.other();
        }
        if action != Action::Accept || self.passphrase.is_empty() {
            return None;
        }
        let effect = Effect::Compact(self.passphrase.take());
        Some((Work::new(Job::Compact), effect))
    }
}
