//! The stored form of receptions, Saturday duty, inspections and assignments.

use super::parts::{Id, SiteWire, code, day, list, read_code, read_day, read_list, text};
use super::{recorded, wire};
use crate::domain::{
    Assignment, Duty, Every, InspectedLaw, Inspection, PersonId, Quantity, Reception,
    ReceptionKind, RowId,
};
use crate::journal::Malformed;

wire!(record ReceptionWire {
    1 kind: u16,
    2 on: i32,
    3 head: Id,
    4 site: SiteWire,
    5 unit: String,
    6 people: u32,
    7 turns: u32,
    8 note: String,
    9 row: Id,
});

wire!(record DutyWire {
    1 on: i32,
    2 unit: String,
    3 site: SiteWire,
    4 people: Vec<Id>,
    5 hours: u64,
    6 received: u32,
    7 solved: u32,
    8 overdue: u32,
    9 note: String,
    10 row: Id,
});

wire!(record InspectionWire {
    1 decision: String,
    2 from: i32,
    3 to: i32,
    4 laws: Vec<u16>,
    5 body: String,
    6 agencies: Vec<String>,
    7 conclusion: String,
    8 concluded: i32,
    9 note: String,
    10 row: Id,
});

wire!(record AssignmentWire {
    1 duty: String,
    2 person: Id,
    3 cell: String,
    4 site: SiteWire,
    5 from: i32,
    6 to: i32,
    7 quota: u32,
    8 document: String,
    20 every: u16,
});

recorded!(Reception, ReceptionWire);
recorded!(Duty, DutyWire);
recorded!(Inspection, InspectionWire);
recorded!(Assignment, AssignmentWire);

fn kind_number(kind: ReceptionKind) -> u16 {
    match kind {
        ReceptionKind::Regular => 1,
        ReceptionKind::Periodic => 2,
        ReceptionKind::Unscheduled => 3,
    }
}

fn law_number(law: InspectedLaw) -> u16 {
    match law {
        InspectedLaw::Complaints => 1,
        InspectedLaw::Denunciations => 2,
        InspectedLaw::CitizenReception => 3,
    }
}

fn every_number(every: Every) -> u16 {
    match every {
        Every::Week => 1,
        Every::Month => 2,
        Every::Quarter => 3,
        Every::Year => 4,
    }
}

impl From<&Reception> for ReceptionWire {
    fn from(reception: &Reception) -> Self {
        Self {
            kind: reception.kind.map(kind_number),
            on: reception.on.map(day),
            head: reception.head.map(|head| head.0.into()),
            site: reception.site.as_ref().map(SiteWire::from),
            unit: text(&reception.unit),
            people: reception.people,
            turns: reception.turns,
            note: text(&reception.note),
            row: reception.row.map(|row| row.0.into()),
        }
    }
}

impl TryFrom<ReceptionWire> for Reception {
    type Error = Malformed;

    fn try_from(wire: ReceptionWire) -> Result<Self, Malformed> {
        let kinds = ReceptionKind::ALL.into_iter();
        let mut kinds = kinds.map(|(kind, _)| kind);
        Ok(Self {
            kind: wire
                .kind
                .and_then(|number| kinds.find(|kind| kind_number(*kind) == number)),
            on: read_day(wire.on)?,
            head: wire.head.map(|id| PersonId(id.into())),
            site: wire.site.and_then(SiteWire::read),
            unit: wire.unit.unwrap_or_default(),
            people: wire.people,
            turns: wire.turns,
            note: wire.note.unwrap_or_default(),
            row: wire.row.map(|row| RowId(row.into())),
        })
    }
}

impl From<&Duty> for DutyWire {
    fn from(duty: &Duty) -> Self {
        Self {
            on: duty.on.map(day),
            unit: text(&duty.unit),
            site: duty.site.as_ref().map(SiteWire::from),
            people: list(&duty.people, |person| person.0.into()),
            hours: duty.hours.map(|hours| hours.0),
            received: duty.received,
            solved: duty.solved,
            overdue: duty.overdue,
            note: text(&duty.note),
            row: duty.row.map(|row| row.0.into()),
        }
    }
}

impl TryFrom<DutyWire> for Duty {
    type Error = Malformed;

    fn try_from(wire: DutyWire) -> Result<Self, Malformed> {
        Ok(Self {
            on: read_day(wire.on)?,
            unit: wire.unit.unwrap_or_default(),
            site: wire.site.and_then(SiteWire::read),
            people: read_list(wire.people, |id: Id| Ok(PersonId(id.into())))?,
            hours: wire.hours.map(Quantity),
            received: wire.received,
            solved: wire.solved,
            overdue: wire.overdue,
            note: wire.note.unwrap_or_default(),
            row: wire.row.map(|row| RowId(row.into())),
        })
    }
}

impl From<&Inspection> for InspectionWire {
    fn from(inspection: &Inspection) -> Self {
        Self {
            decision: text(&inspection.decision),
            from: inspection.from.map(day),
            to: inspection.to.map(day),
            laws: list(&inspection.laws, |law| law_number(*law)),
            body: text(&inspection.body),
            agencies: list(&inspection.agencies, String::clone),
            conclusion: text(&inspection.conclusion),
            concluded: inspection.concluded.map(day),
            note: text(&inspection.note),
            row: inspection.row.map(|row| row.0.into()),
        }
    }
}

impl TryFrom<InspectionWire> for Inspection {
    type Error = Malformed;

    fn try_from(wire: InspectionWire) -> Result<Self, Malformed> {
        let law = |number: u16| {
            let mut laws = InspectedLaw::ALL.into_iter().map(|(law, _)| law);
            laws.find(|law| law_number(*law) == number)
        };
        Ok(Self {
            decision: wire.decision.unwrap_or_default(),
            from: read_day(wire.from)?,
            to: read_day(wire.to)?,
            laws: wire
                .laws
                .unwrap_or_default()
                .into_iter()
                .filter_map(law)
                .collect(),
            body: wire.body.unwrap_or_default(),
            agencies: wire.agencies.unwrap_or_default(),
            conclusion: wire.conclusion.unwrap_or_default(),
            concluded: read_day(wire.concluded)?,
            note: wire.note.unwrap_or_default(),
            row: wire.row.map(|row| RowId(row.into())),
        })
    }
}

impl From<&Assignment> for AssignmentWire {
    fn from(assignment: &Assignment) -> Self {
        Self {
            duty: code(&assignment.duty),
            person: assignment.person.map(|person| person.0.into()),
            cell: text(&assignment.cell),
            site: assignment.site.as_ref().map(SiteWire::from),
            from: assignment.from.map(day),
            to: assignment.to.map(day),
            quota: assignment.quota,
            document: text(&assignment.document),
            every: assignment.every.map(every_number),
        }
    }
}

impl TryFrom<AssignmentWire> for Assignment {
    type Error = Malformed;

    fn try_from(wire: AssignmentWire) -> Result<Self, Malformed> {
        Ok(Self {
            duty: read_code(wire.duty)?,
            person: wire.person.map(|id| PersonId(id.into())),
            cell: wire.cell.unwrap_or_default(),
            site: wire.site.and_then(SiteWire::read),
            from: read_day(wire.from)?,
            to: read_day(wire.to)?,
            quota: wire.quota,
            document: wire.document.unwrap_or_default(),
            every: wire.every.and_then(|number| {
                let mut all = Every::ALL.into_iter().map(|(every, _)| every);
                all.find(|every| every_number(*every) == number)
            }),
        })
    }
}
