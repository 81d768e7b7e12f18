//! Places by the names of their day: which commune or village a row means.
//!
//! One question in one place ([`Gazetteer::unit`]): the unit of a name on a day. A name that is not known
//! is kept as the source wrote it.

use std::collections::{HashMap, HashSet};

use crate::config::catalogue::Catalogue;
use crate::config::units::{CommuneKind, Communes, Division};
use crate::domain::{Code, CommuneCode, Day, Unit};
use crate::text::clean::clean_line;
use crate::text::fold::fold;

/// Where a row happened.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Where {
    Unit(Unit),
    Village {
        name: String,
        kind: Option<Code>,
        unit: Unit,
        /// Of a former unit that passed whole: the one of today that received it.
        commune: Option<CommuneCode>,
    },
    /// As the source wrote it, the smallest unit first.
    Text(String),
}

/// What a row says of its place; each may name several, separated by semicolons.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PlaceWords<'w> {
    pub(super) province: &'w str,
    pub(super) district: &'w str,
    pub(super) commune: &'w str,
    pub(super) village: &'w str,
}

/// A unit that a name may mean; what it lies in without marks and kinds.
struct Known {
    unit: Unit,
    kind: CommuneKind,
    district: String,
    province: String,
}

/// Finds units by their names.
pub struct Gazetteer<'c> {
    communes: &'c Communes,
    /// Of both divisions, by the name without marks and without its kind.
    units: HashMap<String, Vec<Known>>,
    /// Provinces of both divisions.
    provinces: HashSet<String>,
    villages: Vec<(String, Code)>,
    /// The province of today that is meant where none is named.
    home: String,
}

impl<'c> Gazetteer<'c> {
    /// Prepares the names; `home` is a commune of the province that is meant where none is named.
    pub fn new(communes: &'c Communes, catalogue: &Catalogue, home: Option<CommuneCode>) -> Self {
        let today = communes.all().iter().map(|c| Unit::Today(c.code));
        let former = communes.former().all().iter();
        let former = former.map(|c| Unit::Former(c.code));
        let mut units: HashMap<String, Vec<Known>> = HashMap::new();
        let mut provinces = HashSet::new();
        for unit in today.chain(former) {
            let Some(name) = communes.unit_name(unit) else {
                continue;
            };
            let known = Known {
                unit,
                kind: name.kind,
                district: name.district.map(bare_district).unwrap_or_default(),
                province: bare_province(name.province),
            };
            provinces.insert(known.province.clone());
            units.entry(fold(name.bare())).or_default().push(known);
        }
        let kinds = catalogue.villages.iter();
        let home = home.and_then(|code| communes.unit_name(Unit::Today(code)));
        Self {
            communes,
            units,
            provinces,
            villages: kinds
                .map(|kind| (kind.vi.clone(), kind.code.clone()))
                .collect(),
            home: home.map_or_else(String::new, |home| bare_province(home.province)),
        }
    }

    /// Returns the unit that a name meant on a day; `None` where it is not known, or not one alone. A
    /// name that the division of the day does not have is looked for in the other one. Without a day
    /// a district speaks for the former division, and nothing else does.
    fn unit(&self, words: &PlaceWords<'_>, day: Option<Day>) -> Option<Unit> {
        let (kind, name) = commune_kind(words.commune);
        let known = self.units.get(&name)?;
        let district = bare_district(words.district);
        let province = bare_province(words.province);
        let fitting = |division: Division| {
            let fits = |known: &&Known| {
                let (of, province) = match known.unit {
                    Unit::Today(_) if province.is_empty() => (Division::Today, &self.home),
                    Unit::Today(_) => (Division::Today, &province),
                    Unit::Former(_) => (Division::Former, &province),
                };
                of == division
                    && kind.is_none_or(|kind| kind == known.kind)
                    && (district.is_empty() || district == known.district)
                    && (province.is_empty() || *province == known.province)
            };
            known.iter().filter(fits).collect::<Vec<_>>()
        };
        let first = match day.map(|day| self.communes.division(day)) {
            Some(division) => division,
            None if district.is_empty() => Division::Today,
            None => Division::Former,
        };
        let other = match first {
            Division::Today => Division::Former,
            Division::Former => Division::Today,
        };
        match (&fitting(first)[..], &fitting(other)[..]) {
            ([one], _) | ([], [one]) => Some(one.unit),
            ([] | [_, _, ..], _) => None,
        }
    }

    /// Returns the places of a row: one for each name of the smallest unit.
    pub(super) fn places(&self, words: &PlaceWords<'_>, day: Option<Day>) -> Vec<Where> {
        let communes = several(words.commune);
        let districts = several(words.district);
        let villages = several(words.village);
        let one = |list: &[String], at: usize, of: usize| -> String {
            match list {
                [] => String::new(),
                [one] => one.clone(),
                // Lists of one length go together name by name.
                many if many.len() == of => many.get(at).cloned().unwrap_or_default(),
                many => many.join("; "),
            }
        };
        let count = villages.len().max(communes.len()).max(1);
        let parallel = villages.len() == count || villages.len() <= 1;
        let mut places = Vec::with_capacity(count);
        for at in 0..count {
            let of = PlaceWords {
                province: words.province.trim(),
                district: &one(&districts, at, count),
                commune: &one(&communes, at, count),
                village: &if parallel && villages.len() == count || communes.len() <= 1 {
                    one(&villages, at, count)
                } else {
                    // One village of several communes, or lists that do not go together.
                    villages.join("; ")
                },
            };
            if let Some(place) = self.place(&of, day)
                && !places.contains(&place)
            {
                places.push(place);
            }
        }
        places
    }

    fn place(&self, words: &PlaceWords<'_>, day: Option<Day>) -> Option<Where> {
        match (self.unit(words, day), words.village) {
            (Some(unit), "") => Some(Where::Unit(unit)),
            (Some(unit), village) => {
                let (kind, name) = self.village(village);
                Some(Where::Village {
                    name,
                    kind,
                    unit,
                    commune: self.today(unit),
                })
            }
            (None, _) => {
                let all = [words.village, words.commune, words.district, words.province];
                let said: Vec<&str> = all.into_iter().filter(|word| !word.is_empty()).collect();
                (!said.is_empty()).then(|| Where::Text(said.join(", ")))
            }
        }
    }

    /// Returns the unit of today that a unit is, or became as a whole.
    fn today(&self, unit: Unit) -> Option<CommuneCode> {
        match unit {
            Unit::Today(code) => Some(code),
            Unit::Former(code) => match self.communes.former().successors(code) {
                [one] => Some(*one),
                [] | [_, _, ..] => None,
            },
        }
    }

    /// Reads `thôn Pắc Ban` as kind and name. "Bản" is as often part of the name as a kind, and a number
    /// alone is no name, so both stay.
    fn village(&self, typed: &str) -> (Option<Code>, String) {
        let lower = typed.to_lowercase();
        for (word, code) in &self.villages {
            let rest = lower.strip_prefix(word.as_str());
            let Some(rest) = rest.and_then(|rest| rest.strip_prefix(' ')) else {
                continue;
            };
            let at = typed.len().checked_sub(rest.len());
            let name = at.and_then(|at| typed.get(at..)).unwrap_or(rest).trim();
            if name.starts_with(char::is_alphabetic) && code.as_str() != "ban" {
                return (Some(code.clone()), name.to_owned());
            }
        }
        (None, typed.to_owned())
    }

    /// Finds the place of a row where its unit is known.
    fn known(&self, words: &PlaceWords<'_>, day: Option<Day>) -> Option<Where> {
        let place = self.place(words, day)?;
        (!matches!(place, Where::Text(_))).then_some(place)
    }

    /// Reads a place that stands in one cell, the smallest unit first: `Nà Khá, Yên Hoa, Tuyên Quang`.
    pub(super) fn whole(&self, cell: &str, day: Option<Day>) -> Vec<Where> {
        let mut places = Vec::new();
        for one in several(cell) {
            let parts: Vec<&str> = one
                .split([',', '·'])
                .flat_map(|part| part.split(" - "))
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .collect();
            let (province, rest) = match parts.split_last() {
                Some((last, rest)) if self.provinces.contains(&bare_province(last)) => {
                    (*last, rest)
                }
                _ => ("", parts.as_slice()),
            };
            let words = |village, commune, district| PlaceWords {
                province,
                district,
                commune,
                village,
            };
            let found = match *rest {
                [] => self.place(&words("", "", ""), day),
                [commune] => self.place(&words("", commune, ""), day),
                // A village and its commune, or a commune and its district of before.
                [first, second] => self
                    .known(&words(first, second, ""), day)
                    .or_else(|| self.known(&words("", first, second), day)),
                [village, commune, district] => self.known(&words(village, commune, district), day),
                [_, _, _, ..] => None,
            };
            let place = found.unwrap_or_else(|| Where::Text(one.clone()));
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }
}

/// Splits names at semicolons. `Tổ dân phố 1; 2; 3` are three of one kind.
fn several(cell: &str) -> Vec<String> {
    let clean = clean_line(cell);
    let names = clean.split(';').map(str::trim);
    let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    let is_number = |name: &str| name.bytes().all(|b| b.is_ascii_digit());
    let kind = names.first().map_or("", |first| {
        first.trim_end_matches(|c: char| c.is_ascii_digit())
    });
    let whole = |name: &&str| match is_number(name) {
        true => format!("{kind}{name}"),
        false => (*name).to_owned(),
    };
    names.iter().map(whole).collect()
}

/// Gives a province's name without its kind and marks.
fn bare_province(name: &str) -> String {
    let folded = fold(name.trim());
    let kinds = ["tinh ", "thanh pho ", "tp. ", "tp "];
    let bare = kinds.iter().find_map(|kind| folded.strip_prefix(kind));
    bare.unwrap_or(&folded).trim().to_owned()
}

/// Gives a district's name without its kind and marks.
fn bare_district(name: &str) -> String {
    let folded = fold(name.trim());
    let kinds = [
        "huyen ",
        "quan ",
        "thi xa ",
        "thanh pho ",
        "tx. ",
        "tx ",
        "tp. ",
        "tp ",
    ];
    let bare = kinds.iter().find_map(|kind| folded.strip_prefix(kind));
    bare.unwrap_or(&folded).trim().to_owned()
}

/// Gives a commune's kind, where it is named, and its name without it and without marks.
fn commune_kind(name: &str) -> (Option<CommuneKind>, String) {
    let folded = fold(name.trim());
    for (word, kind) in [
        ("xa ", CommuneKind::Xa),
        ("phuong ", CommuneKind::Phuong),
        ("dac khu ", CommuneKind::DacKhu),
        ("thi tran ", CommuneKind::ThiTran),
        ("tt. ", CommuneKind::ThiTran),
        ("tt ", CommuneKind::ThiTran),
    ] {
        if let Some(bare) = folded.strip_prefix(word) {
            return (Some(kind), bare.trim().to_owned());
        }
    }
    (None, folded)
}
