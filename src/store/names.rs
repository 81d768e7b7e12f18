//! The names that the type-ahead offers and rows are named by: places, cadres, and what was typed
//! before. Never holds a citizen's name.

use std::collections::BTreeSet;

use minicbor::bytes::ByteArray;

use super::apply::month_key;
use super::bytes::{decode, encode};
use super::error::StoreError;
use super::linked::Group;
use super::list::months;
use super::postings::Month;
use super::rows::{code_text, day_number, number_day, text_code};
use super::tables::{Draft, Read, Tab};
use super::tokens;
use crate::domain::{
    CommuneCode, Day, EntityId, EntityKind, FormerCommuneCode, Listing, Names, Person, PersonId,
    Place, PlaceId,
};
use crate::journal::Record;
use crate::text::collate;

/// The groups of the table of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    Place,
    Person,
    Unit,
    Programme,
    Cell,
}

impl Sort {
    const ALL: [Self; 5] = [
        Self::Place,
        Self::Person,
        Self::Unit,
        Self::Programme,
        Self::Cell,
    ];

    fn prefix(self) -> [u8; 1] {
        match self {
            Self::Place => [1],
            Self::Person => [2],
            Self::Unit => [3],
            Self::Programme => [4],
            Self::Cell => [5],
        }
    }
}

fn group(prefix: &[u8]) -> Group<'_> {
    Group {
        tab: Tab::Names,
        prefix,
    }
}

fn key(sort: Sort, id: &[u8]) -> Vec<u8> {
    let mut key = sort.prefix().to_vec();
    key.extend_from_slice(id);
    key
}

/// Begins every group.
pub(super) fn begin(draft: &mut Draft<'_>) -> Result<(), StoreError> {
    for sort in Sort::ALL {
        group(&sort.prefix()).begin(draft)?;
    }
    Ok(())
}

#[derive(minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
struct PlaceBytes {
    #[n(0)]
    name: String,
    #[n(1)]
    kind: Option<String>,
    #[n(2)]
    commune: Option<u32>,
    #[n(3)]
    merged_into: Option<ByteArray<16>>,
    #[n(4)]
    former: Option<u32>,
    #[n(5)]
    valid_from: Option<u32>,
    #[n(6)]
    valid_to: Option<u32>,
    #[n(7)]
    successors: Option<Vec<ByteArray<16>>>,
}

#[derive(minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
struct PersonBytes {
    #[n(0)]
    name: String,
    #[n(1)]
    post: String,
    #[n(2)]
    unit: String,
}

/// A text typed before and how many records have it.
#[derive(minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
struct TypedBytes {
    #[n(0)]
    count: u64,
    #[n(1)]
    text: String,
}

fn read_place(content: &[u8]) -> Result<Place, StoreError> {
    let bytes: PlaceBytes = decode(content, "names")?;
    let successors = bytes.successors.unwrap_or_default();
    Ok(Place {
        name: bytes.name,
        kind: text_code(bytes.kind),
        commune: bytes.commune.map(CommuneCode),
        former: bytes.former.map(FormerCommuneCode),
        valid_from: bytes.valid_from.and_then(number_day),
        valid_to: bytes.valid_to.and_then(number_day),
        merged_into: bytes.merged_into.map(|id| PlaceId(id.into())),
        successors: successors
            .into_iter()
            .map(|id| PlaceId(id.into()))
            .collect(),
    })
}

fn place_bytes(place: Place) -> PlaceBytes {
    let successors = place.successors.iter().map(|id| id.0.into());
    PlaceBytes {
        name: place.name,
        kind: code_text(&place.kind),
        commune: place.commune.map(|c| c.0),
        merged_into: place.merged_into.map(|id| id.0.into()),
        former: place.former.map(|c| c.0),
        valid_from: place.valid_from.map(day_number),
        valid_to: place.valid_to.map(day_number),
        successors: (!place.successors.is_empty()).then(|| successors.collect()),
    }
}

fn read_person(content: &[u8]) -> Result<Person, StoreError> {
    let bytes: PersonBytes = decode(content, "names")?;
    Ok(Person {
        name: bytes.name,
        post: bytes.post,
        unit: bytes.unit,
    })
}

/// Brings a place or cadre up to date with its record.
pub(super) fn refresh(
    draft: &mut Draft<'_>,
    entity: EntityId,
    record: &Record,
) -> Result<(), StoreError> {
    let damaged = |_| StoreError::Damaged("a record");
    let gone = record.is_void() || record.withdrawn.is_some();
    let (sort, content) = match entity.kind {
        EntityKind::Place => {
            let place: Place = record.read().map_err(damaged)?;
            (Sort::Place, encode(&place_bytes(place)))
        }
        EntityKind::Person => {
            let person: Person = record.read().map_err(damaged)?;
            let bytes = PersonBytes {
                name: person.name,
                post: person.post,
                unit: person.unit,
            };
            (Sort::Person, encode(&bytes))
        }
        EntityKind::Visit
        | EntityKind::Activity
        | EntityKind::Meeting
        | EntityKind::Concern
        | EntityKind::Particulars
        | EntityKind::Helped
        | EntityKind::Envelope
        | EntityKind::Member
        | EntityKind::Logbook
        | EntityKind::Pair
        | EntityKind::Admission
        | EntityKind::Device
        | EntityKind::Review
        | EntityKind::Step
        | EntityKind::Label
        | EntityKind::Promise
        | EntityKind::Answer
        | EntityKind::Charge
        | EntityKind::Reception
        | EntityKind::Duty
        | EntityKind::Inspection
        | EntityKind::Assignment
        | EntityKind::DataRequest
        | EntityKind::Erasure
        | EntityKind::Closing
        | EntityKind::Unknown(_) => return Ok(()),
    };
    let (prefix, key) = (sort.prefix(), key(sort, &entity.id));
    if gone {
        group(&prefix).remove(draft, &key)
    } else {
        group(&prefix).put(draft, &key, content)
    }
}

/// Counts a text once more or once less.
pub(super) fn count(
    draft: &mut Draft<'_>,
    sort: Sort,
    text: &str,
    change: i64,
) -> Result<(), StoreError> {
    let prefix = sort.prefix();
    let key = key(sort, &blake3::hash(text.as_bytes()).as_bytes()[..16]);
    let before = match group(&prefix).get(draft, &key)? {
        Some(content) => decode::<TypedBytes>(&content, "names")?.count,
        None => 0,
    };
    let count = before
        .checked_add_signed(change)
        .ok_or(StoreError::Damaged("names"))?;
    if count == 0 {
        return group(&prefix).remove(draft, &key);
    }
    let bytes = TypedBytes {
        count,
        text: text.to_owned(),
    };
    group(&prefix).put(draft, &key, encode(&bytes))
}

pub(super) fn place(read: &impl Read, id: PlaceId) -> Result<Option<Place>, StoreError> {
    let found = group(&Sort::Place.prefix()).get(read, &key(Sort::Place, &id.0))?;
    found.map(|content| read_place(&content)).transpose()
}

pub(super) fn person(read: &impl Read, id: PersonId) -> Result<Option<Person>, StoreError> {
    let found = group(&Sort::Person.prefix()).get(read, &key(Sort::Person, &id.0))?;
    found.map(|content| read_person(&content)).transpose()
}

/// A village as a record of some day names it, or as it stands today.
pub(super) struct Resolved {
    /// The village itself and those that it became part of, the last one standing on its own.
    pub(super) path: Vec<(PlaceId, Place)>,
}

impl Resolved {
    /// Returns the village that stands today.
    pub(super) fn standing(&self) -> Option<&(PlaceId, Place)> {
        self.path.last()
    }

    /// Tells whether the way leads through a village.
    pub(super) fn passes(&self, id: PlaceId) -> bool {
        self.path.iter().any(|(passed, _)| *passed == id)
    }

    /// Returns the village whose name a record of that day bears.
    pub(super) fn of_its_day(&self, day: Option<Day>) -> Option<&Place> {
        let bears = self.path.iter().find(|(_, place)| place.names_its_day(day));
        bears.or(self.standing()).map(|(_, place)| place)
    }

    /// Returns the villages that a row is found by: those that had a time of their own.
    pub(super) fn found_by(&self) -> impl Iterator<Item = &Place> {
        let last = self.path.len().saturating_sub(1);
        let path = self.path.iter().enumerate();
        let own = path.filter(move |(at, (_, place))| *at == last || place.valid_to.is_some());
        own.map(|(_, (_, place))| place)
    }
}

/// Follows a village to the one that it became part of.
pub(super) fn resolve(read: &impl Read, id: PlaceId) -> Result<Resolved, StoreError> {
    let mut path = vec![(id, place(read, id)?.unwrap_or_default())];
    while let Some(into) = path.last().and_then(|(_, place)| place.merged_into) {
        // Two devices may each have merged one village into the other.
        if path.iter().any(|(passed, _)| *passed == into) {
            break;
        }
        path.push((into, place(read, into)?.unwrap_or_default()));
    }
    Ok(Resolved { path })
}

fn typed(read: &impl Read, sort: Sort) -> Result<Vec<String>, StoreError> {
    let all = group(&sort.prefix()).all(read)?;
    let text = |(_, content): (Vec<u8>, Vec<u8>)| {
        decode::<TypedBytes>(&content, "names").map(|bytes| bytes.text)
    };
    let mut texts = all.into_iter().map(text).collect::<Result<Vec<_>, _>>()?;
    texts.sort_by_cached_key(|text| (collate::key(text), text.clone()));
    Ok(texts)
}

/// Returns the units of the division before today's that any visit names.
fn former(read: &impl Read) -> Result<Vec<FormerCommuneCode>, StoreError> {
    let mut found = BTreeSet::new();
    for month in months(read, Listing::Visits)? {
        let month = month_key(Listing::Visits, month);
        Month::open(read, &month)?.each(read, tokens::FORMER, &mut |token, _| {
            let code = token
                .last_chunk::<4>()
                .ok_or(StoreError::Damaged("postings"))?;
            found.insert(FormerCommuneCode(u32::from_be_bytes(*code)));
            Ok(())
        })?;
    }
    Ok(found.into_iter().collect())
}

fn id_of(key: &[u8]) -> Result<[u8; 16], StoreError> {
    let id = key.last_chunk::<16>();
    id.copied().ok_or(StoreError::Damaged("names"))
}

/// Reads all names; people sort by given name, everything else by its letters.
pub(super) fn names(read: &impl Read) -> Result<Names, StoreError> {
    Ok(Names {
        units: typed(read, Sort::Unit)?,
        programmes: typed(read, Sort::Programme)?,
        cells: typed(read, Sort::Cell)?,
        former: former(read)?,
        ..records(read)?
    })
}

/// Reads the names that are records, without what was typed before and without the units of the past.
pub(super) fn records(read: &impl Read) -> Result<Names, StoreError> {
    let mut names = Names::default();
    for (key, content) in group(&Sort::Place.prefix()).all(read)? {
        let place = read_place(&content)?;
        names.places.push((PlaceId(id_of(&key)?), place));
    }
    for (key, content) in group(&Sort::Person.prefix()).all(read)? {
        let person = read_person(&content)?;
        names.people.push((PersonId(id_of(&key)?), person));
    }
    let places = |(id, place): &(PlaceId, Place)| (collate::key(&place.name), *id);
    names.places.sort_by_cached_key(places);
    let people = |(id, person): &(PersonId, Person)| (collate::name_key(&person.name), *id);
    names.people.sort_by_cached_key(people);
    Ok(names)
}
