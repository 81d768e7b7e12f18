//! The stored form of concerns in their three drawers; one struct for each, so that none can
//! carry what belongs to another.

use super::parts::{Id, SiteWire, code, day, read_code, read_day, text};
use super::{recorded, wire};
use crate::domain::{
    Concern, ConcernId, ConcernKind, Envelope, Particulars, RaisedBy, RowId, Settlement, VisitId,
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
    19 row: Id,
});

wire!(record ParticularsWire {
    1 concern: Id,
    2 anonymous: bool,
    3 name: String,
    4 contact: String,
    5 said: String,
    6 wish: String,
});

wire!(record EnvelopeWire {
    1 visit: Id,
    2 number: String,
    3 on: i32,
    4 body: String,
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
            row: wire.row.map(|row| RowId(row.into())),
        })
    }
}

impl From<&Particulars> for ParticularsWire {
    fn from(particulars: &Particulars) -> Self {
        let (anonymous, name, contact) = match &particulars.raised_by {
            RaisedBy::Anonymous => (Some(true), None, None),
            RaisedBy::Citizen { name, contact } => (None, text(name), text(contact)),
        };
        Self {
            concern: particulars.concern.map(|concern| concern.0.into()),
            anonymous,
            name,
            contact,
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
                RaisedBy::Citizen {
                    name: wire.name.unwrap_or_default(),
                    contact: wire.contact.unwrap_or_default(),
                }
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
        })
    }
}
