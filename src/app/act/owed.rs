//! What each action does on the screen of one concern or promise.

use crate::app::dialogs::{Ask, Dialog, Pick, Purpose, Question, TendWhat};
use crate::app::screens::{Raised, Session, View, step};
use crate::app::{Action, Effect, Model, tending};
use crate::domain::{ConcernId, OwedMatter, PromiseId, ReceptionId, Tending};

pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let (today, size) = (model.today(), model.size);
    let Some(session) = model.session_mut() else {
        return Vec::new();
    };
    let me = session.me;
    let View::Owed(open) = &mut session.view else {
        return Vec::new();
    };
    let entity = open.entity;
    if action == Action::Back {
        return session.leave_owed();
    }
    let rows = open.rows();
    let Some(detail) = &open.detail else {
        return Vec::new();
    };
    let dialog = match action {
        Action::Open => return opened(session),
        Action::AddMatter => {
            return tending::ask(model, TendWhat::Row(ReceptionId(entity.id)));
        }
        Action::TakeBack => Dialog::Ask(Ask::new(Question::TakeBack(entity), "")),
        Action::ShowNames => {
            if matches!(open.raised, Raised::Shown(_)) {
                open.raised = Raised::Hidden;
                return Vec::new();
            }
            return vec![Effect::ShowRaised(ConcernId(entity.id))];
        }
        Action::NextStep => match &detail.matter {
            OwedMatter::Concern { .. } => Dialog::Pick(Pick::new(Purpose::Step)),
            OwedMatter::Promise { answers } if answers.is_empty() => {
                return tending::ask(model, TendWhat::Answer(PromiseId(entity.id)));
            }
            OwedMatter::Promise { .. }
            | OwedMatter::Reception { .. }
            | OwedMatter::Duty(_)
            | OwedMatter::Inspection(_)
            | OwedMatter::Assignment(_) => return Vec::new(),
        },
        Action::Label => Dialog::Pick(Pick::new(Purpose::Label)),
        Action::HandOver => Dialog::Pick(Pick::new(Purpose::HandOver(entity))),
        Action::TakeCharge => {
            let charges = detail.offered_to(me);
            let tending = if charges.is_empty() {
                Tending::TakeCharge {
                    what: entity,
                    on: today,
                }
            } else {
                Tending::Accept { charges, on: today }
            };
            return vec![Effect::tend(tending)];
        }
        action if rows > 0 => {
            open.at = step(open.at, rows, action, size).unwrap_or(open.at);
            return Vec::new();
        }
        action => {
            let to = step(u64::from(open.top), u64::from(u16::MAX), action, size);
            open.top = to.and_then(|to| u16::try_from(to).ok()).unwrap_or(open.top);
            return Vec::new();
        }
    };
    model.dialogs.push(dialog);
    Vec::new()
}

/// Opens the row of the register that has the cursor, or the visit that a record is part of.
fn opened(session: &mut Session) -> Vec<Effect> {
    let View::Owed(open) = &session.view else {
        return Vec::new();
    };
    let Some(detail) = &open.detail else {
        return Vec::new();
    };
    if let OwedMatter::Reception { rows, .. } = &detail.matter {
        let at = usize::try_from(open.at).unwrap_or(usize::MAX);
        let row = rows.get(at).map(|row| row.entity);
        return row.map_or_else(Vec::new, |row| session.open_owed(row));
    }
    let visit = detail.row.visit;
    visit.map_or_else(Vec::new, |visit| session.open_visit(visit))
}

/// Returns what an action writes down beside visits.
pub(super) fn new_record(action: Action) -> Option<TendWhat> {
    match action {
        Action::AddReception => Some(TendWhat::Reception),
        Action::AddDuty => Some(TendWhat::Duty),
        Action::AddInspection => Some(TendWhat::Inspection),
        Action::AddAssignment => Some(TendWhat::Assignment),
        _ => None,
    }
}
