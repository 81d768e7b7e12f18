//! What the worker says of rows that wait in quarantine.

use super::{changed, named};
use crate::app::{Answer, Effect, Model, unreadable_text};
use crate::i18n::messages::quarantine;

/// Takes in an answer about rows that wait; others are not for here.
pub(super) fn take(model: &mut Model, answer: Answer) -> Vec<Effect> {
    let setup = model.setup.clone();
    let Some(session) = model.session_mut() else {
        return Vec::new();
    };
    if let Answer::Quarantine(rows) = answer {
        session.take_waiting(rows);
    } else if let Answer::WaitingRow(id, row) = answer {
        session.take_row(id, row.map(|row| *row));
    } else if let Answer::RowDropped(row) = answer {
        session.row_gone(row);
        model.done(quarantine::dropped());
        return changed(model, None);
    } else if let Answer::RowTaken { row, names } = answer {
        session.row_gone(row);
        named(session, *names, &setup);
        model.done(quarantine::taken());
        return changed(model, None);
    } else if let Answer::RowUnread {
        row,
        reason,
        column,
    } = answer
    {
        session.row_unread(row, reason, column);
        model.problem(quarantine::still_unread(unreadable_text(reason)));
    }
    Vec::new()
}
