//! What happened to a record, its kind and its fields, in words.

use crate::domain::{EntityKind, HistoryEvent};
use crate::i18n::Text;
use crate::i18n::messages::{history, privacy};

/// Says what happened; `say` renders the names of fields in the person's language.
pub fn event_text(event: &HistoryEvent, say: impl Fn(&Text) -> String) -> Text {
    match event {
        HistoryEvent::Created => history::created(),
        HistoryEvent::Amended(fields) => {
            let mut names: Vec<_> = fields.iter().map(|name| say(&field_name(name))).collect();
            names.dedup();
            history::amended(names.join(", "))
        }
        HistoryEvent::Sent => history::sent(),
        HistoryEvent::Withdrawn(reason) => history::withdrawn(reason),
        HistoryEvent::Undone => history::undone(),
        HistoryEvent::Shown => history::shown(),
        HistoryEvent::Linked(code) => history::linked(code.as_str()),
        HistoryEvent::Dismissed(code) => history::dismissed(code.as_str()),
        HistoryEvent::Unknown => history::unknown(),
    }
}

/// Names a kind of record.
pub fn record_text(kind: EntityKind) -> Text {
    match kind {
        EntityKind::Visit => history::about_visit(),
        EntityKind::Activity => history::about_activity(),
        EntityKind::Meeting => history::about_meeting(),
        EntityKind::Concern => history::about_concern(),
        EntityKind::Particulars => history::about_particulars(),
        EntityKind::Helped => history::about_helped(),
        EntityKind::Envelope => history::about_envelope(),
        EntityKind::Review => history::about_review(),
        EntityKind::Step => history::about_step(),
        EntityKind::Label => history::about_label(),
        EntityKind::Promise => history::about_promise(),
        EntityKind::Answer => history::about_answer(),
        EntityKind::Charge => history::about_charge(),
        EntityKind::Reception => history::about_reception(),
        EntityKind::Duty => history::about_duty(),
        EntityKind::Inspection => history::about_inspection(),
        EntityKind::Assignment => history::about_assignment(),
        EntityKind::DataRequest => privacy::about_request(),
        EntityKind::Erasure => privacy::about_erasure(),
        EntityKind::Closing => history::about_closing(),
        EntityKind::Place
        | EntityKind::Person
        | EntityKind::Member
        | EntityKind::Logbook
        | EntityKind::Pair
        | EntityKind::Admission
        | EntityKind::Device
        | EntityKind::Unknown(_) => history::about_other(),
    }
}

/// Names a field of the record's format, which is what `show --json` calls it.
pub fn field_name(name: &str) -> Text {
    match name {
        "activity" => history::field_activity(),
        "amount" => history::field_amount(),
        "answer_by" => history::field_answer_by(),
        "attendance" => history::field_attendance(),
        "beneficiaries" => history::field_beneficiaries(),
        "body" => history::field_body(),
        "capacity" => history::field_capacity(),
        "category" => history::field_category(),
        "confirmation" => history::field_confirmation(),
        "description" => history::field_description(),
        "from" => history::field_from(),
        "funding" => history::field_funding(),
        "issues" => history::field_issues(),
        "kind" => history::field_kind(),
        "lead" => history::field_lead(),
        "lead_unit" => history::field_lead_unit(),
        "line" => history::field_line(),
        "cumulative" => history::field_cumulative(),
        "due" => history::field_due(),
        "handling" => history::field_handling(),
        "opinions" => history::field_opinions(),
        "passed_to" => history::field_passed_to(),
        "people" => history::field_people(),
        "settled_by" => history::field_settled_by(),
        "text" => history::field_text(),
        "measure" => history::field_measure(),
        "names" => history::field_names(),
        "note" => history::field_note(),
        "number" => history::field_number(),
        "officers" => history::field_officers(),
        "on" => history::field_on(),
        "partners" => history::field_partners(),
        "person_days" => history::field_person_days(),
        "programme" => history::field_programme(),
        "promises" => history::field_promises(),
        "remarks" => history::field_remarks(),
        "reviewing_cell" => history::field_reviewing_cell(),
        "said" => history::field_said(),
        "settlement" => history::field_settlement(),
        "shared" => history::field_shared(),
        "site" => history::field_site(),
        "sites" => history::field_sites(),
        "team" => history::field_team(),
        "to" => history::field_to(),
        "topic" => history::field_topic(),
        "unit" => history::field_unit(),
        "wish" => history::field_wish(),
        "name" | "contact" | "anonymous" => history::field_raised_by(),
        _ => history::field_other(),
    }
}
