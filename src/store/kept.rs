//! What of this logbook lies in another place too, by the last copy that was read back: a fact of this
//! device, outside the journal.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::backup::Contents;
use super::blocks::{Journal, entry_at};
use super::bytes::{decode, encode};
use super::entity::{Place, known, visit_of};
use super::error::StoreError;
use super::family::members;
use super::list::{Bucket, days};
use super::meta::chains;
use super::open::Store;
use super::ordinals::Lookup;
use super::rows::split_row;
use super::tables::{Draft, Read, Tab, Way};
use crate::domain::{Copies, EntityId, Listing, Stamp, VisitId, VisitState};

const KEPT: &[u8] = b"kept";

#[derive(Default, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
struct Kept {
    #[n(0)]
    at: i64,
    /// The last entry of each chain that the copy holds.
    #[n(1)]
    tips: Option<Vec<Place>>,
}

/// Which entries lie in another place too.
#[derive(Default)]
pub(super) struct Covered(Vec<Place>);

impl Store {
    /// Takes note that what a copy was read back to hold lies in another place too.
    pub fn note_copy(&self, copy: &Contents) -> Result<(), StoreError> {
        self.transact(|draft| note(draft, copy))
    }
}

pub(super) fn note(draft: &mut Draft<'_>, copy: &Contents) -> Result<(), StoreError> {
    let held = |device, stream| {
        let mut tips = copy.tips.iter();
        let tip = tips.find(|(d, s, _)| (*d, *s) == (device, stream));
        tip.map_or(0, |(.., seq)| *seq)
    };
    let tips = chains(draft)?.into_iter().map(|(chain, end)| Place {
        chain,
        seq: held(end.device(), end.stream()),
    });
    let kept = Kept {
        at: copy.made.0,
        tips: Some(tips.collect()),
    };
    draft.put(Tab::Meta, KEPT, &encode(&kept))
}

fn read_kept(read: &impl Read) -> Result<Option<Kept>, StoreError> {
    let content = read.get(Tab::Meta, KEPT)?;
    content.map(|content| decode(&content, "meta")).transpose()
}

/// Returns since when nothing was copied: since the last copy or, without one, since the first
/// entry; `None` where neither is there.
pub(super) fn since(read: &impl Read) -> Result<Option<Stamp>, StoreError> {
    if let Some(kept) = read_kept(read)? {
        return Ok(Some(Stamp(kept.at)));
    }
    let mut first = None;
    read.scan(Tab::Entries, &[], &[u8::MAX; 13], Way::Up, &mut |key, _| {
        first = Some(Place::from_key(key)?);
        Ok(ControlFlow::Break(()))
    })?;
    let wall = |place| Ok(entry_at(read, place)?.entry.header().wall);
    first.map(wall).transpose()
}

impl Covered {
    /// Reads what the last copy holds; nothing where there is none.
    pub(super) fn read(read: &impl Read) -> Result<Self, StoreError> {
        let kept = read_kept(read)?.unwrap_or_default();
        Ok(Self(kept.tips.unwrap_or_default()))
    }

    fn holds(&self, place: Place) -> bool {
        self.up_to(place.chain) >= place.seq
    }

    fn up_to(&self, chain: u32) -> u64 {
        let tip = self.0.iter().find(|tip| tip.chain == chain);
        tip.map_or(0, |tip| tip.seq)
    }

    /// Says where the copies of a record and its parts are: where those of its least copied entry are.
    pub(super) fn copies(&self, read: &impl Read, entity: EntityId) -> Result<Copies, StoreError> {
        if self.0.is_empty() {
            return Ok(Copies::Local);
        }
        for member in members(read, entity)? {
            let log = known(read, member)?.unwrap_or_default().log;
            if !log.iter().all(|place| self.holds(*place)) {
                return Ok(Copies::Local);
            }
        }
        Ok(Copies::Copied)
    }

    /// Counts the visits that the list shows and that are on this device only.
    pub(super) fn uncopied_visits(&self, read: &impl Read) -> Result<u64, StoreError> {
        if self.0.is_empty() {
            let days = days(read, Listing::Visits)?;
            return Ok(days.iter().map(Bucket::shown).sum());
        }
        let mut journal = Journal::default();
        let mut touched = BTreeSet::new();
        for (chain, end) in chains(read)? {
            for seq in self.up_to(chain) + 1..=end.seq {
                let entry = journal.at(read, Place { chain, seq })?.entry;
                touched.extend(visit_of(read, entry.header().entity)?);
            }
        }
        let mut rows = Lookup::new(read);
        let mut count = 0;
        for visit in touched {
            count += u64::from(is_shown(read, &mut rows, visit)?);
        }
        Ok(count)
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
