//! Whether what is typed may repeat a saved visit: asked quietly, a little after the last key.
//!
//! Owns when the question is asked. Never stops anybody.

use super::{Capture, Desk, reading};
use crate::app::Effect;
use crate::domain::{Gist, Stamp, VisitRow};

/// The question waits for this long after a key, in milliseconds.
const QUIET: i64 = 350;

/// What was asked and found.
#[derive(Default)]
pub(super) struct Look {
    /// Since when a key has not been followed up.
    due: Option<Stamp>,
    asked: Option<Gist>,
    number: u64,
    found: Vec<VisitRow>,
}

impl Look {
    /// A look at what has just been opened.
    pub(super) fn at_once() -> Self {
        Self {
            due: Some(Stamp(0)),
            ..Self::default()
        }
    }

    pub(super) fn typed(&mut self, now: Stamp) {
        self.due = Some(now);
    }
}

impl Capture {
    /// Asks whether there is a visit like this one, where something that matters has changed.
    pub fn look(&mut self, desk: &Desk<'_>) -> Option<Effect> {
        let now = desk.around.now;
        self.look
            .due
            .take_if(|due| now.0.saturating_sub(due.0) >= QUIET)?;
        let gist = Gist::of(&reading::read(&self.form, &desk.around).dossier);
        if self.look.asked.as_ref() == Some(&gist) {
            return None;
        }
        self.look.asked = Some(gist.clone());
        self.look.number += 1;
        self.look.found.clear();
        gist.is_enough().then(|| Effect::QueryAlike {
            key: self.key,
            number: self.look.number,
            visit: self.form.visit_id(),
            gist: Box::new(gist),
        })
    }

    /// Takes the answer in; one that was overtaken is dropped.
    pub fn looked(&mut self, number: u64, found: Vec<VisitRow>) {
        if number == self.look.number {
            self.look.found = found;
        }
    }

    /// Gives the visits that this one may repeat, the likeliest first.
    pub fn alike(&self) -> &[VisitRow] {
        &self.look.found
    }
}
