//! Where the copies of a record are: what of its chains was acknowledged elsewhere, what at least lies
//! in a bundle or in a backup that was read back. Never asks a target.

use std::collections::BTreeMap;

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
use crate::domain::{Copies, CopyCounts, EntityId, Listing, VisitId, VisitState};
use crate::journal::Stream;

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

    /// Counts the visits that the list shows by where they are.
    pub(super) fn counts(&self, read: &impl Read) -> Result<CopyCounts, StoreError> {
        let total = days(read, Listing::Visits)?.iter().map(Bucket::shown).sum();
        if self.alone {
            return Ok(CopyCounts {
                local: total,
                ..CopyCounts::default()
            });
        }
        let mut journal = Journal::default();
        let mut touched = BTreeMap::<VisitId, Copies>::new();
        for (number, end) in chains(read)? {
            let Some(level) = self.own.get(&number) else {
                continue;
            };
            for seq in level.received.saturating_add(1)..=end.seq {
                let place = Place { chain: number, seq };
                let entry = journal.at(read, place)?.entry;
                if let Some(visit) = visit_of(read, entry.header().entity)? {
                    let least = touched.entry(visit).or_insert(Copies::Received);
                    *least = self.at(place).min(*least);
                }
            }
        }
        let mut rows = Lookup::new(read);
        let mut counts = CopyCounts::default();
        for (visit, copies) in touched {
            let shown = u64::from(is_shown(read, &mut rows, visit)?);
            match copies {
                Copies::Local => counts.local += shown,
                Copies::Copied => counts.copied += shown,
                Copies::Received => {}
            }
        }
        counts.received = total - (counts.local + counts.copied).min(total);
        Ok(counts)
    }
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
