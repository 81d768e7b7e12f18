//! What the program says to people: typed messages in two languages, dates and numbers as people write them.
//!
//! Owns the list of messages and their rendering. Never decides what is said when, and reads nothing
//! at run time: the texts of `config/i18n` are compiled in.

mod catalog;
mod format;
pub mod messages;
#[cfg(test)]
mod tests;
mod text;

pub use catalog::Catalog;
pub use text::{Date, Decimal, Number, ShortDate, Text, Time, Value, Words};

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Vietnamese, which a fresh logbook speaks.
    #[default]
    Vi,
    /// English.
    En,
}

impl Language {
    /// Both languages, the default first.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// Gives the code that settings and the command line use.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// Gives the other language.
    pub const fn other(self) -> Self {
        match self {
            Self::Vi => Self::En,
            Self::En => Self::Vi,
        }
    }
}

/// The words name no language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a language: use vi or en")]
pub struct UnknownLanguage;

impl std::str::FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(code: &str) -> Result<Self, UnknownLanguage> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
            .ok_or(UnknownLanguage)
    }
}
