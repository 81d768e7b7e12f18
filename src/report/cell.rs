//! What stands in a cell, before it is written in any format.

use std::borrow::Cow;

use crate::domain::cell::{beneficiaries, funding, join, promises};
use crate::domain::{Beneficiaries, Code, Day, Funding, Promise, Quantity, Stamp, Vnd};

/// The content of a cell.
///
/// No `Debug`: it may be a citizen's name.
#[derive(Clone, PartialEq, Eq)]
pub enum Cell {
    Empty,
    Text(String),
    Texts(Vec<String>),
    Code(Code),
    /// One of a closed list: its code for programs, and what people read.
    Term {
        code: &'static str,
        said: String,
    },
    Count(u64),
    Quantity(Quantity),
    Vnd(Vnd),
    Day(Day),
    Moment(Stamp),
    /// That something holds; what does not hold is empty.
    Yes,
    Funding(Vec<Funding>),
    Beneficiaries(Vec<Beneficiaries>),
    Promises(Vec<Promise>),
}

impl Cell {
    /// A text; nothing where it is empty.
    pub fn text(text: &str) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text.to_owned())
        }
    }

    /// A list; nothing where it is empty.
    pub fn texts(texts: Vec<String>) -> Self {
        if texts.is_empty() {
            Self::Empty
        } else {
            Self::Texts(texts)
        }
    }

    /// What is perhaps known.
    pub fn of<T>(known: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        known.map_or(Self::Empty, cell)
    }

    /// Returns the words of a cell for a format that knows text only, `None` where it is empty. Days are
    /// `yyyy-mm-dd` and numbers have a decimal point, in every language.
    pub fn words(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Self::Empty => return None,
            Self::Text(text) => Cow::Borrowed(text),
            Self::Texts(texts) => join(texts).into(),
            Self::Code(code) => Cow::Borrowed(code.as_str()),
            Self::Term { said, .. } => Cow::Borrowed(said),
            Self::Count(count) => count.to_string().into(),
            Self::Quantity(quantity) => decimal(*quantity).into(),
            Self::Vnd(Vnd(value)) => value.to_string().into(),
            Self::Day(day) => iso(*day).into(),
            Self::Moment(at) => moment(*at).into(),
            Self::Yes => Cow::Borrowed("x"),
            Self::Funding(all) => funding(all).into(),
            Self::Beneficiaries(all) => beneficiaries(all).into(),
            Self::Promises(all) => promises(all).into(),
        })
    }

    /// Tells whether a person's own words stand in it, which a spreadsheet must not run.
    pub fn is_free(&self) -> bool {
        match self {
            Self::Text(_) | Self::Texts(_) | Self::Promises(_) => true,
            Self::Funding(_) | Self::Beneficiaries(_) => true,
            Self::Empty
            | Self::Code(_)
            | Self::Term { .. }
            | Self::Count(_)
            | Self::Quantity(_)
            | Self::Vnd(_)
            | Self::Day(_)
            | Self::Moment(_)
            | Self::Yes => false,
        }
    }
}

/// Writes thousandths as a number without idle zeros: `1.5`.
pub(super) fn decimal(Quantity(thousandths): Quantity) -> String {
    let (whole, rest) = (thousandths / 1000, thousandths % 1000);
    if rest == 0 {
        return whole.to_string();
    }
    let text = format!("{whole}.{rest:03}");
    text.trim_end_matches('0').to_owned()
}

/// Writes a day as ISO 8601 has it.
pub(super) fn iso(day: Day) -> String {
    day.format("%Y-%m-%d").to_string()
}

/// Writes a moment in Vietnam's time.
pub(super) fn moment(at: Stamp) -> String {
    at.local().format("%Y-%m-%dT%H:%M:%S+07:00").to_string()
}
