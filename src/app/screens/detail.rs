//! A visit with everything in it, and its history.

use super::{Session, Shown, Tab, View};
use crate::app::Effect;
use crate::domain::{Book, Contested, Dossier, Duplicate, HistoryLine, ShortCode, VisitId};

/// Which side of a visit is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    Record,
    History,
}

/// The screen of one visit.
pub struct Detail {
    pub book: Book,
    pub visit: VisitId,
    pub from: Tab,
    pub page: Page,
    /// `None` until it was read.
    pub dossier: Option<Box<Dossier>>,
    /// The fields that stand with several values.
    pub contested: Vec<Contested>,
    pub history: Vec<HistoryLine>,
    /// The visits that this one may be one with, and those that it was decided about.
    pub pairs: Vec<Duplicate>,
    /// Citizens' names and what they said.
    pub names: Shown,
    /// The first line shown.
    pub top: u16,
}

impl Detail {
    pub(super) fn new((book, visit): (Book, VisitId), from: Tab) -> Self {
        Self {
            book,
            visit,
            from,
            page: Page::Record,
            dossier: None,
            contested: Vec::new(),
            history: Vec::new(),
            pairs: Vec::new(),
            names: Shown::Hidden,
            top: 0,
        }
    }

    /// Asks for what is shown; what may be one with a visit is decided in its own logbook alone.
    pub(in crate::app) fn asked(&self) -> Vec<Effect> {
        let mut asked = vec![
            Effect::QueryDossier(self.visit).within(self.book),
            Effect::QueryHistory(self.visit).within(self.book),
        ];
        if self.book == Book::Own {
            asked.push(Effect::QueryPairsOf(self.visit));
        }
        asked
    }

    /// Gives the code that people call the visit by.
    pub fn code(&self) -> ShortCode {
        ShortCode::of(self.visit.into(), ShortCode::SHORTEST)
    }
}

impl Session {
    /// Gives a visit that was read to the screen that asked for it.
    pub(in crate::app) fn take_dossier(
        &mut self,
        visit: VisitId,
        dossier: Box<Dossier>,
        contested: Vec<Contested>,
    ) {
        if let View::Detail(open) = &mut self.view
            && open.visit == visit
        {
            open.dossier = Some(dossier);
            open.contested = contested;
        } else {
            self.visits.take_preview(visit, dossier);
        }
    }

    pub(in crate::app) fn take_history(&mut self, visit: VisitId, lines: Vec<HistoryLine>) {
        if let View::Detail(open) = &mut self.view
            && open.visit == visit
        {
            open.history = lines;
        }
    }
}
