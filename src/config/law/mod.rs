//! Rules of law and calendars: `config/law/*.toml`, `config/law/calendar/*.toml`, and those of later layers.
//!
//! Owns how a rule and a day off are written in a file, and which files are compiled in. Refuses what
//! contradicts itself; what the rules lead to, `law` reckons.

mod days_off;
mod limits;
#[cfg(test)]
mod tests;
pub(super) mod words;

use std::collections::BTreeMap;

use super::{ConfigError, Problem, Source};
use crate::law::Law;
use crate::law::calendar::Calendar;
use crate::law::days_off::DaysOff;
use crate::law::rules::{Broken, Rules, Validity, unbroken};

/// The rules that are compiled in: file and text.
const RULES: [(&str, &str); 3] = [
    (
        "config/law/complaints.toml",
        include_str!("../../../config/law/complaints.toml"),
    ),
    (
        "config/law/denunciations.toml",
        include_str!("../../../config/law/denunciations.toml"),
    ),
    (
        "config/law/reception.toml",
        include_str!("../../../config/law/reception.toml"),
    ),
];

/// The calendars that are compiled in: file and text.
const CALENDARS: [(&str, &str); 2] = [
    (
        "config/law/calendar/2026.toml",
        include_str!("../../../config/law/calendar/2026.toml"),
    ),
    (
        "config/law/calendar/holidays.toml",
        include_str!("../../../config/law/calendar/holidays.toml"),
    ),
];

/// What the files of all layers so far say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LawFiles {
    laws: BTreeMap<String, LawNames>,
    rules: Rules,
    days_off: DaysOff,
}

/// A law's full names.
#[derive(Clone, Debug, PartialEq, Eq)]
struct LawNames {
    vi: String,
    en: String,
}

impl LawFiles {
    /// Gives what is compiled in.
    pub fn built_in() -> Self {
        let sources = |files: &[(&str, &str)]| -> Vec<Source> {
            let files = files.iter();
            files
                .map(|(path, text)| Source::built_in(path, text))
                .collect()
        };
        let files = Self::default().with(&sources(&RULES), &sources(&CALENDARS));
        files.expect("the compiled rules and calendars are well-formed")
    }

    /// Lays a layer over these: a rule's id, a holiday's id and a date that it names are its alone.
    pub fn with(mut self, rules: &[Source], calendars: &[Source]) -> Result<Self, ConfigError> {
        let read = limits::read(rules, &self.laws)?;
        self.laws.extend(read.laws);
        self.rules = self
            .rules
            .with(read.limits, read.withdrawals, read.receptions);
        let above = days_off::read(calendars, &self.days_off)?;
        self.days_off = self.days_off.with(above);
        Ok(self)
    }

    /// Works out what reckoning needs.
    pub fn law(&self) -> Law {
        Law {
            rules: self.rules.clone(),
            calendar: Calendar::new(&self.days_off),
        }
    }
}

/// A value with the place that errors about it name.
struct Placed<'a, T> {
    source: &'a Source,
    at: usize,
    value: T,
}

impl<T> Placed<'_, T> {
    fn error(&self, problem: Problem) -> ConfigError {
        self.source.error(self.at, problem)
    }
}

/// Checks the spans of everything that goes by one name.
fn spans_of<'a, T: 'a>(
    name: &str,
    all: impl Iterator<Item = &'a Placed<'a, T>>,
    validity: impl Fn(&T) -> Validity,
) -> Result<(), ConfigError> {
    let all: Vec<_> = all.collect();
    let spans: Vec<Validity> = all.iter().map(|placed| validity(&placed.value)).collect();
    let (at, problem) = match unbroken(&spans) {
        Ok(()) => return Ok(()),
        Err(Broken::Backwards(at)) => (at, Problem::Value("to".to_owned())),
        Err(Broken::Gap(at)) => (at, Problem::Gap(name.to_owned())),
        Err(Broken::Overlap(at)) => (at, Problem::Overlap(name.to_owned())),
    };
    let placed = all.get(at).expect("the check counts what it was given");
    Err(placed.error(problem))
}
