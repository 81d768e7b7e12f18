//! The stored form of places.

use super::parts::{Id, code, read_code, text};
use super::{recorded, wire};
use crate::domain::{CommuneCode, Place, PlaceId};
use crate::journal::Malformed;

wire!(record PlaceWire {
    1 name: String,
    2 kind: String,
    3 commune: u32,
    4 merged_into: Id,
});

recorded!(Place, PlaceWire);

impl From<&Place> for PlaceWire {
    fn from(place: &Place) -> Self {
        Self {
            name: text(&place.name),
            kind: code(&place.kind),
            commune: place.commune.map(|commune| commune.0),
            merged_into: place.merged_into.map(|into| into.0.into()),
        }
    }
}

impl TryFrom<PlaceWire> for Place {
    type Error = Malformed;

    fn try_from(wire: PlaceWire) -> Result<Self, Malformed> {
        Ok(Self {
            name: wire.name.unwrap_or_default(),
            kind: read_code(wire.kind)?,
            commune: wire.commune.map(CommuneCode),
            merged_into: wire.merged_into.map(|id| PlaceId(id.into())),
        })
    }
}
