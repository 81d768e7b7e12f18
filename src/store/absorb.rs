//! Takes entries of the journal into the views, in any order: the one way, for a save, a rebuild
//! and whatever comes from outside.

use std::collections::{BTreeMap, BTreeSet};

use super::apply::{Changes, month_key};
use super::derive::{Derived, derive};
use super::entity::{Folded, Known, Place, is_root, known, views};
use super::error::StoreError;
use super::family::whole_of;
use super::fresh::{Fresh, Overlay, Records};
use super::list::months;
use super::namer::Namer;
use super::ordinals::Lookup;
use super::postings::Month;
use super::rows::{LISTINGS, listing_kind};
use super::tables::Draft;
use super::tokens::{self, Lexicon, Token};
use super::{cases, imports, names, pairs};
use crate::domain::{EntityId, EntityKind, OpenCase, PersonId, PlaceId, RowId, VisitId};
use crate::journal::EntryView;

/// A record that a batch touches, as it will be.
struct Touched {
    places: Vec<Place>,
    /// What was known of it before, nothing of a new one.
    before: Option<Known>,
    folded: Folded,
    whole: Option<EntityId>,
    /// The two visits of a pair.
    ends: Option<(VisitId, VisitId)>,
    /// The rows of tables that it says it was read from.
    rows: BTreeSet<RowId>,
}

/// What became of what was owed.
#[derive(Default)]
pub(super) struct Owed {
    pub(super) before: Vec<OpenCase>,
    pub(super) after: Vec<OpenCase>,
}

/// Takes entries into the views; they lie in the journal already and are new to the views.
pub(super) fn absorb(
    draft: &mut Draft<'_>,
    batch: Vec<(Place, EntryView)>,
) -> Result<Owed, StoreError> {
    let touched = touch(draft, batch)?;
    let roots = affected(draft, &touched)?;
    let mut before = Vec::with_capacity(roots.len());
    let mut lexicon = Lexicon::default();
    let mut namer = Namer::new(&*draft, &mut lexicon);
    for root in &roots {
        before.push(match known(&*draft, *root)? {
            Some(_) => derive(&*draft, &mut namer, *root)?,
            None => Derived::default(),
        });
    }
    let mut fresh = lay(draft, touched)?;
    let after = derive_all(draft, &fresh, &mut lexicon, &roots)?;
    let mut changes = Changes::default();
    let mut owed = Owed::default();
    for (mut before, mut after) in before.into_iter().zip(after) {
        owed.before.append(&mut before.cases);
        owed.after.append(&mut after.cases);
        changes.step(draft, &mut fresh, before, after)?;
    }
    changes.settle(draft, &mut fresh)?;
    fresh.write(draft)?;
    cases::step(draft, &owed)?;
    changes.write(draft, &lexicon)?;
    Ok(owed)
}

/// Derives the roots as the batch leaves them.
fn derive_all(
    draft: &Draft<'_>,
    fresh: &Fresh,
    lexicon: &mut Lexicon,
    roots: &BTreeSet<EntityId>,
) -> Result<Vec<Derived>, StoreError> {
    let overlay = Overlay { read: draft, fresh };
    let mut namer = Namer::new(draft, lexicon);
    let of = |root: &EntityId| match overlay.knows(*root)? {
        true => derive(&overlay, &mut namer, *root),
        false => Ok(Derived::default()),
    };
    roots.iter().map(of).collect()
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
        let before = known(draft, entity)?;
        if let Some(known) = &before {
            entries.extend(views(draft, known)?);
        }
        let folded = Folded::of(&entries);
        let change = Touched {
            places,
            whole: whole_of(entity.kind, &folded.record),
            ends: pairs::ends(entity, &entries),
            rows: imports::rows_said(entity.kind, &entries),
            before,
            folded,
        };
        touched.insert(entity, change);
    }
    Ok(touched)
}

/// Lays the batch over the file: entries, parts and wholes as they will be known. Names are
/// written at once, since rows are named by them.
fn lay(draft: &mut Draft<'_>, touched: BTreeMap<EntityId, Touched>) -> Result<Fresh, StoreError> {
    let mut fresh = Fresh::default();
    let mut moved = Vec::new();
    for (entity, touched) in touched {
        let mut known = touched.before.unwrap_or_default();
        touched.places.iter().for_each(|p| known.add_entry(*p));
        let before = known.whole();
        if before != touched.whole {
            known.set_whole(touched.whole);
            moved.push((entity, before, touched.whole));
        }
        pairs::refresh(draft, touched.ends, &touched.folded.record)?;
        for row in &touched.rows {
            imports::note(draft, *row, entity)?;
        }
        names::refresh(draft, entity, &touched.folded.record)?;
        fresh.put(entity, known, touched.folded);
    }
    for (entity, before, after) in moved {
        if let Some(whole) = before {
            fresh.known_mut(draft, whole)?.drop_part(entity);
        }
        if let Some(whole) = after {
            fresh.known_mut(draft, whole)?.add_part(entity);
        }
    }
    Ok(fresh)
}

/// Returns every root that a batch changes: those of its records before and after, those that
/// name a place or cadre of it, and visits linked to any of them.
fn affected(
    draft: &Draft<'_>,
    touched: &BTreeMap<EntityId, Touched>,
) -> Result<BTreeSet<EntityId>, StoreError> {
    let mut roots = BTreeSet::new();
    let mut names = Vec::new();
    for &entity in touched.keys() {
        roots.extend(super::entity::root_of(draft, entity)?);
        roots.extend(root_after(draft, touched, entity)?);
        match entity.kind {
            EntityKind::Place => names.push(tokens::names_place(PlaceId(entity.id))),
            EntityKind::Person => names.push(tokens::names_person(PersonId(entity.id))),
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
            | EntityKind::Unknown(_) => {}
        }
    }
    roots.extend(naming(draft, &names)?);
    let ends = touched.values().filter_map(|change| change.ends);
    let ends = ends.flat_map(|(one, other)| [one, other]);
    roots.extend(ends.map(EntityId::from));
    let visits = roots
        .iter()
        .filter(|root| root.kind == EntityKind::Visit)
        .map(|root| VisitId(root.id));
    let linked = pairs::with_linked(draft, visits.collect())?;
    roots.extend(linked.into_iter().map(EntityId::from));
    Ok(roots)
}

fn root_after(
    draft: &Draft<'_>,
    touched: &BTreeMap<EntityId, Touched>,
    mut entity: EntityId,
) -> Result<Option<EntityId>, StoreError> {
    while let Some(change) = touched.get(&entity) {
        match change.whole {
            Some(whole) => entity = whole,
            None => break,
        }
    }
    super::entity::root_of(draft, entity)
}

/// Returns the roots whose row has any of some tokens.
fn naming(draft: &Draft<'_>, tokens: &[Token]) -> Result<Vec<EntityId>, StoreError> {
    let mut roots = Vec::new();
    if tokens.is_empty() {
        return Ok(roots);
    }
    let mut rows = Lookup::new(draft);
    for listing in LISTINGS.into_iter().filter(|l| is_root(listing_kind(*l))) {
        for month in months(draft, listing)? {
            let month = month_key(listing, month);
            let sets = Month::open(draft, &month)?;
            for token in tokens {
                for ordinal in sets.get(draft, token)? {
                    roots.push(rows.slot(ordinal)?.entity());
                }
            }
        }
    }
    Ok(roots)
}
