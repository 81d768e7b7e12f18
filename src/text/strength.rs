//! How hard a passphrase is to guess, as a hint while it is typed.
//!
//! A hint only: the length that is refused is decided where keys are made.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::fold::syllables;

/// The fewest characters that are taken.
pub const SHORTEST: usize = 10;

/// A hint at the strength of a passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Fewer than the characters that are taken.
    Short,
    /// Long enough, but of few different letters or one word.
    Weak,
    Fair,
    Strong,
}

/// Weighs a passphrase by its length, its different characters and its words.
pub fn strength(passphrase: &str) -> Strength {
    let letters = passphrase.nfc().count();
    let different = passphrase.nfc().collect::<BTreeSet<_>>().len();
    let words = syllables(passphrase).collect::<BTreeSet<_>>().len();
    if letters < SHORTEST {
        Strength::Short
    } else if different < 6 {
        Strength::Weak
    } else if (words >= 5 && letters >= 20) || (different >= 12 && letters >= 16) {
        Strength::Strong
    } else if words >= 3 || letters >= 14 || different >= 9 {
        Strength::Fair
    } else {
        Strength::Weak
    }
}

/// Tells whether a passphrase holds letters that not every keyboard types: marks, đ.
pub fn has_marks(passphrase: &str) -> bool {
    !passphrase.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_and_more_varied_is_stronger() {
        assert_eq!(strength("ngắn"), Strength::Short);
        assert_eq!(strength("aaaaaaaaaaaa"), Strength::Weak);
        assert_eq!(strength("1234567890"), Strength::Fair);
        assert_eq!(strength("suoi lon nha"), Strength::Fair);
        assert_eq!(strength("suoi lon nha san cau tre"), Strength::Strong);
    }

    #[test]
    fn marks_are_seen() {
        assert!(has_marks("suối lớn"));
        assert!(!has_marks("suoi lon"));
    }
}
