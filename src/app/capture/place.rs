//! Places by type-ahead: villages known, villages typed for the first time, communes.
//!
//! Owns how a typed place is read: `Pắc Ban, Nà Hang` is a village and its commune.

use super::around::Around;
use super::form::{Chip, Form};
use super::suggest::{Suggestion, Take, fit, means_another};
use crate::domain::{Code, CommuneCode, Place, SiteName};
use crate::i18n::messages::capture;
use crate::text::fold::fold;

/// Communes offered for what is typed.
const COMMUNES: usize = 8;

/// A village that is named for the first time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NewVillage {
    pub(super) name: String,
    pub(super) kind: Option<Code>,
    pub(super) commune: CommuneCode,
}

impl NewVillage {
    pub(super) fn place(self) -> Place {
        Place {
            name: self.name,
            kind: self.kind,
            commune: Some(self.commune),
            merged_into: None,
        }
    }
}

/// Gives the places that fit what is typed: villages known, a new one, communes.
pub(super) fn suggestions(form: &Form, typed: &str, around: &Around<'_>) -> Vec<Suggestion> {
    let (name, commune) = match typed.rsplit_once(',') {
        Some((name, commune)) => (name.trim(), Some(commune.trim())),
        None => (typed.trim(), None),
    };
    let says_commune = says_commune(name);
    let communes = match commune.or(says_commune.then_some(name)) {
        Some(commune) => communes(commune, around),
        None => Vec::new(),
    };
    let mut found = known(form, name, commune, around);
    let same = |code: CommuneCode| {
        found
            .iter()
            .any(|(best, known)| *best == 0 && known.commune == Some(code))
    };
    let mut fresh = Vec::new();
    if !name.is_empty() && !says_commune {
        match (commune, around.home()) {
            (Some(_), _) => {
                let codes = communes.iter().filter(|code| !same(**code));
                fresh.extend(codes.map(|code| new_village(name, *code, around)));
            }
            (None, Some(home)) if !same(home) => fresh.push(new_village(name, home, around)),
            (None, Some(_)) => {}
            (None, None) => fresh.push(ask_commune(name, around)),
        }
    }
    found.sort_by_key(|(best, _)| *best);
    let (other, found): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|(best, known)| *best > 0 && means_another(&known.suggestion.label, name));
    let mut out: Vec<Suggestion> = found
        .into_iter()
        .map(|(_, known)| known.suggestion)
        .collect();
    out.extend(fresh);
    out.extend(other.into_iter().map(|(_, known)| known.suggestion));
    if commune.is_none() && !name.is_empty() {
        let codes = if says_commune {
            communes
        } else {
            self::communes(name, around)
        };
        out.extend(codes.into_iter().map(|code| commune_itself(code, around)));
    }
    out
}

struct KnownVillage {
    commune: Option<CommuneCode>,
    suggestion: Suggestion,
}

/// The villages named before that fit.
fn known(
    form: &Form,
    name: &str,
    commune: Option<&str>,
    around: &Around<'_>,
) -> Vec<(u8, KnownVillage)> {
    let taken = &form.field().chips;
    let typed_here = form.places.iter().map(|(id, place)| {
        let name = SiteName {
            village: place.name.clone(),
            commune: place.commune,
        };
        (*id, name)
    });
    let known = around.names.places.iter();
    let known = known.map(|(id, name, _)| (*id, name.clone()));
    let mut found = Vec::new();
    for (id, site) in typed_here.chain(known) {
        let chip = Chip::Village(id);
        let Some(best) = fit(&site.village, name) else {
            continue;
        };
        let of_commune = site
            .commune
            .and_then(|code| around.setup.communes.get(code));
        let fits = match commune {
            Some(typed) => of_commune.is_some_and(|known| fit(&known.name, typed).is_some()),
            None => true,
        };
        if fits && !taken.contains(&chip) {
            let hint = of_commune
                .map(|known| known.name.clone())
                .unwrap_or_default();
            let suggestion = Suggestion::new(site.village, hint, Take::Chip(chip));
            let commune = site.commune;
            found.push((
                best,
                KnownVillage {
                    commune,
                    suggestion,
                },
            ));
        }
    }
    found
}

/// The communes that fit, those of the own province first.
fn communes(typed: &str, around: &Around<'_>) -> Vec<CommuneCode> {
    if typed.is_empty() {
        return around.home().into_iter().collect();
    }
    let home = around
        .home()
        .and_then(|code| around.setup.communes.get(code));
    let mut found = around.setup.find_communes(typed, 8 * COMMUNES);
    found.sort_by_key(|commune| home.is_some_and(|home| home.province != commune.province));
    let codes = found.into_iter().map(|commune| commune.code);
    codes.take(COMMUNES).collect()
}

fn new_village(typed: &str, commune: CommuneCode, around: &Around<'_>) -> Suggestion {
    let (kind, name) = kind_and_name(typed, around);
    let site = SiteName {
        village: name.clone(),
        commune: Some(commune),
    };
    let label = around.site_words(&site);
    let province = province(commune, around);
    let hint = around.speech.text(&capture::new_village(province));
    let village = NewVillage {
        name,
        kind,
        commune,
    };
    Suggestion::new(label, hint, Take::NewVillage(village))
}

fn ask_commune(typed: &str, around: &Around<'_>) -> Suggestion {
    let name = with_capitals(typed);
    let hint = around.speech.text(&capture::ask_commune());
    Suggestion::new(name, hint, Take::AskCommune(format!("{typed}, ")))
}

fn commune_itself(code: CommuneCode, around: &Around<'_>) -> Suggestion {
    let name = around.commune_words(code).unwrap_or_default();
    Suggestion::new(
        name,
        province(code, around),
        Take::Chip(Chip::Commune(code)),
    )
}

fn province(code: CommuneCode, around: &Around<'_>) -> String {
    let commune = around.setup.communes.get(code);
    let province = commune.map(|commune| around.setup.communes.province_of(commune).name.clone());
    province.unwrap_or_default()
}

/// `xã Nà Hang` is the commune itself.
fn says_commune(typed: &str) -> bool {
    ["xa ", "phuong ", "dac khu "]
        .iter()
        .any(|kind| fold(typed).starts_with(kind))
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
