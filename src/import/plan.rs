//! The whole table before anything of it is taken: which row is which, and which rows share a visit.

use std::collections::HashMap;

use super::row::{Reader, Trip};
use super::sheet::Row;
use super::value::canonical;
use crate::domain::{RowId, SheetKind};
use crate::text::fold::fold;

/// The most rows that share a visit; more of them make a further one.
const MOST: usize = 200;

/// The rows of a table in the order in which they are taken: those that share a visit together.
pub struct Plan {
    groups: Vec<Group>,
}

/// Rows of one visit, by their place in the sheet.
pub(super) type Group = Vec<(u32, RowId)>;

impl Plan {
    /// Looks at every row.
    ///
    /// A row's identifier is a hash of what stands under each header, in its canonical form, and of how
    /// many rows before it say the same: not of where the row or the column lies, nor of the format.
    pub fn new(reader: &Reader<'_>) -> Self {
        let mut seen: HashMap<[u8; 16], u32> = HashMap::new();
        let mut visits: HashMap<[u8; 16], usize> = HashMap::new();
        let mut groups: Vec<Group> = Vec::new();
        let header: Vec<String> = reader.table.header.iter().map(|name| fold(name)).collect();
        for index in &reader.table.rows {
            let Some(row) = reader.sheet.row(*index as usize) else {
                continue;
            };
            let says = says(row, &header);
            let before = seen.entry(says).or_default();
            let id = id(&says, *before);
            *before += 1;
            let shared = shared(reader, row);
            let at = shared.and_then(|key| visits.get(&key).copied());
            match at.and_then(|at| groups.get_mut(at)) {
                Some(group) if group.len() < MOST => group.push((*index, id)),
                Some(_) | None => {
                    if let Some(key) = shared {
                        visits.insert(key, groups.len());
                    }
                    groups.push(vec![(*index, id)]);
                }
            }
        }
        Self { groups }
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

/// Hashes what a row says: its cells with their headers, in the order of the headers' names.
fn says(row: Row<'_>, header: &[String]) -> [u8; 16] {
    let mut cells: Vec<(&str, usize, String)> = Vec::with_capacity(row.len());
    for (column, cell) in row.cells() {
        let name = header.get(column).map_or("", String::as_str);
        cells.push((name, column, canonical(cell)));
    }
    cells.sort();
    let mut hasher = blake3::Hasher::new_derive_key("bacung row of a table, version 1");
    for (name, _, text) in cells {
        for part in [name, &text] {
            hasher.update(&(part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
    }
    short(&hasher)
}

fn id(says: &[u8; 16], before: u32) -> RowId {
    let mut hasher = blake3::Hasher::new();
    hasher.update(says);
    hasher.update(&before.to_be_bytes());
    RowId(short(&hasher))
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

/// Gives the key of a visit that an export names.
fn coded(trip: &Trip) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(format!("{}\0{:?}\0{:?}", trip.code, trip.from, trip.to).as_bytes());
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
