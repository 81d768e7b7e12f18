//! The list of visits: a window of rows, the search line, filter chips, order, the row in front.

use super::Session;
use crate::app::input::Input;
use crate::app::{Effect, Setup, Size};
use crate::domain::{
    Day, Dossier, Filters, ListQuery, Page, Site, Sort, VisitId, VisitRow, VisitState,
};

/// Where typed letters go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Searching {
    #[default]
    Rows,
    Words,
}

/// A filter that Backspace takes away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chip {
    /// The first day of a month.
    Month(Day),
    /// A place, under every name that it had, and its name.
    Place(Vec<Site>, String),
    State(VisitState),
}

/// The list of visits.
pub struct Visits {
    pub words: Input,
    pub searching: Searching,
    /// In the order in which they were put.
    pub chips: Vec<Chip>,
    pub sort: Sort,
    /// Positions in the whole list: the row of the cursor, the first row shown.
    pub chosen: u64,
    pub top: u64,
    /// The rows around those shown; `None` until they were read.
    pub page: Option<Page<VisitRow>>,
    /// The visit of the row in front, where there is room to show it.
    pub preview: Option<Box<Dossier>>,
    pub(in crate::app) asked: u64,
    previewed: Option<VisitId>,
}

impl Default for Visits {
    fn default() -> Self {
        Self {
            words: Input::line(),
            searching: Searching::Rows,
            chips: Vec::new(),
            sort: Sort::NewestFirst,
            chosen: 0,
            top: 0,
            page: None,
            preview: None,
            asked: 0,
            previewed: None,
        }
    }
}

impl Visits {
    /// Lines of the preview with its rule; none on a low screen.
    pub fn preview_lines(size: Size) -> u16 {
        match size.body() {
            0..=17 => 0,
            18..=29 => 6,
            30.. => 10,
        }
    }

    /// Rows that the list shows at once, below the search line and the heads of the columns.
    pub fn lines(size: Size) -> u16 {
        size.body()
            .saturating_sub(2 + Self::preview_lines(size))
            .max(1)
    }

    /// Gives the row at a position of the whole list, where it was read.
    pub fn row(&self, at: u64) -> Option<&VisitRow> {
        let page = self.page.as_ref()?;
        let at = usize::try_from(at.checked_sub(page.offset)?).ok()?;
        page.rows.get(at)
    }

    /// Gives how many rows match.
    pub fn matching(&self) -> u64 {
        self.page.as_ref().map_or(0, |page| page.matching)
    }

    fn filters(&self) -> Filters {
        let mut filters = Filters::default();
        for chip in &self.chips {
            match chip {
                Chip::Month(first) => {
                    filters.from = Some(*first);
                    let next = first.checked_add_months(chrono::Months::new(1));
                    filters.to = next.and_then(|day| day.pred_opt());
                }
                Chip::Place(sites, _) => filters.sites.clone_from(sites),
                Chip::State(state) => filters.states.push(*state),
            }
        }
        filters
    }

    /// Puts a chip; a month and a place replace the one before.
    pub(in crate::app) fn put(&mut self, chip: Chip) {
        self.chips.retain(|old| match (old, &chip) {
            (Chip::Month(_), Chip::Month(_)) | (Chip::Place(..), Chip::Place(..)) => false,
            (Chip::State(a), Chip::State(b)) => a != b,
            (Chip::Month(_) | Chip::Place(..) | Chip::State(_), _) => true,
        });
        self.chips.push(chip);
    }

    /// Keeps the row of the cursor in sight.
    fn follow(&mut self, size: Size) {
        let lines = u64::from(Self::lines(size));
        self.top = self.top.min(self.chosen);
        if self.chosen >= self.top.saturating_add(lines) {
            self.top = self.chosen + 1 - lines;
        }
    }

    /// Tells whether every row to show was read.
    fn is_read(&self, size: Size) -> bool {
        let Some(page) = &self.page else {
            return false;
        };
        let end = (self.top + u64::from(Self::lines(size))).min(page.matching);
        page.offset <= self.top && end <= page.offset + page.rows.len() as u64
    }
}

impl Session {
    /// Asks for the list anew, from its beginning.
    pub(in crate::app) fn search(&mut self, setup: &Setup, size: Size) -> Vec<Effect> {
        self.visits.chosen = 0;
        self.visits.top = 0;
        vec![self.ask_list(setup, size)]
    }

    /// Asks for the list again where it stands: something in it changed.
    pub(in crate::app) fn ask_list(&mut self, setup: &Setup, size: Size) -> Effect {
        let number = self.number();
        let lines = u64::from(Visits::lines(size));
        self.visits.asked = number;
        let query = ListQuery {
            offset: self.visits.top.saturating_sub(lines),
            limit: usize::from(Visits::lines(size)) * 3,
            ..self.list_query(setup)
        };
        Effect::QueryList { number, query }
    }

    /// Gives what the list is asked for, without a window.
    pub(in crate::app) fn list_query(&self, setup: &Setup) -> ListQuery {
        let visits = &self.visits;
        ListQuery {
            words: visits.words.text().trim().to_owned(),
            filters: visits.filters(),
            sort: visits.sort,
            offset: 0,
            limit: 0,
            labels: setup.labels(visits.words.text(), &self.names),
        }
    }

    /// Puts the cursor on a row and asks for what must now be shown.
    pub(in crate::app) fn choose_visit(
        &mut self,
        at: u64,
        setup: &Setup,
        size: Size,
    ) -> Vec<Effect> {
        let last = self.visits.matching().saturating_sub(1);
        self.visits.chosen = at.min(last);
        self.visits.follow(size);
        let mut effects = Vec::new();
        if !self.visits.is_read(size) {
            effects.push(self.ask_list(setup, size));
        }
        effects.extend(self.visits.ask_preview(size));
        effects
    }

    pub(in crate::app) fn take_page(
        &mut self,
        page: Page<VisitRow>,
        setup: &Setup,
        size: Size,
    ) -> Vec<Effect> {
        let beyond = self.visits.chosen >= page.matching;
        self.visits.page = Some(page);
        self.visits.previewed = None;
        if beyond {
            let last = self.visits.matching().saturating_sub(1);
            return self.choose_visit(last, setup, size);
        }
        self.visits.follow(size);
        self.visits.ask_preview(size).into_iter().collect()
    }
}

impl Visits {
    fn ask_preview(&mut self, size: Size) -> Option<Effect> {
        let wanted = self.row(self.chosen).map(|row| row.id);
        if self.preview.as_ref().and_then(|d| d.visit.id) != wanted {
            self.preview = None;
        }
        let room = Self::preview_lines(size) > 0;
        if !room || wanted.is_none() || self.previewed == wanted {
            return None;
        }
        self.previewed = wanted;
        wanted.map(Effect::QueryDossier)
    }

    pub(in crate::app) fn take_preview(&mut self, visit: VisitId, dossier: Box<Dossier>) {
        if self.previewed == Some(visit) {
            self.preview = Some(dossier);
        }
    }
}
