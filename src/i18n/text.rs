//! A message with its arguments, kept in a model and rendered late.
//!
//! Owns the kinds of arguments. Never holds a rendered sentence.

use chrono::{NaiveDate, NaiveTime};

/// A message and what fills its gaps. Equal texts say the same in every language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub(super) id: &'static str,
    pub(super) args: Vec<(&'static str, Value)>,
}

impl Text {
    /// Pairs a message with its arguments; only `messages!` calls it, so id and names are declared ones.
    pub(super) const fn new(id: &'static str, args: Vec<(&'static str, Value)>) -> Self {
        Self { id, args }
    }

    /// Gives the message's id, `area-name`.
    pub const fn id(&self) -> &'static str {
        self.id
    }
}

/// What can fill a gap in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Words taken as they are: a name, a code, a path.
    Words(String),
    /// A whole number.
    Number(i64),
    /// A number in thousandths.
    Decimal(i64),
    /// A date with its year.
    Date(NaiveDate),
    /// A date without its year.
    ShortDate(NaiveDate),
    /// Hours and minutes.
    Time(NaiveTime),
    /// Another message, in the language of the one around it.
    Text(Text),
}

/// Declares the kind of an argument as a type that `messages!` names.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident($inner:ty) from $($source:ty),+;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $kind(pub $inner);

        $(impl From<$source> for $kind {
            fn from(source: $source) -> Self {
                Self(source.into())
            }
        })+

        impl From<$kind> for Value {
            fn from(kind: $kind) -> Self {
                Self::$kind(kind.0)
            }
        }
    )+};
}

kinds! {
    /// An argument of words taken as they are.
    Words(String) from &str, String, &String, char, std::borrow::Cow<'_, str>;
    /// An argument that is a whole number.
    Number(i64) from i64, i32, u32, u16, u8;
    /// An argument that is a number in thousandths.
    Decimal(i64) from i64;
    /// An argument that is a date, shown with its year.
    Date(NaiveDate) from NaiveDate;
    /// An argument that is a date, shown without its year.
    ShortDate(NaiveDate) from NaiveDate;
    /// An argument that is a time of the day, shown as hours and minutes.
    Time(NaiveTime) from NaiveTime;
}

impl From<usize> for Number {
    fn from(count: usize) -> Self {
        Self(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<u64> for Number {
    fn from(count: u64) -> Self {
        Self(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<Text> for Value {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}
