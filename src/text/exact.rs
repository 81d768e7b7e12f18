//! Text as it is compared where it must be the very same: with its marks, whichever way they are encoded
//! and on whichever letter of the syllable the tone stands.
//!
//! Nothing here is fuzzy: a missing mark is another word.

use unicode_normalization::UnicodeNormalization;

use super::fold::raw_syllables;

/// Grave, acute, tilde, hook above, dot below.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// Gives a syllable in lower case with its tone behind its letters: "Hòa" and "hoà" are one.
pub(super) fn exact_syllable(syllable: &str) -> String {
    let lower = syllable.nfd().flat_map(char::to_lowercase);
    let (tones, mut letters): (String, String) = lower.partition(|c| TONES.contains(c));
    letters.push_str(&tones);
    letters
}

/// Gives a text as its syllables with a space between.
pub fn exact(text: &str) -> String {
    let syllables: Vec<String> = raw_syllables(text).map(exact_syllable).collect();
    syllables.join(" ")
}

/// Gives each name of a field that may hold several (one a line, or set apart by commas or semicolons): as it is
/// written, with what stands beside it, and the name alone as it is compared.
pub fn named_in(text: &str) -> impl Iterator<Item = (&str, String)> {
    let beside = |c: char| c.is_ascii_digit() || matches!(c, '(' | '–' | ':' | '|');
    let name = move |part: &str| {
        let alone = part.split(beside).next().unwrap_or_default();
        exact(alone.split(" - ").next().unwrap_or_default())
    };
    let parts = text.split(['\n', ',', ';']);
    parts
        .map(move |part| (part, name(part)))
        .filter(|(_, name)| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_and_tone_styles_are_one_and_marks_are_not() {
        for name in [
            "Nguyễn Văn Hòa",
            "Nguyễn  Văn Hoà ",
            "NGUYỄN VĂN HÒA",
            "Nguye\u{302}\u{303}n Va\u{306}n Hoa\u{300}",
        ] {
            assert_eq!(exact(name), exact("nguyễn văn hoà"), "{name}");
        }
        assert_eq!(exact("Bùi Thủy"), exact("Bùi Thuỷ"));
        for other in ["Nguyen Van Hoa", "Nguyễn Văn Hóa", "Nguyễn Hòa", "Đỗ"] {
            assert_ne!(exact(other), exact("Nguyễn Văn Hòa"));
        }
        assert_ne!(exact("Đỗ"), exact("Dỗ"));
    }
}
