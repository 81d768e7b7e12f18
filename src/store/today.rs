//! What needs a person, and the numbers of the last months, counted from the rows themselves.

use chrono::{Datelike, Months};
use roaring::RoaringBitmap;

use super::apply::{month_key, posting_key, postings, read_bitmap, slot_of};
use super::bytes::take;
use super::entity::record;
use super::error::StoreError;
use super::list::{self, Bucket, StoredRow, months, record_row, rows_of_day, visit_bytes};
use super::pairs::Counted;
use super::rows::{Slot, inverted_month, month_of, number_day, split_row};
use super::tables::{Read, Tab, Way, after};
use super::tokens;
use crate::domain::{
    Day, ListQuery, Listing, Meeting, MonthNumbers, Today, TodayItem, VisitState, counts,
};

/// The most items that the screen is given.
const ITEMS: usize = 200;
/// How many months are counted.
const MONTHS: u32 = 8;

/// Reads what the screen of the day shows.
pub(super) fn today(read: &impl Read, today: Day) -> Result<Today, StoreError> {
    let mut items = Vec::new();
    let conflicts = visits_in(read, VisitState::Conflict, ITEMS)?;
    let drafts = visits_in(read, VisitState::Draft, ITEMS)?;
    let (dues, due_count) = dues(read)?;
    items.extend(conflicts.0.into_iter().map(TodayItem::Conflict));
    items.extend(dues);
    items.extend(drafts.0.into_iter().map(TodayItem::Draft));
    items.truncate(ITEMS);
    let days = list::days(read, Listing::Visits)?;
    let (months, present) = month_numbers(read, today, &days)?;
    let withdrawn = super::rows::state_index(VisitState::Withdrawn);
    let all = |bucket: &Bucket| bucket.counts.iter().sum::<u64>() - bucket.counts[withdrawn];
    Ok(Today {
        items,
        waiting: conflicts.1 + due_count + drafts.1,
        months,
        days: present,
        not_copied: days.iter().map(all).sum(),
    })
}

/// Returns the newest visits in a state, and how many there are.
fn visits_in(
    read: &impl Read,
    state: VisitState,
    limit: usize,
) -> Result<(Vec<crate::domain::VisitRow>, u64), StoreError> {
    let mut query = ListQuery {
        words: String::new(),
        filters: crate::domain::Filters::default(),
        sort: crate::domain::Sort::NewestFirst,
        offset: 0,
        limit,
        labels: Vec::new(),
    };
    query.filters.states = vec![state];
    let page = list::visits(read, &query)?;
    Ok((page.rows, page.matching))
}

/// Rows of one month of a list that have something due on one day.
struct Due {
    day: Day,
    listing: Listing,
    rows: RoaringBitmap,
}

/// Returns what was promised and is not answered, earliest first, and how much there is. What one
/// meeting promised for one day is one item.
fn dues(read: &impl Read) -> Result<(Vec<TodayItem>, u64), StoreError> {
    let mut found = Vec::new();
    for listing in [Listing::Concerns, Listing::Meetings] {
        for month in months(read, listing)? {
            let month = month_key(listing, month);
            let from = posting_key(&month, tokens::DUE);
            for (key, content) in postings(&month).range(read, &from, &after(&from))? {
                let mut day = key.get(from.len()..).unwrap_or_default();
                let day = u32::from_be_bytes(*take(&mut day, "postings")?);
                found.push(Due {
                    day: number_day(day).ok_or(StoreError::Damaged("postings"))?,
                    listing,
                    rows: read_bitmap(&content)?,
                });
            }
        }
    }
    let count = found.iter().map(|due| due.rows.len()).sum();
    found.sort_by_key(|due| due.day);
    let mut items = Vec::new();
    for same_day in found.chunk_by(|a, b| a.day == b.day) {
        if items.len() >= ITEMS {
            break;
        }
        let mut slots: Vec<Slot> = Vec::new();
        for due in same_day {
            for ordinal in &due.rows {
                let slot = slot_of(read, ordinal)?;
                if slot.listing != due.listing {
                    return Err(StoreError::Damaged("postings"));
                }
                slots.push(slot);
            }
        }
        slots.sort_unstable();
        for slot in slots.into_iter().take(ITEMS - items.len()) {
            items.push(due_item(read, slot, same_day[0].day)?);
        }
    }
    Ok((items, count))
}

fn due_item(read: &impl Read, slot: Slot, due: Day) -> Result<TodayItem, StoreError> {
    let content = read.get(Tab::Rows, &slot.key())?;
    let content = content.ok_or(StoreError::Damaged("rows"))?;
    let row = record_row(read, &StoredRow { slot, content })?;
    if slot.listing != Listing::Meetings {
        return Ok(TodayItem::AnswerDue { due, concern: row });
    }
    let meeting: Meeting = record(read, slot.entity())?
        .read()
        .map_err(|_| StoreError::Damaged("a record"))?;
    let on_day = meeting.promises.into_iter().filter(|p| p.due == Some(due));
    Ok(TodayItem::PromiseDue {
        due,
        text: on_day.map(|p| p.text).collect::<Vec<_>>().join("; "),
        meeting: row,
    })
}

type Present = Vec<(Day, u32)>;

/// Counts the last months, the present one last, and the visits of each day of the present one.
fn month_numbers(
    read: &impl Read,
    today: Day,
    days: &[Bucket],
) -> Result<(Vec<MonthNumbers>, Present), StoreError> {
    let first = today.with_day(1).unwrap_or(today);
    let mut months = Vec::new();
    let mut present = Vec::new();
    for back in (0..MONTHS).rev() {
        let Some(month) = first.checked_sub_months(Months::new(back)) else {
            continue;
        };
        let mut numbers = MonthNumbers {
            month,
            visits: 0,
            activities: 0,
            meetings: 0,
            person_days: 0,
            concerns: 0,
            settled_on_spot: 0,
        };
        for bucket in days {
            if month_of(bucket.day)? == inverted_month(month) {
                let shown = add_day(read, bucket, &mut numbers)?;
                if let (0, Some(day)) = (back, number_day(!bucket.day))
                    && shown > 0
                {
                    present.push((day, shown));
                }
            }
        }
        months.push(numbers);
    }
    present.sort_unstable();
    Ok((months, present))
}

/// Adds a day to the numbers of its month; returns how many visits it has, drafts among them.
fn add_day(
    read: &impl Read,
    bucket: &Bucket,
    numbers: &mut MonthNumbers,
) -> Result<u32, StoreError> {
    let mut shown = 0;
    for row in rows_of_day(read, Listing::Visits, bucket, Way::Up)? {
        let (head, summary) = split_row(&row.content)?;
        if head.state == VisitState::Withdrawn {
            continue;
        }
        let counted = Counted::of(&visit_bytes(summary)?);
        shown += u32::from(counted.visits > 0);
        if counts(head.state) {
            numbers.visits += counted.visits;
            numbers.activities += counted.activities;
            numbers.meetings += counted.meetings;
            numbers.person_days = numbers.person_days.saturating_add(counted.person_days);
            numbers.concerns += counted.concerns;
            numbers.settled_on_spot += counted.settled;
        }
    }
    Ok(shown)
}
