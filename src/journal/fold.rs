//! Merges the entries of one record: the same entries in any order, with any repetition, give the
//! same record. Never lets a clock decide between two facts.

use std::collections::{BTreeMap, BTreeSet};

use super::cbor::Malformed;
use super::entry::{Act, EntryView};
use super::fields::{FieldMap, RawCbor};
use super::wire::Recorded;
use crate::domain::{Conflict, EntryHash, Step, VisitState, advance};

/// A record as its entries make it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The entries that no other one replaces, in the order of their hashes.
    pub heads: Vec<EntryHash>,
    /// What stands in the fields, by their numbers and then in clock order; more than one value of a
    /// field is a conflict. A field that was taken out holds null.
    pub fields: Vec<Standing>,
    /// Where the workflow's steps lead; conflicts are not looked at.
    pub state: VisitState,
    /// The reason, where the record was withdrawn.
    pub withdrawn: Option<String>,
    /// Saves that were not taken back, be their values superseded or not.
    pub saves: usize,
    /// Sendings that were not taken back, in clock order.
    pub sends: Vec<EntryHash>,
    /// Entries whose body was erased or makes no sense to this release.
    pub unread: Vec<EntryHash>,
}

/// A value that stands in a field, and the entry that wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub field: u32,
    pub entry: EntryHash,
    pub value: RawCbor,
}

impl Record {
    /// Returns the values of each field that has any.
    pub fn by_field(&self) -> impl Iterator<Item = &[Standing]> {
        self.fields.chunk_by(|a, b| a.field == b.field)
    }

    /// Returns the value shown of each field: the last one in clock order.
    pub fn shown(&self) -> FieldMap {
        let last = |values: &[Standing]| {
            let last = values.last()?;
            (!last.value.is_null()).then(|| (last.field, last.value.clone()))
        };
        self.by_field().filter_map(last).collect()
    }

    /// Reads the values shown as what they are.
    pub fn read<T: Recorded>(&self) -> Result<T, Malformed> {
        T::from_fields(&self.shown())
    }

    /// Returns the fields that hold more than one value.
    pub fn conflicts(&self) -> Vec<Conflict> {
        let conflict = |values: &[Standing]| match values {
            [first, _, ..] => Some(Conflict {
                field: first.field,
                entries: values.iter().map(|value| value.entry).collect(),
            }),
            [] | [_] => None,
        };
        self.by_field().filter_map(conflict).collect()
    }

    /// Returns whether nothing was ever saved, or all of it was taken back.
    pub fn is_void(&self) -> bool {
        self.saves == 0 && self.unread.is_empty()
    }
}

/// Merges all known entries of one record.
///
/// Of a field stand the values of those writers that no later writer of the field has among its
/// ancestors. An entry that was taken back writes nothing and still passes on what it replaced.
/// Links to entries that are not known, or not earlier in clock order, are not followed.
pub fn fold(entries: &[EntryView]) -> Record {
    let entries = in_order(entries);
    let undone = undone(&entries);
    let (heads, fields) = match is_line(&entries) {
        true => line(&entries, &undone),
        false => {
            let parents = parents(&entries);
            let fields = fields(&entries, &undone, &parents);
            (heads(&entries, &parents), fields)
        }
    };
    let mut record = Record {
        heads,
        fields,
        ..Record::default()
    };
    for (entry, undone) in entries.iter().zip(&undone) {
        let step = match &entry.act {
            None => {
                record.unread.push(entry.hash);
                continue;
            }
            Some(Act::Send) => Step::Send,
            Some(Act::Undo(_) | Act::Shown | Act::Receipt(_) | Act::Cut(_)) => continue,
            Some(Act::Save(_)) => Step::Save,
            Some(Act::Withdraw(_)) => Step::Withdraw,
        };
        if *undone {
            continue;
        }
        record.saves += usize::from(step == Step::Save);
        if step == Step::Send {
            record.sends.push(entry.hash);
        }
        // A step that the state does not allow was made without knowing of another; it stays in
        // the history and changes nothing.
        record.state = advance(record.state, step).unwrap_or(record.state);
        if let (Some(Act::Withdraw(reason)), None) = (&entry.act, &record.withdrawn) {
            record.withdrawn = Some(reason.clone());
        }
    }
    record
}

/// Each entry once, in clock order; of two copies the one whose body is there.
pub(super) fn in_order(entries: &[EntryView]) -> Vec<&EntryView> {
    if let [entry] = entries {
        return vec![entry];
    }
    let mut once = BTreeMap::new();
    for entry in entries {
        let place = once.entry((entry.header.order(), entry.hash));
        let kept = place.or_insert(entry);
        if kept.act.is_none() {
            *kept = entry;
        }
    }
    once.into_values().collect()
}

/// Returns whether each entry replaces the one before it and nothing else, as nearly all do.
fn is_line(entries: &[&EntryView]) -> bool {
    let pairs = entries.iter().zip(entries.iter().skip(1));
    let mut pairs = pairs.map(|(before, entry)| (before.hash, &entry.header.heads));
    pairs.all(|(before, heads)| matches!(heads.as_slice(), [only] if *only == before))
}

/// What such a line comes to: of each field its last writer's value, and the last entry stands open.
fn line(entries: &[&EntryView], undone: &[bool]) -> (Vec<EntryHash>, Vec<Standing>) {
    let mut fields = Vec::new();
    for (entry, undone) in entries.iter().zip(undone).rev() {
        let later = fields.len();
        for (field, value) in written(entry, *undone) {
            let has = |standing: &Standing| standing.field == field;
            if !fields.iter().take(later).any(has) {
                fields.push(standing(field, entry, value));
            }
        }
    }
    fields.sort_by_key(|standing| standing.field);
    let last = entries.last().map(|last| last.hash);
    (last.into_iter().collect(), fields)
}

fn standing(field: u32, entry: &EntryView, value: &RawCbor) -> Standing {
    Standing {
        field,
        entry: entry.hash,
        value: value.clone(),
    }
}

fn places(entries: &[&EntryView]) -> BTreeMap<EntryHash, usize> {
    let place = |(i, entry): (usize, &&EntryView)| (entry.hash, i);
    entries.iter().enumerate().map(place).collect()
}

/// Which entries were taken back, by a later entry of the same device that still stands.
fn undone(entries: &[&EntryView]) -> Vec<bool> {
    let mut undone = vec![false; entries.len()];
    let mut undoes = entries.iter().map(|entry| &entry.act);
    if !undoes.any(|act| matches!(act, Some(Act::Undo(_)))) {
        return undone;
    }
    let places = places(entries);
    for (i, entry) in entries.iter().enumerate().rev() {
        let Some(Act::Undo(target)) = &entry.act else {
            continue;
        };
        let target = places.get(target).filter(|&&t| t < i);
        if let Some(&target) = target
            && !undone[i]
            && entries[target].header.device == entry.header.device
        {
            undone[target] = true;
        }
    }
    undone
}

/// The places of the entries that each entry replaces.
fn parents(entries: &[&EntryView]) -> Vec<Vec<usize>> {
    let places = places(entries);
    let of = |(i, entry): (usize, &&EntryView)| {
        let known = entry.header.heads.iter().filter_map(|h| places.get(h));
        known.copied().filter(|&p| p < i).collect()
    };
    entries.iter().enumerate().map(of).collect()
}

fn heads(entries: &[&EntryView], parents: &[Vec<usize>]) -> Vec<EntryHash> {
    let replaced: BTreeSet<usize> = parents.iter().flatten().copied().collect();
    let open = entries.iter().enumerate();
    let open = open.filter(|(i, _)| !replaced.contains(i));
    let mut heads: Vec<EntryHash> = open.map(|(_, entry)| entry.hash).collect();
    heads.sort_unstable();
    heads
}

/// The fields that an entry writes, unless it was taken back.
fn written(entry: &EntryView, undone: bool) -> impl Iterator<Item = (u32, &RawCbor)> {
    let fields = match &entry.act {
        Some(Act::Save(fields)) if !undone => Some(fields),
        Some(
            Act::Save(_)
            | Act::Withdraw(_)
            | Act::Send
            | Act::Undo(_)
            | Act::Shown
            | Act::Receipt(_)
            | Act::Cut(_),
        )
        | None => None,
    };
    fields.into_iter().flat_map(FieldMap::iter)
}

fn fields(entries: &[&EntryView], undone: &[bool], parents: &[Vec<usize>]) -> Vec<Standing> {
    // For each entry, the writers of each field that one sees looking back from it. A writer that
    // an ancestor superseded may be seen again past another parent; it is in `superseded` then.
    let mut seen_from: Vec<BTreeMap<u32, BTreeSet<usize>>> = Vec::with_capacity(entries.len());
    let mut superseded = BTreeSet::new();
    for (i, entry) in entries.iter().enumerate() {
        let mut seen = BTreeMap::<u32, BTreeSet<usize>>::new();
        for &parent in &parents[i] {
            for (&number, writers) in &seen_from[parent] {
                seen.entry(number).or_default().extend(writers);
            }
        }
        for (number, _) in written(entry, undone[i]) {
            let before = seen.insert(number, BTreeSet::from([i]));
            superseded.extend(before.into_iter().flatten().map(|w| (number, w)));
        }
        seen_from.push(seen);
    }
    let mut fields = Vec::<Standing>::new();
    for (i, entry) in entries.iter().enumerate() {
        for (number, value) in written(entry, undone[i]) {
            if !superseded.contains(&(number, i)) {
                fields.retain(|other| other.field != number || other.value != *value);
                fields.push(standing(number, entry, value));
            }
        }
    }
    fields.sort_by_key(|standing| standing.field);
    fields
}

#[cfg(test)]
mod tests;
