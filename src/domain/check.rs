//! What is wrong with, or missing from, a visit before it is sent.

use super::{Activity, Concern, Day, Dossier, Envelope, MeetingFile, Origin, Visit};

/// Which part of a dossier a finding is about; the number is its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    Visit,
    Activity(usize),
    Meeting(usize),
    Concern(usize),
    Envelope(usize),
}

/// A field that a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Place,
    From,
    To,
    Team,
    Lead,
    Category,
    Amount,
    Measure,
    Beneficiaries,
    Funding,
    Confirmation,
    Kind,
    Line,
    AnswerBy,
    PromiseDue,
    EnvelopeNumber,
    EnvelopeDate,
    EnvelopeBody,
}

/// What is the matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Problem {
    Missing,
    EndBeforeStart,
    InFuture,
    /// More than a year of nights: most likely a typing slip.
    TooLong,
    BeforeVisit,
    LeadNotInTeam,
    AmountWithoutMeasure,
    MeasureWithoutAmount,
    /// Nothing was recorded besides place and time.
    NothingDone,
}

/// Whether a draft may be kept with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Wrong in itself; said beside the field, and sending must wait.
    Wrong,
    /// Not there yet; only sending must wait.
    Incomplete,
}

/// One thing to say beside a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Finding {
    pub item: Item,
    pub field: Field,
    pub problem: Problem,
}

impl Finding {
    /// Returns whether the value is wrong or only not complete.
    pub fn severity(self) -> Severity {
        match self.problem {
            Problem::Missing
            | Problem::NothingDone
            | Problem::AmountWithoutMeasure
            | Problem::MeasureWithoutAmount => Severity::Incomplete,
            Problem::EndBeforeStart
            | Problem::InFuture
            | Problem::TooLong
            | Problem::BeforeVisit
            | Problem::LeadNotInTeam => Severity::Wrong,
        }
    }
}

/// Returns everything to say about a dossier on the given day, in the order of the form.
/// An imported visit is not asked for what its source lacks.
pub fn check(dossier: &Dossier, today: Day) -> Vec<Finding> {
    let visit = &dossier.visit.value;
    let mut found = Findings {
        out: Vec::new(),
        item: Item::Visit,
        imported: visit.origin == Origin::Import,
    };
    found.visit(visit, today);
    if dossier.activities.is_empty()
        && dossier.meetings.is_empty()
        && dossier.concerns.is_empty()
        && dossier.envelopes.is_empty()
    {
        found.add(Field::Category, Problem::NothingDone);
    }
    for (i, file) in dossier.activities.iter().enumerate() {
        found.item = Item::Activity(i);
        found.activity(&file.activity.value, visit, today);
    }
    for (i, meeting) in dossier.meetings.iter().enumerate() {
        found.item = Item::Meeting(i);
        found.meeting(meeting, visit);
    }
    for (i, file) in dossier.concerns.iter().enumerate() {
        found.item = Item::Concern(i);
        found.concern(&file.concern.value, visit);
    }
    for (i, envelope) in dossier.envelopes.iter().enumerate() {
        found.item = Item::Envelope(i);
        found.envelope(&envelope.value, today);
    }
    found.out
}

struct Findings {
    out: Vec<Finding>,
    item: Item,
    imported: bool,
}

impl Findings {
    fn add(&mut self, field: Field, problem: Problem) {
        let finding = Finding {
            item: self.item,
            field,
            problem,
        };
        if !(self.imported && finding.severity() == Severity::Incomplete) {
            self.out.push(finding);
        }
    }

    fn require(&mut self, present: Option<()>, field: Field) {
        if present.is_none() {
            self.add(field, Problem::Missing);
        }
    }

    fn visit(&mut self, visit: &Visit, today: Day) {
        self.require(visit.site.as_ref().map(drop), Field::Place);
        self.require(visit.from.map(drop), Field::From);
        self.require(visit.to.map(drop), Field::To);
        if visit.from.is_some_and(|day| day > today) {
            self.add(Field::From, Problem::InFuture);
        }
        if visit.to.is_some_and(|day| day > today) {
            self.add(Field::To, Problem::InFuture);
        }
        if let (Some(from), Some(to)) = (visit.from, visit.to) {
            if to < from {
                self.add(Field::To, Problem::EndBeforeStart);
            } else if (to - from).num_days() > 366 {
                self.add(Field::To, Problem::TooLong);
            }
        }
        self.require((!visit.team.is_empty()).then_some(()), Field::Team);
        match visit.lead {
            None => self.require(None, Field::Lead),
            Some(lead) if !visit.team.contains(&lead) => {
                self.add(Field::Lead, Problem::LeadNotInTeam)
            }
            Some(_) => {}
        }
    }

    fn activity(&mut self, activity: &Activity, visit: &Visit, today: Day) {
        self.require(activity.category.as_ref().map(drop), Field::Category);
        match (activity.amount, &activity.measure) {
            (Some(_), None) => self.add(Field::Measure, Problem::AmountWithoutMeasure),
            (None, Some(_)) => self.add(Field::Amount, Problem::MeasureWithoutAmount),
            (Some(_), Some(_)) | (None, None) => {}
        }
        for helped in &activity.beneficiaries {
            self.require(helped.kind.as_ref().map(drop), Field::Beneficiaries);
        }
        // A source whose value nobody counted is common; a value without its source is half a fact.
        for funding in &activity.funding {
            self.require(funding.source.as_ref().map(drop), Field::Funding);
        }
        if let Some(on) = activity.confirmation.as_ref().and_then(|c| c.on) {
            if on > today {
                self.add(Field::Confirmation, Problem::InFuture);
            } else if visit.from.is_some_and(|from| on < from) {
                self.add(Field::Confirmation, Problem::BeforeVisit);
            }
        }
    }

    fn meeting(&mut self, file: &MeetingFile, visit: &Visit) {
        self.require(file.meeting.value.kind.as_ref().map(drop), Field::Kind);
        for promise in &file.promises {
            self.not_before_visit(promise.value.due, visit, Field::PromiseDue);
        }
    }

    fn concern(&mut self, concern: &Concern, visit: &Visit) {
        self.require(concern.kind.map(drop), Field::Kind);
        self.require((!concern.line.is_empty()).then_some(()), Field::Line);
        self.not_before_visit(concern.answer_by, visit, Field::AnswerBy);
    }

    fn not_before_visit(&mut self, day: Option<Day>, visit: &Visit, field: Field) {
        if let (Some(day), Some(from)) = (day, visit.from)
            && day < from
        {
            self.add(field, Problem::BeforeVisit);
        }
    }

    fn envelope(&mut self, envelope: &Envelope, today: Day) {
        self.require(
            (!envelope.number.is_empty()).then_some(()),
            Field::EnvelopeNumber,
        );
        self.require(envelope.on.map(drop), Field::EnvelopeDate);
        self.require(
            (!envelope.body.is_empty()).then_some(()),
            Field::EnvelopeBody,
        );
        if envelope.on.is_some_and(|day| day > today) {
            self.add(Field::EnvelopeDate, Problem::InFuture);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ActivityFile, PersonId, PlaceId, Site, Versioned};

    fn day(d: u32) -> Day {
        Day::from_ymd_opt(2026, 11, d).expect("a day of November")
    }

    fn complete() -> Dossier {
        let person = PersonId([1; 16]);
        let mut dossier = Dossier::new(Visit {
            site: Some(Site::Village(PlaceId([2; 16]))),
            from: Some(day(20)),
            to: Some(day(22)),
            team: vec![person],
            lead: Some(person),
            ..Visit::default()
        });
        let activity = Activity {
            category: crate::domain::Code::new("road").ok(),
            ..Activity::default()
        };
        dossier.activities.push(ActivityFile {
            activity: Versioned::new(activity),
            helped: None,
        });
        dossier
    }

    #[test]
    fn a_complete_visit_has_nothing_to_say() {
        assert_eq!(check(&complete(), day(23)), []);
        assert_eq!(complete().visit.value.nights(), Some(2));
    }

    #[test]
    fn the_end_is_not_before_the_start() {
        let mut dossier = complete();
        dossier.visit.value.to = Some(day(19));
        let finding = Finding {
            item: Item::Visit,
            field: Field::To,
            problem: Problem::EndBeforeStart,
        };
        assert_eq!(check(&dossier, day(23)), [finding]);
        assert_eq!(finding.severity(), Severity::Wrong);
        assert_eq!(dossier.visit.value.nights(), None);
    }

    #[test]
    fn an_import_lifts_completeness_but_not_sense() {
        let mut dossier = complete();
        dossier.visit.value = Visit {
            origin: Origin::Import,
            ..Visit::default()
        };
        assert_eq!(check(&dossier, day(23)), []);
        dossier.visit.value.from = Some(day(25));
        assert_eq!(check(&dossier, day(23)).len(), 1);
    }

    #[test]
    fn a_source_may_lack_its_value_but_no_value_its_source() {
        let mut dossier = complete();
        let code = crate::domain::Code::new("budget").ok();
        let funding = |source, value| crate::domain::Funding { source, value };
        dossier.activities[0].activity.value.funding = vec![funding(code, None)];
        assert_eq!(check(&dossier, day(23)), []);
        let given = Some(crate::domain::Vnd(5));
        dossier.activities[0].activity.value.funding = vec![funding(None, given)];
        assert_eq!(check(&dossier, day(23)).len(), 1);
    }

    #[test]
    fn an_empty_visit_lists_what_is_missing() {
        let found = check(&Dossier::new(Visit::default()), day(23));
        assert_eq!(found.len(), 6);
        assert!(found.iter().all(|f| f.severity() == Severity::Incomplete));
    }
}
