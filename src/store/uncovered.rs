//! What of this copy no other device is known to hold, for who wants to erase it. A receipt counts, and for
//! what another wrote that it still has a seat; a bundle on a stick and a backup are no receipts.

use super::blocks::Journal;
use super::entity::Place;
use super::error::StoreError;
use super::meta::{chains, read_meta};
use super::reader::Reader;
use super::{outgoing, roster};
use crate::domain::MemberId;
use crate::journal::{DeviceId, EntryKind, Stream};

/// What of a chain nobody else is known to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uncovered {
    pub stream: Stream,
    /// Who wrote it.
    pub device: DeviceId,
    /// Entries, marks of chains left out: receipts are never receipted.
    pub entries: u64,
}

impl Reader {
    /// Returns what would be lost with this copy; nothing where receipts cover every entry.
    pub fn uncovered(&self) -> Result<Vec<Uncovered>, StoreError> {
        let snapshot = self.snapshot()?;
        let me: MemberId = read_meta(&snapshot)?.member();
        let roster = roster::roster(&snapshot)?;
        let receipts = outgoing::receipts(&snapshot)?;
        let is_other = |device: DeviceId| {
            let seat = roster.seat(device);
            seat.is_some_and(|seat| seat.member != me && !seat.revoked)
        };
        let mut journal = Journal::default();
        let mut uncovered = Vec::new();
        for (number, chain) in chains(&snapshot)? {
            let (device, stream) = (chain.device(), chain.stream());
            if is_other(device) {
                continue;
            }
            let given = receipts.get(&(device, stream)).into_iter().flatten();
            let given = given.filter(|(by, _)| is_other(*by));
            let covered = given.map(|(_, seq)| *seq).max().unwrap_or(0);
            let mut entries = 0;
            for seq in covered.saturating_add(1)..=chain.seq {
                let place = Place { chain: number, seq };
                let entry = journal.at(&snapshot, place)?.entry;
                let kind = entry.header().kind;
                entries += u64::from(!matches!(kind, EntryKind::Receipt | EntryKind::Cut));
            }
            if entries > 0 {
                uncovered.push(Uncovered {
                    stream,
                    device,
                    entries,
                });
            }
        }
        Ok(uncovered)
    }
}
