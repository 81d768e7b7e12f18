//! Tokens: what a search can ask for. Only text and codes of the `open` stream become tokens.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::domain::{
    Code, CommuneCode, ConcernState, FormerCommuneCode, LabelMatch, PersonId, PlaceId, Site,
    VisitState,
};
use crate::text::fold::{fold, raw_syllables};

/// The most letters kept of a syllable; nobody types more of one.
const LETTERS: usize = 32;

/// One token as it lies in keys; the first byte says what it is.
pub(super) type Token = Vec<u8>;

fn tagged(tag: u8, content: &[u8]) -> Token {
    let mut token = Vec::with_capacity(content.len() + 1);
    token.push(tag);
    token.extend_from_slice(content);
    token
}

pub(super) fn word(syllable: &str) -> Token {
    let cut = syllable.char_indices().nth(LETTERS).map(|(at, _)| at);
    let kept = cut.and_then(|at| syllable.get(..at)).unwrap_or(syllable);
    tagged(b'w', kept.as_bytes())
}

/// The token of rows with a word that begins with one letter. One letter alone has most of a
/// month's words behind it, and a set of its own.
pub(super) fn initial(letter: char) -> Token {
    tagged(b'i', letter.encode_utf8(&mut [0; 4]).as_bytes())
}

pub(super) fn label(label: &LabelMatch) -> Token {
    match label {
        LabelMatch::Code(code) => code_token(code),
        LabelMatch::Commune(commune) => commune_token(*commune),
        LabelMatch::Former(commune) => former_token(*commune),
    }
}

pub(super) fn code_token(code: &Code) -> Token {
    tagged(b'c', code.as_str().as_bytes())
}

fn commune_token(commune: CommuneCode) -> Token {
    tagged(b'm', &commune.0.to_be_bytes())
}

pub(super) fn state(state: VisitState) -> Token {
    tagged(b's', state.as_str().as_bytes())
}

/// The token of the place where a row is; a village by what it is today.
pub(super) fn site(site: &Site) -> Token {
    match site {
        Site::Village(place) => tagged(b'p', &place.0),
        Site::Commune(commune) => commune_token(*commune),
        Site::Former(commune) => former_token(*commune),
        Site::Text(text) => tagged(b't', &blake3::hash(text.as_bytes()).as_bytes()[..16]),
    }
}

/// The beginning of the tokens of units of the division before today's.
pub(super) const FORMER: &[u8] = b"f";

fn former_token(commune: FormerCommuneCode) -> Token {
    tagged(b'f', &commune.0.to_be_bytes())
}

/// The token of rows whose words name a village by its present name.
pub(super) fn names_place(place: PlaceId) -> Token {
    tagged(b'v', &place.0)
}

/// The token of rows whose words name a cadre.
pub(super) fn names_person(person: PersonId) -> Token {
    tagged(b'q', &person.0)
}

/// The token of concerns that stand somewhere in their life.
pub(super) fn concern_state(state: ConcernState) -> Token {
    tagged(b'l', state.as_str().as_bytes())
}

/// The number of a token in one batch.
pub(super) type Number = u32;

/// Gives the tokens of a batch numbers: a hundred thousand of them are compared and sorted. A
/// syllable is folded the first time it is met.
#[derive(Default)]
pub(super) struct Lexicon {
    numbers: HashMap<Token, Number, RandomState>,
    tokens: Vec<Token>,
    /// A syllable as written → the numbers of its word and its first letter.
    syllables: HashMap<Box<str>, Option<[Number; 2]>, RandomState>,
}

impl Lexicon {
    fn number(&mut self, token: Token) -> Number {
        if let Some(number) = self.numbers.get(&token) {
            return *number;
        }
        let number = self.tokens.len() as Number;
        self.tokens.push(token.clone());
        self.numbers.insert(token, number);
        number
    }

    /// Returns the token of a number that this lexicon gave.
    pub(super) fn token(&self, number: Number) -> &[u8] {
        self.tokens
            .get(number as usize)
            .map_or(&[], |token| token.as_slice())
    }

    fn syllable(&mut self, raw: &str) -> Option<[Number; 2]> {
        if let Some(known) = self.syllables.get(raw) {
            return *known;
        }
        let folded = fold(raw);
        let numbers = folded.chars().next().map(|first| {
            let word = self.number(word(&folded));
            [word, self.number(initial(first))]
        });
        self.syllables.insert(raw.into(), numbers);
        numbers
    }
}

/// The tokens of a row, by their numbers in a batch: sorted, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tokens(Vec<Number>);

impl Tokens {
    pub(super) fn add(&mut self, lexicon: &mut Lexicon, token: Token) {
        self.0.push(lexicon.number(token));
    }

    pub(super) fn text(&mut self, lexicon: &mut Lexicon, text: &str) {
        for raw in raw_syllables(text) {
            self.0.extend(lexicon.syllable(raw).into_iter().flatten());
        }
    }

    pub(super) fn code<'c>(
        &mut self,
        lexicon: &mut Lexicon,
        codes: impl IntoIterator<Item = &'c Code>,
    ) {
        let numbers = codes.into_iter().map(|c| lexicon.number(code_token(c)));
        self.0.extend(numbers);
    }

    pub(super) fn commune(&mut self, lexicon: &mut Lexicon, commune: Option<CommuneCode>) {
        let token = commune.map(commune_token);
        self.0.extend(token.map(|t| lexicon.number(t)));
    }

    pub(super) fn former(&mut self, lexicon: &mut Lexicon, commune: Option<FormerCommuneCode>) {
        let token = commune.map(former_token);
        self.0.extend(token.map(|t| lexicon.number(t)));
    }

    pub(super) fn extend(&mut self, other: &Self) {
        self.0.extend_from_slice(&other.0);
    }

    /// Puts the tokens in order, each once; done when all are there.
    pub(super) fn sorted(mut self) -> Self {
        self.0.sort_unstable();
        self.0.dedup();
        self
    }

    /// Gives the tokens that are not among the others; both are sorted.
    pub(super) fn without(&self, others: &Self) -> impl Iterator<Item = Number> {
        let is_new = |number: &&Number| others.0.binary_search(number).is_err();
        self.0.iter().filter(is_new).copied()
    }
}
