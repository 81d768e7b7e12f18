//! The bytes of unsaved typing: a CBOR map with integer keys that outlives a release.
//!
//! Owns the format. Bytes of an older or newer release are read as far as they are understood; bytes
//! that are no typing at all give `None`. Nothing in them can panic.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use super::form::{Chip, Field, Focus, Form, Imported, Item, Saved, SavedItem};
use super::slot::{Part, Slot};
use crate::domain::{
    Code, CommuneCode, Conflict, Day, EntityId, EntityKind, EntryHash, FormerCommuneCode, Origin,
    Person, PersonId, Place, PlaceId, RowId, Summing, VisitState,
};
use crate::text::number::Marks;

/// The version that this release writes.
const VERSION: u32 = 1;
/// More than this of anything is no typing of a person.
const MOST: usize = 2_000;

#[derive(Encode, Decode)]
#[cbor(map)]
struct Typing {
    #[n(0)]
    version: u32,
    #[n(1)]
    items: Vec<TypedItem>,
    /// Item, number of the slot, row.
    #[n(2)]
    focus: Option<(u32, u32, u32)>,
    #[n(3)]
    lead: Option<ByteVec>,
    #[n(4)]
    state: Option<String>,
    /// 0: `1.234,5`; 1: `1,234.5`.
    #[n(5)]
    marks: Option<u32>,
    #[n(6)]
    unit: Option<String>,
    /// 0: typed; 1: imported.
    #[n(7)]
    origin: Option<u32>,
    #[n(8)]
    places: Option<Vec<TypedPlace>>,
    #[n(9)]
    people: Option<Vec<TypedPerson>>,
    /// Days since 1970-01-01.
    #[n(10)]
    day: Option<i32>,
    /// The parts that the visit had when it was opened: kind and id.
    #[n(11)]
    parts: Option<Vec<(u16, ByteVec)>>,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct TypedItem {
    #[n(0)]
    part: u32,
    #[n(1)]
    fields: Vec<TypedField>,
    #[n(2)]
    saved: Option<TypedSaved>,
    #[n(3)]
    petition: Option<TypedSaved>,
    #[n(4)]
    imported: Option<TypedImported>,
    /// Those of its promises by their rows; an empty list for one that was never saved.
    #[n(5)]
    promises: Option<Vec<Vec<TypedSaved>>>,
}

/// What an import wrote and no field shows.
#[derive(Encode, Decode)]
#[cbor(map)]
struct TypedImported {
    #[n(0)]
    row: Option<ByteVec>,
    #[n(1)]
    cumulative: Option<bool>,
    #[n(2)]
    note: Option<String>,
    #[n(3)]
    opinions: Option<u32>,
    #[n(4)]
    sites: Option<Vec<TypedChip>>,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct TypedField {
    #[n(0)]
    slot: u32,
    #[n(1)]
    row: u32,
    #[n(2)]
    text: Option<String>,
    #[n(3)]
    cursor: Option<u64>,
    #[n(4)]
    chips: Option<Vec<TypedChip>>,
}

/// One of its fields is there.
#[derive(Default, Encode, Decode)]
#[cbor(map)]
struct TypedChip {
    #[n(0)]
    code: Option<String>,
    #[n(1)]
    village: Option<ByteVec>,
    #[n(2)]
    commune: Option<u32>,
    #[n(3)]
    person: Option<ByteVec>,
    #[n(4)]
    words: Option<String>,
    #[n(5)]
    former: Option<u32>,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct TypedSaved {
    #[n(0)]
    id: ByteVec,
    #[n(1)]
    heads: Vec<ByteVec>,
    #[n(2)]
    conflicts: Option<Vec<(u32, Vec<ByteVec>)>>,
    #[n(3)]
    withdrawn: Option<String>,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct TypedPlace {
    #[n(0)]
    id: ByteVec,
    #[n(1)]
    name: String,
    #[n(2)]
    kind: Option<String>,
    #[n(3)]
    commune: Option<u32>,
    #[n(4)]
    former: Option<u32>,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct TypedPerson {
    #[n(0)]
    id: ByteVec,
    #[n(1)]
    name: String,
    #[n(2)]
    post: Option<String>,
    #[n(3)]
    unit: Option<String>,
}

/// Writes a form.
pub(super) fn to_bytes(form: &Form) -> Vec<u8> {
    let typing = Typing {
        version: VERSION,
        items: form.items.iter().map(typed_item).collect(),
        focus: Some(focus_out(form)),
        lead: form.lead.map(|id| bytes(&id.0)),
        state: Some(form.state.as_str().to_owned()),
        marks: Some(match form.marks {
            Marks::Vietnamese => 0,
            Marks::English => 1,
        }),
        unit: Some(form.unit.clone()),
        origin: Some(match form.origin {
            Origin::Typed => 0,
            Origin::Import => 1,
        }),
        places: Some(form.places.iter().map(typed_place).collect()),
        people: Some(form.people.iter().map(typed_person).collect()),
        day: Some(form.day.to_epoch_days()),
        parts: form.parts.as_deref().map(parts_out),
    };
    minicbor::to_vec(&typing).expect("writing to memory cannot fail")
}

fn parts_out(parts: &[EntityId]) -> Vec<(u16, ByteVec)> {
    let part = |part: &EntityId| (part.kind.number(), bytes(&part.id));
    parts.iter().map(part).collect()
}

fn part_in((kind, id): (u16, ByteVec)) -> Option<EntityId> {
    Some(EntityId {
        kind: EntityKind::from_number(kind),
        id: sixteen(&id)?,
    })
}

fn bytes(bytes: &[u8]) -> ByteVec {
    ByteVec::from(bytes.to_vec())
}

fn focus_out(form: &Form) -> (u32, u32, u32) {
    let field = form.field();
    let item = u32::try_from(form.focus.item).unwrap_or(0);
    (item, field.slot.number(), u32::from(field.row))
}

fn typed_item(item: &Item) -> TypedItem {
    let typed = item.fields.iter().filter(|field| !is_untouched(field));
    TypedItem {
        part: item.part.number(),
        fields: typed.map(typed_field).collect(),
        saved: item.saved.itself.as_ref().map(typed_saved),
        petition: item.saved.petition.as_ref().map(typed_saved),
        imported: typed_imported(&item.imported),
        promises: typed_promises(&item.saved.promises),
    }
}

fn typed_promises(saved: &[Option<Saved>]) -> Option<Vec<Vec<TypedSaved>>> {
    let row = |saved: &Option<Saved>| saved.iter().map(typed_saved).collect();
    (!saved.is_empty()).then(|| saved.iter().map(row).collect())
}

fn typed_imported(imported: &Imported) -> Option<TypedImported> {
    let typed = || TypedImported {
        row: imported.row.map(|row| bytes(&row.0)),
        cumulative: match imported.summing {
            Summing::Summed => None,
            Summing::Cumulative => Some(true),
        },
        note: Some(imported.note.clone()).filter(|note| !note.is_empty()),
        opinions: imported.opinions,
        sites: Some(imported.sites.iter().map(typed_chip).collect()),
    };
    (*imported != Imported::default()).then(typed)
}

fn imported_in(typed: TypedImported) -> Imported {
    let sites = typed.sites.unwrap_or_default().into_iter().take(MOST);
    Imported {
        row: typed.row.and_then(|row| sixteen(&row)).map(RowId),
        summing: match typed.cumulative {
            Some(true) => Summing::Cumulative,
            Some(false) | None => Summing::Summed,
        },
        note: crate::text::clean::clean_text(&typed.note.unwrap_or_default()),
        opinions: typed.opinions,
        sites: sites.filter_map(chip_in).collect(),
    }
}

/// Rows beyond the first are kept though empty, so that the form opens as it was.
fn is_untouched(field: &Field) -> bool {
    field.row == 0 && field.chips.is_empty() && field.input.text().is_empty()
}

fn typed_field(field: &Field) -> TypedField {
    let typed = !field.input.text().is_empty();
    TypedField {
        slot: field.slot.number(),
        row: u32::from(field.row),
        text: typed.then(|| field.input.text().to_owned()),
        cursor: u64::try_from(field.input.cursor()).ok().filter(|_| typed),
        chips: (!field.chips.is_empty()).then(|| field.chips.iter().map(typed_chip).collect()),
    }
}

fn typed_chip(chip: &Chip) -> TypedChip {
    let mut typed = TypedChip::default();
    match chip {
        Chip::Code(code) => typed.code = Some(code.as_str().to_owned()),
        Chip::Village(id) => typed.village = Some(bytes(&id.0)),
        Chip::Commune(code) => typed.commune = Some(code.0),
        Chip::Former(code) => typed.former = Some(code.0),
        Chip::Person(id) => typed.person = Some(bytes(&id.0)),
        Chip::Words(words) => typed.words = Some(words.clone()),
    }
    typed
}

fn typed_saved(saved: &Saved) -> TypedSaved {
    let hashes = |all: &[EntryHash]| all.iter().map(|hash| bytes(&hash.0)).collect();
    let conflict = |conflict: &Conflict| (conflict.field, hashes(&conflict.entries));
    TypedSaved {
        id: bytes(&saved.id),
        heads: hashes(&saved.heads),
        conflicts: Some(saved.conflicts.iter().map(conflict).collect()),
        withdrawn: saved.withdrawn.clone(),
    }
}

fn typed_place((id, place): &(PlaceId, Place)) -> TypedPlace {
    TypedPlace {
        id: bytes(&id.0),
        name: place.name.clone(),
        kind: place.kind.as_ref().map(|kind| kind.as_str().to_owned()),
        commune: place.commune.map(|code| code.0),
        former: place.former.map(|code| code.0),
    }
}

fn typed_person((id, person): &(PersonId, Person)) -> TypedPerson {
    TypedPerson {
        id: bytes(&id.0),
        name: person.name.clone(),
        post: Some(person.post.clone()),
        unit: Some(person.unit.clone()),
    }
}

/// Reads a form; `None` where the bytes are no typing.
pub(super) fn from_bytes(bytes: &[u8], today: Day) -> Option<Form> {
    let typing: Typing = minicbor::decode(bytes).ok()?;
    let marks = match typing.marks {
        Some(1) => Marks::English,
        Some(_) | None => Marks::Vietnamese,
    };
    let day = typing.day.and_then(Day::from_epoch_days).unwrap_or(today);
    let mut form = Form::blank(marks, day);
    let mut places = Vec::new();
    for typed in typing.items.into_iter().take(MOST) {
        places.push(item_in(typed).map(|item| match item.part {
            Part::Visit => {
                *form.visit_mut() = item;
                0
            }
            Part::Activity | Part::Meeting | Part::Concern | Part::Envelope | Part::CrimeReport => {
                form.add(item)
            }
        }));
    }
    form.lead = typing.lead.and_then(|id| sixteen(&id)).map(PersonId);
    let state = |word: String| VisitState::ALL.into_iter().find(|s| s.as_str() == word);
    form.state = typing.state.and_then(state).unwrap_or_default();
    let parts = |parts: Vec<(u16, ByteVec)>| parts.into_iter().filter_map(part_in).collect();
    form.parts = typing.parts.map(parts);
    form.unit = typing.unit.unwrap_or_default();
    form.origin = match typing.origin {
        Some(1) => Origin::Import,
        Some(_) | None => Origin::Typed,
    };
    let typed = typing.places.unwrap_or_default().into_iter().take(MOST);
    form.places = typed.filter_map(place_in).collect();
    let typed = typing.people.unwrap_or_default().into_iter().take(MOST);
    form.people = typed.filter_map(person_in).collect();
    form.focus = focus_in(&form, typing.focus, &places);
    Some(form)
}

/// Finds the field again; the first one where it is of a later release.
fn focus_in(form: &Form, focus: Option<(u32, u32, u32)>, places: &[Option<usize>]) -> Focus {
    let find = || {
        let (item, slot, row) = focus?;
        let item = (*places.get(usize::try_from(item).ok()?)?)?;
        let slot = Slot::from_number(slot)?;
        let mut fields = form.items.get(item)?.fields.iter();
        let field = fields.position(|f| f.slot == slot && u32::from(f.row) == row)?;
        Some(Focus { item, field })
    };
    find().unwrap_or_default()
}

fn item_in(typed: TypedItem) -> Option<Item> {
    let mut item = Item::new(Part::from_number(typed.part)?);
    for typed in typed.fields.into_iter().take(MOST) {
        let Some(slot) = Slot::from_number(typed.slot) else {
            continue;
        };
        let Ok(row) = u8::try_from(typed.row) else {
            continue;
        };
        while row > 0 && item.rows(slot) > 0 && item.rows(slot) <= row {
            if item.add_row(slot).is_none() {
                break;
            }
        }
        if let Some(field) = item.field_mut(slot, row) {
            let text = typed.text.unwrap_or_default();
            field.input = field.input.clone().opened(&text);
            if let Some(Ok(cursor)) = typed.cursor.map(usize::try_from) {
                field.input.place_cursor(cursor);
            }
            let chips = typed.chips.unwrap_or_default().into_iter().take(MOST);
            field.chips = chips.filter_map(chip_in).collect();
        }
    }
    let promises = typed.promises.unwrap_or_default().into_iter().take(MOST);
    item.saved = SavedItem {
        itself: typed.saved.and_then(saved_in),
        petition: typed.petition.and_then(saved_in),
        promises: promises
            .map(|row| row.into_iter().next().and_then(saved_in))
            .collect(),
    };
    item.imported = typed.imported.map(imported_in).unwrap_or_default();
    Some(item)
}

fn chip_in(typed: TypedChip) -> Option<Chip> {
    let code = typed.code.and_then(|code| Code::new(&code).ok());
    code.map(Chip::Code)
        .or_else(|| Some(Chip::Village(PlaceId(sixteen(typed.village.as_ref()?)?))))
        .or_else(|| Some(Chip::Commune(CommuneCode(typed.commune?))))
        .or_else(|| Some(Chip::Former(FormerCommuneCode(typed.former?))))
        .or_else(|| Some(Chip::Person(PersonId(sixteen(typed.person.as_ref()?)?))))
        .or_else(|| Some(Chip::Words(crate::text::clean::clean_line(&typed.words?))))
}

fn saved_in(typed: TypedSaved) -> Option<Saved> {
    let hashes = |all: Vec<ByteVec>| -> Vec<EntryHash> {
        let hash = |bytes: &ByteVec| <[u8; 32]>::try_from(bytes.as_slice()).ok();
        all.iter().filter_map(hash).map(EntryHash).collect()
    };
    let conflicts = typed.conflicts.unwrap_or_default().into_iter();
    Some(Saved {
        id: sixteen(&typed.id)?,
        heads: hashes(typed.heads),
        conflicts: conflicts
            .map(|(field, entries)| Conflict {
                field,
                entries: hashes(entries),
            })
            .collect(),
        withdrawn: typed.withdrawn,
    })
}

fn place_in(typed: TypedPlace) -> Option<(PlaceId, Place)> {
    let place = Place {
        name: crate::text::clean::clean_line(&typed.name),
        kind: typed.kind.and_then(|kind| Code::new(&kind).ok()),
        commune: typed.commune.map(CommuneCode),
        former: typed.former.map(FormerCommuneCode),
        ..Place::default()
    };
    Some((PlaceId(sixteen(&typed.id)?), place))
}

fn person_in(typed: TypedPerson) -> Option<(PersonId, Person)> {
    let clean = |text: Option<String>| crate::text::clean::clean_line(&text.unwrap_or_default());
    let person = Person {
        name: clean(Some(typed.name)),
        post: clean(typed.post),
        unit: clean(typed.unit),
    };
    Some((PersonId(sixteen(&typed.id)?), person))
}

fn sixteen(bytes: &ByteVec) -> Option<[u8; 16]> {
    bytes.as_slice().try_into().ok()
}
