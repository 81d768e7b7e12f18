//! The whole table before anything of it is taken: which row is which, and which rows share a visit.

use std::collections::HashMap;

use super::row::{Reader, Trip};
use super::sheet::Row;
use super::value::canonical;
use crate::domain::{Day, RowId, SheetKind};
use crate::text::fold::fold;

/// The most rows that share a visit; more of them make a further one.
const MOST: usize = 200;

/// The rows of a table in the order in which they are taken: those that share a visit together.
pub struct Plan {
    groups: Vec<Group>,
    others: HashMap<RowId, RowId>,
}

/// How a table was given. A range is pasted with the names of its columns or without, and its rows are the
/// same rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    File,
    Pasted,
}

/// Rows of one visit, by their place in the sheet.
pub(super) type Group = Vec<(u32, RowId)>;

impl Plan {
    /// Makes the plan of a table of which every row was looked at, in their order.
    ///
    /// A row's identifier is a hash of what stands under each header, in its canonical form, and of how
    /// many rows before it say the same: not of where the row or the column lies, nor of the format. Of a
    /// pasted range it is what it would be without headers.
    pub fn new(rows: impl IntoIterator<Item = Looked>, given: Given) -> Self {
        let (mut named, mut nameless) = (Seen::default(), Seen::default());
        let mut others = HashMap::new();
        let mut visits: HashMap<[u8; 16], usize> = HashMap::new();
        let mut groups: Vec<Group> = Vec::new();
        for looked in rows {
            let (with, without) = looked.says;
            let (with, without) = (named.id(with), nameless.id(without));
            let (id, other) = match given {
                Given::File => (with, without),
                Given::Pasted => (without, with),
            };
            if other != id {
                others.insert(id, other);
            }
            let at = looked.shared.and_then(|key| visits.get(&key).copied());
            match at.and_then(|at| groups.get_mut(at)) {
                Some(group) if group.len() < MOST => group.push((looked.index, id)),
                Some(_) | None => {
                    if let Some(key) = looked.shared {
                        visits.insert(key, groups.len());
                    }
                    groups.push(vec![(looked.index, id)]);
                }
            }
        }
        Self { groups, others }
    }

    /// Returns what a row would be called had it been given in the other way.
    pub fn other(&self, id: RowId) -> Option<RowId> {
        self.others.get(&id).copied()
    }

    /// Tells how many rows there are.
    pub fn rows(&self) -> usize {
        self.groups.iter().map(Vec::len).sum()
    }

    /// Gives the rows group by group.
    pub fn groups(&self) -> &[Vec<(u32, RowId)>] {
        &self.groups
    }
}

/// What is seen of a row alone.
pub struct Looked {
    index: u32,
    /// Hashes of what it says, with headers and without.
    says: ([u8; 16], [u8; 16]),
    shared: Option<[u8; 16]>,
}

/// Looks at rows of a table, each by itself: several threads may share them.
pub fn look_at(reader: &Reader<'_>, rows: &[u32]) -> Vec<Looked> {
    let header: Vec<String> = reader.table.header.iter().map(|name| fold(name)).collect();
    let look = |index: &u32| {
        let row = reader.sheet.row(*index as usize)?;
        Some(Looked {
            index: *index,
            says: says(row, &header),
            shared: shared(reader, row),
        })
    };
    rows.iter().filter_map(look).collect()
}

/// Counts the rows that say the same.
#[derive(Default)]
struct Seen(HashMap<[u8; 16], u32>);

impl Seen {
    fn id(&mut self, says: [u8; 16]) -> RowId {
        let before = self.0.entry(says).or_default();
        let mut hasher = blake3::Hasher::new();
        hasher.update(&says);
        hasher.update(&before.to_be_bytes());
        *before += 1;
        RowId(short(&hasher))
    }
}

/// Hashes what a row says: its cells with their headers, in the order of the headers' names; and its cells
/// alone, in their own order.
fn says(row: Row<'_>, header: &[String]) -> ([u8; 16], [u8; 16]) {
    let mut cells: Vec<(&str, usize, String)> = Vec::with_capacity(row.len());
    for (column, cell) in row.cells() {
        let name = header.get(column).map_or("", String::as_str);
        cells.push((name, column, canonical(cell)));
    }
    let alone = hash(cells.iter().map(|(_, _, text)| ("", text.as_str())));
    cells.sort();
    let named = cells.iter().map(|(name, _, text)| (*name, text.as_str()));
    (hash(named), alone)
}

fn hash<'c>(cells: impl Iterator<Item = (&'c str, &'c str)>) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new_derive_key("bacung row of a table, version 1");
    for (name, text) in cells {
        for part in [name, text] {
            hasher.update(&(part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
    }
    short(&hasher)
}

fn short(hasher: &blake3::Hasher) -> [u8; 16] {
    let mut hash = [0; 16];
    hasher.finalize_xof().fill(&mut hash);
    hash
}

/// Gives the key of the visit that a row shares with others: same unit, same days, same place. What is
/// not known is not the same.
fn shared(reader: &Reader<'_>, row: Row<'_>) -> Option<[u8; 16]> {
    match reader.columns.kind {
        SheetKind::Activities | SheetKind::Meetings | SheetKind::Concerns => {}
        // Matters of one day, head and kind lie in one session; a session's own row is alone.
        SheetKind::Receptions if reader.has_matter(row) => {
            let trip = reader.trip(row).ok()?;
            return Some(session(&trip, reader.session_of(row).ok()?));
        }
        SheetKind::Visits
        | SheetKind::Places
        | SheetKind::People
        | SheetKind::Receptions
        | SheetKind::Inspections
        | SheetKind::Duties => return None,
    }
    let trip = reader.trip(row).ok()?;
    if !trip.code.is_empty() {
        return Some(coded(&trip));
    }
    if trip.unit.is_empty() || trip.places.is_empty() || trip.from.is_none() || trip.to.is_none() {
        return None;
    }
    Some(key(&trip))
}

/// Gives the key of the session that a matter of the register lies in.
fn session(trip: &Trip, (kind, head): (String, String)) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    let said = format!("{:?}\0{:?}\0{:?}", trip.from, trip.to, trip.places);
    for part in [&said, &fold(&trip.unit), &kind, &head] {
        hasher.update(part.as_bytes());
        hasher.update(&[0]);
    }
    short(&hasher)
}

/// Gives the key of a visit that an export names: the same in every table of that logbook.
pub(super) fn coded(trip: &Trip) -> [u8; 16] {
    let day = |day: Option<Day>| day.map_or(String::new(), |day| day.to_string());
    let mut hasher = blake3::Hasher::new_derive_key("bacung visit of an export, version 1");
    hasher.update(format!("{}\0{}\0{}", trip.code, day(trip.from), day(trip.to)).as_bytes());
    short(&hasher)
}

fn key(trip: &Trip) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    let said = format!("{:?}\0{:?}\0{:?}", trip.from, trip.to, trip.places);
    for part in [&fold(&trip.unit), &said, &trip.programme, &trip.lead] {
        hasher.update(part.as_bytes());
        hasher.update(&[0]);
    }
    short(&hasher)
}
