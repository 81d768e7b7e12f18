//! Which days are working days: weekends, holidays, days made up and swapped.
//!
//! Owns the answer for every day; worked out once for 2000 to 2100, so that asking is a bit of a
//! table. Outside these years only weekends are known.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Weekday};

use super::days_off::{Confidence, DayKind, DaysOff, Name};
use crate::domain::Day;

/// The first and last year whose days off are worked out.
pub const FIRST_YEAR: i32 = 2000;
pub const LAST_YEAR: i32 = 2100;

/// Why a day is not what its weekday says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Special {
    /// By its place in the names.
    Holiday(usize),
    /// Off for a holiday on a weekly rest day.
    MakeUpOff(usize),
    SwappedOff,
    /// A rest day worked.
    SwappedWork,
}

/// A day that is not what its weekday says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpecialDay {
    pub date: Day,
    pub special: Special,
    pub confidence: Confidence,
}

/// Working days and days off.
#[derive(Clone, Debug)]
pub struct Calendar {
    first: Day,
    /// A bit for each day since the first: set where it is off.
    off: Vec<u64>,
    /// In the order of their dates.
    specials: Vec<SpecialDay>,
    names: Vec<Name>,
    scheduled: BTreeSet<i32>,
}

/// The name of a holiday without one.
const UNNAMED: (&str, &str) = ("nghỉ lễ", "holiday");

impl Calendar {
    /// Works out every day.
    pub fn new(days_off: &DaysOff) -> Self {
        let mut sheet = Sheet::default();
        sheet.holidays(days_off);
        sheet.named(days_off);
        sheet.make_up(days_off);
        let first = Day::from_ymd_opt(FIRST_YEAR, 1, 1).unwrap_or_default();
        let mut off = Vec::new();
        let days = first.iter_days().take_while(|day| day.year() <= LAST_YEAR);
        for (at, day) in days.enumerate() {
            if at % 64 == 0 {
                off.push(0_u64);
            }
            if let Some(word) = off.last_mut()
                && sheet.is_off(day)
            {
                *word |= 1 << (at % 64);
            }
        }
        Self {
            first,
            off,
            specials: sheet.specials.into_values().collect(),
            names: sheet.names,
            scheduled: days_off.schedules.iter().map(|of| of.year).collect(),
        }
    }

    /// Tells whether offices work on a day.
    pub fn is_working(&self, day: Day) -> bool {
        let at = usize::try_from((day - self.first).num_days()).ok();
        let word = at.and_then(|at| Some((self.off.get(at / 64)?, at % 64)));
        match word {
            // The rest of the last word is of no year.
            Some((word, bit)) if day.year() <= LAST_YEAR => word >> bit & 1 == 0,
            Some(_) | None => !is_weekend(day),
        }
    }

    /// Returns the day itself or the next working day.
    pub fn working_from(&self, day: Day) -> Day {
        let mut days = day.iter_days();
        days.find(|day| self.is_working(*day)).unwrap_or(day)
    }

    /// Returns the last of so many working days after a day.
    pub fn add_working(&self, from: Day, count: u32) -> Day {
        let after = from.iter_days().skip(1);
        let mut working = after.filter(|day| self.is_working(*day));
        match count.checked_sub(1) {
            None => from,
            Some(more) => working.nth(more as usize).unwrap_or(Day::MAX),
        }
    }

    /// Counts the working days after a day up to another, which is included.
    pub fn working_between(&self, after: Day, until: Day) -> i64 {
        let days = after.iter_days().skip(1).take_while(|day| *day <= until);
        days.map(|day| i64::from(self.is_working(day))).sum()
    }

    /// Gives the special days after a day up to another, which is included.
    pub fn specials(&self, after: Day, until: Day) -> &[SpecialDay] {
        let start = self.specials.partition_point(|day| day.date <= after);
        let end = self.specials.partition_point(|day| day.date <= until);
        self.specials.get(start..end).unwrap_or_default()
    }

    /// Tells what is special about a day.
    pub fn special(&self, day: Day) -> Option<SpecialDay> {
        let at = self.specials.binary_search_by_key(&day, |day| day.date);
        at.ok().and_then(|at| self.specials.get(at)).copied()
    }

    /// Names a holiday.
    pub fn name(&self, holiday: usize) -> Option<&Name> {
        self.names.get(holiday)
    }

    /// Tells whether the official schedule of a year is known.
    pub fn is_scheduled(&self, year: i32) -> bool {
        self.scheduled.contains(&year)
    }
}

/// Tells whether a day is a weekly rest day.
pub fn is_weekend(day: Day) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The calendar while it is worked out.
#[derive(Default)]
struct Sheet {
    specials: BTreeMap<Day, SpecialDay>,
    names: Vec<Name>,
    /// The id of the holiday on a day; empty for one of a single year.
    ids: BTreeMap<Day, String>,
}

impl Sheet {
    fn is_off(&self, day: Day) -> bool {
        match self.specials.get(&day).map(|day| day.special) {
            Some(Special::Holiday(_) | Special::MakeUpOff(_) | Special::SwappedOff) => true,
            Some(Special::SwappedWork) => false,
            None => is_weekend(day),
        }
    }

    fn name(&mut self, name: Name) -> usize {
        let known = self.names.iter().position(|known| *known == name);
        known.unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        })
    }

    /// Enters the days of each holiday in each year, unless a file names them.
    fn holidays(&mut self, days_off: &DaysOff) {
        for holiday in &days_off.holidays {
            let name = self.name(holiday.name.clone());
            for year in FIRST_YEAR..=LAST_YEAR {
                if names(days_off, &holiday.id, year, DayKind::Holiday) {
                    continue;
                }
                for date in holiday.days_in(year) {
                    self.holiday(date, name, &holiday.id, Confidence::Sourced);
                }
            }
        }
    }

    fn holiday(&mut self, date: Day, name: usize, id: &str, confidence: Confidence) {
        self.ids.entry(date).or_insert_with(|| id.to_owned());
        self.specials.entry(date).or_insert(SpecialDay {
            date,
            special: Special::Holiday(name),
            confidence,
        });
    }

    /// Enters the days that files name, in the place of what was worked out.
    fn named(&mut self, days_off: &DaysOff) {
        for day in &days_off.named {
            let id = day.of.as_deref().unwrap_or_default();
            let of_year = days_off.holidays.iter().find(|holiday| holiday.id == id);
            let (vi, en) = UNNAMED;
            let name = day.name.clone().or(of_year.map(|h| h.name.clone()));
            let name = name.unwrap_or_else(|| Name {
                vi: vi.to_owned(),
                en: en.to_owned(),
            });
            let special = match day.kind {
                DayKind::AsUsual => continue,
                DayKind::Holiday => {
                    self.ids.insert(day.date, id.to_owned());
                    Special::Holiday(self.name(name))
                }
                DayKind::MakeUpOff => Special::MakeUpOff(self.name(name)),
                DayKind::SwappedOff => Special::SwappedOff,
                DayKind::SwappedWork => Special::SwappedWork,
            };
            if !matches!(special, Special::Holiday(_)) {
                self.ids.remove(&day.date);
            }
            let (date, confidence) = (day.date, day.confidence);
            let of_day = SpecialDay {
                date,
                special,
                confidence,
            };
            self.specials.insert(date, of_day);
        }
    }

    /// Gives the next working day for each holiday on a weekly rest day (Labour Code 2019, Art. 111),
    /// unless a file names the day.
    fn make_up(&mut self, days_off: &DaysOff) {
        for (date, id) in std::mem::take(&mut self.ids) {
            let named = !id.is_empty() && names(days_off, &id, date.year(), DayKind::MakeUpOff);
            let Some(of) = self.specials.get(&date).copied() else {
                continue;
            };
            let Special::Holiday(name) = of.special else {
                continue;
            };
            if named || !is_weekend(date) {
                continue;
            }
            // A rest day that is worked in exchange stays worked.
            let mut after = date.iter_days().skip(1);
            let free = after.find(|day| !self.is_off(*day) && !is_weekend(*day));
            if let Some(free) = free {
                let day = SpecialDay {
                    date: free,
                    special: Special::MakeUpOff(name),
                    confidence: of.confidence,
                };
                self.specials.insert(free, day);
            }
        }
    }
}

/// Tells whether a file names days of a kind for a holiday in a year.
fn names(days_off: &DaysOff, id: &str, year: i32, kind: DayKind) -> bool {
    let mut named = days_off.named.iter();
    named.any(|day| day.kind == kind && day.of.as_deref() == Some(id) && day.date.year() == year)
}
