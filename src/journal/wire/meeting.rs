//! The stored form of meetings.

use super::parts::{Id, SiteWire, code, cumulative, list, read_code, read_cumulative, text};
use super::{recorded, wire};
use crate::domain::{Meeting, RowId, VisitId};
use crate::journal::Malformed;

wire!(record MeetingWire {
    1 visit: Id,
    2 kind: String,
    3 capacity: String,
    4 body: String,
    5 site: SiteWire,
    6 attendance: u32,
    7 remarks: String,
    8 issues: String,
    10 row: Id,
    11 cumulative: bool,
    12 note: String,
    13 opinions: u32,
    14 sites: Vec<SiteWire>,
});

recorded!(Meeting, MeetingWire);

impl From<&Meeting> for MeetingWire {
    fn from(meeting: &Meeting) -> Self {
        Self {
            visit: meeting.visit.map(|visit| visit.0.into()),
            kind: code(&meeting.kind),
            capacity: code(&meeting.capacity),
            body: text(&meeting.body),
            site: meeting.site.as_ref().map(SiteWire::from),
            attendance: meeting.attendance,
            remarks: text(&meeting.remarks),
            issues: text(&meeting.issues),
            row: meeting.row.map(|row| row.0.into()),
            cumulative: cumulative(meeting.summing),
            note: text(&meeting.note),
            opinions: meeting.opinions,
            sites: list(&meeting.sites, SiteWire::from),
        }
    }
}

impl TryFrom<MeetingWire> for Meeting {
    type Error = Malformed;

    fn try_from(wire: MeetingWire) -> Result<Self, Malformed> {
        let sites = wire.sites.unwrap_or_default();
        Ok(Self {
            visit: wire.visit.map(|id| VisitId(id.into())),
            kind: read_code(wire.kind)?,
            capacity: read_code(wire.capacity)?,
            body: wire.body.unwrap_or_default(),
            site: wire.site.and_then(SiteWire::read),
            attendance: wire.attendance,
            remarks: wire.remarks.unwrap_or_default(),
            issues: wire.issues.unwrap_or_default(),
            opinions: wire.opinions,
            sites: sites.into_iter().filter_map(SiteWire::read).collect(),
            note: wire.note.unwrap_or_default(),
            summing: read_cumulative(wire.cumulative),
            row: wire.row.map(|row| RowId(row.into())),
        })
    }
}
