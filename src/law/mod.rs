//! Rules of law and calendar as pure functions: due dates with their arithmetic, working days, lunar dates.
//!
//! Never reads a clock or a file; the rules and days off are data that `config` reads.

pub mod calendar;
pub mod days_off;
pub mod deadline;
pub mod duties;
pub mod lunar;
pub mod pressing;
pub mod rules;
#[cfg(test)]
mod tests;

use calendar::Calendar;
use deadline::{Deadlines, Facts, Refused};
use pressing::Targets;
use rules::Rules;

/// Rules and calendar, as this machine's configuration has them.
#[derive(Clone, Debug)]
pub struct Law {
    pub rules: Rules,
    pub calendar: Calendar,
}

impl Law {
    /// Returns a digest of everything that a date depends on: rules, days off, and targets of our own.
    pub fn digest(&self, targets: Targets) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"bacung dates v1\0");
        hasher.update(format!("{:?}", self.rules).as_bytes());
        hasher.update(format!("{:?}", self.calendar).as_bytes());
        hasher.update(format!("{targets:?}").as_bytes());
        hasher.finalize().into()
    }

    /// Reckons the due date of every step whose start is known.
    pub fn deadlines(&self, facts: &Facts) -> Result<Deadlines<'_>, Refused> {
        deadline::deadlines(facts, &self.rules, &self.calendar)
    }
}
