//! A visit with everything in it, and its history.

use super::{Shown, Tab};
use crate::domain::{Dossier, HistoryLine, ShortCode, VisitId};

/// Which side of a visit is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    Record,
    History,
}

/// The screen of one visit.
pub struct Detail {
    pub visit: VisitId,
    pub from: Tab,
    pub page: Page,
    /// `None` until it was read.
    pub dossier: Option<Box<Dossier>>,
    pub history: Vec<HistoryLine>,
    /// Citizens' names and what they said.
    pub names: Shown,
    /// The first line shown.
    pub top: u16,
}

impl Detail {
    pub(super) fn new(visit: VisitId, from: Tab) -> Self {
        Self {
            visit,
            from,
            page: Page::Record,
            dossier: None,
            history: Vec::new(),
            names: Shown::Hidden,
            top: 0,
        }
    }

    /// Gives the code that people call the visit by.
    pub fn code(&self) -> ShortCode {
        ShortCode::of(self.visit.into(), ShortCode::SHORTEST)
    }
}
