//! Holds the whole file against itself: the database, every chain entry by entry, every view
//! against a fresh fold. Lists all damage and goes on; repairs nothing.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use redb::ReadableDatabase;

use super::blocks::Journal;
use super::compare;
use super::device::device_keys;
use super::entity::Place;
use super::error::StoreError;
use super::meta::{ChainBytes, chains, read_meta};
use super::open::Store;
use super::rebuild::fold_all;
use super::tables::{Draft, Snapshot, Tab, clear_views};
use crate::journal::{Chain, ChainError, DeviceId, DeviceKey, Stream, Tip};

/// One thing that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// The database's own checksums, or its root.
    File,
    /// A table that cannot be read to its end, or lacks what every logbook has.
    Table(&'static str),
    /// An entry of the journal.
    Entry {
        device: DeviceId,
        stream: Stream,
        seq: u64,
        fault: Fault,
    },
    /// A view does not say what the journal says; a rebuild makes it again.
    View(&'static str),
}

/// What is wrong with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Not there, or not what was written.
    Unreadable,
    /// The header stands, the body is not what it vouches for.
    Body,
    /// It does not go on with its chain.
    Chain(ChainError),
    /// It is the last one, and no signature vouches for it.
    Unsigned,
    /// No key of its device is known.
    NoKey,
}

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Entries that were read and are good.
    pub entries: u64,
    pub damage: Vec<Damage>,
}

impl Store {
    /// Checks everything. The database's own checksums are left out while a [`super::Reader`] of
    /// this store is held.
    pub fn check(&mut self) -> Result<Report, StoreError> {
        let mut report = Report::default();
        if !self.pages_are_whole()? {
            report.damage.push(Damage::File);
        }
        let txn = self.db.begin_read()?;
        let snapshot = Snapshot::open(&txn)?;
        if read_meta(&snapshot).is_err() {
            report.damage.push(Damage::Table("meta"));
        }
        match chains(&snapshot) {
            Ok(chains) => {
                // Without a readable roster only this device's own chains can be vouched for.
                let own = self.signer.public();
                let mut keys = device_keys(&snapshot).unwrap_or_default();
                keys.insert(own.device(), own);
                for (&number, chain) in &chains {
                    let on = &mut || ControlFlow::Continue(());
                    walk(&snapshot, number, chain, (&keys, on), &mut report);
                }
                match self.views(&snapshot, &chains) {
                    Ok(damage) => report.damage.extend(damage),
                    Err(StoreError::Damaged(what)) => report.damage.push(Damage::Table(what)),
                    Err(other) => return Err(other),
                }
            }
            Err(_) => report.damage.push(Damage::Table("chains")),
        }
        if super::typing::all(&snapshot).is_err() {
            report.damage.push(Damage::Table("typing"));
        }
        if super::dues::are_whole(&snapshot).is_err() {
            report.damage.push(Damage::Table("dues"));
        }
        for tab in [Tab::Quarantine, Tab::Columns] {
            if super::imports::kept(&snapshot, tab).is_err() {
                report.damage.push(Damage::Table(tab.name()));
            }
        }
        Ok(report)
    }

    /// Holds every page against the database's own checksums, where no [`super::Reader`] is held.
    pub(super) fn pages_are_whole(&mut self) -> Result<bool, StoreError> {
        let Some(db) = Arc::get_mut(&mut self.db) else {
            return Ok(true);
        };
        match db.check_integrity().map_err(StoreError::from) {
            Ok(whole) => Ok(whole),
            Err(StoreError::Damaged(_)) => Ok(false),
            Err(other) => Err(other),
        }
    }

    /// Folds the journal afresh in a transaction that is given up, and compares.
    fn views(
        &self,
        snapshot: &Snapshot,
        chains: &BTreeMap<u32, ChainBytes>,
    ) -> Result<Vec<Damage>, StoreError> {
        let txn = self.db.begin_write()?;
        clear_views(&txn)?;
        let mut fresh = Draft::open(&txn)?;
        fold_all(&mut fresh, chains)?;
        let damage = compare::views(snapshot, &fresh)?;
        drop(fresh);
        txn.abort()?;
        Ok(damage)
    }
}

/// Follows a chain by a point read of every seq, and breaks off before an entry where it is told to.
pub(super) fn walk(
    snapshot: &Snapshot,
    number: u32,
    chain: &ChainBytes,
    (keys, on): (
        &BTreeMap<DeviceId, DeviceKey>,
        &mut dyn FnMut() -> ControlFlow<()>,
    ),
    report: &mut Report,
) {
    let (device, stream) = (chain.device(), chain.stream());
    let damage = |seq, fault| Damage::Entry {
        device,
        stream,
        seq,
        fault,
    };
    let mut journal = Journal::default();
    let mut follower: Option<Chain> = None;
    let mut tip = Tip::default();
    for seq in 1..=chain.seq {
        if on().is_break() {
            return;
        }
        let place = Place { chain: number, seq };
        let Ok(stored) = journal.at(snapshot, place) else {
            report.damage.push(damage(seq, Fault::Unreadable));
            // What follows is held against its own predecessor again.
            follower = None;
            tip = Tip::default();
            continue;
        };
        let entry = stored.entry;
        let Some(key) = keys.get(&device) else {
            report.damage.push(damage(seq, Fault::NoKey));
            continue;
        };
        if tip.seq + 1 != seq {
            // After a hole the entry's own word for what was before it must do.
            tip = Tip {
                seq: seq - 1,
                hash: entry.header().prev,
                time: entry.header().time.saturating_sub(1),
            };
        }
        let logbook = entry.header().logbook;
        let chain = follower.get_or_insert_with(|| Chain::after(tip, logbook, key.clone(), stream));
        let before = report.damage.len();
        let pushed = chain.push(&entry);
        tip = chain.tip();
        if let Err(error) = pushed {
            report.damage.push(damage(seq, Fault::Chain(error)));
            (follower, tip) = (None, Tip::default());
        }
        if entry.body().is_err() {
            report.damage.push(damage(seq, Fault::Body));
        }
        report.entries += u64::from(report.damage.len() == before);
    }
    let uncovered = follower.map_or(0, |f| f.uncovered());
    if uncovered > 0 || tip.seq == chain.seq && tip.hash != Some(chain.hash()) {
        report.damage.push(damage(chain.seq, Fault::Unsigned));
    }
}

#[cfg(test)]
mod tests;
