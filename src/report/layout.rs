//! How a table is headed: its columns in the order of its rows, labelled in a language.

use super::rows::Terms;
use crate::config::columns::Headers;
use crate::domain::{Citizens, Column, Days, Stamp, Table};
use crate::i18n::Language;

/// What stands above a table.
pub struct Head {
    pub table: Table,
    pub days: Days,
    /// When it is written.
    pub at: Stamp,
    /// The columns with their headers.
    pub columns: Vec<(Column, String)>,
}

impl Head {
    /// Heads a table in the language of the terms.
    pub fn new(terms: &Terms<'_>, table: Table, days: Days, citizens: Citizens, at: Stamp) -> Self {
        let headers = Headers::built_in();
        let label = |column: Column| match terms.speech.language() {
            Language::Vi => headers.get(column).vi.clone(),
            Language::En => headers.get(column).en.clone(),
        };
        let columns = terms.columns(table, citizens).into_iter();
        Self {
            table,
            days,
            at,
            columns: columns.map(|column| (column, label(column))).collect(),
        }
    }
}
