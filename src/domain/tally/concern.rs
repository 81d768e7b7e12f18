//! Numbers of concerns: heard, answered, withdrawn, resolved. Denunciations are in none of them: they are in
//! no row.

use super::Question;
use super::piece::Piece;
use super::row::{ConcernFacts, StepFacts};
use crate::domain::{
    Attendance, ConcernKind, ConcernState, ConcernStep, Day, LabelChange, LabelKind, Period,
    Settlement,
};

/// Concerns heard in the period that a test holds for.
fn heard(question: &Question<'_>, wanted: impl Fn(&ConcernFacts) -> bool) -> Vec<Piece> {
    let rows = question.rows.concerns.iter();
    let counted = rows.filter(|row| question.counts_in(&row.head) && wanted(row));
    counted.map(|row| Piece::of(&row.head, 1)).collect()
}

/// Concerns heard in the period, on visits and in receptions.
pub(super) fn concerns(question: &Question<'_>) -> Vec<Piece> {
    heard(question, |_| true)
}

/// Of them, complaints.
pub(super) fn complaints(question: &Question<'_>) -> Vec<Piece> {
    heard(question, |row| row.kind == Some(ConcernKind::Complaint))
}

/// Of them, recommendations.
pub(super) fn recommendations(question: &Question<'_>) -> Vec<Piece> {
    heard(question, |row| {
        row.kind == Some(ConcernKind::Recommendation)
    })
}

/// Of them, reflections.
pub(super) fn reflections(question: &Question<'_>) -> Vec<Piece> {
    heard(question, |row| row.kind == Some(ConcernKind::Reflection))
}

/// Of them, those settled where they were heard.
pub(super) fn settled_on_spot(question: &Question<'_>) -> Vec<Piece> {
    heard(question, |row| row.settlement == Settlement::OnTheSpot)
}

/// Whether it counts whenever it was heard, up to the day of the reckoning.
fn counts_by(question: &Question<'_>, row: &ConcernFacts) -> bool {
    let heard = row.head.day.is_some_and(|day| day <= question.as_of);
    heard && question.counts(&row.head) && !row.head.repeat && !row.head.cumulative
}

/// Concerns, whenever heard, that on the day of the reckoning are open and past the date that they wait
/// for: the law's, a promised one, or a target of the logbook.
pub(super) fn concerns_overdue(question: &Question<'_>) -> Vec<Piece> {
    let rows = question.rows.concerns.iter();
    let late = |row: &&ConcernFacts| row.due.is_some_and(|due| due < question.as_of);
    let counted = rows.filter(|row| late(row) && counts_by(question, row));
    counted
        .map(|row| Piece::of(&row.head, 1).on(question.as_of))
        .collect()
}

/// Of the concerns heard in the period, those whose citizen was told by the day of the reckoning.
pub(super) fn answered_to_citizen(question: &Question<'_>) -> Vec<Piece> {
    let rows = question.rows.concerns.iter();
    let counted = rows.filter(|row| question.counts_in(&row.head));
    let piece = |row: &ConcernFacts| {
        let steps = row.steps.iter().filter(|step| step.on <= question.as_of);
        let told = row.settlement == Settlement::OnTheSpot
            || steps.into_iter().any(|s| s.step == ConcernStep::Answer);
        Piece::of(&row.head, u64::from(told)).out_of(1)
    };
    counted.map(piece).collect()
}

/// Whether nothing is decided any more in a state; the citizen may still wait to be told.
fn is_closed(state: ConcernState) -> bool {
    match state {
        ConcernState::Refused
        | ConcernState::Transferred
        | ConcernState::Guided
        | ConcernState::Settled
        | ConcernState::Withdrawn
        | ConcernState::Stopped
        | ConcernState::EndedByNotice
        | ConcernState::Answered => true,
        ConcernState::Heard
        | ConcernState::HandedOver
        | ConcernState::Received
        | ConcernState::Accepted
        | ConcernState::Suspended => false,
    }
}

/// The step that closed a concern, as it stood on a day. One that was transferred and then received
/// elsewhere is open again; what was settled where it was heard was never lodged and never closed.
fn closing(row: &ConcernFacts, as_of: Day) -> Option<&StepFacts> {
    let mut closing = None;
    for step in row.steps.iter().filter(|step| step.on <= as_of) {
        if !is_closed(step.state) {
            closing = None;
        } else if closing.is_none() && row.settlement == Settlement::Pending {
            closing = Some(step);
        }
    }
    closing
}

/// Whole withdrawals out of the concerns closed in a period.
fn withdrawn_in(question: &Question<'_>, period: Period) -> Vec<Piece> {
    let as_of = period.to.min(question.as_of);
    let mut pieces = Vec::new();
    for row in &question.rows.concerns {
        let closed = closing(row, as_of).filter(|step| period.holds(step.on));
        if let Some(closed) = closed
            && counts_by(question, row)
        {
            let whole = closed.step == ConcernStep::WithdrawWhole;
            let piece = Piece::of(&row.head, u64::from(whole)).out_of(1);
            pieces.push(piece.on(closed.on));
        }
    }
    pieces
}

/// Whole withdrawals out of the concerns closed in the period. Withdrawing a part closes nothing.
pub(super) fn withdrawn(question: &Question<'_>) -> Vec<Piece> {
    withdrawn_in(question, question.period)
}

/// The same of the period before, of the same length.
pub(super) fn withdrawn_before(question: &Question<'_>) -> Vec<Piece> {
    let before = question.period.before();
    before.map_or_else(Vec::new, |before| withdrawn_in(question, before))
}

/// Tells whether a label stood on any day of a period, by its history.
fn stood_in(row: &ConcernFacts, kind: LabelKind, period: Period) -> bool {
    let mut standing = false;
    for label in row.labels.iter().filter(|label| label.kind == Some(kind)) {
        let on = label.on.unwrap_or(period.from);
        if on > period.to {
            break;
        }
        match label.change {
            Some(LabelChange::PutOn) => {
                if on >= period.from {
                    return true;
                }
                standing = true;
            }
            // It stood on the days before.
            Some(LabelChange::TakenOff) => {
                if standing && on > period.from {
                    return true;
                }
                standing = false;
            }
            None => {}
        }
    }
    standing
}

/// Tells whether a concern has a final outcome on a day: a decision, a whole withdrawal, a final stop, a
/// notice, or it was settled on the spot.
fn is_resolved(row: &ConcernFacts, as_of: Day) -> bool {
    let steps = row.steps.iter().filter(|step| step.on <= as_of);
    let outcome = |step: &StepFacts| {
        matches!(
            step.step,
            ConcernStep::Settle
                | ConcernStep::WithdrawWhole
                | ConcernStep::Stop
                | ConcernStep::EndByNotice
        )
    };
    row.settlement == Settlement::OnTheSpot || steps.into_iter().any(outcome)
}

/// Of the concerns that were labelled prolonged on any day of the period, those resolved by the day of the
/// reckoning. Taking the label off takes none out.
pub(super) fn prolonged_resolved(question: &Question<'_>) -> Vec<Piece> {
    let rows = question.rows.concerns.iter();
    let labelled = rows.filter(|row| {
        let stood = stood_in(row, LabelKind::Prolonged, question.period);
        stood && counts_by(question, row)
    });
    let piece = |row: &ConcernFacts| {
        let resolved = is_resolved(row, question.as_of);
        Piece::of(&row.head, u64::from(resolved)).out_of(1)
    };
    labelled.map(piece).collect()
}

/// Of the concerns ever put on a review list by the end of the period, those that a notice ended by then. A
/// list is frozen: nothing leaves it.
pub(super) fn termination_notices(question: &Question<'_>) -> Vec<Piece> {
    let rows = question.rows.concerns.iter();
    let listed = |row: &&ConcernFacts| {
        row.labels.iter().any(|label| {
            label.kind == Some(LabelKind::ReviewList)
                && label.change == Some(LabelChange::PutOn)
                && label.on.is_none_or(|on| on <= question.as_of)
        })
    };
    let piece = |row: &ConcernFacts| {
        let mut steps = row.steps.iter().filter(|step| step.on <= question.as_of);
        let noticed = steps.any(|step| step.step == ConcernStep::EndByNotice);
        Piece::of(&row.head, u64::from(noticed)).out_of(1)
    };
    let counted = rows.filter(|row| listed(row) && counts_by(question, row));
    counted.map(piece).collect()
}

/// Dialogues held in the period to which the citizen came, and meetings attended that were dialogues.
pub(super) fn dialogues(question: &Question<'_>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for row in &question.rows.concerns {
        let held = row.steps.iter().filter(|step| {
            let came = step.attendance == Some(Attendance::Came);
            came && step.step == ConcernStep::HoldDialogue && question.period.holds(step.on)
        });
        if counts_by(question, row) {
            pieces.extend(held.map(|step| Piece::of(&row.head, 1).on(step.on)));
        }
    }
    let meetings = question.rows.meetings.iter();
    let dialogues = meetings.filter(|row| row.head.category.as_deref() == Some("dialogue"));
    let counted = dialogues.filter(|row| question.counts_in(&row.head));
    pieces.extend(counted.map(|row| Piece::of(&row.head, 1)));
    pieces
}
