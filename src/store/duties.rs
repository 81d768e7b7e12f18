//! How duties stand: what each cadre did of what a document asks, found by the words of the lists. Reads no
//! dossier, so that it is quick whatever the number of visits.

use std::collections::BTreeSet;

use super::codes;
use super::derive_alone::state;
use super::error::StoreError;
use super::family::Loaded;
use super::list::{StoredRow, record_row, visit_bytes};
use super::names;
use super::pairs;
use super::reader::Reader;
use super::rows::split_row;
use super::search::rows_with;
use super::tables::Read;
use super::tokens::{self, Token};
use crate::domain::{
    Assignment, AssignmentId, Code, Day, Kept, Listing, PersonId, RowTitle, Site, SiteName,
    Standing, Stretch, VisitId, counts,
};
use crate::law::calendar::Calendar;
use crate::law::duties::{Counts, Duties, DutyKind};
use crate::text::fold::fold;

/// What duties are held against.
pub struct Measure<'a> {
    pub duties: &'a Duties,
    pub calendar: &'a Calendar,
    /// The day up to which is counted.
    pub as_of: Day,
}

impl Reader {
    /// Returns every duty with a span that has a day within some days, in the order of their cadres' names.
    pub fn duties(
        &self,
        measure: &Measure<'_>,
        within: Stretch,
    ) -> Result<Vec<Standing>, StoreError> {
        standing(&self.snapshot()?, measure, within)
    }
}

/// Returns how duties stand, as [`Reader::duties`] does.
pub(super) fn standing(
    read: &impl Read,
    measure: &Measure<'_>,
    within: Stretch,
) -> Result<Vec<Standing>, StoreError> {
    let mut found = Vec::new();
    for loaded in super::tally::all::<Assignment>(read)? {
        if counts(state(&loaded)) {
            found.extend(one(read, measure, within, loaded)?);
        }
    }
    found.sort_by(|a, b| {
        let key = |one: &Standing| (fold(&one.who), fold(&one.duty.cell), one.duty.from, one.id);
        key(a).cmp(&key(b))
    });
    Ok(found)
}

fn one(
    read: &impl Read,
    measure: &Measure<'_>,
    within: Stretch,
    loaded: Loaded<Assignment>,
) -> Result<Option<Standing>, StoreError> {
    let entity = loaded.entity;
    let duty = loaded.value;
    let spans = duty.spans(within);
    let (Some(first), Some(last)) = (spans.first(), spans.last()) else {
        return Ok(None);
    };
    let kind = duty.duty.as_ref();
    let kind = kind.and_then(|code| measure.duties.kind(code));
    let days = Stretch {
        from: first.days.from,
        to: last.days.to.min(measure.as_of),
    };
    let kept = match (kind, duty.person) {
        (Some(kind), Some(person)) => {
            let done = done(read, measure.calendar, (kind, person, &duty), days)?;
            let count = |span: &Stretch| done.iter().filter(|day| span.holds(**day)).count();
            let kept = spans.iter().map(|span| {
                let done = u32::try_from(count(&span.days)).unwrap_or(u32::MAX);
                Kept::on(*span, done, measure.as_of)
            });
            kept.collect()
        }
        (Some(_) | None, _) => Vec::new(),
    };
    let who = match duty.person {
        Some(person) => names::person(read, person)?.unwrap_or_default().name,
        None => String::new(),
    };
    let site = match &duty.site {
        Some(site) => site_name(read, site)?,
        None => SiteName::default(),
    };
    Ok(Some(Standing {
        id: AssignmentId(entity.id),
        code: codes::code(read, entity)?,
        who,
        site,
        duty,
        kept,
    }))
}

fn site_name(read: &impl Read, site: &Site) -> Result<SiteName, StoreError> {
    let mut name = SiteName::default();
    match site {
        Site::Village(id) => {
            let village = names::resolve(read, *id)?;
            name = village.of_its_day(None).map_or(name, |p| p.site_name());
        }
        Site::Commune(code) => name.commune = Some(*code),
        Site::Former(code) => name.former = Some(*code),
        Site::Text(text) => name.village.clone_from(text),
    }
    Ok(name)
}

type Asked<'a> = (&'a DutyKind, PersonId, &'a Assignment);

/// Returns the days on which a duty was done, one for each time.
fn done(
    read: &impl Read,
    calendar: &Calendar,
    (kind, person, duty): Asked<'_>,
    days: Stretch,
) -> Result<Vec<Day>, StoreError> {
    if days.to < days.from {
        return Ok(Vec::new());
    }
    match kind.counts {
        Counts::Meetings => meetings(read, (kind, person, duty), days),
        Counts::Visits => visits(read, (person, duty), days),
        Counts::Receptions => {
            let codes = kind.receptions.iter();
            let codes = codes.filter_map(|kind| Code::new(kind.as_str()).ok());
            let codes: Vec<Token> = codes.map(|code| tokens::code_token(&code)).collect();
            let asked = [vec![tokens::names_person(person)], codes];
            let mut found = days_of(read, Listing::Receptions, &asked, days)?;
            found.extend(meetings(read, (kind, person, duty), days)?);
            Ok(found.into_iter().collect())
        }
        Counts::Saturdays => {
            let asked = [vec![tokens::names_person(person)]];
            let found = days_of(read, Listing::Duties, &asked, days)?;
            Ok(found
                .into_iter()
                .filter(|day| !calendar.is_working(*day))
                .collect())
        }
    }
}

/// Returns the days of the rows that count, each once.
pub(super) fn days_of(
    read: &impl Read,
    listing: Listing,
    asked: &[Vec<Token>],
    days: Stretch,
) -> Result<BTreeSet<Day>, StoreError> {
    let mut found = BTreeSet::new();
    for row in rows_with(read, listing, days, asked)? {
        if counts(split_row(&row.content)?.0.state) {
            found.extend(row.slot.date());
        }
    }
    Ok(found)
}

/// Returns the visits to the duty's place, or to any where it has none; linked ones count once.
fn visits(
    read: &impl Read,
    (person, duty): (PersonId, &Assignment),
    days: Stretch,
) -> Result<Vec<Day>, StoreError> {
    let mut asked = vec![vec![tokens::names_person(person)]];
    asked.extend(duty.site.as_ref().map(|site| vec![tokens::site(site)]));
    let mut found = Vec::new();
    for row in rows_with(read, Listing::Visits, days, &asked)? {
        let (head, summary) = split_row(&row.content)?;
        if counts(head.state) && visit_bytes(summary)?.repeat != Some(true) {
            found.extend(row.slot.date());
        }
    }
    Ok(found)
}

/// Returns the name of a cell by which two ways to write it are alike.
fn cell_key(name: &str) -> String {
    let key = fold(name.trim());
    key.strip_prefix("chi bo ").unwrap_or(&key).to_owned()
}

/// Returns the days on which meetings of the duty's kinds were attended: those of its cell, by its name or,
/// where the meeting names none, at its place. One day is one attendance, and so are linked visits.
fn meetings(
    read: &impl Read,
    (kind, person, duty): Asked<'_>,
    days: Stretch,
) -> Result<Vec<Day>, StoreError> {
    let kinds: Vec<Token> = kind.meetings.iter().map(tokens::code_token).collect();
    if kinds.is_empty() {
        return Ok(Vec::new());
    }
    let asked = vec![vec![tokens::names_person(person)], kinds];
    let of_site = duty.site.as_ref().map(|site| {
        let mut asked = asked.clone();
        asked.push(vec![tokens::site(site)]);
        asked
    });
    let cell = cell_key(&duty.cell);
    let at_site = match &of_site {
        Some(asked) => rows_with(read, Listing::Meetings, days, asked)?,
        None => Vec::new(),
    };
    let mut rows = Vec::new();
    if cell.is_empty() {
        rows = match of_site {
            Some(_) => at_site,
            None => rows_with(read, Listing::Meetings, days, &asked)?,
        };
    } else {
        rows.extend(named(read, at_site, "")?);
        let all = rows_with(read, Listing::Meetings, days, &asked)?;
        rows.extend(named(read, all, &cell)?);
    }
    let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::<VisitId>::new());
    rows.sort_by_key(|row| std::cmp::Reverse(row.slot));
    for row in rows {
        let shown = record_row(read, &row)?;
        let (true, Some(day), Some(visit)) = (counts(shown.state), shown.date, shown.visit) else {
            continue;
        };
        let linked = pairs::group(read, visit)?;
        if linked.is_disjoint(&seen) {
            found.insert(day);
        }
        seen.insert(visit);
    }
    Ok(found.into_iter().collect())
}

/// Leaves the rows of meetings whose body goes by a name.
fn named(read: &impl Read, rows: Vec<StoredRow>, name: &str) -> Result<Vec<StoredRow>, StoreError> {
    let mut kept = Vec::new();
    for row in rows {
        if let RowTitle::Meeting { body, .. } = record_row(read, &row)?.title
            && cell_key(&body) == name
        {
            kept.push(row);
        }
    }
    Ok(kept)
}
