//! What the numbers of a period are made of: small rows, each with what it is filtered by.

use crate::domain::{
    Attendance, CommuneCode, ConcernKind, ConcernState, ConcernStep, Day, EntityId, Every, Label,
    PersonId, Quantity, ReceptionKind, Settlement, Site, SiteName, VisitId, VisitState, Vnd,
};

/// A body as it was written, and what tells two spellings of it alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    pub name: String,
    /// Without marks and case.
    pub key: String,
}

/// What every row is filtered and divided by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub entity: EntityId,
    pub state: VisitState,
    /// The last day of what it is part of; `None` without a date.
    pub day: Option<Day>,
    /// The unit that logged or led it.
    pub unit: Body,
    pub site: SiteName,
    /// The unit of its place on its day, by name; empty until [`Rows::locate`].
    pub place: String,
    /// The units of today that its place lies in; none until [`Rows::locate`].
    pub communes: Vec<CommuneCode>,
    /// The code of its kind of work, of meeting, of topic.
    pub category: Option<String>,
    /// An earlier linked visit counts for it already.
    pub repeat: bool,
    /// A total of others: listed, never summed.
    pub cumulative: bool,
}

/// A visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitFacts {
    pub head: Head,
    /// The first of the visits linked to it: those of a group share it.
    pub group: VisitId,
    pub nights: u32,
    /// Team and lead, each once.
    pub people: Vec<PersonId>,
    /// It has no activity, meeting or concern of its own.
    pub bare: bool,
}

/// A support activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityFacts {
    /// Its unit is the one that led it.
    pub head: Head,
    pub partners: Vec<Body>,
    pub person_days: Quantity,
    pub households: u64,
    pub turns: u64,
    pub value: Vnd,
}

/// A meeting attended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingFacts {
    pub head: Head,
    pub body: Body,
    pub sites: Vec<Site>,
    /// Who attended: the visit's team and lead.
    pub people: Vec<PersonId>,
    pub attendance: u64,
}

/// A step of a concern's life that the table allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepFacts {
    pub step: ConcernStep,
    pub on: Day,
    /// Where it stood after the step.
    pub state: ConcernState,
    pub attendance: Option<Attendance>,
}

/// A concern with its life. A denunciation is none, and is in no row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcernFacts {
    pub head: Head,
    pub kind: Option<ConcernKind>,
    pub settlement: Settlement,
    pub steps: Vec<StepFacts>,
    /// In the order of their days.
    pub labels: Vec<Label>,
    /// The earliest date that it waited for on the day of the reckoning.
    pub due: Option<Day>,
}

/// A session of reception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceptionFacts {
    pub head: Head,
    pub kind: Option<ReceptionKind>,
    pub people: u64,
    pub turns: u64,
}

/// An inspection; its last day is the head's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InspectionFacts {
    pub head: Head,
    pub agencies: Vec<Body>,
}

/// A duty to attend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignmentFacts {
    pub head: Head,
    pub person: Option<PersonId>,
    pub cell: Body,
    pub site: Option<Site>,
    pub from: Option<Day>,
    pub to: Option<Day>,
    pub quota: Option<u32>,
    pub every: Option<Every>,
}

/// A hot spot put on a place or taken off it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpotFacts {
    pub head: Head,
    pub label: Label,
}

/// Everything that the numbers of a period may need. Concerns are there whenever they were heard, where
/// something was done about them since, or is still owed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    pub visits: Vec<VisitFacts>,
    pub activities: Vec<ActivityFacts>,
    pub meetings: Vec<MeetingFacts>,
    pub concerns: Vec<ConcernFacts>,
    pub receptions: Vec<ReceptionFacts>,
    /// Saturday duty.
    pub duties: Vec<Head>,
    pub inspections: Vec<InspectionFacts>,
    pub assignments: Vec<AssignmentFacts>,
    /// In the order of their days.
    pub spots: Vec<SpotFacts>,
}

impl Rows {
    /// Gives the heads of everything that happened somewhere: of all but duties to attend and labels.
    pub fn heads(&self) -> impl Iterator<Item = &Head> {
        let visits = self.visits.iter().map(|row| &row.head);
        let activities = self.activities.iter().map(|row| &row.head);
        let meetings = self.meetings.iter().map(|row| &row.head);
        let concerns = self.concerns.iter().map(|row| &row.head);
        let receptions = self.receptions.iter().map(|row| &row.head);
        let inspections = self.inspections.iter().map(|row| &row.head);
        visits
            .chain(activities)
            .chain(meetings)
            .chain(concerns)
            .chain(receptions)
            .chain(inspections)
            .chain(&self.duties)
    }

    /// Leaves the duties of some kinds to attend out, by their codes.
    pub fn keep_duties(&mut self, keeps: impl Fn(&str) -> bool) {
        let kind = |row: &AssignmentFacts| row.head.category.as_deref().is_none_or(&keeps);
        self.assignments.retain(kind);
    }

    /// Names the units of all places, which the records do not know.
    pub fn locate(&mut self, mut name: impl FnMut(&mut Head)) {
        self.visits.iter_mut().for_each(|r| name(&mut r.head));
        self.activities.iter_mut().for_each(|r| name(&mut r.head));
        self.meetings.iter_mut().for_each(|r| name(&mut r.head));
        self.concerns.iter_mut().for_each(|r| name(&mut r.head));
        self.receptions.iter_mut().for_each(|r| name(&mut r.head));
        self.inspections.iter_mut().for_each(|r| name(&mut r.head));
        self.assignments.iter_mut().for_each(|r| name(&mut r.head));
        self.spots.iter_mut().for_each(|r| name(&mut r.head));
        self.duties.iter_mut().for_each(name);
    }
}
