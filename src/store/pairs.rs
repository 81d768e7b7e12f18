//! What people decided about pairs of visits: the view of it, the groups of linked visits, and what
//! of a linked visit another one counts already. Never looks for pairs; that is `alike`'s.

use std::collections::BTreeSet;

use super::entity::known;
use super::error::StoreError;
use super::family::{Family, family};
use super::linked::{self, Group};
use super::rows::{LinkBytes, VisitBytes};
use super::tables::{Draft, Read, Tab, after};
use crate::domain::{
    About, Decision, EntityId, EntityKind, Linked, Pair, PairId, Settlement, Verdict, VisitId,
    VisitState, counts, repeats,
};
use crate::journal::{Act, EntryView, Record, Recorded};

const PAIRS: Group<'static> = Group {
    tab: Tab::Pairs,
    prefix: b"p",
};
/// The number of the verdict among a pair's fields.
const VERDICT: u32 = 3;

/// Begins the view.
pub(super) fn begin(draft: &mut Draft<'_>) -> Result<(), StoreError> {
    PAIRS.begin(draft)
}

fn of_visit(visit: VisitId) -> Vec<u8> {
    [PAIRS.prefix, &visit.0].concat()
}

fn key(visit: VisitId, other: VisitId) -> Vec<u8> {
    [PAIRS.prefix, &visit.0, &other.0].concat()
}

fn read_decision(content: &[u8]) -> Result<Decision, StoreError> {
    match content {
        [1] => Ok(Decision::Linked),
        [2] => Ok(Decision::Dismissed),
        [3] => Ok(Decision::Disputed),
        _ => Err(StoreError::Damaged(Tab::Pairs.name())),
    }
}

fn decision_bytes(decision: Decision) -> Vec<u8> {
    vec![match decision {
        Decision::Linked => 1,
        Decision::Dismissed => 2,
        Decision::Disputed => 3,
    }]
}

/// Returns the two visits that a record of a pair is about, as any of its entries says: the id is
/// their hash, so that none can say something else.
pub(super) fn ends(entity: EntityId, entries: &[EntryView]) -> Option<(VisitId, VisitId)> {
    if entity.kind != EntityKind::Pair {
        return None;
    }
    let named = |entry: &EntryView| match &entry.act {
        Some(Act::Save(fields)) => Pair::from_fields(fields).ok()?.visits,
        Some(Act::Withdraw(_) | Act::Send | Act::Undo(_) | Act::Shown) | None => None,
    };
    let fits = |(one, other): &(VisitId, VisitId)| {
        one < other && EntityId::from(PairId::of(*one, *other)) == entity
    };
    entries.iter().filter_map(named).find(fits)
}

/// Returns what stands in the record of a pair; two verdicts that do not know of each other decide
/// nothing.
fn decision(record: &Record) -> Option<Decision> {
    if record.is_void() || record.withdrawn.is_some() {
        return None;
    }
    let verdict = record.read::<Pair>().ok()?.verdict?;
    if record.conflicts().iter().any(|c| c.field == VERDICT) {
        return Some(Decision::Disputed);
    }
    Some(match verdict {
        Verdict::Linked => Decision::Linked,
        Verdict::Dismissed => Decision::Dismissed,
    })
}

/// Brings the view up to date with the record of a pair.
pub(super) fn refresh(
    draft: &mut Draft<'_>,
    ends: Option<(VisitId, VisitId)>,
    record: &Record,
) -> Result<(), StoreError> {
    let Some((one, other)) = ends else {
        return Ok(());
    };
    for key in [key(one, other), key(other, one)] {
        match decision(record) {
            Some(decision) => PAIRS.put(draft, &key, decision_bytes(decision))?,
            None => PAIRS.remove(draft, &key)?,
        }
    }
    Ok(())
}

/// Returns what was decided about a visit and others.
pub(super) fn decided(
    read: &impl Read,
    visit: VisitId,
) -> Result<Vec<(VisitId, Decision)>, StoreError> {
    let from = of_visit(visit);
    let found = PAIRS.range(read, &from, &after(&from))?;
    let read = |(key, content): (Vec<u8>, Vec<u8>)| {
        let other = key.last_chunk::<16>();
        let other = other.ok_or(StoreError::Damaged(Tab::Pairs.name()))?;
        Ok((VisitId(*other), read_decision(&content)?))
    };
    found.into_iter().map(read).collect()
}

/// Returns whether nothing was ever decided: one read, which spares most logbooks all others.
fn is_empty(read: &impl Read) -> Result<bool, StoreError> {
    let first = read.get(PAIRS.tab, PAIRS.prefix)?;
    let first = first.ok_or(StoreError::Damaged(Tab::Pairs.name()))?;
    Ok(linked::split(&first, PAIRS.tab)?.0.is_empty())
}

/// Returns a visit and all that are linked to it, however many links lie between.
pub(super) fn group(read: &impl Read, visit: VisitId) -> Result<BTreeSet<VisitId>, StoreError> {
    let mut group = BTreeSet::from([visit]);
    if is_empty(read)? {
        return Ok(group);
    }
    let mut open = vec![visit];
    while let Some(visit) = open.pop() {
        for (other, decision) in decided(read, visit)? {
            if decision == Decision::Linked && group.insert(other) {
                open.push(other);
            }
        }
    }
    Ok(group)
}

/// Adds to visits all that are linked to them: what one of them counts depends on the others.
pub(super) fn with_linked(
    read: &impl Read,
    visits: BTreeSet<VisitId>,
) -> Result<BTreeSet<VisitId>, StoreError> {
    if is_empty(read)? {
        return Ok(visits);
    }
    let mut all = visits.clone();
    for visit in visits {
        all.extend(group(read, visit)?);
    }
    Ok(all)
}

/// Returns what each part of a visit is about: activities, meetings, concerns.
fn about(family: &Family) -> Vec<About> {
    let activities = family.activities.iter();
    let activities = activities.map(|a| About::Activity(a.value.category.clone()));
    let meetings = family.meetings.iter();
    let meetings = meetings.map(|m| About::Meeting(m.value.kind.clone()));
    let concerns = family.concerns.iter();
    let concerns = concerns.map(|c| About::Concern(c.value.kind, c.value.topic.clone()));
    activities.chain(meetings).chain(concerns).collect()
}

/// Returns where a visit stands among those linked to it; `None` where it stands alone.
pub(super) fn link(
    read: &impl Read,
    visit: VisitId,
    own: &Family,
) -> Result<Option<LinkBytes>, StoreError> {
    let mut group = group(read, visit)?;
    group.remove(&visit);
    let mut earlier = Vec::new();
    let mut alone = true;
    for other in group {
        if known(read, other.into())?.is_none() {
            continue;
        }
        let Some(family) = family(read, other)? else {
            continue;
        };
        alone &= family.state == VisitState::Withdrawn;
        if other < visit && counts(family.state) {
            earlier.push(about(&family));
        }
    }
    Ok((!alone).then(|| mark(&earlier, own)))
}

fn mark(earlier: &[Vec<About>], own: &Family) -> LinkBytes {
    let repeats = repeats(earlier, &about(own));
    let (activities, rest) = repeats.split_at(own.activities.len());
    let (meetings, concerns) = rest.split_at(own.meetings.len());
    let count = |marks: &[bool]| marks.iter().filter(|repeat| **repeat).count() as u32;
    let activity_days = own.activities.iter().zip(activities);
    let days = activity_days.filter_map(|(a, repeat)| a.value.person_days.filter(|_| *repeat));
    let on_spot = own.concerns.iter().zip(concerns);
    let on_spot = on_spot.filter(|(c, r)| **r && c.value.settlement == Settlement::OnTheSpot);
    LinkBytes {
        repeat: !earlier.is_empty(),
        activities: count(activities),
        meetings: count(meetings),
        concerns: count(concerns),
        settled: on_spot.count() as u32,
        person_days: days.fold(0, |sum, d| sum.saturating_add(d.0)),
    }
}

/// What of a visit counts: all of it but what a visit linked to it counts already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) visits: u64,
    pub(super) activities: u64,
    pub(super) meetings: u64,
    pub(super) concerns: u64,
    pub(super) settled: u64,
    /// In thousandths.
    pub(super) person_days: u64,
}

impl Counted {
    pub(super) fn of(visit: &VisitBytes) -> Self {
        let link = visit.link.clone().unwrap_or_default();
        let less = |all: u32, repeats: u32| u64::from(all.saturating_sub(repeats));
        Self {
            visits: u64::from(!link.repeat),
            activities: less(visit.activities, link.activities),
            meetings: less(visit.meetings, link.meetings),
            concerns: less(visit.concerns, link.concerns),
            settled: less(visit.settled, link.settled),
            person_days: visit.person_days.saturating_sub(link.person_days),
        }
    }
}

/// Returns where a row's visit stands among those linked to it.
pub(super) fn linked(visit: &VisitBytes) -> Linked {
    match &visit.link {
        None => Linked::No,
        Some(link) if link.repeat => Linked::Repeat,
        Some(_) => Linked::First,
    }
}
