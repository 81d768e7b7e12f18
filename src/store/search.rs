//! Search: sets of rows for each word, month by month. Never indexes; that is `apply`'s.

use roaring::{MultiOps, RoaringBitmap};

use super::apply::month_key;
use super::error::StoreError;
use super::list::{Bucket, StoredRow, days_between, in_order, rows_of_day, wants, way};
use super::meta::read_meta;
use super::ordinals::Lookup;
use super::postings::Month as Sets;
use super::recall::Recall;
use super::rows::{Slot, inverted_month, month_of, split_row, state_index};
use super::tables::{Read, Tab};
use super::tokens::{self, Token};
use crate::domain::{Counted, Filters, ListQuery, Listing, Sort, Stretch, VisitState};
use crate::text::fold::syllables;

/// Up to this many hits of a month are looked up one by one; of more, the month's rows are read in
/// order until the screen is full.
const FEW: u64 = 512;

/// Returns whether a query needs the index.
pub(super) fn is_asked(query: &ListQuery) -> bool {
    let filters = &query.filters;
    !filters.sites.is_empty()
        || !filters.lives.is_empty()
        || syllables(&query.words).next().is_some()
}

/// One word of a query: the row must have one of these tokens, or one that begins with the prefix.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Word {
    exact: Vec<Token>,
    prefix: Option<Token>,
}

fn words(query: &ListQuery) -> Vec<Word> {
    let words: Vec<String> = syllables(&query.words).collect();
    let last = words.len().checked_sub(1);
    let word = |(i, syllable): (usize, &String)| {
        let labels = query.labels.get(i).into_iter().flatten();
        let mut exact: Vec<Token> = labels.map(tokens::label).collect();
        let mut letters = syllable.chars();
        let prefix = match (letters.next(), letters.next()) {
            (Some(_), Some(_)) if Some(i) == last => Some(tokens::word(syllable)),
            (Some(letter), None) if Some(i) == last => {
                exact.push(tokens::initial(letter));
                None
            }
            (Some(_) | None, _) => {
                exact.push(tokens::word(syllable));
                None
            }
        };
        Word { exact, prefix }
    };
    let mut words: Vec<Word> = words.iter().enumerate().map(word).collect();
    if !query.filters.sites.is_empty() {
        words.push(Word {
            exact: query.filters.sites.iter().map(tokens::site).collect(),
            prefix: None,
        });
    }
    if !query.filters.lives.is_empty() {
        let lives = query.filters.lives.iter();
        words.push(Word {
            exact: lives.map(|life| tokens::concern_state(*life)).collect(),
            prefix: None,
        });
    }
    words
}

/// The word for the states that a query wants.
fn wanted_states(filters: &Filters) -> Word {
    let wanted = VisitState::ALL.into_iter().filter(|s| wants(filters, *s));
    Word {
        exact: wanted.map(tokens::state).collect(),
        prefix: None,
    }
}

/// Tells whether days have rows in a state that a query does not want.
fn has_unwanted(filters: &Filters, days: &[Bucket]) -> bool {
    let mut unwanted = VisitState::ALL.into_iter().filter(|s| !wants(filters, *s));
    unwanted.any(|state| {
        days.iter()
            .any(|day| day.counts.states[state_index(state)] > 0)
    })
}

/// Returns the ordinals of a month that a word finds.
fn hits(read: &impl Read, month: &Sets<'_>, word: &Word) -> Result<RoaringBitmap, StoreError> {
    let mut hits = Vec::new();
    for token in &word.exact {
        hits.push(month.get(read, token)?);
    }
    if let Some(prefix) = &word.prefix {
        hits.push(month.beginning(read, prefix)?);
    }
    Ok(hits.union())
}

fn matches<'w>(
    read: &impl Read,
    month: [u8; 5],
    words: impl IntoIterator<Item = &'w Word>,
    (recall, commit): (&Recall, u64),
) -> Result<RoaringBitmap, StoreError> {
    let sets = Sets::open(read, &month)?;
    let mut found: Option<RoaringBitmap> = None;
    for word in words {
        let hits = recall.hits(commit, (month, word), || hits(read, &sets, word))?;
        let both = match found {
            Some(found) => found & &*hits,
            None => (*hits).clone(),
        };
        if both.is_empty() {
            return Ok(both);
        }
        found = Some(both);
    }
    Ok(found.unwrap_or_default())
}

/// The days of one month that a query wants, in its order.
struct Month {
    month: u32,
    days: Vec<Bucket>,
}

fn by_month(days: &[Bucket], sort: Sort) -> Result<Vec<Month>, StoreError> {
    let mut months: Vec<Month> = Vec::new();
    for day in days {
        let month = month_of(day.day)?;
        match months.last_mut() {
            Some(last) if last.month == month => last.days.push(*day),
            Some(_) | None => months.push(Month {
                month,
                days: vec![*day],
            }),
        }
    }
    debug_assert!(sort == Sort::OldestFirst || months.is_sorted_by_key(|m| m.month));
    Ok(months)
}

/// How far a search goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Until the window is full.
    Window,
    /// To the end, so that all is counted.
    Whole,
}

/// Returns the window of rows that a query finds in the given days, and how many it finds.
pub(super) fn rows(
    read: &impl Read,
    listing: Listing,
    query: &ListQuery,
    days: &[Bucket],
    (reach, recall): (Reach, &Recall),
) -> Result<(Vec<StoredRow>, u64, Counted), StoreError> {
    let recall = (recall, read_meta(read)?.commits);
    let words = words(query);
    let states = wanted_states(&query.filters);
    let mut found = Found {
        skip: query.offset,
        limit: query.limit,
        rows: Vec::new(),
    };
    let mut matching = 0;
    for month in by_month(days, query.sort)? {
        if reach == Reach::Window && found.full() {
            let seen = query.offset + found.rows.len() as u64;
            return Ok((found.rows, seen, Counted::AtLeast));
        }
        let unwanted = has_unwanted(&query.filters, &month.days);
        let asked = words.iter().chain(unwanted.then_some(&states));
        let mut hits = matches(read, month_key(listing, month.month), asked, recall)?;
        if hits.is_empty() {
            continue;
        }
        let slots = if is_cut(&query.filters, month.month) || hits.len() <= FEW && !found.full() {
            let slots = slots(read, &hits, &month, query.sort)?;
            hits = slots.iter().map(|(ordinal, _)| *ordinal).collect();
            Some(slots)
        } else {
            None
        };
        matching += hits.len();
        match slots {
            Some(slots) => found.few(read, slots)?,
            None => found.many(read, listing, &month, &hits, query.sort)?,
        }
    }
    Ok((found.rows, matching, Counted::Whole))
}

/// Returns the rows between two days that have one of the tokens of each set, newest first.
pub(super) fn rows_with(
    read: &impl Read,
    listing: Listing,
    between: Stretch,
    sets: &[Vec<Token>],
) -> Result<Vec<StoredRow>, StoreError> {
    let words: Vec<Word> = sets
        .iter()
        .map(|exact| Word {
            exact: exact.clone(),
            prefix: None,
        })
        .collect();
    let days = days_between(read, listing, (between.from, between.to))?;
    let recall = (&Recall::default(), 0);
    let mut found = Found {
        skip: 0,
        limit: usize::MAX,
        rows: Vec::new(),
    };
    for month in by_month(&days, Sort::NewestFirst)? {
        let hits = matches(read, month_key(listing, month.month), &words, recall)?;
        found.few(read, slots(read, &hits, &month, Sort::NewestFirst)?)?;
    }
    Ok(found.rows)
}

/// Returns whether the query's dates leave days of a month out.
fn is_cut(filters: &Filters, month: u32) -> bool {
    let ends = filters.from.iter().chain(&filters.to);
    ends.copied().any(|day| inverted_month(day) == month)
}

/// Looks rows up one by one: those of the month's wanted days, in the query's order.
fn slots(
    read: &impl Read,
    hits: &RoaringBitmap,
    month: &Month,
    sort: Sort,
) -> Result<Vec<(u32, Slot)>, StoreError> {
    let mut slots = Vec::with_capacity(hits.len() as usize);
    let mut rows = Lookup::new(read);
    for ordinal in hits {
        let slot = rows.slot(ordinal)?;
        if month.days.iter().any(|day| day.day == slot.day) {
            slots.push((ordinal, slot));
        }
    }
    slots.sort_by_key(|(_, slot)| *slot);
    if sort == Sort::OldestFirst {
        slots.reverse();
    }
    Ok(in_order(slots, Sort::NewestFirst, |(_, slot)| slot.day))
}

/// The window as it fills.
struct Found {
    skip: u64,
    limit: usize,
    rows: Vec<StoredRow>,
}

impl Found {
    fn full(&self) -> bool {
        self.rows.len() >= self.limit
    }

    fn few(&mut self, read: &impl Read, slots: Vec<(u32, Slot)>) -> Result<(), StoreError> {
        for (_, slot) in slots {
            if self.skip > 0 {
                self.skip -= 1;
            } else if !self.full() {
                let content = read.get(Tab::Rows, &slot.key())?;
                let content = content.ok_or(StoreError::Damaged("rows"))?;
                self.rows.push(StoredRow { slot, content });
            }
        }
        Ok(())
    }

    fn many(
        &mut self,
        read: &impl Read,
        listing: Listing,
        month: &Month,
        hits: &RoaringBitmap,
        sort: Sort,
    ) -> Result<(), StoreError> {
        if self.full() {
            return Ok(());
        }
        if self.skip >= hits.len() {
            self.skip -= hits.len();
            return Ok(());
        }
        for day in &month.days {
            for row in rows_of_day(read, listing, day, way(sort))? {
                let (head, _) = split_row(&row.content)?;
                if !hits.contains(head.ordinal) {
                    continue;
                }
                if self.skip > 0 {
                    self.skip -= 1;
                } else {
                    self.rows.push(row);
                }
                if self.full() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}
