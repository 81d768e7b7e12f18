//! What the numbers of a period are reckoned from: rows of one snapshot, with the units of config and the
//! Saturdays of the calendar. Sums nothing itself.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Weekday;

use super::settings;
use crate::app::Setup;
use crate::config::units::ProvinceCode;
use crate::domain::tally::{Covered, Head, Narrow, Question, Rows, TallyId, Value, tally};
use crate::domain::{Closing, Day, Period, Unit, UnitBasis};
use crate::law::duties::Counts;
use crate::store::{Reader, StoreError};
use crate::text::fold::fold;

/// Where no record says which province the logbook is of: Tuyên Quang.
const PROVINCE: ProvinceCode = ProvinceCode(8);

/// Which records are asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    pub period: Period,
    /// Only what this unit logged or led, as it was typed.
    pub unit: Option<String>,
    pub narrow: Narrow,
}

/// What the numbers of a period are reckoned from.
pub struct Numbers {
    ask: Ask,
    unit: Option<String>,
    as_of: Day,
    rows: Rows,
    saturdays: Vec<Day>,
    communes: Vec<Covered>,
    closing: Option<Closing>,
}

impl Numbers {
    /// Reads them; a period that is not over is reckoned as of today.
    pub fn read(reader: &Reader, setup: &Setup, ask: &Ask, today: Day) -> Result<Self, StoreError> {
        let period = ask.period;
        let as_of = period.to.min(today);
        let mut rows = reader.tally_rows(period, as_of, &settings::reckoner(setup))?;
        rows.locate(|head| locate(setup, head));
        rows.keep_duties(|code| counts_meetings(setup, code));
        let calendar = &setup.law().calendar;
        let saturdays = period.weekdays(Weekday::Sat);
        Ok(Self {
            unit: ask.unit.as_deref().map(|unit| fold(unit.trim())),
            as_of,
            saturdays: saturdays.filter(|day| !calendar.is_working(*day)).collect(),
            communes: communes(setup, &rows),
            closing: match (&ask.unit, ask.narrow) {
                (None, Narrow::Sent) => reader.closing(period)?,
                // What was frozen is the numbers of all that was sent.
                (Some(_), _) | (None, Narrow::Confirmed) => None,
            },
            rows,
            ask: ask.clone(),
        })
    }

    /// Asks about them.
    pub fn question(&self) -> Question<'_> {
        Question {
            period: self.ask.period,
            as_of: self.as_of,
            unit: self.unit.as_deref(),
            narrow: self.ask.narrow,
            saturdays: &self.saturdays,
            communes: &self.communes,
            rows: &self.rows,
        }
    }

    /// Gives the closing of the period, where it is closed and all of it is asked about.
    pub fn closing(&self) -> Option<&Closing> {
        self.closing.as_ref()
    }

    /// Returns a number: as it stood when the period was closed, else as it stands.
    pub fn value(&self, id: TallyId) -> Value {
        let frozen = self.closing.as_ref().and_then(|closing| closing.value(id));
        frozen.unwrap_or_else(|| tally(id, &self.question()).value())
    }

    /// Returns what changed since the period was closed: what each number was, and is now.
    pub fn corrections(&self) -> BTreeMap<TallyId, (Value, Value)> {
        let frozen = self.closing.iter().flat_map(|closing| &closing.numbers);
        let now = |id| tally(id, &self.question()).value();
        let pairs = frozen.map(|(id, was)| (*id, (*was, now(*id))));
        pairs.filter(|(_, (was, now))| was != now).collect()
    }

    /// Tells whether no record names the unit that is asked about.
    pub fn is_of_nobody(&self) -> bool {
        let Some(unit) = self.unit.as_deref() else {
            return false;
        };
        let partners = self.rows.activities.iter();
        let mut units: BTreeSet<&str> = partners
            .flat_map(|row| row.partners.iter().map(|partner| partner.key.as_str()))
            .collect();
        units.extend(self.rows.heads().map(|head| head.unit.key.as_str()));
        !units.contains(unit)
    }

    /// Tells whether nothing lies in the period.
    pub fn is_empty(&self) -> bool {
        let within = |head: &Head| head.day.is_some_and(|day| self.ask.period.holds(day));
        !self.rows.heads().any(within)
    }
}

/// Tells whether a kind of duty is kept by attending meetings; of one that the template does not know that
/// is not known, and it counts.
fn counts_meetings(setup: &Setup, code: &str) -> bool {
    let mut kinds = setup.duties.kinds.iter();
    let kind = kinds.find(|kind| kind.code.as_str() == code);
    kind.is_none_or(|kind| kind.counts == Counts::Meetings)
}

/// Names the unit of a record's place on its day, and finds those of today that it lies in.
fn locate(setup: &Setup, head: &mut Head) {
    let unit = setup.unit(&head.site, head.day, UnitBasis::OfItsDay);
    let name = unit.and_then(|unit| setup.communes.unit_name(unit));
    head.place = name.map_or_else(String::new, |name| name.name.to_owned());
    let today = setup.communes.units(&head.site, head.day, UnitBasis::Today);
    let code = |unit| match unit {
        Unit::Today(code) => Some(code),
        Unit::Former(_) => None,
    };
    head.communes = today.into_iter().filter_map(code).collect();
}

/// Returns the communes of the province that most records lie in.
fn communes(setup: &Setup, rows: &Rows) -> Vec<Covered> {
    let mut provinces = BTreeMap::<ProvinceCode, usize>::new();
    for code in rows.heads().flat_map(|head| &head.communes) {
        if let Some(commune) = setup.communes.get(*code) {
            *provinces.entry(commune.province).or_default() += 1;
        }
    }
    let most = provinces.into_iter().rev().max_by_key(|(_, count)| *count);
    let province = most.map_or(PROVINCE, |(province, _)| province);
    let all = setup.communes.all().iter();
    let within = all.filter(|commune| commune.province == province);
    let covered = within.map(|commune| Covered {
        code: commune.code,
        name: commune.name.clone(),
    });
    covered.collect()
}
