//! Brings rows, buckets, ordinals, postings, codes and typed names from what a visit added to them
//! before to what it adds now. Never works out what that is.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use foldhash::fast::RandomState;

use super::bytes::{decode, encode};
use super::codes;
use super::derive::Derived;
use super::error::StoreError;
use super::fresh::Fresh;
use super::linked::Group;
use super::meta::{read_meta, write_meta};
use super::names::{self, Sort};
use super::ordinals;
use super::postings;
use super::rows::{Counting, LISTINGS, Row, Slot, day_key, listing_number, month_of, state_index};
use super::runs::{Moves, Steps};
use super::tables::{Draft, Tab};
use super::tokens::{Lexicon, Number, Tokens};
use crate::domain::{EntityId, Listing};

/// What a day of a list holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
pub(super) struct Counts {
    /// Rows of each state.
    #[n(0)]
    pub(super) states: [u64; 8],
    /// Rows that the month's numbers count.
    #[n(1)]
    pub(super) counted: u64,
    /// The sum of the counted rows' measures.
    #[n(2)]
    pub(super) measure: u64,
    /// Rows that a visit linked to theirs counts for.
    #[n(3)]
    pub(super) repeats: u64,
}

impl Counts {
    fn of(row: &Row) -> Self {
        let mut counts = Self::default();
        counts.states[state_index(row.state)] = 1;
        match row.counts {
            Counting::Once => {
                counts.counted = 1;
                counts.measure = row.measure;
            }
            Counting::Repeat => counts.repeats = 1,
            Counting::Not => {}
        }
        counts
    }

    /// The sum; `None` where it has no number.
    fn plus(self, other: Self) -> Option<Self> {
        self.each(other, u64::checked_add)
    }

    /// What is left; `None` where more goes than is there.
    fn minus(self, other: Self) -> Option<Self> {
        self.each(other, u64::checked_sub)
    }

    fn each(self, other: Self, with: fn(u64, u64) -> Option<u64>) -> Option<Self> {
        let mut states = self.states;
        for (mine, others) in states.iter_mut().zip(other.states) {
            *mine = with(*mine, others)?;
        }
        Some(Self {
            states,
            counted: with(self.counted, other.counted)?,
            measure: with(self.measure, other.measure)?,
            repeats: with(self.repeats, other.repeats)?,
        })
    }
}

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

/// Begins the groups of every list.
pub(super) fn begin(draft: &mut Draft<'_>) -> Result<(), StoreError> {
    for listing in LISTINGS {
        buckets(&[listing_number(listing)]).begin(draft)?;
    }
    Ok(())
}

/// What of a day's rows goes and comes.
#[derive(Default)]
struct Change {
    gone: Counts,
    come: Counts,
}

/// Changes that many visits share, written together at the end.
#[derive(Default)]
pub(super) struct Changes {
    /// The numbers given out so far; `None` until one is needed.
    next_ordinal: Option<u32>,
    buckets: BTreeMap<(Listing, u32), Change>,
    postings: HashMap<(u8, u32, Number), Moves, RandomState>,
    ordinals: ordinals::Moves,
    codes: codes::Moves,
    typed: BTreeMap<(Sort, String), i64>,
    /// Rows of new roots, which get their numbers list by list: sets of numbers that lie near take less room.
    new: Vec<Row>,
}

impl Changes {
    /// Adds the step from what a visit added before to what it adds now.
    pub(super) fn step(
        &mut self,
        draft: &mut Draft<'_>,
        fresh: &mut Fresh,
        before: Derived,
        after: Derived,
    ) -> Result<(), StoreError> {
        for (typed, change) in [(before.typed, -1), (after.typed, 1)] {
            for key in typed {
                *self.typed.entry(key).or_default() += change;
            }
        }
        if before.rows.is_empty() {
            // As it is with nearly all rows of an import.
            self.new.extend(after.rows);
            return Ok(());
        }
        let by_entity = |rows: Vec<Row>| -> BTreeMap<EntityId, Row> {
            rows.into_iter().map(|r| (r.slot.entity(), r)).collect()
        };
        let (mut old, mut new) = (by_entity(before.rows), by_entity(after.rows));
        let all: BTreeSet<EntityId> = old.keys().chain(new.keys()).copied().collect();
        for entity in all {
            let (old, new) = (old.remove(&entity), new.remove(&entity));
            if old != new {
                let ordinal = self.ordinal(draft, fresh, entity)?;
                self.row(draft, (entity, ordinal), old, new)?;
            }
        }
        Ok(())
    }

    /// Gives the rows of new roots their numbers.
    pub(super) fn settle(
        &mut self,
        draft: &mut Draft<'_>,
        fresh: &mut Fresh,
    ) -> Result<(), StoreError> {
        let mut new = std::mem::take(&mut self.new);
        new.sort_by_key(|row| row.slot);
        for row in new {
            let entity = row.slot.entity();
            let ordinal = self.ordinal(draft, fresh, entity)?;
            self.row(draft, (entity, ordinal), None, Some(row))?;
        }
        Ok(())
    }

    /// Returns the local number of a record's row, a new one where it has none.
    fn ordinal(
        &mut self,
        draft: &Draft<'_>,
        fresh: &mut Fresh,
        entity: EntityId,
    ) -> Result<u32, StoreError> {
        let known = fresh.known_mut(draft, entity)?;
        if let Some(ordinal) = known.ordinal {
            return Ok(ordinal);
        }
        let ordinal = match self.next_ordinal {
            Some(next) => next,
            None => read_meta(draft)?.next_ordinal,
        };
        self.next_ordinal = Some(ordinal + 1);
        known.ordinal = Some(ordinal);
        Ok(ordinal)
    }

    fn row(
        &mut self,
        draft: &mut Draft<'_>,
        (entity, ordinal): (EntityId, u32),
        old: Option<Row>,
        new: Option<Row>,
    ) -> Result<(), StoreError> {
        let slot = |row: &Option<Row>| row.as_ref().map(|r| r.slot);
        let moved = slot(&old) != slot(&new);
        if let Some(row) = &old {
            self.count(row, |change| &mut change.gone)?;
            if moved {
                draft.remove(Tab::Rows, &row.slot.key())?;
            }
        }
        if let Some(row) = &new {
            self.count(row, |change| &mut change.come)?;
            draft.put(Tab::Rows, &row.slot.key(), &row.to_bytes(ordinal))?;
        }
        if moved {
            self.ordinals.set(ordinal, slot(&new));
        }
        match (&old, &new) {
            (None, Some(_)) => self.codes.add(entity, ordinal, codes::Move::Comes),
            (Some(_), None) => self.codes.add(entity, ordinal, codes::Move::Goes),
            (Some(_), Some(_)) | (None, None) => {}
        }
        self.tokens(ordinal, old.as_ref(), new.as_ref())
    }

    fn count(&mut self, row: &Row, side: fn(&mut Change) -> &mut Counts) -> Result<(), StoreError> {
        let key = (row.slot.listing, row.slot.day);
        let counts = side(self.buckets.entry(key).or_default());
        let sum = counts.plus(Counts::of(row));
        *counts = sum.ok_or(StoreError::Damaged("buckets"))?;
        Ok(())
    }

    fn tokens(
        &mut self,
        ordinal: u32,
        old: Option<&Row>,
        new: Option<&Row>,
    ) -> Result<(), StoreError> {
        let month = |slot: Slot| month_of(slot.day).map(|month| (slot.listing, month));
        let from = old.map(|r| month(r.slot)).transpose()?;
        let to = new.map(|r| month(r.slot)).transpose()?;
        let none = Tokens::default();
        let stays = from == to;
        let lost = old.map_or(&none, |r| &r.tokens);
        let got = new.map_or(&none, |r| &r.tokens);
        if let Some((listing, month)) = from {
            let key = (listing_number(listing), month);
            for token in lost.without(if stays { got } else { &none }) {
                let moves = self.postings.entry((key.0, key.1, token)).or_default();
                moves.lost.push(ordinal);
            }
        }
        if let Some((listing, month)) = to {
            let key = (listing_number(listing), month);
            for token in got.without(if stays { lost } else { &none }) {
                let moves = self.postings.entry((key.0, key.1, token)).or_default();
                moves.got.push(ordinal);
            }
        }
        Ok(())
    }

    /// Writes what was gathered.
    pub(super) fn write(self, draft: &mut Draft<'_>, lexicon: &Lexicon) -> Result<(), StoreError> {
        if let Some(next) = self.next_ordinal {
            let mut meta = read_meta(draft)?;
            meta.next_ordinal = next;
            write_meta(draft, &meta)?;
        }
        for ((listing, day), change) in self.buckets {
            write_bucket(draft, listing, day, &change)?;
        }
        self.ordinals.write(draft)?;
        self.codes.write(draft)?;
        postings::add(draft, by_month(self.postings, lexicon))?;
        for ((sort, text), change) in self.typed {
            if change != 0 {
                names::count(draft, sort, &text, change)?;
            }
        }
        Ok(())
    }
}

pub(super) fn read_counts(content: &[u8]) -> Result<Counts, StoreError> {
    decode(content, "buckets")
}

fn write_bucket(
    draft: &mut Draft<'_>,
    listing: Listing,
    day: u32,
    change: &Change,
) -> Result<(), StoreError> {
    let number = [listing_number(listing)];
    let group = buckets(&number);
    let key = day_key(listing, day);
    let before = match group.get(draft, &key)? {
        Some(content) => read_counts(&content)?,
        None => Counts::default(),
    };
    let counts = before.plus(change.come).and_then(|c| c.minus(change.gone));
    let counts = counts.ok_or(StoreError::Damaged("buckets"))?;
    if counts == Counts::default() {
        group.remove(draft, &key)
    } else {
        group.put(draft, &key, encode(&counts))
    }
}

/// Returns what becomes of the sets of each month, its tokens in their order.
fn by_month(
    changed: HashMap<(u8, u32, Number), Moves, RandomState>,
    lexicon: &Lexicon,
) -> BTreeMap<[u8; 5], Steps> {
    let mut months = BTreeMap::<[u8; 5], Steps>::new();
    for ((listing, month, number), mut moves) in changed {
        let [a, b, c, d] = month.to_be_bytes();
        moves.sort();
        let token = lexicon.token(number).to_vec();
        let steps = months.entry([listing, a, b, c, d]).or_default();
        steps.push((token, moves));
    }
    for steps in months.values_mut() {
        steps.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    }
    months
}
