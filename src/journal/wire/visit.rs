//! The stored form of visits.

use super::parts::{Id, SiteWire, day, list, read_code, read_day, read_list, text};
use super::{recorded, wire};
use crate::domain::{Origin, PersonId, RowId, Visit};
use crate::journal::Malformed;

wire!(record VisitWire {
    1 site: SiteWire,
    2 from: i32,
    3 to: i32,
    4 team: Vec<Id>,
    5 lead: Id,
    6 shared: Vec<String>,
    7 programme: String,
    8 reviewing_cell: String,
    9 unit: String,
    10 note: String,
    11 origin: u16,
    12 row: Id,
});

recorded!(Visit, VisitWire);

const IMPORT: u16 = 1;

impl From<&Visit> for VisitWire {
    fn from(visit: &Visit) -> Self {
        Self {
            site: visit.site.as_ref().map(SiteWire::from),
            from: visit.from.map(day),
            to: visit.to.map(day),
            team: list(&visit.team, |person| person.0.into()),
            lead: visit.lead.map(|person| person.0.into()),
            shared: list(&visit.shared, |code| code.as_str().to_owned()),
            programme: text(&visit.programme),
            reviewing_cell: text(&visit.reviewing_cell),
            unit: text(&visit.unit),
            note: text(&visit.note),
            origin: match visit.origin {
                Origin::Typed => None,
                Origin::Import => Some(IMPORT),
            },
            row: visit.row.map(|row| row.0.into()),
        }
    }
}

impl TryFrom<VisitWire> for Visit {
    type Error = Malformed;

    fn try_from(wire: VisitWire) -> Result<Self, Malformed> {
        Ok(Self {
            site: wire.site.and_then(SiteWire::read),
            from: read_day(wire.from)?,
            to: read_day(wire.to)?,
            team: read_list(wire.team, |id| Ok(PersonId(id.into())))?,
            lead: wire.lead.map(|id| PersonId(id.into())),
            shared: read_list(wire.shared, |text| read_code(Some(text))?.ok_or(Malformed))?,
            programme: wire.programme.unwrap_or_default(),
            reviewing_cell: wire.reviewing_cell.unwrap_or_default(),
            unit: wire.unit.unwrap_or_default(),
            note: wire.note.unwrap_or_default(),
            origin: if wire.origin == Some(IMPORT) {
                Origin::Import
            } else {
                Origin::Typed
            },
            row: wire.row.map(|row| RowId(row.into())),
        })
    }
}
