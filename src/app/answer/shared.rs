//! What exchanges, reviews and requests of citizens came to.

use super::{changed, named};
use crate::app::dialogs::{Ask, Dialog, PersonalDone};
use crate::app::screens::Tab;
use crate::app::{Effect, Joined, Model, RequestSeen, RosterDeed, Synced};
use crate::domain::{Names, Say, ShortCode, VisitId};
use crate::i18n::messages::{exchange, privacy, review};

/// The exchange came to its end: says the most important of it.
pub(super) fn synced(model: &mut Model, did: Synced, names: Names) -> Vec<Effect> {
    crate::app::keep::ended(model);
    let setup = model.setup.clone();
    if let Some(session) = model.session_mut() {
        named(session, names, &setup);
    }
    if did.forks > 0 {
        model.problem(exchange::synced_forks(did.forks));
    } else if did.quarantined > 0 {
        model.problem(exchange::synced_quarantined(did.quarantined));
    } else if did.waiting > 0 {
        model.problem(exchange::synced_waiting(did.waiting));
    } else if did.erased > 0 {
        model.problem(privacy::erased_elsewhere(did.erased));
    } else {
        model.done(exchange::synced(did.taken, did.given));
    }
    changed(model, None)
}

/// What was said is saved.
pub(super) fn reviewed(
    model: &mut Model,
    visit: VisitId,
    code: &ShortCode,
    say: Say,
) -> Vec<Effect> {
    model.done(match say {
        Say::Confirm => exchange::confirmed(code.as_str()),
        Say::Return => exchange::returned(code.as_str()),
        Say::Ask => exchange::asked(code.as_str()),
        Say::OnPaper => review::on_paper(code.as_str()),
        Say::Conclude => review::concluded(code.as_str()),
    });
    changed(model, Some(visit))
}

/// An invitation is written: its words stay on the screen until they were read out.
pub(super) fn invited(model: &mut Model, path: &str, words: &str) -> Vec<Effect> {
    if model.session().is_some() {
        let ask = Ask::invited(path, words);
        model.dialogs.push(Dialog::Ask(ask));
    }
    Vec::new()
}

/// A request was read: who it is of and what that device will receive, before anybody is let in.
pub(super) fn request_read(model: &mut Model, seen: RequestSeen) -> Vec<Effect> {
    if model.session().is_some() {
        let ask = Ask::request(seen);
        model.dialogs.push(Dialog::Ask(ask));
    }
    Vec::new()
}

/// The device of a member was let in.
pub(super) fn admitted(model: &mut Model, name: String) -> Vec<Effect> {
    model.done(exchange::admitted(name));
    changed(model, None)
}

/// A folder is among those of joined logbooks.
pub(super) fn noted(model: &mut Model, folder: String) -> Vec<Effect> {
    model.done(crate::i18n::messages::joined::noted(folder));
    Vec::new()
}

/// A joined logbook stands otherwise than before.
pub(super) fn joined(model: &mut Model, at: u16, joined: Joined) -> Vec<Effect> {
    let Some(session) = model.session_mut() else {
        return Vec::new();
    };
    session.joined.insert(at, joined);
    match session.tab() {
        Some(Tab::Review) => session.ask_shared(),
        Some(_) | None => Vec::new(),
    }
}

/// The roster was changed.
pub(super) fn roster_changed(model: &mut Model, deed: RosterDeed, name: &str) -> Vec<Effect> {
    model.done(match deed {
        RosterDeed::NameKeeper => review::keeper_named(name),
        RosterDeed::ShutOut => exchange::revoked(name),
    });
    changed(model, None)
}

/// Several visits were confirmed.
pub(super) fn confirmed_all(model: &mut Model, count: usize) -> Vec<Effect> {
    model.done(review::confirmed_all(count));
    changed(model, None)
}

/// What came of something done with what belongs to a citizen.
pub(super) fn personal(model: &mut Model, done: PersonalDone) -> Vec<Effect> {
    let open = model.dialogs.iter_mut().find_map(|dialog| match dialog {
        Dialog::Personal(open) => Some(open),
        _ => None,
    });
    let over = open.and_then(|open| open.done(done));
    if let Some(text) = over {
        model.dialogs.retain(|dialog| !dialog.is_personal());
        model.done(text);
        if let Some(session) = model.session_mut() {
            session.ask_offered_again();
        }
        return changed(model, None);
    }
    Vec::new()
}
