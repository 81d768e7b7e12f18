//! Pairs of visits that may be one, as a person looks through them: of what is typed, of one visit,
//! of an import, page by page of the whole list. Never decides and never writes.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::alike::{Alike, Among, alike, days_between, gist_of};
use super::entity::{entity_from_key, entity_key, known};
use super::error::StoreError;
use super::family::{Family, family};
use super::list::{self, Bucket, StoredRow, rows_of_day, visit_row};
use super::pairs;
use super::rows::{Slot, UNDATED, split_row};
use super::tables::{Read, Tab, Way};
use crate::domain::{
    Duplicate, DuplicatePage, EntityKind, Gist, Listing, Seen, Side, VisitId, VisitRow, VisitState,
};

/// Visits that one page of the whole list looks at.
const PAGE: usize = 8;
/// Days that are read at once, and how often that is tried before all are read.
const WINDOW: u32 = 50;
const WINDOWS: u32 = 20;

/// Returns the saved visits that what is in the form may repeat, the likeliest first.
pub(super) fn like_typed(
    read: &impl Read,
    own: Option<VisitId>,
    gist: Gist,
    limit: usize,
) -> Result<Vec<VisitRow>, StoreError> {
    let found = alike(read, own, gist, Among::All)?;
    let row = |alike: &Alike| row_at(read, alike.slot);
    found.iter().take(limit).map(row).collect()
}

fn row_at(read: &impl Read, slot: Slot) -> Result<VisitRow, StoreError> {
    let content = read.get(Tab::Rows, &slot.key())?;
    let content = content.ok_or(StoreError::Damaged("rows"))?;
    visit_row(read, &StoredRow { slot, content })
}

fn side(read: &impl Read, visit: VisitId, family: Family) -> Result<Side, StoreError> {
    Ok(Side {
        row: row_at(read, slot(visit, &family))?,
        visit: family.visit.value,
        activities: family.activities.into_iter().map(|a| a.value).collect(),
        meetings: family.meetings.into_iter().map(|m| m.value).collect(),
        concerns: family.concerns.into_iter().map(|c| c.value).collect(),
    })
}

fn slot(visit: VisitId, family: &Family) -> Slot {
    let value = &family.visit.value;
    Slot::new(Listing::Visits, value.to.or(value.from), visit.into())
}

fn read_family(read: &impl Read, visit: VisitId) -> Result<Option<Family>, StoreError> {
    match known(read, visit.into())? {
        Some(_) => family(read, visit),
        None => Ok(None),
    }
}

/// Puts a visit beside one that may be the same.
fn beside(read: &impl Read, own: Side, alike: Alike) -> Result<Duplicate, StoreError> {
    let other = VisitId(alike.slot.entity().id);
    Ok(Duplicate {
        sides: [own, side(read, other, alike.family)?],
        likeness: Some(alike.likeness),
        decision: alike.decision,
    })
}

/// Returns all pairs of one visit: those that may be one, and those that were decided about.
pub(super) fn of_visit(read: &impl Read, visit: VisitId) -> Result<Vec<Duplicate>, StoreError> {
    let Some(family) = read_family(read, visit)? else {
        return Ok(Vec::new());
    };
    let gist = gist_of(&family);
    let own = side(read, visit, family)?;
    let mut found = Vec::new();
    for alike in alike(read, Some(visit), gist, Among::All)? {
        found.push(beside(read, own.clone(), alike)?);
    }
    for (other, decision) in pairs::decided(read, visit)? {
        let is_there = |pair: &Duplicate| pair.sides[1].row.id == other;
        if !found.iter().any(is_there)
            && let Some(family) = read_family(read, other)?
        {
            found.push(Duplicate {
                sides: [own.clone(), side(read, other, family)?],
                likeness: None,
                decision: Some(decision),
            });
        }
    }
    Ok(found)
}

/// Returns the open pairs of some visits, each once, the earlier saved first in it.
pub(super) fn of_visits(
    read: &impl Read,
    visits: &[VisitId],
    limit: usize,
) -> Result<BTreeSet<(VisitId, VisitId)>, StoreError> {
    let mut found = BTreeSet::new();
    for &visit in visits {
        let Some(family) = read_family(read, visit)? else {
            continue;
        };
        for alike in alike(read, Some(visit), gist_of(&family), Among::All)? {
            let other = VisitId(alike.slot.entity().id);
            if found.len() < limit {
                found.insert((visit.min(other), visit.max(other)));
            }
        }
    }
    Ok(found)
}

/// Returns the open pairs of the next visits of the list, newest first, going on after what was
/// seen; each pair comes with the visit that the list has first.
pub(super) fn page(read: &impl Read, seen: Option<Seen>) -> Result<DuplicatePage, StoreError> {
    let last = match seen {
        None => None,
        Some(Seen::Written(below)) => return written(read, below),
        Some(Seen::Listed { day, visit }) => {
            Some(Slot::new(Listing::Visits, Some(day), visit.into()))
        }
    };
    let mut page = DuplicatePage::default();
    let mut looked = 0;
    let mut from = last.map(|last| last.day);
    loop {
        let days = next_days(read, from)?;
        let Some(end) = days.last() else {
            page.next = None;
            return Ok(page);
        };
        from = Some(end.day + 1);
        for bucket in &days {
            for row in rows_of_day(read, Listing::Visits, bucket, Way::Up)? {
                let withdrawn = split_row(&row.content)?.0.state == VisitState::Withdrawn;
                if withdrawn || last.is_some_and(|last| row.slot <= last) {
                    continue;
                }
                if looked == PAGE {
                    return Ok(page);
                }
                looked += 1;
                add_pairs(read, row.slot, &mut page)?;
            }
        }
    }
}

/// Returns the open pairs of the visits that were first saved before one, the last one first; each
/// pair comes with the younger visit. So what an import brought is found whatever its days.
fn written(read: &impl Read, below: VisitId) -> Result<DuplicatePage, StoreError> {
    let kind = EntityKind::Visit.number().to_be_bytes();
    let end = entity_key(below.into());
    let mut visits = Vec::new();
    read.scan(Tab::Entities, &kind, &end, Way::Down, &mut |key, _| {
        visits.push(VisitId(entity_from_key(key)?.id));
        Ok(match visits.len() {
            PAGE => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        })
    })?;
    let mut page = DuplicatePage::default();
    for &visit in &visits {
        let Some(family) = read_family(read, visit)? else {
            continue;
        };
        let gist = gist_of(&family);
        let own = side(read, visit, family)?;
        for alike in alike(read, Some(visit), gist, Among::All)? {
            if VisitId(alike.slot.entity().id) < visit {
                page.pairs.push(beside(read, own.clone(), alike)?);
            }
        }
    }
    let last = visits.get(PAGE - 1);
    page.next = last.map(|visit| Seen::Written(*visit));
    Ok(page)
}

/// Returns days of the list that have rows, the next ones from an inverted day on, newest first:
/// those of a few weeks, or all that are left where there are none for long.
fn next_days(read: &impl Read, from: Option<u32>) -> Result<Vec<Bucket>, StoreError> {
    let mut weeks = from;
    for _ in 0..WINDOWS {
        let Some(newest) = weeks.filter(|day| *day < UNDATED) else {
            break;
        };
        let oldest = newest.saturating_add(WINDOW).min(UNDATED - 1);
        let days = days_between(read, newest, oldest)?;
        if !days.is_empty() {
            return Ok(days);
        }
        weeks = Some(oldest + 1);
    }
    let mut days = list::days(read, Listing::Visits)?;
    days.retain(|day| day.day != UNDATED && from.is_none_or(|from| day.day >= from));
    Ok(days)
}

fn add_pairs(read: &impl Read, slot: Slot, page: &mut DuplicatePage) -> Result<(), StoreError> {
    let visit = VisitId(slot.entity().id);
    let damaged = StoreError::Damaged("rows");
    let day = slot.date().ok_or(StoreError::Damaged("rows"))?;
    page.next = Some(Seen::Listed { day, visit });
    let family = family(read, visit)?.ok_or(damaged)?;
    let gist = gist_of(&family);
    let own = side(read, visit, family)?;
    for alike in alike(read, Some(visit), gist, Among::After(slot))? {
        page.pairs.push(beside(read, own.clone(), alike)?);
    }
    Ok(())
}
