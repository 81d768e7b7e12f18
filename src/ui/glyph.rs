//! The signs of states, each with its word; a sign means one thing in the whole program.

use crate::app::dialogs::state_name;
use crate::config::theme::Role;
use crate::domain::{Copies, Day, VisitState};
use crate::i18n::Text;
use crate::i18n::messages::common;

/// Gives sign, word and look of a visit's state.
pub(super) fn state(state: VisitState) -> (&'static str, Text, Role) {
    let (sign, role) = match state {
        VisitState::Draft => ("○", Role::Text),
        VisitState::Sent => ("◐", Role::Text),
        VisitState::Returned => ("●", Role::Warn),
        VisitState::Confirmed => ("✓", Role::Good),
        VisitState::Changed => ("✎", Role::Warn),
        VisitState::Conflict => ("⚡", Role::Bad),
        VisitState::Withdrawn => ("⌫", Role::Dim),
        VisitState::OnPaper => ("▤", Role::Good),
    };
    (sign, state_name(state), role)
}

/// The sign of visits that may be one or are linked as one.
pub(super) const SAME: &str = "≈";

/// The sign of rows of tables that could not be read and wait.
pub(super) const WAITS: &str = "▤";

/// The sign of a place that is a hot spot.
pub(super) const HOT: &str = "◉";

/// The sign of a duty that is kept.
pub(super) const DONE: &str = "✓";

/// The sign of a duty that is not kept yet.
pub(super) const NOT_DONE: &str = "◇";

/// Gives the sign of where the copies are.
pub(super) fn copies(copies: Copies) -> &'static str {
    match copies {
        Copies::Local => "▫",
        Copies::Copied => "◧",
        Copies::Received => "■",
    }
}

/// Gives sign, words and look of a date that something is due on.
pub(super) fn due(due: Day, today: Day) -> (&'static str, Text, Role) {
    let days = (due - today).num_days();
    match days {
        ..=-1 => ("✖", common::days_overdue(-days), Role::Bad),
        0 => ("▲", common::due_today(), Role::Warn),
        1.. => ("▲", common::days_left(days), Role::Warn),
    }
}
