//! Follows one chain (a device's entries in one stream) and finds the first entry that does not
//! belong. Never looks into bodies.

use super::entry::Entry;
use super::pen::Tip;
use super::sign::DeviceKey;
use super::stream::Stream;
use crate::domain::LogbookId;

/// A chain as far as it was followed.
pub struct Chain {
    logbook: LogbookId,
    key: DeviceKey,
    stream: Stream,
    tip: Tip,
    uncovered: u64,
}

/// Why an entry does not go on with a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChainError {
    #[error("the entry is of another logbook")]
    Logbook,
    #[error("the entry is of another device")]
    Device,
    #[error("the entry is of another stream")]
    Stream,
    #[error("the entry's kind of record must not lie in its stream")]
    Misfiled,
    #[error("entry {found} came where {expected} was due")]
    Seq { expected: u64, found: u64 },
    #[error("the entry does not name the one before it")]
    Prev,
    #[error("the entry's logical time is not later than that of the one before it")]
    Time,
    #[error("the signature is not the device's")]
    Signature,
}

impl Chain {
    /// Starts after an entry that was already trusted; after the default tip at the first entry.
    pub fn after(tip: Tip, logbook: LogbookId, key: DeviceKey, stream: Stream) -> Self {
        Self {
            logbook,
            key,
            stream,
            tip,
            uncovered: 0,
        }
    }

    /// Follows the next entry; on an error the chain stands where it stood.
    pub fn push(&mut self, entry: &Entry) -> Result<(), ChainError> {
        let header = entry.header();
        if header.logbook != self.logbook {
            return Err(ChainError::Logbook);
        }
        if header.device != self.key.device() {
            return Err(ChainError::Device);
        }
        if header.stream != self.stream {
            return Err(ChainError::Stream);
        }
        if Stream::of(header.entity.kind).is_some_and(|only| only != self.stream) {
            return Err(ChainError::Misfiled);
        }
        let expected = self.tip.seq.saturating_add(1);
        let found = header.seq;
        if found != expected {
            return Err(ChainError::Seq { expected, found });
        }
        if header.prev != self.tip.hash {
            return Err(ChainError::Prev);
        }
        if header.time <= self.tip.time {
            return Err(ChainError::Time);
        }
        let signed = entry.signature();
        if signed.is_some_and(|s| !self.key.vouches(entry.hash(), s)) {
            return Err(ChainError::Signature);
        }
        self.uncovered = if signed.is_some() {
            0
        } else {
            self.uncovered + 1
        };
        self.tip = Tip {
            seq: header.seq,
            hash: Some(entry.hash()),
            time: header.time,
        };
        Ok(())
    }

    /// Returns where the chain stands.
    pub fn tip(&self) -> Tip {
        self.tip
    }

    /// Returns how many of the last entries no signature vouches for.
    pub fn uncovered(&self) -> u64 {
        self.uncovered
    }
}

#[cfg(test)]
mod tests;
