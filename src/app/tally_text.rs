//! The name and the rule of each number, and what periods and papers are called.

use super::Setup;
use crate::domain::tally::TallyId;
use crate::domain::{Code, PaperKind, Period, PeriodName};
use crate::i18n::messages::{paper, report, tally as t};
use crate::i18n::{Language, Text};

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

/// Names a period: "tháng 10 năm 2026".
pub fn period_name(period: Period) -> Text {
    let said = |year: i32| year.to_string();
    match period.name() {
        PeriodName::Month { year, month } => paper::month(month.to_string(), said(year)),
        PeriodName::Quarter { year, quarter } => {
            let roman = ["", "I", "II", "III", "IV"];
            let quarter = roman.get(quarter as usize).copied().unwrap_or_default();
            paper::quarter(quarter, said(year))
        }
        PeriodName::Half { year, half: 1 } => paper::first_half(said(year)),
        PeriodName::Half { year, .. } => paper::second_half(said(year)),
        PeriodName::NineMonths { year } => paper::nine_months(said(year)),
        PeriodName::Year { year } => paper::year(said(year)),
        PeriodName::Free => paper::span(period.from, period.to),
    }
}

/// Returns what a file with a paper is called, without marks and spaces.
pub fn paper_name(kind: PaperKind) -> Text {
    match kind {
        PaperKind::Monthly | PaperKind::Police => report::file_report(),
        PaperKind::Cell => report::file_cell(),
        PaperKind::Minutes => report::file_minutes(),
        PaperKind::Register => report::file_register(),
        PaperKind::ReviewSheet => report::file_sheets(),
    }
}

/// Labels a kind of work, of meeting or a topic; one that is not known as it is.
pub fn category_name(setup: &Setup, code: &str, language: Language) -> String {
    let lists = &setup.catalogue;
    let lists = [&lists.activities, &lists.meetings, &lists.topics];
    let known = Code::new(code).ok();
    let found = known.and_then(|code| {
        let list = lists.into_iter().find(|list| list.get(&code).is_some())?;
        Some(Setup::choice(list, &code, language))
    });
    found.unwrap_or_else(|| code.to_owned())
}
