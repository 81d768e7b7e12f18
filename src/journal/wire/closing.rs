//! The stored form of closings of periods.

use super::parts::{Id, day, list, read_day};
use super::{recorded, wire};
use crate::domain::tally::{TallyId, Value};
use crate::domain::{Basis, Closing, PersonId};
use crate::journal::Malformed;

wire!(record ClosingWire {
    1 from: i32,
    2 to: i32,
    3 basis: u16,
    4 on: i32,
    5 by: Id,
    6 numbers: Vec<NumberWire>,
});

wire!(NumberWire {
    1 id: String,
    2 done: u64,
    3 of: u64,
});

recorded!(Closing, ClosingWire);

const CALENDAR: u16 = 1;
const ADMINISTRATIVE: u16 = 2;

impl From<&(TallyId, Value)> for NumberWire {
    fn from((id, value): &(TallyId, Value)) -> Self {
        let (done, of) = match value {
            Value::Count(count) | Value::Decimal(count) => (*count, None),
            Value::Share { done, of } => (*done, Some(*of)),
        };
        Self {
            id: Some(id.as_str().to_owned()),
            done: Some(done),
            of,
        }
    }
}

impl From<&Closing> for ClosingWire {
    fn from(closing: &Closing) -> Self {
        Self {
            from: closing.from.map(day),
            to: closing.to.map(day),
            basis: closing.basis.map(|basis| match basis {
                Basis::Calendar => CALENDAR,
                Basis::Administrative => ADMINISTRATIVE,
            }),
            on: closing.on.map(day),
            by: closing.by.map(|by| by.0.into()),
            numbers: list(&closing.numbers, NumberWire::from),
        }
    }
}

impl TryFrom<ClosingWire> for Closing {
    type Error = Malformed;

    fn try_from(wire: ClosingWire) -> Result<Self, Malformed> {
        let number = |wire: NumberWire| {
            let word = wire.id?;
            let found = TallyId::ALL.iter().find(|(known, _)| *known == word);
            let (_, id) = found?;
            Some((*id, id.written(wire.done?, wire.of.unwrap_or(0))))
        };
        let numbers = wire.numbers.unwrap_or_default().into_iter();
        Ok(Self {
            from: read_day(wire.from)?,
            to: read_day(wire.to)?,
            basis: match wire.basis {
                Some(CALENDAR) => Some(Basis::Calendar),
                Some(ADMINISTRATIVE) => Some(Basis::Administrative),
                // Left out: a later release's basis.
                Some(_) | None => None,
            },
            on: read_day(wire.on)?,
            by: wire.by.map(|by| PersonId(by.into())),
            numbers: numbers.filter_map(number).collect(),
        })
    }
}
