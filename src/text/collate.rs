//! Vietnamese alphabetical order, as byte strings to sort by.
//!
//! Letters first (a ă â b c d đ e ê …), then tones (ngang, huyền, hỏi, ngã, sắc, nặng), then case. Keys are made for
//! one run of the program: they are not a stored format.

use std::borrow::Cow;
use std::sync::LazyLock;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Ends a part of a name; lower than anything within a key.
const END: u8 = 0;
/// Ends a level.
const LEVEL: u8 = 1;
/// Stands between words.
const SPACE: u8 = 2;
/// Begins a number; its length and digits follow, so that "Thôn 2" comes before "Thôn 10".
const NUMBER: u8 = 3;
/// Begins a letter that is not Vietnamese; its code point follows.
const FOREIGN: u8 = 0xF0;

/// The letters in dictionary order, with f, j, w and z in their Latin places.
const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

/// Letters whose weights are worked out once: those up to ư, and the composed Vietnamese ones.
const LATIN: u32 = 0x1B1;
const COMPOSED: u32 = 0x1EA0;
const COMPOSED_END: u32 = 0x1F00;

static WEIGHTS: LazyLock<Vec<Weight>> = LazyLock::new(|| {
    let letters = (0..LATIN).chain(COMPOSED..COMPOSED_END);
    letters
        .map(|code| Weight::of(char::from_u32(code).unwrap_or_default()))
        .collect()
});

/// Makes the key of a text.
pub fn key(text: &str) -> Vec<u8> {
    let levels = Levels::of(text);
    let mut key = levels.letters_and_tones();
    key.push(END);
    levels.finish(text, &mut key);
    key
}

/// Makes the key of a person's name: by given name (the last word), then family name, then what is between.
pub fn name_key(name: &str) -> Vec<u8> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let (given, family, middle) = match *words.as_slice() {
        [] => ("", "", String::new()),
        [given] => (given, "", String::new()),
        [family, ref middle @ .., given] => (given, family, middle.join(" ")),
    };
    let mut key = Vec::new();
    for part in [given, family, &middle] {
        key.extend(Levels::of(part).letters_and_tones());
        key.push(END);
    }
    Levels::of(name).finish(name, &mut key);
    key
}

/// What is compared, in this order.
#[derive(Default)]
struct Levels {
    letters: Vec<u8>,
    /// One for each word: a syllable has one tone, wherever its mark is written.
    tones: Vec<u8>,
    cases: Vec<u8>,
}

impl Levels {
    fn of(text: &str) -> Self {
        let mut levels = Self::default();
        let composed = composed(text);
        for word in composed.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c)) {
            if !word.is_empty() {
                levels.push_word(word);
            }
        }
        levels
    }

    fn push_word(&mut self, word: &str) {
        if !self.letters.is_empty() {
            self.letters.push(SPACE);
        }
        let mut tone = 1;
        let mut rest = word;
        while let Some(letter) = rest.chars().next() {
            if letter.is_ascii_digit() {
                let end = rest
                    .find(|c: char| !c.is_ascii_digit())
                    .unwrap_or(rest.len());
                let (digits, tail) = rest.split_at(end);
                self.push_number(digits);
                rest = tail;
            } else {
                tone = tone.max(self.push_letter(letter));
                rest = rest.get(letter.len_utf8()..).unwrap_or("");
            }
        }
        self.tones.push(tone);
    }

    fn push_number(&mut self, digits: &str) {
        let digits = digits.trim_start_matches('0');
        self.letters.push(NUMBER);
        // One above the length: the byte of an empty number stays above the separators.
        self.letters.push(
            u8::try_from(digits.len())
                .unwrap_or(u8::MAX - 4)
                .saturating_add(4),
        );
        self.letters.extend(digits.bytes());
    }

    /// Adds a letter and gives the rank of the tone it carries.
    fn push_letter(&mut self, letter: char) -> u8 {
        let code = u32::from(letter);
        let known = match code {
            0..LATIN => Some(code),
            COMPOSED..COMPOSED_END => Some(code - COMPOSED + LATIN),
            _ => None,
        };
        let known = known.and_then(|at| WEIGHTS.get(at as usize));
        let weight = known.map_or_else(|| Cow::Owned(Weight::of(letter)), Cow::Borrowed);
        self.letters.extend(&weight.letters);
        self.cases.extend(&weight.cases);
        weight.tone
    }

    fn letters_and_tones(&self) -> Vec<u8> {
        let mut key = self.letters.clone();
        key.push(LEVEL);
        key.extend(&self.tones);
        key
    }

    /// Adds case, then the text itself, so that only equal texts have equal keys.
    fn finish(&self, text: &str, key: &mut Vec<u8>) {
        key.extend(&self.cases);
        key.push(LEVEL);
        key.extend(composed(text).bytes());
    }
}

fn composed(text: &str) -> Cow<'_, str> {
    match is_nfc(text) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.nfc().collect()),
    }
}

/// What a letter adds to a key.
#[derive(Clone)]
struct Weight {
    letters: Vec<u8>,
    cases: Vec<u8>,
    tone: u8,
}

impl Weight {
    fn of(letter: char) -> Self {
        let mut tone = 1;
        let bare: String = std::iter::once(letter)
            .nfd()
            .filter(|c| match tone_of(*c) {
                Some(rank) => {
                    tone = rank;
                    false
                }
                None => true,
            })
            .nfc()
            .flat_map(char::to_lowercase)
            .collect();
        let mut weight = Self {
            letters: Vec::new(),
            cases: Vec::new(),
            tone,
        };
        for c in bare.chars().filter(|c| !is_combining_mark(*c)) {
            weight.push(c);
            weight.cases.push(if letter.is_uppercase() { 3 } else { 2 });
        }
        weight
    }

    fn push(&mut self, letter: char) {
        // Foreign letters with marks stand where their base does.
        let base = std::iter::once(letter).nfd().next().unwrap_or(letter);
        let rank = |wanted| ALPHABET.chars().position(|c| c == wanted);
        match rank(letter)
            .or_else(|| rank(base))
            .and_then(|at| u8::try_from(at).ok())
        {
            Some(at) => self.letters.push(at + 0x10),
            None => {
                self.letters.push(FOREIGN);
                // Seven bits a byte, so that no byte is a separator.
                let code = u32::from(letter);
                self.letters
                    .extend([14, 7, 0].map(|shift| (code >> shift) as u8 | 0x80));
            }
        }
    }
}

/// The rank of a tone mark; the level tone is 1.
fn tone_of(mark: char) -> Option<u8> {
    match mark {
        '\u{300}' => Some(2),
        '\u{309}' => Some(3),
        '\u{303}' => Some(4),
        '\u{301}' => Some(5),
        '\u{323}' => Some(6),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn assert_ascending(texts: &[&str], key: impl Fn(&str) -> Vec<u8>) {
        for pair in texts.windows(2) {
            assert!(
                key(pair[0]) < key(pair[1]),
                "{} before {}",
                pair[0],
                pair[1]
            );
        }
    }

    #[test]
    fn letters_come_in_dictionary_order() {
        assert_ascending(
            &[
                "a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "h", "i", "k", "l", "m", "n",
                "o", "ô", "ơ", "p", "q", "r", "s", "t", "u", "ư", "v", "x", "y", "и", "日",
            ],
            key,
        );
        assert_ascending(
            &[
                "An", "Ấm", "Bình", "Dũng", "Đạt", "Em", "Oanh", "Ổn", "Ơn", "Uyên", "Ưng",
            ],
            key,
        );
    }

    #[test]
    fn tones_decide_after_letters() {
        assert_ascending(&["ma", "mà", "mả", "mã", "má", "mạ", "man", "mạt"], key);
        assert_ascending(&["Hoa Lư", "Hòa An", "Hòa Bình"], |text| {
            key(&text.replace("Lư", ""))
        });
        assert_ascending(&["Bản Cài", "Bản Lãm", "Bàn Lâm"], key);
    }

    #[test]
    fn tone_style_and_encoding_decide_last() {
        assert_ascending(&["Hoà An", "Hòa Bình", "Hoà Cường"], key);
        assert_ascending(&["Thuỷ An", "Thủy Bình"], key);
        assert_eq!(key("Nguye\u{302}\u{303}n"), key("Nguyễn"));
        assert_ascending(&["an", "An", "ăn"], key);
    }

    #[test]
    fn numbers_count() {
        assert_ascending(
            &["Thôn", "Thôn 0", "Thôn 2", "Thôn 2A", "Thôn 10", "Thôn Ao"],
            key,
        );
    }

    #[test]
    fn people_sort_by_given_name() {
        assert_ascending(
            &[
                "Trần Văn An",
                "Hoàng Thị Bế",
                "Vi Văn Dũng",
                "Lê Đạt",
                "Nguyễn Hoa",
                "Lê Thị Hòa",
                "Nguyễn Hoà",
                "Nguyễn Anh Hòa",
                "Nguyễn Văn Hoà",
                "Thủy",
                "Lò Thuỷ",
            ],
            name_key,
        );
    }

    proptest! {
        #[test]
        fn equal_keys_mean_equal_texts(a in any::<String>(), b in any::<String>()) {
            prop_assert_eq!(key(&a) == key(&b), a.nfc().eq(b.nfc()));
            let (_, _) = (name_key(&a), name_key(&b));
        }
    }
}
