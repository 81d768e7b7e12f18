//! Where the unit has been in a year: visits by place and month from the sets of rows that a search has, days
//! of duty and of reception from their lists. Reads no visit.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use roaring::RoaringBitmap;

use super::apply::month_key;
use super::duties::{Measure, days_of, standing};
use super::error::StoreError;
use super::family::load;
use super::list::days_between;
use super::pairs;
use super::postings::Month as Sets;
use super::reader::Reader;
use super::rows::{inverted_month, number_day};
use super::search::rows_with;
use super::tables::Read;
use super::tally::spots;
use super::tokens;
use crate::domain::{
    Code, CommuneCode, Coverage, Day, FormerCommuneCode, Label, Listing, Months, PlaceId,
    Reception, ReceptionDay, ReceptionKind, Site, Stretch, VisitState, counts,
};

impl Reader {
    /// Returns every hot spot that was put on a place or taken off it and stands, oldest first.
    pub fn spots(&self) -> Result<Vec<Label>, StoreError> {
        let spots = spots(&self.snapshot()?)?.into_iter();
        let standing = spots.filter(|label| label.record.withdrawn.is_none());
        Ok(standing.map(|label| label.value).collect())
    }

    /// Returns what is known of a year; nothing of it where there is no such year.
    pub fn coverage(&self, measure: &Measure<'_>, year: i32) -> Result<Coverage, StoreError> {
        let Some(days) = Stretch::of_year(year) else {
            return Ok(Coverage::default());
        };
        let read = self.snapshot()?;
        let mut coverage = Coverage {
            year,
            duties: standing(&read, measure, days)?,
            receptions: receptions(&read, days)?,
            ..Coverage::default()
        };
        let on_duty = days_of(&read, Listing::Duties, &[states()], days)?;
        coverage.on_duty = on_duty.into_iter().collect();
        visited(&read, &mut coverage, days)?;
        Ok(coverage)
    }
}

/// The tokens of the states that count.
fn states() -> Vec<tokens::Token> {
    let all = VisitState::ALL.into_iter().filter(|state| counts(*state));
    all.map(tokens::state).collect()
}

/// Returns the days of the heads' own receptions.
fn receptions(read: &impl Read, days: Stretch) -> Result<Vec<ReceptionDay>, StoreError> {
    let Ok(periodic) = Code::new(ReceptionKind::Periodic.as_str()) else {
        return Ok(Vec::new());
    };
    let asked = [vec![tokens::code_token(&periodic)], states()];
    let mut found = Vec::new();
    for row in rows_with(read, Listing::Receptions, days, &asked)? {
        if let Some(loaded) = load::<Reception>(read, row.slot.entity())?
            && let Some(on) = row.slot.date()
        {
            let head = loaded.value.head;
            found.push(ReceptionDay { on, head });
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// What a month's sets of rows say.
struct Month {
    /// Visits that were not withdrawn, linked ones once.
    shown: RoaringBitmap,
    /// Those of them at some village.
    at_villages: RoaringBitmap,
    /// Those at some village or unit.
    placed: RoaringBitmap,
}

/// Counts the visits of each place in each month.
fn visited(read: &impl Read, coverage: &mut Coverage, days: Stretch) -> Result<(), StoreError> {
    let repeats = pairs::repeated(read)?;
    let mut places = BTreeMap::<Site, Months>::new();
    // A month without a row has no sets at all.
    let days = days_between(read, Listing::Visits, (days.from, days.to))?;
    let days = days.iter().filter_map(|bucket| number_day(!bucket.day));
    let months: BTreeSet<u32> = days.map(|day| day.month0()).collect();
    for at in months {
        let Some(first) = Day::from_ymd_opt(coverage.year, at + 1, 1) else {
            continue;
        };
        let key = month_key(Listing::Visits, inverted_month(first));
        let sets = Sets::open(read, &key)?;
        let mut month = Month {
            shown: shown(read, &sets)? - &repeats,
            at_villages: RoaringBitmap::new(),
            placed: RoaringBitmap::new(),
        };
        let mut add = |site: Site, visits: u64| {
            let count = u32::try_from(visits).unwrap_or(u32::MAX);
            if count > 0 {
                places.entry(site).or_default()[at as usize] = count;
            }
        };
        each(read, &sets, b'p', &mut |token, rows| {
            let rows = rows & &month.shown;
            if let Ok(id) = <[u8; 16]>::try_from(token) {
                add(Site::Village(PlaceId(id)), rows.len());
            }
            month.at_villages |= rows;
        })?;
        month.placed |= &month.at_villages;
        for tag in [b'm', b'f'] {
            each(read, &sets, tag, &mut |token, rows| {
                let rows = rows & &month.shown;
                let Ok(code) = <[u8; 4]>::try_from(token).map(u32::from_be_bytes) else {
                    return;
                };
                let site = match tag {
                    b'm' => Site::Commune(CommuneCode(code)),
                    _ => Site::Former(FormerCommuneCode(code)),
                };
                add(site, (&rows - &month.at_villages).len());
                month.placed |= rows;
            })?;
        }
        let unplaced = (&month.shown - &month.placed).len();
        coverage.unplaced[at as usize] = u32::try_from(unplaced).unwrap_or(u32::MAX);
    }
    coverage.visited = places.into_iter().collect();
    Ok(())
}

/// Returns the visits of a month that were not withdrawn.
fn shown(read: &impl Read, sets: &Sets<'_>) -> Result<RoaringBitmap, StoreError> {
    let mut all = RoaringBitmap::new();
    for state in VisitState::ALL {
        if state != VisitState::Withdrawn {
            all |= sets.get(read, &tokens::state(state))?;
        }
    }
    Ok(all)
}

/// Reads the sets of all tokens of a month that begin with a tag.
fn each(
    read: &impl Read,
    sets: &Sets<'_>,
    tag: u8,
    take: &mut dyn FnMut(&[u8], RoaringBitmap),
) -> Result<(), StoreError> {
    sets.each(read, &[tag], &mut |token, rows| {
        take(token.get(1..).unwrap_or_default(), rows);
        Ok(())
    })
}
