//! What needs a person, most pressing first, and the month in numbers.

use std::sync::Arc;

use super::Session;
use crate::app::{Effect, Setup, TypingKey};
use crate::domain::{self, Day, Held, Kept, Offers, Stamp, Standing, TodayItem};

/// The screen of today.
#[derive(Default)]
pub struct Today {
    /// `None` until it was read.
    pub read: Option<Box<domain::Today>>,
    pub chosen: u64,
    /// The duties that are behind, with the span that today lies in.
    pub behind: Vec<(Standing, Kept)>,
    /// What was handed over long ago and may be erased; its texts are left out.
    pub offered: Vec<Held>,
    pub(in crate::app) asked: u64,
    duties_asked: u64,
    /// The last day of receipt that is offered, once it was asked for.
    offered_before: Option<Day>,
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
    /// Citizens' data that may be erased.
    Offered,
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

    /// Asks once a day what may be erased.
    pub(in crate::app) fn ask_offered(&mut self, today: Day, setup: &Setup) -> Option<Effect> {
        let months = chrono::Months::new(u32::from(setup.erase_offer_months.get()));
        let before = today.checked_sub_months(months)?;
        let asks = self.profile.role.keeps_names() && self.today.offered_before != Some(before);
        asks.then(|| {
            self.today.offered_before = Some(before);
            self.today.offered.clear();
            Effect::QueryOffered { before, from: None }
        })
    }

    pub(in crate::app) fn take_offered(&mut self, before: Day, offers: Offers) -> Vec<Effect> {
        if self.today.offered_before != Some(before) {
            return Vec::new();
        }
        self.today.offered.extend(offers.held);
        let from = offers.next;
        let next = from.map(|_| Effect::QueryOffered { before, from });
        next.into_iter().collect()
    }

    /// Gives the last day of receipt that is offered.
    pub(in crate::app) fn offered_before(&self) -> Option<Day> {
        self.today.offered_before
    }

    /// What was offered is erased: it is asked for anew.
    pub(in crate::app) fn ask_offered_again(&mut self) {
        self.today.offered_before = None;
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
        let offered = (!self.today.offered.is_empty()).then_some(TodayRow::Offered);
        let all = all.chain(behind).chain(uncopied);
        all.chain(offered).collect()
    }
}
