//! Rules of law and calendar as pure functions: due dates with their arithmetic, working days, lunar dates.
//!
//! Never reads a clock or a file; the rules and days off are data that `config` reads.

pub mod calendar;
pub mod days_off;
pub mod deadline;
pub mod lunar;
pub mod rules;
#[cfg(test)]
mod tests;

use calendar::Calendar;
use deadline::{Deadlines, Facts, Refused};
use rules::Rules;

/// Rules and calendar, as this machine's configuration has them.
#[derive(Clone, Debug)]
pub struct Law {
    pub rules: Rules,
    pub calendar: Calendar,
}

impl Law {
    /// Reckons the due date of every step whose start is known.
    pub fn deadlines(&self, facts: &Facts) -> Result<Deadlines<'_>, Refused> {
        deadline::deadlines(facts, &self.rules, &self.calendar)
    }
}
