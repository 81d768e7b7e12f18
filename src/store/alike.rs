//! Looks for the visits that may tell of the same as one: a bounded number of reads, however large
//! the logbook. Never decides and never writes.

use std::collections::{BTreeMap, BTreeSet};

use roaring::RoaringBitmap;

use super::apply::{buckets, month_key, read_counts};
use super::error::StoreError;
use super::family::{Family, family};
use super::list::{Bucket, StoredRow, rows_of_day, visit_bytes};
use super::names;
use super::ordinals::Lookup;
use super::pairs;
use super::postings::Month;
use super::rows::{
    Slot, UNDATED, day_key, inverted_day, listing_number, month_of, number_day, split_row,
};
use super::tables::{Read, Tab, Way, after};
use super::tokens;
use crate::domain::{
    About, DAYS_APART, Decision, Gist, LONGEST, LabelMatch, Likeness, Listing, Site, Sketch, Spot,
    VisitId, VisitState,
};
use crate::text::fold::syllables;

/// Rows looked up for one visit at most; of more, those that were written last.
const LOOKED_UP: usize = 1024;
/// Visits read whole for one visit at most; of more, the nearest by day.
const COMPARED: usize = 64;
/// Places compared of one visit.
const SPOTS: usize = 16;

/// A visit that may tell of the same.
pub(super) struct Alike {
    pub(super) slot: Slot,
    pub(super) family: Family,
    pub(super) likeness: Likeness,
    pub(super) decision: Option<Decision>,
}

/// Which visits are looked at.
#[derive(Clone, Copy)]
pub(super) enum Among {
    All,
    /// Those that the list of visits, newest first, has after this one.
    After(Slot),
}

fn spot(read: &impl Read, site: &Site) -> Result<Spot, StoreError> {
    Ok(match site {
        Site::Village(id) => {
            let resolved = names::resolve(read, *id)?;
            let standing = resolved.standing();
            let place = standing.map(|(_, place)| place);
            Spot {
                village: standing.map(|(id, _)| *id),
                commune: place.and_then(|place| place.commune),
                former: place.and_then(|place| place.former),
                words: place.map_or_else(Vec::new, |place| syllables(&place.name).collect()),
            }
        }
        Site::Commune(code) => Spot {
            commune: Some(*code),
            ..Spot::default()
        },
        Site::Former(code) => Spot {
            former: Some(*code),
            ..Spot::default()
        },
        Site::Text(text) => Spot {
            words: syllables(text).collect(),
            ..Spot::default()
        },
    })
}

pub(super) fn gist_of(family: &Family) -> Gist {
    let activities = family.activities.iter().map(|a| &a.value);
    let meetings = family.meetings.iter().map(|m| &m.value);
    Gist::new(&family.visit.value, family.state, activities, meetings)
}

fn sketch(read: &impl Read, gist: Gist) -> Result<Sketch, StoreError> {
    let mut spots = Vec::new();
    for site in gist.sites.iter().take(SPOTS) {
        spots.push(spot(read, site)?);
    }
    Ok(Sketch {
        state: gist.state,
        from: gist.from,
        to: gist.to,
        spots,
        people: gist.people,
        about: gist.about,
    })
}

/// Returns the days of the list that may hold a visit like this one, with their counts.
fn window(read: &impl Read, sketch: &Sketch, among: Among) -> Result<Vec<Bucket>, StoreError> {
    let Some((first, last)) = sketch.span() else {
        return Ok(Vec::new());
    };
    let days = |days: i64| chrono::TimeDelta::days(days);
    let oldest = inverted_day(first.checked_sub_signed(days(DAYS_APART)));
    let newest = match among {
        Among::All => inverted_day(last.checked_add_signed(days(DAYS_APART + LONGEST))),
        Among::After(slot) => slot.day,
    };
    if oldest == UNDATED || newest == UNDATED {
        return Ok(Vec::new());
    }
    days_between(read, newest, oldest)
}

/// Returns the days of the list that have rows, from one inverted day to another.
pub(super) fn days_between(
    read: &impl Read,
    newest: u32,
    oldest: u32,
) -> Result<Vec<Bucket>, StoreError> {
    let number = [listing_number(Listing::Visits)];
    let from = day_key(Listing::Visits, newest);
    let below = after(&day_key(Listing::Visits, oldest));
    let found = buckets(&number).range(read, &from, &below)?;
    let bucket = |(key, content): (Vec<u8>, Vec<u8>)| {
        let day = key.last_chunk::<4>();
        Ok(Bucket {
            day: u32::from_be_bytes(*day.ok_or(StoreError::Damaged("buckets"))?),
            counts: read_counts(&content)?,
        })
    };
    found.into_iter().map(bucket).collect()
}

/// Returns the rows of a month that are at one of the places.
fn places(
    read: &impl Read,
    month: &Month<'_>,
    spots: &[Spot],
) -> Result<RoaringBitmap, StoreError> {
    let mut found = RoaringBitmap::new();
    for spot in spots {
        if let Some(village) = spot.village {
            found |= month.get(read, &tokens::site(&Site::Village(village)))?;
        }
        if let Some(commune) = spot.commune {
            found |= month.get(read, &tokens::site(&Site::Commune(commune)))?;
        }
        if let Some(former) = spot.former {
            found |= month.get(read, &tokens::site(&Site::Former(former)))?;
        }
        let mut named: Option<RoaringBitmap> = None;
        for word in &spot.words {
            let hits = month.get(read, &tokens::word(word))?;
            named = Some(match named {
                Some(named) => named & hits,
                None => hits,
            });
        }
        found |= named.unwrap_or_default();
    }
    Ok(found)
}

/// Returns the rows of a month that may be like a visit: same place, a cadre or a kind in common.
fn hits(read: &impl Read, month: &[u8; 5], sketch: &Sketch) -> Result<RoaringBitmap, StoreError> {
    let month = Month::open(read, month)?;
    let mut common = RoaringBitmap::new();
    for person in &sketch.people {
        common |= month.get(read, &tokens::names_person(*person))?;
    }
    for about in &sketch.about {
        if let About::Activity(Some(code)) | About::Meeting(Some(code)) = about {
            common |= month.get(read, &tokens::label(&LabelMatch::Code(code.clone())))?;
        }
    }
    if common.is_empty() {
        return Ok(common);
    }
    let gone = month.get(read, &tokens::state(VisitState::Withdrawn))?;
    Ok((places(read, &month, &sketch.spots)? & common) - gone)
}

/// Returns the rows of some days of a month that are among the hits, by the shorter way.
fn rows(
    read: &impl Read,
    days: &[Bucket],
    hits: &RoaringBitmap,
) -> Result<Vec<StoredRow>, StoreError> {
    let in_days: u64 = days.iter().flat_map(|day| day.counts.states).sum();
    let mut found = Vec::new();
    if in_days <= hits.len() {
        for day in days {
            for row in rows_of_day(read, Listing::Visits, day, Way::Up)? {
                if hits.contains(split_row(&row.content)?.0.ordinal) {
                    found.push(row);
                }
            }
        }
        return Ok(found);
    }
    let mut numbers = Lookup::new(read);
    for ordinal in hits.iter().rev().take(LOOKED_UP) {
        let slot = numbers.slot(ordinal)?;
        if days.iter().any(|day| day.day == slot.day) {
            let content = read.get(Tab::Rows, &slot.key())?;
            let content = content.ok_or(StoreError::Damaged("rows"))?;
            found.push(StoredRow { slot, content });
        }
    }
    Ok(found)
}

/// Returns how far the days of a row are from a visit's, `None` where too far.
fn days_from(sketch: &Sketch, row: &StoredRow) -> Result<Option<i64>, StoreError> {
    let visit = visit_bytes(split_row(&row.content)?.1)?;
    let dates = Sketch {
        from: visit.from.and_then(number_day),
        to: visit.to.and_then(number_day),
        ..Sketch::default()
    };
    Ok(sketch.days_from(&dates))
}

/// Returns the visits like one, the likeliest first; of those that were decided about or are linked
/// already only the ones that people are at odds about.
pub(super) fn alike(
    read: &impl Read,
    own: Option<VisitId>,
    gist: Gist,
    among: Among,
) -> Result<Vec<Alike>, StoreError> {
    let sketch = &sketch(read, gist)?;
    let days = window(read, sketch, among)?;
    let mut months = BTreeMap::<u32, Vec<Bucket>>::new();
    for day in days {
        months.entry(month_of(day.day)?).or_default().push(day);
    }
    let mut near = Vec::new();
    for (month, days) in months {
        let hits = hits(read, &month_key(Listing::Visits, month), sketch)?;
        for row in rows(read, &days, &hits)? {
            let wanted = match among {
                Among::All => own != Some(VisitId(row.slot.entity().id)),
                Among::After(slot) => row.slot > slot,
            };
            if let (true, Some(days)) = (wanted, days_from(sketch, &row)?) {
                near.push((days, row.slot));
            }
        }
    }
    near.sort();
    near.truncate(COMPARED);
    let decided = match own {
        Some(own) => Decided::about(read, own)?,
        None => Decided::default(),
    };
    let mut found = Vec::new();
    for (_, slot) in near {
        let Ok(decision) = decided.of(VisitId(slot.entity().id)) else {
            continue;
        };
        let other = family(read, VisitId(slot.entity().id))?;
        let other = other.ok_or(StoreError::Damaged("rows"))?;
        if let Some(likeness) = sketch.like(&self::sketch(read, gist_of(&other))?) {
            found.push(Alike {
                slot,
                family: other,
                likeness,
                decision,
            });
        }
    }
    found.sort_by_key(|alike| (std::cmp::Reverse(alike.likeness.score()), alike.slot));
    Ok(found)
}

/// What was decided about a visit.
#[derive(Default)]
struct Decided {
    disputed: BTreeSet<VisitId>,
    closed: BTreeSet<VisitId>,
}

/// A pair that is not to be asked about.
struct Closed;

impl Decided {
    fn about(read: &impl Read, own: VisitId) -> Result<Self, StoreError> {
        let mut decided = Self {
            closed: pairs::group(read, own)?,
            ..Self::default()
        };
        for (other, decision) in pairs::decided(read, own)? {
            match decision {
                Decision::Linked | Decision::Dismissed => decided.closed.insert(other),
                Decision::Disputed => decided.disputed.insert(other),
            };
        }
        Ok(decided)
    }

    /// Returns what stands about a visit where it is to be asked about.
    fn of(&self, other: VisitId) -> Result<Option<Decision>, Closed> {
        if self.closed.contains(&other) {
            return Err(Closed);
        }
        Ok(self.disputed.contains(&other).then_some(Decision::Disputed))
    }
}
