//! What needs a person, and the numbers of the last months, added up from days.

use chrono::{Datelike, Months};
use roaring::RoaringBitmap;

use super::apply::{month_key, posting_key, postings};
use super::bytes::take;
use super::copies::Elsewhere;
use super::entity::record;
use super::error::StoreError;
use super::list::{self, Bucket, StoredRow, months, record_row};
use super::ordinals::Lookup;
use super::rows::{Slot, number_day};
use super::rowset;
use super::search::Reach;
use super::tables::{Read, Tab, after};
use super::tokens;
use crate::domain::{Day, ListQuery, Listing, Meeting, MonthNumbers, Today, TodayItem, VisitState};

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
    let (months, present) = month_numbers(read, today)?;
    let not_copied = Elsewhere::read(read)?.counts(read)?.local;
    let mut copied = super::kept::since(read)?;
    if not_copied == 0 {
        // What lies in bundles that were read back is not on this device only.
        let exchanged = super::exchange::last(read)?.map(|(at, _)| at);
        copied = copied.max(exchanged);
    }
    Ok(Today {
        items,
        waiting: conflicts.1 + due_count + drafts.1,
        months,
        days: present,
        not_copied,
        quarantined: 0,
        copied,
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
    let page = list::visits(read, &query, Reach::Whole)?;
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
                    rows: rowset::read(&content)?,
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
        let mut rows = Lookup::new(read);
        for due in same_day {
            for ordinal in &due.rows {
                let slot = rows.slot(ordinal)?;
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

/// Adds up the last months, the present one last, and the visits of each day of the present one.
fn month_numbers(read: &impl Read, today: Day) -> Result<(Vec<MonthNumbers>, Present), StoreError> {
    let first = today.with_day(1).unwrap_or(today);
    let mut months = Vec::new();
    let mut present = Vec::new();
    for back in (0..MONTHS).rev() {
        let Some(month) = first.checked_sub_months(Months::new(back)) else {
            continue;
        };
        let Some(next) = month.checked_add_months(Months::new(1)) else {
            continue;
        };
        let span = (month, next.pred_opt().unwrap_or(month));
        let sum = |listing| {
            let days = list::days_between(read, listing, span)?;
            let add = |(rows, measure): (u64, u64), day: &Bucket| {
                let counts = &day.counts;
                (
                    rows + counts.counted,
                    measure.saturating_add(counts.measure),
                )
            };
            Ok::<_, StoreError>(days.iter().fold((0, 0), add))
        };
        let (activities, person_days) = sum(Listing::Activities)?;
        let (concerns, settled_on_spot) = sum(Listing::Concerns)?;
        months.push(MonthNumbers {
            month,
            visits: sum(Listing::Visits)?.0,
            activities,
            meetings: sum(Listing::Meetings)?.0,
            person_days,
            concerns,
            settled_on_spot,
        });
        if back == 0 {
            present = visits_by_day(&list::days_between(read, Listing::Visits, span)?);
        }
    }
    Ok((months, present))
}

fn visits_by_day(days: &[Bucket]) -> Present {
    let day = |bucket: &Bucket| {
        let once = bucket.shown().saturating_sub(bucket.counts.repeats);
        let visits = u32::try_from(once).unwrap_or(u32::MAX);
        number_day(!bucket.day)
            .filter(|_| visits > 0)
            .map(|day| (day, visits))
    };
    let mut days: Present = days.iter().filter_map(day).collect();
    days.sort_unstable();
    days
}
