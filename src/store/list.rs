//! Windows of the lists: which rows, how many. Never reads a row outside the window but those that
//! prove its day whole.

use std::ops::ControlFlow;

use super::apply::{Counts, buckets, read_counts};
use super::codes;
use super::copies::Elsewhere;
use super::entity::must_know;
use super::error::StoreError;
use super::ordinals::Lookup;
use super::pairs;
use super::recall::Recall;
use super::rows::{
    Slot, UNDATED, VisitBytes, day_key, inverted_day, listing_number, month_of, number_day,
    split_row, state_index, text_code,
};
use super::search::{self, Reach};
use super::tables::{Pair, Read, Tab, Way, after};
use super::titles::read_record;
use crate::domain::{
    Copies, Counted, Day, EntityId, Filters, ListQuery, Listing, Page, RecordRow, Sort, VisitId,
    VisitRow, VisitState,
};

/// A row as it lies in the table.
#[derive(Clone, Debug)]
pub(super) struct StoredRow {
    pub(super) slot: Slot,
    pub(super) content: Vec<u8>,
}

/// A day of a list and how many rows it has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bucket {
    pub(super) day: u32,
    pub(super) counts: Counts,
}

impl Bucket {
    /// Returns how many of its rows were not withdrawn.
    pub(super) fn shown(&self) -> u64 {
        let withdrawn = self.counts.states[state_index(VisitState::Withdrawn)];
        self.counts.states.iter().sum::<u64>() - withdrawn
    }
}

/// Returns the days of a list that have rows, newest first, rows without a date last.
pub(super) fn days(read: &impl Read, listing: Listing) -> Result<Vec<Bucket>, StoreError> {
    read_days(buckets(&[listing_number(listing)]).all(read)?)
}

/// Returns the days of a list between two that have rows, both included, newest first.
pub(super) fn days_between(
    read: &impl Read,
    listing: Listing,
    (first, last): (Day, Day),
) -> Result<Vec<Bucket>, StoreError> {
    let from = day_key(listing, inverted_day(Some(last)));
    let below = after(&day_key(listing, inverted_day(Some(first))));
    read_days(buckets(&[listing_number(listing)]).range(read, &from, &below)?)
}

fn read_days(found: Vec<Pair>) -> Result<Vec<Bucket>, StoreError> {
    let bucket = |(key, content): Pair| {
        let day = key
            .last_chunk::<4>()
            .ok_or(StoreError::Damaged("buckets"))?;
        Ok(Bucket {
            day: u32::from_be_bytes(*day),
            counts: read_counts(&content)?,
        })
    };
    found.into_iter().map(bucket).collect()
}

/// Returns the inverted months of a list that have rows, newest first.
pub(super) fn months(read: &impl Read, listing: Listing) -> Result<Vec<u32>, StoreError> {
    let months = days(read, listing)?.into_iter().map(|b| month_of(b.day));
    let mut months = months.collect::<Result<Vec<u32>, _>>()?;
    months.dedup();
    Ok(months)
}

/// Puts days or months in the order of the query: those without a date stay last.
pub(super) fn in_order<T>(mut newest_first: Vec<T>, sort: Sort, key: impl Fn(&T) -> u32) -> Vec<T> {
    if sort == Sort::OldestFirst {
        newest_first.reverse();
        newest_first.sort_by_key(|t| key(t) == UNDATED);
    }
    newest_first
}

pub(super) fn way(sort: Sort) -> Way {
    match sort {
        Sort::NewestFirst => Way::Up,
        Sort::OldestFirst => Way::Down,
    }
}

/// Which states the query wants; all but withdrawn where it names none.
pub(super) fn wants(filters: &Filters, state: VisitState) -> bool {
    if filters.states.is_empty() {
        state != VisitState::Withdrawn
    } else {
        filters.states.contains(&state)
    }
}

/// Returns whether an inverted day lies within the query's dates.
pub(super) fn within(filters: &Filters, day: u32) -> bool {
    if day == UNDATED {
        return filters.from.is_none() && filters.to.is_none();
    }
    let after = filters
        .from
        .is_none_or(|from| day <= inverted_day(Some(from)));
    let before = filters.to.is_none_or(|to| day >= inverted_day(Some(to)));
    after && before
}

pub(super) fn wanted(filters: &Filters, bucket: &Bucket) -> u64 {
    let wanted = VisitState::ALL.into_iter().filter(|s| wants(filters, *s));
    wanted.map(|s| bucket.counts.states[state_index(s)]).sum()
}

/// Reads all rows of a day and holds them against its bucket.
pub(super) fn rows_of_day(
    read: &impl Read,
    listing: Listing,
    bucket: &Bucket,
    way: Way,
) -> Result<Vec<StoredRow>, StoreError> {
    let from = day_key(listing, bucket.day);
    let mut found = Vec::new();
    let mut states = [0; 8];
    read.scan(Tab::Rows, &from, &after(&from), way, &mut |key, content| {
        let (head, _) = split_row(content)?;
        states[state_index(head.state)] += 1;
        found.push(StoredRow {
            slot: Slot::from_key(key)?,
            content: content.to_vec(),
        });
        Ok(ControlFlow::Continue(()))
    })?;
    if states == bucket.counts.states {
        Ok(found)
    } else {
        Err(StoreError::Damaged("rows"))
    }
}

/// A window of stored rows and the query's counts.
pub(super) struct Window {
    pub(super) rows: Vec<StoredRow>,
    pub(super) matching: u64,
    counted: Counted,
    total: u64,
}

/// Finds the rows of a query.
pub(super) fn window(
    read: &impl Read,
    listing: Listing,
    query: &ListQuery,
    (reach, recall): (Reach, &Recall),
) -> Result<Window, StoreError> {
    let days = days(read, listing)?;
    let shown = Filters::default();
    let total = days.iter().map(|b| wanted(&shown, b)).sum();
    let days = in_order(days, query.sort, |b| b.day);
    let days: Vec<Bucket> = days
        .into_iter()
        .filter(|b| within(&query.filters, b.day))
        .collect();
    let (rows, matching, counted) = if search::is_asked(query) {
        search::rows(read, listing, query, &days, (reach, recall))?
    } else {
        let (rows, matching) = plain(read, listing, query, &days)?;
        (rows, matching, Counted::Whole)
    };
    Ok(Window {
        rows,
        matching,
        counted,
        total,
    })
}

/// The rows of a query without words and place: buckets say where the window lies.
fn plain(
    read: &impl Read,
    listing: Listing,
    query: &ListQuery,
    days: &[Bucket],
) -> Result<(Vec<StoredRow>, u64), StoreError> {
    let mut skip = query.offset;
    let mut rows = Vec::new();
    let mut matching = 0;
    for bucket in days {
        let count = wanted(&query.filters, bucket);
        matching += count;
        if skip >= count {
            skip -= count;
        } else if rows.len() < query.limit {
            for row in rows_of_day(read, listing, bucket, way(query.sort))? {
                let (head, _) = split_row(&row.content)?;
                if !wants(&query.filters, head.state) {
                    continue;
                }
                if skip > 0 {
                    skip -= 1;
                } else if rows.len() < query.limit {
                    rows.push(row);
                }
            }
        }
    }
    Ok((rows, matching))
}

fn page<R: Read, T>(
    read: &R,
    listing: Listing,
    (query, how): (&ListQuery, (Reach, &Recall)),
    show: fn(&R, &StoredRow) -> Result<T, StoreError>,
) -> Result<Page<T>, StoreError> {
    let window = window(read, listing, query, how)?;
    let rows = window.rows.iter().map(|row| show(read, row));
    Ok(Page {
        rows: rows.collect::<Result<_, _>>()?,
        offset: query.offset,
        matching: window.matching,
        counted: window.counted,
        total: window.total,
    })
}

/// Reads a window of the visits.
pub(super) fn visits(
    read: &impl Read,
    query: &ListQuery,
    how: (Reach, &Recall),
) -> Result<Page<VisitRow>, StoreError> {
    let mut page = page(read, Listing::Visits, (query, how), visit_row)?;
    let elsewhere = Elsewhere::read(read)?;
    for row in &mut page.rows {
        row.copies = elsewhere.copies(read, row.id.into())?;
    }
    Ok(page)
}

/// Reads a window of a list of parts of visits; the visits themselves have a list of their own.
pub(super) fn records(
    read: &impl Read,
    listing: Listing,
    query: &ListQuery,
    recall: &Recall,
) -> Result<Page<RecordRow>, StoreError> {
    page(read, listing, (query, (Reach::Whole, recall)), record_row)
}

pub(super) fn visit_bytes(summary: &[u8]) -> Result<VisitBytes, StoreError> {
    super::bytes::decode(summary, "rows")
}

pub(super) fn visit_row(read: &impl Read, row: &StoredRow) -> Result<VisitRow, StoreError> {
    let (head, summary) = split_row(&row.content)?;
    let visit = visit_bytes(summary)?;
    let entity = row.slot.entity();
    let linked = pairs::linked(&visit);
    Ok(VisitRow {
        id: VisitId(entity.id),
        code: codes::code(read, entity)?,
        from: visit.from.and_then(number_day),
        to: visit.to.and_then(number_day),
        site: visit.site.into(),
        lead: visit.lead,
        team: visit.team,
        shared: visit
            .shared
            .into_iter()
            .filter_map(|c| text_code(Some(c)))
            .collect(),
        activity: visit.activity.map(Into::into),
        activities: visit.activities,
        meetings: visit.meetings,
        concerns: visit.open_concerns,
        state: head.state,
        linked,
        copies: Copies::default(),
    })
}

pub(super) fn record_row(read: &impl Read, row: &StoredRow) -> Result<RecordRow, StoreError> {
    let (head, summary) = split_row(&row.content)?;
    let (visit, site, title) = read_record(summary)?;
    let entity = row.slot.entity();
    Ok(RecordRow {
        entity,
        code: codes::code(read, entity)?,
        date: row.slot.date(),
        site,
        title,
        state: head.state,
        visit,
    })
}

/// Reads the row of a record that has one.
pub(super) fn row_of(read: &impl Read, entity: EntityId) -> Result<RecordRow, StoreError> {
    let damaged = StoreError::Damaged("rows");
    let ordinal = must_know(read, entity)?.ordinal.ok_or(damaged)?;
    let slot = Lookup::new(read).slot(ordinal)?;
    let content = read.get(Tab::Rows, &slot.key())?;
    let content = content.ok_or(StoreError::Damaged("rows"))?;
    record_row(read, &StoredRow { slot, content })
}
