//! What the worker says of a table that is looked at or taken in.

use super::{changed, named};
use crate::app::dialogs::{Counts, Dialog, ImportStep, TableSeen};
use crate::app::{Effect, Model};
use crate::domain::Names;
use crate::i18n::Text;
use crate::i18n::messages::import;

/// Shows a table that was looked at.
pub(super) fn seen(model: &mut Model, seen: Box<TableSeen>) {
    if let Some(step @ (ImportStep::Reading { .. } | ImportStep::Again { .. })) = step(model) {
        *step = ImportStep::Seen(seen);
    }
}

/// Takes in how far it is; it counts as the person's own.
pub(super) fn progress(model: &mut Model, (now, of): (u64, u64)) {
    model.last_key = model.now;
    if let Some(
        ImportStep::Reading { done, total }
        | ImportStep::Again { done, total, .. }
        | ImportStep::Writing { done, total },
    ) = step(model)
    {
        (*done, *total) = (now, of);
    }
}

/// Says what came of the table.
pub(super) fn imported(model: &mut Model, counts: Counts, total: u64, names: Names) -> Vec<Effect> {
    model.dialogs.retain(|dialog| !dialog.is_import());
    let setup = model.setup.clone();
    let Some(session) = model.session_mut() else {
        return Vec::new();
    };
    named(session, names, &setup);
    model.done(if counts.rows < total {
        import::stopped(counts.rows, total)
    } else {
        import::done(
            counts.rows,
            counts.added,
            counts.undated,
            counts.unchanged,
            counts.quarantined,
        )
    });
    changed(model, None)
}

/// Says how many of the visits that came in may be one with others, and where they are looked at.
pub(super) fn alike(model: &mut Model, counts: Counts, pairs: usize) {
    if model.session().is_some() {
        model.done(import::done_alike(counts.added, counts.quarantined, pairs));
    }
}

/// Asks for a file again, and says why.
pub(super) fn refused(model: &mut Model, why: Text) {
    if let Some(step) = step(model) {
        *step = ImportStep::Asking(Some(why));
    } else if model.session().is_some() {
        model.problem(why);
    }
}

/// How far the table has come, where its dialog is still there.
pub(super) fn step(model: &mut Model) -> Option<&mut ImportStep> {
    model.dialogs.iter_mut().find_map(|dialog| match dialog {
        Dialog::Import(import) => Some(&mut import.step),
        Dialog::Help(_)
        | Dialog::Pick(_)
        | Dialog::Ask(_)
        | Dialog::Passphrase(_)
        | Dialog::Tend(_)
        | Dialog::Compact(_)
        | Dialog::Confirm(_)
        | Dialog::Personal(_)
        | Dialog::Export(_)
        | Dialog::Work(_)
        | Dialog::Send(_) => None,
    })
}
