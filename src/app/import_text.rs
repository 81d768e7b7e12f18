//! What the parts of an import are called.

use crate::domain::{ColumnField, SheetKind, Unreadable};
use crate::i18n::Text;
use crate::i18n::messages::import;

/// Says what the rows of a table are.
pub fn kind_text(kind: SheetKind) -> Text {
    match kind {
        SheetKind::Activities => import::kind_activities(),
        SheetKind::Meetings => import::kind_meetings(),
        SheetKind::Visits => import::kind_visits(),
        SheetKind::Places => import::kind_places(),
        SheetKind::People => import::kind_people(),
        SheetKind::Concerns => import::kind_concerns(),
        SheetKind::Receptions => import::kind_receptions(),
        SheetKind::Inspections => import::kind_inspections(),
        SheetKind::Duties => import::kind_duties(),
    }
}

/// Says what a column holds.
pub fn field_text(field: ColumnField) -> Text {
    match field {
        ColumnField::Ignored => import::field_ignored(),
        ColumnField::Date => import::field_date(),
        ColumnField::From => import::field_from(),
        ColumnField::To => import::field_to(),
        ColumnField::Unit => import::field_unit(),
        ColumnField::LeadUnit => import::field_lead_unit(),
        ColumnField::Body => import::field_body(),
        ColumnField::Partners => import::field_partners(),
        ColumnField::Province => import::field_province(),
        ColumnField::District => import::field_district(),
        ColumnField::Commune => import::field_commune(),
        ColumnField::Village => import::field_village(),
        ColumnField::VillageKind => import::field_village_kind(),
        ColumnField::Place => import::field_place(),
        ColumnField::OtherPlaces => import::field_other_places(),
        ColumnField::Category => import::field_category(),
        ColumnField::Description => import::field_description(),
        ColumnField::Quantity => import::field_quantity(),
        ColumnField::QuantityUnit => import::field_quantity_unit(),
        ColumnField::Households => import::field_households(),
        ColumnField::People => import::field_people(),
        ColumnField::Turns => import::field_turns(),
        ColumnField::Beneficiary => import::field_beneficiary(),
        ColumnField::BeneficiaryDetail => import::field_beneficiary_detail(),
        ColumnField::PersonDays => import::field_person_days(),
        ColumnField::Officers => import::field_officers(),
        ColumnField::Value => import::field_value(),
        ColumnField::Funding => import::field_funding(),
        ColumnField::FundingDetail => import::field_funding_detail(),
        ColumnField::ConfirmedBy => import::field_confirmed_by(),
        ColumnField::ConfirmedOn => import::field_confirmed_on(),
        ColumnField::Names => import::field_names(),
        ColumnField::Note => import::field_note(),
        ColumnField::Remark => import::field_remark(),
        ColumnField::Kind => import::field_kind(),
        ColumnField::Capacity => import::field_capacity(),
        ColumnField::Attendance => import::field_attendance(),
        ColumnField::Opinions => import::field_opinions(),
        ColumnField::Topics => import::field_topics(),
        ColumnField::Remarks => import::field_remarks(),
        ColumnField::Promises => import::field_promises(),
        ColumnField::Cumulative => import::field_cumulative(),
        ColumnField::Team => import::field_team(),
        ColumnField::Lead => import::field_lead(),
        ColumnField::Shared => import::field_shared(),
        ColumnField::Programme => import::field_programme(),
        ColumnField::ReviewingCell => import::field_reviewing_cell(),
        ColumnField::Name => import::field_name(),
        ColumnField::Post => import::field_post(),
        ColumnField::Code => import::field_code(),
        ColumnField::VisitCode => import::field_visit_code(),
        ColumnField::State => import::field_state(),
        ColumnField::Topic => import::field_topic(),
        ColumnField::Line => import::field_line(),
        ColumnField::Settlement => import::field_settlement(),
        ColumnField::AnswerBy => import::field_answer_by(),
        ColumnField::RaisedBy => import::field_raised_by(),
        ColumnField::Contact => import::field_contact(),
        ColumnField::Anonymous => import::field_anonymous(),
        ColumnField::Said => import::field_said(),
        ColumnField::Wish => import::field_wish(),
    }
}

/// Says why a row cannot be read.
pub fn unreadable_text(reason: Unreadable) -> Text {
    match reason {
        Unreadable::NotADate => import::reason_not_a_date(),
        Unreadable::IncompleteDate => import::reason_incomplete_date(),
        Unreadable::InFuture => import::reason_in_future(),
        Unreadable::EndBeforeStart => import::reason_end_before_start(),
        Unreadable::TooLong => import::reason_too_long(),
        Unreadable::NotANumber => import::reason_not_a_number(),
        Unreadable::Negative => import::reason_negative(),
        Unreadable::NumberOutOfRange => import::reason_number_out_of_range(),
        Unreadable::TextTooLong => import::reason_text_too_long(),
        Unreadable::TooManyCells => import::reason_too_many_cells(),
        Unreadable::FormulaError => import::reason_formula_error(),
        Unreadable::NotYesOrNo => import::reason_not_yes_or_no(),
        Unreadable::NotAList => import::reason_not_a_list(),
        Unreadable::SaysNothing => import::reason_says_nothing(),
        Unreadable::Denunciation => import::reason_denunciation(),
        Unreadable::Missing => import::reason_missing(),
    }
}
