//! Tokens: what a search can ask for. Only text and codes of the `open` stream become tokens.

use std::collections::BTreeSet;

use crate::domain::{
    Code, CommuneCode, Day, FormerCommuneCode, LabelMatch, PersonId, PlaceId, Site, VisitState,
};
use crate::text::fold::syllables;

/// Longer syllables are cut; nobody types more of one.
const LONGEST: usize = 32;

/// The tokens of a row. The first byte says what a token is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tokens(pub(super) BTreeSet<Vec<u8>>);

pub(super) fn word(syllable: &str) -> Vec<u8> {
    let cut = syllable.char_indices().nth(LONGEST).map(|(at, _)| at);
    let kept = cut.and_then(|at| syllable.get(..at)).unwrap_or(syllable);
    tagged(b'w', kept.as_bytes())
}

pub(super) fn label(label: &LabelMatch) -> Vec<u8> {
    match label {
        LabelMatch::Code(code) => tagged(b'c', code.as_str().as_bytes()),
        LabelMatch::Commune(commune) => tagged(b'm', &commune.0.to_be_bytes()),
        LabelMatch::Former(commune) => former(*commune),
    }
}

pub(super) fn state(state: VisitState) -> Vec<u8> {
    tagged(b's', state.as_str().as_bytes())
}

/// The token of the place where a row is; a village by what it is today.
pub(super) fn site(site: &Site) -> Vec<u8> {
    match site {
        Site::Village(place) => tagged(b'p', &place.0),
        Site::Commune(commune) => tagged(b'm', &commune.0.to_be_bytes()),
        Site::Former(commune) => former(*commune),
        Site::Text(text) => tagged(b't', &blake3::hash(text.as_bytes()).as_bytes()[..16]),
    }
}

/// The beginning of the tokens of units of the division before today's.
pub(super) const FORMER: &[u8] = b"f";

fn former(commune: FormerCommuneCode) -> Vec<u8> {
    tagged(b'f', &commune.0.to_be_bytes())
}

/// The token of rows whose words name a village by its present name.
pub(super) fn names_place(place: PlaceId) -> Vec<u8> {
    tagged(b'v', &place.0)
}

/// The token of rows whose words name a cadre.
pub(super) fn names_person(person: PersonId) -> Vec<u8> {
    tagged(b'q', &person.0)
}

/// The beginning of the tokens of rows with something due.
pub(super) const DUE: &[u8] = b"d";

/// The token of rows with something due on the day; sorts by day.
pub(super) fn due(day: Day) -> Vec<u8> {
    tagged(b'd', &super::rows::day_number(day).to_be_bytes())
}

fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut token = Vec::with_capacity(content.len() + 1);
    token.push(tag);
    token.extend_from_slice(content);
    token
}

impl Tokens {
    pub(super) fn add(&mut self, token: Vec<u8>) {
        self.0.insert(token);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.0.extend(syllables(text).map(|s| word(&s)));
    }

    pub(super) fn code<'c>(&mut self, codes: impl IntoIterator<Item = &'c Code>) {
        for code in codes {
            self.add(tagged(b'c', code.as_str().as_bytes()));
        }
    }

    pub(super) fn commune(&mut self, commune: Option<CommuneCode>) {
        if let Some(commune) = commune {
            self.add(tagged(b'm', &commune.0.to_be_bytes()));
        }
    }

    pub(super) fn former(&mut self, commune: Option<FormerCommuneCode>) {
        self.0.extend(commune.map(former));
    }

    pub(super) fn extend(&mut self, other: &Self) {
        self.0.extend(other.0.iter().cloned());
    }
}
