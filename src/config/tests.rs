//! Proves that no bytes in a configuration file can panic, and that what is compiled in is composed.

use std::path::Path;

use proptest::prelude::*;
use unicode_normalization::is_nfc;

use super::catalogue::Catalogue;
use super::law::LawFiles;
use super::settings::Layer;
use super::theme::Theme;
use super::units::Communes;
use super::{ConfigError, Problem, Source};

const FILES: [&str; 6] = [
    include_str!("../../config/settings.toml"),
    include_str!("../../config/themes/light.toml"),
    include_str!("../../config/catalogue.toml"),
    include_str!("../../config/data/communes.csv"),
    include_str!("../../config/law/denunciations.toml"),
    include_str!("../../config/law/calendar/2026.toml"),
];

/// Reads bytes as each kind of file and gives what was refused.
fn read_as_all(bytes: &[u8]) -> Vec<ConfigError> {
    let source = match Source::new(Path::new("any"), bytes) {
        Ok(source) => source,
        Err(error) => return vec![error],
    };
    let file = std::slice::from_ref(&source);
    [
        LawFiles::default().with(file, &[]).err(),
        LawFiles::default().with(&[], file).err(),
        Layer::parse(&source).err(),
        Theme::parse(&source).err(),
        Catalogue::default().with(&source).err(),
        Communes::parse(&source).err(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn lines(bytes: &[u8]) -> usize {
    1 + bytes.iter().filter(|byte| **byte == b'\n').count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes_are_read_or_refused_on_a_line_they_have(bytes: Vec<u8>) {
        for error in read_as_all(&bytes) {
            prop_assert!(error.line <= lines(&bytes), "{error}");
        }
    }

    #[test]
    fn a_garbled_file_is_read_or_refused_on_a_line_it_has(
        file in 0..FILES.len(),
        start: prop::sample::Index,
        garbage in prop::collection::vec(prop_oneof![any::<u8>(), Just(b'['), Just(b'"'), Just(b'\n')], 1..6),
    ) {
        let mut bytes = FILES[file].as_bytes().to_vec();
        bytes.truncate(4_096);
        let start = start.index(bytes.len());
        let end = bytes.len().min(start + garbage.len());
        bytes.splice(start..end, garbage);
        for error in read_as_all(&bytes) {
            prop_assert!(error.line <= lines(&bytes), "{error}");
        }
    }
}

/// Guards against a file whose nesting would exhaust the stack.
#[test]
fn deep_nesting_is_refused() {
    for open in ["[", "{ a = "] {
        let deep = format!("theme = {}", open.repeat(100_000));
        let source = Source::new(Path::new("deep"), deep.as_bytes()).expect("UTF-8");
        let error = Layer::parse(&source).expect_err("is refused");
        assert!(matches!(error.problem, Problem::Syntax), "{error}");
    }
    let dotted = format!("{}a = 1", "a.".repeat(100_000));
    let source = Source::new(Path::new("deep"), dotted.as_bytes()).expect("UTF-8");
    Layer::parse(&source).expect_err("is refused");
}

#[test]
fn what_is_compiled_in_is_composed() {
    for text in FILES {
        assert!(is_nfc(text));
    }
}
