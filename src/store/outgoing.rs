//! What of the chains goes to whom: runs of entries, who acknowledged them, receipts of one's own.
//! Never seals or writes a bundle.

use std::collections::BTreeMap;

use super::blocks::Journal;
use super::entity::Place;
use super::error::{StoreError, WriteError};
use super::gate::Gate;
use super::marks::Cuts;
use super::meta::{ChainBytes, chains};
use super::open::{Moment, Store};
use super::reader::Reader;
use super::receive::stands;
use super::{exchange, marks, roster};
use crate::journal::{Act, DeviceId, Entry, Ids, Mark, Recorded, Station, Stream};
use crate::keys::Roster;

/// How far devices have said that they have each chain.
pub type Receipts = BTreeMap<(DeviceId, Stream), Vec<(DeviceId, u64)>>;

/// The end of a chain that this device holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChainEnd {
    pub device: DeviceId,
    pub stream: Stream,
    pub mark: Mark,
}

impl From<&ChainBytes> for ChainEnd {
    fn from(chain: &ChainBytes) -> Self {
        Self {
            device: chain.device(),
            stream: chain.stream(),
            mark: Mark {
                seq: chain.seq,
                hash: chain.hash(),
            },
        }
    }
}

impl Reader {
    /// Returns who may write and read.
    pub fn roster(&self) -> Result<Roster, StoreError> {
        roster::roster(&self.snapshot()?)
    }

    /// Returns where chains were cut off.
    pub fn cuts(&self) -> Result<Cuts, StoreError> {
        Ok(Gate::read(&self.snapshot()?)?.cuts)
    }

    /// Returns where the chains end.
    pub fn chain_ends(&self) -> Result<Vec<ChainEnd>, StoreError> {
        let chains = chains(&self.snapshot()?)?;
        Ok(chains.values().map(ChainEnd::from).collect())
    }

    /// Returns entries of a chain from `first` on: at most so many, at most about so many bytes, and
    /// the last of them signed. At least one commit's entries, however many.
    pub fn run(
        &self,
        device: DeviceId,
        stream: Stream,
        first: u64,
        (most, bytes): (usize, usize),
    ) -> Result<Vec<Entry>, StoreError> {
        let snapshot = self.snapshot()?;
        let chains = chains(&snapshot)?;
        let found = chains
            .iter()
            .find(|(_, chain)| chain.device() == device && chain.stream() == stream);
        let Some((&chain, end)) = found else {
            return Ok(Vec::new());
        };
        let mut journal = Journal::default();
        let (mut run, mut size, mut whole) = (Vec::new(), 0, 0);
        for seq in first..=end.seq {
            let entry = journal.at(&snapshot, Place { chain, seq })?.entry;
            size += entry.to_bytes().len();
            if whole > 0 && (run.len() >= most || size > bytes) {
                break;
            }
            let signed = entry.signature().is_some();
            run.push(entry);
            if signed {
                whole = run.len();
            }
        }
        run.truncate(whole);
        Ok(run)
    }

    /// Returns how far each other device has said, and truly, that it has each chain.
    pub fn receipts(&self) -> Result<Receipts, StoreError> {
        receipts(&self.snapshot()?)
    }
}

impl Store {
    /// Writes a receipt for each foreign chain that has brought more than receipts since the last one;
    /// returns how many.
    pub fn acknowledge(&self, moment: Moment, ids: &mut dyn Ids) -> Result<u64, WriteError> {
        let own = self.device().device();
        if self.unacknowledged()?.is_empty() && self.uncut()?.is_empty() {
            return Ok(0);
        }
        self.write(moment, ids, |work| {
            let mut count = 0;
            let chains = chains(work.draft)?;
            for end in uncut(work.draft, own, &chains)? {
                work.mark(end.stream, end.device, &Act::Cut(end.mark))?;
                count += 1;
            }
            for (device, stream, mark) in due(work.draft, own, &chains)? {
                work.mark(stream, device, &Act::Receipt(mark))?;
                count += 1;
            }
            Ok(count)
        })
    }

    /// Says what bundles for this device are sealed to from now on.
    pub fn announce(
        &self,
        recipient: String,
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<(), WriteError> {
        let own = self.device().device();
        self.write(moment, ids, |work| {
            let fields = Station { recipient }.to_fields()?;
            work.mark(Stream::Roster, own, &Act::Save(fields))?;
            Ok(())
        })
    }

    fn unacknowledged(&self) -> Result<Vec<(DeviceId, Stream, Mark)>, StoreError> {
        let snapshot = self.reader().snapshot()?;
        due(&snapshot, self.device().device(), &chains(&snapshot)?)
    }

    fn uncut(&self) -> Result<Vec<ChainEnd>, StoreError> {
        let snapshot = self.reader().snapshot()?;
        uncut(&snapshot, self.device().device(), &chains(&snapshot)?)
    }
}

/// Returns where chains of devices that were shut out end here, in streams that this device receives and nobody has
/// cut: a keeper holds not every stream.
fn uncut(
    read: &impl super::tables::Read,
    own: DeviceId,
    chains: &BTreeMap<u32, ChainBytes>,
) -> Result<Vec<ChainEnd>, StoreError> {
    let roster = roster::roster(read)?;
    if !roster.seats().any(|(_, seat)| seat.revoked) {
        return Ok(Vec::new());
    }
    let cuts = marks::cuts(read, &roster)?;
    let is_out = |device| roster.seat(device).is_some_and(|seat| seat.revoked);
    let receives = |stream| roster.seat(own).is_some_and(|seat| seat.reads(stream));
    let ends = chains.values().map(ChainEnd::from);
    Ok(ends
        .filter(|end| is_out(end.device) && receives(end.stream))
        .filter(|end| !cuts.contains_key(&(end.device, end.stream)))
        .collect())
}

/// Returns the receipts that are due.
fn due(
    read: &impl super::tables::Read,
    own: DeviceId,
    chains: &BTreeMap<u32, ChainBytes>,
) -> Result<Vec<(DeviceId, Stream, Mark)>, StoreError> {
    let mut due = Vec::new();
    for (device, stream, news) in exchange::news(read)? {
        let chain = chains
            .values()
            .find(|chain| chain.device() == device && chain.stream() == stream);
        let Some(chain) = chain else {
            continue;
        };
        let given = marks::receipts(read, device, stream)?;
        let last = given.iter().find(|(by, _)| *by == own);
        if device != own && last.is_none_or(|(_, mark)| mark.seq < news) {
            due.push((device, stream, ChainEnd::from(chain).mark));
        }
    }
    Ok(due)
}

/// Returns how far each other device has said, and truly, that it has each chain.
pub(super) fn receipts(read: &impl super::tables::Read) -> Result<Receipts, StoreError> {
    let mut all = BTreeMap::new();
    for (number, chain) in chains(read)? {
        let (device, stream) = (chain.device(), chain.stream());
        let mut good = Vec::new();
        for (by, mark) in marks::receipts(read, device, stream)? {
            if mark.seq <= chain.seq && stands(read, number, mark)? {
                good.push((by, mark.seq));
            }
        }
        all.insert((device, stream), good);
    }
    Ok(all)
}
