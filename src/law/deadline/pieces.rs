//! The pieces of arithmetic about days off.

use super::{Piece, Span, Why, is_weekend};
use crate::domain::Day;
use crate::law::calendar::{Calendar, Special, SpecialDay};
use crate::law::rules::Unit;

/// Adds what days off do, or do not do, between the start and the due date.
pub(super) fn days_off(
    unit: Unit,
    (from, due): (Day, Day),
    calendar: &Calendar,
    out: &mut Vec<Piece<'_>>,
) {
    let days = calendar.specials(from, due);
    let mut runs: Vec<(Span, Special)> = Vec::new();
    for SpecialDay { date, special, .. } in days.iter().copied() {
        match special {
            Special::SwappedWork => {
                if unit == Unit::Working {
                    out.push(Piece::Worked(date));
                }
                continue;
            }
            Special::Holiday(_) | Special::MakeUpOff(_) | Special::SwappedOff => {}
        }
        // A rest day is off anyway, and a due date that is off is told by where it moves.
        if is_weekend(date) || (unit == Unit::Calendar && date == due) {
            continue;
        }
        match runs.last_mut() {
            Some((span, of)) if *of == special && span.last.succ_opt() == Some(date) => {
                span.last = date;
            }
            Some(_) | None => runs.push((
                Span {
                    first: date,
                    last: date,
                },
                special,
            )),
        }
    }
    out.extend(runs.into_iter().map(|(span, special)| match unit {
        Unit::Working => Piece::NotCounted(span, special),
        Unit::Calendar => Piece::Within(span, special),
    }));
}

/// Tells why and where a due date moves.
pub(super) fn moved<'a>(due: Day, to: Day, calendar: &Calendar) -> Piece<'a> {
    let special = calendar.special(due).map(|day| Why::Special(day.special));
    let why = match special {
        Some(why) if !is_weekend(due) => why,
        Some(_) | None => Why::Weekend,
    };
    Piece::Moved { due, why, to }
}
