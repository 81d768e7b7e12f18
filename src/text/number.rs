//! Reads numbers as people type them, and writes them back: `1.234.567`, `1,5`, `3 triệu`, `3tr5`, `500k`.
//!
//! Owns separators and words of size; knows no unit of measure and says nothing to people.

use thiserror::Error;

mod terms;

/// Which mark sets thousands apart and which begins the fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// `1.234.567,5`
    Vietnamese,
    /// `1,234,567.5`
    English,
}

impl Marks {
    const fn thousands(self) -> char {
        match self {
            Self::Vietnamese => '.',
            Self::English => ',',
        }
    }

    const fn point(self) -> char {
        match self {
            Self::Vietnamese => ',',
            Self::English => '.',
        }
    }
}

/// Why a typed number cannot be taken.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum NumberError {
    #[error("nothing was typed")]
    Empty,
    #[error("not a number")]
    NotANumber,
    #[error("digits are not grouped by three")]
    BadGrouping,
    /// `1,234` where only whole numbers make sense: one and a bit, or a thousand?
    #[error("the mark could set thousands apart or begin a fraction")]
    Ambiguous,
    #[error("a whole number is wanted")]
    NotWhole,
    #[error("more than three decimals")]
    TooPrecise,
    #[error("too large")]
    TooLarge,
    #[error("below zero")]
    Negative,
}

/// Reads a whole number: households, people, turns.
pub fn read_count(text: &str, marks: Marks) -> Result<u64, NumberError> {
    read_whole(text, marks, terms::Currency::Refused)
}

/// Reads money in whole đồng; `đ`, `đồng` or `VND` may follow.
pub fn read_money(text: &str, marks: Marks) -> Result<u64, NumberError> {
    read_whole(text, marks, terms::Currency::Allowed)
}

/// Reads an amount in thousandths: `1,5` is 1500. A number below zero is given as such.
pub fn read_quantity(text: &str, marks: Marks) -> Result<i64, NumberError> {
    let sum = terms::read(text, marks, terms::Currency::Refused)?;
    let thousandths = sum.scaled(3).ok_or(NumberError::TooPrecise)?;
    let size = i64::try_from(thousandths).map_err(|_| NumberError::TooLarge)?;
    Ok(if sum.below_zero { -size } else { size })
}

/// Writes a whole number with its thousands set apart.
pub fn write_whole(number: u64, marks: Marks) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3 + 1);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(marks.thousands());
        }
        out.push(digit);
    }
    out
}

/// Writes an amount in thousandths without idle zeros.
///
/// A fraction of exactly three digits keeps them: `1,234` is read back as written.
pub fn write_quantity(thousandths: i64, marks: Marks) -> String {
    let size = thousandths.unsigned_abs();
    let sign = if thousandths < 0 { "-" } else { "" };
    let whole = write_whole(size / 1000, marks);
    match size % 1000 {
        0 => format!("{sign}{whole}"),
        rest => {
            let fraction = format!("{rest:03}");
            format!(
                "{sign}{whole}{}{}",
                marks.point(),
                fraction.trim_end_matches('0')
            )
        }
    }
}

fn read_whole(text: &str, marks: Marks, currency: terms::Currency) -> Result<u64, NumberError> {
    let sum = terms::read(text, marks, currency)?;
    let whole = match sum.scaled(0) {
        Some(_) if sum.below_zero => return Err(NumberError::Negative),
        Some(whole) => whole,
        None if sum.could_be_thousands => return Err(NumberError::Ambiguous),
        None => return Err(NumberError::NotWhole),
    };
    u64::try_from(whole).map_err(|_| NumberError::TooLarge)
}

#[cfg(test)]
mod tests;
