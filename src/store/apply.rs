//! Brings rows, buckets, ordinals, postings, codes and typed names from what a visit added to them
//! before to what it adds now. Never works out what that is.

use std::collections::{BTreeMap, BTreeSet};

use roaring::RoaringBitmap;

use super::bytes::{decode, encode};
use super::codes;
use super::derive::Derived;
use super::entity::{must_know, put_known};
use super::error::StoreError;
use super::linked::Group;
use super::meta::{read_meta, write_meta};
use super::names::{self, Sort};
use super::rows::{LISTINGS, Row, day_key, listing_number, month_of, state_index};
use super::tables::{Draft, Read, Tab};
use crate::domain::{EntityId, Listing};

/// How many rows of each state a day of a list has.
pub(super) type Counts = [u64; 7];

/// The key of a month of a list: the beginning of its postings' keys.
pub(super) fn month_key(listing: Listing, month: u32) -> [u8; 5] {
    let [a, b, c, d] = month.to_be_bytes();
    [listing_number(listing), a, b, c, d]
}

pub(super) fn buckets(listing: &[u8; 1]) -> Group<'_> {
    Group {
        tab: Tab::Buckets,
        prefix: listing,
    }
}

pub(super) fn postings(month: &[u8; 5]) -> Group<'_> {
    Group {
        tab: Tab::Postings,
        prefix: month,
    }
}

pub(super) fn posting_key(month: &[u8; 5], token: &[u8]) -> Vec<u8> {
    let mut key = month.to_vec();
    key.extend_from_slice(token);
    key
}

pub(super) fn read_bitmap(content: &[u8]) -> Result<RoaringBitmap, StoreError> {
    RoaringBitmap::deserialize_from(content).map_err(|_| StoreError::Damaged("postings"))
}

/// Begins the groups of every list.
pub(super) fn begin(draft: &mut Draft<'_>) -> Result<(), StoreError> {
    for listing in LISTINGS {
        buckets(&[listing_number(listing)]).begin(draft)?;
    }
    Ok(())
}

/// The ordinals that lose a token, and those that get it.
#[derive(Default)]
struct Moves {
    lost: Vec<u32>,
    got: Vec<u32>,
}

/// Changes that many visits share, written together at the end.
#[derive(Default)]
pub(super) struct Changes {
    buckets: BTreeMap<(Listing, u32), [i64; 7]>,
    postings: BTreeMap<(Listing, u32), BTreeMap<Vec<u8>, Moves>>,
    typed: BTreeMap<(Sort, String), i64>,
}

impl Changes {
    /// Adds the step from what a visit added before to what it adds now.
    pub(super) fn step(
        &mut self,
        draft: &mut Draft<'_>,
        before: Derived,
        after: Derived,
    ) -> Result<(), StoreError> {
        for (typed, change) in [(before.typed, -1), (after.typed, 1)] {
            for key in typed {
                *self.typed.entry(key).or_default() += change;
            }
        }
        let by_entity = |rows: Vec<Row>| -> BTreeMap<EntityId, Row> {
            rows.into_iter().map(|r| (r.slot.entity(), r)).collect()
        };
        let (mut old, mut new) = (by_entity(before.rows), by_entity(after.rows));
        let all: BTreeSet<EntityId> = old.keys().chain(new.keys()).copied().collect();
        for entity in all {
            let (old, new) = (old.remove(&entity), new.remove(&entity));
            if old != new {
                self.row(draft, entity, old, new)?;
            }
        }
        Ok(())
    }

    fn row(
        &mut self,
        draft: &mut Draft<'_>,
        entity: EntityId,
        old: Option<Row>,
        new: Option<Row>,
    ) -> Result<(), StoreError> {
        let ordinal = ordinal(draft, entity)?;
        let slots = (old.as_ref().map(|r| r.slot), new.as_ref().map(|r| r.slot));
        if let Some(row) = &old {
            self.count(row, -1);
            if slots.0 != slots.1 {
                draft.remove(Tab::Rows, &row.slot.key())?;
            }
        }
        match &new {
            Some(row) => {
                self.count(row, 1);
                draft.put(Tab::Rows, &row.slot.key(), &row.to_bytes(ordinal))?;
                if slots.0 != slots.1 {
                    draft.put(Tab::Ordinals, &ordinal.to_be_bytes(), &row.slot.key())?;
                }
            }
            None => draft.remove(Tab::Ordinals, &ordinal.to_be_bytes())?,
        }
        match (&old, &new) {
            (None, Some(_)) => codes::add(draft, entity)?,
            (Some(_), None) => codes::remove(draft, entity)?,
            (Some(_), Some(_)) | (None, None) => {}
        }
        self.tokens(ordinal, old.as_ref(), new.as_ref())
    }

    fn count(&mut self, row: &Row, change: i64) {
        let key = (row.slot.listing, row.slot.day);
        self.buckets.entry(key).or_default()[state_index(row.state)] += change;
    }

    fn tokens(
        &mut self,
        ordinal: u32,
        old: Option<&Row>,
        new: Option<&Row>,
    ) -> Result<(), StoreError> {
        let month = |row: Option<&Row>| {
            row.map(|r| month_of(r.slot.day).map(|month| (r.slot.listing, month)))
                .transpose()
        };
        let (from, to) = (month(old)?, month(new)?);
        let empty = BTreeSet::new();
        let lost = old.map_or(&empty, |r| &r.tokens.0);
        let got = new.map_or(&empty, |r| &r.tokens.0);
        if let Some(from) = from {
            let place = self.postings.entry(from).or_default();
            for token in lost
                .iter()
                .filter(|t| to != Some(from) || !got.contains(*t))
            {
                place.entry(token.clone()).or_default().lost.push(ordinal);
            }
        }
        if let Some(to) = to {
            let place = self.postings.entry(to).or_default();
            for token in got
                .iter()
                .filter(|t| from != Some(to) || !lost.contains(*t))
            {
                place.entry(token.clone()).or_default().got.push(ordinal);
            }
        }
        Ok(())
    }

    /// Writes what was gathered.
    pub(super) fn write(self, draft: &mut Draft<'_>) -> Result<(), StoreError> {
        for ((listing, day), change) in self.buckets {
            write_bucket(draft, listing, day, change)?;
        }
        for ((listing, month), tokens) in self.postings {
            let month = month_key(listing, month);
            postings(&month).begin(draft)?;
            for (token, moves) in tokens {
                write_posting(draft, &month, &token, &moves)?;
            }
        }
        for ((sort, text), change) in self.typed {
            if change != 0 {
                names::count(draft, sort, &text, change)?;
            }
        }
        Ok(())
    }
}

/// Returns the local number of a record's row, a new one where it has none.
fn ordinal(draft: &mut Draft<'_>, entity: EntityId) -> Result<u32, StoreError> {
    let mut known = must_know(draft, entity)?;
    if let Some(ordinal) = known.ordinal {
        return Ok(ordinal);
    }
    let mut meta = read_meta(draft)?;
    let ordinal = meta.next_ordinal;
    meta.next_ordinal += 1;
    write_meta(draft, &meta)?;
    known.ordinal = Some(ordinal);
    put_known(draft, entity, &known)?;
    Ok(ordinal)
}

pub(super) fn read_counts(content: &[u8]) -> Result<Counts, StoreError> {
    decode(content, "buckets")
}

fn write_bucket(
    draft: &mut Draft<'_>,
    listing: Listing,
    day: u32,
    change: [i64; 7],
) -> Result<(), StoreError> {
    let number = [listing_number(listing)];
    let group = buckets(&number);
    let key = day_key(listing, day);
    let mut counts = match group.get(draft, &key)? {
        Some(content) => read_counts(&content)?,
        None => Counts::default(),
    };
    for (count, change) in counts.iter_mut().zip(change) {
        let changed = count.checked_add_signed(change);
        *count = changed.ok_or(StoreError::Damaged("buckets"))?;
    }
    if counts == Counts::default() {
        group.remove(draft, &key)
    } else {
        group.put(draft, &key, encode(&counts))
    }
}

fn write_posting(
    draft: &mut Draft<'_>,
    month: &[u8; 5],
    token: &[u8],
    moves: &Moves,
) -> Result<(), StoreError> {
    let group = postings(month);
    let key = posting_key(month, token);
    let mut bitmap = match group.get(draft, &key)? {
        Some(content) => read_bitmap(&content)?,
        None => RoaringBitmap::new(),
    };
    for ordinal in &moves.lost {
        bitmap.remove(*ordinal);
    }
    bitmap.extend(&moves.got);
    if bitmap.is_empty() {
        return group.remove(draft, &key);
    }
    let mut content = Vec::with_capacity(bitmap.serialized_size());
    bitmap
        .serialize_into(&mut content)
        .expect("a Vec takes every write");
    group.put(draft, &key, content)
}

/// Returns the record of a row's local number.
pub(super) fn slot_of(read: &impl Read, ordinal: u32) -> Result<super::rows::Slot, StoreError> {
    let key = read.get(Tab::Ordinals, &ordinal.to_be_bytes())?;
    super::rows::Slot::from_key(&key.ok_or(StoreError::Damaged("ordinals"))?)
}
