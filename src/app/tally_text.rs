//! The name and the rule of each number.

use crate::domain::tally::TallyId;
use crate::i18n::Text;
use crate::i18n::messages::tally as t;

/// Returns the name of a number and the rule that it is counted by.
pub fn tally_words(id: TallyId) -> (Text, Text) {
    match id {
        TallyId::Visits => (t::visits(), t::visits_rule()),
        TallyId::Activities => (t::activities(), t::activities_rule()),
        TallyId::ActivitiesAsPartner => {
            (t::activities_as_partner(), t::activities_as_partner_rule())
        }
        TallyId::Undated => (t::undated(), t::undated_rule()),
        TallyId::Cadres => (t::cadres(), t::cadres_rule()),
        TallyId::CadreTurns => (t::cadre_turns(), t::cadre_turns_rule()),
        TallyId::Nights => (t::nights(), t::nights_rule()),
        TallyId::PersonDays => (t::person_days(), t::person_days_rule()),
        TallyId::Households => (t::households(), t::households_rule()),
        TallyId::PeopleTurns => (t::people_turns(), t::people_turns_rule()),
        TallyId::ValueVnd => (t::value_vnd(), t::value_vnd_rule()),
        TallyId::MeetingsAttended => (t::meetings_attended(), t::meetings_attended_rule()),
        TallyId::CellsAttended => (t::cells_attended(), t::cells_attended_rule()),
        TallyId::Concerns => (t::concerns(), t::concerns_rule()),
        TallyId::Complaints => (t::complaints(), t::complaints_rule()),
        TallyId::Recommendations => (t::recommendations(), t::recommendations_rule()),
        TallyId::Reflections => (t::reflections(), t::reflections_rule()),
        TallyId::SettledOnSpot => (t::settled_on_spot(), t::settled_on_spot_rule()),
        TallyId::ConcernsOverdue => (t::concerns_overdue(), t::concerns_overdue_rule()),
        TallyId::AnsweredToCitizen => (t::answered_to_citizen(), t::answered_to_citizen_rule()),
        TallyId::Withdrawn => (t::withdrawn(), t::withdrawn_rule()),
        TallyId::WithdrawnBefore => (t::withdrawn_before(), t::withdrawn_before_rule()),
        TallyId::ProlongedResolved => (t::prolonged_resolved(), t::prolonged_resolved_rule()),
        TallyId::TerminationNotices => (t::termination_notices(), t::termination_notices_rule()),
        TallyId::HotSpotsOpen => (t::hot_spots_open(), t::hot_spots_open_rule()),
        TallyId::ReceptionsRegular => (t::receptions_regular(), t::receptions_regular_rule()),
        TallyId::ReceptionsPeriodic => (t::receptions_periodic(), t::receptions_periodic_rule()),
        TallyId::ReceptionsUnscheduled => (
            t::receptions_unscheduled(),
            t::receptions_unscheduled_rule(),
        ),
        TallyId::ReceptionTurns => (t::reception_turns(), t::reception_turns_rule()),
        TallyId::ReceptionPeople => (t::reception_people(), t::reception_people_rule()),
        TallyId::Dialogues => (t::dialogues(), t::dialogues_rule()),
        TallyId::Inspections => (t::inspections(), t::inspections_rule()),
        TallyId::InspectedAgencies => (t::inspected_agencies(), t::inspected_agencies_rule()),
        TallyId::InspectedAgencyVisits => (
            t::inspected_agency_visits(),
            t::inspected_agency_visits_rule(),
        ),
        TallyId::SaturdaysOnDuty => (t::saturdays_on_duty(), t::saturdays_on_duty_rule()),
        TallyId::UnitsWithoutData => (t::units_without_data(), t::units_without_data_rule()),
    }
}
