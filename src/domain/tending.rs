//! What a person does about what is owed and about what stands beside visits, and why it is refused.

use super::{
    Answer, Assignment, AssignmentId, ChargeId, Concern, ConcernId, Day, Duty, DutyId, EntityId,
    Envelope, EnvelopeId, Inspection, InspectionId, Label, Particulars, PersonId, Reception,
    ReceptionId, StepRefused, Taken, Versioned,
};

/// A row of the register of receptions (form 03/TCD).
///
/// No `Debug`: it holds a citizen's name.
#[derive(Clone, PartialEq, Eq)]
pub enum RegisterRow {
    /// With who raised it, where the member may hold that.
    Concern(Box<Concern>, Option<Box<Particulars>>),
    /// A denunciation: the number of its envelope and no more.
    Envelope(Envelope),
}

/// Something done to a record that is no visit.
#[derive(Clone, PartialEq, Eq)]
pub enum Tending {
    /// A step in the life of a concern.
    Step {
        concern: ConcernId,
        taken: Taken,
    },
    /// A label put on or taken off.
    Label(Label),
    /// What villagers were told about a promise.
    Answer(Answer),
    /// Concerns and promises handed to another, who accepts them later.
    HandOver {
        what: Vec<EntityId>,
        to: PersonId,
        on: Day,
    },
    /// All that the member has in charge, handed to another.
    HandOverAll {
        to: PersonId,
        on: Day,
    },
    /// What was handed to the member is taken in charge.
    Accept {
        charges: Vec<ChargeId>,
        on: Day,
    },
    /// The member takes charge of what nobody has, or of what another has.
    TakeCharge {
        what: EntityId,
        on: Day,
    },
    /// The envelope of a denunciation handed over.
    Envelope {
        envelope: EnvelopeId,
        on: Day,
        paper: String,
        body: String,
    },
    Reception(Versioned<ReceptionId, Reception>),
    /// A matter that a citizen came with.
    Row {
        reception: ReceptionId,
        row: RegisterRow,
    },
    /// Something written by mistake: the last step of a concern, the answer to a promise, a reception
    /// without rows, a duty, an inspection, an assignment.
    TakeBack {
        what: EntityId,
        reason: String,
    },
    Duty(Versioned<DutyId, Duty>),
    Inspection(Versioned<InspectionId, Inspection>),
    Assignment(Versioned<AssignmentId, Assignment>),
}

/// A field that something is the matter with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TendField {
    On,
    From,
    To,
    Text,
    Person,
    Kind,
    Quota,
    Document,
    Agencies,
    List,
    Envelope,
    Place,
}

/// Why it is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TendRefused {
    #[error(transparent)]
    Step(#[from] StepRefused),
    #[error("{0:?} is missing")]
    Missing(TendField),
    #[error("{0:?} has not come yet")]
    InFuture(TendField),
    #[error("{on} lies before {not_before}")]
    TooEarly { on: Day, not_before: Day },
    #[error("{0} is no Saturday")]
    NotASaturday(Day),
    #[error("the end lies before the start")]
    EndBeforeStart,
    #[error("the label is on, or off, already")]
    NothingChanges,
    #[error("it is answered already")]
    Answered,
    /// A citizen's name or number stands where many read it; a person may keep it.
    #[error("a citizen is named where many read it")]
    NamesACitizen,
    #[error("there is nothing to take back")]
    NothingToTakeBack,
    #[error("rows of the register stand under it")]
    HasRows,
}

fn must<T>(value: Option<T>, field: TendField) -> Result<T, TendRefused> {
    value.ok_or(TendRefused::Missing(field))
}

fn text(text: &str, field: TendField) -> Result<(), TendRefused> {
    must((!text.trim().is_empty()).then_some(()), field)
}

fn past(day: Option<Day>, today: Day, field: TendField) -> Result<Day, TendRefused> {
    let day = must(day, field)?;
    if day > today {
        Err(TendRefused::InFuture(field))
    } else {
        Ok(day)
    }
}

/// Checks a session of reception.
pub fn check_reception(reception: &Reception, today: Day) -> Result<(), TendRefused> {
    must(reception.kind, TendField::Kind)?;
    past(reception.on, today, TendField::On).map(drop)
}

/// Checks a row of the register: what it is about.
pub fn check_row(row: &RegisterRow) -> Result<(), TendRefused> {
    match row {
        RegisterRow::Concern(concern, _) => {
            must(concern.kind, TendField::Kind)?;
            text(&concern.line, TendField::Text)
        }
        RegisterRow::Envelope(envelope) => text(&envelope.number, TendField::Envelope),
    }
}

/// Checks a duty: it is on a Saturday (trực ngày thứ Bảy).
pub fn check_duty(duty: &Duty, today: Day) -> Result<(), TendRefused> {
    use chrono::Datelike;
    let on = past(duty.on, today, TendField::On)?;
    if on.weekday() == chrono::Weekday::Sat {
        Ok(())
    } else {
        Err(TendRefused::NotASaturday(on))
    }
}

/// Checks an inspection.
pub fn check_inspection(inspection: &Inspection) -> Result<(), TendRefused> {
    let from = must(inspection.from, TendField::From)?;
    if inspection.to.is_some_and(|to| to < from) {
        return Err(TendRefused::EndBeforeStart);
    }
    text(&inspection.body, TendField::Text)?;
    must(inspection.agencies.first(), TendField::Agencies).map(drop)
}

/// Checks an assignment: a quota comes with the document it is from.
pub fn check_assignment(assignment: &Assignment) -> Result<(), TendRefused> {
    must(assignment.duty.as_ref(), TendField::Kind)?;
    must(assignment.person, TendField::Person)?;
    let from = must(assignment.from, TendField::From)?;
    let to = must(assignment.to, TendField::To)?;
    if to < from {
        return Err(TendRefused::EndBeforeStart);
    }
    must(assignment.quota, TendField::Quota)?;
    text(&assignment.document, TendField::Document)
}

/// Checks a label: who put it on, when, and on which paper or list.
pub fn check_label(label: &Label, today: Day) -> Result<(), TendRefused> {
    let kind = must(label.kind, TendField::Kind)?;
    must(label.change, TendField::Kind)?;
    match kind.is_of_place() {
        true => must(label.site.as_ref(), TendField::Place).map(drop)?,
        false => must(label.concern, TendField::Kind).map(drop)?,
    }
    past(label.on, today, TendField::On)?;
    if kind == super::LabelKind::ReviewList {
        text(&label.list, TendField::List)?;
    }
    text(&label.paper, TendField::Text)
}
