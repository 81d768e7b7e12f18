//! One concern, promise, reception, duty, inspection or assignment: what was done about it, and why this date.

use super::{Session, Tab, View};
use crate::app::{Action, Effect, Model};
use crate::domain::{ConcernId, EntityId, EntityKind, OwedDetail, OwedMatter, Particulars};

/// The screen of one of them.
pub struct Owed {
    pub entity: EntityId,
    pub from: Tab,
    /// The reception that it was opened from.
    pub behind: Option<EntityId>,
    /// `None` until it was read.
    pub detail: Option<Box<OwedDetail>>,
    /// The first line shown.
    pub top: u16,
    /// The row of the register that has the cursor.
    pub at: u64,
    /// Who raised it, once it was written down that the names are shown.
    pub raised: Raised,
}

/// The particulars of a concern.
///
/// No `Debug`: they name a citizen.
pub enum Raised {
    Hidden,
    /// `None`: nothing was written down of who raised it.
    Shown(Option<Box<Particulars>>),
}

impl Owed {
    /// Gives how many rows of the register the cursor can be on.
    pub fn rows(&self) -> u64 {
        match self.detail.as_deref().map(|detail| &detail.matter) {
            Some(OwedMatter::Reception { rows, .. }) => rows.len() as u64,
            Some(
                OwedMatter::Concern { .. }
                | OwedMatter::Promise { .. }
                | OwedMatter::Duty(_)
                | OwedMatter::Inspection(_)
                | OwedMatter::Assignment(_),
            )
            | None => 0,
        }
    }
}

impl Session {
    /// Opens what is owed; until it has been read its screen is empty.
    pub(in crate::app) fn open_owed(&mut self, entity: EntityId) -> Vec<Effect> {
        let from = self.tab().unwrap_or(Tab::Today);
        let behind = match &self.view {
            View::Owed(open) if open.entity.kind == EntityKind::Reception => Some(open.entity),
            _ => None,
        };
        self.view = View::Owed(Box::new(Owed {
            entity,
            from,
            behind: behind.filter(|behind| *behind != entity),
            detail: None,
            top: 0,
            at: 0,
            raised: Raised::Hidden,
        }));
        vec![Effect::QueryOwed(entity)]
    }

    /// Goes back to the reception that a concern was opened from, or to the list.
    pub(in crate::app) fn leave_owed(&mut self) -> Vec<Effect> {
        let View::Owed(open) = &self.view else {
            return Vec::new();
        };
        let (from, behind) = (open.from, open.behind);
        match behind {
            Some(reception) => self.open_owed(reception),
            None => {
                self.back_from(from);
                Vec::new()
            }
        }
    }

    /// Gives what was read to the screen that asked for it.
    pub(in crate::app) fn take_owed(&mut self, detail: Box<OwedDetail>) {
        if let View::Owed(open) = &mut self.view
            && open.entity == detail.row.entity
        {
            open.detail = Some(detail);
            open.at = open.at.min(open.rows().saturating_sub(1));
        }
    }

    /// Gives who raised a concern to the screen that asked for it.
    pub(in crate::app) fn take_raised(
        &mut self,
        concern: ConcernId,
        particulars: Option<Box<Particulars>>,
    ) {
        if let View::Owed(open) = &mut self.view
            && open.entity == EntityId::from(concern)
        {
            open.raised = Raised::Shown(particulars);
        }
    }
}

/// Tells whether what is open has a use for an action.
pub(in crate::app) fn allows(model: &Model, action: Action) -> bool {
    let Some(View::Owed(open)) = model.session().map(|session| &session.view) else {
        return true;
    };
    let keeps_names = model
        .session()
        .is_some_and(|session| session.profile.role.keeps_names());
    let kind = open.entity.kind;
    let is_owed = matches!(kind, EntityKind::Concern | EntityKind::Promise);
    match action {
        Action::ShowNames => kind == EntityKind::Concern && keeps_names,
        Action::Label => kind == EntityKind::Concern,
        Action::AddMatter => kind == EntityKind::Reception,
        Action::NextStep | Action::TakeCharge | Action::HandOver => is_owed,
        _ => true,
    }
}
