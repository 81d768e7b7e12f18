//! Parts that several kinds of record share: days, codes, texts, places.

use chrono::Datelike;
use minicbor::bytes::ByteArray;

use super::wire;
use crate::domain::{Code, CommuneCode, Day, FormerCommuneCode, PlaceId, Site, Summing};
use crate::journal::Malformed;

/// An identifier as bytes.
pub(super) type Id = ByteArray<16>;

wire!(SiteWire {
    1 village: Id,
    2 commune: u32,
    3 text: String,
    4 former: u32,
});

impl From<&Site> for SiteWire {
    fn from(site: &Site) -> Self {
        match site {
            Site::Village(place) => Self {
                village: Some(place.0.into()),
                ..Self::default()
            },
            Site::Commune(commune) => Self {
                commune: Some(commune.0),
                ..Self::default()
            },
            Site::Former(commune) => Self {
                former: Some(commune.0),
                ..Self::default()
            },
            Site::Text(text) => Self {
                text: Some(text.clone()),
                ..Self::default()
            },
        }
    }
}

impl SiteWire {
    /// Returns the place; `None` for one of a later release's kinds.
    pub(super) fn read(self) -> Option<Site> {
        let village = self.village.map(|id| Site::Village(PlaceId(id.into())));
        let commune = || self.commune.map(|code| Site::Commune(CommuneCode(code)));
        let former = || {
            self.former
                .map(|code| Site::Former(FormerCommuneCode(code)))
        };
        let unit = village.or_else(commune).or_else(former);
        unit.or(self.text.map(Site::Text))
    }
}

/// The day 0 of the format, 1970-01-01, counted from the first day of the year 1.
const EPOCH: i32 = 719_163;

/// Returns a day as days since 1970-01-01.
pub(super) fn day(day: Day) -> i32 {
    day.num_days_from_ce() - EPOCH
}

/// Reads days since 1970-01-01.
pub(super) fn read_day(days: Option<i32>) -> Result<Option<Day>, Malformed> {
    let read = |days: i32| Day::from_num_days_from_ce_opt(days.checked_add(EPOCH)?);
    days.map(|days| read(days).ok_or(Malformed)).transpose()
}

/// Returns a text, an empty one as absent.
pub(super) fn text(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// Returns a code as text.
pub(super) fn code(code: &Option<Code>) -> Option<String> {
    code.as_ref().map(|code| code.as_str().to_owned())
}

/// Reads a code; one that the catalogue does not know is kept.
pub(super) fn read_code(text: Option<String>) -> Result<Option<Code>, Malformed> {
    let read = |text: String| Code::new(&text).map_err(|_| Malformed);
    text.map(read).transpose()
}

/// Returns whether a record is a total of others; that it is none is absent.
pub(super) fn cumulative(summing: Summing) -> Option<bool> {
    match summing {
        Summing::Summed => None,
        Summing::Cumulative => Some(true),
    }
}

/// Reads whether a record is a total of others.
pub(super) fn read_cumulative(cumulative: Option<bool>) -> Summing {
    if cumulative == Some(true) {
        Summing::Cumulative
    } else {
        Summing::Summed
    }
}

/// Returns each element in its stored form, an empty list as absent.
pub(super) fn list<'a, T, W>(items: &'a [T], form: impl Fn(&'a T) -> W) -> Option<Vec<W>> {
    (!items.is_empty()).then(|| items.iter().map(form).collect())
}

/// Reads each element of a list.
pub(super) fn read_list<T, W>(
    items: Option<Vec<W>>,
    read: impl Fn(W) -> Result<T, Malformed>,
) -> Result<Vec<T>, Malformed> {
    items.unwrap_or_default().into_iter().map(read).collect()
}
