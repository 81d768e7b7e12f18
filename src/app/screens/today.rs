//! What needs a person, most pressing first, and the month in numbers.

use std::sync::Arc;

use super::Session;
use crate::app::{Effect, Setup, TypingKey};
use crate::domain::{self, Day, Kept, Stamp, Standing, TodayItem};

/// The screen of today.
#[derive(Default)]
pub struct Today {
    /// `None` until it was read.
    pub read: Option<Box<domain::Today>>,
    pub chosen: u64,
    /// The duties that are behind, with the span that today lies in.
    pub behind: Vec<(Standing, Kept)>,
    pub(in crate::app) asked: u64,
    duties_asked: u64,
}

/// A row of the list: unsaved typing, the pairs of visits that may be one, or an item of what was
/// read, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TodayRow {
    Kept(usize),
    Pairs,
    Item(usize),
    /// So many rows of tables wait in quarantine.
    Quarantine(u64),
    /// A duty that is behind, by position.
    Duty(usize),
    /// No backup for this many days.
    Uncopied(i64),
}

impl Session {
    pub(in crate::app) fn take_today(&mut self, today: Box<domain::Today>, day: Day) {
        self.today.read = Some(today);
        let last = (self.today_rows(day).len() as u64).saturating_sub(1);
        self.today.chosen = self.today.chosen.min(last);
    }

    /// Asks how duties stand.
    pub(in crate::app) fn ask_duties(&mut self, today: Day, setup: &Arc<Setup>) -> Effect {
        let number = self.number();
        self.today.duties_asked = number;
        Effect::QueryDuties {
            number,
            today,
            setup: setup.clone(),
        }
    }

    pub(in crate::app) fn take_duties(&mut self, number: u64, duties: Vec<Standing>) {
        if self.today.duties_asked != number {
            return;
        }
        let each = duties.into_iter().flat_map(|standing| {
            let kept = standing.kept.clone().into_iter();
            kept.map(move |kept| (standing.clone(), kept))
        });
        self.today.behind = each.filter(|(_, kept)| kept.is_behind()).collect();
    }

    /// Takes note that unsaved typing has reached the disk.
    pub(in crate::app) fn was_kept(&mut self, key: TypingKey, at: Stamp) {
        let kept = self.kept.iter_mut().find(|(known, ..)| *known == key);
        if let Some((_, stamp, _)) = kept {
            *stamp = at;
        }
    }

    /// Gives the rows in order: conflicts, what nobody is in charge of and what is late, unsaved typing, pairs, what is due,
    /// drafts, duties that are behind.
    pub fn today_rows(&self, today: Day) -> Vec<TodayRow> {
        let items = self.today.read.as_ref().map_or(&[][..], |t| &t.items);
        let pressing = |item: &TodayItem| match item {
            TodayItem::Conflict(_) => true,
            TodayItem::Due { due, case, .. } => {
                case.officer.is_none() || due.is_some_and(|due| due < today)
            }
            TodayItem::Envelope { due, .. } => due.is_some_and(|due| due < today),
            TodayItem::Returned(_) | TodayItem::Draft(_) => false,
        };
        let late = items.iter().take_while(|item| pressing(item)).count();
        let before = (0..late).map(TodayRow::Item);
        let kept = (0..self.kept.len()).rev().map(TodayRow::Kept);
        let after = (late..items.len()).map(TodayRow::Item);
        let pairs = (!self.pairs.pairs.is_empty()).then_some(TodayRow::Pairs);
        let read = self.today.read.as_ref();
        let waiting = read.map_or(0, |read| read.quarantined);
        let waiting = (waiting > 0).then_some(TodayRow::Quarantine(waiting));
        let uncopied = read.and_then(|read| read.days_uncopied(today));
        let uncopied = uncopied.map(TodayRow::Uncopied);
        let behind = (0..self.today.behind.len()).map(TodayRow::Duty);
        let all = before.chain(kept).chain(pairs).chain(waiting).chain(after);
        all.chain(behind).chain(uncopied).collect()
    }
}
