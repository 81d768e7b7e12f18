//! Which unit a record names: that of its day, or that of today.

use super::{CommuneKind, Communes, Division};
use crate::domain::{CommuneCode, Day, FormerCommuneCode, Site, SiteName, Unit, UnitBasis};

/// A unit at commune level with what it lies or lay in, as the tables write them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitName<'a> {
    pub code: u32,
    pub kind: CommuneKind,
    /// The full name ("Xã Lang Quán").
    pub name: &'a str,
    /// Of the former division only.
    pub district: Option<&'a str>,
    pub province: &'a str,
}

impl<'a> UnitName<'a> {
    /// Gives the name without its kind ("Lang Quán").
    pub fn bare(&self) -> &'a str {
        self.kind.bare(self.name)
    }
}

impl Communes {
    /// Names a unit; `None` for a code that this release does not know.
    pub fn unit_name(&self, unit: Unit) -> Option<UnitName<'_>> {
        match unit {
            Unit::Today(code) => {
                let commune = self.get(code)?;
                Some(UnitName {
                    code: code.0,
                    kind: commune.kind,
                    name: &commune.name,
                    district: None,
                    province: &self.province_of(commune).name,
                })
            }
            Unit::Former(code) => {
                let commune = self.former().get(code)?;
                let district = self.former().district_of(commune);
                Some(UnitName {
                    code: code.0,
                    kind: commune.kind,
                    name: &commune.name,
                    district: Some(&district.name),
                    province: &district.province,
                })
            }
        }
    }

    /// Gives the units that a record at a site counts for: one; none where the site names none; several
    /// where it names a unit that was divided and nobody has said which part is meant.
    ///
    /// Of its day: the former unit for a day of the former division, where it is known or follows from
    /// today's. Everything else goes by today's units, those that are asked for or the record is of.
    pub fn units(&self, site: &SiteName, day: Option<Day>, basis: UnitBasis) -> Vec<Unit> {
        match basis {
            UnitBasis::OfItsDay => match day.map(|day| self.division(day)) {
                Some(Division::Former) => match self.former_unit(site) {
                    Some(code) => vec![Unit::Former(code)],
                    None => self.units_of_today(site),
                },
                Some(Division::Today) => self.units_of_today(site),
                // Without a day, what the source named stands.
                None => match (site.commune, site.former) {
                    (None, Some(code)) => vec![Unit::Former(code)],
                    (Some(_), _) | (None, None) => self.units_of_today(site),
                },
            },
            UnitBasis::Today => self.units_of_today(site),
        }
    }

    fn units_of_today(&self, site: &SiteName) -> Vec<Unit> {
        let successors = match (site.commune, site.former) {
            (Some(code), _) => return vec![Unit::Today(code)],
            (None, Some(code)) => self.former().successors(code),
            (None, None) => &[],
        };
        successors.iter().copied().map(Unit::Today).collect()
    }

    /// Gives the former unit of a site: the one that is known, or the only one that today's received.
    fn former_unit(&self, site: &SiteName) -> Option<FormerCommuneCode> {
        site.former.or_else(|| self.only_predecessor(site.commune?))
    }

    fn only_predecessor(&self, code: CommuneCode) -> Option<FormerCommuneCode> {
        let mut before = self.former().predecessors(code);
        let first = before.next();
        first.filter(|_| before.next().is_none())
    }

    /// Gives every site that a list of a unit finds: the unit itself, the former ones that it received,
    /// and those of today that lie wholly in it.
    pub fn sites_of(&self, unit: Unit) -> Vec<Site> {
        let mut sites = vec![Site::from(unit)];
        match unit {
            Unit::Today(code) => {
                let before = self.former().predecessors(code);
                sites.extend(before.map(Site::Former));
            }
            Unit::Former(code) => {
                let after = self.former().successors(code).iter();
                let whole = after.filter(|into| self.only_predecessor(**into) == Some(code));
                sites.extend(whole.copied().map(Site::Commune));
            }
        }
        sites
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LANG_QUAN: FormerCommuneCode = FormerCommuneCode(2_479);
    const YEN_SON: CommuneCode = CommuneCode(2_473);

    fn site(commune: Option<CommuneCode>, former: Option<FormerCommuneCode>) -> SiteName {
        SiteName {
            commune,
            former,
            ..SiteName::default()
        }
    }

    fn day(text: &str) -> Option<Day> {
        text.parse().ok()
    }

    #[test]
    fn a_record_names_the_unit_of_its_day_and_is_cut_by_either() {
        let communes = Communes::built_in();
        let (before, after) = (day("2025-06-30"), day("2025-07-01"));
        let (of_its_day, today) = (UnitBasis::OfItsDay, UnitBasis::Today);
        let former = site(None, Some(LANG_QUAN));
        assert_eq!(
            communes.units(&former, before, of_its_day),
            [Unit::Former(LANG_QUAN)]
        );
        assert_eq!(
            communes.units(&former, before, today),
            [Unit::Today(YEN_SON)]
        );
        assert_eq!(
            communes.units(&former, after, of_its_day),
            [Unit::Today(YEN_SON)]
        );
        assert_eq!(
            communes.units(&former, None, of_its_day),
            [Unit::Former(LANG_QUAN)]
        );
        let both = site(Some(YEN_SON), Some(LANG_QUAN));
        assert_eq!(
            communes.units(&both, before, of_its_day),
            [Unit::Former(LANG_QUAN)]
        );
        assert_eq!(
            communes.units(&both, after, of_its_day),
            [Unit::Today(YEN_SON)]
        );
        // Which of the former ones it was cannot be told.
        let present = site(Some(YEN_SON), None);
        assert_eq!(
            communes.units(&present, before, of_its_day),
            [Unit::Today(YEN_SON)]
        );
        assert!(
            communes
                .units(&SiteName::default(), before, of_its_day)
                .is_empty()
        );
    }

    #[test]
    fn the_only_former_unit_of_one_of_today_is_known_without_being_said() {
        let communes = Communes::built_in();
        let only = communes.all().iter().find_map(|commune| {
            let before = communes.only_predecessor(commune.code)?;
            (communes.former().successors(before).len() == 1).then_some((commune.code, before))
        });
        let (now, before) = only.expect("some units passed whole and alone");
        let of = |on| communes.units(&site(Some(now), None), day(on), UnitBasis::OfItsDay);
        assert_eq!(of("2024-05-01"), [Unit::Former(before)]);
        assert_eq!(of("2026-05-01"), [Unit::Today(now)]);
        assert!(
            communes
                .sites_of(Unit::Former(before))
                .contains(&Site::Commune(now))
        );
    }

    #[test]
    fn a_divided_unit_offers_its_parts() {
        let communes = Communes::built_in();
        let divided = communes
            .former()
            .all()
            .iter()
            .find(|f| f.successors.len() > 2);
        let divided = divided.expect("one in three parts");
        let parts = communes.units(&site(None, Some(divided.code)), None, UnitBasis::Today);
        assert_eq!(parts.len(), divided.successors.len());
    }

    #[test]
    fn a_list_of_a_unit_finds_both_divisions() {
        let communes = Communes::built_in();
        let sites = communes.sites_of(Unit::Today(YEN_SON));
        assert!(sites.contains(&Site::Commune(YEN_SON)));
        assert!(sites.contains(&Site::Former(LANG_QUAN)));
        // Yên Sơn is more than Lang Quán was.
        assert_eq!(
            communes.sites_of(Unit::Former(LANG_QUAN)),
            [Site::Former(LANG_QUAN)]
        );
    }

    #[test]
    fn units_are_named_with_what_they_lie_in() {
        let communes = Communes::built_in();
        let name = communes
            .unit_name(Unit::Former(LANG_QUAN))
            .expect("is known");
        assert_eq!(
            (name.bare(), name.district),
            ("Lang Quán", Some("Huyện Yên Sơn"))
        );
        let name = communes.unit_name(Unit::Today(YEN_SON)).expect("is known");
        assert_eq!((name.name, name.district), ("Xã Yên Sơn", None));
        assert_eq!(name.province, "Tỉnh Tuyên Quang");
        assert_eq!(communes.unit_name(Unit::Today(CommuneCode(99_999))), None);
    }
}
