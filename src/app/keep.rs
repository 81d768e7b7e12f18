//! What is said of backups, of compacting, and of a logbook that this machine knew otherwise.

use super::dialogs::{Ask, CompactAsk, Dialog, Job, Question, Work};
use super::model::Model;
use super::msg::{KeepRefusal, Lost, Refusal};
use super::{Action, Effect};
use crate::i18n::messages::keep;
use crate::i18n::{Decimal, Text};

/// Asks where the backup goes; what was asked last in this session is filled in.
pub(super) fn ask_target(model: &mut Model) -> Vec<Effect> {
    let last = model.session().map(|session| session.backup_to.clone());
    let ask = Ask::new(Question::BackUpTo, &last.unwrap_or_default());
    model.dialogs.push(Dialog::Ask(ask));
    Vec::new()
}

/// Asks for the passphrase before compacting.
pub(super) fn ask_compact(model: &mut Model) -> Vec<Effect> {
    model.dialogs.push(Dialog::Compact(CompactAsk::default()));
    Vec::new()
}

/// Begins a backup.
pub(super) fn back_up(model: &mut Model, target: String) -> Vec<Effect> {
    if let Some(session) = model.session_mut() {
        session.backup_to.clone_from(&target);
    }
    model.dialogs.push(Dialog::Work(Work::new(Job::BackUp)));
    vec![Effect::BackUp(target)]
}

/// Begins an exchange.
pub(super) fn sync(model: &mut Model, place: String) -> Vec<Effect> {
    if let Some(session) = model.session_mut() {
        session.sync_with.clone_from(&place);
    }
    model.dialogs.push(Dialog::Work(Work::new(Job::Sync)));
    vec![Effect::Sync(place)]
}

/// Takes in how far the work is; it counts as the person's own.
pub(super) fn working(model: &mut Model, done: u64, total: u64) {
    model.last_key = model.now;
    for dialog in &mut model.dialogs {
        if let Dialog::Work(work) = dialog {
            (work.done, work.total) = (done, total);
        }
    }
}

/// Ends the work that is on top, if any, and tells which it was.
pub(super) fn ended(model: &mut Model) -> Option<Job> {
    let job = model.dialogs.iter().find_map(|dialog| match dialog {
        Dialog::Work(work) => Some(work.job),
        Dialog::Help(_)
        | Dialog::Pick(_)
        | Dialog::Ask(_)
        | Dialog::Passphrase(_)
        | Dialog::Send(_)
        | Dialog::Export(_)
        | Dialog::Import(_)
        | Dialog::Tend(_)
        | Dialog::Personal(_)
        | Dialog::Compact(_)
        | Dialog::Confirm(_) => None,
    });
    model
        .dialogs
        .retain(|dialog| !matches!(dialog, Dialog::Work(_)));
    job
}

/// Takes in that the work was refused: what was typed is asked for again, with the reason, unless the
/// person stopped it.
pub(super) fn refused(model: &mut Model, job: Job, refusal: &Refusal, text: Text) {
    let stopped = *refusal == Refusal::Keep(KeepRefusal::Stopped);
    if job == Job::BackUp && !stopped {
        ask_target(model);
        if let Some(Dialog::Ask(ask)) = model.dialogs.last_mut() {
            ask.problem = Some(text);
        }
    } else if job == Job::Compact && *refusal == Refusal::WrongPassphrase {
        model.dialogs.push(Dialog::Compact(CompactAsk {
            problem: Some(text),
            ..CompactAsk::default()
        }));
    } else {
        model.problem(text);
    }
}

/// Reminds, once after opening, of a backup that is long due.
pub(super) fn remind(model: &mut Model) {
    let (today, key) = (model.today(), model.key(Action::BackUp));
    let Some(session) = model.session_mut() else {
        return;
    };
    let read = session.today.read.as_ref();
    let days = read.and_then(|read| read.days_uncopied(today));
    let Some(days) = days.filter(|_| !session.reminded) else {
        return;
    };
    session.reminded = true;
    if model.status.is_none() {
        model.done(keep::uncopied_line(days, key));
    }
}

/// Says why there is no backup or no smaller file.
pub(super) fn refusal_text(refusal: &KeepRefusal) -> Text {
    match refusal {
        KeepRefusal::Exists { path } => keep::exists(path),
        KeepRefusal::InLogbook { path } => keep::in_logbook(path),
        KeepRefusal::NotEmpty { path } => keep::not_empty(path),
        KeepRefusal::NotABackup { path } => keep::not_a_backup(path),
        KeepRefusal::Damaged { path } => keep::damaged(path),
        KeepRefusal::Newer { path } => keep::newer(path),
        KeepRefusal::NotReadBack { path } => keep::not_read_back(path),
        KeepRefusal::NoRoom { path } => keep::no_room(path),
        KeepRefusal::Stopped => keep::stopped(),
        KeepRefusal::Differs => keep::differs(),
    }
}

/// Names the last entry that the logbook lacks.
pub fn lost_text(lost: &Lost) -> Text {
    let at = lost.at.local();
    match &lost.code {
        Some(code) => keep::lost(code.as_str(), at.time(), at.date()),
        None => keep::lost_unnamed(at.time(), at.date()),
    }
}

/// Gives a size in megabytes, to the tenth; what is smaller is still no nothing.
pub fn megabytes(bytes: u64) -> Decimal {
    let tenths = (bytes / 100_000).max(u64::from(bytes > 0));
    Decimal(i64::try_from(tenths).unwrap_or(i64::MAX / 100) * 100)
}
