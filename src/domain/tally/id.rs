//! The ids of the numbers and how each is written.

use super::Value;

/// A number of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TallyId {
    Visits,
    Activities,
    ActivitiesAsPartner,
    Undated,
    Cadres,
    CadreTurns,
    Nights,
    PersonDays,
    Households,
    PeopleTurns,
    ValueVnd,
    MeetingsAttended,
    CellsAttended,
    Concerns,
    Complaints,
    Recommendations,
    Reflections,
    SettledOnSpot,
    ConcernsOverdue,
    AnsweredToCitizen,
    Withdrawn,
    WithdrawnBefore,
    ProlongedResolved,
    TerminationNotices,
    HotSpotsOpen,
    ReceptionsRegular,
    ReceptionsPeriodic,
    ReceptionsUnscheduled,
    ReceptionTurns,
    ReceptionPeople,
    Dialogues,
    Inspections,
    InspectedAgencies,
    InspectedAgencyVisits,
    SaturdaysOnDuty,
    UnitsWithoutData,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Count,
    /// Kept in thousandths.
    Decimal,
    /// So many of so many.
    Share,
}

impl TallyId {
    /// Every number with its word of the command line, in the order in which they are shown.
    pub const ALL: [(&'static str, Self); 36] = [
        ("visits", Self::Visits),
        ("activities", Self::Activities),
        ("activities_as_partner", Self::ActivitiesAsPartner),
        ("undated", Self::Undated),
        ("cadres", Self::Cadres),
        ("cadre_turns", Self::CadreTurns),
        ("nights", Self::Nights),
        ("person_days", Self::PersonDays),
        ("households", Self::Households),
        ("people_turns", Self::PeopleTurns),
        ("value_vnd", Self::ValueVnd),
        ("meetings_attended", Self::MeetingsAttended),
        ("cells_attended", Self::CellsAttended),
        ("concerns", Self::Concerns),
        ("complaints", Self::Complaints),
        ("recommendations", Self::Recommendations),
        ("reflections", Self::Reflections),
        ("settled_on_spot", Self::SettledOnSpot),
        ("concerns_overdue", Self::ConcernsOverdue),
        ("answered_to_citizen", Self::AnsweredToCitizen),
        ("withdrawn", Self::Withdrawn),
        ("withdrawn_before", Self::WithdrawnBefore),
        ("prolonged_resolved", Self::ProlongedResolved),
        ("termination_notices", Self::TerminationNotices),
        ("hot_spots_open", Self::HotSpotsOpen),
        ("receptions_regular", Self::ReceptionsRegular),
        ("receptions_periodic", Self::ReceptionsPeriodic),
        ("receptions_unscheduled", Self::ReceptionsUnscheduled),
        ("reception_turns", Self::ReceptionTurns),
        ("reception_people", Self::ReceptionPeople),
        ("dialogues", Self::Dialogues),
        ("inspections", Self::Inspections),
        ("inspected_agencies", Self::InspectedAgencies),
        ("inspected_agency_visits", Self::InspectedAgencyVisits),
        ("saturdays_on_duty", Self::SaturdaysOnDuty),
        ("units_without_data", Self::UnitsWithoutData),
    ];

    /// Returns the word of the command line.
    pub fn as_str(self) -> &'static str {
        let found = Self::ALL.iter().find(|(_, id)| *id == self);
        found.map_or("", |(word, _)| word)
    }

    /// Returns the number as it is written, of what was counted.
    pub fn written(self, done: u64, of: u64) -> Value {
        match self.shape() {
            Shape::Count => Value::Count(done),
            Shape::Decimal => Value::Decimal(done),
            Shape::Share => Value::Share { done, of },
        }
    }

    /// Returns how it is written.
    fn shape(self) -> Shape {
        match self {
            Self::PersonDays => Shape::Decimal,
            Self::CellsAttended
            | Self::AnsweredToCitizen
            | Self::Withdrawn
            | Self::WithdrawnBefore
            | Self::ProlongedResolved
            | Self::TerminationNotices
            | Self::SaturdaysOnDuty => Shape::Share,
            Self::Visits
            | Self::Activities
            | Self::ActivitiesAsPartner
            | Self::Undated
            | Self::Cadres
            | Self::CadreTurns
            | Self::Nights
            | Self::Households
            | Self::PeopleTurns
            | Self::ValueVnd
            | Self::MeetingsAttended
            | Self::Concerns
            | Self::Complaints
            | Self::Recommendations
            | Self::Reflections
            | Self::SettledOnSpot
            | Self::ConcernsOverdue
            | Self::HotSpotsOpen
            | Self::ReceptionsRegular
            | Self::ReceptionsPeriodic
            | Self::ReceptionsUnscheduled
            | Self::ReceptionTurns
            | Self::ReceptionPeople
            | Self::Dialogues
            | Self::Inspections
            | Self::InspectedAgencies
            | Self::InspectedAgencyVisits
            | Self::UnitsWithoutData => Shape::Count,
        }
    }
}
