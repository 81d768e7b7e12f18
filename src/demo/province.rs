//! The made-up province: real communes, invented villages and cadres.
//!
//! Owns who and where. Villages and cadres are handed out as new the first time they are drawn.

use super::dice::Dice;
use super::words::Words;
use crate::config::units::{Commune, Communes, ProvinceCode};
use crate::domain::{Code, CommuneCode, FormerCommuneCode, Person, PersonId, Place, PlaceId};

/// Tuyên Quang, whose cadres went "three together" first.
const PROVINCE: ProvinceCode = ProvinceCode(8);
const VILLAGES_A_COMMUNE: usize = 9;
const CADRES_A_COMMUNE: usize = 6;

/// A commune with the villages and cadres that the records name.
pub(super) struct Unit {
    /// The full name ("Xã Nà Hang").
    pub(super) name: String,
    villages: Vec<Known<PlaceId, Place>>,
    cadres: Vec<Known<PersonId, Person>>,
}

struct Known<I, T> {
    id: I,
    value: T,
    /// Whether a record has named it already.
    met: bool,
}

/// Makes the communes of the province with their villages and cadres.
pub(super) fn units(dice: &mut Dice, words: &Words, born: i64) -> Vec<Unit> {
    let communes = Communes::built_in();
    let here = communes.all().iter().filter(|c| c.province == PROVINCE);
    here.map(|commune| {
        let before: Vec<_> = communes.former().predecessors(commune.code).collect();
        unit(dice, words, (commune, &before), born)
    })
    .collect()
}

fn unit(
    dice: &mut Dice,
    words: &Words,
    (commune, before): (&Commune, &[FormerCommuneCode]),
    born: i64,
) -> Unit {
    let mut villages: Vec<Known<PlaceId, Place>> = Vec::new();
    while villages.len() < VILLAGES_A_COMMUNE {
        let mut place = village(dice, words, commune.code);
        // By turns, so that every unit of before has villages.
        place.former = before.iter().cycle().nth(villages.len()).copied();
        if villages.iter().all(|known| known.value.name != place.name) {
            villages.push(Known {
                id: PlaceId(dice.id(born)),
                value: place,
                met: false,
            });
        }
    }
    let mut cadres: Vec<Known<PersonId, Person>> = Vec::new();
    while cadres.len() < CADRES_A_COMMUNE {
        let unit = format!("{} {}", words.word(dice, "org"), lower_first(&commune.name));
        let person = Person {
            name: name(dice, words),
            post: words.word(dice, "post").to_owned(),
            unit,
        };
        if cadres.iter().all(|known| known.value.name != person.name) {
            cadres.push(Known {
                id: PersonId(dice.id(born)),
                value: person,
                met: false,
            });
        }
    }
    Unit {
        name: commune.name.clone(),
        villages,
        cadres,
    }
}

fn village(dice: &mut Dice, words: &Words, commune: CommuneCode) -> Place {
    let kind = *dice.pick(&["thon", "thon", "thon", "ban", "to_dan_pho", "xom"]);
    let first = words.word(dice, "village_first");
    let mut second = words.word(dice, "village_second");
    while second == first {
        second = words.word(dice, "village_second");
    }
    Place {
        name: format!("{first} {second}"),
        kind: Code::new(kind).ok(),
        commune: Some(commune),
        ..Place::default()
    }
}

/// Makes a name as people of the province bear it: family, middle, given.
pub(super) fn name(dice: &mut Dice, words: &Words) -> String {
    let (middle, given) = match dice.percent(45) {
        Some(()) => ("middle_woman", "given_woman"),
        None => ("middle_man", "given_man"),
    };
    let family = words.word(dice, "family");
    let middle = words.word(dice, middle);
    let mut given_name = words.word(dice, given);
    while given_name == middle || given_name == family {
        given_name = words.word(dice, given);
    }
    format!("{family} {middle} {given_name}")
}

/// Writes "Xã Nà Hang" as it stands within a name: "xã Nà Hang".
pub(super) fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

impl Unit {
    /// Draws a village; its record comes along the first time.
    pub(super) fn village(&mut self, dice: &mut Dice) -> (PlaceId, Option<Place>) {
        let at = dice.below(self.villages.len());
        let known = self.villages.get_mut(at).expect("below the length");
        (known.id, known.meet())
    }

    /// Draws a team, the lead first; the records of those not met before come along.
    pub(super) fn team(&mut self, dice: &mut Dice) -> (Vec<PersonId>, Vec<(PersonId, Person)>) {
        let size = dice.within(1, 5) as usize;
        let start = dice.below(self.cadres.len());
        let length = self.cadres.len();
        let (mut team, mut new) = (Vec::new(), Vec::new());
        for step in 0..size.min(length) {
            let known = self
                .cadres
                .get_mut((start + step) % length)
                .expect("below the length");
            team.push(known.id);
            new.extend(known.meet().map(|person| (known.id, person)));
        }
        (team, new)
    }
}

impl<I, T: Clone> Known<I, T> {
    fn meet(&mut self) -> Option<T> {
        (!std::mem::replace(&mut self.met, true)).then(|| self.value.clone())
    }
}
