//! Short codes: from what a person reads aloud to the record, and as long as it takes to be sure.
//!
//! Codes lie in buckets by their first 16 bits, so that a new one is some bytes in a value and not a
//! key of its own.

use std::collections::BTreeMap;

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

const CODES: Group<'static> = Group {
    tab: Tab::Codes,
    prefix: b"c",
};

pub(super) fn begin(draft: &mut Draft<'_>) -> Result<(), StoreError> {
    CODES.begin(draft)
}

fn bucket_of(bits: u64) -> u16 {
    (bits >> 48) as u16
}

fn key(bucket: u16) -> [u8; 3] {
    let [high, low] = bucket.to_be_bytes();
    [b'c', high, low]
}

/// A code in a bucket. Sorts by bits, then number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Coded {
    /// The last 48 bits, in its bucket.
    bits: u64,
    pub(super) ordinal: u32,
}

/// Reads the codes of a bucket.
pub(super) fn coded(content: &[u8]) -> Result<Vec<Coded>, StoreError> {
    let (codes, rest) = content.as_chunks::<CODE>();
    if !rest.is_empty() {
        return Err(StoreError::Damaged("codes"));
    }
    let code = |[a, b, c, d, e, f, ordinal @ ..]: &[u8; CODE]| Coded {
        bits: u64::from_be_bytes([0, 0, *a, *b, *c, *d, *e, *f]),
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

/// Codes that come and go, written together.
#[derive(Default)]
pub(super) struct Moves(BTreeMap<u16, Vec<(Coded, Move)>>);

/// What happens to a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    Comes,
    Goes,
}

impl Moves {
    pub(super) fn add(&mut self, entity: EntityId, ordinal: u32, how: Move) {
        let bits = ShortCode::bits(entity);
        let code = Coded {
            bits: bits & (u64::MAX >> 16),
            ordinal,
        };
        self.0.entry(bucket_of(bits)).or_default().push((code, how));
    }

    pub(super) fn write(self, draft: &mut Draft<'_>) -> Result<(), StoreError> {
        for (bucket, moves) in self.0 {
            let key = key(bucket);
            let mut codes = match CODES.get(draft, &key)? {
                Some(content) => coded(&content)?,
                None => Vec::new(),
            };
            for (code, how) in moves {
                match (codes.binary_search(&code), how) {
                    (Err(at), Move::Comes) => codes.insert(at, code),
                    (Ok(at), Move::Goes) => drop(codes.remove(at)),
                    (Ok(_), Move::Comes) | (Err(_), Move::Goes) => {
                        return Err(StoreError::Damaged("codes"));
                    }
                }
            }
            if codes.is_empty() {
                CODES.remove(draft, &key)?;
            } else {
                CODES.put(draft, &key, to_bytes(&codes))?;
            }
        }
        Ok(())
    }
}

/// Returns the codes between two, both included: all their bits, and the number of the row.
fn between(read: &impl Read, low: u64, high: u64) -> Result<Vec<Coded>, StoreError> {
    let (first, last) = (bucket_of(low), bucket_of(high));
    let buckets = if first == last {
        let content = CODES.get(read, &key(first))?.into_iter();
        content.map(|c| (key(first).to_vec(), c)).collect()
    } else {
        let below = super::tables::after(&key(last));
        CODES.range(read, &key(first), &below)?
    };
    let mut found = Vec::new();
    for (key, content) in buckets {
        let top = key.last_chunk::<2>().ok_or(StoreError::Damaged("codes"))?;
        let top = u64::from(u16::from_be_bytes(*top)) << 48;
        let codes = coded(&content)?.into_iter();
        let whole = codes.map(|code| Coded {
            bits: top | code.bits,
            ..code
        });
        found.extend(whole.filter(|code| low <= code.bits && code.bits <= high));
    }
    Ok(found)
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
