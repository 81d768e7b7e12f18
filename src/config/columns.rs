//! How the columns of tables are headed in both languages: `config/columns.toml`.
//!
//! Owns headers and their other names. Never decides which columns a table has.

use serde::Deserialize;

use super::Source;
use crate::domain::Column;

/// The headers of one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    pub vi: String,
    pub en: String,
}

/// The headers of every column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headers(Vec<Header>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    column: Vec<Entry>,
}

/// One column; those that only enter have no headers of their own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    key: String,
    #[serde(default)]
    vi: String,
    #[serde(default)]
    en: String,
    #[serde(default)]
    also: Vec<String>,
}

fn built_in() -> Vec<Entry> {
    let source = Source::built_in(
        "config/columns.toml",
        include_str!("../../config/columns.toml"),
    );
    let file: File = source.toml().expect("the compiled table is well-formed");
    file.column
}

/// Gives every column that is known by its key, with all that it may be headed by.
pub fn names() -> Vec<(String, Vec<String>)> {
    let all = |entry: Entry| {
        let key = entry.key.clone();
        let labels = [entry.vi, entry.en].into_iter();
        let labels = labels.filter(|label| !label.is_empty());
        let words = labels.chain(entry.also).chain([entry.key]);
        (key, words.collect())
    };
    built_in().into_iter().map(all).collect()
}

impl Headers {
    /// Reads the table that is compiled in.
    pub fn built_in() -> Self {
        let known = built_in();
        let headers = Column::ALL.iter().map(|column| {
            let entry = known.iter().find(|entry| entry.key == column.key());
            let entry = entry.expect("the compiled table has every column");
            Header {
                vi: entry.vi.clone(),
                en: entry.en.clone(),
            }
        });
        Self(headers.collect())
    }

    /// Gives the headers of a column.
    pub fn get(&self, column: Column) -> &Header {
        // `ALL` is in the order of the enum.
        &self.0[column as usize]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::ColumnField;

    #[test]
    fn every_column_has_headers_in_its_place() {
        let headers = Headers::built_in();
        for (at, column) in Column::ALL.iter().enumerate() {
            assert_eq!(*column as usize, at);
        }
        assert_eq!(headers.get(Column::Village).en, "Village");
        for entry in built_in() {
            let leaves = Column::of_key(&entry.key).is_some();
            let enters = ColumnField::of_word(&entry.key).is_some();
            assert!(leaves || enters, "{}", entry.key);
            assert_eq!(leaves, !entry.vi.is_empty(), "{}", entry.key);
            assert_eq!(leaves, !entry.en.is_empty(), "{}", entry.key);
        }
        for field in ColumnField::ALL {
            let known = |entry: &Entry| entry.key == field.as_str();
            assert!(built_in().iter().any(known), "{}", field.as_str());
        }
    }

    /// An import must be able to tell the columns of an export by their headers alone.
    #[test]
    fn no_two_columns_share_a_header() {
        let mut seen = BTreeMap::new();
        // Those of entries never come back in.
        let enters = |key: &str| !Column::of_key(key).is_some_and(Column::is_of_entries);
        for (key, words) in names().into_iter().filter(|(key, _)| enters(key)) {
            for word in words.iter().map(|word| word.to_lowercase()) {
                let before = seen.insert(word.clone(), key.clone());
                assert!(before.is_none_or(|b| b == key), "{word}: {key}");
            }
        }
    }
}
