//! The state of a visit as an export writes it: its code, or what people read in either language.

use std::sync::LazyLock;

use crate::domain::VisitState;
use crate::i18n::messages::common;
use crate::i18n::{Catalog, Language, Text};
use crate::text::fold::fold;

static STATES: LazyLock<Vec<(String, VisitState)>> = LazyLock::new(|| {
    let mut known = Vec::new();
    for language in Language::ALL {
        let speech = Catalog::new(language);
        for state in VisitState::ALL {
            known.push((fold(&speech.text(&label(state))), state));
        }
    }
    known.extend(VisitState::ALL.map(|state| (fold(state.as_str()), state)));
    known
});

fn label(state: VisitState) -> Text {
    match state {
        VisitState::Draft => common::visit_draft(),
        VisitState::Sent => common::visit_sent(),
        VisitState::Returned => common::visit_returned(),
        VisitState::Confirmed => common::visit_confirmed(),
        VisitState::Changed => common::visit_changed(),
        VisitState::Conflict => common::visit_conflict(),
        VisitState::Withdrawn => common::visit_withdrawn(),
        VisitState::OnPaper => common::visit_on_paper(),
    }
}

/// Finds a state; what is none says nothing of the record.
pub(super) fn of_word(word: &str) -> Option<VisitState> {
    let word = fold(word);
    let found = STATES.iter().find(|(known, _)| *known == word);
    found.map(|(_, state)| *state)
}
