//! The table of entries: those of a chain that follow each other lie together in blocks of one page.
//! Knows no record.
//!
//! A chain's last block is filled up by the next commit. An entry that was written is read back as
//! the same bytes, whatever is left out and compressed; where that is not so, it is kept whole.

use std::collections::BTreeMap;

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use minicbor::bytes::ByteVec;

use super::bytes::{decode, encode};
use super::entity::Place;
use super::error::StoreError;
use super::tables::{Draft, Read, Tab};
use crate::journal::{Entry, Filed, MAX_BODY, Packed, Raw, Unpack, pack};

/// Bytes of a full block: with its key and what redb and the seal add, a page.
const FULL: usize = 4056;
/// A block with fewer bytes is filled up.
const OPEN: usize = FULL * 7 / 8;
/// The most entries of a block: so many are gone through to read its last.
const MOST: usize = 96;
/// Entries that one block is first guessed to hold.
const GUESS: usize = 40;
/// How often a better cut is looked for.
const TRIES: usize = 4;
/// The most bytes of a block of several entries before it is compressed, and of any.
const LARGE: usize = 256 * 1024;
const LARGEST: usize = MAX_BODY + LARGE;
const LEVEL: u32 = 6;

const DAMAGED: StoreError = StoreError::Damaged("entries");

#[derive(minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
struct BlockBytes {
    /// Entries.
    #[n(0)]
    count: u32,
    #[n(1)]
    salts: ByteVec,
    #[n(2)]
    signatures: ByteVec,
    /// Bytes of the rest before it was compressed.
    #[n(3)]
    length: u32,
    /// Raw deflate (RFC 1951).
    #[n(4)]
    rest: ByteVec,
}

/// Entries of one chain that follow each other.
struct Block {
    first: Place,
    count: u32,
    /// Bytes as it lies in the table.
    size: usize,
    unpack: Unpack,
    /// Those that were read.
    read: Vec<Raw>,
}

impl Block {
    /// Reads the block that holds an entry, or would: the last one that begins at or before it.
    fn around(read: &impl Read, place: Place) -> Result<Option<Self>, StoreError> {
        let Some((key, content)) = read.at_or_before(Tab::Entries, &place.key())? else {
            return Ok(None);
        };
        let first = Place::from_key(&key)?;
        if first.chain != place.chain {
            return Ok(None);
        }
        let bytes: BlockBytes = decode(&content, "entries")?;
        let packed = Packed {
            salts: bytes.salts.into(),
            signatures: bytes.signatures.into(),
            rest: inflate(&bytes.rest, bytes.length)?,
        };
        Ok(Some(Self {
            first,
            count: bytes.count,
            size: content.len(),
            unpack: Unpack::new(packed),
            read: Vec::new(),
        }))
    }

    /// The seq after its last entry.
    fn end(&self) -> u64 {
        self.first.seq.saturating_add(u64::from(self.count))
    }

    fn holds(&self, place: Place) -> bool {
        self.first.chain == place.chain && (self.first.seq..self.end()).contains(&place.seq)
    }

    /// Returns an entry that it holds.
    fn at(&mut self, place: Place) -> Result<Filed, StoreError> {
        let index = (place.seq - self.first.seq) as usize;
        while self.read.len() <= index {
            self.read.push(self.unpack.step().map_err(|_| DAMAGED)?);
        }
        let raw = self.read.get(index).ok_or(DAMAGED)?;
        let filed = raw.read().map_err(|_| DAMAGED)?;
        match filed.entry.header().seq == place.seq {
            true => Ok(filed),
            false => Err(DAMAGED),
        }
    }

    /// Returns all of its entries.
    fn into_entries(mut self) -> Result<Vec<Filed>, StoreError> {
        let all = (self.first.seq..self.end()).map(|seq| {
            let chain = self.first.chain;
            self.at(Place { chain, seq })
        });
        all.collect()
    }
}

/// Reads entries; those that lie together are read together.
#[derive(Default)]
pub(super) struct Journal(Option<Block>);

impl Journal {
    /// Reads an entry that must be there.
    pub(super) fn at(&mut self, read: &impl Read, place: Place) -> Result<Filed, StoreError> {
        let block = match &mut self.0 {
            Some(block) if block.holds(place) => block,
            other => {
                // What cannot be read is asked for again with the next entry, and named again.
                *other = None;
                let block = Block::around(read, place)?.filter(|block| block.holds(place));
                other.insert(block.ok_or(DAMAGED)?)
            }
        };
        block.at(place)
    }
}

/// Reads an entry that must be there.
pub(super) fn entry_at(read: &impl Read, place: Place) -> Result<Filed, StoreError> {
    Journal::default().at(read, place)
}

/// Puts another copy of an entry in its place, which vouches for the same header.
pub(super) fn replace(draft: &mut Draft<'_>, place: Place, entry: Entry) -> Result<(), StoreError> {
    let block = Block::around(draft, place)?.filter(|block| block.holds(place));
    let block = block.ok_or(DAMAGED)?;
    let first = block.first;
    let mut all = block.into_entries()?;
    let at = (place.seq - first.seq) as usize;
    all.get_mut(at).ok_or(DAMAGED)?.entry = entry;
    let mut blocks = Vec::new();
    Cutter::default().cut_all(first, &all, &mut blocks);
    write_blocks(draft, &blocks)
}

/// Entries on their way into the table, by chain.
#[derive(Default)]
pub(super) struct Filing(BTreeMap<u32, Vec<Filed>>);

impl Filing {
    /// Takes the next entry of a chain.
    pub(super) fn add(&mut self, chain: u32, commit: u64, entry: Entry) {
        self.0
            .entry(chain)
            .or_default()
            .push(Filed { commit, entry });
    }

    /// Writes what was taken behind what each chain has.
    pub(super) fn write(self, draft: &mut Draft<'_>) -> Result<(), StoreError> {
        let blocks = self.ready(draft)?.blocks();
        write_blocks(draft, &blocks)
    }

    /// Puts what was taken behind the last block of each chain, where that is to be filled up.
    pub(super) fn ready(self, draft: &Draft<'_>) -> Result<Ready, StoreError> {
        let mut ready = Vec::with_capacity(self.0.len());
        for (chain, entries) in self.0 {
            let Some(first) = entries.first().map(|f| f.entry.header().seq) else {
                continue;
            };
            let place = Place { chain, seq: first };
            let last = Block::around(
                draft,
                Place {
                    chain,
                    seq: u64::MAX,
                },
            )?;
            if last.as_ref().map_or(1, Block::end) != first {
                return Err(StoreError::Damaged("chains"));
            }
            match last {
                Some(block) if block.size < OPEN => {
                    let place = block.first;
                    let mut all = block.into_entries()?;
                    all.extend(entries);
                    ready.push((place, all));
                }
                Some(_) | None => ready.push((place, entries)),
            }
        }
        Ok(Ready(ready))
    }
}

/// Runs of entries to be cut into blocks, each with the place of its first one.
pub(super) struct Ready(Vec<(Place, Vec<Filed>)>);

impl Ready {
    /// Returns the blocks; needs no table, so that another thread may do it.
    pub(super) fn blocks(&self) -> Vec<(Place, Vec<u8>)> {
        let mut cutter = Cutter::default();
        let mut blocks = Vec::new();
        for (place, entries) in &self.0 {
            cutter.cut_all(*place, entries, &mut blocks);
        }
        blocks
    }
}

/// Writes blocks to their places.
pub(super) fn write_blocks(
    draft: &mut Draft<'_>,
    blocks: &[(Place, Vec<u8>)],
) -> Result<(), StoreError> {
    let mut blocks = blocks.iter();
    blocks.try_for_each(|(place, content)| draft.put(Tab::Entries, &place.key(), content))
}

/// Cuts runs of entries into blocks that fill a page each.
struct Cutter {
    deflate: Compress,
    /// Entries of the last block that was full.
    guess: usize,
}

impl Default for Cutter {
    fn default() -> Self {
        Self {
            deflate: Compress::new(Compression::new(LEVEL), false),
            guess: GUESS,
        }
    }
}

impl Cutter {
    fn cut_all(
        &mut self,
        mut place: Place,
        mut entries: &[Filed],
        blocks: &mut Vec<(Place, Vec<u8>)>,
    ) {
        while !entries.is_empty() {
            let (count, content) = self.cut(entries);
            blocks.push((place, content));
            place.seq += count as u64;
            entries = entries.get(count..).unwrap_or_default();
        }
    }

    /// Returns how many of the entries the next block holds, at least one, and its bytes.
    fn cut(&mut self, entries: &[Filed]) -> (usize, Vec<u8>) {
        let most = entries.len().min(MOST);
        let (mut low, mut high) = (0, most + 1);
        let mut best = None;
        let mut count = self.guess.clamp(1, most);
        for turn in 0.. {
            let fit = entries.get(..count).and_then(|some| self.block(some));
            let size = match &fit {
                Some(content) => content.len(),
                None => FULL * 2,
            };
            let fits = size <= FULL || count == 1;
            if fits {
                low = count;
                best = fit.map(|content| (count, content));
            } else {
                high = count;
            }
            let enough = low + 1 >= high || turn >= TRIES || fits && size > OPEN;
            if best.is_some() && enough {
                break;
            }
            // What a page would hold of such entries, between what fits and what does not.
            let wanted = count * (FULL - FULL / 32) / size.max(1);
            count = wanted.clamp(low + 1, high - 1);
        }
        let (count, content) = best.expect("one entry always has a block of its own");
        if count < most {
            self.guess = count;
        }
        (count, content)
    }

    /// Returns the bytes of a block; `None` where so many entries are too large together.
    fn block(&mut self, entries: &[Filed]) -> Option<Vec<u8>> {
        let packed = pack(entries);
        if packed.rest.len() > LARGE && entries.len() > 1 {
            return None;
        }
        let rest = self.deflate(&packed.rest);
        Some(encode(&BlockBytes {
            count: entries.len() as u32,
            salts: packed.salts.into(),
            signatures: packed.signatures.into(),
            length: packed.rest.len() as u32,
            rest: rest.into(),
        }))
    }

    fn deflate(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.deflate.reset();
        // What cannot be made smaller grows by five bytes for every 64 KiB at most.
        let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 1000 + 64);
        let done = self
            .deflate
            .compress_vec(bytes, &mut out, FlushCompress::Finish);
        assert!(
            matches!(done, Ok(Status::StreamEnd)),
            "deflate stays below its bound"
        );
        out
    }
}

/// Returns the bytes of which a block's rest was made, and which are said to be so many.
fn inflate(bytes: &[u8], length: u32) -> Result<Vec<u8>, StoreError> {
    let length = length as usize;
    if length > LARGEST {
        return Err(DAMAGED);
    }
    // One more, so that the end of the stream is met.
    let mut out = Vec::with_capacity(length + 1);
    let mut inflate = Decompress::new(false);
    let done = inflate.decompress_vec(bytes, &mut out, FlushDecompress::Finish);
    match done {
        Ok(Status::StreamEnd) if out.len() == length => Ok(out),
        Ok(_) | Err(_) => Err(DAMAGED),
    }
}

#[cfg(test)]
pub(super) mod tests;
