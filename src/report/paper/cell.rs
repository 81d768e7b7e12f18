//! The words of a cell, for formats that know text only.

use super::{Entry, plain};
use crate::i18n::Language;

/// Writes a cell as people read it.
pub(super) fn words(entry: &Entry, language: Language) -> String {
    let signed = |number: i64, said: String| match number > 0 {
        true => format!("+{said}"),
        false => said,
    };
    match entry {
        Entry::Blank => String::new(),
        Entry::Text(text) => plain(text),
        Entry::Count(count) => language.number(i64::try_from(*count).unwrap_or(i64::MAX)),
        Entry::Decimal(thousandths) => language.decimal(*thousandths),
        Entry::Change(change) => signed(*change, language.number(*change)),
        Entry::DecimalChange(change) => signed(*change, language.decimal(*change)),
        Entry::Day(day) => language.date(*day),
    }
}
