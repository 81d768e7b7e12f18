//! What a number is made of, and how pieces become numbers, divisions and rows.

use std::collections::{BTreeMap, BTreeSet};

use super::{By, Head, TallyId};
use crate::domain::{Basis, CommuneCode, Day, EntityId};

/// What lies behind a piece of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Behind {
    Record(EntityId),
    /// A commune without records.
    Commune(CommuneCode),
}

/// A piece of a number. Of pieces with the same key one alone counts.
pub(super) struct Piece {
    behind: Option<Behind>,
    key: Option<String>,
    done: u64,
    of: u64,
    category: String,
    place: String,
    unit: String,
    day: Option<Day>,
}

impl Piece {
    /// A record that counts so much.
    pub(super) fn of(head: &Head, done: u64) -> Self {
        Self {
            behind: Some(Behind::Record(head.entity)),
            key: None,
            done,
            of: 0,
            category: head.category.clone().unwrap_or_default(),
            place: head.place.clone(),
            unit: head.unit.name.clone(),
            day: head.day,
        }
    }

    /// A day that counts although no record may lie behind it.
    pub(super) fn of_day(day: Day) -> Self {
        Self {
            behind: None,
            key: None,
            done: 0,
            of: 1,
            category: String::new(),
            place: String::new(),
            unit: String::new(),
            day: Some(day),
        }
    }

    /// A commune.
    pub(super) fn of_commune(code: CommuneCode, name: &str) -> Self {
        Self {
            behind: Some(Behind::Commune(code)),
            key: None,
            done: 1,
            of: 0,
            category: String::new(),
            place: name.to_owned(),
            unit: String::new(),
            day: None,
        }
    }

    /// Counts once with all others of the key.
    pub(super) fn keyed(self, key: impl Into<String>) -> Self {
        Self {
            key: Some(key.into()),
            ..self
        }
    }

    /// Counts in a share of so many.
    pub(super) fn out_of(self, of: u64) -> Self {
        Self { of, ..self }
    }

    /// Belongs to another day than its record.
    pub(super) fn on(self, day: Day) -> Self {
        Self {
            day: Some(day),
            ..self
        }
    }

    /// Returns the key of a division; empty where it is not known.
    fn part(&self, by: By, basis: Basis) -> String {
        match by {
            By::Category => self.category.clone(),
            By::Place => self.place.clone(),
            By::Unit => self.unit.clone(),
            By::Month => self.day.map_or_else(String::new, |day| basis.month(day)),
        }
    }
}

/// A number as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    Count(u64),
    /// In thousandths.
    Decimal(u64),
    Share {
        done: u64,
        of: u64,
    },
}

/// A number with what it is made of.
pub struct Tally {
    id: TallyId,
    pieces: Vec<Piece>,
}

impl Tally {
    pub(super) fn new(id: TallyId, pieces: Vec<Piece>) -> Self {
        Self { id, pieces }
    }

    /// Returns the number.
    pub fn value(&self) -> Value {
        value(self.id, self.pieces.iter())
    }

    /// Returns the number of each part that has any.
    pub fn by(&self, by: By, basis: Basis) -> BTreeMap<String, Value> {
        let mut parts = BTreeMap::<String, Vec<&Piece>>::new();
        for piece in &self.pieces {
            parts.entry(piece.part(by, basis)).or_default().push(piece);
        }
        let part = |(key, pieces): (String, Vec<&Piece>)| (key, value(self.id, pieces.into_iter()));
        parts.into_iter().map(part).collect()
    }

    /// Returns the number of each part of each part that has any.
    pub fn across(
        &self,
        (one, other): (By, By),
        basis: Basis,
    ) -> BTreeMap<String, BTreeMap<String, Value>> {
        let mut cells = BTreeMap::<String, BTreeMap<String, Vec<&Piece>>>::new();
        for piece in &self.pieces {
            let row = cells.entry(piece.part(one, basis)).or_default();
            row.entry(piece.part(other, basis)).or_default().push(piece);
        }
        let cell = |(key, pieces): (String, Vec<&Piece>)| (key, value(self.id, pieces.into_iter()));
        let row = |row: BTreeMap<String, Vec<&Piece>>| row.into_iter().map(cell).collect();
        let rows = cells.into_iter();
        rows.map(|(key, cells)| (key, row(cells))).collect()
    }

    /// Returns the records behind it, each once, newest first where they have a day.
    pub fn rows(&self) -> Vec<Behind> {
        let mut rows: Vec<(Option<Day>, Behind)> = Vec::new();
        let mut seen = BTreeSet::new();
        for piece in &self.pieces {
            if let Some(behind) = piece.behind
                && seen.insert(behind)
            {
                rows.push((piece.day, behind));
            }
        }
        rows.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
        rows.into_iter().map(|(_, behind)| behind).collect()
    }
}

fn value<'p>(id: TallyId, pieces: impl Iterator<Item = &'p Piece>) -> Value {
    let mut seen = BTreeSet::new();
    let (mut done, mut all) = (0_u64, 0_u64);
    for piece in pieces {
        let new = piece.key.as_ref().is_none_or(|key| seen.insert(key));
        if new {
            done = done.saturating_add(piece.done);
            all = all.saturating_add(piece.of);
        }
    }
    id.written(done, all)
}
