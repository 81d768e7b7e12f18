//! Periods of reports: months, quarters, halves, nine months, years and free spans, by the calendar or by
//! the administrative month. Never asks what day it is.

use chrono::{Datelike, Days, Months};

use super::Day;

/// How a month is cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Basis {
    #[default]
    Calendar,
    /// From the 15th of the month before to the 14th; a year from 15 December to 14 December
    /// (Decree 09/2019/NĐ-CP, Art. 12).
    Administrative,
}

impl Basis {
    /// Every basis with its word of the command line.
    pub const ALL: [(&'static str, Self); 2] = [
        ("calendar", Self::Calendar),
        ("administrative", Self::Administrative),
    ];

    /// Returns the word of the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Calendar => "calendar",
            Self::Administrative => "administrative",
        }
    }

    /// Returns the first day of a month, `None` outside the calendar's range.
    fn begin(self, first_of_month: Day) -> Option<Day> {
        match self {
            Self::Calendar => Some(first_of_month),
            Self::Administrative => first_of_month
                .checked_sub_months(Months::new(1))?
                .with_day(15),
        }
    }

    /// Returns the month that a day belongs to, as `yyyy-mm`.
    pub fn month(self, day: Day) -> String {
        let of = match self {
            Self::Administrative if day.day() >= 15 => day.checked_add_months(Months::new(1)),
            Self::Administrative | Self::Calendar => Some(day),
        };
        of.unwrap_or(day).format("%Y-%m").to_string()
    }
}

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Length {
    Months(u32),
    Free,
}

/// How people name a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodName {
    Month { year: i32, month: u32 },
    Quarter { year: i32, quarter: u32 },
    Half { year: i32, half: u32 },
    NineMonths { year: i32 },
    Year { year: i32 },
    Free,
}

/// How long the periods are that a screen turns over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Span {
    #[default]
    Month,
    Quarter,
    Half,
    NineMonths,
    Year,
}

impl Span {
    /// Returns the next one, the first after the last.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Month => Self::Quarter,
            Self::Quarter => Self::Half,
            Self::Half => Self::NineMonths,
            Self::NineMonths => Self::Year,
            Self::Year => Self::Month,
        }
    }

    /// Returns after how many months the next one begins.
    pub fn step(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Half => 6,
            Self::NineMonths | Self::Year => 12,
        }
    }

    fn months(self) -> u32 {
        match self {
            Self::NineMonths => 9,
            Self::Month | Self::Quarter | Self::Half | Self::Year => self.step(),
        }
    }
}

/// A period; both ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub from: Day,
    pub to: Day,
    pub basis: Basis,
    length: Length,
}

impl Period {
    /// Returns the span between two days, `None` where it ends before it begins.
    pub fn free(from: Day, to: Day, basis: Basis) -> Option<Self> {
        (from <= to).then_some(Self {
            from,
            to,
            basis,
            length: Length::Free,
        })
    }

    /// Returns so many months beginning with a month of a year.
    fn months(year: i32, month: u32, count: u32, basis: Basis) -> Option<Self> {
        let first = Day::from_ymd_opt(year, month, 1)?;
        let next = first.checked_add_months(Months::new(count))?;
        Some(Self {
            from: basis.begin(first)?,
            to: basis.begin(next)?.pred_opt()?,
            basis,
            length: Length::Months(count),
        })
    }

    /// Returns the period of a length that a day lies in; the nine months of a year for its other months too.
    pub fn of(day: Day, span: Span, basis: Basis) -> Option<Self> {
        let month = match basis {
            Basis::Administrative if day.day() >= 15 => day.checked_add_months(Months::new(1))?,
            Basis::Administrative | Basis::Calendar => day,
        };
        let before = (month.month() - 1) / span.step() * span.step();
        Self::months(month.year(), before + 1, span.months(), basis)
    }

    /// Reads a named period: `2026-10`, `2026-Q3`, `2026-H1`, `2026-9M` or `2026`.
    pub fn named(text: &str, basis: Basis) -> Option<Self> {
        let (year, part) = match text.split_once('-') {
            Some((year, part)) => (year, Some(part)),
            None => (text, None),
        };
        let year = digits(year, 4)?;
        let year = i32::try_from(year).ok().filter(|year| *year >= 1000)?;
        let (month, count) = match part {
            None => (1, 12),
            Some("Q1") => (1, 3),
            Some("Q2") => (4, 3),
            Some("Q3") => (7, 3),
            Some("Q4") => (10, 3),
            Some("H1") => (1, 6),
            Some("H2") => (7, 6),
            Some("9M") => (1, 9),
            Some(month) => (digits(month, 2)?, 1),
        };
        Self::months(year, month, count, basis)
    }

    /// Returns what it is called. The day it ends on lies in its last month by either basis.
    pub fn name(&self) -> PeriodName {
        let (year, month) = (self.to.year(), self.to.month());
        match self.length {
            Length::Months(1) => PeriodName::Month { year, month },
            Length::Months(3) => PeriodName::Quarter {
                year,
                quarter: month / 3,
            },
            Length::Months(6) => PeriodName::Half {
                year,
                half: month / 6,
            },
            Length::Months(9) => PeriodName::NineMonths { year },
            Length::Months(_) => PeriodName::Year { year },
            Length::Free => PeriodName::Free,
        }
    }

    /// Tells whether a day lies in it.
    pub fn holds(&self, day: Day) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// Returns the period before it of the same length: as many months, or as many days of a free span.
    pub fn before(&self) -> Option<Self> {
        let to = self.from.pred_opt()?;
        let from = match self.length {
            Length::Months(count) => self.from.checked_sub_months(Months::new(count))?,
            Length::Free => {
                let days = u64::try_from((self.to - self.from).num_days()).ok()?;
                to.checked_sub_days(Days::new(days))?
            }
        };
        Some(Self { from, to, ..*self })
    }

    /// Gives its days of one weekday.
    pub fn weekdays(&self, weekday: chrono::Weekday) -> impl Iterator<Item = Day> {
        let to = self.to;
        let days = self.from.iter_days().take_while(move |day| *day <= to);
        days.filter(move |day| day.weekday() == weekday)
    }
}

/// Reads exactly so many digits.
fn digits(text: &str, count: usize) -> Option<u32> {
    let whole = text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    whole.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(text: &str, basis: Basis) -> Option<(String, String)> {
        let period = Period::named(text, basis)?;
        Some((period.from.to_string(), period.to.to_string()))
    }

    #[test]
    fn named_periods_begin_and_end_by_their_basis() {
        for (text, basis, from, to) in [
            ("2026-10", Basis::Calendar, "2026-10-01", "2026-10-31"),
            ("2028-02", Basis::Calendar, "2028-02-01", "2028-02-29"),
            ("2026-Q3", Basis::Calendar, "2026-07-01", "2026-09-30"),
            ("2026-H1", Basis::Calendar, "2026-01-01", "2026-06-30"),
            ("2026-H2", Basis::Calendar, "2026-07-01", "2026-12-31"),
            ("2026-9M", Basis::Calendar, "2026-01-01", "2026-09-30"),
            ("2026", Basis::Calendar, "2026-01-01", "2026-12-31"),
            ("2026-10", Basis::Administrative, "2026-09-15", "2026-10-14"),
            ("2026-01", Basis::Administrative, "2025-12-15", "2026-01-14"),
            ("2026-03", Basis::Administrative, "2026-02-15", "2026-03-14"),
            ("2026-Q1", Basis::Administrative, "2025-12-15", "2026-03-14"),
            ("2026-H1", Basis::Administrative, "2025-12-15", "2026-06-14"),
            ("2026-9M", Basis::Administrative, "2025-12-15", "2026-09-14"),
            ("2026", Basis::Administrative, "2025-12-15", "2026-12-14"),
        ] {
            let expected = (from.to_owned(), to.to_owned());
            assert_eq!(ends(text, basis), Some(expected), "{text} {basis:?}");
        }
        for text in [
            "",
            "26",
            "2026-13",
            "2026-00",
            "2026-1",
            "2026-Q5",
            "2026-q1",
            "2026-",
            "20266",
            "+026",
            "tháng 10",
        ] {
            assert_eq!(ends(text, Basis::Calendar), None, "{text}");
        }
    }

    #[test]
    fn a_day_lies_in_one_period_of_each_length() {
        for (day, span, basis, from, to) in [
            (
                "2026-10-20",
                Span::Month,
                Basis::Calendar,
                "2026-10-01",
                "2026-10-31",
            ),
            (
                "2026-10-20",
                Span::Month,
                Basis::Administrative,
                "2026-10-15",
                "2026-11-14",
            ),
            (
                "2026-10-14",
                Span::Quarter,
                Basis::Administrative,
                "2026-09-15",
                "2026-12-14",
            ),
            (
                "2026-12-20",
                Span::Half,
                Basis::Administrative,
                "2026-12-15",
                "2027-06-14",
            ),
            (
                "2026-07-01",
                Span::Half,
                Basis::Calendar,
                "2026-07-01",
                "2026-12-31",
            ),
            (
                "2026-11-01",
                Span::NineMonths,
                Basis::Calendar,
                "2026-01-01",
                "2026-09-30",
            ),
            (
                "2026-12-31",
                Span::Year,
                Basis::Calendar,
                "2026-01-01",
                "2026-12-31",
            ),
        ] {
            let day = day.parse().expect("a day");
            let period = Period::of(day, span, basis).expect("a period");
            let ends = (period.from.to_string(), period.to.to_string());
            assert_eq!(ends, (from.to_owned(), to.to_owned()), "{day} {span:?}");
        }
    }

    #[test]
    fn the_period_before_is_as_long() {
        for (text, basis, from, to) in [
            ("2026-10", Basis::Calendar, "2026-09-01", "2026-09-30"),
            ("2026-01", Basis::Administrative, "2025-11-15", "2025-12-14"),
            ("2026", Basis::Calendar, "2025-01-01", "2025-12-31"),
            ("2026-9M", Basis::Calendar, "2025-04-01", "2025-12-31"),
        ] {
            let period = Period::named(text, basis).expect("a period");
            let before = period.before().expect("a period before");
            let found = (before.from.to_string(), before.to.to_string());
            assert_eq!(found, (from.to_owned(), to.to_owned()), "{text} {basis:?}");
        }
        let day = |text: &str| text.parse().expect("a day");
        let free = Period::free(day("2026-03-01"), day("2026-03-10"), Basis::Calendar);
        let before = free.and_then(|free| free.before()).expect("a period");
        let ends = (before.from.to_string(), before.to.to_string());
        assert_eq!(ends, ("2026-02-19".to_owned(), "2026-02-28".to_owned()));
        let none = Period::free(day("2026-03-02"), day("2026-03-01"), Basis::Calendar);
        assert_eq!(none, None);
    }

    #[test]
    fn the_fifteenth_belongs_to_the_next_administrative_month() {
        for (day, calendar, administrative) in [
            ("2026-10-14", "2026-10", "2026-10"),
            ("2026-10-15", "2026-10", "2026-11"),
            ("2026-12-31", "2026-12", "2027-01"),
        ] {
            let day = day.parse().expect("a day");
            assert_eq!(Basis::Calendar.month(day), calendar);
            assert_eq!(Basis::Administrative.month(day), administrative);
        }
    }
}
