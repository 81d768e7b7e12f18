//! What needs a person, and the numbers of the last months, added up from days.

use chrono::{Datelike, Months};

use super::copies::Elsewhere;
use super::dues;
use super::error::StoreError;
use super::life::read_one;
use super::list::{self, Bucket};
use super::recall::Recall;
use super::rows::number_day;
use super::search::Reach;
use super::tables::Read;
use crate::domain::{
    Day, Envelope, EnvelopeId, ListQuery, Listing, Matter, MonthNumbers, Today, TodayItem,
    VisitState,
};

/// The most items that the screen is given.
const ITEMS: usize = 200;
/// How many months are counted.
const MONTHS: u32 = 8;

/// Reads what the screen of the day shows.
pub(super) fn today(read: &impl Read, today: Day) -> Result<Today, StoreError> {
    let mut items = Vec::new();
    let conflicts = visits_in(read, VisitState::Conflict, ITEMS)?;
    let returned = visits_in(read, VisitState::Returned, ITEMS)?;
    let drafts = visits_in(read, VisitState::Draft, ITEMS)?;
    let (dues, due_count) = dues(read)?;
    items.extend(conflicts.0.into_iter().map(TodayItem::Conflict));
    items.extend(dues);
    items.extend(returned.0.into_iter().map(TodayItem::Returned));
    items.extend(drafts.0.into_iter().map(TodayItem::Draft));
    items.truncate(ITEMS);
    let (months, present) = month_numbers(read, today)?;
    let elsewhere = Elsewhere::read(read)?;
    let not_copied = elsewhere.local(read)?;
    let uncopied = elsewhere.oldest(read)?;
    Ok(Today {
        items,
        waiting: conflicts.1 + due_count + returned.1 + drafts.1,
        months,
        days: present,
        not_copied,
        quarantined: 0,
        uncopied,
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
    let page = list::visits(read, &query, (Reach::Whole, &Recall::default()))?;
    Ok((page.rows, page.matching))
}

/// Returns what is owed, what goes wrong first first, and how much there is.
fn dues(read: &impl Read) -> Result<(Vec<TodayItem>, u64), StoreError> {
    let (first, count) = dues::first(read, ITEMS)?;
    let mut items = Vec::with_capacity(first.len());
    for (due, case) in first {
        items.push(match case.matter {
            Matter::Concern(_) | Matter::Promise { .. } => TodayItem::Due {
                due,
                row: list::row_of(read, case.entity)?,
                case,
            },
            Matter::Envelope { .. } => {
                let envelope: Envelope = read_one(read, case.entity)?;
                TodayItem::Envelope {
                    id: EnvelopeId(case.entity.id),
                    due,
                    number: envelope.number,
                    visit: envelope.visit,
                }
            }
        });
    }
    Ok((items, count))
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
