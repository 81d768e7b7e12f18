//! Places by type-ahead: villages known, villages typed for the first time, units of both divisions.
//!
//! Owns how a typed place is read: `Pắc Ban, Nà Hang` is a village and its commune, `Lang Quán, Yên
//! Sơn` a unit of the former division and its district.

mod unit;

use super::around::Around;
use super::form::{Chip, Form};
use super::suggest::{Suggestion, Take, fit, means_another};
use crate::domain::{Code, CommuneCode, Day, FormerCommuneCode, Place};
use crate::i18n::messages::capture;
use crate::text::fold::{fold, syllables};
use crate::text::highlight::{Prefix, matches};
use unit::{Home, Within};

/// A village that is named for the first time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NewVillage {
    pub(super) name: String,
    pub(super) kind: Option<Code>,
    pub(super) commune: Option<CommuneCode>,
    pub(super) former: Option<FormerCommuneCode>,
}

impl NewVillage {
    pub(super) fn place(self) -> Place {
        Place {
            name: self.name,
            kind: self.kind,
            commune: self.commune,
            former: self.former,
            ..Place::default()
        }
    }
}

/// What is typed as a place.
struct Typed<'t> {
    name: &'t str,
    /// What stands behind the first comma: the unit of a village, or the district of a unit.
    within: Option<&'t str>,
    /// `xã Nà Hang` is the unit itself.
    says_unit: bool,
    whole: &'t str,
}

impl<'t> Typed<'t> {
    fn new(typed: &'t str) -> Self {
        let (name, within) = match typed.split_once(',') {
            Some((name, within)) => (name.trim(), Some(within.trim())),
            None => (typed.trim(), None),
        };
        let kinds = ["xa ", "phuong ", "dac khu ", "thi tran ", "tt "];
        let begins = fold(name);
        Self {
            name,
            within,
            says_unit: kinds.iter().any(|kind| begins.starts_with(kind)),
            whole: typed.trim(),
        }
    }
}

/// Gives the places that fit what is typed: villages known, a new one, units.
pub(super) fn suggestions(form: &Form, typed: &str, around: &Around<'_>) -> Vec<Suggestion> {
    let typed = Typed::new(typed);
    let day = around.day_of(form);
    let mut found = known(form, &typed, day, around);
    found.sort_by_key(|(best, _)| *best);
    let fresh = new_villages(&typed, &found, day, around);
    let other = |(best, known): &(u8, KnownVillage)| {
        *best > 0 && means_another(&known.suggestion.label, typed.name)
    };
    let (other, found): (Vec<_>, Vec<_>) = found.into_iter().partition(other);
    let suggestion = |(_, known): (u8, KnownVillage)| known.suggestion;
    let mut out: Vec<Suggestion> = found.into_iter().map(suggestion).collect();
    let home = Home::of(around, day);
    let of_district = match typed.within {
        Some(within) if !within.is_empty() => home.in_district(typed.whole),
        Some(_) | None => Vec::new(),
    };
    out.extend(of_district);
    out.extend(fresh);
    out.extend(other.into_iter().map(suggestion));
    if typed.within.is_none() && !typed.name.is_empty() {
        out.extend(home.named(typed.name));
    }
    out
}

struct KnownVillage {
    commune: Option<CommuneCode>,
    former: Option<FormerCommuneCode>,
    suggestion: Suggestion,
}

/// The villages named before that fit, and that stand on the day of the form.
fn known(form: &Form, typed: &Typed<'_>, day: Day, around: &Around<'_>) -> Vec<(u8, KnownVillage)> {
    let taken = &form.field().chips;
    let stands = |(_, place): &&(_, Place)| place.stands_on(day);
    let known = around.names.places.iter().filter(stands);
    let within: Vec<String> = syllables(typed.within.unwrap_or_default()).collect();
    let mut found = Vec::new();
    for (id, place) in form.places.iter().chain(known) {
        let chip = Chip::Village(*id);
        let Some(best) = fit(&place.name, typed.name) else {
            continue;
        };
        let fits = typed.within.is_none()
            || matches(&unit::all_names(place, around), &within, Prefix::Each);
        if fits && !taken.contains(&chip) {
            let hint = unit::words(&place.site_name(), day, around).unwrap_or_default();
            let suggestion = Suggestion::new(place.name.clone(), hint, Take::Chip(chip));
            let known = KnownVillage {
                commune: place.commune,
                former: place.former,
                suggestion,
            };
            found.push((best, known));
        }
    }
    found
}

/// Offers a village of the name that is typed, wherever there is none of exactly this name yet.
fn new_villages(
    typed: &Typed<'_>,
    found: &[(u8, KnownVillage)],
    day: Day,
    around: &Around<'_>,
) -> Vec<Suggestion> {
    if typed.name.is_empty() || typed.says_unit {
        return Vec::new();
    }
    let same = |within: &Within| {
        let mut same = found.iter().filter(|(best, _)| *best == 0);
        same.any(|(_, known)| match within.former {
            Some(former) => known.former == Some(former) && known.commune == within.commune,
            None => known.commune == within.commune,
        })
    };
    let home = Home::of(around, day);
    let mut within = match typed.within {
        Some(within) if !within.is_empty() => home.units_for(within),
        Some(_) | None => match around.home() {
            Some(commune) if same(&Within::today(commune)) => Vec::new(),
            Some(commune) => home.units_at(commune),
            None => return vec![ask_commune(typed.name, around)],
        },
    };
    within.retain(|within| !same(within));
    let fresh = within.into_iter();
    fresh
        .map(|within| new_village(typed.name, within, day, around))
        .collect()
}

fn new_village(typed: &str, within: Within, day: Day, around: &Around<'_>) -> Suggestion {
    let (kind, name) = kind_and_name(typed, around);
    let village = NewVillage {
        name,
        kind,
        commune: within.commune,
        former: within.former,
    };
    let site = village.clone().place().site_name();
    let label = around.site_words(&site, day);
    let hint = unit::beside(&site, day, around);
    let hint = around.speech.text(&capture::new_village(hint));
    Suggestion::new(label, hint, Take::NewVillage(village))
}

fn ask_commune(typed: &str, around: &Around<'_>) -> Suggestion {
    let name = with_capitals(typed);
    let hint = around.speech.text(&capture::ask_commune());
    Suggestion::new(name, hint, Take::AskCommune(format!("{typed}, ")))
}

/// Reads `thôn Pắc Ban` as kind and name. "Bản" is as often part of the name as a kind, and a
/// number alone is no name, so both stay.
fn kind_and_name(typed: &str, around: &Around<'_>) -> (Option<Code>, String) {
    let lower = typed.to_lowercase();
    for choice in around.setup.catalogue.villages.iter() {
        let Some(rest) = lower.strip_prefix(&format!("{} ", choice.vi)) else {
            continue;
        };
        let at = typed.len().checked_sub(rest.len());
        let name = at.and_then(|at| typed.get(at..)).unwrap_or(rest).trim();
        let is_name = name.starts_with(char::is_alphabetic);
        if is_name && choice.code.as_str() != "ban" {
            return (Some(choice.code.clone()), with_capitals(name));
        }
    }
    (None, with_capitals(typed))
}

/// Gives each word a capital where the whole name was typed small.
pub(super) fn with_capitals(name: &str) -> String {
    if name.chars().any(char::is_uppercase) {
        return name.to_owned();
    }
    let capital = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect::<String>()
    };
    name.split_whitespace()
        .map(capital)
        .collect::<Vec<_>>()
        .join(" ")
}
