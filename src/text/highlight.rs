//! Finds the words of a query in a text, for type-ahead lists and for highlighting.
//!
//! Says where; never how it looks.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::fold::{fold, spans};

/// Which words of a query may match the beginning of a syllable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefix {
    /// Only the last one, still being typed: search.
    Last,
    /// Each one: type-ahead, where "ng v h" finds "Nguyễn Văn Hòa".
    Each,
}

/// Tells whether every word (folded, as from `syllables`) is found in the text.
pub fn matches<W: AsRef<str>>(text: &str, words: &[W], prefix: Prefix) -> bool {
    let found: Vec<String> = spans(text).map(|(_, folded)| folded).collect();
    words.iter().enumerate().all(|(at, word)| {
        let whole = is_whole(at, words.len(), prefix);
        found
            .iter()
            .any(|syllable| fits(syllable, word.as_ref(), whole))
    })
}

/// Gives the bytes of the text, in order and apart, that any of the words (folded) matches.
///
/// One field of a record seldom holds all words of a query, so each is marked where it is found.
pub fn highlight<W: AsRef<str>>(text: &str, words: &[W], prefix: Prefix) -> Vec<Range<usize>> {
    spans(text)
        .filter_map(|(span, folded)| {
            let longest = words
                .iter()
                .enumerate()
                .map(|(at, word)| (word.as_ref(), is_whole(at, words.len(), prefix)))
                .filter(|(word, whole)| fits(&folded, word, *whole))
                .map(|(word, _)| word.len())
                .max()?;
            let syllable = text.get(span.clone())?;
            Some(span.start..span.start + reach(syllable, longest))
        })
        .collect()
}

/// Whether a word must match a whole syllable.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    Whole,
    Beginning,
}

fn is_whole(at: usize, count: usize, prefix: Prefix) -> Extent {
    match prefix {
        Prefix::Each => Extent::Beginning,
        Prefix::Last if at + 1 == count => Extent::Beginning,
        Prefix::Last => Extent::Whole,
    }
}

fn fits(syllable: &str, word: &str, extent: Extent) -> bool {
    match extent {
        _ if word.is_empty() => false,
        Extent::Whole => syllable == word,
        Extent::Beginning => syllable.starts_with(word),
    }
}

/// Bytes of the syllable whose folded form has at least `folded` bytes, in whole graphemes.
fn reach(syllable: &str, folded: usize) -> usize {
    let mut seen = 0;
    for (at, grapheme) in syllable.grapheme_indices(true) {
        seen += fold(grapheme).len();
        if seen >= folded {
            return at + grapheme.len();
        }
    }
    syllable.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::syllables;
    use proptest::prelude::*;

    fn marked<'a>(text: &'a str, query: &str, prefix: Prefix) -> Vec<&'a str> {
        let words: Vec<_> = syllables(query).collect();
        highlight(text, &words, prefix)
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn marks_words_in_both_encodings() {
        assert_eq!(
            marked("Nguyễn Văn Hoà, Bản Lãm", "nguyen hoa", Prefix::Last),
            ["Nguyễn", "Hoà"]
        );
        let decomposed = "Nguye\u{302}\u{303}n Va\u{306}n Ho\u{300}a";
        assert_eq!(
            marked(decomposed, "nguyễn hòa", Prefix::Last),
            ["Nguye\u{302}\u{303}n", "Ho\u{300}a"]
        );
        assert_eq!(
            marked("Đường điện", "duong đ", Prefix::Last),
            ["Đường", "đ"]
        );
    }

    #[test]
    fn only_the_last_word_may_be_unfinished() {
        assert_eq!(marked("Nguyễn Văn Hòa", "ngu h", Prefix::Last), ["H"]);
        assert_eq!(
            marked("Nguyễn Văn Hòa", "nguye h", Prefix::Each),
            ["Nguyễ", "H"]
        );
        assert_eq!(
            marked("Nguye\u{302}\u{303}n", "nguye", Prefix::Last),
            ["Nguye\u{302}\u{303}"]
        );
    }

    #[test]
    fn matching_wants_every_word() {
        assert!(matches("Nguyễn Văn Hòa", &["ng", "v", "h"], Prefix::Each));
        assert!(!matches("Nguyễn Văn Hòa", &["ng", "h"], Prefix::Last));
        assert!(!matches("Nguyễn Văn Hòa", &["nguyen", "thi"], Prefix::Last));
        assert!(matches::<&str>("Nguyễn", &[], Prefix::Last));
    }

    proptest! {
        #[test]
        fn ranges_lie_on_boundaries(text in any::<String>(), words in proptest::collection::vec("[a-z0-9]{0,3}", 0..4)) {
            let mut end = 0;
            for range in highlight(&text, &words, Prefix::Each) {
                prop_assert!(text.get(range.clone()).is_some());
                prop_assert!(range.start >= end && range.end > range.start);
                end = range.end;
            }
        }
    }
}
