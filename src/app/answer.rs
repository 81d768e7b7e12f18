//! What the worker's answers change.

mod importing;
mod report;
mod shared;
mod waiting;

use super::dialogs::{Dialog, ImportStep, Progress};
use super::model::{Model, Screen};
use super::screens::{Attempt, Next, Session, View};
use super::update::forget;
use super::{Answer, Effect, Failure, Refusal, Setup, Unlocked};
use crate::domain::{Names, Verdict, VisitId};
use crate::i18n::Text;
use crate::i18n::messages::{app, concern, errors, exchange, export, keep, pairs, privacy};
use crate::text::strength::SHORTEST;

/// Takes an answer in; one that nobody waits for any more is dropped.
pub(super) fn take(model: &mut Model, answer: Answer) -> Vec<Effect> {
    match answer {
        Answer::Created { recovery } => {
            if let Screen::FirstRun(run) = &mut model.screen {
                run.created(recovery);
            }
            Vec::new()
        }
        Answer::Unlocked(unlocked) => match &mut model.screen {
            Screen::FirstRun(run) => match run.opened(unlocked) {
                Next::Stay(effects) => effects,
                Next::Open(unlocked) => open(model, *unlocked),
            },
            Screen::Unlock(_) => open(model, *unlocked),
            Screen::Failed(_) | Screen::Open(_) => Vec::new(),
        },
        Answer::Locked(reason) => {
            if model.session().is_some() {
                forget(model, reason);
            }
            Vec::new()
        }
        Answer::Refused(Refusal::Tending(why)) => {
            match model.dialogs.last_mut() {
                Some(Dialog::Tend(form)) => form.refused(&why),
                Some(_) | None => model.problem(super::owed::refused(&why)),
            }
            Vec::new()
        }
        Answer::Refused(refusal) => refused(model, &refusal),
        Answer::Exporting { done, total } => {
            if let Some(Progress::Writing { done: d, total: t }) = exporting(model) {
                (*d, *t) = (done, total);
            }
            Vec::new()
        }
        Answer::Exported { rows, cut, path } => {
            model.dialogs.retain(|dialog| !dialog.is_export());
            model.done(match cut {
                0 => export::done(rows, path),
                cut => export::done_cut(rows, path, cut),
            });
            Vec::new()
        }
        Answer::NotExported(why) => {
            if let Some(progress) = exporting(model) {
                *progress = Progress::Asking(Some(why));
            } else if model.session().is_some() {
                model.problem(why);
            }
            Vec::new()
        }
        Answer::TableRead(seen) => {
            importing::seen(model, seen);
            Vec::new()
        }
        Answer::Importing { done, total } => {
            importing::progress(model, (done, total));
            Vec::new()
        }
        Answer::Imported {
            counts,
            total,
            names,
        } => importing::imported(model, counts, total, *names),
        Answer::ImportedAlike { counts, pairs } => {
            importing::alike(model, counts, pairs);
            Vec::new()
        }
        Answer::NotImported(why) => {
            importing::refused(model, why);
            Vec::new()
        }
        Answer::Failed(failure) => {
            model.dialogs.clear();
            model.status = None;
            model.screen = Screen::Failed(failure);
            Vec::new()
        }
        Answer::Quarantine(_)
        | Answer::WaitingRow(..)
        | Answer::RowDropped(_)
        | Answer::RowTaken { .. }
        | Answer::RowUnread { .. } => waiting::take(model, answer),
        Answer::Synced { did, names } => shared::synced(model, did, *names),
        Answer::Personal(done) => shared::personal(model, *done),
        Answer::Joined { at, joined } => shared::joined(model, at, *joined),
        Answer::JoinNoted(folder) => shared::noted(model, folder),
        Answer::Invited { path, words } => shared::invited(model, &path, &words),
        Answer::RequestRead(seen) => shared::request_read(model, *seen),
        Answer::Admitted(name) => shared::admitted(model, name),
        Answer::NotDone(why) => {
            model.problem(why);
            changed(model, None)
        }
        Answer::NotSynced(why) => {
            super::keep::ended(model);
            model.problem(why);
            Vec::new()
        }
        answer => take_open(model, answer),
    }
}

/// How far the table that is being written has come, where its dialog is still there.
fn exporting(model: &mut Model) -> Option<&mut Progress> {
    model.dialogs.iter_mut().find_map(|dialog| match dialog {
        Dialog::Export(export) => Some(&mut export.progress),
        Dialog::Import(_)
        | Dialog::Help(_)
        | Dialog::Pick(_)
        | Dialog::Ask(_)
        | Dialog::Passphrase(_)
        | Dialog::Tend(_)
        | Dialog::Compact(_)
        | Dialog::Confirm(_)
        | Dialog::Personal(_)
        | Dialog::Work(_)
        | Dialog::Send(_) => None,
    })
}

/// Takes what only an open logbook waits for.
fn take_open(model: &mut Model, answer: Answer) -> Vec<Effect> {
    let (setup, size, day) = (model.setup.clone(), model.size, model.today());
    let Some(session) = model.session_mut() else {
        return Vec::new();
    };
    match answer {
        Answer::Saved {
            typing,
            visit,
            code,
            names,
        } => {
            session.kept.retain(|(key, ..)| *key != typing);
            session.names = *names;
            model.done(app::saved(code.as_str()));
            with_changed(super::writing::saved(model, typing, visit), model, visit)
        }
        Answer::Report(told) => report::take(model, told),
        Answer::ReviewQueue { number, rows } => session.take_queue(number, rows),
        Answer::ReviewOf {
            visit,
            thread,
            changes,
        } => {
            session.take_beside(visit, thread, changes);
            Vec::new()
        }
        Answer::Exchange { number, seen } => {
            session.take_exchange(number, seen);
            Vec::new()
        }
        Answer::RosterChanged { deed, name } => shared::roster_changed(model, deed, &name),
        Answer::ConfirmedAll(count) => shared::confirmed_all(model, count),
        Answer::Reviewed { visit, code, say } => shared::reviewed(model, visit, &code, say),
        Answer::Kept { key, at } => {
            session.was_kept(key, at);
            super::writing::was_kept(session, key, at);
            Vec::new()
        }
        Answer::Sent { visit, code } => {
            model.done(app::sent(code.as_str()));
            with_changed(super::writing::sent(model, visit), model, visit)
        }
        Answer::Withdrawn { visit, code } => {
            model.done(app::withdrawn(code.as_str()));
            changed(model, Some(visit))
        }
        Answer::Undone { visit, code, .. } => {
            model.done(app::undone(code.as_str()));
            changed(model, Some(visit))
        }
        Answer::NamesRead(names) => {
            named(session, *names, &setup);
            Vec::new()
        }
        Answer::NamesChanged(names) => {
            named(session, *names, &setup);
            model.done(app::place_changed());
            changed(model, None)
        }
        Answer::ProfileChanged(profile) => {
            session.profile = profile;
            model.done(app::profile_changed());
            Vec::new()
        }
        Answer::PassphraseChanged => {
            let stays = |dialog: &Dialog| !matches!(dialog, Dialog::Passphrase(_));
            model.dialogs.retain(stays);
            model.done(app::passphrase_changed());
            Vec::new()
        }
        Answer::List { number, page } if number == session.visits.asked => {
            session.take_page(page, &setup, size)
        }
        Answer::Today { number, today } if number == session.today.asked => {
            session.take_today(today, day);
            let mut effects = vec![session.ask_duties(day, &setup)];
            effects.extend(session.ask_offered(day, &setup));
            super::keep::remind(model);
            effects
        }
        Answer::List { .. } | Answer::Today { .. } => Vec::new(),
        Answer::Duties { number, duties } => {
            session.take_duties(number, duties);
            Vec::new()
        }
        Answer::Offered { before, offers } => session.take_offered(before, offers),
        Answer::Spots(spots) => {
            session.spots = spots;
            Vec::new()
        }
        Answer::Coverage { number, coverage } => {
            session.take_coverage(number, coverage, &setup);
            Vec::new()
        }
        Answer::Dossier {
            visit,
            dossier,
            contested,
        } => {
            session.take_dossier(visit, dossier, contested);
            Vec::new()
        }
        Answer::History { visit, lines } => {
            session.take_history(visit, lines);
            Vec::new()
        }
        Answer::Pairs { number, page } => session.take_pairs(number, page, day),
        Answer::PairsOf { visit, pairs } => {
            session.take_pairs_of(visit, pairs);
            Vec::new()
        }
        Answer::Alike { key, number, found } => {
            super::writing::looked(session, key, number, found);
            Vec::new()
        }
        Answer::Decided {
            pair,
            verdict,
            codes: [one, other],
        } => {
            session.decided(pair, verdict);
            model.done(match verdict {
                Verdict::Linked => pairs::done_linked(one.as_str(), other.as_str()),
                Verdict::Dismissed => pairs::done_dismissed(one.as_str(), other.as_str()),
            });
            changed(model, None)
        }
        Answer::Working { done, total } => {
            super::keep::working(model, done, total);
            Vec::new()
        }
        Answer::BackedUp {
            path,
            entries,
            bytes,
        } => {
            super::keep::ended(model);
            model.done(keep::backed_up(entries, path, super::megabytes(bytes)));
            changed(model, None)
        }
        Answer::Compacted { before, after } => {
            super::keep::ended(model);
            let sizes = [before, after].map(super::megabytes);
            let [before, after] = sizes;
            model.done(keep::compacted(before, after));
            changed(model, None)
        }
        Answer::Lost(lost) => {
            model.problem(super::lost_text(&lost));
            Vec::new()
        }
        Answer::Owed(detail) => {
            session.take_owed(detail);
            Vec::new()
        }
        Answer::Records { number, page } => session.take_records(number, page, &setup, size),
        Answer::Raised {
            concern,
            particulars,
        } => {
            session.take_raised(concern, particulars);
            Vec::new()
        }
        Answer::Tended { entity, code } => {
            model.done(concern::tended(code.as_str()));
            super::tending::tended(model, entity)
        }
        Answer::Reckoning { done, total } => {
            model.done(concern::reckoning(done, total));
            Vec::new()
        }
        Answer::DatesMoved(moved) => {
            let text = super::owed::moved(model, &moved);
            model.done(text);
            Vec::new()
        }
        Answer::LastVisit(last) => super::writing::like(model, last.as_deref()),
        Answer::Created { .. }
        | Answer::Unlocked(_)
        | Answer::Locked(_)
        | Answer::Exporting { .. }
        | Answer::Exported { .. }
        | Answer::NotExported(_)
        | Answer::TableRead(_)
        | Answer::Personal(_)
        | Answer::Synced { .. }
        | Answer::NotSynced(_)
        | Answer::Joined { .. }
        | Answer::JoinNoted(_)
        | Answer::Invited { .. }
        | Answer::RequestRead(_)
        | Answer::Admitted(_)
        | Answer::NotDone(_)
        | Answer::Importing { .. }
        | Answer::Imported { .. }
        | Answer::ImportedAlike { .. }
        | Answer::NotImported(_)
        | Answer::Quarantine(_)
        | Answer::WaitingRow(..)
        | Answer::RowDropped(_)
        | Answer::RowTaken { .. }
        | Answer::RowUnread { .. }
        | Answer::Refused(_)
        | Answer::Failed(_) => Vec::new(),
    }
}

/// Adds to effects the queries for what a change of a visit may have touched.
fn with_changed(mut effects: Vec<Effect>, model: &mut Model, visit: VisitId) -> Vec<Effect> {
    effects.extend(changed(model, Some(visit)));
    effects
}

/// Opens the logbook on its first screen.
pub(super) fn open(model: &mut Model, unlocked: Unlocked) -> Vec<Effect> {
    let (setup, size, today) = (model.setup.clone(), model.size, model.today());
    let mut session = Box::new(Session::new(unlocked));
    let mut effects = vec![Effect::FreshIds, session.ask_today(today)];
    effects.extend(session.search(&setup, size));
    effects.push(session.ask_pairs());
    model.screen = Screen::Open(session);
    model.status = None;
    model.last_key = model.now;
    effects
}

/// Asks again for what a change may have touched.
pub(super) fn changed(model: &mut Model, visit: Option<VisitId>) -> Vec<Effect> {
    let (setup, size, today) = (model.setup.clone(), model.size, model.today());
    let Some(session) = model.session_mut() else {
        return Vec::new();
    };
    let mut effects = vec![
        session.ask_today(today),
        session.ask_list(&setup, size),
        session.ask_pairs(),
    ];
    effects.extend(session.ask_shared());
    effects.extend(session.ask_coverage(today, &setup));
    if let View::Detail(open) = &session.view
        && visit.is_none_or(|visit| visit == open.visit)
    {
        effects.extend(open.asked());
    }
    effects
}

pub(super) fn named(session: &mut Session, names: Names, setup: &Setup) {
    let before = std::mem::replace(&mut session.names, names);
    if let View::Places(places) = &mut session.view {
        places.follow(&before, &session.names, setup);
    }
}

fn refused(model: &mut Model, refusal: &Refusal) -> Vec<Effect> {
    let text = refusal_text(refusal);
    if let Some(job) = super::keep::ended(model) {
        super::keep::refused(model, job, refusal, text);
        return Vec::new();
    }
    if let Some(step) = importing::step(model) {
        *step = ImportStep::Asking(Some(text));
        return Vec::new();
    }
    let change = model.dialogs.iter_mut().find_map(|dialog| match dialog {
        Dialog::Passphrase(change) => Some(change),
        Dialog::Help(_)
        | Dialog::Pick(_)
        | Dialog::Ask(_)
        | Dialog::Send(_)
        | Dialog::Export(_)
        | Dialog::Import(_)
        | Dialog::Tend(_)
        | Dialog::Compact(_)
        | Dialog::Confirm(_)
        | Dialog::Personal(_)
        | Dialog::Work(_) => None,
    });
    match (change, &mut model.screen) {
        (Some(change), _) => change.refused(text),
        (None, Screen::FirstRun(run)) => run.refused(text),
        (None, Screen::Unlock(unlock)) if *refusal == Refusal::WrongPassphrase => {
            unlock.attempt = Attempt::Wrong;
        }
        (None, Screen::Unlock(unlock)) => {
            unlock.attempt = Attempt::None;
            model.problem(text);
        }
        (None, Screen::Failed(_) | Screen::Open(_)) => {
            let effects = super::writing::refused(model);
            if let Some(session) = model.session_mut() {
                session.row_refused();
            }
            model.problem(text);
            return effects;
        }
    }
    Vec::new()
}

/// Says why something was not done.
pub fn refusal_text(refusal: &Refusal) -> Text {
    match refusal {
        Refusal::WrongPassphrase => errors::wrong_passphrase(),
        Refusal::ShortPassphrase => errors::short_passphrase(SHORTEST),
        Refusal::NotAllowed(state) => errors::not_allowed(super::dialogs::state_name(*state)),
        Refusal::Incomplete => errors::incomplete(),
        Refusal::NothingToUndo => errors::nothing_to_undo(),
        Refusal::NotFound => errors::not_found(),
        Refusal::DiskFull => errors::disk_full(),
        Refusal::ReadOnly => errors::read_only(),
        Refusal::Io { path, why } => errors::io(path, why.clone()),
        Refusal::TooLarge => errors::too_large(),
        Refusal::NoAuthority => privacy::no_authority(),
        Refusal::NotHeld => errors::not_held(),
        Refusal::OwnVisit => exchange::own_visit(),
        Refusal::Moved => exchange::moved(),
        Refusal::AlreadyIn => exchange::already_in(),
        Refusal::Tending(refused) => super::owed::refused(refused),
        Refusal::Keep(refusal) => super::keep::refusal_text(refusal),
    }
}

/// Says why the logbook cannot go on: what happened, whether the data is safe, what to do.
pub fn failure_text(failure: &Failure) -> [Text; 3] {
    match failure {
        Failure::AlreadyOpen => [
            errors::already_open(),
            errors::already_open_data(),
            errors::already_open_now(),
        ],
        Failure::KeysDamaged { path } => [
            errors::keys_damaged(path),
            errors::keys_damaged_data(),
            errors::keys_damaged_now(),
        ],
        Failure::NotALogbook { path } => [
            errors::not_a_logbook(path),
            errors::not_a_logbook_data(),
            errors::not_a_logbook_now(),
        ],
        Failure::Damaged { path } => [
            errors::damaged(path),
            errors::damaged_data(),
            errors::damaged_now(),
        ],
        Failure::Newer { path } => [
            errors::newer(path),
            errors::newer_data(),
            errors::newer_now(),
        ],
    }
}
