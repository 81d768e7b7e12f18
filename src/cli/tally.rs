//! `tally`: the numbers of a period, each with its rule, as lines or JSON.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::args::{Behind as Naming, Form, Tallied};
use super::desk::{Desk, put, put_json};
use super::stop::{Exit, Stop};
use crate::app::{Setup, category_name, tally_words};
use crate::domain::tally::{Behind, By, Division, Rates, Tally, TallyId, Value, tally};
use crate::domain::{Basis, CommuneCode, Day, Quantity};
use crate::i18n::Text;
use crate::i18n::messages::tally as t;
use crate::runtime::Clock;
use crate::runtime::numbers::{Ask, Numbers};
use crate::store::Reader;
use crate::text::width;

/// Writes the numbers.
pub fn run(desk: &Desk, asked: &Tallied) -> Result<Exit, Stop> {
    let logbook = desk.open()?;
    let setup = desk.setup()?;
    let reader = logbook.store.reader();
    let today = desk.clock.today();
    let ask = Ask {
        period: asked.period,
        unit: asked.unit.clone(),
        narrow: asked.narrow,
    };
    let numbers = desk.with(|| Ok(Numbers::read(&reader, &setup, &ask, today)?))?;
    let question = numbers.question();
    let ids = TallyId::ALL.into_iter().map(|(_, id)| id);
    let wanted = ids.filter(|id| asked.id.is_none_or(|one| one == *id));
    let tallies: Vec<(TallyId, Tally)> = wanted.map(|id| (id, tally(id, &question))).collect();
    let writer = Writer {
        desk,
        setup: &setup,
        reader: &reader,
        numbers: &numbers,
        corrections: numbers.corrections(),
        asked,
    };
    match asked.form {
        Form::Json => put_json(&writer.json(&tallies)?),
        Form::Words => writer.lines(&tallies)?,
    }
    remarks(desk, &numbers, asked, today);
    Ok(Exit::Done)
}

/// Says beside the result what a reader of the numbers must know.
fn remarks(desk: &Desk, numbers: &Numbers, asked: &Tallied, today: Day) {
    if asked.period.to >= today {
        desk.say(&t::still_open(numbers.question().as_of));
    }
    match &asked.unit {
        Some(typed) if numbers.is_of_nobody() => desk.say(&t::no_such_unit(typed.as_str())),
        Some(_) | None if numbers.is_empty() => desk.say(&t::empty()),
        Some(_) | None => {}
    }
}

/// How the numbers are written.
struct Writer<'a> {
    desk: &'a Desk,
    setup: &'a Setup,
    reader: &'a Reader,
    numbers: &'a Numbers,
    /// What changed since the period was closed.
    corrections: BTreeMap<TallyId, (Value, Value)>,
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
            let mut one = number(self.numbers.value(*id));
            if let Some(by) = self.asked.by {
                one["by"] = divided(tally, by, period.basis);
            }
            if self.asked.behind == Naming::Named {
                let codes = self.codes(tally)?;
                one["rows"] = codes.clone().into();
                document["rows"] = codes.into();
            }
            all.insert(id.as_str().to_owned(), one);
        }
        document["tallies"] = Json::Object(all);
        document["closed"] = self.closed();
        Ok(document)
    }

    /// When the period was closed, and what changed since.
    fn closed(&self) -> Json {
        let Some(closing) = self.numbers.closing() else {
            return Json::Null;
        };
        let change = |(id, (was, now)): (&TallyId, &(Value, Value))| {
            let change = json!({ "was": part(*was), "now": part(*now) });
            (id.as_str().to_owned(), change)
        };
        let corrections: Map<String, Json> = self.corrections.iter().map(change).collect();
        json!({
            "at": closing.on.map(|on| on.to_string()),
            "corrections": corrections,
        })
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
        if let Some(on) = self.numbers.closing().and_then(|closing| closing.on) {
            put(&self.say(&t::closed(on)));
        }
        let named = tallies.iter().map(|(id, tally)| {
            let (name, rule) = tally_words(*id);
            let value = self.value(self.numbers.value(*id));
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
            if let Some((_, now)) = self.corrections.get(id) {
                put(&format!(
                    "    {}",
                    self.say(&t::corrected(self.value(*now)))
                ));
            }
            if *id == TallyId::WithdrawnBefore {
                self.rates(tallies);
            }
            if let Some(by) = self.asked.by {
                self.parts(tally, by, period.basis);
            }
            if self.asked.behind == Naming::Named {
                for code in self.codes(tally)? {
                    put(&format!("    {code}"));
                }
            }
        }
        Ok(())
    }

    /// Writes a line for each part.
    fn parts(&self, tally: &Tally, by: Division, basis: Basis) {
        match by {
            Division::Single(by) => {
                for (key, value) in tally.by(by, basis) {
                    put(&format!(
                        "    {}: {}",
                        self.key(by, &key),
                        self.value(value)
                    ));
                }
            }
            Division::Crossed(one, other) => {
                for (row, cells) in tally.across((one, other), basis) {
                    let row = self.key(one, &row);
                    for (key, value) in cells {
                        let (key, value) = (self.key(other, &key), self.value(value));
                        put(&format!("    {row} · {key}: {value}"));
                    }
                }
            }
        }
    }

    /// Compares the two periods' withdrawals, where both closed anything.
    fn rates(&self, tallies: &[(TallyId, Tally)]) {
        let value = |wanted| {
            let asked = tallies.iter().any(|(id, _)| *id == wanted);
            asked.then(|| self.numbers.value(wanted))
        };
        let both = value(TallyId::Withdrawn).zip(value(TallyId::WithdrawnBefore));
        let Some(rates) = both.and_then(|(now, before)| Rates::of(now, before)) else {
            return;
        };
        let mut said = vec![t::rates(rates.now, rates.before, rates.points)];
        said.extend(rates.relative.map(t::relative));
        if rates.few {
            said.push(t::few());
        }
        said.push(t::no_target());
        let said: Vec<String> = said.iter().map(|text| self.say(text)).collect();
        put(&format!("    {}", said.join("; ")));
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
            By::Category => category_name(self.setup, key, self.desk.speech.language()),
            By::Place | By::Unit | By::Month => key.to_owned(),
        }
    }

    fn say(&self, text: &Text) -> String {
        self.desk.speech.text(text)
    }
}

/// The parts of a number, each with its own parts where it is divided twice.
fn divided(tally: &Tally, by: Division, basis: Basis) -> Json {
    let parts = |parts: BTreeMap<String, Value>| -> Json {
        let parts = parts.into_iter();
        Json::Object(
            parts
                .map(|(key, value)| (known(key), part(value)))
                .collect(),
        )
    };
    match by {
        Division::Single(by) => parts(tally.by(by, basis)),
        Division::Crossed(one, other) => {
            let rows = tally.across((one, other), basis).into_iter();
            Json::Object(
                rows.map(|(key, cells)| (known(key), parts(cells)))
                    .collect(),
            )
        }
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
