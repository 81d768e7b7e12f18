//! What a cell says as a day or a number. Stricter than typing: a row has no today to lean on.

use chrono::{Datelike, NaiveDate};

use super::sheet::{Cell, CellKind, day_of_serial};
use crate::domain::{Day, Unreadable};
use crate::text::clean::clean_line;
use crate::text::date::{DateError, Lean, read_date};
use crate::text::fold::fold;
use crate::text::number::{Marks, NumberError, read_money, read_quantity};

/// The first and the last day of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: Day,
    pub(super) to: Day,
}

/// Reads the day or days of a cell.
pub(super) fn span(cell: Cell<'_>, from_1904: bool) -> Result<Span, Unreadable> {
    let one = |day: Option<Day>| {
        let day = day.filter(|day| (1900..2200).contains(&day.year()));
        day.map(|day| Span { from: day, to: day })
            .ok_or(Unreadable::NotADate)
    };
    match cell.kind {
        CellKind::Error => Err(Unreadable::FormulaError),
        CellKind::Date => one(cell.text.parse::<NaiveDate>().ok()),
        CellKind::Number => one(serial(cell.text, from_1904)),
        CellKind::Text => match day(cell.text) {
            Err(Unreadable::NotADate) => match days(cell.text) {
                Some(span) => span,
                None => one(serial(cell.text, from_1904)),
            },
            Ok(day) => one(Some(day)),
            Err(other) => Err(other),
        },
    }
}

/// Serial days of this century and the last decades before it: 20000 is 1954, 80000 is 2119.
fn serial(text: &str, from_1904: bool) -> Option<Day> {
    let number: f64 = text.parse().ok()?;
    let plausible = (20_000.0..80_000.0).contains(&number);
    plausible
        .then(|| day_of_serial(number, from_1904))
        .flatten()
}

/// Reads a whole date. One without its year is not guessed.
pub(super) fn day(text: &str) -> Result<Day, Unreadable> {
    let text = clean_line(text);
    // A time of day behind the date says nothing here.
    let text = match text.split_once([' ', 'T']) {
        Some((date, time)) if time.contains(':') && date.len() >= 6 => date,
        _ => text.as_str(),
    };
    let digits = text.chars().filter(char::is_ascii_digit).count();
    // A day of any year: today only serves what is refused below.
    let any = NaiveDate::from_ymd_opt(2000, 2, 29).unwrap_or_default();
    let parts = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.collect();
    let whole = parts.len() == 3 || parts.len() == 1 && digits == 8;
    match read_date(text, any, Lean::Past) {
        Ok(day) if whole => Ok(day),
        Ok(_) | Err(DateError::NoSuchDayInAnyMonth { .. }) => Err(match parts.as_slice() {
            [_, _] => Unreadable::IncompleteDate,
            _ => Unreadable::NotADate,
        }),
        Err(DateError::NoSuchMonth { .. }) if parts.len() == 2 => Err(Unreadable::IncompleteDate),
        Err(_) if is_month(&parts) => Err(Unreadable::IncompleteDate),
        Err(_) => Err(Unreadable::NotADate),
    }
}

/// A month and its year: `7/2025`.
fn is_month(parts: &[&str]) -> bool {
    matches!(parts, [month, year] if month.len() <= 2 && year.len() == 4)
}

/// Reads two days: `6-8/1/2023`, `28/12/2022 - 3/1/2023`, `từ 6/1 đến 8/1/2023`.
fn days(text: &str) -> Option<Result<Span, Unreadable>> {
    let folded = fold(&clean_line(text));
    let folded = folded
        .trim()
        .trim_start_matches("tu ")
        .trim_start_matches("ngay ");
    let marks = [" den ngay ", " den ", "->", "→", "–", "—", " - ", "-"];
    let (first, last) = marks.iter().find_map(|mark| folded.split_once(mark))?;
    let (first, last) = (first.trim(), last.trim());
    let to = day(last).ok()?;
    let part = |missing: usize| {
        let rest = match missing {
            2 => format!("{first}/{}/{}", to.month(), to.year()),
            1 => format!("{first}/{}", to.year()),
            _ => first.to_owned(),
        };
        day(&rest).ok()
    };
    let digits = first
        .split(['/', '.'])
        .filter(|part| !part.is_empty())
        .count();
    let from = part(3_usize.saturating_sub(digits))?;
    Some(if to < from {
        Err(Unreadable::EndBeforeStart)
    } else {
        Ok(Span { from, to })
    })
}

/// A number in thousandths, and whether the cell says that it is about so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) thousandths: u64,
    pub(super) about: bool,
}

/// Words before a number that is not exact, folded.
const ABOUT: &[&str] = &[
    "hon", "gan", "khoang", "tren", "duoi", "uoc", "about", "over", "nearly", "~", ">", "<", "≈",
];

/// Reads a number; words behind it are given back.
pub(super) fn amount(cell: Cell<'_>, marks: Marks) -> Result<(Amount, String), Unreadable> {
    match cell.kind {
        CellKind::Error => Err(Unreadable::FormulaError),
        CellKind::Date => Err(Unreadable::NotANumber),
        CellKind::Number => {
            let thousandths = plain(cell.text)?;
            let about = false;
            Ok((Amount { thousandths, about }, String::new()))
        }
        CellKind::Text => text_amount(cell.text, marks),
    }
}

fn text_amount(text: &str, marks: Marks) -> Result<(Amount, String), Unreadable> {
    let clean = clean_line(text);
    let (about, number) = without_about(clean.trim());
    let read = |text: &str| match read_quantity(text, marks) {
        Err(NumberError::NotANumber) => {
            let whole = read_money(text, marks)?;
            i64::try_from(whole)
                .ok()
                .and_then(|whole| whole.checked_mul(1000))
                .ok_or(NumberError::TooLarge)
        }
        other => other,
    };
    let (read, rest) = match read(number) {
        Err(NumberError::NotANumber) => {
            // "120 m", "12 hộ": the words behind the last digit.
            let end = number
                .rfind(|c: char| c.is_ascii_digit())
                .map_or(0, |at| at + 1);
            let (number, rest) = number.split_at(end);
            (read(number), rest.trim().to_owned())
        }
        other => (other, String::new()),
    };
    let thousandths = read.map_err(unreadable)?;
    let thousandths = u64::try_from(thousandths).map_err(|_| Unreadable::Negative)?;
    Ok((Amount { thousandths, about }, rest))
}

fn without_about(text: &str) -> (bool, &str) {
    let first = text.split(' ').next().unwrap_or("");
    if ABOUT.contains(&fold(first).as_str()) {
        return (true, text.get(first.len()..).unwrap_or("").trim_start());
    }
    match text.strip_prefix(['~', '>', '<', '≈']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    }
}

fn unreadable(error: NumberError) -> Unreadable {
    match error {
        NumberError::Empty
        | NumberError::NotANumber
        | NumberError::BadGrouping
        | NumberError::Ambiguous
        | NumberError::NotWhole => Unreadable::NotANumber,
        NumberError::TooPrecise | NumberError::TooLarge => Unreadable::NumberOutOfRange,
        NumberError::Negative => Unreadable::Negative,
    }
}

/// Reads a number that a workbook wrote, in thousandths; what is finer is rounded, as it is shown.
fn plain(text: &str) -> Result<u64, Unreadable> {
    let number: f64 = text.parse().map_err(|_| Unreadable::NotANumber)?;
    let thousandths = (number * 1000.0).round();
    match thousandths {
        n if n < 0.0 => Err(Unreadable::Negative),
        n if n > 9.0e18 => Err(Unreadable::NumberOutOfRange),
        n => Ok(n as u64),
    }
}

/// Tells by which marks the numbers of a table are written: Vietnamese, where nothing speaks against it.
pub(super) fn marks<'c>(cells: impl Iterator<Item = Cell<'c>>) -> Marks {
    let (mut vietnamese, mut english) = (0_usize, 0_usize);
    for cell in cells.filter(|cell| cell.kind == CellKind::Text) {
        match (cell.text.rfind('.'), cell.text.rfind(',')) {
            (Some(point), Some(comma)) if point > comma => english += 1,
            (Some(_), Some(_)) => vietnamese += 1,
            (Some(at), None) => match fraction(cell.text, at) {
                3 => vietnamese += 1,
                _ => english += 1,
            },
            (None, Some(at)) => match fraction(cell.text, at) {
                3 => english += 1,
                _ => vietnamese += 1,
            },
            (None, None) => {}
        }
    }
    if english > vietnamese {
        Marks::English
    } else {
        Marks::Vietnamese
    }
}

fn fraction(text: &str, at: usize) -> usize {
    let behind = text.get(at + 1..).unwrap_or("");
    behind.bytes().take_while(u8::is_ascii_digit).count()
}

/// Gives a cell the one way it is compared by, whatever file it came from: days as yyyy-mm-dd, numbers
/// without marks, text without idle spaces.
pub(super) fn canonical(cell: Cell<'_>) -> String {
    match cell.kind {
        CellKind::Date | CellKind::Error => cell.text.to_owned(),
        CellKind::Number => cell.text.to_owned(),
        CellKind::Text => {
            if let Some(number) = bare_number(cell.text) {
                return number;
            }
            // A whole date has a digit each for day, month and year; most cells have fewer.
            let digits = cell.text.bytes().filter(u8::is_ascii_digit);
            if digits.count() >= 3
                && let Ok(day) = day(cell.text)
            {
                return day.to_string();
            }
            let clean = clean_line(cell.text);
            clean.split_whitespace().collect::<Vec<_>>().join(" ")
        }
    }
}

/// Gives digits without the marks of their thousands, and a fraction behind a point.
fn bare_number(text: &str) -> Option<String> {
    if !text
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
    {
        return None;
    }
    let mut parts = text.split(['.', ',']);
    let first = parts.next()?;
    let rest: Vec<&str> = parts.collect();
    let thousands = rest.iter().all(|part| part.len() == 3) && (1..=3).contains(&first.len());
    let (whole, fraction) = match rest.as_slice() {
        [] => (first.to_owned(), ""),
        _ if thousands => (text.replace(['.', ','], ""), ""),
        [fraction] => (first.to_owned(), *fraction),
        _ => return None,
    };
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = fraction.trim_end_matches('0');
    Some(match fraction {
        "" => whole.to_owned(),
        _ => format!("{whole}.{fraction}"),
    })
}

#[cfg(test)]
mod tests;
