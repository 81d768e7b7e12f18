//! Places: units at commune level of today and of before, villages within them, and where a record
//! happened.

use super::{Day, PlaceId};

/// The five-digit code of a commune, ward or special zone of today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommuneCode(pub u32);

/// The five-digit code of a commune, ward or township of the division before today's. The same digits
/// may name another unit today, so that the two are never compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FormerCommuneCode(pub u32);

/// A unit at commune level, of today's division or of the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    Today(CommuneCode),
    Former(FormerCommuneCode),
}

/// By which units a list or a report is cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnitBasis {
    /// The units that stood on the day of the record.
    #[default]
    OfItsDay,
    /// The units of today.
    Today,
}

/// A village (thôn, bản, tổ dân phố…) or another named place; lists of villages are not published,
/// so each is remembered from the first time that it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The name without its kind ("Nà Khá").
    pub name: String,
    /// `thon`, `ban`, `to_dan_pho`… of the catalogue.
    pub kind: Option<super::Code>,
    pub commune: Option<CommuneCode>,
    /// The unit that it lay in before today's division.
    pub former: Option<FormerCommuneCode>,
    /// Its first and its last day under this name, both included, where they are known.
    pub valid_from: Option<Day>,
    pub valid_to: Option<Day>,
    /// The place that this one became part of, or that took its place under another name. Without a
    /// last day the two were one all along and this one was typed a second time.
    pub merged_into: Option<PlaceId>,
    /// The places that it was divided among.
    pub successors: Vec<PlaceId>,
}

/// A change of a village that reaches every record at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceChange {
    /// It was always called so.
    Name(String),
    /// The unit that it lies in today, or lay in before.
    Unit(Unit),
    First(Option<Day>),
    Last(Option<Day>),
    /// It became part of another after its last day; without one it was typed a second time.
    Into {
        into: PlaceId,
        last: Option<Day>,
    },
    /// A part of it went to another after its last day.
    Part {
        into: PlaceId,
        last: Option<Day>,
    },
    /// It goes by another name from a day on, as a place with an identifier of its own.
    Renamed {
        id: PlaceId,
        name: String,
        first: Day,
    },
    /// It stands after all: nothing took its place.
    Stands,
}

impl Place {
    /// Tells whether a record of that day bears this name although the place is no more.
    pub fn names_its_day(&self, day: Option<Day>) -> bool {
        match (self.valid_to, day) {
            (Some(last), Some(day)) => day <= last,
            (Some(_) | None, _) => false,
        }
    }

    /// Tells whether the place stood on a day. One that was typed a second time never did.
    pub fn stands_on(&self, day: Day) -> bool {
        let begun = self.valid_from.is_none_or(|first| first <= day);
        let ended = match self.valid_to {
            Some(last) => last < day,
            None => self.merged_into.is_some() || !self.successors.is_empty(),
        };
        begun && !ended
    }

    /// Gives the name with the units that it lies in.
    pub fn site_name(&self) -> super::SiteName {
        super::SiteName {
            village: self.name.clone(),
            commune: self.commune,
            former: self.former,
        }
    }
}

/// Where something happened.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Site {
    Village(PlaceId),
    Commune(CommuneCode),
    /// A unit of the division before today's.
    Former(FormerCommuneCode),
    /// As a source wrote it, where it could not be matched.
    Text(String),
}

impl From<Unit> for Site {
    fn from(unit: Unit) -> Self {
        match unit {
            Unit::Today(code) => Self::Commune(code),
            Unit::Former(code) => Self::Former(code),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn a_place_stands_between_its_days() {
        let mut place = Place {
            valid_from: Some(day("2010-01-01")),
            valid_to: Some(day("2021-06-30")),
            merged_into: Some(PlaceId([2; 16])),
            ..Place::default()
        };
        for (on, stands) in [
            ("2009-12-31", false),
            ("2010-01-01", true),
            ("2021-06-30", true),
            ("2021-07-01", false),
        ] {
            assert_eq!(place.stands_on(day(on)), stands, "{on}");
        }
        assert!(place.names_its_day(Some(day("2021-06-30"))));
        assert!(!place.names_its_day(Some(day("2021-07-01"))));
        assert!(!place.names_its_day(None));
        // Typed a second time: it is the other one on every day.
        place.valid_to = None;
        assert!(!place.stands_on(day("2015-01-01")));
        assert!(!place.names_its_day(Some(day("2015-01-01"))));
    }
}
