//! The stored form of concerns in their three drawers; one struct for each, so that none can
//! carry what belongs to another.

use minicbor::bytes::ByteVec;

use super::parts::{Id, SiteWire, code, day, read_code, read_day, text};
use super::{recorded, wire};
use crate::domain::{
    Citizen, Concern, ConcernId, ConcernKind, Envelope, Handling, Particulars, RaisedBy,
    ReceptionId, Registered, RowId, SealedBox, Settlement, VisitId,
};
use crate::journal::Malformed;

wire!(record ConcernWire {
    1 visit: Id,
    2 kind: u16,
    3 topic: String,
    4 line: String,
    5 site: SiteWire,
    6 settlement: u16,
    7 answer_by: i32,
    8 reception: Id,
    9 people: u32,
    10 settled_by: String,
    11 handling: u16,
    12 passed_to: String,
    13 note: String,
    19 row: Id,
});

wire!(record ParticularsWire {
    1 concern: Id,
    2 anonymous: bool,
    3 name: String,
    4 contact: String,
    5 said: String,
    6 wish: String,
    7 address: String,
    8 id_number: String,
});

wire!(record EnvelopeWire {
    1 visit: Id,
    2 number: String,
    3 on: i32,
    4 body: String,
    5 reception: Id,
    6 handed_over: i32,
    7 paper: String,
    8 sealed: ByteVec,
});

recorded!(Concern, ConcernWire);
recorded!(Particulars, ParticularsWire);
recorded!(Envelope, EnvelopeWire);

const ON_THE_SPOT: u16 = 1;

fn kind_number(kind: ConcernKind) -> u16 {
    match kind {
        ConcernKind::Complaint => 1,
        ConcernKind::Recommendation => 2,
        ConcernKind::Reflection => 3,
    }
}

fn handling_number(handling: Handling) -> u16 {
    match handling {
        Handling::Accept => 1,
        Handling::ReturnAndGuide => 2,
        Handling::PassOn => 3,
    }
}

impl From<&Concern> for ConcernWire {
    fn from(concern: &Concern) -> Self {
        Self {
            visit: concern.visit.map(|visit| visit.0.into()),
            kind: concern.kind.map(kind_number),
            topic: code(&concern.topic),
            line: text(&concern.line),
            site: concern.site.as_ref().map(SiteWire::from),
            settlement: match concern.settlement {
                Settlement::Pending => None,
                Settlement::OnTheSpot => Some(ON_THE_SPOT),
            },
            answer_by: concern.answer_by.map(day),
            reception: concern.reception.map(|reception| reception.0.into()),
            people: concern.registered.people,
            settled_by: text(&concern.registered.settled_by),
            handling: concern.registered.handling.map(handling_number),
            passed_to: text(&concern.registered.passed_to),
            note: text(&concern.registered.note),
            row: concern.row.map(|row| row.0.into()),
        }
    }
}

impl TryFrom<ConcernWire> for Concern {
    type Error = Malformed;

    fn try_from(wire: ConcernWire) -> Result<Self, Malformed> {
        let known = |number| {
            let mut kinds = ConcernKind::ALL.into_iter();
            kinds.find(|kind| kind_number(*kind) == number)
        };
        Ok(Self {
            visit: wire.visit.map(|id| VisitId(id.into())),
            kind: wire.kind.and_then(known),
            topic: read_code(wire.topic)?,
            line: wire.line.unwrap_or_default(),
            site: wire.site.and_then(SiteWire::read),
            settlement: if wire.settlement == Some(ON_THE_SPOT) {
                Settlement::OnTheSpot
            } else {
                Settlement::Pending
            },
            answer_by: read_day(wire.answer_by)?,
            reception: wire.reception.map(|id| ReceptionId(id.into())),
            registered: Registered {
                people: wire.people,
                settled_by: wire.settled_by.unwrap_or_default(),
                handling: wire.handling.and_then(|number| {
                    let mut ways = Handling::ALL.into_iter().map(|(way, _)| way);
                    ways.find(|way| handling_number(*way) == number)
                }),
                passed_to: wire.passed_to.unwrap_or_default(),
                note: wire.note.unwrap_or_default(),
            },
            row: wire.row.map(|row| RowId(row.into())),
        })
    }
}

impl From<&Particulars> for ParticularsWire {
    fn from(particulars: &Particulars) -> Self {
        let (anonymous, citizen) = match &particulars.raised_by {
            RaisedBy::Anonymous => (Some(true), &Citizen::default()),
            RaisedBy::Citizen(citizen) => (None, citizen),
        };
        Self {
            concern: particulars.concern.map(|concern| concern.0.into()),
            anonymous,
            name: text(&citizen.name),
            contact: text(&citizen.contact),
            address: text(&citizen.address),
            id_number: text(&citizen.id_number),
            said: text(&particulars.said),
            wish: text(&particulars.wish),
        }
    }
}

impl TryFrom<ParticularsWire> for Particulars {
    type Error = Malformed;

    fn try_from(wire: ParticularsWire) -> Result<Self, Malformed> {
        Ok(Self {
            concern: wire.concern.map(|id| ConcernId(id.into())),
            raised_by: if wire.anonymous == Some(true) {
                RaisedBy::Anonymous
            } else {
                RaisedBy::Citizen(Citizen {
                    name: wire.name.unwrap_or_default(),
                    contact: wire.contact.unwrap_or_default(),
                    address: wire.address.unwrap_or_default(),
                    id_number: wire.id_number.unwrap_or_default(),
                })
            },
            said: wire.said.unwrap_or_default(),
            wish: wire.wish.unwrap_or_default(),
        })
    }
}

impl From<&Envelope> for EnvelopeWire {
    fn from(envelope: &Envelope) -> Self {
        Self {
            visit: envelope.visit.map(|visit| visit.0.into()),
            number: text(&envelope.number),
            on: envelope.on.map(day),
            body: text(&envelope.body),
            reception: envelope.reception.map(|reception| reception.0.into()),
            handed_over: envelope.handed_over.map(day),
            paper: text(&envelope.paper),
            sealed: (!envelope.sealed.0.is_empty()).then(|| envelope.sealed.0.clone().into()),
        }
    }
}

impl TryFrom<EnvelopeWire> for Envelope {
    type Error = Malformed;

    fn try_from(wire: EnvelopeWire) -> Result<Self, Malformed> {
        Ok(Self {
            visit: wire.visit.map(|id| VisitId(id.into())),
            number: wire.number.unwrap_or_default(),
            on: read_day(wire.on)?,
            body: wire.body.unwrap_or_default(),
            reception: wire.reception.map(|id| ReceptionId(id.into())),
            handed_over: read_day(wire.handed_over)?,
            paper: wire.paper.unwrap_or_default(),
            sealed: SealedBox(wire.sealed.map(Vec::from).unwrap_or_default()),
        })
    }
}
