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
    /// Other headers that an import takes for it.
    pub also: Vec<String>,
}

impl Header {
    /// Gives everything that the column may be headed by; its key comes last.
    pub fn words(&self, column: Column) -> impl Iterator<Item = &str> {
        let labels = [self.vi.as_str(), self.en.as_str()];
        let also = self.also.iter().map(String::as_str);
        labels.into_iter().chain(also).chain([column.key()])
    }
}

/// The headers of every column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headers(Vec<Header>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    column: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    key: String,
    vi: String,
    en: String,
    #[serde(default)]
    also: Vec<String>,
}

impl Headers {
    /// Reads the table that is compiled in.
    pub fn built_in() -> Self {
        let source = Source::built_in(
            "config/columns.toml",
            include_str!("../../config/columns.toml"),
        );
        let file: File = source.toml().expect("the compiled table is well-formed");
        let headers = Column::ALL.iter().map(|column| {
            let entry = file.column.iter().find(|entry| entry.key == column.key());
            let entry = entry.expect("the compiled table has every column");
            Header {
                vi: entry.vi.clone(),
                en: entry.en.clone(),
                also: entry.also.clone(),
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

    #[test]
    fn every_column_has_headers_in_its_place() {
        let headers = Headers::built_in();
        for (at, column) in Column::ALL.iter().enumerate() {
            assert_eq!(*column as usize, at);
        }
        assert_eq!(headers.get(Column::Village).en, "Village");
        let text = include_str!("../../config/columns.toml");
        let file: File = toml::from_str(text).expect("TOML");
        for entry in &file.column {
            assert!(Column::of_key(&entry.key).is_some(), "{}", entry.key);
        }
        assert_eq!(file.column.len(), Column::ALL.len());
    }

    /// An import must be able to tell the columns of an export by their headers alone.
    #[test]
    fn no_two_columns_share_a_header() {
        let headers = Headers::built_in();
        let mut seen = BTreeMap::new();
        for &column in Column::ALL {
            let header = headers.get(column);
            let labels = [&header.vi, &header.en];
            for word in labels.into_iter().chain(&header.also) {
                let before = seen.insert(word.to_lowercase(), column);
                assert!(before.is_none_or(|b| b == column), "{word}: {before:?}");
            }
        }
    }
}
