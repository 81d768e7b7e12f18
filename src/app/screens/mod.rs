//! One file a screen: its state and what its keys do.
//!
//! Nothing here is drawn.

pub(super) mod coverage;
mod detail;
mod first_run;
mod map;
pub(super) mod owed;
mod pairs;
mod places;
pub(super) mod quarantine;
mod records;
pub(super) mod report;
mod settings;
mod shared;
mod today;
mod unlock;
mod visits;

pub use coverage::{Area, Board, Covered, PlaceRow};
pub use detail::{Detail, Page};
pub(super) use first_run::Next;
pub use first_run::{FirstRun, Step, TAIL};
pub use map::Dot;
pub use owed::{Owed, Raised};
pub use pairs::{Found, Pairs, Progress, Scope};
pub use places::Places;
pub use quarantine::{OpenRow, Phase, Quarantine};
pub use records::{LISTS, Records};
pub use report::{Behind, Report};
pub use settings::{Row, Settings};
pub use shared::{Exchanged, Marked, Queue, Shared};
pub use today::{Today, TodayRow};
pub use unlock::{Attempt, Unlock};
pub use visits::{Chip, Searching, Visits};

use std::collections::BTreeMap;

use super::action::Motion;
use super::capture::Capture;
use super::{Action, Effect, Joined, JoinedState, Size, TypingKey, Unlocked};
use crate::domain::{Book, Day, Label, Names, PersonId, Profile, Stamp, VisitId};

/// Whether something secret is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    #[default]
    Hidden,
    Shown,
}

impl Shown {
    /// Gives the other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Hidden => Self::Shown,
            Self::Shown => Self::Hidden,
        }
    }
}

/// Where a screen goes back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    Today,
    Visits,
    Concerns,
    Coverage,
    Review,
    Report,
    Exchange,
}

/// The screen of the open logbook.
pub enum View {
    Today,
    Visits,
    Records,
    Detail(Box<Detail>),
    Owed(Box<Owed>),
    Pairs(Box<Pairs>),
    Quarantine(Box<Quarantine>),
    Places(Places),
    /// Where the unit has been and where not.
    Coverage,
    /// The numbers of a period and its papers.
    Report,
    /// What has to do with others.
    Shared(Shared),
    Settings(Settings),
    Capture(Box<Capture>),
}

/// Everything that was read from the open logbook; locking drops it whole.
pub struct Session {
    pub profile: Profile,
    pub me: PersonId,
    pub names: Names,
    /// Unsaved typing, oldest first, with the time of its last keystroke.
    pub kept: Vec<(TypingKey, Stamp, Vec<u8>)>,
    pub view: View,
    pub today: Today,
    pub visits: Visits,
    pub records: Records,
    pub coverage: Covered,
    /// The numbers of a period, once they were asked for.
    pub report: Option<Box<Report>>,
    /// Hot spots put on places and taken off, oldest first.
    pub spots: Vec<Label>,
    /// The open pairs that are counted on the screen of today.
    pub pairs: Found,
    /// Those that are being counted.
    counting: Found,
    /// The pairs that the visit on the screen was opened from.
    behind: Option<Box<Pairs>>,
    /// Where the form goes back to.
    pub(super) form_from: Tab,
    /// Typing that was discarded since the logbook was opened, the last one last.
    pub(super) discarded: Vec<Capture>,
    /// Where the last backup of this session went.
    pub(super) backup_to: String,
    /// Whether an old backup was spoken of since the logbook was opened.
    pub(super) reminded: bool,
    /// Where this session exchanged last.
    pub(super) sync_with: String,
    /// Logbooks of other units whose visits the queue shows.
    pub joined: BTreeMap<u16, Joined>,
    /// The number of the last query.
    asked: u64,
}

impl Session {
    pub(super) fn new(unlocked: Unlocked) -> Self {
        Self {
            profile: unlocked.profile,
            me: unlocked.me,
            names: unlocked.names,
            kept: unlocked.typing,
            view: View::Today,
            today: Today::default(),
            visits: Visits::default(),
            records: Records::default(),
            coverage: Covered::default(),
            report: None,
            spots: Vec::new(),
            pairs: Found::default(),
            counting: Found::default(),
            behind: None,
            form_from: Tab::Today,
            discarded: Vec::new(),
            backup_to: String::new(),
            reminded: false,
            sync_with: String::new(),
            joined: BTreeMap::new(),
            asked: 0,
        }
    }

    /// Gives the tab that the present screen belongs to.
    pub fn tab(&self) -> Option<Tab> {
        match &self.view {
            View::Today => Some(Tab::Today),
            View::Visits => Some(Tab::Visits),
            View::Records => Some(Tab::Concerns),
            View::Detail(detail) => Some(detail.from),
            View::Owed(open) => Some(open.from),
            View::Pairs(pairs) => Some(pairs.from),
            View::Quarantine(open) => Some(open.from),
            View::Coverage => Some(Tab::Coverage),
            View::Capture(_) => Some(self.form_from),
            View::Report => Some(Tab::Report),
            View::Shared(Shared::Review(_)) => Some(Tab::Review),
            View::Shared(Shared::Exchange(_)) => Some(Tab::Exchange),
            View::Places(_) | View::Settings(_) => None,
        }
    }

    pub(super) fn number(&mut self) -> u64 {
        self.asked += 1;
        self.asked
    }

    pub(super) fn ask_today(&mut self, today: Day) -> Effect {
        let number = self.number();
        self.today.asked = number;
        Effect::QueryToday { number, today }
    }

    /// Opens a visit; until it has been read its screen is empty.
    pub(super) fn open_visit(&mut self, visit: VisitId) -> Vec<Effect> {
        self.open_visit_of(Book::Own, visit)
    }

    /// Opens a visit of any of the open logbooks.
    pub(super) fn open_visit_of(&mut self, book: Book, visit: VisitId) -> Vec<Effect> {
        let from = self.tab().unwrap_or(Tab::Visits);
        let open = Detail::new((book, visit), from);
        let asked = open.asked();
        let view = View::Detail(Box::new(open));
        self.behind = None;
        if let View::Pairs(pairs) = std::mem::replace(&mut self.view, view) {
            self.behind = Some(pairs);
        }
        asked
    }

    /// Gives what records of a logbook call places and people.
    pub fn names_in(&self, book: Book) -> Option<&Names> {
        match book {
            Book::Own => Some(&self.names),
            Book::Joined(at) => match &self.joined.get(&at)?.state {
                JoinedState::Open(names) => Some(names),
                JoinedState::Opening | JoinedState::Closed(_) => None,
            },
        }
    }

    /// Goes back from a visit to where it was opened.
    pub(super) fn back_from(&mut self, tab: Tab) {
        match self.behind.take() {
            Some(pairs) => self.view = View::Pairs(pairs),
            None => self.go(tab),
        }
    }

    pub(super) fn go(&mut self, tab: Tab) {
        self.behind = None;
        self.view = match tab {
            Tab::Today => View::Today,
            Tab::Visits => View::Visits,
            Tab::Concerns => View::Records,
            Tab::Coverage => View::Coverage,
            Tab::Report => View::Report,
            Tab::Review => View::Shared(Shared::Review(Queue::default())),
            Tab::Exchange => View::Shared(Shared::Exchange(Exchanged::default())),
        };
    }
}

pub(super) use shared::act as act_shared;

/// Gives the row after a step through a list; a page is what the screen shows of one.
pub(super) fn step(chosen: u64, count: u64, action: Action, size: Size) -> Option<u64> {
    let last = count.saturating_sub(1);
    let page = u64::from(size.body() / 2).max(1);
    let to = match action.motion()? {
        Motion::Up => chosen.saturating_sub(1),
        Motion::Down => chosen.saturating_add(1),
        Motion::PageUp => chosen.saturating_sub(page),
        Motion::PageDown => chosen.saturating_add(page),
        Motion::First => 0,
        Motion::Last => last,
    };
    Some(to.min(last))
}
