//! When what is owed is due, by the law of this machine: a cache beside the views, good for one digest of
//! law, calendar and targets. What has no officer in charge stands first, then the earliest date.

use std::collections::BTreeMap;
use std::sync::Arc;

use minicbor::bytes::ByteArray;

use super::absorb::Owed;
use super::bytes::{decode, encode, take};
use super::cases;
use super::entity::{entity_from_key, entity_key};
use super::error::StoreError;
use super::linked::Group;
use super::open::Store;
use super::rows::{day_number, number_day};
use super::tables::{Draft, Read, Tab, after};
use crate::domain::{Day, EntityId, EntityKind, OpenCase};
use crate::law::Law;
use crate::law::pressing::Targets;

/// Changes written in one commit while dates are reckoned anew.
const BATCH: usize = 5000;

/// What dates are reckoned with.
#[derive(Clone)]
pub struct Reckoner {
    pub law: Arc<Law>,
    pub targets: Targets,
    /// Of everything that a date depends on beside the case.
    pub digest: [u8; 32],
}

/// A due date that changed with the law or the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    pub entity: EntityId,
    pub from: Option<Day>,
    pub to: Option<Day>,
}

/// Where a case stands in the order of what goes wrong first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// 0 where nobody is in charge.
    charge: u8,
    /// `u32::MAX` where no date is known.
    day: u32,
}

/// What the file's dates are good for.
#[derive(minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
struct Head {
    #[n(0)]
    digest: Option<ByteArray<32>>,
    /// Dates in the file.
    #[n(1)]
    count: u64,
}

const HEAD: &[u8] = b"h";
const DUES: Group<'static> = Group {
    tab: Tab::Dues,
    prefix: b"d",
};

fn key(rank: Rank, entity: EntityId) -> Vec<u8> {
    let mut key = DUES.prefix.to_vec();
    key.push(rank.charge);
    key.extend_from_slice(&rank.day.to_be_bytes());
    key.extend_from_slice(&entity_key(entity));
    key
}

fn from_key(key: &[u8]) -> Result<(Rank, EntityId), StoreError> {
    let mut rest = key.get(DUES.prefix.len()..).unwrap_or_default();
    let [charge] = *take(&mut rest, "dues")?;
    let day = u32::from_be_bytes(*take(&mut rest, "dues")?);
    Ok((Rank { charge, day }, entity_from_key(rest)?))
}

impl Reckoner {
    /// Returns the day by which something must be done about a case, if any is known.
    fn due(&self, case: &OpenCase) -> Option<Day> {
        let pressing = self.law.pressing(case, self.targets);
        pressing.first().map(|first| first.due)
    }

    fn rank(&self, case: &OpenCase) -> Option<Rank> {
        let day = self.due(case).map(day_number);
        let nobody = case.officer.is_none() && case.entity.kind != EntityKind::Envelope;
        match (nobody, day) {
            (true, day) => Some(Rank {
                charge: 0,
                day: day.unwrap_or(u32::MAX),
            }),
            (false, Some(day)) => Some(Rank { charge: 1, day }),
            (false, None) => None,
        }
    }
}

/// Begins the table.
pub(super) fn begin(draft: &mut Draft<'_>) -> Result<(), StoreError> {
    DUES.begin(draft)?;
    if draft.get(Tab::Dues, HEAD)?.is_none() {
        write_head(draft, None, 0)?;
    }
    Ok(())
}

fn head(read: &impl Read) -> Result<Head, StoreError> {
    let content = read.get(Tab::Dues, HEAD)?;
    decode(&content.ok_or(StoreError::Damaged("dues"))?, "dues")
}

fn write_head(
    draft: &mut Draft<'_>,
    digest: Option<[u8; 32]>,
    count: u64,
) -> Result<(), StoreError> {
    let digest = digest.map(Into::into);
    draft.put(Tab::Dues, HEAD, &encode(&Head { digest, count }))
}

/// Brings the dates from what was owed to what is. Without a reckoner of the file's own digest they are good
/// for nothing from here on.
pub(super) fn follow(
    draft: &mut Draft<'_>,
    reckoner: Option<&Reckoner>,
    owed: &Owed,
) -> Result<(), StoreError> {
    if owed.before == owed.after {
        return Ok(());
    }
    let head = head(draft)?;
    let stored = head.digest.map(<[u8; 32]>::from);
    let Some(reckoner) = reckoner.filter(|r| Some(r.digest) == stored) else {
        return write_head(draft, None, head.count);
    };
    let mut changes = BTreeMap::<EntityId, (Option<Rank>, Option<Rank>)>::new();
    for case in &owed.before {
        changes.entry(case.entity).or_default().0 = reckoner.rank(case);
    }
    for case in &owed.after {
        changes.entry(case.entity).or_default().1 = reckoner.rank(case);
    }
    let mut count = head.count;
    for (entity, (before, after)) in changes {
        count = change(draft, entity, before, after, count)?;
    }
    write_head(draft, stored, count)
}

/// Says that the dates are good for nothing until they are reckoned anew.
pub(super) fn forget(draft: &mut Draft<'_>) -> Result<(), StoreError> {
    let count = head(draft)?.count;
    write_head(draft, None, count)
}

/// Moves one date, and returns how many there are then.
fn change(
    draft: &mut Draft<'_>,
    entity: EntityId,
    before: Option<Rank>,
    after: Option<Rank>,
    count: u64,
) -> Result<u64, StoreError> {
    if before == after {
        return Ok(count);
    }
    if let Some(rank) = before {
        DUES.remove(draft, &key(rank, entity))?;
    }
    if let Some(rank) = after {
        DUES.put(draft, &key(rank, entity), Vec::new())?;
    }
    let gone = u64::from(before.is_some());
    let come = u64::from(after.is_some());
    (count + come)
        .checked_sub(gone)
        .ok_or(StoreError::Damaged("dues"))
}

/// The first of what is owed with its dates, and how much there is in all.
type Owing = (Vec<(Option<Day>, OpenCase)>, u64);

/// Reads the first of what is owed, in order.
pub(super) fn first(read: &impl Read, most: usize) -> Result<Owing, StoreError> {
    let count = head(read)?.count;
    let mut found = Vec::new();
    for (key, _) in DUES.first(read, most)? {
        let (rank, entity) = from_key(&key)?;
        let case = cases::case(read, entity)?.ok_or(StoreError::Damaged("cases"))?;
        found.push((number_day(rank.day).filter(|_| rank.day != u32::MAX), case));
    }
    Ok((found, count))
}

/// Holds the dates against their number.
pub(super) fn are_whole(read: &impl Read) -> Result<(), StoreError> {
    if dates(read)?.len() as u64 == head(read)?.count {
        Ok(())
    } else {
        Err(StoreError::Damaged("dues"))
    }
}

/// Returns the day on which a record's case is due, as the file has it.
fn dates(read: &impl Read) -> Result<BTreeMap<EntityId, Rank>, StoreError> {
    let keys = DUES.range(read, &[b'd', 0], &after(DUES.prefix))?;
    keys.into_iter()
        .map(|(key, _)| from_key(&key).map(|(rank, entity)| (entity, rank)))
        .collect()
}

impl Store {
    /// Reckons dates with this law and these targets from now on. Where the file's dates are of another law
    /// they are reckoned anew; `tell` is told how many of how many, and those that moved are returned.
    pub fn reckon_with(
        &mut self,
        reckoner: Reckoner,
        tell: &mut dyn FnMut(u64, u64),
    ) -> Result<Vec<Moved>, StoreError> {
        let snapshot = self.reader().snapshot()?;
        let stored = head(&snapshot)?.digest.map(<[u8; 32]>::from);
        let moved = if stored == Some(reckoner.digest) {
            Vec::new()
        } else {
            self.reckon_anew(&snapshot, &reckoner, tell)?
        };
        self.reckoner = Some(reckoner);
        Ok(moved)
    }

    fn reckon_anew(
        &self,
        read: &impl Read,
        reckoner: &Reckoner,
        tell: &mut dyn FnMut(u64, u64),
    ) -> Result<Vec<Moved>, StoreError> {
        let known = head(read)?.digest.is_some();
        let mut before = dates(read)?;
        let mut changes = Vec::new();
        for case in cases::all(read)? {
            let old = before.remove(&case.entity);
            let new = reckoner.rank(&case);
            if old != new {
                changes.push((case.entity, old, new));
            }
        }
        changes.extend(
            before
                .into_iter()
                .map(|(entity, old)| (entity, Some(old), None)),
        );
        let total = changes.len() as u64;
        for (batch, part) in changes.chunks(BATCH).enumerate() {
            self.transact::<(), StoreError>(|draft| {
                let mut count = head(draft)?.count;
                for &(entity, old, new) in part {
                    count = change(draft, entity, old, new, count)?;
                }
                write_head(draft, None, count)
            })?;
            tell((batch * BATCH + part.len()) as u64, total);
        }
        self.transact::<(), StoreError>(|draft| {
            let count = head(draft)?.count;
            write_head(draft, Some(reckoner.digest), count)
        })?;
        let day = |rank: Option<Rank>| rank.and_then(|rank| number_day(rank.day));
        let moved = changes.into_iter().map(|(entity, old, new)| Moved {
            entity,
            from: day(old),
            to: day(new),
        });
        // Dates that were reckoned for the first time did not move.
        Ok(moved
            .filter(|moved| known && moved.from != moved.to)
            .collect())
    }
}
