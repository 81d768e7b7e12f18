//! The lines of each form and what they are called.

use super::{TendSlot, TendWhat};
use crate::domain::{ConcernKind, ConcernStep, LabelKind};
use crate::i18n::Text;
use crate::i18n::messages::{concern, duty, register};

/// Gives the lines of a form; those of a row of the register follow from its kind, `None` being a denunciation.
pub(super) fn slots(what: TendWhat, kind: Option<ConcernKind>) -> &'static [TendSlot] {
    use TendSlot::{
        Address, Agencies, Body, Cadres, Cell, Choice, Concluded, Conclusion, Contact, Decision,
        Document, Envelope, From, Handling, Hours, IdNumber, List, Name, Note, On, Overdue, Paper,
        PassedTo, People, Person, Quota, Reason, Received, Said, SettledBy, Site, Solved, Text, To,
        Turns, Unit, Until,
    };
    match what {
        TendWhat::Step(_, step) => match step {
            ConcernStep::WriteDown => &[On, Paper],
            ConcernStep::HandOver | ConcernStep::Receive | ConcernStep::Guide => &[On, Body, Paper],
            ConcernStep::Transfer | ConcernStep::EndByNotice => &[On, Paper, Body],
            ConcernStep::Accept
            | ConcernStep::Settle
            | ConcernStep::Resume
            | ConcernStep::InviteDialogue => &[On, Paper],
            ConcernStep::Refuse | ConcernStep::Stop => &[On, Paper, Reason],
            ConcernStep::Suspend => &[On, Until, Paper, Reason],
            ConcernStep::HoldDialogue | ConcernStep::WithdrawPart | ConcernStep::WithdrawWhole => {
                &[On, Choice, Paper]
            }
            ConcernStep::Answer => &[On, Choice, Reason],
        },
        TendWhat::Answer(_) => &[On, Choice, Text],
        TendWhat::Label(_, LabelKind::ReviewList, _) => &[On, List, Paper],
        TendWhat::Label(..) | TendWhat::HotSpot(..) => &[On, Paper],
        TendWhat::Envelope(_) => &[On, Body, Paper],
        TendWhat::Reception => &[On, Choice, Cadres, Unit, People, Turns, Note],
        TendWhat::Row(_) if kind.is_none() => &[Choice, Envelope, Body],
        TendWhat::Row(_) => &[
            Choice, Text, Name, Address, IdNumber, Contact, Said, People, SettledBy, Handling,
            PassedTo, Note,
        ],
        TendWhat::Duty => &[On, Cadres, Unit, Hours, Received, Solved, Overdue, Note],
        TendWhat::Inspection => &[
            Decision, From, To, Body, Choice, Agencies, Conclusion, Concluded, Note,
        ],
        TendWhat::Assignment => &[Choice, Person, Cell, Site, From, To, Quota, Document],
    }
}

/// Names a line.
pub fn slot_name(what: TendWhat, slot: TendSlot) -> Text {
    match (slot, what) {
        (TendSlot::On, _) => concern::slot_on(),
        (TendSlot::Until, _) => concern::slot_until(),
        (TendSlot::Paper, _) => concern::slot_paper(),
        (TendSlot::Body, _) => concern::slot_body(),
        (TendSlot::Reason, TendWhat::Step(_, ConcernStep::Answer)) => concern::slot_result(),
        (TendSlot::Reason, _) => concern::slot_reason(),
        (TendSlot::Text, TendWhat::Row(_)) => register::slot_matter(),
        (TendSlot::Text, _) => concern::slot_result(),
        (TendSlot::List, _) => concern::slot_list(),
        (TendSlot::From, _) => concern::slot_from(),
        (TendSlot::To, _) => concern::slot_to(),
        (TendSlot::Unit, _) => concern::slot_unit(),
        (TendSlot::People, _) => concern::slot_people(),
        (TendSlot::Turns, _) => concern::slot_turns(),
        (TendSlot::Hours, _) => concern::slot_hours(),
        (TendSlot::Received, _) => concern::slot_received(),
        (TendSlot::Solved, _) => concern::slot_solved(),
        (TendSlot::Overdue, _) => concern::slot_overdue(),
        (TendSlot::Decision, _) => concern::slot_decision(),
        (TendSlot::Agencies, _) => concern::slot_agencies(),
        (TendSlot::Conclusion, _) => concern::slot_conclusion(),
        (TendSlot::Concluded, _) => register::slot_concluded(),
        (TendSlot::Cadres, TendWhat::Reception) => register::head(),
        (TendSlot::Cadres, _) => register::slot_cadres(),
        (TendSlot::Choice, TendWhat::Inspection) => register::label_laws(),
        (TendSlot::Cell, _) => concern::slot_cell(),
        (TendSlot::Person, _) => duty::slot_person(),
        (TendSlot::Site, _) => duty::slot_site(),
        (TendSlot::Quota, _) => concern::slot_quota(),
        (TendSlot::Document, _) => concern::slot_document(),
        (TendSlot::Note, _) => concern::slot_note(),
        (TendSlot::Name, _) => register::slot_name(),
        (TendSlot::Address, _) => register::slot_address(),
        (TendSlot::IdNumber, _) => register::slot_id_number(),
        (TendSlot::Contact, _) => register::slot_contact(),
        (TendSlot::Said, _) => register::slot_said(),
        (TendSlot::SettledBy, _) => register::slot_settled_by(),
        (TendSlot::Handling, _) => register::slot_handling(),
        (TendSlot::PassedTo, _) => register::slot_passed_to(),
        (TendSlot::Envelope, _) => register::slot_envelope(),
        (TendSlot::Choice, TendWhat::Reception | TendWhat::Row(_) | TendWhat::Assignment) => {
            concern::slot_kind()
        }
        (TendSlot::Choice, TendWhat::Step(_, ConcernStep::HoldDialogue)) => {
            concern::slot_attendance()
        }
        (
            TendSlot::Choice,
            TendWhat::Step(_, ConcernStep::WithdrawPart | ConcernStep::WithdrawWhole),
        ) => concern::slot_brought(),
        (TendSlot::Choice, _) => concern::slot_manner(),
    }
}
