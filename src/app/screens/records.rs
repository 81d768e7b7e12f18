//! "Ý kiến": lists of concerns, promises, receptions, Saturday duty, inspections and assignments.

use super::{Searching, Session, Tab};
use crate::app::input::Input;
use crate::app::{Effect, Setup, Size};
use crate::domain::{ConcernState, Filters, ListQuery, Listing, Page, RecordRow, Sort};

/// The lists, in the order in which they are gone through.
pub const LISTS: [Listing; 6] = [
    Listing::Concerns,
    Listing::Promises,
    Listing::Receptions,
    Listing::Duties,
    Listing::Inspections,
    Listing::Assignments,
];

/// The list in front with its search line.
pub struct Records {
    pub listing: Listing,
    pub words: Input,
    pub searching: Searching,
    /// Where the concerns shown stand; `None`: anywhere.
    pub life: Option<ConcernState>,
    /// Positions in the whole list: the row of the cursor, the first row shown.
    pub chosen: u64,
    pub top: u64,
    /// The rows around those shown; `None` until they were read.
    pub page: Option<Page<RecordRow>>,
    asked: u64,
}

impl Default for Records {
    fn default() -> Self {
        Self {
            listing: Listing::Concerns,
            words: Input::line(),
            searching: Searching::Rows,
            life: None,
            chosen: 0,
            top: 0,
            page: None,
            asked: 0,
        }
    }
}

impl Records {
    /// Rows shown at once, below the names of the lists, the search line and the heads of the columns.
    pub fn lines(size: Size) -> u16 {
        size.body().saturating_sub(3).max(1)
    }

    /// Gives the row at a position of the whole list, where it was read.
    pub fn row(&self, at: u64) -> Option<&RecordRow> {
        let page = self.page.as_ref()?;
        let at = usize::try_from(at.checked_sub(page.offset)?).ok()?;
        page.rows.get(at)
    }

    /// Gives how many rows match.
    pub fn matching(&self) -> u64 {
        self.page.as_ref().map_or(0, |page| page.matching)
    }

    fn follow(&mut self, size: Size) {
        let lines = u64::from(Self::lines(size));
        self.top = self.top.min(self.chosen);
        if self.chosen >= self.top.saturating_add(lines) {
            self.top = self.chosen + 1 - lines;
        }
    }

    fn is_read(&self, size: Size) -> bool {
        let Some(page) = &self.page else {
            return false;
        };
        let end = (self.top + u64::from(Self::lines(size))).min(page.matching);
        page.offset <= self.top && end <= page.offset + page.rows.len() as u64
    }
}

impl Session {
    /// Opens the lists where they were left.
    pub(in crate::app) fn open_records(&mut self, setup: &Setup, size: Size) -> Vec<Effect> {
        self.go(Tab::Concerns);
        vec![self.ask_records(setup, size)]
    }

    /// Asks for the list in front anew, from its beginning.
    pub(in crate::app) fn search_records(&mut self, setup: &Setup, size: Size) -> Vec<Effect> {
        self.records.chosen = 0;
        self.records.top = 0;
        vec![self.ask_records(setup, size)]
    }

    /// Asks for the list in front again where it stands.
    pub(in crate::app) fn ask_records(&mut self, setup: &Setup, size: Size) -> Effect {
        let number = self.number();
        let records = &mut self.records;
        records.asked = number;
        let lines = Records::lines(size);
        let words = records.words.text().trim().to_owned();
        let lives = records
            .life
            .filter(|_| records.listing == Listing::Concerns);
        Effect::QueryRecords {
            number,
            listing: records.listing,
            query: ListQuery {
                labels: setup.labels(&words, &self.names),
                words,
                filters: Filters {
                    lives: lives.into_iter().collect(),
                    ..Filters::default()
                },
                sort: Sort::NewestFirst,
                offset: records.top.saturating_sub(u64::from(lines)),
                limit: usize::from(lines) * 3,
            },
        }
    }

    /// Goes to the list so many places on.
    pub(in crate::app) fn turn_records(
        &mut self,
        by: usize,
        setup: &Setup,
        size: Size,
    ) -> Vec<Effect> {
        let records = &mut self.records;
        let at = LISTS.iter().position(|list| *list == records.listing);
        records.listing = LISTS[(at.unwrap_or(0) + by) % LISTS.len()];
        records.page = None;
        self.search_records(setup, size)
    }

    /// Puts the cursor on a row and asks for what must now be shown.
    pub(in crate::app) fn choose_record(
        &mut self,
        at: u64,
        setup: &Setup,
        size: Size,
    ) -> Vec<Effect> {
        let last = self.records.matching().saturating_sub(1);
        self.records.chosen = at.min(last);
        self.records.follow(size);
        if self.records.is_read(size) {
            Vec::new()
        } else {
            vec![self.ask_records(setup, size)]
        }
    }

    pub(in crate::app) fn take_records(
        &mut self,
        number: u64,
        page: Page<RecordRow>,
        setup: &Setup,
        size: Size,
    ) -> Vec<Effect> {
        if number != self.records.asked {
            return Vec::new();
        }
        self.records.page = Some(page);
        let last = self.records.matching().saturating_sub(1);
        self.choose_record(self.records.chosen.min(last), setup, size)
    }
}
