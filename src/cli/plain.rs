//! Records for people: what JSON says in codes and ISO dates, in words, in the language asked for.
//!
//! Reads the JSON of `show`, so that the two never say different things. What a later release adds is
//! shown under its own name.

use serde_json::{Map, Value};

use super::desk::{Desk, put};
use crate::app::{Setup, field_name, owed};
use crate::config::catalogue::Choices;
use crate::domain::{Code, ConcernKind, ConcernState, ConcernStep};
use crate::i18n::messages::{common, concern, history, show};
use crate::i18n::{Language, Text};

/// What the words are taken from.
pub struct Plain<'a> {
    pub desk: &'a Desk,
    pub setup: &'a Setup,
}

impl Plain<'_> {
    /// Writes fields as indented lines, without what is not known; `of` is the kind of record.
    pub fn fields(&self, fields: &Map<String, Value>, of: &str, depth: usize) {
        let indent = "  ".repeat(depth);
        for (name, value) in fields {
            let label = self.say(&label(name, of));
            if name == "amount" {
                let part = |part: &str| self.value(part, name, &value[part]);
                let parts = ["value", "measure"].into_iter().filter_map(part);
                let parts: Vec<String> = parts.collect();
                if !parts.is_empty() {
                    put(&format!("{indent}{label}: {}", parts.join(" ")));
                }
                continue;
            }
            let several = match value {
                Value::Array(items) => items.as_slice(),
                one => std::slice::from_ref(one),
            };
            if several.iter().all(|item| !item.is_object()) {
                let words = several.iter().filter_map(|item| self.value(name, of, item));
                let words: Vec<String> = words.collect();
                if !words.is_empty() {
                    put(&format!("{indent}{label}: {}", words.join("; ")));
                }
                continue;
            }
            for inner in several.iter().filter_map(Value::as_object) {
                if inner.values().any(is_known) {
                    put(&format!("{indent}{label}:"));
                    self.fields(inner, name, depth + 1);
                }
            }
        }
    }

    /// Gives a value in words; `None` where nothing is known.
    fn value(&self, name: &str, of: &str, value: &Value) -> Option<String> {
        let language = self.language();
        Some(match value {
            Value::Null | Value::Object(_) | Value::Array(_) | Value::Bool(false) => return None,
            Value::Bool(true) => self.say(&common::yes()),
            Value::Number(number) => match number.as_i64() {
                Some(whole) => language.number(whole),
                None => language.decimal((number.as_f64()? * 1000.0).round() as i64),
            },
            Value::String(text) => self.word(name, of, text),
        })
    }

    /// Gives the label of a code, a day as people write it, and any other text as it is.
    fn word(&self, name: &str, of: &str, text: &str) -> String {
        let lists = &self.setup.catalogue;
        let choices = match (name, of) {
            ("category", _) => &lists.activities,
            ("measure", _) => &lists.measures,
            ("shared", _) => &lists.shared,
            ("capacity", _) => &lists.capacities,
            ("topic", _) => &lists.topics,
            ("source", _) => &lists.funding,
            ("kind", "beneficiaries") => &lists.beneficiaries,
            ("kind", "meetings" | "meeting") => &lists.meetings,
            ("from" | "to" | "on" | "due" | "answer_by", _) => {
                return day(text, self.language());
            }
            _ => return term(name, text).map_or_else(|| text.to_owned(), |word| self.say(&word)),
        };
        self.choice(choices, text)
    }

    fn choice(&self, choices: &Choices, code: &str) -> String {
        let known = Code::new(code).ok();
        let label = known.map(|code| Setup::choice(choices, &code, self.language()));
        label.unwrap_or_else(|| code.to_owned())
    }

    fn say(&self, text: &Text) -> String {
        self.desk.speech.text(text)
    }

    fn language(&self) -> Language {
        self.desk.speech.language()
    }
}

/// Writes a day of JSON as people write it.
pub fn day(iso: &str, language: Language) -> String {
    super::day::read(iso).map_or_else(|| iso.to_owned(), |day| language.date(day))
}

/// Tells whether anything in a value is known.
fn is_known(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::Object(inner) => inner.values().any(is_known),
        Value::Array(items) => items.iter().any(is_known),
        Value::Bool(true) | Value::Number(_) | Value::String(_) => true,
    }
}

/// The word for one of a closed list.
fn term(name: &str, code: &str) -> Option<Text> {
    let kind = ConcernKind::ALL.into_iter().find(|k| k.as_str() == code);
    Some(match (name, code) {
        ("kind", _) => match kind? {
            ConcernKind::Complaint => common::concern_complaint(),
            ConcernKind::Recommendation => common::concern_recommendation(),
            ConcernKind::Reflection => common::concern_reflection(),
        },
        ("life", _) => {
            let mut lives = ConcernState::ALL.into_iter();
            owed::state(lives.find(|life| life.as_str() == code)?)
        }
        ("step", _) => {
            let mut steps = ConcernStep::ALL.into_iter();
            owed::step(steps.find(|step| step.as_str() == code)?)
        }
        ("settlement", "pending") => common::settlement_pending(),
        ("settlement", "on_the_spot") => common::settlement_on_the_spot(),
        ("origin", "typed") => common::origin_typed(),
        ("origin", "import") => common::origin_import(),
        _ => return None,
    })
}

/// Names a field of `show --json`.
fn label(name: &str, of: &str) -> Text {
    match (name, of) {
        ("life", _) => concern::label_state(),
        ("step" | "steps", _) => history::about_step(),
        ("labels", _) => concern::label_labels(),
        ("text", "promises") => history::field_promises(),
        ("value", "amount") => history::field_amount(),
        ("due", _) => show::due(),
        ("code", _) => show::code(),
        ("nights", _) => show::nights(),
        ("origin", _) => show::origin(),
        ("commune", _) => show::commune(),
        ("commune_now", _) => show::commune_now(),
        ("activities", _) => history::about_activity(),
        ("meetings", _) => history::about_meeting(),
        ("concerns", _) => history::about_concern(),
        ("envelopes", _) => history::about_envelope(),
        ("helped", _) => history::about_helped(),
        ("particulars", _) => history::about_particulars(),
        ("households", _) => show::households(),
        ("people", _) => show::people(),
        ("turns", _) => show::turns(),
        ("source", _) => history::field_funding(),
        ("value_vnd", _) => show::value(),
        ("by", _) => show::by(),
        ("cumulative", _) => show::cumulative(),
        ("opinions_raised", _) => show::opinions(),
        ("anonymous", _) => show::anonymous(),
        ("contact", _) => show::contact(),
        ("linked", _) => show::linked(),
        ("may_be_one_with", _) => show::may_be_one(),
        (name, _) => match field_name(name) {
            other if other == history::field_other() => common::words(name),
            known => known,
        },
    }
}
