//! Duties to go and listen: who must be where how often, by which document, and how that stands.

use chrono::{Datelike, Days, Months};

use super::{Code, Day, PersonId, Site};

/// Days that follow each other; both ends belong to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub from: Day,
    pub to: Day,
}

impl Stretch {
    /// Gives all days of a year; `None` outside the calendar's range.
    pub fn of_year(year: i32) -> Option<Self> {
        Some(Self {
            from: Day::from_ymd_opt(year, 1, 1)?,
            to: Day::from_ymd_opt(year, 12, 31)?,
        })
    }

    /// Gives one day.
    pub fn of_day(day: Day) -> Self {
        Self { from: day, to: day }
    }

    /// Tells whether a day is one of them.
    pub fn holds(&self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    fn length(&self) -> u32 {
        let count = (self.to - self.from).num_days() + 1;
        u32::try_from(count).unwrap_or(0)
    }
}

/// How often a quota begins anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Every {
    Week,
    Month,
    Quarter,
    Year,
}

impl Every {
    /// Every span with its word of files and of the command line.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Week, "week"),
        (Self::Month, "month"),
        (Self::Quarter, "quarter"),
        (Self::Year, "year"),
    ];

    /// Returns the word of files.
    pub fn as_str(self) -> &'static str {
        let found = Self::ALL.iter().find(|(every, _)| *every == self);
        found.map_or("", |(_, word)| word)
    }

    /// Gives the week (from Monday), month, quarter or year that a day lies in.
    fn around(self, day: Day) -> Option<Stretch> {
        let (from, months) = match self {
            Self::Week => {
                let from = day.week(chrono::Weekday::Mon).checked_first_day()?;
                let to = from.checked_add_days(Days::new(6))?;
                return Some(Stretch { from, to });
            }
            Self::Month => (day.with_day(1)?, 1),
            Self::Quarter => {
                let first = day.month0() / 3 * 3;
                (day.with_day(1)?.with_month0(first)?, 3)
            }
            Self::Year => (day.with_day(1)?.with_month(1)?, 12),
        };
        let next = from.checked_add_months(Months::new(months))?;
        let to = next.pred_opt()?;
        Some(Stretch { from, to })
    }
}

/// A duty given to a cadre by a document; the quota comes from it and is never made up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assignment {
    /// The template that it follows.
    pub duty: Option<Code>,
    pub person: Option<PersonId>,
    /// The party cell or body, where it has a name.
    pub cell: String,
    pub site: Option<Site>,
    pub from: Option<Day>,
    pub to: Option<Day>,
    /// How many times within each span.
    pub quota: Option<u32>,
    /// The document that says so.
    pub document: String,
    /// How often the quota begins anew; `None`: it is for all days from the first to the last.
    pub every: Option<Every>,
}

/// A stretch of days for which a duty asks for so many times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DutySpan {
    pub days: Stretch,
    /// `None`: no document says how many.
    pub owed: Option<u32>,
}

/// The last day of what has no end.
const OPEN_END: (i32, u32, u32) = (9999, 12, 31);
/// The first day of what has no beginning.
const OPEN_START: (i32, u32, u32) = (1, 1, 1);

impl Assignment {
    /// Gives the spans that have a day within some days, in their order. A span that begins before the
    /// first day of the duty or goes on after its last is cut, and asks for its part, rounded down.
    pub fn spans(&self, within: Stretch) -> Vec<DutySpan> {
        spans((self.from, self.to), self.every, self.quota, within)
    }
}

/// Gives the spans of a duty in force from one day to another, as [`Assignment::spans`] does.
pub fn spans(
    (from, to): (Option<Day>, Option<Day>),
    every: Option<Every>,
    quota: Option<u32>,
    within: Stretch,
) -> Vec<DutySpan> {
    let end = |(year, month, day)| Day::from_ymd_opt(year, month, day).unwrap_or_default();
    let whole = Stretch {
        from: from.unwrap_or_else(|| end(OPEN_START)),
        to: to.unwrap_or_else(|| end(OPEN_END)),
    };
    let mut day = whole.from.max(within.from);
    let last = whole.to.min(within.to);
    let mut spans = Vec::new();
    while day <= last {
        let full = match every {
            None => Some(whole),
            Some(every) => every.around(day),
        };
        let Some(full) = full else { break };
        let days = Stretch {
            from: full.from.max(whole.from),
            to: full.to.min(whole.to),
        };
        let owed = quota.map(|quota| part(quota, days.length(), full.length()));
        spans.push(DutySpan { days, owed });
        let Some(next) = days.to.succ_opt() else {
            break;
        };
        day = next;
    }
    spans
}

/// Gives the part of a quota that some of all days have, rounded down.
fn part(quota: u32, some: u32, all: u32) -> u32 {
    let part = u64::from(quota) * u64::from(some) / u64::from(all.max(1));
    u32::try_from(part).unwrap_or(quota)
}

/// How a duty stands in one of its spans on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    pub span: DutySpan,
    pub done: u32,
    /// Days of the span that have passed, the day itself included.
    pub passed: u32,
}

/// Whether a duty is kept so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// No document says how many, or as many as it says were done.
    Done,
    /// As many were done as the days that have passed ask for.
    OnTime,
    /// So many fewer.
    Behind(u32),
    /// The span is over, and so many are missing for good.
    Missed(u32),
}

impl Kept {
    /// Holds what was done in a span against the days that have passed of it.
    pub fn on(span: DutySpan, done: u32, as_of: Day) -> Self {
        let days = span.days.length();
        let passed = (as_of - span.days.from).num_days() + 1;
        let passed = u32::try_from(passed.max(0)).unwrap_or(u32::MAX).min(days);
        Self { span, done, passed }
    }

    /// Returns how many days the span has.
    pub fn days(&self) -> u32 {
        self.span.days.length()
    }

    /// Returns how many are missing at the end of the span.
    pub fn missing(&self) -> u32 {
        self.span.owed.unwrap_or(0).saturating_sub(self.done)
    }

    /// Returns how many the days that have passed ask for: quota × days passed ÷ days of the span, a half
    /// rounded up.
    pub fn expected(&self) -> u32 {
        let owed = self.span.owed.unwrap_or(0);
        let (passed, days) = (u64::from(self.passed), u64::from(self.days().max(1)));
        let doubled = 2 * u64::from(owed) * passed + days;
        u32::try_from(doubled / (2 * days)).unwrap_or(owed)
    }

    /// Tells whether less was done than the days that have passed ask for.
    pub fn is_behind(&self) -> bool {
        match self.pace() {
            Pace::Done | Pace::OnTime => false,
            Pace::Behind(_) | Pace::Missed(_) => true,
        }
    }

    /// Tells whether the duty is kept so far.
    pub fn pace(&self) -> Pace {
        let missing = self.missing();
        if missing == 0 {
            return Pace::Done;
        }
        if self.passed == self.days() {
            return Pace::Missed(missing);
        }
        match self.expected().saturating_sub(self.done) {
            0 => Pace::OnTime,
            behind => Pace::Behind(behind),
        }
    }
}

#[cfg(test)]
mod tests;
