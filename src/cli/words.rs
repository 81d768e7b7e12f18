//! Values of records as JSON and as short words.

use serde_json::{Value, json};

use crate::app::Setup;
use crate::domain::{
    ActivityBrief, Code, Copies, Day, EntityKind, Quantity, Settlement, SiteName, Stamp, UnitBasis,
};
use crate::i18n::Language;
use crate::i18n::messages::common;

/// Writes a day, `null` where it is not known.
pub fn day(day: Option<Day>) -> Value {
    day.map(|day| day.format("%Y-%m-%d").to_string()).into()
}

/// Writes a moment in Vietnam's time.
pub fn moment(at: Stamp) -> Value {
    at.local()
        .format("%Y-%m-%dT%H:%M:%S+07:00")
        .to_string()
        .into()
}

/// Writes a code, `null` where it is not known.
pub fn code(code: Option<&Code>) -> Value {
    code.map(Code::as_str).into()
}

/// Writes codes.
pub fn codes(codes: &[Code]) -> Value {
    codes.iter().map(Code::as_str).collect()
}

/// Writes a text, `null` where there is none.
pub fn text(text: &str) -> Value {
    (!text.is_empty()).then_some(text).into()
}

/// Writes an amount: an integer where it is one.
pub fn quantity(amount: Option<Quantity>) -> Value {
    match amount {
        None => Value::Null,
        Some(Quantity(thousandths)) if thousandths % 1000 == 0 => (thousandths / 1000).into(),
        Some(Quantity(thousandths)) => (thousandths as f64 / 1000.0).into(),
    }
}

/// Writes the units that a place names: that of the day, and that of today where there is one.
pub fn units(setup: &Setup, site: &SiteName, on: Option<Day>) -> [(&'static str, Value); 2] {
    let communes = &setup.communes;
    let name = |basis| match communes.units(site, on, basis)[..] {
        [unit] => communes.unit_name(unit).map(|name| name.name),
        [] | [_, ..] => None,
    };
    let of_its_day = setup.unit(site, on, UnitBasis::OfItsDay);
    let of_its_day = of_its_day.and_then(|unit| communes.unit_name(unit));
    [
        ("commune", of_its_day.map(|name| name.name).into()),
        ("commune_now", name(UnitBasis::Today).into()),
    ]
}

/// Says where the copies of a record are.
pub fn copies(copies: Copies) -> &'static str {
    match copies {
        Copies::Local => "local",
        Copies::Copied => "copied",
        Copies::Received => "received",
    }
}

/// Says whether a concern was settled on the spot.
pub fn settlement(settlement: Settlement) -> &'static str {
    match settlement {
        Settlement::Pending => "pending",
        Settlement::OnTheSpot => "on_the_spot",
    }
}

/// Names the kind of a record.
pub fn kind(kind: EntityKind) -> Value {
    match kind {
        EntityKind::Unknown(number) => json!(number),
        known => json!(known.word()),
    }
}

/// Says an activity in a few words: "Kênh mương 120 m, 45 công".
pub fn brief(setup: &Setup, brief: &ActivityBrief, language: Language) -> String {
    let lists = &setup.catalogue;
    let category = brief.category.as_ref();
    let category = category.map(|code| Setup::choice(&lists.activities, code, language));
    let amount = brief.amount.map(|amount| number(amount, language));
    let measure = brief.measure.as_ref();
    let measure = measure.map(|code| Setup::choice(&lists.measures, code, language));
    let days = brief
        .person_days
        .map(|days| i64::try_from(days.0).unwrap_or(i64::MAX));
    let days = days.map(|days| setup.speech(language).text(&common::person_days(days)));
    let first: Vec<String> = [category, amount, measure].into_iter().flatten().collect();
    joined(&[first.join(" "), days.unwrap_or_default()])
}

/// Joins what is not empty by commas.
pub fn joined(parts: &[String]) -> String {
    let parts = parts.iter().filter(|part| !part.is_empty());
    parts.map(String::as_str).collect::<Vec<_>>().join(", ")
}

fn number(amount: Quantity, language: Language) -> String {
    language.decimal(i64::try_from(amount.0).unwrap_or(i64::MAX))
}
