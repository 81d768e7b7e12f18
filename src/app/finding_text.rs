//! What keeps a visit from being sent, in words.

use crate::domain::{Field, Finding, Item, Problem};
use crate::i18n::Text;
use crate::i18n::messages::detail;

/// Says what keeps a visit from being sent.
pub fn finding_text(finding: Finding) -> Text {
    let number = |at: usize| at + 1;
    let item = match finding.item {
        Item::Visit => detail::item_visit(),
        Item::Activity(at) => detail::item_activity(number(at)),
        Item::Meeting(at) => detail::item_meeting(number(at)),
        Item::Concern(at) => detail::item_concern(number(at)),
        Item::Envelope(at) => detail::item_envelope(number(at)),
    };
    detail::finding(item, field(finding.field), problem(finding.problem))
}

fn field(field: Field) -> Text {
    match field {
        Field::Place => detail::field_place(),
        Field::From => detail::field_from(),
        Field::To => detail::field_to(),
        Field::Team => detail::field_team(),
        Field::Lead => detail::field_lead(),
        Field::Category => detail::field_category(),
        Field::Amount => detail::field_amount(),
        Field::Measure => detail::field_measure(),
        Field::Beneficiaries => detail::field_beneficiaries(),
        Field::Funding => detail::field_funding(),
        Field::Confirmation => detail::field_confirmation(),
        Field::Kind => detail::field_kind(),
        Field::Line => detail::field_line(),
        Field::AnswerBy => detail::field_answer_by(),
        Field::PromiseDue => detail::field_promise_due(),
        Field::EnvelopeNumber => detail::field_envelope_number(),
        Field::EnvelopeDate => detail::field_envelope_date(),
        Field::EnvelopeBody => detail::field_envelope_body(),
    }
}

fn problem(problem: Problem) -> Text {
    match problem {
        Problem::Missing => detail::problem_missing(),
        Problem::EndBeforeStart => detail::problem_end_before_start(),
        Problem::InFuture => detail::problem_in_future(),
        Problem::TooLong => detail::problem_too_long(),
        Problem::BeforeVisit => detail::problem_before_visit(),
        Problem::LeadNotInTeam => detail::problem_lead_not_in_team(),
        Problem::AmountWithoutMeasure => detail::problem_amount_without_measure(),
        Problem::MeasureWithoutAmount => detail::problem_measure_without_amount(),
        Problem::NothingDone => detail::problem_nothing_done(),
    }
}
