//! What the program is set up with and no key changes: lists, communes, keys, sentences.

use std::collections::BTreeMap;
use std::num::NonZeroU8;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use super::Keymap;
use crate::config::catalogue::{Catalogue, Choices};
use crate::config::duties;
use crate::config::law::LawFiles;
use crate::config::paper::{Letterheads, Templates};
use crate::config::units::{Commune, Communes, District, FormerCommune};
use crate::domain::{
    Code, CommuneCode, Day, FormerCommuneCode, LabelMatch, Names, SiteName, Unit, UnitBasis,
};
use crate::i18n::{Catalog, Language};
use crate::law::Law;
use crate::law::duties::Duties;
use crate::law::pressing::Targets;
use crate::text::exact::exact;
use crate::text::fold::syllables;
use crate::text::gazetteer::{Fit, Gazetteer};

use super::label;

/// Lists, communes, keys and sentences.
pub struct Setup {
    pub catalogue: Catalogue,
    pub communes: Communes,
    pub keymap: Keymap,
    vi: Catalog,
    en: Catalog,
    /// How each commune is looked for, in their order, once somebody looks.
    today: OnceLock<Gazetteer>,
    /// The same of the former division, once somebody looks there.
    former: OnceLock<Gazetteer>,
    /// Rules and calendar, once somebody asks for a date.
    law: OnceLock<Arc<Law>>,
    /// The logbook's own targets.
    pub targets: Targets,
    /// The key of the authority that is competent for denunciations, as the settings say; may be empty.
    pub authority_key: String,
    /// Months after a confirmed hand-over until personal fields are offered for erasure.
    pub erase_offer_months: NonZeroU8,
    /// Heads and feet of papers.
    pub letterheads: Letterheads,
    /// How papers for print are laid out.
    pub templates: Templates,
    /// The template of duties.
    pub duties: Duties,
    /// Folders of further logbooks whose visits the queue shows.
    pub joined: Vec<PathBuf>,
    /// Which cell reviews visits to which village or commune: names as they are compared, and the cell.
    cells: BTreeMap<String, String>,
}

impl Setup {
    /// Puts together what the first screen needs.
    pub fn new(catalogue: Catalogue, communes: Communes, keymap: Keymap) -> Self {
        Self {
            catalogue,
            communes,
            keymap,
            vi: Catalog::new(Language::Vi),
            en: Catalog::new(Language::En),
            today: OnceLock::new(),
            former: OnceLock::new(),
            law: OnceLock::new(),
            letterheads: Letterheads::built_in(),
            templates: Templates::built_in(),
            targets: Targets {
                hand_over: 3,
                tell: 5,
            },
            authority_key: String::new(),
            erase_offer_months: const { NonZeroU8::new(6).expect("six is not zero") },
            duties: duties::built_in(),
            joined: Vec::new(),
            cells: BTreeMap::new(),
        }
    }

    /// Takes rules and calendar of this machine in the place of those compiled in.
    #[must_use]
    pub fn with_law(self, law: Law) -> Self {
        Self {
            law: OnceLock::from(Arc::new(law)),
            ..self
        }
    }

    /// Takes targets in the place of the usual ones.
    #[must_use]
    pub fn with_targets(self, targets: Targets) -> Self {
        Self { targets, ..self }
    }

    /// Takes the key of the competent authority from the settings.
    #[must_use]
    pub fn with_authority(self, authority_key: String) -> Self {
        Self {
            authority_key,
            ..self
        }
    }

    /// Takes after how many months erasure is offered from the settings.
    #[must_use]
    pub fn with_erase_offer(self, erase_offer_months: NonZeroU8) -> Self {
        Self {
            erase_offer_months,
            ..self
        }
    }

    /// Takes the template of duties of this machine in the place of the one compiled in.
    #[must_use]
    pub fn with_duties(self, duties: Duties) -> Self {
        Self { duties, ..self }
    }

    /// Takes further logbooks from the settings.
    #[must_use]
    pub fn with_joined(self, joined: Vec<PathBuf>) -> Self {
        Self { joined, ..self }
    }

    /// Takes which cell reviews what from the settings.
    #[must_use]
    pub fn with_cells(self, cells: BTreeMap<String, String>) -> Self {
        let cells = cells.into_iter().map(|(place, cell)| (exact(&place), cell));
        let cells = cells.collect();
        Self { cells, ..self }
    }

    /// Gives the cell that reviews visits to a village of a commune: the most particular word counts.
    pub fn cell_of(&self, village: &str, unit: &str) -> Option<&str> {
        let both = exact(&format!("{village} {unit}"));
        let mut named = [both, exact(village), exact(unit)].into_iter();
        let cell = named.find_map(|name| self.cells.get(&name));
        cell.map(String::as_str)
    }

    /// Tells whether a cell is one of those that are proposed.
    pub fn proposes_cell(&self, cell: &str) -> bool {
        self.cells.values().any(|known| known == cell)
    }

    /// Takes heads, feet and templates of papers in the place of those compiled in.
    #[must_use]
    pub fn with_papers(self, letterheads: Letterheads, templates: Templates) -> Self {
        Self {
            letterheads,
            templates,
            ..self
        }
    }

    /// Gives rules and calendar.
    pub fn law(&self) -> &Arc<Law> {
        self.law
            .get_or_init(|| Arc::new(LawFiles::built_in().law()))
    }

    /// Gives the sentences of a language.
    pub fn speech(&self, language: Language) -> &Catalog {
        match language {
            Language::Vi => &self.vi,
            Language::En => &self.en,
        }
    }

    /// Finds communes by the words of their names, without marks; those that begin so come first.
    pub fn find_communes(&self, typed: &str, most: usize) -> Vec<&Commune> {
        let found = self.today().find(typed).into_iter().take(most);
        let commune = |(_, at): (Fit, usize)| self.communes.all().get(at);
        found.filter_map(commune).collect()
    }

    /// Finds units of the former division the same way; "lang quan, yen son" names the district too.
    pub fn find_former(&self, typed: &str, most: usize) -> Vec<(Fit, &FormerCommune)> {
        let found = self.former().find(typed).into_iter().take(most);
        let all = self.communes.former().all();
        found
            .filter_map(|(fit, at)| Some((fit, all.get(at)?)))
            .collect()
    }

    /// Finds the units of both divisions that have exactly this name.
    pub fn units_named(&self, typed: &str) -> Vec<Unit> {
        let today = self.today().exactly(typed).into_iter();
        let today = today.filter_map(|at| self.communes.all().get(at));
        let former = self.former().exactly(typed).into_iter();
        let former = former.filter_map(|at| self.communes.former().all().get(at));
        let former = former.map(|unit| Unit::Former(unit.code));
        today
            .map(|unit| Unit::Today(unit.code))
            .chain(former)
            .collect()
    }

    /// Makes ready what only some screens need; takes a moment, so it is called beside them.
    pub fn prepare(&self) {
        self.today();
        self.law();
        self.former();
    }

    fn today(&self) -> &Gazetteer {
        self.today.get_or_init(|| {
            let mut today = Gazetteer::default();
            for commune in self.communes.all() {
                let province = &self.communes.province_of(commune).name;
                today.push(commune.kind.word(), commune.bare_name(), province);
            }
            today
        })
    }

    fn former(&self) -> &Gazetteer {
        self.former.get_or_init(|| {
            let table = self.communes.former();
            let mut former = Gazetteer::default();
            for commune in table.all() {
                let District { name, province } = table.district_of(commune);
                let region = format!("{name} {province}");
                former.push(commune.kind.word(), commune.bare_name(), &region);
            }
            former
        })
    }

    /// Writes a commune with its province: "Xã Nà Hang, tỉnh Tuyên Quang".
    pub fn commune_in_full(&self, commune: &Commune) -> String {
        self.unit_in_full(Unit::Today(commune.code))
    }

    /// Names a place in short, by its unit of today: "Pắc Ban · Nà Hang".
    pub fn site(&self, site: &SiteName) -> String {
        self.site_by(site, None, UnitBasis::Today)
    }

    /// Names the place of a record of that day, by the unit that stood then.
    pub fn site_on(&self, site: &SiteName, day: Option<Day>) -> String {
        self.site_by(site, day, UnitBasis::OfItsDay)
    }

    fn site_by(&self, site: &SiteName, day: Option<Day>, basis: UnitBasis) -> String {
        let unit = self
            .unit(site, day, basis)
            .map(|unit| self.unit_short(unit));
        match (site.village.is_empty(), unit) {
            (false, Some(unit)) => format!("{} · {unit}", site.village),
            (false, None) => site.village.clone(),
            (true, Some(unit)) => unit,
            (true, None) => String::new(),
        }
    }

    /// Gives the one unit that a site is named by: where it lay in one that was divided and nobody has
    /// said which part is meant, that one.
    pub fn unit(&self, site: &SiteName, day: Option<Day>, basis: UnitBasis) -> Option<Unit> {
        match self.communes.units(site, day, basis)[..] {
            [unit] => Some(unit),
            [] | [_, ..] => site.former.map(Unit::Former),
        }
    }

    /// Names a unit in short; a code that this release does not know is shown as it is.
    pub fn unit_short(&self, unit: Unit) -> String {
        let (Unit::Today(CommuneCode(code)) | Unit::Former(FormerCommuneCode(code))) = unit;
        let known = self.communes.unit_name(unit);
        known.map_or_else(|| format!("{code:05}"), |name| name.bare().to_owned())
    }

    /// Names a unit with what it lies or lay in: "Xã Lang Quán, huyện Yên Sơn, tỉnh Tuyên Quang".
    pub fn unit_in_full(&self, unit: Unit) -> String {
        match self.communes.unit_name(unit) {
            Some(name) => {
                let within = name.district.into_iter().chain([name.province]);
                let within = within.map(lower_first);
                std::iter::once(name.name.to_owned())
                    .chain(within)
                    .collect::<Vec<_>>()
                    .join(", ")
            }
            None => self.unit_short(unit),
        }
    }

    /// Names a commune in short; a code that this release does not know is shown as it is.
    pub fn commune(&self, code: CommuneCode) -> String {
        self.unit_short(Unit::Today(code))
    }

    /// Names a code of a list; one that this catalogue does not know is shown as it is.
    pub fn choice(choices: &Choices, code: &Code, language: Language) -> String {
        let known = choices.get(code);
        known
            .map_or(code.as_str(), |c| label(c, language))
            .to_owned()
    }

    /// Writes the same within a sentence: "xã Lang Quán, huyện Yên Sơn, tỉnh Tuyên Quang".
    pub fn unit_in_text(&self, unit: Unit) -> String {
        lower_first(&self.unit_in_full(unit))
    }

    /// Offers names of units for what is typed: a commune, behind whatever words stand before it
    /// ("Công an na hang" offers "Công an xã Nà Hang, tỉnh Tuyên Quang").
    pub fn units(&self, typed: &str, most: usize) -> Vec<String> {
        let mut lead = String::new();
        let mut rest = typed.trim();
        if rest.contains(',') {
            // The province is there already.
            return Vec::new();
        }
        loop {
            let found = self.find_communes(rest, most);
            if !found.is_empty() {
                let name = |commune: &Commune| self.commune_in_full(commune);
                let all = found.into_iter().map(name);
                return all
                    .map(|name| match lead.as_str() {
                        "" => name,
                        lead => format!("{lead}{}", lower_first(&name)),
                    })
                    .collect();
            }
            let Some((word, tail)) = rest.split_once(' ') else {
                return Vec::new();
            };
            lead.push_str(word);
            lead.push(' ');
            rest = tail.trim_start();
        }
    }

    /// Finds the codes whose labels match each word of a search; a prefix counts on the last.
    pub fn labels(&self, typed: &str, names: &Names) -> Vec<Vec<LabelMatch>> {
        let words: Vec<String> = syllables(typed).collect();
        let last = words.len().saturating_sub(1);
        let each = words.iter().enumerate();
        each.map(|(at, word)| {
            if at == last {
                self.labels_of(names, |syllable| syllable.starts_with(word))
            } else {
                self.labels_of(names, |syllable| syllable == word)
            }
        })
        .collect()
    }

    fn labels_of(&self, names: &Names, fits: impl Fn(&str) -> bool) -> Vec<LabelMatch> {
        let lists = [
            &self.catalogue.activities,
            &self.catalogue.shared,
            &self.catalogue.meetings,
            &self.catalogue.topics,
        ];
        let choices = lists.iter().flat_map(|list| list.iter());
        let codes = choices
            .filter(|choice| choice.words().flat_map(syllables).any(|s| fits(&s)))
            .map(|choice| LabelMatch::Code(choice.code.clone()));
        let communes = self.today().with_word(&fits);
        let communes = communes.filter_map(|at| self.communes.all().get(at));
        let communes = communes.map(|commune| LabelMatch::Commune(commune.code));
        let former = names.former.iter().copied();
        let former = former.filter(|code| self.former_has_word(*code, &fits));
        codes
            .chain(communes)
            .chain(former.map(LabelMatch::Former))
            .collect()
    }

    /// Tells whether a former unit goes by a word: of its own name, its district's or that of a unit
    /// of today that received it.
    fn former_has_word(&self, code: FormerCommuneCode, fits: impl Fn(&str) -> bool) -> bool {
        let table = self.communes.former();
        let Some(unit) = table.get(code) else {
            return false;
        };
        let today = unit.successors.iter();
        let today = today.filter_map(|code| self.communes.get(*code));
        let mut names = [unit.name.as_str(), table.district_of(unit).name.as_str()]
            .into_iter()
            .chain(today.map(|commune| commune.name.as_str()));
        names.any(|name| syllables(name).any(|syllable| fits(&syllable)))
    }
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setup() -> Setup {
        Setup::new(
            Catalogue::built_in(),
            Communes::built_in(),
            Keymap::built_in(),
        )
    }

    #[test]
    fn a_commune_is_found_without_marks_and_the_exact_name_comes_first() {
        let setup = setup();
        let found = setup.find_communes("na hang", 5);
        assert_eq!(found[0].name, "Xã Nà Hang");
        assert!(setup.find_communes("", 5).is_empty());
        assert!(setup.find_communes("khong co xa nao", 5).is_empty());
    }

    #[test]
    fn a_unit_keeps_the_words_before_its_commune() {
        let units = setup().units("Công an xa na hang", 5);
        assert_eq!(units[0], "Công an xã Nà Hang, tỉnh Tuyên Quang");
        assert!(setup().units("Chi bộ Qqq", 5).is_empty());
        assert!(setup().units(&units[0], 5).is_empty());
    }

    #[test]
    fn only_the_last_word_of_a_search_matches_a_beginning() {
        let setup = setup();
        let codes = |typed: &str| {
            let labels = setup.labels(typed, &Names::default());
            labels
                .into_iter()
                .map(|of_word| of_word.len())
                .collect::<Vec<_>>()
        };
        let [whole, begun] = codes("mươn mươn")[..] else {
            panic!("two words");
        };
        assert_eq!(whole, 0);
        assert!(begun > 0, "the label of canals begins so");
    }

    #[test]
    fn a_former_unit_is_searched_by_its_name_its_district_and_todays_name() {
        let setup = setup();
        let lang_quan = FormerCommuneCode(2_479);
        let names = Names {
            former: vec![lang_quan],
            ..Names::default()
        };
        let finds = |typed: &str| {
            let labels = setup.labels(typed, &names);
            labels
                .iter()
                .all(|of_word| of_word.contains(&LabelMatch::Former(lang_quan)))
        };
        for typed in [
            "lang quan",
            "Lang Quán Yên Sơn",
            "xa yen son",
            "huyện yên s",
        ] {
            assert!(finds(typed), "{typed}");
        }
        assert!(!finds("na hang"));
        assert!(
            setup.labels("lang", &Names::default())[0]
                .iter()
                .all(|label| match label {
                    LabelMatch::Code(_) | LabelMatch::Commune(_) => true,
                    LabelMatch::Former(_) => false,
                })
        );
    }
}
