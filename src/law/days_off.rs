//! Public holidays and the days that a calendar file names, as data.
//!
//! Owns their shape. Which days are off in the end, `calendar` works out.

use super::lunar::{self, Lunar, Month};
use super::rules::Validity;
use crate::domain::Day;

/// A name in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub vi: String,
    pub en: String,
}

/// The calendar that a holiday's date is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dating {
    Solar,
    /// Vietnam's lunar calendar.
    Lunar,
}

/// A holiday of every year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    pub id: String,
    pub name: Name,
    pub dating: Dating,
    pub month: u8,
    pub day: u8,
    /// On which day it begins, counted from its date.
    pub first: i8,
    pub days: u8,
    pub validity: Validity,
    /// Where it was read.
    pub source: String,
}

impl Holiday {
    /// Gives its days in a year, as the law's words alone have them.
    pub fn days_in(&self, year: i32) -> Vec<Day> {
        let date = match self.dating {
            Dating::Solar => Day::from_ymd_opt(year, self.month.into(), self.day.into()),
            Dating::Lunar => lunar::day(Lunar {
                year,
                month: Month::Plain(self.month),
                day: self.day,
            }),
        };
        let Some(date) = date.filter(|date| self.validity.holds(*date)) else {
            return Vec::new();
        };
        let offsets = (0..i64::from(self.days)).map(|at| i64::from(self.first) + at);
        offsets
            .filter_map(|at| date.checked_add_signed(chrono::TimeDelta::days(at)))
            .collect()
    }
}

/// What a calendar file says of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    Holiday,
    /// Off for a holiday that fell on a weekly rest day.
    MakeUpOff,
    /// A working day given for a rest day worked.
    SwappedOff,
    /// A rest day worked: it counts as a working day.
    SwappedWork,
    /// As if no file named it.
    AsUsual,
}

/// How sure a day of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// A publication was read.
    Sourced,
    High,
    Medium,
    Low,
}

impl Confidence {
    /// Tells whether a date that rests on it deserves a warning.
    pub fn is_doubtful(self) -> bool {
        match self {
            Self::Sourced | Self::High => false,
            Self::Medium | Self::Low => true,
        }
    }
}

/// A day that a calendar file names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedDay {
    pub date: Day,
    pub kind: DayKind,
    /// The holiday whose days of that year it takes the place of.
    pub of: Option<String>,
    /// The name of a holiday that is not one of every year.
    pub name: Option<Name>,
    pub confidence: Confidence,
    /// Where it was read.
    pub source: String,
}

/// A year whose official days off are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    pub year: i32,
    /// Where they were read.
    pub source: String,
}

/// Every holiday and named day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DaysOff {
    pub holidays: Vec<Holiday>,
    pub named: Vec<NamedDay>,
    pub schedules: Vec<Schedule>,
}

impl DaysOff {
    /// Lays others over these: a holiday's id and a date that they name are theirs alone.
    #[must_use]
    pub fn with(mut self, above: Self) -> Self {
        let stated = |id: &str| above.holidays.iter().any(|holiday| holiday.id == id);
        self.holidays.retain(|holiday| !stated(&holiday.id));
        let dated = |date: Day| above.named.iter().any(|day| day.date == date);
        self.named.retain(|day| !dated(day.date));
        self.holidays.extend(above.holidays);
        self.named.extend(above.named);
        self.schedules.extend(above.schedules);
        self
    }
}
