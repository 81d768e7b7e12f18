//! Folds text for search: without marks, đ as d, lower case, so that both tone styles and both encodings agree.
//!
//! Owns what counts as a syllable; keeps no index and draws nothing.

use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds text to the form that is compared: NFD, marks dropped, đ→d, lower case.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match usual(c) {
            Usual::Letter(letter) => folded.push(letter),
            Usual::Nothing => {}
            // Marks are dropped, so that a letter folds alike whatever stands beside it.
            Usual::Other => folded.extend(fold_char(c)),
        }
    }
    folded
}

fn fold_char(c: char) -> impl Iterator<Item = char> {
    let letters = std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c));
    let lower = letters.flat_map(|c| plain(c).to_lowercase());
    lower.filter(|c| !is_combining_mark(*c))
}

/// What a character of usual text folds to.
#[derive(Clone, Copy)]
enum Usual {
    Letter(char),
    Nothing,
    Other,
}

/// Latin letters and the marks behind them; those with two marks, Vietnamese ones among them.
const LATIN: usize = 0x370;
const MARKED: Range<usize> = 0x1E00..0x1F00;

fn usual(c: char) -> Usual {
    static LETTERS: LazyLock<Vec<Usual>> = LazyLock::new(|| {
        let codes = (0..LATIN).chain(MARKED);
        codes.map(|code| known(code as u32)).collect()
    });
    let code = c as usize;
    let at = match code {
        0..LATIN => code,
        _ if MARKED.contains(&code) => LATIN + code - MARKED.start,
        _ => return Usual::Other,
    };
    LETTERS.get(at).copied().unwrap_or(Usual::Other)
}

fn known(code: u32) -> Usual {
    let Some(c) = char::from_u32(code) else {
        return Usual::Other;
    };
    let mut folded = fold_char(c);
    match (folded.next(), folded.next()) {
        (None, _) => Usual::Nothing,
        (Some(letter), None) => Usual::Letter(letter),
        (Some(_), Some(_)) => Usual::Other,
    }
}

/// Splits text into folded syllables; digits count as letters.
pub fn syllables(text: &str) -> impl Iterator<Item = String> + '_ {
    spans(text).map(|(_, folded)| folded)
}

/// Splits text into syllables as they are written. One of combining marks alone folds to nothing.
pub fn raw_syllables(text: &str) -> impl Iterator<Item = &str> {
    raw_spans(text).filter_map(|span| text.get(span))
}

/// Gives each syllable's bytes in the text beside its folded form.
pub(super) fn spans(text: &str) -> impl Iterator<Item = (Range<usize>, String)> + '_ {
    let folded = |span: Range<usize>| {
        let folded = fold(text.get(span.clone())?);
        (!folded.is_empty()).then_some((span, folded))
    };
    raw_spans(text).filter_map(folded)
}

fn raw_spans(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let tail = text.get(rest..)?;
        let start = rest + tail.find(in_syllable)?;
        let word = text.get(start..)?;
        rest = start + word.find(|c| !in_syllable(c)).unwrap_or(word.len());
        Some(start..rest)
    })
}

fn in_syllable(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        _ => c.is_alphanumeric() || is_combining_mark(c),
    }
}

/// Replaces letters that have no decomposition, and the foreign twins of đ found in old files.
fn plain(c: char) -> char {
    match c {
        'đ' | 'Đ' | 'ð' | 'Ð' | 'ɖ' | 'Ɖ' => 'd',
        '²' => '2',
        '³' => '3',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds_both_tone_styles_and_encodings() {
        for name in [
            "Nguyễn Văn Hòa",
            "Nguyễn Văn Hoà",
            "NGUYỄN VĂN HÒA",
            "Nguye\u{302}\u{303}n Va\u{306}n Hoa\u{300}",
        ] {
            assert_eq!(fold(name), "nguyen van hoa");
        }
        assert_eq!(fold("Thủy"), fold("thuỷ"));
        assert_eq!(fold("Đường điện Ðắk ƯỚC MƠ"), "duong dien dak uoc mo");
        assert_eq!(fold("120 m²"), "120 m2");
    }

    #[test]
    fn splits_into_syllables() {
        let found: Vec<_> = syllables("Xã Nà Hang, thôn 3 (Bản-Lãm): 120m2!").collect();
        assert_eq!(
            found,
            ["xa", "na", "hang", "thon", "3", "ban", "lam", "120m2"]
        );
        assert_eq!(syllables(" … — ").count(), 0);
    }

    fn defined(text: &str) -> String {
        let letters = text.nfd().filter(|c| !is_combining_mark(*c));
        let lower = letters.flat_map(|c| plain(c).to_lowercase());
        lower.filter(|c| !is_combining_mark(*c)).collect()
    }

    #[test]
    fn every_letter_folds_as_defined() {
        for c in (0..0x3_0000).filter_map(char::from_u32) {
            assert_eq!(fold(&c.to_string()), defined(&c.to_string()), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn texts_fold_as_defined(text in any::<String>()) {
            prop_assert_eq!(fold(&text), defined(&text));
        }

        #[test]
        fn encoding_does_not_matter(text in any::<String>()) {
            let nfc: String = text.nfc().collect();
            let nfd: String = text.nfd().collect();
            prop_assert_eq!(fold(&nfc), fold(&nfd));
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }

        #[test]
        fn vietnamese_syllables_agree(text in "[a-zA-ZăâđêôơưĂÂĐÊÔƠƯáàảãạấầẩẫậýỳỷỹỵ0-9 ,.]{0,40}") {
            let nfd: String = text.nfd().collect();
            prop_assert!(syllables(&text).eq(syllables(&nfd)));
        }
    }
}
