//! Takes entries of the journal into the views, in any order: the one way, for a save, a rebuild
//! and whatever comes from outside.

use std::collections::{BTreeMap, BTreeSet};

use super::apply::{Changes, month_key, posting_key, postings, read_bitmap, slot_of};
use super::derive::{Derived, derive};
use super::entity::{Known, Place, known, put_known, views};
use super::error::StoreError;
use super::family::whole_of;
use super::list::months;
use super::tables::{Draft, Read};
use super::tokens;
use super::{imports, names, pairs};
use crate::domain::{EntityId, EntityKind, Listing, PersonId, PlaceId, RowId, VisitId};
use crate::journal::{EntryView, Record, fold};

/// A record that a batch touches, as it will be.
struct Touched {
    places: Vec<Place>,
    record: Record,
    whole: Option<EntityId>,
    /// The two visits of a pair.
    ends: Option<(VisitId, VisitId)>,
    /// The rows of tables that it says it was read from.
    rows: BTreeSet<RowId>,
}

/// Takes entries into the views; they lie in the journal already and are new to the views.
pub(super) fn absorb(
    draft: &mut Draft<'_>,
    batch: Vec<(Place, EntryView)>,
) -> Result<(), StoreError> {
    let touched = touch(draft, batch)?;
    let visits = affected(draft, &touched)?;
    let mut before = Vec::with_capacity(visits.len());
    for visit in &visits {
        before.push(derive_known(draft, *visit)?);
    }
    for (entity, touched) in &touched {
        write(draft, *entity, touched)?;
    }
    let mut changes = Changes::default();
    for (visit, before) in visits.into_iter().zip(before) {
        let after = derive_known(draft, visit)?;
        changes.step(draft, before, after)?;
    }
    changes.write(draft)
}

fn touch(
    draft: &Draft<'_>,
    batch: Vec<(Place, EntryView)>,
) -> Result<BTreeMap<EntityId, Touched>, StoreError> {
    let mut by_entity = BTreeMap::<EntityId, (Vec<Place>, Vec<EntryView>)>::new();
    for (place, view) in batch {
        let (places, entries) = by_entity.entry(view.header.entity).or_default();
        places.push(place);
        entries.push(view);
    }
    let mut touched = BTreeMap::new();
    for (entity, (places, mut entries)) in by_entity {
        if let Some(known) = known(draft, entity)? {
            entries.extend(views(draft, &known)?);
        }
        let record = fold(&entries);
        let whole = whole_of(entity.kind, &record);
        let change = Touched {
            places,
            record,
            whole,
            ends: pairs::ends(entity, &entries),
            rows: imports::rows_said(entity.kind, &entries),
        };
        touched.insert(entity, change);
    }
    Ok(touched)
}

/// Returns every visit that a batch changes: those of its records before and after, those that
/// name a place or cadre of it, and those linked to any of them.
fn affected(
    draft: &Draft<'_>,
    touched: &BTreeMap<EntityId, Touched>,
) -> Result<BTreeSet<VisitId>, StoreError> {
    let mut visits = BTreeSet::new();
    for &entity in touched.keys() {
        visits.extend(super::entity::visit_of(draft, entity)?);
        visits.extend(visit_after(draft, touched, entity)?);
        match entity.kind {
            EntityKind::Place => {
                let token = tokens::names_place(PlaceId(entity.id));
                visits.extend(naming(draft, &token)?);
            }
            EntityKind::Person => {
                let token = tokens::names_person(PersonId(entity.id));
                visits.extend(naming(draft, &token)?);
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
            | EntityKind::Unknown(_) => {}
        }
    }
    let ends = touched.values().filter_map(|change| change.ends);
    visits.extend(ends.flat_map(|(one, other)| [one, other]));
    pairs::with_linked(draft, visits)
}

fn visit_after(
    draft: &Draft<'_>,
    touched: &BTreeMap<EntityId, Touched>,
    mut entity: EntityId,
) -> Result<Option<VisitId>, StoreError> {
    while let Some(change) = touched.get(&entity) {
        match change.whole {
            Some(whole) => entity = whole,
            None => break,
        }
    }
    super::entity::visit_of(draft, entity)
}

/// Returns the visits whose row has a token.
fn naming(draft: &Draft<'_>, token: &[u8]) -> Result<Vec<VisitId>, StoreError> {
    let mut visits = Vec::new();
    for month in months(draft, Listing::Visits)? {
        let month = month_key(Listing::Visits, month);
        let found = postings(&month).get(draft, &posting_key(&month, token))?;
        let Some(content) = found else {
            continue;
        };
        for ordinal in read_bitmap(&content)? {
            visits.push(VisitId(slot_of(draft, ordinal)?.entity().id));
        }
    }
    Ok(visits)
}

fn derive_known(read: &impl Read, visit: VisitId) -> Result<Derived, StoreError> {
    match known(read, visit.into())? {
        Some(_) => derive(read, visit),
        None => Ok(Derived::default()),
    }
}

fn write(draft: &mut Draft<'_>, entity: EntityId, touched: &Touched) -> Result<(), StoreError> {
    let mut known = get_or_new(draft, entity)?;
    touched.places.iter().for_each(|p| known.add_entry(*p));
    let before = known.whole();
    known.set_whole(touched.whole);
    put_known(draft, entity, &known)?;
    if before != touched.whole {
        if let Some(whole) = before {
            let mut known = get_or_new(draft, whole)?;
            known.drop_part(entity);
            put_known(draft, whole, &known)?;
        }
        if let Some(whole) = touched.whole {
            let mut known = get_or_new(draft, whole)?;
            known.add_part(entity);
            put_known(draft, whole, &known)?;
        }
    }
    pairs::refresh(draft, touched.ends, &touched.record)?;
    for row in &touched.rows {
        imports::note(draft, *row, entity)?;
    }
    names::refresh(draft, entity, &touched.record)
}

fn get_or_new(draft: &Draft<'_>, entity: EntityId) -> Result<Known, StoreError> {
    Ok(known(draft, entity)?.unwrap_or_default())
}
