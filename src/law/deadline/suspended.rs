//! Days on which the clock of a petition stood still.

use chrono::TimeDelta;

use super::{Deadlines, Refused, Warning};
use crate::domain::Day;

/// A suspension as it was written down; both days are in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suspension {
    pub from: Day,
    /// `None` while no end is known.
    pub to: Option<Day>,
}

/// Days from the first to the last, both in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub first: Day,
    pub last: Day,
}

impl Span {
    /// Returns how many days it has.
    pub fn days(self) -> i64 {
        (self.last - self.first).num_days() + 1
    }
}

/// Puts suspensions in order, those that overlap as one.
pub(super) fn merged(suspensions: &[Suspension]) -> Result<Vec<Span>, Refused> {
    let mut spans = Vec::with_capacity(suspensions.len());
    for Suspension { from, to } in suspensions.iter().copied() {
        let to = to.ok_or(Refused::SuspensionEndless(from))?;
        if to < from {
            return Err(Refused::SuspensionBackwards { from, to });
        }
        spans.push(Span {
            first: from,
            last: to,
        });
    }
    spans.sort_by_key(|span| (span.first, span.last));
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.first <= last.last => last.last = last.last.max(span.last),
            Some(_) | None => merged.push(span),
        }
    }
    Ok(merged)
}

/// What suspensions do to a due date.
pub(super) struct LeftOut {
    pub days: u32,
    pub due: Day,
    pub spans: Vec<Span>,
}

/// Moves a due date by the suspended days, span by span: only days after the start count, and a span
/// that begins after the due date that holds by then comes too late.
pub(super) fn left_out(
    spans: &[Span],
    from: Day,
    plain: Day,
    out: &mut Deadlines<'_>,
) -> Result<LeftOut, Refused> {
    let mut left = LeftOut {
        days: 0,
        due: plain,
        spans: Vec::new(),
    };
    for span in spans {
        if span.last <= from {
            out.warn(Warning::BeforeStart(*span));
            continue;
        }
        if span.first > left.due {
            out.warn(Warning::AfterDue(*span, left.due));
            continue;
        }
        let first = span.first.max(from.succ_opt().unwrap_or(from));
        let counted = Span {
            first,
            last: span.last,
        };
        let days = u32::try_from(counted.days()).map_err(|_| Refused::OutOfReach)?;
        let due = left
            .due
            .checked_add_signed(TimeDelta::days(i64::from(days)));
        left.due = due.ok_or(Refused::OutOfReach)?;
        left.days = (left.days.checked_add(days)).ok_or(Refused::OutOfReach)?;
        left.spans.push(counted);
    }
    Ok(left)
}
