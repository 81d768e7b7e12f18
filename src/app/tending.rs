//! The form of a step, an answer or a row of the register: how it is opened and left, and what of it is on disk.
//!
//! What stands in it is `dialogs::tend`'s.

use super::dialogs::{Dialog, TendForm, TendWhat, kept_what};
use super::model::Model;
use super::screens::View;
use super::writing::{note, spare};
use super::{Action, Effect, Scope, TypingKey};
use crate::domain::{EntityId, EntityKind, Stamp};
use crate::i18n::messages::{capture, concern};

/// Opens a form, as it was left where it was left half typed.
pub(super) fn open(model: &mut Model, form: TendForm) -> Vec<Effect> {
    let kept = model.session().and_then(|session| {
        let mut kept = session.kept.iter();
        kept.find(|(.., bytes)| kept_what(bytes) == Some(form.what))
    });
    let Some((key, at, bytes)) = kept.cloned() else {
        return show(model, form);
    };
    let restored = TendForm::restore(key, &bytes, model);
    if restored.is_some() {
        left_at(model, at);
    }
    show(model, restored.unwrap_or(form))
}

/// Begins what a form asks.
pub(super) fn ask(model: &mut Model, what: TendWhat) -> Vec<Effect> {
    let form = TendForm::new(what, model);
    open(model, form)
}

/// Opens unsaved typing that is such a form; `None` where it is none.
pub(super) fn resume(model: &mut Model, key: TypingKey, bytes: &[u8]) -> Option<Vec<Effect>> {
    let form = TendForm::restore(key, bytes, model)?;
    Some(show(model, form))
}

fn show(model: &mut Model, form: TendForm) -> Vec<Effect> {
    model.dialogs.push(Dialog::Tend(Box::new(form)));
    spare(model)
}

/// Says that the form stands as it was left.
fn left_at(model: &mut Model, at: Stamp) {
    let key = discard_key(model);
    let at = at.local();
    model.done(concern::left_half(at.date(), at.time(), key));
}

fn discard_key(model: &Model) -> String {
    let key = model.setup.keymap.key(&[Scope::Dialog], Action::Discard);
    key.map_or_else(String::new, |key| key.label())
}

/// Gives the form in front with the identifier that its typing is kept under.
fn in_front(model: &mut Model) -> Option<(&mut TendForm, TypingKey)> {
    let Some(Dialog::Tend(form)) = model.dialogs.last_mut() else {
        return None;
    };
    let key = match form.key {
        Some(key) => key,
        None => TypingKey(model.ids.pop()?),
    };
    form.key = Some(key);
    Some((form, key))
}

/// Keeps what was typed since the last time.
pub(super) fn tick(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    keep(model, |form| form.is_due(now))
}

/// Keeps what is not kept yet, before the form or the logbook is closed.
pub(super) fn put_down(model: &mut Model) -> Vec<Effect> {
    keep(model, |form| form.is_behind())
}

fn keep(model: &mut Model, wanted: impl Fn(&TendForm) -> bool) -> Vec<Effect> {
    let now = model.now;
    let waits = matches!(model.dialogs.last(), Some(Dialog::Tend(form)) if wanted(form));
    if !waits {
        return Vec::new();
    }
    let Some((form, key)) = in_front(model) else {
        return vec![Effect::FreshIds];
    };
    let bytes = form.put(now);
    let effects = vec![Effect::KeepTyping { key, bytes }];
    note(model, &effects);
    effects
}

/// Leaves the form with its typing kept; stays while there is no identifier to keep it under.
pub(super) fn leave(model: &mut Model) -> Vec<Effect> {
    let effects = put_down(model);
    if !matches!(effects[..], [Effect::FreshIds]) {
        model.dialogs.pop();
    }
    effects
}

/// Forgets what was typed, on disk too, once it was asked for twice.
pub(super) fn discard(model: &mut Model) -> Vec<Effect> {
    let again = discard_key(model);
    let Some(Dialog::Tend(form)) = model.dialogs.last_mut() else {
        return Vec::new();
    };
    if !form.discards() {
        form.problem = Some(capture::ask_discard(again));
        return Vec::new();
    }
    let effects: Vec<Effect> = form.key.map(Effect::DropTyping).into_iter().collect();
    model.dialogs.pop();
    note(model, &effects);
    model.done(concern::discarded());
    effects
}

/// It could not be saved for a reason that has nothing to do with what was typed.
pub(super) fn refused(model: &mut Model) {
    if let Some(Dialog::Tend(form)) = model.dialogs.last_mut() {
        form.not_saved();
    }
}

/// It is on disk: leaves the form and reads anew what has changed.
pub(super) fn tended(model: &mut Model, entity: EntityId) -> Vec<Effect> {
    let (today, setup, size) = (model.today(), model.setup.clone(), model.size);
    let mut saved = None;
    model.dialogs.retain(|top| match top {
        Dialog::Tend(form) => {
            saved = form.key;
            false
        }
        _ => true,
    });
    let Some(session) = model.session_mut() else {
        return Vec::new();
    };
    session.kept.retain(|(key, ..)| Some(*key) != saved);
    let mut effects = vec![session.ask_today(today), Effect::QuerySpots];
    effects.extend(session.ask_coverage(today, &setup));
    match &session.view {
        View::Owed(open) => effects.push(Effect::QueryOwed(open.entity)),
        // Its rows come next.
        _ if entity.kind == EntityKind::Reception => effects.extend(session.open_owed(entity)),
        View::Records => effects.push(session.ask_records(&setup, size)),
        _ => {}
    }
    effects
}
