//! The grammar of a typed number: a sign, numerals with words of size (`3 triệu 500 nghìn`), a currency.
//!
//! Computes exactly, in a power of ten; never rounds.

use super::{Marks, NumberError};
use crate::text::clean::clean_line;
use crate::text::fold::fold;

/// Decimals kept while adding: enough for the fraction of a tỷ.
const DECIMALS: u32 = 12;

/// Digits of one numeral that fit without overflow once scaled.
const MAX_DIGITS: usize = 17;

/// Whether a currency may follow the number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Currency {
    Allowed,
    Refused,
}

/// An exact number.
#[derive(Debug)]
pub(super) struct Sum {
    /// Size in 10^-12.
    size: u128,
    /// Whether it is less than zero.
    pub below_zero: bool,
    /// Whether its only fraction mark is followed by three digits: `1,234`.
    pub could_be_thousands: bool,
}

impl Sum {
    /// The number in 10^-`decimals`, if it has no finer part.
    pub fn scaled(&self, decimals: u32) -> Option<u128> {
        let unit = 10_u128.pow(DECIMALS - decimals);
        self.size.is_multiple_of(unit).then_some(self.size / unit)
    }
}

/// Reads a whole typed text.
pub(super) fn read(text: &str, marks: Marks, currency: Currency) -> Result<Sum, NumberError> {
    let folded = fold(&clean_line(text));
    let trimmed = folded.trim();
    let (below_zero, mut rest) = match trimmed.strip_prefix(['-', '−', '–']) {
        Some(rest) => (true, rest.trim_start()),
        None => (
            false,
            trimmed.strip_prefix('+').unwrap_or(trimmed).trim_start(),
        ),
    };
    if currency == Currency::Allowed {
        rest = without_currency(rest);
    }
    if rest.is_empty() {
        return Err(if trimmed.is_empty() {
            NumberError::Empty
        } else {
            NumberError::NotANumber
        });
    }
    let mut sum = Sum {
        size: 0,
        below_zero: false,
        could_be_thousands: false,
    };
    let mut last_size = None;
    while !rest.is_empty() {
        let (term, tail) = next_term(rest, marks, last_size)?;
        sum.size = sum
            .size
            .checked_add(term.size)
            .ok_or(NumberError::TooLarge)?;
        sum.could_be_thousands |= term.could_be_thousands;
        last_size = Some(term.power);
        rest = tail;
    }
    sum.below_zero = below_zero && sum.size > 0;
    Ok(sum)
}

fn without_currency(text: &str) -> &str {
    let bare = ["vnd", "dong", "d", "₫"]
        .iter()
        .find_map(|word| text.strip_suffix(word));
    bare.map_or(text, str::trim_end)
}

struct Term {
    size: u128,
    power: u32,
    could_be_thousands: bool,
}

/// Reads one numeral and its word of size; `last` is the power of ten of the one before it.
fn next_term(text: &str, marks: Marks, last: Option<u32>) -> Result<(Term, &str), NumberError> {
    if let (Some(power), Some(tail)) = (last, text.strip_prefix("ruoi"))
        && power > 0
    {
        let half = 5 * 10_u128.pow(power + DECIMALS - 1);
        return ends(
            Term {
                size: half,
                power: 0,
                could_be_thousands: false,
            },
            tail,
        );
    }
    let end = text.find(|c: char| !is_numeral(c)).unwrap_or(text.len());
    let (digits, tail) = text.split_at(end);
    let numeral = Numeral::read(digits.trim(), marks)?;
    let end = tail
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(tail.len());
    let (word, tail) = tail.split_at(end);
    let power = match (word, last) {
        ("", None) => 0,
        // "3tr5", "3 triệu 500": a fraction of the size before it.
        ("", Some(before)) if numeral.decimals == 0 && before >= 3 => {
            return fraction_of(before, &numeral, digits.trim()).and_then(|term| ends(term, tail));
        }
        ("", Some(_)) => return Err(NumberError::NotANumber),
        (word, _) => power_of(word).ok_or(NumberError::NotANumber)?,
    };
    if last.is_some_and(|before| power >= before) {
        return Err(NumberError::NotANumber);
    }
    let size = numeral.size(power)?;
    let could_be_thousands = power == 0 && numeral.could_be_thousands;
    Ok((
        Term {
            size,
            power,
            could_be_thousands,
        },
        tail.trim_start_matches(' '),
    ))
}

fn ends(term: Term, tail: &str) -> Result<(Term, &str), NumberError> {
    if tail.trim().is_empty() {
        Ok((term, ""))
    } else {
        Err(NumberError::NotANumber)
    }
}

/// One digit is tenths of the size before it, three are thousandths; two digits could be either.
fn fraction_of(before: u32, numeral: &Numeral, digits: &str) -> Result<Term, NumberError> {
    let places = match digits.len() {
        1 => 1,
        3 => 3,
        _ => return Err(NumberError::Ambiguous),
    };
    let size = numeral.size(before - places)?;
    Ok(Term {
        size,
        power: 0,
        could_be_thousands: false,
    })
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',' | ' ')
}

/// Words of size, folded.
fn power_of(word: &str) -> Option<u32> {
    match word {
        "k" | "nghin" | "ngan" | "ng" | "thousand" => Some(3),
        "tr" | "trieu" | "million" => Some(6),
        "ty" | "ti" | "billion" => Some(9),
        _ => None,
    }
}

/// Digits with their marks taken out.
struct Numeral {
    digits: u128,
    decimals: u32,
    could_be_thousands: bool,
}

impl Numeral {
    fn read(text: &str, marks: Marks) -> Result<Self, NumberError> {
        if !text.contains(|c: char| c.is_ascii_digit()) {
            return Err(NumberError::NotANumber);
        }
        let (whole, fraction) = split(text, marks);
        let whole = ungrouped(whole)?;
        if !fraction.chars().all(|c| c.is_ascii_digit()) {
            return Err(NumberError::BadGrouping);
        }
        let could_be_thousands =
            fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
        let fraction = fraction.trim_end_matches('0');
        let all = format!("{whole}{fraction}");
        let all = all.trim_start_matches('0');
        if all.len() > MAX_DIGITS {
            return Err(NumberError::TooLarge);
        }
        let digits = if all.is_empty() {
            0
        } else {
            all.parse().map_err(|_| NumberError::NotANumber)?
        };
        let decimals = u32::try_from(fraction.len()).map_err(|_| NumberError::TooPrecise)?;
        Ok(Self {
            digits,
            decimals,
            could_be_thousands,
        })
    }

    /// The numeral times a power of ten, in 10^-12.
    fn size(&self, power: u32) -> Result<u128, NumberError> {
        let shift = (DECIMALS + power)
            .checked_sub(self.decimals)
            .ok_or(NumberError::TooPrecise)?;
        let factor = 10_u128.checked_pow(shift).ok_or(NumberError::TooLarge)?;
        self.digits.checked_mul(factor).ok_or(NumberError::TooLarge)
    }
}

/// Parts a numeral at the mark of its fraction, if one of its marks is that.
fn split(text: &str, marks: Marks) -> (&str, &str) {
    let Some(at) = text.rfind(['.', ',']) else {
        return (text, "");
    };
    let (whole, rest) = text.split_at(at);
    let mark = if rest.starts_with('.') { '.' } else { ',' };
    let fraction = rest.get(1..).unwrap_or("");
    let mixed = whole.contains(if mark == '.' { ',' } else { '.' });
    let grouped = fraction.len() == 3
        && !fraction.contains(' ')
        && !whole.is_empty()
        && !whole.starts_with('0');
    // The same mark twice sets thousands apart; with both marks the last begins the fraction.
    let is_thousands = if whole.contains(mark) {
        true
    } else if mixed || fraction.is_empty() {
        false
    } else {
        mark == marks.thousands() && grouped
    };
    if is_thousands {
        (text, "")
    } else {
        (whole, fraction)
    }
}

/// Takes the marks out of whole digits, when they stand at every third.
fn ungrouped(text: &str) -> Result<String, NumberError> {
    let Some(mark) = text.chars().find(|c| !c.is_ascii_digit()) else {
        return Ok(text.to_owned());
    };
    let mut groups = text.split(mark);
    let first = groups.next().unwrap_or("");
    let digits = |group: &str| group.chars().all(|c| c.is_ascii_digit());
    let well = (1..=3).contains(&first.len())
        && digits(first)
        && groups.all(|group| group.len() == 3 && digits(group));
    if well {
        Ok(text.split(mark).collect())
    } else {
        Err(NumberError::BadGrouping)
    }
}
