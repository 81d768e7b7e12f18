//! What the form may look at beside itself: names, lists, the day.
//!
//! Owns how codes, villages and cadres are named on the screen. Never changes anything.

use super::form::{
    ANONYMOUS, CRIME_REPORT, Chip, DENUNCIATION, Field, Form, ON_THE_SPOT, own_code,
};
use super::reading::read_day;
use super::slot::{List, Slot};
use crate::app::Setup;
use crate::app::label;
use crate::config::catalogue::Choices;
use crate::config::units::Division;
use crate::domain::{
    Code, CommuneCode, ConcernKind, Day, FormerCommuneCode, Names, PersonId, Place, PlaceId,
    Profile, Site, SiteName, Stamp, Unit, UnitBasis,
};
use crate::i18n::messages::capture;
use crate::i18n::{Catalog, Language, Text};
use crate::text::number::Marks;

/// What the form may look at.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    pub now: Stamp,
    pub me: PersonId,
    pub profile: &'a Profile,
    pub names: &'a Names,
    pub setup: &'a Setup,
    /// Sentences, for the labels that are the program's own.
    pub speech: &'a Catalog,
}

/// One of a list: its code, what is shown, and what may be typed for it.
pub(super) struct Offer {
    pub(super) code: Code,
    pub(super) label: String,
    pub(super) words: Vec<String>,
}

impl<'a> Around<'a> {
    /// Returns the day in Vietnam.
    pub fn today(&self) -> Day {
        self.now.day()
    }

    /// Returns how numbers are typed.
    pub(super) fn marks(&self) -> Marks {
        match self.speech.language() {
            Language::Vi => Marks::Vietnamese,
            Language::En => Marks::English,
        }
    }

    /// Gives everything of a list in its order.
    pub(super) fn offers(&self, list: List) -> Vec<Offer> {
        let choices = match list {
            List::Activities => &self.setup.catalogue.activities,
            List::Measures => &self.setup.catalogue.measures,
            List::Beneficiaries => &self.setup.catalogue.beneficiaries,
            List::Funding => &self.setup.catalogue.funding,
            List::Meetings => &self.setup.catalogue.meetings,
            List::Capacities => &self.setup.catalogue.capacities,
            List::Topics => &self.setup.catalogue.topics,
            List::Shared => &self.setup.catalogue.shared,
            List::Concerns => return self.own_offers(&concerns()),
            List::Anonymous => return self.own_offers(&[(ANONYMOUS, capture::anonymous())]),
            List::Settled => return self.own_offers(&[(ON_THE_SPOT, capture::on_the_spot())]),
        };
        self.catalogue_offers(choices)
    }

    fn catalogue_offers(&self, choices: &Choices) -> Vec<Offer> {
        let offer = |choice: &crate::config::catalogue::Choice| Offer {
            code: choice.code.clone(),
            label: label(choice, self.speech.language()).to_owned(),
            words: choice.words().map(str::to_owned).collect(),
        };
        choices.iter().map(offer).collect()
    }

    fn own_offers(&self, own: &[(&'static str, Text)]) -> Vec<Offer> {
        let offer = |(code, text): &(&'static str, Text)| {
            let words = Language::ALL.map(|language| self.setup.speech(language).text(text));
            Offer {
                code: own_code(code),
                words: words.into(),
                label: self.speech.text(text),
            }
        };
        own.iter().map(offer).collect()
    }

    /// Gives the label of a code; the code itself where this device's list does not know it.
    pub fn code_label(&self, list: List, code: &Code) -> String {
        let known = self.offers(list).into_iter().find(|o| o.code == *code);
        known.map_or_else(|| code.as_str().to_owned(), |offer| offer.label)
    }

    /// Gives the labels of a list of toggles, each with whether it is on; codes that the list does
    /// not know are on, and named as they are.
    pub fn toggles(&self, list: List, field: &Field) -> Vec<(String, bool)> {
        let offers = self.offers(list);
        let on = |code: &Code| field.chips.contains(&Chip::Code(code.clone()));
        let known = offers.iter().map(|o| (o.label.clone(), on(&o.code)));
        let unknown = field.chips.iter().filter_map(|chip| match chip {
            Chip::Code(code) => {
                let foreign = offers.iter().all(|offer| offer.code != *code);
                foreign.then(|| (code.as_str().to_owned(), true))
            }
            Chip::Village(_)
            | Chip::Commune(_)
            | Chip::Former(_)
            | Chip::Person(_)
            | Chip::Words(_) => None,
        });
        known.chain(unknown).collect()
    }

    /// Gives the day whose names places of the form bear.
    pub(super) fn day_of(&self, form: &Form) -> Day {
        let today = self.today();
        let field = |slot| form.visit().field(slot, 0);
        let day = |slot| field(slot).and_then(|field| read_day(field, today));
        day(Slot::To).or_else(|| day(Slot::From)).unwrap_or(today)
    }

    /// Gives the name of a village on the day of the form.
    fn village(&self, form: &Form, id: PlaceId) -> Option<SiteName> {
        let typed = form.places.iter().find(|(known, _)| *known == id);
        let known = || self.names.of_its_day(id, Some(self.day_of(form)));
        let place = typed.map(|(_, place)| place);
        let place = place.or_else(|| known().map(|(_, place)| place));
        place.map(Place::site_name)
    }

    /// Names a village with its unit of a day: `Pắc Ban, xã Nà Hang`.
    pub(super) fn site_words(&self, name: &SiteName, day: Day) -> String {
        match self.setup.unit(name, Some(day), UnitBasis::OfItsDay) {
            Some(unit) => format!("{}, {}", name.village, lower_first(&self.unit_words(unit))),
            None => name.village.clone(),
        }
    }

    /// Gives the cell that reviews visits to a place, where the settings say so.
    pub(super) fn cell_of(&self, form: &Form, chip: &Chip) -> Option<&'a str> {
        let (village, unit) = match chip {
            Chip::Village(id) => {
                let name = self.village(form, *id)?;
                let day = Some(self.day_of(form));
                let unit = self.setup.unit(&name, day, UnitBasis::OfItsDay);
                (name.village, unit)
            }
            Chip::Commune(code) => (String::new(), Some(Unit::Today(*code))),
            Chip::Former(code) => (String::new(), Some(Unit::Former(*code))),
            Chip::Code(_) | Chip::Person(_) | Chip::Words(_) => return None,
        };
        let unit = unit.map_or_else(String::new, |unit| self.unit_words(unit));
        self.setup.cell_of(&village, &unit)
    }

    /// Gives where something happened on a day: of today's units only those of today are meant, so
    /// that a former one that passed whole is the one that received it.
    pub(super) fn site(&self, chip: &Chip, day: Option<Day>) -> Option<Site> {
        match chip {
            Chip::Village(id) => Some(Site::Village(*id)),
            Chip::Commune(code) => Some(Site::Commune(*code)),
            Chip::Former(code) => {
                let name = SiteName {
                    former: Some(*code),
                    ..SiteName::default()
                };
                let communes = &self.setup.communes;
                match communes.units(&name, day, UnitBasis::OfItsDay)[..] {
                    [unit] => Some(unit.into()),
                    [] | [_, ..] => Some(Site::Former(*code)),
                }
            }
            Chip::Words(words) => Some(Site::Text(words.clone())),
            Chip::Code(_) | Chip::Person(_) => None,
        }
    }

    /// Tells whether a day is of today's division.
    pub(super) fn is_of_today(&self, day: Day) -> bool {
        match self.setup.communes.division(day) {
            Division::Today => true,
            Division::Former => false,
        }
    }

    /// Gives the full name of a unit; its digits where this release does not know it.
    pub(super) fn unit_words(&self, unit: Unit) -> String {
        let (Unit::Today(CommuneCode(code)) | Unit::Former(FormerCommuneCode(code))) = unit;
        let name = self.setup.communes.unit_name(unit);
        name.map_or_else(|| format!("{code:05}"), |name| name.name.to_owned())
    }

    /// Names a former unit for a day: as it was then, or the one of today that received it.
    fn former_words(&self, code: FormerCommuneCode, day: Day) -> String {
        let former = self.unit_words(Unit::Former(code));
        match self.site(&Chip::Former(code), Some(day)) {
            Some(Site::Commune(today)) => {
                let today = self.unit_words(Unit::Today(today));
                self.speech
                    .text(&capture::unit_with_former(today, lower_first(&former)))
            }
            Some(Site::Former(_) | Site::Village(_) | Site::Text(_)) | None => former,
        }
    }

    /// Gives the name of a cadre.
    pub fn person(&self, form: &Form, id: PersonId) -> String {
        let typed = form.people.iter().find(|(known, _)| *known == id);
        let known = self.names.people.iter().find(|(known, _)| *known == id);
        match typed.or(known) {
            Some((_, person)) if !person.name.is_empty() => person.name.clone(),
            Some(_) | None if id == self.me => self.profile.name.clone(),
            Some(_) | None => "?".to_owned(),
        }
    }

    /// Names what was taken.
    pub fn chip_words(&self, form: &Form, list: Option<List>, chip: &Chip) -> String {
        match chip {
            Chip::Code(code) => match list {
                Some(list) => self.code_label(list, code),
                None => code.as_str().to_owned(),
            },
            Chip::Village(id) => match self.village(form, *id) {
                Some(name) => self.site_words(&name, self.day_of(form)),
                None => "?".to_owned(),
            },
            Chip::Commune(code) => self.unit_words(Unit::Today(*code)),
            Chip::Former(code) => self.former_words(*code, self.day_of(form)),
            Chip::Person(id) => self.person(form, *id),
            Chip::Words(words) => words.clone(),
        }
    }

    /// Gives the commune that a new village most likely lies in: the unit's own, or that of the
    /// village named last.
    pub(super) fn home(&self) -> Option<CommuneCode> {
        self.unit_commune().or_else(|| {
            let newest = self.names.places.iter().max_by_key(|(id, _)| *id);
            newest.and_then(|(_, place)| place.commune)
        })
    }

    fn unit_commune(&self) -> Option<CommuneCode> {
        let unit = self.profile.unit.to_lowercase();
        let named = self.setup.communes.all().iter().filter(|commune| {
            let name = commune.name.to_lowercase();
            let after = unit.find(&name).map(|at| &unit[at + name.len()..]);
            after.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        });
        let likely = |commune: &&crate::config::units::Commune| {
            let province = &self.setup.communes.province_of(commune).name;
            let bare = province.split_once(' ').map_or("", |(_, bare)| bare);
            let said = unit.contains(&bare.to_lowercase());
            let visited = self.names.places.iter().any(|(_, place)| {
                let other = place.commune.and_then(|code| self.setup.communes.get(code));
                other.is_some_and(|other| other.province == commune.province)
            });
            (commune.name.len(), said, visited)
        };
        // Of equals, the last one wins in `max_by_key`; the first code is as good and stable.
        let best = named.rev().max_by_key(likely);
        best.map(|commune| commune.code)
    }
}

/// The kinds of concern in the order in which they are offered.
fn concerns() -> [(&'static str, Text); 5] {
    [
        (
            ConcernKind::Recommendation.as_str(),
            capture::recommendation(),
        ),
        (ConcernKind::Reflection.as_str(), capture::reflection()),
        (ConcernKind::Complaint.as_str(), capture::complaint()),
        (DENUNCIATION, capture::denunciation()),
        (CRIME_REPORT, capture::crime_report()),
    ]
}

/// Writes a name's first letter small: `xã Nà Hang`.
pub(super) fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}
