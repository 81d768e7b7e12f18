//! Entries of one chain that follow each other, as they lie together: what follows from the rest is
//! left out. Reading gives every entry's bytes back exactly; never touches a file.

use minicbor::bytes::ByteSlice;
use minicbor::{Decode, Encode};

use super::cbor::{Malformed, head, split_value};
use super::entry::{Entry, EntryError, Parts, body_hash};
use crate::domain::EntryHash;

/// An entry and the number of the commit that brought it to this device.
#[derive(Clone, PartialEq, Eq)]
pub struct Filed {
    pub commit: u64,
    pub entry: Entry,
}

/// Entries of one chain without what follows from the rest. What nothing makes smaller lies apart
/// from what compresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packed {
    /// A salt for each entry.
    pub salts: Vec<u8>,
    /// Those that are there, in the order of their entries.
    pub signatures: Vec<u8>,
    /// All the rest: a map for each entry, one after the other.
    pub rest: Vec<u8>,
}

const SALT: usize = 16;
const SIGNATURE: usize = 64;

/// Keys of a header that a packed one may lack, in their order.
const FOLLOWING: [u64; 4] = [SEQ, PREV, TIME, BODY];
const SEQ: u64 = 4;
const PREV: u64 = 5;
const TIME: u64 = 6;
const HEADS: u64 = 12;
const BODY: u64 = 13;
const WHOLE: u8 = 1 << 7;

#[derive(Encode, Decode)]
#[cbor(map)]
struct Item<'b> {
    #[n(0)]
    commit: u64,
    /// Which of [`FOLLOWING`] the header lacks, a bit each; [`WHOLE`] where it lacks nothing and
    /// its heads are hashes.
    #[n(1)]
    lacks: u8,
    #[b(2)]
    header: &'b ByteSlice,
    /// Absent where it was erased.
    #[b(3)]
    body: Option<&'b ByteSlice>,
    #[n(4)]
    signed: bool,
}

/// The entries of a pack so far: what the next one's header may leave out follows from them.
#[derive(Default)]
struct Trail {
    seq: u64,
    time: u64,
    hashes: Vec<EntryHash>,
}

impl Trail {
    fn push(&mut self, header: &[u8], hash: EntryHash) {
        if let Ok(mut pairs) = Items::of(MAP, header) {
            while let Ok(Some((key, value))) = pairs.pair() {
                match (key, head(value)) {
                    (SEQ, Ok((0, seq, []))) => self.seq = seq,
                    (TIME, Ok((0, time, []))) => self.time = time,
                    _ => {}
                }
                if key >= TIME {
                    break;
                }
            }
        }
        self.hashes.push(hash);
    }

    /// Writes the pair of a key that follows from what came before; an error where it does not.
    fn put(&self, out: &mut Vec<u8>, key: u64, body: Option<&[u8; 32]>) -> Result<(), Malformed> {
        let last = self.hashes.last().ok_or(Malformed);
        put_head(out, NUMBER, key);
        match key {
            SEQ => last.map(|_| put_head(out, NUMBER, self.seq.wrapping_add(1))),
            TIME => last.map(|_| put_head(out, NUMBER, self.time.wrapping_add(1))),
            PREV => last.map(|prev| put_hash(out, &prev.0)),
            BODY => body.map(|body| put_hash(out, body)).ok_or(Malformed),
            _ => Err(Malformed),
        }
    }

    /// Returns a header without what follows, and which keys it lacks.
    fn strip(&self, header: &[u8], body: Option<&[u8; 32]>) -> Result<(Vec<u8>, u8), Malformed> {
        let (mut kept, mut lacks, mut count) = (Vec::with_capacity(header.len()), 0, 0);
        let mut pairs = Items::of(MAP, header)?;
        let mut following = Vec::new();
        while let Some((key, value)) = pairs.pair()? {
            let bit = FOLLOWING.iter().position(|following| *following == key);
            following.clear();
            let follows =
                self.put(&mut following, key, body).is_ok() && following.get(1..) == Some(value);
            match bit {
                Some(bit) if follows => lacks |= 1 << bit,
                Some(_) | None => {
                    count += 1;
                    put_head(&mut kept, NUMBER, key);
                    match key {
                        HEADS => self.strip_heads(&mut kept, value)?,
                        _ => kept.extend_from_slice(value),
                    }
                }
            }
        }
        let mut stripped = Vec::with_capacity(kept.len() + 2);
        put_head(&mut stripped, MAP, count);
        stripped.append(&mut kept);
        Ok((stripped, lacks))
    }

    /// Returns a header with everything in it again.
    fn expand(
        &self,
        stripped: &[u8],
        lacks: u8,
        body: Option<&[u8; 32]>,
    ) -> Result<Vec<u8>, Malformed> {
        let lacking = FOLLOWING.iter().enumerate();
        let mut lacking = lacking
            .filter(|(bit, _)| lacks & 1 << bit != 0)
            .map(|(_, key)| *key)
            .peekable();
        let mut kept = Items::of(MAP, stripped)?;
        let mut header = Vec::with_capacity(stripped.len() + 128);
        put_head(&mut header, MAP, kept.left + u64::from(lacks.count_ones()));
        while let Some((key, value)) = kept.pair()? {
            while let Some(first) = lacking.next_if(|first| *first < key) {
                self.put(&mut header, first, body)?;
            }
            put_head(&mut header, NUMBER, key);
            match key {
                HEADS => self.expand_heads(&mut header, value)?,
                _ => header.extend_from_slice(value),
            }
        }
        for key in lacking {
            self.put(&mut header, key, body)?;
        }
        Ok(header)
    }

    /// Writes each head that is an entry of the pack as the number of entries between.
    fn strip_heads(&self, out: &mut Vec<u8>, value: &[u8]) -> Result<(), Malformed> {
        let mut heads = Items::of(ARRAY, value)?;
        put_head(out, ARRAY, heads.left);
        while let Some(item) = heads.item()? {
            let same = |hash: &EntryHash| item.len() == 34 && item.ends_with(&hash.0);
            match self.hashes.iter().rev().position(same) {
                Some(back) => put_head(out, NUMBER, back as u64),
                None => out.extend_from_slice(item),
            }
        }
        Ok(())
    }

    fn expand_heads(&self, out: &mut Vec<u8>, value: &[u8]) -> Result<(), Malformed> {
        let mut heads = Items::of(ARRAY, value)?;
        put_head(out, ARRAY, heads.left);
        while let Some(item) = heads.item()? {
            match head(item)? {
                (NUMBER, back, []) => {
                    let back = usize::try_from(back).map_err(|_| Malformed)?;
                    let hash = self.hashes.iter().rev().nth(back).ok_or(Malformed)?;
                    put_hash(out, &hash.0);
                }
                _ => out.extend_from_slice(item),
            }
        }
        Ok(())
    }
}

/// Major types of CBOR.
const NUMBER: u8 = 0;
const BYTES: u8 = 2;
const ARRAY: u8 = 4;
const MAP: u8 = 5;

/// Writes the head of a value in its shortest form.
fn put_head(out: &mut Vec<u8>, major: u8, argument: u64) {
    let bytes = argument.to_be_bytes();
    let (info, width) = match argument {
        0..24 => (bytes[7], 0),
        24..=0xff => (24, 1),
        0x100..=0xffff => (25, 2),
        0x1_0000..=0xffff_ffff => (26, 4),
        _ => (27, 8),
    };
    out.push(major << 5 | info);
    out.extend(bytes.into_iter().skip(8 - width));
}

fn put_hash(out: &mut Vec<u8>, hash: &[u8; 32]) {
    put_head(out, BYTES, 32);
    out.extend_from_slice(hash);
}

/// The items of an array, or the pairs of a map whose keys are numbers.
struct Items<'b> {
    left: u64,
    bytes: &'b [u8],
}

impl<'b> Items<'b> {
    fn of(major: u8, value: &'b [u8]) -> Result<Self, Malformed> {
        match head(value)? {
            (found, left, bytes) if found == major => Ok(Self { left, bytes }),
            _ => Err(Malformed),
        }
    }

    /// Returns the next item; `None` at the end, behind which nothing may be.
    fn item(&mut self) -> Result<Option<&'b [u8]>, Malformed> {
        let Some(left) = self.left.checked_sub(1) else {
            return match self.bytes {
                [] => Ok(None),
                [_, ..] => Err(Malformed),
            };
        };
        self.left = left;
        let (item, rest) = split_value(self.bytes)?;
        self.bytes = rest;
        Ok(Some(item))
    }

    fn pair(&mut self) -> Result<Option<(u64, &'b [u8])>, Malformed> {
        if self.left == 0 {
            return self.item().map(|_| None);
        }
        let (NUMBER, key, rest) = head(self.bytes)? else {
            return Err(Malformed);
        };
        self.bytes = rest;
        Ok(self.item()?.map(|value| (key, value)))
    }
}

/// Packs entries of one chain that follow each other.
pub fn pack(entries: &[Filed]) -> Packed {
    let (mut packed, mut trail) = (Packed::default(), Trail::default());
    for Filed { commit, entry } in entries {
        let body = entry.raw_body();
        let hash = body.map(|body| body_hash(entry.salt(), body));
        let whole = entry.header_bytes();
        let stripped = trail.strip(whole, hash.as_ref());
        // A header that this does not give back byte by byte stays as it came.
        let (header, lacks) = stripped
            .ok()
            .filter(|(header, lacks)| {
                let back = trail.expand(header, *lacks, hash.as_ref());
                back.is_ok_and(|back| back == whole)
            })
            .unwrap_or((whole.to_vec(), WHOLE));
        let item = Item {
            commit: *commit,
            lacks,
            header: header.as_slice().into(),
            body: body.map(Into::into),
            signed: entry.signature().is_some(),
        };
        packed.salts.extend_from_slice(entry.salt());
        packed
            .signatures
            .extend(entry.signature().into_iter().flatten());
        minicbor::encode(item, &mut packed.rest).expect("a Vec takes every write");
        trail.push(whole, entry.hash());
    }
    packed
}

/// Why a pack cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a pack of entries")]
pub struct NotPacked;

impl From<Malformed> for NotPacked {
    fn from(_: Malformed) -> Self {
        Self
    }
}

impl From<minicbor::decode::Error> for NotPacked {
    fn from(_: minicbor::decode::Error) -> Self {
        Self
    }
}

impl From<EntryError> for NotPacked {
    fn from(_: EntryError) -> Self {
        Self
    }
}

/// An entry of a pack before its header is read.
pub struct Raw {
    commit: u64,
    parts: Parts,
}

impl Raw {
    /// Reads the header.
    pub fn read(&self) -> Result<Filed, NotPacked> {
        Ok(Filed {
            commit: self.commit,
            entry: Entry::from_parts(&self.parts)?,
        })
    }
}

/// Reads a pack, an entry after the other.
pub struct Unpack {
    packed: Packed,
    /// How many entries and signatures were read, and bytes of the rest.
    entries: usize,
    signatures: usize,
    at: usize,
    trail: Trail,
}

impl Unpack {
    pub fn new(packed: Packed) -> Self {
        Self {
            packed,
            entries: 0,
            signatures: 0,
            at: 0,
            trail: Trail::default(),
        }
    }

    /// Reads the next entry, which must be there; what it says is looked at by [`Raw::read`].
    pub fn step(&mut self) -> Result<Raw, NotPacked> {
        let rest = self.packed.rest.get(self.at..).ok_or(NotPacked)?;
        let mut decoder = minicbor::Decoder::new(rest);
        let item: Item<'_> = decoder.decode()?;
        let (salts, _) = self.packed.salts.as_chunks::<SALT>();
        let salt = *salts.get(self.entries).ok_or(NotPacked)?;
        let (signatures, _) = self.packed.signatures.as_chunks::<SIGNATURE>();
        let signature = match item.signed {
            true => Some(*signatures.get(self.signatures).ok_or(NotPacked)?),
            false => None,
        };
        let body = item.body.map(|body| &**body);
        let header = match item.lacks {
            WHOLE => item.header.to_vec(),
            lacks => {
                let hash = body.map(|body| body_hash(&salt, body));
                self.trail.expand(item.header, lacks, hash.as_ref())?
            }
        };
        let hash = EntryHash(blake3::hash(&header).into());
        self.trail.push(&header, hash);
        let parts = Parts {
            header,
            hash,
            salt,
            body: body.map(<[u8]>::to_vec),
            signature,
        };
        self.entries += 1;
        self.signatures += usize::from(item.signed);
        self.at += decoder.position();
        Ok(Raw {
            commit: item.commit,
            parts,
        })
    }
}

#[cfg(test)]
mod tests;
