//! Where the copies of a record are: what of its chains was acknowledged elsewhere, what at least lies
//! in a bundle or in a backup that was read back. Never asks a target.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::Journal;
use super::entity::{Place, known, visit_of};
use super::error::StoreError;
use super::family::members;
use super::kept::Covered;
use super::list::{Bucket, days};
use super::meta::{chains, read_meta};
use super::ordinals::Lookup;
use super::reader::Reader;
use super::rows::split_row;
use super::tables::{Read, Tab};
use super::{exchange, outgoing, roster};
use crate::domain::{Copies, CopyCounts, EntityId, Listing, Stamp, VisitId, VisitState};
use crate::journal::{EntryKind, Stream};

/// Entries that are looked through to tell what was copied from what was received.
const MOST: u64 = 50_000;

/// How far a chain is elsewhere.
#[derive(Clone, Copy, Default)]
struct Level {
    received: u64,
    /// Never less than what was received.
    copied: u64,
}

/// How far each chain of this device's member is elsewhere; other chains are where they came from.
pub(super) struct Elsewhere {
    own: BTreeMap<u32, Level>,
    /// Nothing ever left this device, and nothing came.
    alone: bool,
}

impl Elsewhere {
    pub(super) fn read(read: &impl Read) -> Result<Self, StoreError> {
        let me = read_meta(read)?.member();
        let roster = roster::roster(read)?;
        let receipts = outgoing::receipts(read)?;
        let sent = exchange::sent(read)?;
        let kept = Covered::read(read)?;
        let (mut own, mut alone) = (BTreeMap::new(), true);
        for (number, chain) in chains(read)? {
            let (device, stream) = (chain.device(), chain.stream());
            if roster.seat(device).is_some_and(|seat| seat.member != me) {
                alone = false;
                continue;
            }
            let others = receipts.get(&(device, stream)).into_iter().flatten();
            let others = others.filter(|(by, _)| *by != device);
            let received = others.map(|(_, seq)| *seq).max().unwrap_or(0);
            let spans = sent.iter().flat_map(|sent| &sent.spans);
            let spans = spans.filter(|span| span.device == device && span.stream == stream);
            let sent = spans.map(|span| span.last).max().unwrap_or(0);
            let copied = sent.max(kept.up_to(number)).max(received);
            alone &= copied == 0;
            own.insert(number, Level { received, copied });
        }
        if !alone {
            // Where nobody else may have a stream, nothing of it is waited for.
            for (number, chain) in chains(read)? {
                let (device, stream) = (chain.device(), chain.stream());
                let shared = stream == Stream::Open || !roster.readers(stream, device).is_empty();
                if let (false, Some(level)) = (shared, own.get_mut(&number))
                    && kept.up_to(number) < chain.seq
                    && roster.seats().count() > 1
                {
                    (level.received, level.copied) = (u64::MAX, u64::MAX);
                }
            }
        }
        Ok(Self { own, alone })
    }

    fn at(&self, place: Place) -> Copies {
        match self.own.get(&place.chain) {
            Some(level) if place.seq <= level.received => Copies::Received,
            Some(level) if place.seq <= level.copied => Copies::Copied,
            Some(_) => Copies::Local,
            None => Copies::Received,
        }
    }

    /// Says where the copies of a record and its parts are: where those of its least copied entry are.
    pub(super) fn copies(&self, read: &impl Read, entity: EntityId) -> Result<Copies, StoreError> {
        if self.alone {
            return Ok(Copies::Local);
        }
        let mut least = Copies::Received;
        for member in members(read, entity)? {
            let log = known(read, member)?.unwrap_or_default().log;
            least = log
                .iter()
                .map(|place| self.at(*place))
                .fold(least, Copies::min);
        }
        Ok(least)
    }

    /// Counts the visits that the list shows and that are on this device only.
    pub(super) fn local(&self, read: &impl Read) -> Result<u64, StoreError> {
        if self.alone {
            return shown(read);
        }
        let local = self.touched(read, |level, end| (level.copied, end))?;
        count(read, &local)
    }

    /// Returns the moment of the oldest entry that is on this device only, marks of chains left out.
    pub(super) fn oldest(&self, read: &impl Read) -> Result<Option<Stamp>, StoreError> {
        let mut journal = Journal::default();
        let mut oldest: Option<Stamp> = None;
        for (chain, end) in chains(read)? {
            let Some(level) = self.own.get(&chain) else {
                continue;
            };
            for seq in level.copied.saturating_add(1)..=end.seq {
                let entry = journal.at(read, Place { chain, seq })?.entry;
                let header = entry.header();
                if !matches!(header.kind, EntryKind::Receipt | EntryKind::Cut) {
                    let wall = header.wall;
                    oldest = Some(oldest.map_or(wall, |before| before.min(wall)));
                    break;
                }
            }
        }
        Ok(oldest)
    }

    /// Counts the visits that the list shows by where they are. Where very much was copied and nobody
    /// has acknowledged it yet, what is not local counts as copied.
    pub(super) fn counts(&self, read: &impl Read) -> Result<CopyCounts, StoreError> {
        let total = shown(read)?;
        if self.alone {
            return Ok(CopyCounts {
                local: total,
                ..CopyCounts::default()
            });
        }
        let local = self.touched(read, |level, end| (level.copied, end))?;
        let rest = total - count(read, &local)?.min(total);
        let open = |level: &Level| level.copied.saturating_sub(level.received);
        let copied = match self.own.values().map(open).sum::<u64>() {
            0..=MOST => {
                let mut copied =
                    self.touched(read, |level, end| (level.received, level.copied.min(end)))?;
                copied.retain(|visit| !local.contains(visit));
                count(read, &copied)?
            }
            _ => rest,
        };
        Ok(CopyCounts {
            local: total - rest,
            copied,
            received: rest.saturating_sub(copied),
        })
    }

    /// Returns the visits that entries of a part of each own chain are about: those behind the first
    /// number up to the second, given the chain's level and end.
    fn touched(
        &self,
        read: &impl Read,
        part: impl Fn(Level, u64) -> (u64, u64),
    ) -> Result<BTreeSet<VisitId>, StoreError> {
        let mut journal = Journal::default();
        let mut touched = BTreeSet::new();
        for (chain, end) in chains(read)? {
            let Some(level) = self.own.get(&chain) else {
                continue;
            };
            let (behind, last) = part(*level, end.seq);
            for seq in behind.saturating_add(1)..=last {
                let entry = journal.at(read, Place { chain, seq })?.entry;
                touched.extend(visit_of(read, entry.header().entity)?);
            }
        }
        Ok(touched)
    }
}

/// Counts the visits that the list shows.
fn shown(read: &impl Read) -> Result<u64, StoreError> {
    let days = days(read, Listing::Visits)?;
    Ok(days.iter().map(Bucket::shown).sum())
}

/// Counts those of some visits that the list shows.
fn count(read: &impl Read, visits: &BTreeSet<VisitId>) -> Result<u64, StoreError> {
    let mut rows = Lookup::new(read);
    let mut count = 0;
    for visit in visits {
        count += u64::from(is_shown(read, &mut rows, *visit)?);
    }
    Ok(count)
}

impl Reader {
    /// Says where the copies of a record and its parts are.
    pub fn copies(&self, entity: EntityId) -> Result<Copies, StoreError> {
        let snapshot = self.snapshot()?;
        Elsewhere::read(&snapshot)?.copies(&snapshot, entity)
    }

    /// Returns how many visits are where, those withdrawn left out.
    pub fn copy_counts(&self) -> Result<CopyCounts, StoreError> {
        let snapshot = self.snapshot()?;
        Elsewhere::read(&snapshot)?.counts(&snapshot)
    }
}

/// Tells whether a visit has a row and was not withdrawn.
fn is_shown<R: Read>(
    read: &R,
    rows: &mut Lookup<'_, R>,
    visit: VisitId,
) -> Result<bool, StoreError> {
    let Some(ordinal) = known(read, visit.into())?.and_then(|known| known.ordinal) else {
        return Ok(false);
    };
    let content = read.get(Tab::Rows, &rows.slot(ordinal)?.key())?;
    let (head, _) = split_row(content.as_deref().ok_or(StoreError::Damaged("rows"))?)?;
    Ok(head.state != VisitState::Withdrawn)
}
