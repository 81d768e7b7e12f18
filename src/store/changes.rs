//! What of a visit is not as it was when it was last looked at here, and what several people made of one
//! field. Only reads.

use std::collections::BTreeSet;

use super::entity::{known, must_know, record, views};
use super::error::StoreError;
use super::exchange;
use super::reader::{Reader, member};
use super::tables::Read;
use crate::domain::{Changed, Claim, Contested, EntityId, EntityKind, EntryHash, Part, VisitId};
use crate::journal::{Act, EntryView, FieldMap, Record, Recorded, diff, field_name, fold};

impl Reader {
    /// Returns what of a visit is not as it was when it was last looked at on this device; `None` where
    /// it never was.
    pub fn changes(&self, visit: VisitId) -> Result<Option<Vec<Changed>>, StoreError> {
        let snapshot = self.snapshot()?;
        let Some(heads) = exchange::looked(&snapshot, visit.0)? else {
            return Ok(None);
        };
        let heads: BTreeSet<EntryHash> = heads.into_iter().map(EntryHash).collect();
        let mut changes = Vec::new();
        for about in records(&snapshot, visit)? {
            let entries = views(&snapshot, &must_know(&snapshot, about)?)?;
            let now = fold(&entries);
            let before = fold(&up_to(entries, &heads));
            changes.extend(changed(about, &before, &now)?);
        }
        Ok(Some(changes))
    }

    /// Returns all that a visit says, as if nothing of it had been there before.
    pub fn content(&self, visit: VisitId) -> Result<Vec<Changed>, StoreError> {
        let snapshot = self.snapshot()?;
        let mut content = Vec::new();
        for about in records(&snapshot, visit)? {
            let now = record(&snapshot, about)?;
            content.extend(changed(about, &Record::default(), &now)?);
        }
        Ok(content)
    }

    /// Returns the fields of a visit and its parts that stand with several values.
    pub fn contested(&self, visit: VisitId) -> Result<Vec<Contested>, StoreError> {
        let snapshot = self.snapshot()?;
        let mut contested = Vec::new();
        for about in records(&snapshot, visit)? {
            let folded = record(&snapshot, about)?;
            if folded.conflicts().is_empty() || folded.withdrawn.is_some() {
                continue;
            }
            let entries = views(&snapshot, &must_know(&snapshot, about)?)?;
            contested.extend(claims(&snapshot, (about, &folded), &entries)?);
        }
        Ok(contested)
    }
}

/// Returns the records of a visit that lie in `open` and people compare, the visit first.
fn records(read: &impl Read, visit: VisitId) -> Result<Vec<EntityId>, StoreError> {
    let whole = EntityId::from(visit);
    let Some(found) = known(read, whole)? else {
        return Ok(Vec::new());
    };
    let mut all = vec![whole];
    let is_one = |part: &EntityId| Part::KINDS.contains(&part.kind);
    all.extend(found.parts().filter(is_one));
    for part in all.clone() {
        if part.kind == EntityKind::Meeting {
            all.extend(must_know(read, part)?.parts().filter(is_one));
        }
    }
    Ok(all)
}

/// Returns the entries of a record among some heads, and what they build on.
fn up_to(mut entries: Vec<EntryView>, heads: &BTreeSet<EntryHash>) -> Vec<EntryView> {
    let mut wanted = heads.clone();
    entries.sort_by_key(|e| std::cmp::Reverse(e.header.order()));
    entries.retain(|entry| {
        let is_in = wanted.contains(&entry.hash);
        if is_in {
            wanted.extend(&entry.header.heads);
        }
        is_in
    });
    entries
}

fn changed(about: EntityId, before: &Record, now: &Record) -> Result<Option<Changed>, StoreError> {
    let stands = |record: &Record| record.saves > 0 && record.withdrawn.is_none();
    let shown = |record: &Record| match stands(record) {
        true => record.shown(),
        false => FieldMap::default(),
    };
    let difference = diff(&shown(before), &shown(now), &[]);
    let names = difference.iter();
    let names = names.filter_map(|(number, _)| field_name(about.kind, number));
    let names: Vec<&'static str> = names.filter(|name| !is_internal(name)).collect();
    if names.is_empty() {
        return Ok(None);
    }
    let of = |record: &Record| match stands(record) {
        true => part(about.kind, &record.shown()),
        false => Ok(None),
    };
    Ok(Some(Changed {
        about,
        before: of(before)?,
        now: of(now)?,
        fields: names,
    }))
}

/// What ties a record to others and says nothing to a reader.
fn is_internal(field: &str) -> bool {
    matches!(field, "visit" | "meeting" | "reception" | "row" | "origin")
}

fn claims(
    read: &impl Read,
    (about, folded): (EntityId, &Record),
    entries: &[EntryView],
) -> Result<Vec<Contested>, StoreError> {
    let mut contested = Vec::new();
    for conflict in folded.conflicts() {
        let Some(field) = field_name(about.kind, conflict.field) else {
            continue;
        };
        let mut sides = Vec::new();
        for hash in &conflict.entries {
            let Some(entry) = entries.iter().find(|entry| entry.hash == *hash) else {
                continue;
            };
            let Some(Act::Save(fields)) = &entry.act else {
                continue;
            };
            let others = folded.shown();
            let others = others
                .iter()
                .filter(|(number, _)| *number != conflict.field);
            let own = fields.get(conflict.field).filter(|value| !value.is_null());
            let own = own.map(|value| (conflict.field, value));
            let mut with: Vec<_> = others.chain(own).map(|(n, v)| (n, v.clone())).collect();
            with.sort_by_key(|(number, _)| *number);
            let Some(part) = part(about.kind, &with.into_iter().collect())? else {
                continue;
            };
            sides.push(Claim {
                who: member(read, entry.header.author)?.name,
                at: entry.header.wall,
                part,
            });
        }
        contested.push(Contested {
            about,
            field,
            sides,
        });
    }
    Ok(contested)
}

/// Reads a record of one of the kinds that people compare.
fn part(kind: EntityKind, fields: &FieldMap) -> Result<Option<Part>, StoreError> {
    fn read<T: Recorded>(fields: &FieldMap) -> Result<T, StoreError> {
        T::from_fields(fields).map_err(|_| StoreError::Damaged("a record"))
    }
    Ok(Some(match kind {
        EntityKind::Visit => Part::Visit(read(fields)?),
        EntityKind::Activity => Part::Activity(read(fields)?),
        EntityKind::Meeting => Part::Meeting(read(fields)?),
        EntityKind::Concern => Part::Concern(read(fields)?),
        EntityKind::Promise => Part::Promise(read(fields)?),
        EntityKind::Place
        | EntityKind::Person
        | EntityKind::Particulars
        | EntityKind::Helped
        | EntityKind::Envelope
        | EntityKind::Member
        | EntityKind::Logbook
        | EntityKind::Pair
        | EntityKind::Step
        | EntityKind::Label
        | EntityKind::Answer
        | EntityKind::Charge
        | EntityKind::Reception
        | EntityKind::Duty
        | EntityKind::Inspection
        | EntityKind::Assignment
        | EntityKind::DataRequest
        | EntityKind::Erasure
        | EntityKind::Admission
        | EntityKind::Device
        | EntityKind::Review
        | EntityKind::Closing
        | EntityKind::Unknown(_) => return Ok(None),
    }))
}
