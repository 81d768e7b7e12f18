//! Short codes: from what a person reads aloud to the record, and as long as it takes to be sure.
//!
//! Codes lie in buckets by their first 16 bits, so that a new one is some bytes in a value and not a
//! key of its own. As each lies anywhere, new ones wait in fewer and larger buckets, from where those of some
//! neighbours go together to their places.

use std::collections::BTreeMap;

use super::bytes::{decode, encode};
use super::error::StoreError;
use super::linked::Group;
use super::ordinals::Lookup;
use super::rows::Slot;
use super::tables::{Draft, Read, Tab};
use crate::domain::{EntityId, ShortCode};

/// The most candidates that an ambiguous prefix lists.
const CANDIDATES: usize = 100;
/// Bytes of a code in its bucket: its last 48 bits and the row's number.
const CODE: usize = 10;
/// Bytes of a code that waits: all of it, and the row's number.
const WAITS: usize = 12;

const CODES: Group<'static> = Group {
    tab: Tab::Codes,
    prefix: b"c",
};

/// Codes that wait, by their first bits; its first key says how many.
const WAITING: Group<'static> = Group {
    tab: Tab::Codes,
    prefix: b"n",
};
/// Bits of a code that say in which bucket it waits.
const WAIT_BITS: u32 = 10;
/// Codes that wait before some go on: some two hundred pages.
const MOST_WAITING: u64 = 1 << 16;

pub(super) fn begin(draft: &mut Draft<'_>) -> Result<(), StoreError> {
    CODES.begin(draft)?;
    WAITING.begin(draft)
}

fn bucket_of(bits: u64) -> u16 {
    (bits >> 48) as u16
}

fn key(bucket: u16) -> [u8; 3] {
    let [high, low] = bucket.to_be_bytes();
    [b'c', high, low]
}

/// The bucket where a code of a bucket waits.
fn waits_in(bucket: u16) -> u16 {
    bucket >> (16 - WAIT_BITS)
}

fn waiting_key(bucket: u16) -> [u8; 3] {
    let [high, low] = bucket.to_be_bytes();
    [b'n', high, low]
}

/// What waits.
#[derive(Clone, Copy, Default, minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
struct Queue {
    #[n(0)]
    codes: u64,
    /// The bucket whose codes go on next.
    #[n(1)]
    next: u16,
}

fn queue(read: &impl Read) -> Result<Queue, StoreError> {
    let head = WAITING.head(read)?.ok_or(StoreError::Damaged("codes"))?;
    match head.as_slice() {
        [] => Ok(Queue::default()),
        [_, ..] => decode(&head, "codes"),
    }
}

/// A code and the row's number. Sorts by bits, then number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Coded {
    pub(super) bits: u64,
    pub(super) ordinal: u32,
}

/// Reads the codes of a bucket, which have their first bits in common.
fn coded(bucket: u16, content: &[u8]) -> Result<Vec<Coded>, StoreError> {
    let (codes, rest) = content.as_chunks::<CODE>();
    if !rest.is_empty() {
        return Err(StoreError::Damaged("codes"));
    }
    let [high, low] = bucket.to_be_bytes();
    let code = |[a, b, c, d, e, f, ordinal @ ..]: &[u8; CODE]| Coded {
        bits: u64::from_be_bytes([high, low, *a, *b, *c, *d, *e, *f]),
        ordinal: u32::from_be_bytes(*ordinal),
    };
    Ok(codes.iter().map(code).collect())
}

fn to_bytes(codes: &[Coded]) -> Vec<u8> {
    let mut content = Vec::with_capacity(codes.len() * CODE);
    for code in codes {
        content.extend(code.bits.to_be_bytes().into_iter().skip(2));
        content.extend_from_slice(&code.ordinal.to_be_bytes());
    }
    content
}

/// Reads codes that wait, whole bits each.
fn waiting(content: &[u8]) -> Result<Vec<Coded>, StoreError> {
    let (codes, rest) = content.as_chunks::<WAITS>();
    if !rest.is_empty() {
        return Err(StoreError::Damaged("codes"));
    }
    let code = |[bits @ .., a, b, c, d]: &[u8; WAITS]| Coded {
        bits: u64::from_be_bytes(*bits),
        ordinal: u32::from_be_bytes([*a, *b, *c, *d]),
    };
    Ok(codes.iter().map(code).collect())
}

fn waiting_bytes(codes: &[Coded]) -> Vec<u8> {
    let mut content = Vec::with_capacity(codes.len() * WAITS);
    for code in codes {
        content.extend_from_slice(&code.bits.to_be_bytes());
        content.extend_from_slice(&code.ordinal.to_be_bytes());
    }
    content
}

/// Codes that come and go, written together.
#[derive(Default)]
pub(super) struct Moves {
    come: BTreeMap<u16, Vec<Coded>>,
    go: Vec<Coded>,
}

/// What happens to a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    Comes,
    Goes,
}

impl Moves {
    pub(super) fn add(&mut self, entity: EntityId, ordinal: u32, how: Move) {
        let bits = ShortCode::bits(entity);
        let code = Coded { bits, ordinal };
        match how {
            Move::Comes => {
                let bucket = waits_in(bucket_of(bits));
                self.come.entry(bucket).or_default().push(code);
            }
            Move::Goes => self.go.push(code),
        }
    }

    pub(super) fn write(self, draft: &mut Draft<'_>) -> Result<(), StoreError> {
        self.write_within(draft, MOST_WAITING)
    }

    fn write_within(self, draft: &mut Draft<'_>, most: u64) -> Result<(), StoreError> {
        if self.come.is_empty() && self.go.is_empty() {
            return Ok(());
        }
        let mut queue = queue(draft)?;
        for code in self.go {
            remove(draft, &mut queue, code)?;
        }
        for (bucket, come) in self.come {
            let mut codes = waiting_in(draft, bucket)?;
            queue.codes += come.len() as u64;
            codes.extend(come);
            codes.sort_unstable();
            WAITING.put(draft, &waiting_key(bucket), waiting_bytes(&codes))?;
        }
        // One round takes all that wait.
        let mut turns = 0..1 << WAIT_BITS;
        while queue.codes > most {
            turns.next().ok_or(StoreError::Damaged("codes"))?;
            go_on(draft, &mut queue)?;
        }
        WAITING.put_head(draft, encode(&queue))
    }
}

fn waiting_in(read: &impl Read, bucket: u16) -> Result<Vec<Coded>, StoreError> {
    match WAITING.get(read, &waiting_key(bucket))? {
        Some(content) => waiting(&content),
        None => Ok(Vec::new()),
    }
}

fn placed_in(read: &impl Read, bucket: u16) -> Result<Vec<Coded>, StoreError> {
    match CODES.get(read, &key(bucket))? {
        Some(content) => coded(bucket, &content),
        None => Ok(Vec::new()),
    }
}

/// Takes a code out, wherever it lies.
fn remove(draft: &mut Draft<'_>, queue: &mut Queue, code: Coded) -> Result<(), StoreError> {
    let bucket = bucket_of(code.bits);
    let mut codes = waiting_in(draft, waits_in(bucket))?;
    if let Ok(at) = codes.binary_search(&code) {
        codes.remove(at);
        queue.codes = queue.codes.saturating_sub(1);
        let key = waiting_key(waits_in(bucket));
        return match codes.is_empty() {
            true => WAITING.remove(draft, &key),
            false => WAITING.put(draft, &key, waiting_bytes(&codes)),
        };
    }
    let mut codes = placed_in(draft, bucket)?;
    let at = codes.binary_search(&code);
    codes.remove(at.map_err(|_| StoreError::Damaged("codes"))?);
    match codes.is_empty() {
        true => CODES.remove(draft, &key(bucket)),
        false => CODES.put(draft, &key(bucket), to_bytes(&codes)),
    }
}

/// Puts the codes of one waiting bucket into their places.
fn go_on(draft: &mut Draft<'_>, queue: &mut Queue) -> Result<(), StoreError> {
    let codes = waiting_in(draft, queue.next)?;
    for codes in codes.chunk_by(|a, b| bucket_of(a.bits) == bucket_of(b.bits)) {
        let Some(first) = codes.first() else { continue };
        let bucket = bucket_of(first.bits);
        let mut placed = placed_in(draft, bucket)?;
        placed.extend_from_slice(codes);
        placed.sort_unstable();
        CODES.put(draft, &key(bucket), to_bytes(&placed))?;
    }
    WAITING.remove(draft, &waiting_key(queue.next))?;
    let gone = codes.len() as u64;
    let left = queue.codes.checked_sub(gone);
    queue.codes = left.ok_or(StoreError::Damaged("codes"))?;
    queue.next = (queue.next + 1) % (1 << WAIT_BITS);
    Ok(())
}

/// Returns the contents of a group's buckets between two, both included.
fn contents(
    read: &impl Read,
    group: Group<'static>,
    (first, last): ([u8; 3], [u8; 3]),
) -> Result<Vec<(u16, Vec<u8>)>, StoreError> {
    let found = match first == last {
        true => {
            let content = group.get(read, &first)?.into_iter();
            content.map(|content| (first.to_vec(), content)).collect()
        }
        false => group.range(read, &first, &super::tables::after(&last))?,
    };
    let bucket = |(key, content): (Vec<u8>, Vec<u8>)| {
        let bucket = key.last_chunk::<2>().ok_or(StoreError::Damaged("codes"))?;
        Ok((u16::from_be_bytes(*bucket), content))
    };
    found.into_iter().map(bucket).collect()
}

/// Returns the codes between two, both included, in order.
pub(super) fn between(read: &impl Read, low: u64, high: u64) -> Result<Vec<Coded>, StoreError> {
    let (first, last) = (bucket_of(low), bucket_of(high));
    let mut found = Vec::new();
    for (bucket, content) in contents(read, CODES, (key(first), key(last)))? {
        found.append(&mut coded(bucket, &content)?);
    }
    let wait = |bucket| waiting_key(waits_in(bucket));
    for (_, content) in contents(read, WAITING, (wait(first), wait(last)))? {
        found.append(&mut waiting(&content)?);
    }
    found.retain(|code| low <= code.bits && code.bits <= high);
    found.sort_unstable();
    Ok(found)
}

/// Returns the ends of ranges that hold all codes, none of them too many.
pub(super) fn parts() -> impl Iterator<Item = (u64, u64)> {
    let width = 64 - WAIT_BITS;
    (0..1_u64 << WAIT_BITS)
        .map(move |part| (part << width, (part << width) | (u64::MAX >> WAIT_BITS)))
}

/// Returns the records whose code begins with what was typed, at most [`CANDIDATES`].
pub(super) fn find(read: &impl Read, typed: &str) -> Result<Vec<EntityId>, StoreError> {
    let found = slots(read, typed)?.into_iter();
    Ok(found.map(|slot| slot.entity()).collect())
}

/// Returns the rows of those records.
pub(super) fn slots(read: &impl Read, typed: &str) -> Result<Vec<Slot>, StoreError> {
    let Some((low, high)) = ShortCode::range(typed) else {
        return Ok(Vec::new());
    };
    let mut rows = Lookup::new(read);
    let found = between(read, low, high)?.into_iter().take(CANDIDATES);
    found.map(|code| rows.slot(code.ordinal)).collect()
}

/// Returns a row's code, as long as it takes to tell it from its neighbours.
pub(super) fn code(read: &impl Read, entity: EntityId) -> Result<ShortCode, StoreError> {
    let own = ShortCode::bits(entity);
    let mut length = ShortCode::SHORTEST;
    while length < ShortCode::LONGEST {
        let code = ShortCode::of(entity, length);
        let others = match ShortCode::range(code.as_str()) {
            Some((low, high)) => between(read, low, high)?,
            None => Vec::new(),
        };
        if others.iter().all(|other| other.bits == own) {
            return Ok(code);
        }
        length += 1;
    }
    Ok(ShortCode::of(entity, ShortCode::LONGEST))
}

#[cfg(test)]
mod tests;
