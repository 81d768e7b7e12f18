//! The stored form of cadres.

use super::parts::text;
use super::{recorded, wire};
use crate::domain::Person;
use crate::journal::Malformed;

wire!(record PersonWire {
    1 name: String,
    2 post: String,
    3 unit: String,
});

recorded!(Person, PersonWire);

impl From<&Person> for PersonWire {
    fn from(person: &Person) -> Self {
        Self {
            name: text(&person.name),
            post: text(&person.post),
            unit: text(&person.unit),
        }
    }
}

impl TryFrom<PersonWire> for Person {
    type Error = Malformed;

    fn try_from(wire: PersonWire) -> Result<Self, Malformed> {
        Ok(Self {
            name: wire.name.unwrap_or_default(),
            post: wire.post.unwrap_or_default(),
            unit: wire.unit.unwrap_or_default(),
        })
    }
}
