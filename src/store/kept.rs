//! What of this logbook lies in another place too, by the last copy that was read back: a fact of this
//! device, outside the journal.

use super::backup::Contents;
use super::bytes::{decode, encode};
use super::entity::Place;
use super::error::StoreError;
use super::meta::chains;
use super::open::Store;
use super::tables::{Draft, Read, Tab};

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

impl Covered {
    /// Reads what the last copy holds; nothing where there is none.
    pub(super) fn read(read: &impl Read) -> Result<Self, StoreError> {
        let kept = read_kept(read)?.unwrap_or_default();
        Ok(Self(kept.tips.unwrap_or_default()))
    }

    /// Returns the last entry of a chain that the copy holds.
    pub(super) fn up_to(&self, chain: u32) -> u64 {
        let tip = self.0.iter().find(|tip| tip.chain == chain);
        tip.map_or(0, |tip| tip.seq)
    }
}
