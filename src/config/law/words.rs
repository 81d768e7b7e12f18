//! The words and dates of rule and calendar files.

use serde::Deserialize;
use toml::value::Datetime;

use crate::domain::Day;
use crate::law::days_off::{Confidence, Dating, DayKind};
use crate::law::rules::{Instance, Kind, Per, Step, Suspended, Trigger, Withdrawable};

/// A word, date or number that its key does not know.
#[derive(Debug, thiserror::Error)]
#[error("not a value of this key")]
pub(in crate::config) struct Unknown;

/// Declares the words of a key.
macro_rules! words {
    ($name:ident, $of:ty, $all:expr) => {
        #[derive(Clone, Copy, serde::Deserialize)]
        #[serde(try_from = "String")]
        pub(super) struct $name(pub(super) $of);

        impl TryFrom<String> for $name {
            type Error = $crate::config::law::words::Unknown;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                let found = $all.iter().find(|(_, word)| *word == text);
                found
                    .map(|(value, _)| Self(*value))
                    .ok_or($crate::config::law::words::Unknown)
            }
        }
    };
}

pub(in crate::config) use words;

/// Which days a limit counts, or that there is none.
#[derive(Clone, Copy)]
pub(super) enum Counted {
    Calendar,
    Working,
    NoLimit,
}

words!(KindWord, Kind, Kind::ALL);
words!(StepWord, Step, Step::ALL);
words!(TriggerWord, Trigger, Trigger::ALL);
words!(
    UnitWord,
    Counted,
    [
        (Counted::Calendar, "calendar"),
        (Counted::Working, "working"),
        (Counted::NoLimit, "no_limit"),
    ]
);
words!(
    SuspensionWord,
    Suspended,
    [
        (Suspended::Count, "counts"),
        (Suspended::LeftOut, "excluded"),
    ]
);
words!(
    PartsWord,
    Withdrawable,
    [
        (Withdrawable::Whole, "whole"),
        (Withdrawable::WholeOrPart, "whole_or_part"),
    ]
);
words!(PerWord, Per, [(Per::Week, "week"), (Per::Month, "month")]);
words!(
    DatingWord,
    Dating,
    [(Dating::Solar, "solar"), (Dating::Lunar, "lunar")]
);
words!(
    DayWord,
    DayKind,
    [
        (DayKind::Holiday, "holiday"),
        (DayKind::MakeUpOff, "make-up-off"),
        (DayKind::SwappedOff, "swapped-off"),
        (DayKind::SwappedWork, "swapped-work"),
        (DayKind::AsUsual, "as-usual"),
    ]
);
words!(
    ConfidenceWord,
    Confidence,
    [
        (Confidence::Sourced, "sourced"),
        (Confidence::High, "high"),
        (Confidence::Medium, "medium"),
        (Confidence::Low, "low"),
    ]
);

/// 1 or 2.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "u8")]
pub(super) struct InstanceNumber(pub(super) Instance);

impl TryFrom<u8> for InstanceNumber {
    type Error = Unknown;

    fn try_from(number: u8) -> Result<Self, Unknown> {
        match number {
            1 => Ok(Self(Instance::First)),
            2 => Ok(Self(Instance::Second)),
            0 | 3.. => Err(Unknown),
        }
    }
}

/// A date of TOML, without a time.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "Datetime")]
pub(super) struct Date(pub(super) Day);

impl TryFrom<Datetime> for Date {
    type Error = Unknown;

    fn try_from(written: Datetime) -> Result<Self, Unknown> {
        let date = match (written.date, written.time, written.offset) {
            (Some(date), None, None) => date,
            (Some(_) | None, ..) => return Err(Unknown),
        };
        Day::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
            .map(Self)
            .ok_or(Unknown)
    }
}
