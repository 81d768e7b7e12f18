//! What every paper is filled from: lists and sentences, the letterhead, the period, the numbers.

use std::collections::BTreeMap;

use super::{Block, Entry, Heading};
use crate::config::paper::Letterheads;
use crate::domain::tally::{Question, Tally, TallyId, Value, tally};
use crate::domain::{Basis, Closing, Day, Period, PeriodName, Person};
use crate::i18n::Text;
use crate::i18n::messages::paper as p;
use crate::report::Terms;

/// What a paper is filled from.
pub struct Fill<'a> {
    pub terms: Terms<'a>,
    /// The name and the rule of each number.
    pub words: fn(TallyId) -> (Text, Text),
    pub letterheads: &'a Letterheads,
    /// The unit that was asked for; empty where none was.
    pub unit: String,
    /// Who writes it.
    pub author: Person,
    pub period: Period,
    pub today: Day,
}

/// The numbers of the period and of the one before it.
pub struct Figures<'a> {
    pub now: Question<'a>,
    pub before: Option<Question<'a>>,
    /// The closing of the period, and what changed since.
    pub closing: Option<&'a Closing>,
    pub corrections: BTreeMap<TallyId, (Value, Value)>,
    /// Nothing lies in the period.
    pub empty: bool,
}

impl Figures<'_> {
    /// Works a number of the period out.
    pub(super) fn tally(&self, id: TallyId) -> Tally {
        tally(id, &self.now)
    }

    /// Returns a number of the period: as it stood when it was closed, else as it stands.
    pub(super) fn value(&self, id: TallyId) -> Value {
        let frozen = self.closing.and_then(|closing| closing.value(id));
        frozen.unwrap_or_else(|| self.tally(id).value())
    }

    /// Returns the number of the period before.
    pub(super) fn before(&self, id: TallyId) -> Option<Value> {
        let before = self.before.as_ref()?;
        Some(tally(id, before).value())
    }
}

impl Fill<'_> {
    pub(super) fn say(&self, text: &Text) -> String {
        self.terms.speech.text(text)
    }

    /// Returns who issues the paper where the letterhead does not say.
    pub(super) fn issuer(&self) -> &str {
        match self.unit.trim() {
            "" => &self.author.unit,
            unit => unit,
        }
    }

    /// Names the period: "tháng 10 năm 2026".
    pub(super) fn period(&self) -> String {
        let year = |year: i32| year.to_string();
        self.say(&match self.period.name() {
            PeriodName::Month { year: y, month } => p::month(month.to_string(), year(y)),
            PeriodName::Quarter { year: y, quarter } => {
                let roman = ["", "I", "II", "III", "IV"];
                let quarter = roman.get(quarter as usize).copied().unwrap_or_default();
                p::quarter(quarter, year(y))
            }
            PeriodName::Half { year: y, half: 1 } => p::first_half(year(y)),
            PeriodName::Half { year: y, .. } => p::second_half(year(y)),
            PeriodName::NineMonths { year: y } => p::nine_months(year(y)),
            PeriodName::Year { year: y } => p::year(year(y)),
            PeriodName::Free => p::span(self.period.from, self.period.to),
        })
    }

    /// Says which days the period has.
    pub(super) fn days(&self) -> String {
        let (from, to) = (self.period.from, self.period.to);
        self.say(&match self.period.basis {
            Basis::Calendar => p::span(from, to),
            Basis::Administrative => p::span_administrative(from, to),
        })
    }

    /// Heads columns: each with its weight.
    pub(super) fn columns<const N: usize>(&self, columns: [(Text, u16); N]) -> Vec<Heading> {
        let heading = |(text, weight): &(Text, u16)| Heading {
            label: self.say(text),
            weight: *weight,
        };
        columns.iter().map(heading).collect()
    }

    pub(super) fn heading(&self, text: &Text) -> Block {
        Block::Heading(self.say(text))
    }

    pub(super) fn text(&self, text: &Text) -> Block {
        Block::Text(self.say(text))
    }

    pub(super) fn field(&self, label: &Text, says: impl Into<String>) -> Block {
        Block::Field(self.say(label), says.into())
    }
}

/// Returns a number's two cells: how many, and of how many.
pub(super) fn cells(value: Option<Value>) -> [Entry; 2] {
    match value {
        None => [Entry::Blank, Entry::Blank],
        Some(Value::Count(count)) => [Entry::Count(count), Entry::Blank],
        Some(Value::Decimal(thousandths)) => [Entry::Decimal(whole(thousandths)), Entry::Blank],
        Some(Value::Share { done, of }) => [Entry::Count(done), Entry::Count(of)],
    }
}

/// Returns how a number changed; nothing for shares, which are compared as rates.
pub(super) fn change(now: Value, before: Option<Value>) -> Entry {
    match (now, before) {
        (Value::Count(now), Some(Value::Count(before))) => {
            Entry::Change(whole(now).saturating_sub(whole(before)))
        }
        (Value::Decimal(now), Some(Value::Decimal(before))) => {
            Entry::DecimalChange(whole(now).saturating_sub(whole(before)))
        }
        _ => Entry::Blank,
    }
}

pub(super) fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
