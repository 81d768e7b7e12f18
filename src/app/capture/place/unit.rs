//! The units that a place field offers: those of the day first, the officer's own province first.
//!
//! Owns which of today's units a former one leads to in an offer. Never takes one.

use crate::app::capture::around::{Around, lower_first};
use crate::app::capture::form::Chip;
use crate::app::capture::suggest::{Suggestion, Take};
use crate::config::units::{Commune, Division, FormerCommune, ProvinceCode};
use crate::domain::{CommuneCode, Day, FormerCommuneCode, Place, SiteName, Unit, UnitBasis};
use crate::i18n::messages::capture;
use crate::text::gazetteer::Fit;

/// Units of a division offered for what is typed.
const MOST: usize = 8;

/// Units of a name that are looked through for those of the own province.
const NAMED: usize = 64;

/// Where a new village lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Within {
    pub(super) commune: Option<CommuneCode>,
    pub(super) former: Option<FormerCommuneCode>,
}

impl Within {
    pub(super) fn today(commune: CommuneCode) -> Self {
        Self {
            commune: Some(commune),
            former: None,
        }
    }
}

/// From where and when units are looked for.
pub(super) struct Home<'a, 'b> {
    around: &'b Around<'a>,
    division: Division,
    province: Option<ProvinceCode>,
}

impl<'a, 'b> Home<'a, 'b> {
    pub(super) fn of(around: &'b Around<'a>, day: Day) -> Self {
        let communes = &around.setup.communes;
        let home = around.home().and_then(|code| communes.get(code));
        Self {
            around,
            division: communes.division(day),
            province: home.map(|commune| commune.province),
        }
    }

    fn is_near(&self, commune: &Commune) -> bool {
        self.province.is_none_or(|home| home == commune.province)
    }

    /// The communes of today that fit, those of the own province first.
    fn today(&self, typed: &str) -> Vec<&'a Commune> {
        let mut found = self.around.setup.find_communes(typed, NAMED);
        found.sort_by_key(|commune| !self.is_near(commune));
        found.truncate(MOST);
        found
    }

    /// The former units that fit, those of the own province first. Those that today's division took
    /// over under the same name are offered as today's where that holds.
    fn former(&self, typed: &str) -> Vec<(Fit, &'a FormerCommune)> {
        let communes = &self.around.setup.communes;
        let mut found = self.around.setup.find_former(typed, NAMED);
        let into = |unit: &FormerCommune| {
            let into = unit.successors.iter();
            into.filter_map(|code| communes.get(*code))
                .collect::<Vec<_>>()
        };
        if self.division == Division::Today {
            found.retain(|(_, unit)| match into(unit)[..] {
                [only] => only.bare_name() != unit.bare_name(),
                [] | [_, ..] => true,
            });
        }
        found.sort_by_key(|(fit, unit)| (!into(unit).into_iter().any(|c| self.is_near(c)), *fit));
        found.truncate(MOST);
        found
    }

    /// Offers former units for a name with its district, where exactly that is typed.
    pub(super) fn in_district(&self, typed: &str) -> Vec<Suggestion> {
        let found = self.former(typed).into_iter();
        let exact = found.filter(|(fit, _)| *fit == Fit::Exact);
        exact.flat_map(|(_, unit)| self.offers_of(unit)).collect()
    }

    /// Offers units for a name, those of the day's division first.
    pub(super) fn named(&self, typed: &str) -> Vec<Suggestion> {
        let today = self.today(typed).into_iter();
        let today: Vec<_> = today.map(|commune| self.offer(commune)).collect();
        let former = self.former(typed).into_iter();
        let former: Vec<_> = former.flat_map(|(_, unit)| self.offers_of(unit)).collect();
        let (first, then) = match self.division {
            Division::Former => (former, today),
            Division::Today => (today, former),
        };
        first.into_iter().chain(then).collect()
    }

    /// Gives where a new village may lie: each part of a divided unit for itself.
    pub(super) fn units_for(&self, typed: &str) -> Vec<Within> {
        let today = self.today(typed).into_iter();
        let today: Vec<_> = today.map(|commune| Within::today(commune.code)).collect();
        let former = self.former(typed).into_iter().flat_map(|(_, unit)| {
            let into = unit.successors.iter();
            into.map(|code| Within {
                commune: Some(*code),
                former: Some(unit.code),
            })
        });
        let (first, then) = match self.division {
            Division::Former => (former.collect(), today),
            Division::Today => (today, former.collect::<Vec<_>>()),
        };
        first.into_iter().chain(then).collect()
    }

    /// Gives where a new village of a commune may lie: on a day of the former division also each
    /// unit that the commune received.
    pub(super) fn units_at(&self, commune: CommuneCode) -> Vec<Within> {
        let mut within = vec![Within::today(commune)];
        if self.division == Division::Former {
            let before = self.around.setup.communes.former().predecessors(commune);
            within.extend(before.map(|former| Within {
                commune: Some(commune),
                former: Some(former),
            }));
        }
        within
    }

    fn offer(&self, commune: &Commune) -> Suggestion {
        let province = &self.around.setup.communes.province_of(commune).name;
        let take = Take::Chip(Chip::Commune(commune.code));
        Suggestion::new(commune.name.clone(), province.clone(), take)
    }

    /// Offers a former unit: itself for a day on which it stood; later the one that received it, or
    /// each of several that did.
    fn offers_of(&self, unit: &FormerCommune) -> Vec<Suggestion> {
        let words = |unit| self.around.unit_words(unit);
        let communes = &self.around.setup.communes;
        let district = lower_first(&communes.former().district_of(unit).name);
        let into = unit.successors.iter().copied().map(Unit::Today);
        let whole = Take::Chip(Chip::Former(unit.code));
        if self.division == Division::Former {
            let into: Vec<_> = into.map(|into| lower_first(&words(into))).collect();
            let hint = capture::former_then(district, into.join(", "));
            let hint = self.around.speech.text(&hint);
            return vec![Suggestion::new(unit.name.clone(), hint, whole)];
        }
        let former = lower_first(&unit.name);
        match unit.successors[..] {
            [only] => {
                let hint = self
                    .around
                    .speech
                    .text(&capture::former_whole(former, district));
                vec![Suggestion::new(words(Unit::Today(only)), hint, whole)]
            }
            [] | [_, ..] => {
                let hint = self
                    .around
                    .speech
                    .text(&capture::former_part(former, district));
                let part = |code: &CommuneCode| {
                    let take = Take::Chip(Chip::Commune(*code));
                    Suggestion::new(words(Unit::Today(*code)), hint.clone(), take)
                };
                unit.successors.iter().map(part).collect()
            }
        }
    }
}

/// Names the unit of a place on a day.
pub(super) fn words(site: &SiteName, day: Day, around: &Around<'_>) -> Option<String> {
    let unit = around.setup.unit(site, Some(day), UnitBasis::OfItsDay);
    unit.map(|unit| around.unit_words(unit))
}

/// Says what tells a place from others of the same name: today's unit where that is another one, and
/// the province.
pub(super) fn beside(site: &SiteName, day: Day, around: &Around<'_>) -> String {
    let setup = around.setup;
    let then = setup.unit(site, Some(day), UnitBasis::OfItsDay);
    let today = setup.unit(site, None, UnitBasis::Today);
    let name = |unit| setup.communes.unit_name(unit);
    let province = today.and_then(name).map(|name| name.province.to_owned());
    match (then, site.former, today) {
        (Some(Unit::Former(_)), _, Some(today)) => {
            let today = lower_first(&around.unit_words(today));
            around.speech.text(&capture::today_in(today))
        }
        (Some(Unit::Today(_)), Some(former), _) => {
            let former = lower_first(&around.unit_words(Unit::Former(former)));
            around.speech.text(&capture::formerly_in(former))
        }
        (Some(_) | None, _, _) => province.unwrap_or_default(),
    }
}

/// Gives every name of the units that a village lies or lay in, to find it by.
pub(super) fn all_names(place: &Place, around: &Around<'_>) -> String {
    let today = place.commune.map(Unit::Today);
    let former = place.former.map(Unit::Former);
    let units = today.into_iter().chain(former);
    let names = units.map(|unit| around.setup.unit_in_full(unit));
    names.collect::<Vec<_>>().join(", ")
}
