//! Renders texts in a language.
//!
//! Owns the parsed messages. Never panics and never returns an error: a message that one language
//! lacks is said in the other, and one that both lack by its id (a test proves that neither happens).

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::messages::{AREAS, Area};
use super::{Language, Text, Value};

type Bundle = FluentBundle<FluentResource>;

/// Whole numbers up to here are exact in the floating numbers that Fluent counts with.
const EXACT: i64 = 1 << 53;

/// The messages of one language, with the other to fall back on.
pub struct Catalog {
    language: Language,
    own: Bundle,
    other: OnceLock<Bundle>,
}

impl Catalog {
    /// Parses the messages of a language.
    pub fn new(language: Language) -> Self {
        Self {
            language,
            own: bundle(language),
            other: OnceLock::new(),
        }
    }

    /// Gives the language that texts are rendered in.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// Renders a text.
    pub fn text(&self, text: &Text) -> String {
        self.render(&self.own, self.language, text)
            .or_else(|| {
                let other = self.language.other();
                self.render(self.other.get_or_init(|| bundle(other)), other, text)
            })
            .unwrap_or_else(|| text.id.to_owned())
    }

    fn render(&self, bundle: &Bundle, language: Language, text: &Text) -> Option<String> {
        let pattern = bundle.get_message(text.id)?.value()?;
        let mut args = FluentArgs::with_capacity(text.args.len());
        for (name, value) in &text.args {
            args.set(*name, self.argument(language, value));
        }
        // What cannot be resolved is shown by its name; the test on totality finds it first.
        let mut unresolved = Vec::new();
        let rendered = bundle.format_pattern(pattern, Some(&args), &mut unresolved);
        Some(rendered.into_owned())
    }

    fn argument<'a>(&self, language: Language, value: &'a Value) -> FluentValue<'a> {
        match value {
            Value::Words(words) => FluentValue::from(words.as_str()),
            Value::Number(number) => {
                countable(*number, 1).unwrap_or_else(|| FluentValue::from(language.number(*number)))
            }
            Value::Decimal(thousandths) => countable(*thousandths, 1000)
                .unwrap_or_else(|| FluentValue::from(language.decimal(*thousandths))),
            Value::Date(date) => FluentValue::from(language.date(*date)),
            Value::ShortDate(date) => FluentValue::from(language.short_date(*date)),
            Value::Time(time) => FluentValue::from(language.time(*time)),
            Value::Text(text) => FluentValue::from(self.text(text)),
        }
    }
}

/// Gives a number that Fluent can choose a plural by, unless that would round it.
fn countable<'a>(number: i64, parts: i32) -> Option<FluentValue<'a>> {
    let exact = number.unsigned_abs() <= (EXACT / 1000).unsigned_abs();
    exact.then(|| FluentValue::from(number as f64 / f64::from(parts)))
}

fn bundle(language: Language) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![identifier(language)]);
    // Isolation marks are invisible columns on a terminal; both languages run left to right.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::Vi => |value, _| local(Language::Vi, value),
        Language::En => |value, _| local(Language::En, value),
    }));
    for area in AREAS {
        // What does parse is used; tests refuse a file with errors or the same id twice.
        let resource = match FluentResource::try_new(source(area, language).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn local(language: Language, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(FluentNumber { value, .. }) => {
            Some(language.decimal((value * 1000.0).round() as i64))
        }
        FluentValue::String(_)
        | FluentValue::Custom(_)
        | FluentValue::None
        | FluentValue::Error => None,
    }
}

fn identifier(language: Language) -> LanguageIdentifier {
    let code = language.code().parse();
    code.expect("a code of ours is a language identifier")
}

/// Gives the file of an area in a language.
pub(super) const fn source(area: &Area, language: Language) -> &'static str {
    match language {
        Language::Vi => area.vi,
        Language::En => area.en,
    }
}
