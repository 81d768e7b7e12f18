//! What each action does in the dialog in front.

use crate::app::dialogs::{After, Closing, Dialog, Pick, Then};
use crate::app::screens::{Session, step};
use crate::app::{Action, Effect, Model, tending};

/// Does an action in the front dialog.
pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    if let Some(Dialog::Export(mut export)) = model.dialogs.pop_if(|top| top.is_export()) {
        let (effects, then) = export.act(model, action);
        if then == Then::Stay {
            model.dialogs.push(Dialog::Export(export));
        }
        return effects;
    }
    if let Some(Dialog::Import(mut import)) = model.dialogs.pop_if(|top| top.is_import()) {
        let (mut effects, after) = import.act(model, action);
        let choice = match after {
            After::Quarantine => {
                let session = model.session_mut();
                effects.extend(session.map(Session::open_quarantine).unwrap_or_default());
                return effects;
            }
            After::Close => return effects,
            After::Stay => None,
            After::Choose(purpose) => Some(purpose),
        };
        model.dialogs.push(Dialog::Import(import));
        let choice = choice.map(|purpose| Dialog::Pick(Pick::at_present(purpose, model)));
        model.dialogs.extend(choice);
        return effects;
    }
    if let Some(Dialog::Personal(mut open)) = model.dialogs.pop_if(|top| top.is_personal())
        && action != Action::Cancel
    {
        let (effects, after) = open.act(model, action);
        if after == Closing::Stay {
            model.dialogs.push(Dialog::Personal(open));
        }
        return effects;
    }
    if action == Action::Cancel {
        if let Some(Dialog::Work(work)) = model.dialogs.last_mut() {
            return work.cancel();
        }
        if matches!(model.dialogs.last(), Some(Dialog::Tend(_))) {
            return tending::leave(model);
        }
        model.dialogs.pop();
        return Vec::new();
    }
    if action == Action::Discard {
        return tending::discard(model);
    }
    // A form may be closed before a refusal comes.
    let mut effects = match action {
        Action::Accept => tending::put_down(model),
        _ => Vec::new(),
    };
    if let Some(front) = model.dialogs.pop() {
        effects.extend(in_other(model, front, action));
    }
    effects
}

fn in_other(model: &mut Model, mut front: Dialog, action: Action) -> Vec<Effect> {
    let size = model.size;
    let mut effects = Vec::new();
    let mut stays = true;
    match &mut front {
        Dialog::Help(help) => match action {
            Action::Accept => stays = false,
            action => {
                let to = step(u64::from(help.top), u64::from(u16::MAX), action, size);
                help.top = to.and_then(|to| u16::try_from(to).ok()).unwrap_or(help.top);
            }
        },
        Dialog::Pick(pick) if action == Action::Accept => {
            if let Some(value) = pick.value(model) {
                return value.apply(model);
            }
        }
        Dialog::Pick(pick) => {
            let count = pick.offers(model).len() as u64;
            pick.chosen = step(pick.chosen, count, action, size).unwrap_or(pick.chosen);
        }
        Dialog::Ask(ask) if action == Action::Accept => match ask.accept(model) {
            Ok(done) => {
                effects = done;
                stays = false;
            }
            Err(problem) => ask.problem = Some(problem),
        },
        Dialog::Ask(_) => {}
        Dialog::Tend(form) if action == Action::Accept => match form.accept(model) {
            Ok(done) => {
                effects = done;
                form.saving();
            }
            Err(problem) => form.problem = Some(problem),
        },
        Dialog::Tend(form) => form.step(action),
        Dialog::Passphrase(change) => effects = change.act(action),
        Dialog::Send(send) if action == Action::Accept => {
            stays = false;
            if send.findings.is_empty() {
                effects = vec![Effect::Send(send.visit)];
            }
        }
        Dialog::Confirm(all) => match action {
            Action::Accept => {
                effects = vec![all.accept()];
                stays = false;
            }
            action => {
                let to = step(u64::from(all.top), all.visits.len() as u64, action, size);
                all.top = to.and_then(|to| u16::try_from(to).ok()).unwrap_or(all.top);
            }
        },
        Dialog::Compact(ask) => {
            if let Some((work, effect)) = ask.act(action) {
                effects = vec![effect];
                front = Dialog::Work(work);
            }
        }
        Dialog::Send(_)
        | Dialog::Export(_)
        | Dialog::Import(_)
        | Dialog::Work(_)
        | Dialog::Personal(_) => {}
    }
    if stays {
        model.dialogs.push(front);
    }
    effects
}
