//! The numbers of a period: each a pure function of rows, each with its rule written down.
//!
//! A number is made of pieces, each with the record behind it, so that every number opens to its rows and
//! can be divided. Nothing is summed beforehand.

mod beside;
mod concern;
mod field;
mod id;
mod piece;
mod rates;
mod row;
#[cfg(test)]
mod tests;

pub use id::TallyId;
pub use piece::{Behind, Tally, Value};
pub use rates::Rates;
pub use row::{
    ActivityFacts, AssignmentFacts, Body, ConcernFacts, Head, InspectionFacts, MeetingFacts,
    ReceptionFacts, Rows, SpotFacts, StepFacts, VisitFacts,
};

use super::{CommuneCode, Day, Period, VisitState, counts};

/// Which records count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Narrow {
    /// All that were sent.
    #[default]
    Sent,
    /// Only what was confirmed; what has no review never is.
    Confirmed,
}

/// By what each number is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Category,
    Place,
    Unit,
    Month,
}

impl By {
    /// Every division with its word of the command line.
    pub const ALL: [(&'static str, Self); 4] = [
        ("category", Self::Category),
        ("place", Self::Place),
        ("unit", Self::Unit),
        ("month", Self::Month),
    ];
}

/// By one thing, or by one and then another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Division {
    Single(By),
    Crossed(By, By),
}

impl Division {
    /// Reads the words of the command line: `place`, or `place,month`. Nothing is divided by itself.
    pub fn read(text: &str) -> Option<Self> {
        let by = |word: &str| {
            let known = By::ALL.iter().find(|(known, _)| *known == word);
            known.map(|(_, by)| *by)
        };
        Some(match text.split_once(',') {
            None => Self::Single(by(text)?),
            Some((one, other)) => {
                let (one, other) = (by(one)?, by(other)?);
                (one != other).then_some(Self::Crossed(one, other))?
            }
        })
    }
}

/// A commune of today that may have sent nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered {
    pub code: CommuneCode,
    pub name: String,
}

/// What is asked.
pub struct Question<'a> {
    pub period: Period,
    /// The day on which the reckoning stands: the period's last, or today while it is open.
    pub as_of: Day,
    /// Only what this unit logged or led, by its key.
    pub unit: Option<&'a str>,
    pub narrow: Narrow,
    /// The Saturdays of the period that were no swapped working days.
    pub saturdays: &'a [Day],
    /// The communes that are asked whether they sent data.
    pub communes: &'a [Covered],
    pub rows: &'a Rows,
}

impl Question<'_> {
    /// Tells whether a record counts at all: dated, in a state that counts, of the unit.
    fn counts(&self, head: &Head) -> bool {
        head.day.is_some() && self.stands(head) && self.is_of_unit(head)
    }

    /// Tells whether a record of the period counts once.
    fn counts_in(&self, head: &Head) -> bool {
        let within = head.day.is_some_and(|day| self.period.holds(day));
        within && self.counts(head) && !head.repeat && !head.cumulative
    }

    fn stands(&self, head: &Head) -> bool {
        match self.narrow {
            Narrow::Sent => counts(head.state),
            Narrow::Confirmed => head.state == VisitState::Confirmed,
        }
    }

    fn is_of_unit(&self, head: &Head) -> bool {
        self.unit.is_none_or(|unit| head.unit.key == unit)
    }
}

/// Works one number out.
pub fn tally(id: TallyId, question: &Question<'_>) -> Tally {
    let pieces = match id {
        TallyId::Visits => field::visits(question),
        TallyId::Activities => field::activities(question),
        TallyId::ActivitiesAsPartner => field::activities_as_partner(question),
        TallyId::Undated => field::undated(question),
        TallyId::Cadres => field::cadres(question),
        TallyId::CadreTurns => field::cadre_turns(question),
        TallyId::Nights => field::nights(question),
        TallyId::PersonDays => field::person_days(question),
        TallyId::Households => field::households(question),
        TallyId::PeopleTurns => field::people_turns(question),
        TallyId::ValueVnd => field::value_vnd(question),
        TallyId::MeetingsAttended => field::meetings_attended(question),
        TallyId::CellsAttended => field::cells_attended(question),
        TallyId::Concerns => concern::concerns(question),
        TallyId::Complaints => concern::complaints(question),
        TallyId::Recommendations => concern::recommendations(question),
        TallyId::Reflections => concern::reflections(question),
        TallyId::SettledOnSpot => concern::settled_on_spot(question),
        TallyId::ConcernsOverdue => concern::concerns_overdue(question),
        TallyId::AnsweredToCitizen => concern::answered_to_citizen(question),
        TallyId::Withdrawn => concern::withdrawn(question),
        TallyId::WithdrawnBefore => concern::withdrawn_before(question),
        TallyId::ProlongedResolved => concern::prolonged_resolved(question),
        TallyId::TerminationNotices => concern::termination_notices(question),
        TallyId::HotSpotsOpen => beside::hot_spots_open(question),
        TallyId::ReceptionsRegular => beside::receptions_regular(question),
        TallyId::ReceptionsPeriodic => beside::receptions_periodic(question),
        TallyId::ReceptionsUnscheduled => beside::receptions_unscheduled(question),
        TallyId::ReceptionTurns => beside::reception_turns(question),
        TallyId::ReceptionPeople => beside::reception_people(question),
        TallyId::Dialogues => concern::dialogues(question),
        TallyId::Inspections => beside::inspections(question),
        TallyId::InspectedAgencies => beside::inspected_agencies(question),
        TallyId::InspectedAgencyVisits => beside::inspected_agency_visits(question),
        TallyId::SaturdaysOnDuty => beside::saturdays_on_duty(question),
        TallyId::UnitsWithoutData => beside::units_without_data(question),
    };
    Tally::new(id, pieces)
}
