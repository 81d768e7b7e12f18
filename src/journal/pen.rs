//! Writes entries: numbers, times, links and signs what one commit adds. Never stores them, and
//! never writes what the reader would refuse.

use std::collections::BTreeMap;

use super::cbor;
use super::entry::{Act, Entry, EntryError, MAX_BODY, body_hash};
use super::header::{Header, MAX_HEADS};
use super::ids::Ids;
use super::sign::Signer;
use super::stream::Stream;
use crate::domain::{EntityId, EntryHash, LogbookId, MemberId, Stamp};

/// Where a chain stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tip {
    /// The seq of the last entry, 0 before the first.
    pub seq: u64,
    pub hash: Option<EntryHash>,
    /// The highest logical time seen in the stream, on any device.
    pub time: u64,
}

/// Who writes, with which key, and what the clock claims.
pub struct Pen<'a> {
    pub logbook: LogbookId,
    pub author: MemberId,
    pub signer: &'a Signer,
    pub wall: Stamp,
}

/// The entries of one commit. Each lands in the one stream of its kind of record, if there is one.
pub struct Commit<'a> {
    pen: Pen<'a>,
    tips: BTreeMap<Stream, Tip>,
    entries: Vec<(Entry, Act)>,
}

/// Why an entry cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    #[error("records of this kind belong to a later release")]
    UnknownKind,
    /// A text or the whole body is longer than a reader takes.
    #[error(transparent)]
    Body(#[from] EntryError),
}

impl<'a> Commit<'a> {
    /// Begins a commit on the device's chains; a stream without a tip begins one.
    pub fn new(pen: Pen<'a>, tips: BTreeMap<Stream, Tip>) -> Self {
        Self {
            pen,
            tips,
            entries: Vec::new(),
        }
    }

    /// Adds an entry that replaces `heads`, and returns its hash.
    pub fn add(
        &mut self,
        entity: EntityId,
        heads: &[EntryHash],
        act: &Act,
        ids: &mut dyn Ids,
    ) -> Result<EntryHash, WriteError> {
        let stream = Stream::of(entity.kind).ok_or(WriteError::UnknownKind)?;
        self.add_in(stream, entity, heads, act, ids)
    }

    /// Adds an entry about a record that may lie in any stream.
    pub fn add_in(
        &mut self,
        stream: Stream,
        entity: EntityId,
        heads: &[EntryHash],
        act: &Act,
        ids: &mut dyn Ids,
    ) -> Result<EntryHash, WriteError> {
        let body = act.to_body();
        if body.len() > MAX_BODY {
            return Err(EntryError::TooLarge.into());
        }
        cbor::check(&body).map_err(EntryError::from)?;
        let salt = ids.salt(stream);
        let tip = self.tips.entry(stream).or_default();
        let mut heads = heads.to_vec();
        heads.sort_unstable();
        heads.dedup();
        // What is left out stays a head and is replaced by the next edit.
        heads.truncate(MAX_HEADS);
        let header = Header {
            logbook: self.pen.logbook,
            device: self.pen.signer.public().device(),
            stream,
            seq: tip.seq + 1,
            prev: tip.hash,
            time: tip.time + 1,
            wall: self.pen.wall,
            author: self.pen.author,
            kind: act.kind(),
            entity,
            heads,
            body: body_hash(&salt, &body),
        };
        *tip = Tip {
            seq: header.seq,
            hash: None,
            time: header.time,
        };
        let entry = Entry::new(header, salt, body);
        tip.hash = Some(entry.hash());
        let hash = entry.hash();
        self.entries.push((entry, act.clone()));
        Ok(hash)
    }

    /// Returns the last entry of a record that the commit has.
    pub fn last_of(&self, entity: EntityId) -> Option<EntryHash> {
        let mut newest = self.entries.iter().rev();
        let last = newest.find(|(e, _)| e.header().entity == entity);
        last.map(|(entry, _)| entry.hash())
    }

    /// Signs the last entry of every chain touched; returns all entries with what they do, and where
    /// the chains stand.
    pub fn finish(mut self) -> (Vec<(Entry, Act)>, BTreeMap<Stream, Tip>) {
        for (entry, _) in &mut self.entries {
            let tip = self.tips.get(&entry.header().stream);
            if tip.is_some_and(|tip| tip.hash == Some(entry.hash())) {
                entry.signature = Some(self.pen.signer.sign(entry.hash()));
            }
        }
        (self.entries, self.tips)
    }
}
