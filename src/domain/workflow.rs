//! The states of a visit and the steps between them, as one table.

/// Where a visit stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VisitState {
    /// Saved, not sent.
    #[default]
    Draft,
    Sent,
    Returned,
    Confirmed,
    /// Edited after confirmation.
    Changed,
    /// Two edits gave one field different values.
    Conflict,
    Withdrawn,
    /// The cell confirmed it on paper, as the unit says: nobody's signature.
    OnPaper,
}

impl VisitState {
    /// Every state, in the order of its life.
    pub const ALL: [Self; 8] = [
        Self::Draft,
        Self::Sent,
        Self::Returned,
        Self::Confirmed,
        Self::Changed,
        Self::Conflict,
        Self::Withdrawn,
        Self::OnPaper,
    ];

    /// Returns the word of the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Sent => "sent",
            Self::Returned => "returned",
            Self::Confirmed => "confirmed",
            Self::Changed => "changed",
            Self::Conflict => "conflict",
            Self::Withdrawn => "withdrawn",
            Self::OnPaper => "confirmed_on_paper",
        }
    }
}

/// What a person does to a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    Save,
    Send,
    Return,
    Confirm,
    /// The unit writes down what the cell confirmed on paper.
    ConfirmOnPaper,
    Withdraw,
}

/// What happens to a visit once it is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    StaysDraft,
    /// Sent to review in the same commit; only a visit that was never saved.
    Sent,
}

/// A step that the visit's state does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{step:?} is not allowed on a visit in the state {state:?}")]
pub struct NotAllowed {
    pub state: VisitState,
    pub step: Step,
}

/// Returns the state after a step, or that the table has no such step.
pub fn advance(state: VisitState, step: Step) -> Result<VisitState, NotAllowed> {
    use Step::{Confirm, ConfirmOnPaper, Return, Save, Send, Withdraw};
    use VisitState::{Changed, Confirmed, Conflict, Draft, OnPaper, Returned, Sent, Withdrawn};
    match (state, step) {
        (Draft, Save) => Ok(Draft),
        (Sent, Save) => Ok(Sent),
        (Returned, Save) => Ok(Returned),
        (Confirmed | Changed | OnPaper, Save) => Ok(Changed),
        (Conflict, Save) => Ok(Conflict),
        (Draft | Returned | Changed, Send) => Ok(Sent),
        (Sent | Changed | OnPaper, Return) => Ok(Returned),
        (Sent | Changed | OnPaper, Confirm) => Ok(Confirmed),
        (Sent | Changed | OnPaper, ConfirmOnPaper) => Ok(OnPaper),
        (Draft | Sent | Returned | Confirmed | Changed | Conflict | OnPaper, Withdraw) => {
            Ok(Withdrawn)
        }
        (Sent | Confirmed | Conflict | Withdrawn | OnPaper, Send)
        | (
            Draft | Returned | Confirmed | Conflict | Withdrawn,
            Return | Confirm | ConfirmOnPaper,
        )
        | (Withdrawn, Save | Withdraw) => Err(NotAllowed { state, step }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leads_out_of_withdrawn() {
        for step in [
            Step::Save,
            Step::Send,
            Step::Return,
            Step::Confirm,
            Step::ConfirmOnPaper,
            Step::Withdraw,
        ] {
            assert!(advance(VisitState::Withdrawn, step).is_err());
        }
    }

    #[test]
    fn only_a_review_confirms() {
        for state in VisitState::ALL {
            for step in [
                Step::Save,
                Step::Send,
                Step::Return,
                Step::ConfirmOnPaper,
                Step::Withdraw,
            ] {
                assert_ne!(advance(state, step), Ok(VisitState::Confirmed));
            }
        }
    }

    #[test]
    fn an_edit_voids_a_confirmation() {
        assert_eq!(
            advance(VisitState::Confirmed, Step::Save),
            Ok(VisitState::Changed)
        );
    }
}
