//! The cell's queue, and where the copies are.

use std::collections::BTreeSet;

use super::{Session, Tab, View, step};
use crate::app::dialogs::{Ask, ConfirmAll, Dialog, DoorQuestion, Pick, Purpose, Question};
use crate::app::{Action, Effect, ExchangeSeen, Model, RosterDeed};
use crate::domain::{Book, Changed, Queued, Say, ThreadLine, VisitId};
use crate::i18n::messages::review;

/// A screen that has to do with others.
pub enum Shared {
    Review(Queue),
    Exchange(Exchanged),
}

/// A visit in the revision in which it was marked, and its logbook.
pub type Marked = (Book, VisitId, [u8; 32]);

/// The screen of what waits for the cell.
#[derive(Default)]
pub struct Queue {
    /// `None` until it was read.
    pub rows: Option<Vec<Queued>>,
    pub at: u64,
    /// What was said about the visit in front, and what is not as it was when last looked at.
    pub beside: Option<(VisitId, Vec<ThreadLine>, Vec<Changed>)>,
    /// The visits that are confirmed together, each in the revision in which it was marked.
    pub marked: BTreeSet<Marked>,
    asked: u64,
}

/// The screen of where the copies are.
#[derive(Default)]
pub struct Exchanged {
    pub seen: Option<ExchangeSeen>,
    asked: u64,
}

impl Queue {
    /// Gives the visit in front.
    pub fn chosen(&self) -> Option<&Queued> {
        let at = usize::try_from(self.at).ok()?;
        self.rows.as_ref()?.get(at)
    }

    /// Tells whether a visit is among those that are confirmed together.
    pub fn is_marked(&self, queued: &Queued) -> bool {
        self.marked.contains(&mark_of(queued))
    }

    fn mark(&mut self, queued: &Queued) {
        let one = mark_of(queued);
        if !self.marked.remove(&one) {
            self.marked.insert(one);
        }
    }

    /// Marks every visit that may be confirmed; where all are marked, none.
    fn mark_all(&mut self) {
        let may = self.rows.iter().flatten().filter(|queued| !queued.own);
        let all: BTreeSet<_> = may.map(mark_of).collect();
        self.marked = match all == self.marked {
            true => BTreeSet::new(),
            false => all,
        };
    }

    fn ask_beside(&self) -> Vec<Effect> {
        let chosen = self.chosen();
        let ask = chosen.map(|queued| Effect::QueryReviewOf(queued.row.id).within(queued.book));
        ask.into_iter().collect()
    }
}

fn mark_of(queued: &Queued) -> Marked {
    (queued.book, queued.row.id, queued.revision)
}

impl Session {
    /// Opens one of the two screens and asks for what it shows.
    pub(in crate::app) fn open_shared(&mut self, tab: Tab) -> Vec<Effect> {
        self.go(tab);
        self.ask_shared()
    }

    /// Asks again for what the screen in front shows, where it is one of the two.
    pub(in crate::app) fn ask_shared(&mut self) -> Vec<Effect> {
        let number = self.number();
        let View::Shared(shared) = &mut self.view else {
            return Vec::new();
        };
        match shared {
            Shared::Review(open) => {
                open.asked = number;
                vec![Effect::QueryReview(number)]
            }
            Shared::Exchange(open) => {
                open.asked = number;
                vec![Effect::QueryExchange(number)]
            }
        }
    }

    pub(in crate::app) fn take_queue(&mut self, number: u64, rows: Vec<Queued>) -> Vec<Effect> {
        if let View::Shared(Shared::Review(open)) = &mut self.view
            && open.asked == number
        {
            let last = (rows.len() as u64).saturating_sub(1);
            open.at = open.at.min(last);
            // What was changed meanwhile has to be looked at again.
            let stands = |one: &Marked| rows.iter().any(|queued| mark_of(queued) == *one);
            open.marked.retain(stands);
            open.rows = Some(rows);
            return open.ask_beside();
        }
        Vec::new()
    }

    pub(in crate::app) fn take_beside(
        &mut self,
        visit: VisitId,
        thread: Vec<ThreadLine>,
        changes: Vec<Changed>,
    ) {
        if let View::Shared(Shared::Review(open)) = &mut self.view {
            open.beside = Some((visit, thread, changes));
        }
    }

    pub(in crate::app) fn take_exchange(&mut self, number: u64, seen: ExchangeSeen) {
        if let View::Shared(Shared::Exchange(open)) = &mut self.view
            && open.asked == number
        {
            if self.sync_with.is_empty()
                && let Some((_, place)) = &seen.last
            {
                self.sync_with.clone_from(place);
            }
            open.seen = Some(seen);
        }
    }
}

/// Does an action on one of the two screens.
pub(in crate::app) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let size = model.size;
    let Some(session) = model.session_mut() else {
        return Vec::new();
    };
    if action == Action::Back {
        session.go(Tab::Today);
        return Vec::new();
    }
    let last = session.sync_with.clone();
    let View::Shared(shared) = &mut session.view else {
        return Vec::new();
    };
    let open = match shared {
        Shared::Exchange(_) => {
            let pick = |deed| Dialog::Pick(Pick::new(Purpose::Device(deed)));
            let dialog = match action {
                Action::Sync => Some(Dialog::Ask(Ask::new(Question::SyncWith, &last))),
                Action::Invite => Some(Dialog::Pick(Pick::new(Purpose::Invite))),
                Action::Admit => {
                    let question = Question::Door(DoorQuestion::Request);
                    Some(Dialog::Ask(Ask::new(question, "")))
                }
                Action::NameKeeper => Some(pick(RosterDeed::NameKeeper)),
                Action::ShutOut => Some(pick(RosterDeed::ShutOut)),
                _ => None,
            };
            model.dialogs.extend(dialog);
            return Vec::new();
        }
        Shared::Review(open) => open,
    };
    if action == Action::JoinBook {
        let ask = Ask::new(Question::JoinBook, "");
        model.dialogs.push(Dialog::Ask(ask));
        return Vec::new();
    }
    let Some(queued) = open.chosen() else {
        return Vec::new();
    };
    let (book, visit, seen) = mark_of(queued);
    match action {
        Action::Open => session.open_visit_of(book, visit),
        Action::MarkVisit if queued.own => {
            model.problem(review::own_left_out());
            Vec::new()
        }
        Action::MarkVisit => {
            let queued = queued.clone();
            open.mark(&queued);
            let last = open.rows.as_ref().map_or(0, Vec::len).saturating_sub(1) as u64;
            open.at = (open.at + 1).min(last);
            open.ask_beside()
        }
        Action::MarkAll => {
            open.mark_all();
            Vec::new()
        }
        Action::Confirm if !open.marked.is_empty() => {
            let rows = open.rows.iter().flatten();
            let visits = rows
                .filter(|queued| open.is_marked(queued))
                .cloned()
                .collect();
            let all = ConfirmAll { visits, top: 0 };
            model.dialogs.push(Dialog::Confirm(all));
            Vec::new()
        }
        Action::Confirm => {
            let (say, text) = (Say::Confirm, String::new());
            let word = Effect::Review {
                visit,
                say,
                text,
                seen,
            };
            vec![word.within(book)]
        }
        Action::GiveBack | Action::AskMore | Action::Conclude => {
            let say = match action {
                Action::GiveBack => Say::Return,
                Action::Conclude => Say::Conclude,
                _ => Say::Ask,
            };
            let about = (book, visit, seen);
            let ask = Ask::new(Question::Review { about, say }, "");
            model.dialogs.push(Dialog::Ask(ask));
            Vec::new()
        }
        action => {
            let count = open.rows.as_ref().map_or(0, Vec::len) as u64;
            match step(open.at, count, action, size) {
                Some(at) if at != open.at => {
                    open.at = at;
                    open.ask_beside()
                }
                Some(_) | None => Vec::new(),
            }
        }
    }
}
