//! Several visits about to be confirmed, each as it stood on the screen.

use crate::app::Effect;
use crate::domain::Queued;

/// The visits that are confirmed together once they were looked through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmAll {
    pub visits: Vec<Queued>,
    /// The first line shown.
    pub top: u16,
}

impl ConfirmAll {
    /// Confirms each visit in exactly the revision that the list showed.
    pub(in crate::app) fn accept(&self) -> Effect {
        let visits = self.visits.iter();
        Effect::ConfirmAll(
            visits
                .map(|queued| (queued.book, queued.row.id, queued.revision))
                .collect(),
        )
    }
}
