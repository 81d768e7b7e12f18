//! Pairs of visits that may be one, looked through one after the other, and what a person decides.

use super::{Session, Tab, TodayRow, View};
use crate::app::action::Motion;
use crate::app::{Action, Effect};
use crate::domain::{Day, Decision, Duplicate, DuplicatePage, Seen, Verdict, VisitId};

/// Pages of the visits saved last that are looked through for the count on the screen of today.
const COUNTED_PAGES: u32 = 16;
/// Open pairs that are asked for before the screen needs them.
const AHEAD: usize = 20;

/// Which pairs are looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Those of the whole list, the newest visit first.
    List,
    /// Those of one visit, decided ones among them.
    Of(VisitId),
}

/// How far the looking has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Waits for the answer to the query of this number.
    Asked(u64),
    /// Can go on after this visit.
    Paused(Seen),
    Done,
}

/// The pairs found so far.
pub struct Found {
    pub pairs: Vec<Duplicate>,
    pub progress: Progress,
    pages: u32,
}

impl Default for Found {
    fn default() -> Self {
        Self {
            pairs: Vec::new(),
            progress: Progress::Done,
            pages: 0,
        }
    }
}

impl Found {
    /// Tells whether a pair is among them, in either order.
    fn has(&self, pair: &Duplicate) -> bool {
        let mut ids = pair.sides.each_ref().map(|side| side.row.id);
        ids.sort_unstable();
        self.pairs.iter().any(|known| {
            let mut known = known.sides.each_ref().map(|side| side.row.id);
            known.sort_unstable();
            known == ids
        })
    }
}

/// The screen of pairs.
pub struct Pairs {
    pub scope: Scope,
    pub found: Found,
    /// The pair in front.
    pub at: usize,
    /// Which of its two visits the cursor is on.
    pub side: usize,
    pub from: Tab,
}

impl Pairs {
    /// Gives the pair in front.
    pub fn pair(&self) -> Option<&Duplicate> {
        self.found.pairs.get(self.at)
    }

    /// Gives the visit that the cursor is on.
    pub fn visit(&self) -> Option<VisitId> {
        let side = self.pair()?.sides.get(self.side)?;
        Some(side.row.id)
    }

    fn step(&mut self, motion: Motion) {
        let last = self.found.pairs.len().saturating_sub(1);
        self.at = match motion {
            Motion::Up | Motion::PageUp => self.at.saturating_sub(1),
            Motion::Down | Motion::PageDown => (self.at + 1).min(last),
            Motion::First => 0,
            Motion::Last => last,
        };
    }
}

/// Asks on after what was seen.
fn ask(found: &mut Found, number: u64, seen: Option<Seen>) -> Effect {
    found.progress = Progress::Asked(number);
    Effect::QueryPairs { number, seen }
}

/// Takes a page in where it was waited for; gives where to go on.
fn take(found: &mut Found, number: u64, page: &mut DuplicatePage) -> Option<Seen> {
    if found.progress != Progress::Asked(number) {
        return None;
    }
    let new = std::mem::take(&mut page.pairs).into_iter();
    let new: Vec<_> = new.filter(|pair| !found.has(pair)).collect();
    found.pairs.extend(new);
    found.pages += 1;
    found.progress = page.next.map_or(Progress::Done, Progress::Paused);
    page.next
}

impl Session {
    /// Begins to count the open pairs anew; until that is done the count before it stands.
    pub(in crate::app) fn ask_pairs(&mut self) -> Effect {
        let number = self.number();
        self.counting = Found::default();
        ask(&mut self.counting, number, Some(Seen::NOTHING_WRITTEN))
    }

    /// Takes over what was counted; the cursor stays on its row.
    fn counted(&mut self, today: Day) {
        let before = self.pairs_row(today);
        self.pairs = std::mem::take(&mut self.counting);
        let after = self.pairs_row(today);
        let chosen = &mut self.today.chosen;
        match (before, after) {
            (None, Some(at)) if *chosen > 0 && *chosen >= at => *chosen += 1,
            (Some(at), None) if *chosen > at => *chosen -= 1,
            (Some(_) | None, _) => {}
        }
    }

    /// Gives where the row of pairs stands on Today.
    fn pairs_row(&self, today: Day) -> Option<u64> {
        let mut rows = self.today_rows(today).into_iter();
        let at = rows.position(|row| row == TodayRow::Pairs);
        at.and_then(|at| u64::try_from(at).ok())
    }

    /// Opens the pairs of the whole list, beginning with those that are counted already.
    pub(in crate::app) fn open_pairs(&mut self) -> Vec<Effect> {
        let number = self.number();
        let mut pairs = Pairs {
            scope: Scope::List,
            found: Found {
                pairs: self.pairs.pairs.clone(),
                ..Found::default()
            },
            at: 0,
            side: 1,
            from: self.tab().unwrap_or(Tab::Today),
        };
        let effect = ask(&mut pairs.found, number, None);
        self.view = View::Pairs(Box::new(pairs));
        vec![effect]
    }

    /// Opens the pairs of the visit on the screen.
    pub(in crate::app) fn open_pairs_of(&mut self, visit: VisitId) -> Vec<Effect> {
        let from = self.tab().unwrap_or(Tab::Visits);
        let mut known = Vec::new();
        if let View::Detail(open) = &mut self.view {
            known = std::mem::take(&mut open.pairs);
        }
        self.view = View::Pairs(Box::new(Pairs {
            scope: Scope::Of(visit),
            found: Found {
                pairs: known,
                ..Found::default()
            },
            at: 0,
            side: 1,
            from,
        }));
        vec![Effect::QueryPairsOf(visit)]
    }

    /// Takes a page of open pairs in and asks on where more is wanted.
    pub(in crate::app) fn take_pairs(
        &mut self,
        number: u64,
        mut page: DuplicatePage,
        today: Day,
    ) -> Vec<Effect> {
        if self.counting.progress == Progress::Asked(number) {
            return match take(&mut self.counting, number, &mut page) {
                Some(seen) if self.counting.pages < COUNTED_PAGES => {
                    let number = self.number();
                    vec![ask(&mut self.counting, number, Some(seen))]
                }
                Some(_) | None => {
                    self.counted(today);
                    Vec::new()
                }
            };
        }
        if let View::Pairs(open) = &mut self.view {
            take(&mut open.found, number, &mut page);
        }
        self.more_pairs()
    }

    /// Asks on where the pairs found so far will soon be looked through.
    fn more_pairs(&mut self) -> Vec<Effect> {
        let View::Pairs(open) = &mut self.view else {
            return Vec::new();
        };
        match open.found.progress {
            Progress::Paused(seen) if open.found.pairs.len() < open.at + AHEAD => {
                self.asked += 1;
                vec![ask(&mut open.found, self.asked, Some(seen))]
            }
            Progress::Paused(_) | Progress::Asked(_) | Progress::Done => Vec::new(),
        }
    }

    /// Gives the pairs of one visit to the screen that asked for them.
    pub(in crate::app) fn take_pairs_of(&mut self, visit: VisitId, pairs: Vec<Duplicate>) {
        if let View::Detail(open) = &mut self.view
            && open.visit == visit
        {
            open.pairs = pairs;
        } else if let View::Pairs(open) = &mut self.view
            && open.scope == Scope::Of(visit)
        {
            open.at = open.at.min(pairs.len().saturating_sub(1));
            open.found.pairs = pairs;
        }
    }

    /// The decision is saved: goes on to the next pair.
    pub(in crate::app) fn decided(&mut self, pair: (VisitId, VisitId), verdict: Verdict) {
        let is_it = |found: &Duplicate| {
            let [one, other] = found.sides.each_ref().map(|side| side.row.id);
            pair == (one, other) || pair == (other, one)
        };
        self.pairs.pairs.retain(|found| !is_it(found));
        let View::Pairs(open) = &mut self.view else {
            return;
        };
        match open.scope {
            Scope::List => open.found.pairs.retain(|found| !is_it(found)),
            Scope::Of(_) => {
                for found in open.found.pairs.iter_mut().filter(|found| is_it(found)) {
                    found.decision = Some(match verdict {
                        Verdict::Linked => Decision::Linked,
                        Verdict::Dismissed => Decision::Dismissed,
                    });
                }
            }
        }
        open.at = open.at.min(open.found.pairs.len().saturating_sub(1));
    }

    /// Does an action on the screen of pairs.
    pub(in crate::app) fn in_pairs(&mut self, action: Action) -> Vec<Effect> {
        let View::Pairs(open) = &mut self.view else {
            return Vec::new();
        };
        let verdict = match action {
            Action::Back => {
                let (scope, from) = (open.scope, open.from);
                self.go(from);
                return match scope {
                    Scope::Of(visit) => self.open_visit(visit),
                    Scope::List => Vec::new(),
                };
            }
            Action::OtherSide => {
                open.side = 1 - open.side.min(1);
                return Vec::new();
            }
            Action::Open => {
                let visit = open.visit();
                return visit.map_or_else(Vec::new, |visit| self.open_visit(visit));
            }
            Action::Link => Verdict::Linked,
            Action::Dismiss => Verdict::Dismissed,
            action => {
                if let Some(motion) = action.motion() {
                    open.step(motion);
                }
                return self.more_pairs();
            }
        };
        let Some(pair) = open.pair() else {
            return Vec::new();
        };
        let pair = (pair.sides[0].row.id, pair.sides[1].row.id);
        vec![Effect::Decide { pair, verdict }]
    }
}
