//! Copies the open logbook into a new file, and holds a copy against what it was made from.
//! Never touches the file that it reads.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use redb::StorageBackend;

use super::check::{Report, walk};
use super::device::device_keys;
use super::error::StoreError;
use super::meta::{ChainBytes, chains};
use super::open::Store;
use super::tables::{Read, Snapshot, Tab, Way};
use crate::journal::Signer;

/// How far a long piece of work is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub done: u64,
    pub total: u64,
}

/// Hears of progress now and then, and says whether to go on.
pub type Tell<'a> = dyn FnMut(Progress) -> ControlFlow<()> + 'a;

/// Why there is no copy; what it was to be made from is untouched.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("stopped on request")]
    Stopped,
    /// What was written does not read back as what it was made from.
    #[error("the copy is not what was copied")]
    Differs,
}

/// Counts steps, and passes on some of them.
pub(super) struct Steps<'a, 't> {
    progress: Progress,
    tell: &'a mut Tell<'t>,
}

/// What is done with a key and its content.
type Pairs<'a> = dyn FnMut(&[u8], &[u8]) -> Result<(), CopyError> + 'a;

/// Steps between two words of progress.
const STRIDE: u64 = 256;
/// Above every key of every table.
const END: [u8; 64] = [u8::MAX; 64];

impl<'a, 't> Steps<'a, 't> {
    pub(super) fn new(total: u64, tell: &'a mut Tell<'t>) -> Self {
        let progress = Progress { done: 0, total };
        Self { progress, tell }
    }

    pub(super) fn step(&mut self) -> Result<(), CopyError> {
        self.progress.done += 1;
        let Progress { done, total } = self.progress;
        if !done.is_multiple_of(STRIDE) && done != total {
            return Ok(());
        }
        match (self.tell)(self.progress) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(CopyError::Stopped),
        }
    }
}

impl Steps<'_, '_> {
    /// Follows every chain, a step an entry.
    pub(super) fn walk(
        &mut self,
        snapshot: &Snapshot,
        chains: &BTreeMap<u32, ChainBytes>,
    ) -> Result<Report, CopyError> {
        let keys = device_keys(snapshot)?;
        let mut report = Report::default();
        let mut stopped = None;
        for (&number, chain) in chains {
            let on = &mut || match self.step() {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    stopped = Some(error);
                    ControlFlow::Break(())
                }
            };
            walk(snapshot, number, chain, (&keys, on), &mut report);
            if let Some(error) = stopped {
                return Err(error);
            }
        }
        Ok(report)
    }
}

impl Store {
    /// Copies every table, in the order of its keys and in one commit, into an empty backend.
    ///
    /// redb leaves a leaf full when the next key comes after all others, so that pages are as
    /// full as they get. Its write buffer bounds the memory, however large the commit.
    pub fn copy_into(
        &self,
        backend: impl StorageBackend,
        signer: Signer,
        tell: &mut Tell<'_>,
    ) -> Result<(), CopyError> {
        let snapshot = self.reader().snapshot()?;
        let mut steps = Steps::new(steps(&snapshot)?, tell);
        let mut copy = Self::from_backend(backend, signer)?;
        copy.transact(|draft| {
            draft.pack_densely();
            for tab in Tab::ALL {
                each(&snapshot, tab, &mut |key, content| {
                    steps.step()?;
                    Ok(draft.put(tab, key, content)?)
                })?;
            }
            Ok::<(), CopyError>(())
        })?;
        copy.shrink()?;
        Ok(())
    }

    /// Holds this copy against its source: every key of every table by a point read, every chain
    /// by its hashes and signatures, every page by redb's checksums.
    pub fn check_copy_of(&mut self, source: &Store, tell: &mut Tell<'_>) -> Result<(), CopyError> {
        if !self.pages_are_whole()? {
            return Err(CopyError::Differs);
        }
        let snapshot = source.reader().snapshot()?;
        let copy = self.reader().snapshot()?;
        let total = steps(&snapshot)?;
        if steps(&copy)? != total {
            return Err(CopyError::Differs);
        }
        let chains = chains(&copy)?;
        let entries: u64 = chains.values().map(|chain| chain.seq).sum();
        let mut steps = Steps::new(total + entries, tell);
        for tab in Tab::ALL {
            each(&snapshot, tab, &mut |key, content| {
                steps.step()?;
                match copy.get(tab, key)?.as_deref() == Some(content) {
                    true => Ok(()),
                    false => Err(CopyError::Differs),
                }
            })?;
        }
        let report = steps.walk(&copy, &chains)?;
        match report.damage.is_empty() {
            true => Ok(()),
            false => Err(StoreError::Damaged("entries").into()),
        }
    }

    /// Gives the room at the end of the file back.
    fn shrink(&mut self) -> Result<(), StoreError> {
        if let Some(db) = std::sync::Arc::get_mut(&mut self.db) {
            db.compact()?;
        }
        Ok(())
    }
}

fn steps(snapshot: &Snapshot) -> Result<u64, StoreError> {
    let counts = Tab::ALL.into_iter().map(|tab| snapshot.count(tab));
    counts.sum()
}

/// Visits every key of a table.
fn each(snapshot: &Snapshot, tab: Tab, visit: &mut Pairs<'_>) -> Result<(), CopyError> {
    let mut stopped = None;
    snapshot.scan(tab, &[], &END, Way::Up, &mut |key, content| {
        Ok(match visit(key, content) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                stopped = Some(error);
                ControlFlow::Break(())
            }
        })
    })?;
    stopped.map_or(Ok(()), Err)
}
