//! The form among the other screens: how it is opened and left, and what of it is on disk.
//!
//! Owns the list of unsaved typing. What keys do inside the form is `capture`'s.

use crossterm::event::KeyEvent;

use super::capture::{Around, Capture, Desk, Next, Outcome};
use super::model::{Model, Screen, Tone};
use super::screens::{Session, Tab, View};
use super::{Action, Effect, TypingKey, tending};
use crate::domain::{Dossier, Stamp, VisitId, VisitRow};
use crate::i18n::messages::capture;

/// Identifiers are asked for while there are still this many.
const SPARE_IDS: usize = 8;

/// Does something at the form with what lies around it; `None` where no logbook is open.
fn at_desk<R>(model: &mut Model, work: impl FnOnce(&mut View, &mut Desk<'_>) -> R) -> Option<R> {
    let setup = model.setup.clone();
    let speech = setup.speech(model.language);
    let Screen::Open(session) = &mut model.screen else {
        return None;
    };
    let mut desk = Desk {
        around: Around {
            now: model.now,
            me: session.me,
            profile: &session.profile,
            names: &session.names,
            setup: &setup,
            speech,
        },
        ids: &mut model.ids,
        typing: model.typing,
    };
    Some(work(&mut session.view, &mut desk))
}

/// Does something with the form that is open.
fn with<R>(model: &mut Model, work: impl FnOnce(&mut Capture, &mut Desk<'_>) -> R) -> Option<R> {
    let done = at_desk(model, |view, desk| {
        let View::Capture(capture) = view else {
            return None;
        };
        Some(work(capture, desk))
    });
    done.flatten()
}

/// Opens an empty form.
pub(super) fn start(model: &mut Model) -> Vec<Effect> {
    let made = at_desk(model, |_, desk| Capture::new(desk)).flatten();
    show(model, made)
}

/// Opens the visit on the screen to amend it, or its unsaved typing where there is any.
pub(super) fn amend(model: &mut Model) -> Vec<Effect> {
    let Some(View::Detail(open)) = model.session().map(|session| &session.view) else {
        return Vec::new();
    };
    let visit = open.visit;
    let kept = model.session().and_then(|session| {
        let mut kept = session.kept.iter();
        kept.position(|(key, ..)| key.0 == visit.0)
    });
    if let Some(at) = kept {
        return resume(model, at);
    }
    let made = at_desk(model, |view, desk| {
        let View::Detail(open) = view else {
            return None;
        };
        let dossier = open.dossier.as_ref()?;
        Some(Capture::amend(visit, dossier, desk))
    });
    show(model, made.flatten())
}

/// Opens unsaved typing as it was.
pub(super) fn resume(model: &mut Model, at: usize) -> Vec<Effect> {
    let kept = model.session().and_then(|session| session.kept.get(at));
    let Some((key, stamp, bytes)) = kept.cloned() else {
        return Vec::new();
    };
    if let Some(effects) = tending::resume(model, key, &bytes) {
        return effects;
    }
    let made = at_desk(model, |_, desk| Capture::restore(key, stamp, &bytes, desk)).flatten();
    if made.is_none() {
        model.problem(capture::unreadable_typing());
    }
    show(model, made)
}

/// Opens again what was discarded last.
pub(super) fn bring_back(model: &mut Model) -> Vec<Effect> {
    let last = model
        .session_mut()
        .and_then(|session| session.discarded.pop());
    show(model, last)
}

fn show(model: &mut Model, capture: Option<Capture>) -> Vec<Effect> {
    if let (Some(capture), Some(session)) = (capture, model.session_mut()) {
        session.form_from = session.tab().unwrap_or(Tab::Today);
        session.view = View::Capture(Box::new(capture));
        model.status = None;
    }
    refresh(model);
    spare(model)
}

/// Does an action in the form.
pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    model.status = None;
    let outcome = with(model, |capture, desk| capture.act(action, desk));
    outcome.map_or_else(Vec::new, |outcome| follow(model, outcome))
}

/// Types a key into the form.
pub(super) fn press(model: &mut Model, key: &KeyEvent) -> Vec<Effect> {
    model.status = None;
    with(model, |capture, desk| capture.press(key, desk));
    spare(model)
}

/// Puts a burst of text into the form.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    model.status = None;
    let outcome = with(model, |capture, desk| capture.paste(text, desk));
    outcome.map_or_else(Vec::new, |outcome| follow(model, outcome))
}

/// Puts the cursor into a field that was clicked.
pub(super) fn click(model: &mut Model, field: usize) -> Vec<Effect> {
    with(model, |capture, desk| capture.click(field, desk));
    spare(model)
}

/// Takes an offer that was clicked.
pub(super) fn click_offer(model: &mut Model, row: u64) -> Vec<Effect> {
    let row = usize::try_from(row).unwrap_or(usize::MAX);
    with(model, |capture, desk| capture.click_offer(row, desk));
    spare(model)
}

/// Keeps what was typed since the last time, and asks whether it repeats something.
pub(super) fn tick(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    let effects = with(model, |capture, desk| {
        let mut effects = capture.tick(now);
        effects.extend(capture.look(desk));
        effects
    });
    let mut effects = effects.unwrap_or_default();
    note(model, &effects);
    effects.extend(tending::tick(model));
    effects
}

/// Keeps what is not kept yet, before the logbook is closed.
pub(super) fn put_down(model: &mut Model) -> Vec<Effect> {
    let mut effects = with(model, |capture, _| capture.put_down()).unwrap_or_default();
    note(model, &effects);
    effects.extend(tending::put_down(model));
    effects
}

/// Looks anew at labels and offers.
pub(super) fn refresh(model: &mut Model) {
    with(model, |capture, desk| capture.refresh(desk));
}

/// The save is on disk: goes on or leaves.
pub(super) fn saved(model: &mut Model, typing: TypingKey, visit: VisitId) -> Vec<Effect> {
    let outcome = with(model, |capture, _| {
        (capture.key == typing).then(|| capture.saved(visit))
    });
    match outcome.flatten() {
        Some(outcome) => follow(model, outcome),
        None => Vec::new(),
    }
}

/// The visit has been sent: leaves its form.
pub(super) fn sent(model: &mut Model, visit: VisitId) -> Vec<Effect> {
    let outcome = with(model, |capture, _| capture.sent(visit)).flatten();
    outcome.map_or_else(Vec::new, |outcome| follow(model, outcome))
}

/// The save or the sending was refused.
pub(super) fn refused(model: &mut Model) -> Vec<Effect> {
    tending::refused(model);
    let outcome = with(model, |capture, _| capture.refused()).flatten();
    outcome.map_or_else(Vec::new, |outcome| follow(model, outcome))
}

/// The typing has reached the disk.
pub(super) fn was_kept(session: &mut Session, key: TypingKey, at: Stamp) {
    if let View::Capture(capture) = &mut session.view
        && capture.key == key
    {
        capture.kept_at = Some(at);
    }
}

/// Visits like the one in the form were looked for.
pub(super) fn looked(session: &mut Session, key: TypingKey, number: u64, found: Vec<VisitRow>) {
    if let View::Capture(capture) = &mut session.view
        && capture.key == key
    {
        capture.looked(number, found);
    }
}

/// Fills the form from the last visit.
pub(super) fn like(model: &mut Model, last: Option<&Dossier>) -> Vec<Effect> {
    if let Some(text) = with(model, |capture, desk| capture.like(last, desk)).flatten() {
        model.problem(text);
    }
    Vec::new()
}

/// Does what a key led to.
fn follow(model: &mut Model, outcome: Outcome) -> Vec<Effect> {
    let mut effects = outcome.effects;
    note(model, &effects);
    match outcome.say {
        Some((Tone::Done, text)) => model.done(text),
        Some((Tone::Problem, text)) => model.problem(text),
        None => {}
    }
    match outcome.next {
        Next::Stay => {}
        Next::Leave | Next::Close | Next::Discard => {
            effects.extend(leave(model, outcome.next));
        }
    }
    effects.extend(spare(model));
    effects
}

/// Goes back: a visit that was amended is shown, a new one leads to where it was begun.
fn leave(model: &mut Model, next: Next) -> Vec<Effect> {
    let Some(session) = model.session_mut() else {
        return Vec::new();
    };
    let tab = session.form_from;
    let mut visit = None;
    if let View::Capture(capture) = std::mem::replace(&mut session.view, View::Today) {
        visit = capture.form.visit_id();
        match next {
            Next::Discard => session.discarded.push(*capture),
            Next::Close => session.kept.retain(|(key, ..)| *key != capture.key),
            Next::Leave | Next::Stay => {}
        }
    }
    session.go(tab);
    match visit {
        Some(visit) => session.open_visit(visit),
        None => Vec::new(),
    }
}

/// Takes note of what is put on disk and dropped from it.
pub(super) fn note(model: &mut Model, effects: &[Effect]) {
    let now = model.now;
    let Some(session) = model.session_mut() else {
        return;
    };
    for effect in effects {
        match effect {
            Effect::KeepTyping { key, bytes } => {
                session.kept.retain(|(known, ..)| known != key);
                session.kept.push((*key, now, bytes.clone()));
            }
            Effect::DropTyping(key) => session.kept.retain(|(known, ..)| known != key),
            _ => {}
        }
    }
}

pub(super) fn spare(model: &Model) -> Vec<Effect> {
    let few = model.session().is_some() && model.ids.len() < SPARE_IDS;
    if few {
        vec![Effect::FreshIds]
    } else {
        Vec::new()
    }
}
