//! The text of one configuration file and the way from it to typed values.
//!
//! Owns reading, UTF-8, NFC and finding lines. Knows no key by name.

use std::fs;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use unicode_normalization::UnicodeNormalization;

use super::{ConfigError, Problem};

/// The text of a configuration file, in NFC, with the path for its errors.
#[derive(Debug)]
pub struct Source {
    path: PathBuf,
    text: String,
}

impl Source {
    /// Reads a file; `None` where there is none, since every layer may be absent.
    pub fn read(path: &Path) -> Result<Option<Self>, ConfigError> {
        match fs::read(path) {
            Ok(bytes) => Self::new(path, &bytes).map(Some),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(ConfigError {
                path: path.to_owned(),
                line: 0,
                problem: Problem::Read(error),
            }),
        }
    }

    /// Reads every `.toml` of a folder in the order of their names; none where there is no folder.
    pub fn read_folder(path: &Path) -> Result<Vec<Self>, ConfigError> {
        let refused = |error| ConfigError {
            path: path.to_owned(),
            line: 0,
            problem: Problem::Read(error),
        };
        let entries = match fs::read_dir(path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(refused(error)),
        };
        let mut files = Vec::new();
        for entry in entries {
            let file = entry.map_err(refused)?.path();
            if file.extension().is_some_and(|ending| ending == "toml") {
                files.push(file);
            }
        }
        files.sort();
        let sources = files.iter().map(|file| Self::read(file));
        Ok((sources.collect::<Result<Vec<_>, _>>()?)
            .into_iter()
            .flatten()
            .collect())
    }

    /// Takes the bytes of a file; a leading byte order mark is dropped (Notepad writes one).
    pub fn new(path: &Path, bytes: &[u8]) -> Result<Self, ConfigError> {
        let path = path.to_owned();
        match std::str::from_utf8(bytes) {
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').unwrap_or(text);
                let text = text.nfc().collect();
                Ok(Self { path, text })
            }
            Err(error) => {
                let good = bytes.iter().take(error.valid_up_to());
                Err(ConfigError {
                    line: 1 + good.filter(|byte| **byte == b'\n').count(),
                    path,
                    problem: Problem::NotUtf8,
                })
            }
        }
    }

    /// Takes a file of `config/` that is compiled in.
    pub(crate) fn built_in(path: &str, text: &str) -> Self {
        Self {
            path: PathBuf::from(path),
            text: text.to_owned(),
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Reads the text as TOML. A type that denies unknown fields has them refused by name and line.
    pub(super) fn toml<T: DeserializeOwned>(&self) -> Result<T, ConfigError> {
        let table = DeTable::parse(&self.text).map_err(|error| self.syntax(error.span()))?;
        toml::from_str(&self.text).map_err(|error| {
            let at = error.span().unwrap_or(0..0);
            let problem = explain(table.get_ref(), &at).unwrap_or(Problem::Syntax);
            self.error(at.start, problem)
        })
    }

    /// Makes an error at a byte of the text.
    pub(crate) fn error(&self, at: usize, problem: Problem) -> ConfigError {
        let before = self.text.bytes().take(at);
        self.error_on_line(1 + before.filter(|byte| *byte == b'\n').count(), problem)
    }

    /// Makes an error on a line, counted from 1.
    pub(super) fn error_on_line(&self, line: usize, problem: Problem) -> ConfigError {
        ConfigError {
            path: self.path.clone(),
            line,
            problem,
        }
    }

    fn syntax(&self, span: Option<Range<usize>>) -> ConfigError {
        self.error(span.map_or(0, |span| span.start), Problem::Syntax)
    }
}

/// Says what an error at a place of a well-formed file is about: the key that stands there is
/// unknown, or the value around it is wrong.
fn explain(table: &DeTable<'_>, at: &Range<usize>) -> Option<Problem> {
    for (key, value) in table {
        if key.span() == *at {
            return Some(Problem::UnknownKey(key.get_ref().to_string()));
        }
        if let Some(problem) = explain_value(value, at) {
            return Some(problem);
        }
        let span = value.span();
        if span.start <= at.start && at.end <= span.end {
            return Some(Problem::Value(key.get_ref().to_string()));
        }
    }
    None
}

fn explain_value(value: &Spanned<DeValue<'_>>, at: &Range<usize>) -> Option<Problem> {
    match value.get_ref() {
        DeValue::Table(inner) => explain(inner, at),
        DeValue::Array(items) => items.iter().find_map(|item| explain_value(item, at)),
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text_are_refused_with_their_line() {
        let refused = Source::new(Path::new("a.toml"), b"a = 1\nb = \"\xff\"\n");
        let error = refused.expect_err("not UTF-8");
        assert_eq!((error.line, error.path), (2, PathBuf::from("a.toml")));
        assert!(matches!(error.problem, Problem::NotUtf8));
    }

    #[test]
    fn a_byte_order_mark_is_dropped_and_letters_are_composed() {
        let source = Source::new(Path::new("a"), "\u{feff}xa\u{303}".as_bytes());
        assert_eq!(source.expect("text").text(), "xã");
    }

    #[test]
    fn a_missing_file_is_an_absent_layer_and_a_folder_is_an_error() {
        let home = tempfile::tempdir().expect("a folder");
        let absent = Source::read(&home.path().join("none.toml"));
        assert!(absent.expect("no error").is_none());
        let error = Source::read(home.path()).expect_err("a folder is no file");
        assert!(matches!(error.problem, Problem::Read(_)));
        assert_eq!(error.path, home.path());
    }
}
