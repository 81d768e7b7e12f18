//! "Ý kiến": one concern or promise, what was done about it, and why this date.

use super::{Session, Tab, View};
use crate::app::Effect;
use crate::domain::{EntityId, OwedDetail};

/// The screen of one concern or promise.
pub struct Owed {
    pub entity: EntityId,
    pub from: Tab,
    /// `None` until it was read.
    pub detail: Option<Box<OwedDetail>>,
    /// The first line shown.
    pub top: u16,
}

impl Session {
    /// Opens what is owed; until it has been read its screen is empty.
    pub(in crate::app) fn open_owed(&mut self, entity: EntityId) -> Vec<Effect> {
        let from = self.tab().unwrap_or(Tab::Today);
        self.view = View::Owed(Box::new(Owed {
            entity,
            from,
            detail: None,
            top: 0,
        }));
        vec![Effect::QueryOwed(entity)]
    }

    /// Gives what was read to the screen that asked for it.
    pub(in crate::app) fn take_owed(&mut self, detail: Box<OwedDetail>) {
        if let View::Owed(open) = &mut self.view
            && open.entity == detail.row.entity
        {
            open.detail = Some(detail);
        }
    }
}
