//! Reads dates as people type them: `22/11`, `2211`, `hôm nay`, `-2`, `t2`, `22`; and writes them dd/mm/yyyy.
//!
//! Today is an argument. Whether a date makes sense for a field is the field's affair.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use thiserror::Error;

use super::clean::clean_line;
use super::fold::fold;

mod words;

/// Where a date without its year or month is looked for; today belongs to both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// The latest such day that is not in the future: visits, meetings.
    Past,
    /// The next such day that is not in the past: promises, duties.
    Future,
}

/// Why a typed date cannot be taken.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum DateError {
    #[error("nothing was typed")]
    Empty,
    #[error("not a date")]
    NotADate,
    #[error("no month {month}")]
    NoSuchMonth { month: u32 },
    /// The month has no such day; with the year where it was typed (29/02).
    #[error("no day {day} in month {month}")]
    NoSuchDay {
        day: u32,
        month: u32,
        year: Option<i32>,
    },
    /// No month has such a day.
    #[error("no day {day} in any month")]
    NoSuchDayInAnyMonth { day: u32 },
    #[error("year {year} is out of range")]
    YearOutOfRange { year: i32 },
    #[error("too far from today")]
    TooFar,
}

/// Years that a record can speak of.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// Reads a typed date.
pub fn read_date(text: &str, today: NaiveDate, lean: Lean) -> Result<NaiveDate, DateError> {
    let folded = fold(&clean_line(text));
    let typed = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    if typed.is_empty() {
        return Err(DateError::Empty);
    }
    if let Some(days) = words::day_from_today(&typed).or_else(|| signed(&typed)) {
        return shifted(today, days).ok_or(DateError::TooFar);
    }
    if let Some(weekday) = words::weekday(&typed) {
        return shifted(today, to_weekday(today, weekday, lean)).ok_or(DateError::TooFar);
    }
    let typed = words::without_labels(&typed);
    match *parts(&typed)?.as_slice() {
        [day] => nearest_day(day, today, lean),
        [day, month] => nearest_day_of_month(day, month, today, lean),
        [day, month, year] => whole(day, month, year),
        _ => Err(DateError::NotADate),
    }
}

/// Writes a date as `22/11/2026`.
pub fn write_date(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

/// Writes a date without its year, as `22/11`.
pub fn write_day(date: NaiveDate) -> String {
    date.format("%d/%m").to_string()
}

/// `-2`, `+3`: days from today.
fn signed(typed: &str) -> Option<i64> {
    let (sign, digits) = match typed.strip_prefix('+') {
        Some(digits) => (1, digits),
        None => (-1, typed.strip_prefix(['-', '−', '–'])?),
    };
    let digits = digits.trim_start();
    let short = (1..=5).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit());
    if !short {
        return None;
    }
    digits.parse::<i64>().ok().map(|days| sign * days)
}

fn shifted(today: NaiveDate, days: i64) -> Option<NaiveDate> {
    let size = Days::new(days.unsigned_abs());
    let date = if days < 0 {
        today.checked_sub_days(size)
    } else {
        today.checked_add_days(size)
    };
    date.filter(|date| YEARS.contains(&date.year()))
}

fn to_weekday(today: NaiveDate, weekday: Weekday, lean: Lean) -> i64 {
    let now = today.weekday();
    match lean {
        Lean::Past => -i64::from(now.days_since(weekday)),
        Lean::Future => i64::from(weekday.days_since(now)),
    }
}

/// Day, month and year as far as they were typed, in that order.
fn parts(typed: &str) -> Result<Vec<u32>, DateError> {
    let pieces: Vec<&str> = typed.split(['/', '-', '.', ' ']).collect();
    let well = pieces
        .iter()
        .all(|piece| (1..=8).contains(&piece.len()) && piece.chars().all(|c| c.is_ascii_digit()));
    if !well {
        return Err(DateError::NotADate);
    }
    let cut: Vec<&str> = match *pieces.as_slice() {
        [run] => unglued(run),
        [year, month, day] if year.len() == 4 => vec![day, month, year],
        _ => pieces,
    };
    let sizes: Vec<usize> = cut.iter().map(|piece| piece.len()).collect();
    if !matches!(
        *sizes.as_slice(),
        [1 | 2] | [1 | 2, 1 | 2] | [1 | 2, 1 | 2, 2 | 4]
    ) {
        return Err(DateError::NotADate);
    }
    let mut numbers: Vec<u32> = cut.iter().filter_map(|piece| piece.parse().ok()).collect();
    if let (Some(2), Some(year)) = (sizes.get(2), numbers.get_mut(2)) {
        *year += 2000;
    }
    Ok(numbers)
}

/// `2211`, `221126`, `22112026`, and `20261122` where the year can only come first.
fn unglued(run: &str) -> Vec<&str> {
    let piece = |range: std::ops::Range<usize>| run.get(range).unwrap_or("");
    let number = |range| piece(range).parse::<u32>().unwrap_or(0);
    match run.len() {
        4 => vec![piece(0..2), piece(2..4)],
        6 => vec![piece(0..2), piece(2..4), piece(4..6)],
        8 if number(2..4) > 12 && (1900..2200).contains(&number(0..4)) => {
            vec![piece(6..8), piece(4..6), piece(0..4)]
        }
        8 => vec![piece(0..2), piece(2..4), piece(4..8)],
        _ => vec![run],
    }
}

fn whole(day: u32, month: u32, year: u32) -> Result<NaiveDate, DateError> {
    let year = i32::try_from(year).map_err(|_| DateError::NotADate)?;
    if !(1..=12).contains(&month) {
        return Err(DateError::NoSuchMonth { month });
    }
    if !YEARS.contains(&year) {
        return Err(DateError::YearOutOfRange { year });
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or(DateError::NoSuchDay {
        day,
        month,
        year: Some(year),
    })
}

fn nearest_day_of_month(
    day: u32,
    month: u32,
    today: NaiveDate,
    lean: Lean,
) -> Result<NaiveDate, DateError> {
    if !(1..=12).contains(&month) {
        return Err(DateError::NoSuchMonth { month });
    }
    // Nine years either way hold a leap day, also around 2100.
    (0..9)
        .filter_map(|step| NaiveDate::from_ymd_opt(today.year() + lean.sign() * step, month, day))
        .find(|date| lean.allows(*date, today))
        .ok_or(DateError::NoSuchDay {
            day,
            month,
            year: None,
        })
}

fn nearest_day(day: u32, today: NaiveDate, lean: Lean) -> Result<NaiveDate, DateError> {
    let month_now = today.year() * 12 + today.month0().cast_signed();
    (0..4)
        .filter_map(|step| {
            let month = month_now + lean.sign() * step;
            let month0 = u32::try_from(month.rem_euclid(12)).ok()?;
            NaiveDate::from_ymd_opt(month.div_euclid(12), month0 + 1, day)
        })
        .find(|date| lean.allows(*date, today))
        .ok_or(DateError::NoSuchDayInAnyMonth { day })
}

impl Lean {
    const fn sign(self) -> i32 {
        match self {
            Self::Past => -1,
            Self::Future => 1,
        }
    }

    fn allows(self, date: NaiveDate, today: NaiveDate) -> bool {
        match self {
            Self::Past => date <= today,
            Self::Future => date >= today,
        }
    }
}

#[cfg(test)]
mod tests;
