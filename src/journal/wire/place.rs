//! The stored form of places.

use super::parts::{Id, code, day, list, read_code, read_day, text};
use super::{recorded, wire};
use crate::domain::{CommuneCode, FormerCommuneCode, Place, PlaceId};
use crate::journal::Malformed;

wire!(record PlaceWire {
    1 name: String,
    2 kind: String,
    3 commune: u32,
    4 merged_into: Id,
    5 former_commune: u32,
    6 valid_from: i32,
    7 valid_to: i32,
    8 successors: Vec<Id>,
});

recorded!(Place, PlaceWire);

impl From<&Place> for PlaceWire {
    fn from(place: &Place) -> Self {
        Self {
            name: text(&place.name),
            kind: code(&place.kind),
            commune: place.commune.map(|commune| commune.0),
            merged_into: place.merged_into.map(|into| into.0.into()),
            former_commune: place.former.map(|commune| commune.0),
            valid_from: place.valid_from.map(day),
            valid_to: place.valid_to.map(day),
            successors: list(&place.successors, |id| id.0.into()),
        }
    }
}

impl TryFrom<PlaceWire> for Place {
    type Error = Malformed;

    fn try_from(wire: PlaceWire) -> Result<Self, Malformed> {
        let successors = wire.successors.unwrap_or_default();
        Ok(Self {
            name: wire.name.unwrap_or_default(),
            kind: read_code(wire.kind)?,
            commune: wire.commune.map(CommuneCode),
            former: wire.former_commune.map(FormerCommuneCode),
            valid_from: read_day(wire.valid_from)?,
            valid_to: read_day(wire.valid_to)?,
            merged_into: wire.merged_into.map(|id| PlaceId(id.into())),
            successors: successors
                .into_iter()
                .map(|id| PlaceId(id.into()))
                .collect(),
        })
    }
}
