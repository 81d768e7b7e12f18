//! Proves both languages total, equal in arguments and clean, and what rendering promises.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use fluent_bundle::FluentResource;
use unicode_normalization::is_nfc;

use super::catalog::source;
use super::messages::{AREAS, common};
use super::{Catalog, Language, Text, Value};

/// The messages of one file: id → its text and the arguments it uses.
fn messages_of(name: &str, ftl: &str) -> BTreeMap<String, BTreeSet<String>> {
    assert!(is_nfc(ftl), "{name} is not NFC");
    let resource = FluentResource::try_new(ftl.to_owned());
    assert!(
        resource.is_ok(),
        "{name}: {:?}",
        resource.err().map(|(_, errors)| errors)
    );
    let mut found = BTreeMap::new();
    for (id, body) in blocks(ftl) {
        let used = arguments(&body);
        assert!(!body.trim().is_empty(), "{name}: {id} says nothing");
        assert!(
            found.insert(id.clone(), used).is_none(),
            "{name}: {id} twice"
        );
    }
    found
}

/// Cuts a file into messages: a line that starts with a letter begins one. Terms belong to no list.
fn blocks(ftl: &str) -> Vec<(String, String)> {
    let mut blocks: Vec<(String, String)> = Vec::new();
    for line in ftl.lines() {
        if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (id, body) = line.split_once('=').expect("a message has a value");
            blocks.push((id.trim().to_owned(), body.to_owned()));
        } else if line.starts_with('-') {
            blocks.push((String::new(), String::new()));
        } else if !line.starts_with('#')
            && let Some((_, body)) = blocks.last_mut()
        {
            body.push('\n');
            body.push_str(line);
        }
    }
    blocks.retain(|(id, _)| !id.is_empty());
    blocks
}

fn arguments(body: &str) -> BTreeSet<String> {
    body.split('$')
        .skip(1)
        .map(|rest| {
            rest.chars()
                .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
                .collect()
        })
        .collect()
}

#[test]
fn both_languages_say_every_message_with_the_same_arguments() {
    for area in AREAS {
        let [vi, en] = Language::ALL.map(|language| {
            let name = format!("{}/{}.ftl", language.code(), area.name);
            messages_of(&name, source(area, language))
        });
        let declared: BTreeMap<String, BTreeSet<String>> = area
            .declared
            .iter()
            .map(|(id, args)| {
                let args = args.iter().map(|arg| (*arg).to_owned()).collect();
                ((*id).to_owned(), args)
            })
            .collect();
        for (language, found) in [("vi", &vi), ("en", &en)] {
            for id in declared.keys() {
                assert!(found.contains_key(id), "{language} lacks {id}");
            }
            for (id, used) in found {
                let known = declared.get(id);
                let known = known.unwrap_or_else(|| panic!("{language}: {id} is not declared"));
                assert!(
                    used.is_subset(known),
                    "{language}: {id} uses {used:?}, declared {known:?}"
                );
            }
        }
        for (id, used) in &vi {
            assert_eq!(Some(used), en.get(id), "arguments of {id} differ");
        }
    }
}

#[test]
fn ids_are_unique_and_begin_with_their_area() {
    let mut seen = BTreeSet::new();
    for area in AREAS {
        let prefix = format!("{}-", area.name.replace('_', "-"));
        for (id, _) in area.declared {
            assert!(id.starts_with(&prefix), "{id} is not in {}", area.name);
            assert!(seen.insert(*id), "{id} twice");
        }
    }
}

/// Guards against a reference, a selector or a function that Fluent cannot resolve.
#[test]
fn every_message_renders_in_full() {
    for language in Language::ALL {
        let catalog = Catalog::new(language);
        for (id, args) in AREAS.iter().flat_map(|area| area.declared) {
            let args = args.iter().map(|arg| (*arg, Value::Number(2))).collect();
            let text = catalog.text(&Text::new(id, args));
            assert!(!text.trim().is_empty(), "{id} is empty");
            assert_ne!(&text, id, "{id} is missing");
            assert!(!text.contains(['{', '}']), "{id} leaves a gap: {text}");
        }
    }
}

#[test]
fn plurals_follow_the_language() {
    let (vi, en) = (Catalog::new(Language::Vi), Catalog::new(Language::En));
    assert_eq!(vi.text(&common::days_left(3)), "còn 3 ngày");
    assert_eq!(en.text(&common::days_left(1)), "1 day left");
    assert_eq!(en.text(&common::days_left(1_200)), "1,200 days left");
    assert_eq!(vi.text(&common::days_overdue(2)), "quá hạn 2 ngày");
}

#[test]
fn arguments_are_written_the_local_way() {
    let (vi, en) = (Catalog::new(Language::Vi), Catalog::new(Language::En));
    let day = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a real day");
    let say = |value: Value| Text::new("common-words", vec![("words", value)]);
    for (value, in_vi, in_en) in [
        (Value::Number(1_234_567), "1.234.567", "1,234,567"),
        (Value::Decimal(1_500), "1,5", "1.5"),
        (Value::Date(day), "22/11/2026", "22 Nov 2026"),
        (Value::ShortDate(day), "22/11", "22 Nov"),
        (Value::Words("Nà Hang".to_owned()), "Nà Hang", "Nà Hang"),
        (Value::Text(common::yes()), "có", "yes"),
        (
            Value::Number(9_007_199_254_740_993),
            "9.007.199.254.740.993",
            "9,007,199,254,740,993",
        ),
    ] {
        assert_eq!(vi.text(&say(value.clone())), in_vi);
        assert_eq!(en.text(&say(value)), in_en);
    }
}

#[test]
fn an_unknown_message_is_said_by_its_id() {
    let catalog = Catalog::new(Language::En);
    assert_eq!(catalog.text(&Text::new("no-such", vec![])), "no-such");
}

#[test]
fn a_language_is_read_from_its_code() {
    assert_eq!("vi".parse(), Ok(Language::Vi));
    assert_eq!("en".parse(), Ok(Language::En));
    assert!("fr".parse::<Language>().is_err());
    assert_eq!(Language::default(), Language::Vi);
}
