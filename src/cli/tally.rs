//! `tally`: the numbers of a period, each with its rule, as lines or JSON.

mod words;

use std::collections::{BTreeMap, BTreeSet};

use chrono::Weekday;
use serde_json::{Map, Value as Json, json};

use super::args::{Behind as Naming, Form, Tallied};
use super::desk::{Desk, put, put_json};
use super::stop::{Exit, Stop};
use crate::app::Setup;
use crate::config::units::ProvinceCode;
use crate::domain::tally::{
    Behind, By, Covered, Head, Question, Rows, Tally, TallyId, Value, tally,
};
use crate::domain::{Basis, Code, CommuneCode, Day, Quantity, Unit, UnitBasis};
use crate::i18n::Text;
use crate::i18n::messages::tally as t;
use crate::law::duties::Counts;
use crate::runtime::{Clock, settings};
use crate::store::Reader;
use crate::text::fold::fold;
use crate::text::width;

/// Where no record says which province the logbook is of: Tuyên Quang.
const PROVINCE: ProvinceCode = ProvinceCode(8);

/// Writes the numbers.
pub fn run(desk: &Desk, asked: &Tallied) -> Result<Exit, Stop> {
    let logbook = desk.open()?;
    let setup = desk.setup()?;
    let reader = logbook.store.reader();
    let today = desk.clock.today();
    let as_of = asked.period.to.min(today);
    let reckoner = settings::reckoner(&setup);
    let mut rows = desk.with(|| Ok(reader.tally_rows(asked.period, as_of, &reckoner)?))?;
    rows.locate(|head| locate(&setup, head));
    rows.keep_duties(|code| counts_meetings(&setup, code));
    let unit = asked.unit.as_deref().map(|unit| fold(unit.trim()));
    let calendar = &setup.law().calendar;
    let saturdays = asked.period.weekdays(Weekday::Sat);
    let saturdays: Vec<Day> = saturdays.filter(|day| !calendar.is_working(*day)).collect();
    let question = Question {
        period: asked.period,
        as_of,
        unit: unit.as_deref(),
        narrow: asked.narrow,
        saturdays: &saturdays,
        communes: &communes(&setup, &rows),
        rows: &rows,
    };
    let ids = TallyId::ALL.into_iter().map(|(_, id)| id);
    let wanted = ids.filter(|id| asked.id.is_none_or(|one| one == *id));
    let tallies: Vec<(TallyId, Tally)> = wanted.map(|id| (id, tally(id, &question))).collect();
    let writer = Writer {
        desk,
        setup: &setup,
        reader: &reader,
        asked,
    };
    match asked.form {
        Form::Json => put_json(&writer.json(&tallies)?),
        Form::Words => writer.lines(&tallies)?,
    }
    writer.remarks(&question, today);
    Ok(Exit::Done)
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

/// How the numbers are written.
struct Writer<'a> {
    desk: &'a Desk,
    setup: &'a Setup,
    reader: &'a Reader,
    asked: &'a Tallied,
}

impl Writer<'_> {
    fn json(&self, tallies: &[(TallyId, Tally)]) -> Result<Json, Stop> {
        let period = self.asked.period;
        let mut all = Map::new();
        let mut document = json!({
            "period": {
                "from": period.from.to_string(),
                "to": period.to.to_string(),
                "basis": period.basis.as_str(),
            },
        });
        for (id, tally) in tallies {
            let mut one = number(tally.value());
            if let Some(by) = self.asked.by {
                let parts = tally.by(by, period.basis).into_iter();
                let parts = parts.map(|(key, value)| (known(key), part(value)));
                one["by"] = Json::Object(parts.collect());
            }
            if self.asked.behind == Naming::Named {
                let codes = self.codes(tally)?;
                one["rows"] = codes.clone().into();
                document["rows"] = codes.into();
            }
            all.insert(id.as_str().to_owned(), one);
        }
        document["tallies"] = Json::Object(all);
        Ok(document)
    }

    /// Returns the codes of the records behind a number.
    fn codes(&self, tally: &Tally) -> Result<Vec<String>, Stop> {
        let code = |behind| match behind {
            Behind::Record(entity) => {
                let code = self.desk.with(|| Ok(self.reader.code(entity)?))?;
                Ok(code.as_str().to_owned())
            }
            Behind::Commune(CommuneCode(code)) => Ok(format!("{code:05}")),
        };
        tally.rows().into_iter().map(code).collect()
    }

    fn lines(&self, tallies: &[(TallyId, Tally)]) -> Result<(), Stop> {
        let period = self.asked.period;
        let head = match period.basis {
            Basis::Calendar => t::head(period.from, period.to),
            Basis::Administrative => t::head_administrative(period.from, period.to),
        };
        put(&self.say(&head));
        let named = tallies.iter().map(|(id, tally)| {
            let (name, rule) = words::words(*id);
            let value = self.value(tally.value());
            (self.say(&name), value, self.say(&rule), *id, tally)
        });
        let named: Vec<_> = named.collect();
        let widest = |width: &dyn Fn(usize) -> usize| (0..named.len()).map(width).max();
        let names = widest(&|at| width::columns(&named[at].0)).unwrap_or(0);
        let values = widest(&|at| width::columns(&named[at].1)).unwrap_or(0);
        for (name, value, rule, id, tally) in &named {
            let room = values - width::columns(value);
            let name = width::pad_right(name, names);
            put(&format!("{name}  {}{value}  {rule}", " ".repeat(room)));
            if *id == TallyId::WithdrawnBefore {
                self.rates(tallies);
            }
            if let Some(by) = self.asked.by {
                for (key, value) in tally.by(by, period.basis) {
                    put(&format!(
                        "    {}: {}",
                        self.key(by, &key),
                        self.value(value)
                    ));
                }
            }
            if self.asked.behind == Naming::Named {
                for code in self.codes(tally)? {
                    put(&format!("    {code}"));
                }
            }
        }
        Ok(())
    }

    /// Compares the two periods' withdrawals, where both closed anything.
    fn rates(&self, tallies: &[(TallyId, Tally)]) {
        let rate = |wanted| {
            let found = tallies.iter().find(|(id, _)| *id == wanted);
            match found.map(|(_, tally)| tally.value()) {
                Some(Value::Share { done, of }) if of > 0 => Some((done, of)),
                Some(Value::Share { .. } | Value::Count(_) | Value::Decimal(_)) | None => None,
            }
        };
        let (Some(now), Some(before)) = (rate(TallyId::Withdrawn), rate(TallyId::WithdrawnBefore))
        else {
            return;
        };
        // In thousandths of a hundredth, to one place.
        let tenths = |done: i128, of: i128| {
            let tenths = (done * 2000 + of * done.signum()) / (of * 2);
            i64::try_from(tenths * 100).unwrap_or(i64::MAX)
        };
        let [done, of] = [now.0, now.1].map(i128::from);
        let [done_before, of_before] = [before.0, before.1].map(i128::from);
        let apart = done * of_before - done_before * of;
        let mut said = vec![t::rates(
            tenths(done, of),
            tenths(done_before, of_before),
            tenths(apart, of * of_before),
        )];
        if done_before > 0 {
            said.push(t::relative(tenths(apart, done_before * of)));
        }
        if now.1.min(before.1) < 20 {
            said.push(t::few());
        }
        said.push(t::no_target());
        let said: Vec<String> = said.iter().map(|text| self.say(text)).collect();
        put(&format!("    {}", said.join("; ")));
    }

    /// Says beside the result what a reader of the numbers must know.
    fn remarks(&self, question: &Question<'_>, today: Day) {
        if question.period.to >= today {
            self.desk.say(&t::still_open(question.as_of));
        }
        let heads = || question.rows.heads();
        if let (Some(unit), Some(typed)) = (question.unit, &self.asked.unit) {
            let partners = question.rows.activities.iter();
            let mut units: BTreeSet<&str> = partners
                .flat_map(|row| row.partners.iter().map(|partner| partner.key.as_str()))
                .collect();
            units.extend(heads().map(|head| head.unit.key.as_str()));
            if !units.contains(unit) {
                self.desk.say(&t::no_such_unit(typed.as_str()));
                return;
            }
        }
        let within = |head: &Head| head.day.is_some_and(|day| question.period.holds(day));
        if !heads().any(within) {
            self.desk.say(&t::empty());
        }
    }

    fn value(&self, value: Value) -> String {
        let language = self.desk.speech.language();
        let whole = |number| i64::try_from(number).unwrap_or(i64::MAX);
        match value {
            Value::Count(count) => language.number(whole(count)),
            Value::Decimal(thousandths) => language.decimal(whole(thousandths)),
            Value::Share { done, of } => self.say(&t::share(done, of)),
        }
    }

    /// Names a part of a division.
    fn key(&self, by: By, key: &str) -> String {
        if key.is_empty() {
            return self.say(&t::unknown());
        }
        match by {
            By::Category => {
                let lists = &self.setup.catalogue;
                let code = Code::new(key).ok();
                let lists = [&lists.activities, &lists.meetings, &lists.topics];
                let found = code.and_then(|code| {
                    let list = lists.into_iter().find(|list| list.get(&code).is_some())?;
                    Some(Setup::choice(list, &code, self.desk.speech.language()))
                });
                found.unwrap_or_else(|| key.to_owned())
            }
            By::Place | By::Unit | By::Month => key.to_owned(),
        }
    }

    fn say(&self, text: &Text) -> String {
        self.desk.speech.text(text)
    }
}

/// The key of what is not known.
fn known(key: String) -> String {
    match key.is_empty() {
        true => "unknown".to_owned(),
        false => key,
    }
}

fn number(value: Value) -> Json {
    match value {
        Value::Share { done, of } => json!({ "done": done, "of": of }),
        Value::Count(_) | Value::Decimal(_) => json!({ "value": part(value) }),
    }
}

fn part(value: Value) -> Json {
    match value {
        Value::Count(count) => count.into(),
        Value::Decimal(thousandths) => super::words::quantity(Some(Quantity(thousandths))),
        Value::Share { .. } => number(value),
    }
}
