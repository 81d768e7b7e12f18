//! What each action does on the screen of one concern or promise.

use crate::app::dialogs::{Dialog, Pick, Purpose, TendForm, TendWhat};
use crate::app::screens::{View, step};
use crate::app::{Action, Effect, Model};
use crate::domain::{EntityKind, OwedMatter, PromiseId, Tending};

pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let (today, size) = (model.today(), model.size);
    let shown = today.format("%d/%m/%Y").to_string();
    let Some(session) = model.session_mut() else {
        return Vec::new();
    };
    let me = session.me;
    let View::Owed(open) = &mut session.view else {
        return Vec::new();
    };
    let entity = open.entity;
    let Some(detail) = &open.detail else {
        if action == Action::Back {
            let from = open.from;
            session.back_from(from);
        }
        return Vec::new();
    };
    let dialog = match action {
        Action::Back => {
            let from = open.from;
            session.back_from(from);
            return Vec::new();
        }
        Action::Open => {
            let visit = detail.row.visit;
            return visit.map_or_else(Vec::new, |visit| session.open_visit(visit));
        }
        Action::NextStep => match &detail.matter {
            OwedMatter::Concern { .. } => Dialog::Pick(Pick::new(Purpose::Step)),
            OwedMatter::Promise { answers } if answers.is_empty() => {
                let what = TendWhat::Answer(PromiseId(entity.id));
                Dialog::Tend(Box::new(TendForm::new(what, &shown)))
            }
            OwedMatter::Promise { .. } => return Vec::new(),
        },
        Action::Label if entity.kind == EntityKind::Concern => {
            Dialog::Pick(Pick::new(Purpose::Label))
        }
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
            return vec![Effect::Tend(Box::new(tending))];
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

/// Asks what something carries.
pub(super) fn ask(model: &mut Model, what: TendWhat) -> Vec<Effect> {
    let today = model.today().format("%d/%m/%Y").to_string();
    let form = match what {
        TendWhat::Assignment => TendForm::new_assignment(model),
        what => TendForm::new(what, &today),
    };
    model.dialogs.push(Dialog::Tend(Box::new(form)));
    Vec::new()
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
