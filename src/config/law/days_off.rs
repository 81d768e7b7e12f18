//! Calendar files: holidays of every year, days of one year, and which years are announced.

use std::collections::BTreeSet;
use std::num::NonZeroU8;

use chrono::Datelike;
use serde::Deserialize;
use toml::Spanned;

use super::words::{ConfidenceWord, Date, DatingWord, DayWord};
use super::{Placed, spans_of};
use crate::config::catalogue::Label;
use crate::config::{ConfigError, Problem, Source};
use crate::domain::Day;
use crate::law::calendar::{FIRST_YEAR, LAST_YEAR, is_weekend};
use crate::law::days_off::{
    Confidence, Dating, DayKind, DaysOff, Holiday, Name, NamedDay, Schedule,
};
use crate::law::rules::Validity;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct File {
    schedule: Vec<ScheduleEntry>,
    holiday: Vec<HolidayEntry>,
    day: Vec<DayEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScheduleEntry {
    year: Spanned<i32>,
    source: Label,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayEntry {
    id: Spanned<Label>,
    vi: Label,
    en: Label,
    calendar: DatingWord,
    month: u8,
    day: Spanned<u8>,
    #[serde(default)]
    first: i8,
    days: NonZeroU8,
    from: Date,
    to: Option<Date>,
    source: Label,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DayEntry {
    date: Spanned<Date>,
    kind: DayWord,
    of: Option<Spanned<Label>>,
    vi: Option<Label>,
    en: Option<Label>,
    confidence: Option<ConfidenceWord>,
    source: Label,
}

/// Reads the calendar files of a layer; `known` is what layers below name.
pub(super) fn read(sources: &[Source], known: &DaysOff) -> Result<DaysOff, ConfigError> {
    let mut holidays = Vec::new();
    let (mut days, mut schedules) = (Vec::new(), Vec::new());
    for source in sources {
        let file: File = source.toml()?;
        for entry in file.holiday {
            holidays.push(holiday(source, entry)?);
        }
        days.extend(file.day.into_iter().map(|entry| (source, entry)));
        schedules.extend(file.schedule.into_iter().map(|entry| (source, entry)));
    }
    let ids: BTreeSet<&str> = holidays.iter().map(|of| of.value.id.as_str()).collect();
    for id in &ids {
        let spans = holidays.iter().filter(|of| of.value.id == *id);
        spans_of(id, spans, |of| of.validity)?;
    }
    let mut out = DaysOff::default();
    let mut dates = BTreeSet::new();
    for (source, entry) in days {
        let at = entry.date.span().start;
        let date = entry.date.get_ref().0;
        if !dates.insert(date) {
            return Err(source.error(at, Problem::Twice(date.to_string())));
        }
        let is_known = |id: &str| ids.contains(id) || known.holidays.iter().any(|h| h.id == id);
        out.named.push(named(source, entry, is_known)?);
    }
    let mut years = BTreeSet::new();
    for (source, entry) in schedules {
        let at = entry.year.span().start;
        let year = entry.year.into_inner();
        if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
            return Err(source.error(at, Problem::Value("year".to_owned())));
        }
        if !years.insert(year) {
            return Err(source.error(at, Problem::Twice(year.to_string())));
        }
        let source = entry.source.0;
        out.schedules.push(Schedule { year, source });
    }
    out.holidays = holidays.into_iter().map(|placed| placed.value).collect();
    Ok(out)
}

fn holiday(source: &Source, entry: HolidayEntry) -> Result<Placed<'_, Holiday>, ConfigError> {
    let at = entry.id.span().start;
    let day = *entry.day.get_ref();
    let exists = match entry.calendar.0 {
        // A leap year has all dates.
        Dating::Solar => Day::from_ymd_opt(2000, entry.month.into(), day.into()).is_some(),
        Dating::Lunar => (1..=12).contains(&entry.month) && (1..=30).contains(&day),
    };
    if !exists {
        let at = entry.day.span().start;
        return Err(source.error(at, Problem::Value("day".to_owned())));
    }
    let value = Holiday {
        id: entry.id.into_inner().0,
        name: Name {
            vi: entry.vi.0,
            en: entry.en.0,
        },
        dating: entry.calendar.0,
        month: entry.month,
        day,
        first: entry.first,
        days: entry.days.get(),
        validity: Validity {
            from: entry.from.0,
            to: entry.to.map(|to| to.0),
        },
        source: entry.source.0,
    };
    Ok(Placed { source, at, value })
}

/// Checks that a day is of a kind that its weekday allows and of a holiday that there is.
fn named(
    source: &Source,
    entry: DayEntry,
    is_known: impl Fn(&str) -> bool,
) -> Result<NamedDay, ConfigError> {
    let at = entry.date.span().start;
    let date = entry.date.get_ref().0;
    let value = |at: usize, key: &str| source.error(at, Problem::Value(key.to_owned()));
    if !(FIRST_YEAR..=LAST_YEAR).contains(&date.year()) {
        return Err(value(at, "date"));
    }
    let kind = entry.kind.0;
    let may_be_of = match kind {
        DayKind::SwappedWork if !is_weekend(date) => {
            return Err(source.error(at, Problem::WorkedAnyway(date.to_string())));
        }
        DayKind::SwappedOff | DayKind::MakeUpOff if is_weekend(date) => {
            return Err(source.error(at, Problem::OffAnyway(date.to_string())));
        }
        DayKind::Holiday | DayKind::MakeUpOff => true,
        DayKind::SwappedOff | DayKind::SwappedWork | DayKind::AsUsual => false,
    };
    if let Some(of) = &entry.of
        && !(may_be_of && is_known(&of.get_ref().0))
    {
        return Err(value(of.span().start, "of"));
    }
    let missing = |key: &str| source.error(at, Problem::Missing(key.to_owned()));
    let name = match (entry.vi, entry.en) {
        (Some(vi), Some(en)) => Some(Name { vi: vi.0, en: en.0 }),
        (None, None) => None,
        (Some(_), None) => return Err(missing("en")),
        (None, Some(_)) => return Err(missing("vi")),
    };
    Ok(NamedDay {
        date,
        kind,
        of: entry.of.map(|of| of.into_inner().0),
        name,
        confidence: entry.confidence.map_or(Confidence::Sourced, |word| word.0),
        source: entry.source.0,
    })
}
