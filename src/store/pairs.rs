//! What people decided about pairs of visits: the view of it, the groups of linked visits, and what
//! of a linked visit another one counts already. Never looks for pairs; that is `alike`'s.

use std::collections::BTreeSet;

use roaring::RoaringBitmap;

use super::entity::known;
use super::error::StoreError;
use super::family::{Family, family};
use super::fresh::Records;
use super::linked::Group;
use super::list::visit_bytes;
use super::ordinals::Lookup;
use super::rows::{VisitBytes, split_row};
use super::tables::{Draft, Read, Tab, after};
use crate::domain::{
    About, Decision, EntityId, EntityKind, Linked, Pair, PairId, Verdict, VisitId, VisitState,
    counts, repeats,
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
        Some(
            Act::Withdraw(_)
            | Act::Send
            | Act::Undo(_)
            | Act::Shown
            | Act::Receipt(_)
            | Act::Cut(_),
        )
        | None => None,
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

/// Returns a visit and all that are linked to it, however many links lie between.
pub(super) fn group(read: &impl Read, visit: VisitId) -> Result<BTreeSet<VisitId>, StoreError> {
    let mut group = BTreeSet::from([visit]);
    if PAIRS.is_empty(read)? {
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

/// Returns the numbers of the rows of visits that an earlier linked one counts for.
pub(super) fn repeated(read: &impl Read) -> Result<RoaringBitmap, StoreError> {
    let mut repeats = RoaringBitmap::new();
    let mut linked = BTreeSet::new();
    for (key, content) in PAIRS.all(read)? {
        let visit = key
            .get(PAIRS.prefix.len()..)
            .and_then(<[u8]>::first_chunk::<16>);
        if let Some(visit) = visit
            && read_decision(&content)? == Decision::Linked
        {
            linked.insert(VisitId(*visit));
        }
    }
    let mut rows = Lookup::new(read);
    for visit in linked {
        let Some(ordinal) = known(read, visit.into())?.and_then(|known| known.ordinal) else {
            continue;
        };
        let content = read.get(Tab::Rows, &rows.slot(ordinal)?.key())?;
        let content = content.ok_or(StoreError::Damaged("rows"))?;
        if visit_bytes(split_row(&content)?.1)?.repeat == Some(true) {
            repeats.insert(ordinal);
        }
    }
    Ok(repeats)
}

/// Adds to visits all that are linked to them: what one of them counts depends on the others.
pub(super) fn with_linked(
    read: &impl Read,
    visits: BTreeSet<VisitId>,
) -> Result<BTreeSet<VisitId>, StoreError> {
    if PAIRS.is_empty(read)? {
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

/// What of a linked visit others count already.
pub(super) struct Link {
    /// An earlier one counts for the visit itself.
    pub(super) repeat: bool,
    /// Whether one counts for each part: activities, meetings, concerns.
    pub(super) parts: Vec<bool>,
}

/// Returns where a visit stands among those linked to it; `None` where it stands alone.
pub(super) fn link(
    records: &impl Records,
    visit: VisitId,
    own: &Family,
) -> Result<Option<Link>, StoreError> {
    let mut group = group(records.tables(), visit)?;
    group.remove(&visit);
    let mut earlier = Vec::new();
    let mut alone = true;
    for other in group {
        if !records.knows(other.into())? {
            continue;
        }
        let Some(family) = family(records, other)? else {
            continue;
        };
        alone &= family.state == VisitState::Withdrawn;
        if other < visit && counts(family.state) {
            earlier.push(about(&family));
        }
    }
    Ok((!alone).then(|| Link {
        repeat: !earlier.is_empty(),
        parts: repeats(&earlier, &about(own)),
    }))
}

/// Returns where a row's visit stands among those linked to it.
pub(super) fn linked(visit: &VisitBytes) -> Linked {
    match visit.repeat {
        None => Linked::No,
        Some(true) => Linked::Repeat,
        Some(false) => Linked::First,
    }
}
