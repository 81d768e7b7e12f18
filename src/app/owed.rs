//! The words of a concern's life: states, steps, what is waited for, labels, kinds of reception.
//!
//! Owns which sentence goes with what; the sentences are in `i18n`.

use super::{Model, MovedDate, deadlines};
use crate::domain::{
    Attendance, Brought, ConcernKind, ConcernState, ConcernStep, Day, Handling, InspectedLaw,
    LabelKind, Manner, ReceptionKind, StepField, StepRefused, TendField, TendRefused,
};
use crate::i18n::Text;
use crate::i18n::messages::{capture, common, concern, duty, privacy, register};
use crate::law::pressing::{Awaited, Pressing};
use crate::law::rules::Rule;

/// Names where a concern stands.
pub fn state(state: ConcernState) -> Text {
    match state {
        ConcernState::Heard => concern::state_heard(),
        ConcernState::HandedOver => concern::state_handed_over(),
        ConcernState::Received => concern::state_received(),
        ConcernState::Accepted => concern::state_accepted(),
        ConcernState::Refused => concern::state_refused(),
        ConcernState::Transferred => concern::state_transferred(),
        ConcernState::Guided => concern::state_guided(),
        ConcernState::Suspended => concern::state_suspended(),
        ConcernState::Settled => concern::state_settled(),
        ConcernState::Withdrawn => concern::state_withdrawn(),
        ConcernState::Stopped => concern::state_stopped(),
        ConcernState::EndedByNotice => concern::state_ended_by_notice(),
        ConcernState::Answered => concern::state_answered(),
    }
}

/// Names a step.
pub fn step(step: ConcernStep) -> Text {
    match step {
        ConcernStep::WriteDown => concern::step_write_down(),
        ConcernStep::HandOver => concern::step_hand_over(),
        ConcernStep::Receive => concern::step_receive(),
        ConcernStep::Accept => concern::step_accept(),
        ConcernStep::Refuse => concern::step_refuse(),
        ConcernStep::Transfer => concern::step_transfer(),
        ConcernStep::Guide => concern::step_guide(),
        ConcernStep::InviteDialogue => concern::step_invite_dialogue(),
        ConcernStep::HoldDialogue => concern::step_hold_dialogue(),
        ConcernStep::Suspend => concern::step_suspend(),
        ConcernStep::Resume => concern::step_resume(),
        ConcernStep::Settle => concern::step_settle(),
        ConcernStep::WithdrawPart => concern::step_withdraw_part(),
        ConcernStep::WithdrawWhole => concern::step_withdraw_whole(),
        ConcernStep::Stop => concern::step_stop(),
        ConcernStep::EndByNotice => concern::step_end_by_notice(),
        ConcernStep::Answer => concern::step_answer(),
    }
}

/// Says what is waited for, with the article where a law asks for it.
pub fn awaited(pressing: &Pressing<'_>) -> Text {
    let article = |rule: &Rule| deadlines::basis(&rule.basis);
    let article = pressing.rule.map_or_else(common::none, article);
    match pressing.awaited {
        Awaited::HandOver => concern::awaits_hand_over(),
        Awaited::Receipt => concern::awaits_receipt(),
        Awaited::Law(step) => concern::awaits_law(deadlines::step_name(step), article),
        Awaited::Promised => concern::awaits_promised(),
        Awaited::Tell => concern::awaits_tell(),
        Awaited::Envelope => concern::awaits_envelope(),
    }
}

/// Names a label.
pub fn label(label: LabelKind) -> Text {
    match label {
        LabelKind::Complex => concern::label_complex(),
        LabelKind::Remote => concern::label_remote(),
        LabelKind::Prolonged => concern::label_prolonged(),
        LabelKind::ReviewList => concern::label_review_list(),
        LabelKind::LargeGroup => concern::label_large_group(),
        LabelKind::HotSpot => concern::label_hot_spot(),
    }
}

/// Says how the citizen was told.
pub fn manner(manner: Manner) -> Text {
    match manner {
        Manner::InPerson => concern::manner_in_person(),
        Manner::ByTelephone => concern::manner_by_telephone(),
        Manner::InWriting => concern::manner_in_writing(),
        Manner::AtAMeeting => concern::manner_at_a_meeting(),
    }
}

/// Says whether the citizen came to the dialogue.
pub fn attendance(attendance: Attendance) -> Text {
    match attendance {
        Attendance::Came => concern::attendance_came(),
        Attendance::StayedAway => concern::attendance_stayed_away(),
    }
}

/// Says how a withdrawal came about.
pub fn brought(brought: Brought) -> Text {
    match brought {
        Brought::ByDialogue => concern::brought_by_dialogue(),
        Brought::ByExplanation => concern::brought_by_explanation(),
        Brought::Otherwise => concern::brought_otherwise(),
    }
}

/// Names a kind of reception.
pub fn reception(kind: ReceptionKind) -> Text {
    match kind {
        ReceptionKind::Regular => concern::reception_regular(),
        ReceptionKind::Periodic => concern::reception_periodic(),
        ReceptionKind::Unscheduled => concern::reception_unscheduled(),
    }
}

/// Says how a row of the register goes on.
pub fn handling(handling: Handling) -> Text {
    match handling {
        Handling::Accept => concern::handling_accept(),
        Handling::ReturnAndGuide => concern::handling_return_and_guide(),
        Handling::PassOn => concern::handling_pass_on(),
    }
}

/// Names the kind of a row of the register; `None` is a denunciation.
pub fn row_kind(kind: Option<ConcernKind>) -> Text {
    match kind {
        Some(ConcernKind::Recommendation) => capture::recommendation(),
        Some(ConcernKind::Reflection) => capture::reflection(),
        Some(ConcernKind::Complaint) => capture::complaint(),
        None => register::denunciation(),
    }
}

/// Names the laws that an inspection looks at.
pub fn laws(laws: &[InspectedLaw]) -> Text {
    match laws {
        [one] => inspected(*one),
        [one, two] => register::two_laws(inspected(*one), inspected(*two)),
        _ => register::all_laws(),
    }
}

/// Names a law that an inspection looks at.
pub fn inspected(law: InspectedLaw) -> Text {
    match law {
        InspectedLaw::Complaints => concern::law_complaints(),
        InspectedLaw::Denunciations => concern::law_denunciations(),
        InspectedLaw::CitizenReception => concern::law_citizen_reception(),
    }
}

/// Says which due dates moved: how many, and the first of them.
pub fn moved(model: &Model, moved: &[MovedDate]) -> Text {
    let language = model.language;
    let date =
        |day: Option<Day>| day.map_or_else(|| "–".to_owned(), |day| language.short_date(day));
    let first = moved.iter().take(3).map(|one| {
        let code = one.code.as_str();
        format!("{code} {} → {}", date(one.from), date(one.to))
    });
    concern::moved(moved.len(), first.collect::<Vec<_>>().join(", "))
}

/// Names a field that something is the matter with.
fn field(field: TendField) -> Text {
    match field {
        TendField::On => concern::field_on(),
        TendField::From => concern::field_from(),
        TendField::To => concern::field_to(),
        TendField::Text => concern::field_text(),
        TendField::Person => concern::field_person(),
        TendField::Kind => concern::field_kind(),
        TendField::Quota => concern::field_quota(),
        TendField::Document => concern::field_document(),
        TendField::Agencies => concern::field_agencies(),
        TendField::List => concern::field_list(),
        TendField::Envelope => register::field_envelope(),
        TendField::Place => duty::slot_site(),
    }
}

/// Says why something was not done; what was typed is still there.
pub fn refused(refused: &TendRefused) -> Text {
    match refused {
        TendRefused::Step(refused) => step_refused(refused),
        TendRefused::Missing(what) => concern::missing(field(*what)),
        TendRefused::InFuture(what) => concern::in_future(field(*what)),
        TendRefused::TooEarly { on, not_before } => concern::too_early(*on, *not_before),
        TendRefused::NotASaturday(on) => concern::not_a_saturday(*on),
        TendRefused::EndBeforeStart => concern::end_before_start(),
        TendRefused::NothingChanges => duty::nothing_changes(),
        TendRefused::Answered => concern::already_answered(),
        TendRefused::NamesACitizen => privacy::step_exposes(),
        TendRefused::NothingToTakeBack => register::nothing_to_take_back(),
        TendRefused::HasRows => register::has_rows(),
    }
}

fn step_refused(refused: &StepRefused) -> Text {
    match refused {
        StepRefused::NotAllowed {
            state: at,
            step: of,
        } => concern::step_not_allowed(step(*of), state(*at)),
        StepRefused::TooEarly { on, not_before } => concern::too_early(*on, *not_before),
        StepRefused::Lacks(StepField::Paper) => concern::missing(concern::field_paper()),
        StepRefused::Lacks(StepField::Body) => concern::missing(concern::field_body()),
        StepRefused::Lacks(StepField::Person) => concern::missing(concern::field_person()),
        StepRefused::Lacks(StepField::Reason) => concern::missing(concern::field_reason()),
        StepRefused::SuspensionBackwards { .. } => concern::end_before_start(),
        StepRefused::PartNotAllowed => concern::part_not_allowed(),
        StepRefused::NotInvited => concern::not_invited(),
    }
}
