//! The form as it stands: raw texts, choices taken, and where the cursor is.
//!
//! Owns its shape. Never reads what the texts mean; that is `reading`.

use super::slot::{Entry, Part, Slot};
use crate::app::input::Input;
use crate::domain::{
    Code, CommuneCode, Conflict, Day, EntityId, EntryHash, FormerCommuneCode, Origin, Person,
    PersonId, Place, PlaceId, Role, RowId, Summing, Versioned, VisitId, VisitState,
};
use crate::text::number::{Marks, read_count, read_quantity};

/// Something taken from a list, or named once and remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chip {
    Code(Code),
    Village(PlaceId),
    Commune(CommuneCode),
    /// A unit of the division before today's: what it says depends on the day of the visit.
    Former(FormerCommuneCode),
    Person(PersonId),
    Words(String),
}

/// A field: what was taken, and what is being typed.
#[derive(Clone, PartialEq, Eq)]
pub struct Field {
    pub slot: Slot,
    /// Which of its repeated group it belongs to, from 0.
    pub row: u8,
    pub chips: Vec<Chip>,
    pub input: Input,
}

impl Field {
    pub(super) fn new(slot: Slot, row: u8) -> Self {
        Self {
            slot,
            row,
            chips: Vec::new(),
            input: match slot.entry() {
                Entry::Prose => Input::area(),
                Entry::Choice(_)
                | Entry::Toggles(_)
                | Entry::Site
                | Entry::Sites
                | Entry::People
                | Entry::Units
                | Entry::Day(_)
                | Entry::Count
                | Entry::Quantity
                | Entry::Money
                | Entry::Line(_) => Input::line(),
            },
        }
    }

    /// Returns whether nothing was taken or typed.
    pub fn is_empty(&self) -> bool {
        self.chips.is_empty() && self.input.is_blank()
    }

    /// Gives the code that was taken.
    pub(super) fn code(&self) -> Option<&Code> {
        self.chips.iter().find_map(|chip| match chip {
            Chip::Code(code) => Some(code),
            Chip::Village(_)
            | Chip::Commune(_)
            | Chip::Former(_)
            | Chip::Person(_)
            | Chip::Words(_) => None,
        })
    }
}

/// An entity that an edit goes on from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Saved {
    pub(super) id: [u8; 16],
    pub(super) heads: Vec<EntryHash>,
    pub(super) conflicts: Vec<Conflict>,
    pub(super) withdrawn: Option<String>,
}

impl Saved {
    /// Notes what a record was when it was read; `None` for one that was never saved.
    pub(super) fn of<I: Copy + Into<EntityId>, T>(record: &Versioned<I, T>) -> Option<Self> {
        Some(Self {
            id: record.id?.into().id,
            heads: record.heads.clone(),
            conflicts: record.conflicts.clone(),
            withdrawn: record.withdrawn.clone(),
        })
    }

    /// Puts a value in the place of what was read.
    pub(super) fn with<I, T>(
        saved: Option<&Self>,
        id: fn([u8; 16]) -> I,
        value: T,
    ) -> Versioned<I, T> {
        let Some(saved) = saved else {
            return Versioned::new(value);
        };
        Versioned {
            id: Some(id(saved.id)),
            heads: saved.heads.clone(),
            value,
            conflicts: saved.conflicts.clone(),
            withdrawn: saved.withdrawn.clone(),
        }
    }
}

/// What of an item was saved before: itself, and its part in the petition stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SavedItem {
    pub(super) itself: Option<Saved>,
    pub(super) petition: Option<Saved>,
    /// Those of its promises, by their rows.
    pub(super) promises: Vec<Option<Saved>>,
}

/// What an import wrote in an item and no field of the form shows; an edit leaves it as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Imported {
    pub(super) row: Option<RowId>,
    pub(super) summing: Summing,
    pub(super) note: String,
    pub(super) opinions: Option<u32>,
    pub(super) sites: Vec<Chip>,
}

/// The visit itself, an activity, a meeting, a concern or an envelope.
#[derive(Clone, PartialEq, Eq)]
pub struct Item {
    pub part: Part,
    pub fields: Vec<Field>,
    pub(super) saved: SavedItem,
    pub(super) imported: Imported,
}

impl Item {
    /// Makes an item with one row of each repeated group.
    pub(super) fn new(part: Part) -> Self {
        let fields = part.slots().iter().map(|slot| Field::new(*slot, 0));
        Self {
            part,
            fields: fields.collect(),
            saved: SavedItem::default(),
            imported: Imported::default(),
        }
    }

    /// Gives the field of a slot in a row.
    pub fn field(&self, slot: Slot, row: u8) -> Option<&Field> {
        self.fields
            .iter()
            .find(|field| field.slot == slot && field.row == row)
    }

    pub(super) fn field_mut(&mut self, slot: Slot, row: u8) -> Option<&mut Field> {
        self.fields
            .iter_mut()
            .find(|field| field.slot == slot && field.row == row)
    }

    /// Gives how many rows a repeated field has.
    pub fn rows(&self, slot: Slot) -> u8 {
        let rows = self.fields.iter().filter(|field| field.slot == slot);
        rows.map(|field| field.row + 1).max().unwrap_or(0)
    }

    /// Adds a row to a repeated group after its last one; returns the place of its first field.
    pub(super) fn add_row(&mut self, slot: Slot) -> Option<usize> {
        let group = slot.group();
        let row = self.rows(*group.first()?);
        if row == u8::MAX {
            return None;
        }
        let last = self
            .fields
            .iter()
            .rposition(|field| group.contains(&field.slot))?;
        for (n, slot) in group.iter().enumerate() {
            self.fields.insert(last + 1 + n, Field::new(*slot, row));
        }
        Some(last + 1)
    }

    /// Returns whether nothing but defaults stands in it.
    pub fn is_blank(&self) -> bool {
        self.saved.itself.is_none()
            && self
                .fields
                .iter()
                .all(|field| field.is_empty() || field.slot == Slot::Helped)
    }

    /// Takes away the fields that devices of a role do not keep.
    pub(super) fn confine(&mut self, role: Role) {
        if !role.keeps_names() && self.saved.petition.is_none() {
            self.fields.retain(|field| !field.slot.is_of_names());
        }
    }

    /// Turns into another part, keeping only the fields that both have.
    pub(super) fn become_part(&mut self, part: Part) {
        if self.part == part {
            return;
        }
        let mut fresh = Self::new(part);
        std::mem::swap(&mut fresh.fields, &mut self.fields);
        self.part = part;
        for old in fresh.fields {
            if let Some(field) = self.field_mut(old.slot, old.row) {
                *field = old;
            }
        }
    }
}

/// Where the cursor is: an item (0 is the visit itself) and a field of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Focus {
    pub item: usize,
    pub field: usize,
}

/// Everything that was typed of one visit.
#[derive(Clone, PartialEq, Eq)]
pub struct Form {
    /// The visit first, then the activities, the meetings and the concerns.
    pub items: Vec<Item>,
    pub focus: Focus,
    /// Of the team, who led.
    pub lead: Option<PersonId>,
    /// The parts that a saved visit had when it was opened.
    pub(super) parts: Option<Vec<EntityId>>,
    /// The state of the visit when it was opened.
    pub state: VisitState,
    /// How numbers are typed; stays while the language of the screen changes.
    pub(super) marks: Marks,
    pub(super) unit: String,
    pub(super) origin: Origin,
    /// Villages named here for the first time.
    pub(super) places: Vec<(PlaceId, Place)>,
    /// Cadres named here for the first time.
    pub(super) people: Vec<(PersonId, Person)>,
    /// The day of the last key, from which "hôm nay" counts.
    pub(super) day: Day,
}

impl Form {
    /// Makes a form with nothing in it.
    pub(super) fn blank(marks: Marks, day: Day) -> Self {
        Self {
            items: vec![Item::new(Part::Visit)],
            focus: Focus::default(),
            lead: None,
            state: VisitState::Draft,
            parts: None,
            marks,
            unit: String::new(),
            origin: Origin::Typed,
            places: Vec::new(),
            people: Vec::new(),
            day,
        }
    }

    /// Gives the visit's own fields.
    pub fn visit(&self) -> &Item {
        self.items.first().expect("the visit is always there")
    }

    pub(super) fn visit_mut(&mut self) -> &mut Item {
        self.items.first_mut().expect("the visit is always there")
    }

    /// Gives the item with the cursor.
    pub fn item(&self) -> &Item {
        self.items.get(self.focus.item).unwrap_or(self.visit())
    }

    pub(super) fn item_mut(&mut self) -> &mut Item {
        let at = if self.focus.item < self.items.len() {
            self.focus.item
        } else {
            0
        };
        self.items.get_mut(at).expect("the visit is always there")
    }

    /// Gives the field with the cursor.
    pub fn field(&self) -> &Field {
        let item = self.item();
        let field = item.fields.get(self.focus.field).or(item.fields.first());
        field.expect("every part has fields")
    }

    pub(super) fn field_mut(&mut self) -> &mut Field {
        let at = self.focus.field;
        let item = self.item_mut();
        let at = if at < item.fields.len() { at } else { 0 };
        item.fields.get_mut(at).expect("every part has fields")
    }

    /// Puts a new item at the end of its section and gives its place.
    pub(super) fn add(&mut self, item: Item) -> usize {
        let section = item.part.section();
        let at = self
            .items
            .iter()
            .position(|other| other.part.section() > section)
            .unwrap_or(self.items.len());
        self.items.insert(at, item);
        at
    }

    /// Gives the place of the field after this one, or before it; stays at the ends.
    pub(super) fn beside(&self, step: Step) -> Focus {
        let Focus { item, field } = self.focus;
        let here = self.item().fields.len();
        match step {
            Step::Next if field + 1 < here => Focus {
                item,
                field: field + 1,
            },
            Step::Next if item + 1 < self.items.len() => Focus {
                item: item + 1,
                field: 0,
            },
            Step::Next => self.focus,
            Step::Previous if field > 0 => Focus {
                item,
                field: field - 1,
            },
            Step::Previous if item > 0 => {
                let last = self.items.get(item - 1).map_or(0, |item| item.fields.len());
                Focus {
                    item: item - 1,
                    field: last.saturating_sub(1),
                }
            }
            Step::Previous => self.focus,
        }
    }

    /// Reads a field as a whole number; `None` while it is none.
    pub fn count(&self, field: &Field) -> Option<u64> {
        read_count(field.input.text(), self.marks).ok()
    }

    /// Reads a field as an amount, in thousandths; `None` while it is none.
    pub fn thousandths(&self, field: &Field) -> Option<i64> {
        read_quantity(field.input.text(), self.marks).ok()
    }

    /// Gives the id of the visit, once it was saved.
    pub fn visit_id(&self) -> Option<VisitId> {
        let saved = self.visit().saved.itself.as_ref();
        saved.map(|saved| VisitId(saved.id))
    }
}

/// A direction among the fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Next,
    Previous,
}

/// Gives the code of a choice that is the program's own.
pub(super) fn own_code(text: &'static str) -> Code {
    Code::new(text).expect("a code of ours is well-formed")
}

/// Gives the part that a kind of concern makes.
pub(super) fn concern_part(kind: &Code) -> Part {
    match kind.as_str() {
        DENUNCIATION => Part::Envelope,
        CRIME_REPORT => Part::CrimeReport,
        _ => Part::Concern,
    }
}

/// The codes of `List::Concerns` beside those of `ConcernKind`.
pub(super) const DENUNCIATION: &str = "denunciation";
pub(super) const CRIME_REPORT: &str = "crime_report";
/// The one code of `List::Anonymous`.
pub(super) const ANONYMOUS: &str = "anonymous";
/// The one code of `List::Settled`.
pub(super) const ON_THE_SPOT: &str = "on_the_spot";

/// Returns whether a field holds one chip at most.
pub(super) fn takes_one(entry: Entry) -> bool {
    matches!(entry, Entry::Choice(_) | Entry::Site)
}
