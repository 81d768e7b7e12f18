//! The names that people and places go by.

use std::collections::BTreeSet;

use super::{Day, FormerCommuneCode, Person, PersonId, Place, PlaceId, Site, SiteName};

/// What the type-ahead offers and rows are named by; small enough to be held whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Every village by name, those of the past and those typed a second time too.
    pub places: Vec<(PlaceId, Place)>,
    pub people: Vec<(PersonId, Person)>,
    /// The units of the division before today's that any record names.
    pub former: Vec<FormerCommuneCode>,
    /// Units and partners typed before.
    pub units: Vec<String>,
    /// Programmes typed before.
    pub programmes: Vec<String>,
    /// Reviewing cells typed before.
    pub cells: Vec<String>,
}

impl Names {
    /// Gives a village as its record says.
    pub fn place(&self, id: PlaceId) -> Option<&Place> {
        let known = self.places.iter().find(|(known, _)| *known == id);
        known.map(|(_, place)| place)
    }

    /// Gives the villages that did not become part of another one.
    pub fn standing(&self) -> impl Iterator<Item = (PlaceId, &Place)> {
        let places = self.places.iter().map(|(id, place)| (*id, place));
        places.filter(|(_, place)| place.merged_into.is_none())
    }

    /// Follows a village to the one whose name a record of that day bears; without a day, to the one
    /// that stands today.
    pub fn of_its_day(&self, id: PlaceId, day: Option<Day>) -> Option<(PlaceId, &Place)> {
        let mut passed = vec![id];
        let mut at = (id, self.place(id)?);
        while let Some(into) = at.1.merged_into.filter(|_| !at.1.names_its_day(day)) {
            // Two devices may each have merged one village into the other.
            if passed.contains(&into) {
                break;
            }
            passed.push(into);
            match self.place(into) {
                Some(place) => at = (into, place),
                None => break,
            }
        }
        Some(at)
    }

    /// Follows a village to those that stand today: several where one on the way was divided.
    pub fn today(&self, id: PlaceId) -> Vec<PlaceId> {
        let mut passed = BTreeSet::new();
        let mut open = vec![id];
        let mut standing = Vec::new();
        while let Some(id) = open.pop() {
            let Some(place) = self.place(id).filter(|_| passed.insert(id)) else {
                continue;
            };
            match place.merged_into {
                Some(into) => open.push(into),
                None if place.successors.is_empty() => standing.push(id),
                None => open.extend(place.successors.iter().rev()),
            }
        }
        standing
    }

    /// Names a site as on that day, or as today; nothing for a village that is not known.
    pub fn site(&self, site: &Site, day: Option<Day>) -> SiteName {
        match site {
            Site::Village(id) => {
                let place = self.of_its_day(*id, day);
                place.map_or_else(SiteName::default, |(_, place)| place.site_name())
            }
            Site::Commune(code) => SiteName {
                commune: Some(*code),
                ..SiteName::default()
            },
            Site::Former(code) => SiteName {
                former: Some(*code),
                ..SiteName::default()
            },
            Site::Text(text) => SiteName {
                village: text.clone(),
                ..SiteName::default()
            },
        }
    }

    /// Gives a village with those that were divided and left a part to it, so that a list of it
    /// finds what was recorded there before.
    pub fn sites_of(&self, id: PlaceId) -> Vec<Site> {
        let before = self.places.iter();
        let before = before.filter(|(_, place)| place.successors.contains(&id));
        let before = before.map(|(before, _)| Site::Village(*before));
        std::iter::once(Site::Village(id)).chain(before).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::CommuneCode;
    use super::*;

    fn village(n: u8, name: &str) -> (PlaceId, Place) {
        let place = Place {
            name: name.to_owned(),
            commune: Some(CommuneCode(2_221)),
            ..Place::default()
        };
        (PlaceId([n; 16]), place)
    }

    #[test]
    fn a_record_bears_the_name_of_its_day() {
        let day = |text: &str| text.parse::<Day>().ok();
        let (mut old, mut twice, new) = (
            village(1, "Nà Cũ"),
            village(2, "Nà Moi"),
            village(3, "Nà Mới"),
        );
        old.1.valid_to = day("2021-06-30");
        old.1.merged_into = Some(new.0);
        twice.1.merged_into = Some(old.0);
        let names = Names {
            places: vec![old, twice, new],
            ..Names::default()
        };
        let name = |n, day| names.site(&Site::Village(PlaceId([n; 16])), day).village;
        for n in [1, 2] {
            assert_eq!(name(n, day("2020-01-01")), "Nà Cũ");
            assert_eq!(name(n, day("2022-01-01")), "Nà Mới");
            assert_eq!(name(n, None), "Nà Mới");
        }
        assert_eq!(name(9, None), "");
        assert_eq!(names.standing().count(), 1);
    }

    #[test]
    fn villages_merged_into_each_other_have_an_end() {
        let (mut one, mut two) = (village(1, "A"), village(2, "B"));
        one.1.merged_into = Some(two.0);
        two.1.merged_into = Some(one.0);
        let names = Names {
            places: vec![one, two],
            ..Names::default()
        };
        assert!(names.of_its_day(PlaceId([1; 16]), None).is_some());
    }
}
