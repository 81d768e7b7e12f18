//! The passphrase: its form, its least length and an honest hint. Stores and sends nothing.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Holds a passphrase in NFC, so that one typed with composed and one typed with decomposed
/// letters are the same.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Passphrase(String);

/// Says that a passphrase has fewer than [`Passphrase::LEAST`] characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the passphrase has {chars} characters, fewer than {}",
    Passphrase::LEAST
)]
pub struct TooShort {
    /// How many it has.
    pub chars: usize,
}

/// A plain estimate of how hard a passphrase is to guess.
///
/// Each character that differs from its predecessor and does not follow it (`aa`, `ab` and
/// `ba` count once) gives 3 bits if it is a small ASCII letter and 4 otherwise: between
/// random letters and prose. Fewer than five different characters are weak whatever the
/// length. It knows no dictionary: a famous line counts as strong and is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Below 42 bits.
    Weak,
    /// Below 60 bits.
    Fair,
    /// 60 bits or more.
    Strong,
}

impl Passphrase {
    /// The least number of characters.
    pub const LEAST: usize = 10;

    /// Takes what was typed, spaces included, and brings it into NFC.
    pub fn new(typed: &str) -> Result<Self, TooShort> {
        let kept = Self::normalise(typed);
        let chars = kept.0.chars().count();
        if chars < Self::LEAST {
            return Err(TooShort { chars });
        }
        Ok(kept)
    }

    /// Estimates how hard `typed` is to guess, as it is being typed.
    pub fn strength(typed: &str) -> Strength {
        let text = Self::normalise(typed);
        let mut bits = 0;
        let mut seen = Vec::new();
        let mut before = None;
        for letter in text.0.chars() {
            let follows =
                before.is_some_and(|before| u32::from(letter).abs_diff(u32::from(before)) <= 1);
            if !follows {
                bits += if letter.is_ascii_lowercase() { 3 } else { 4 };
            }
            if !seen.contains(&letter) {
                seen.push(letter);
            }
            before = Some(letter);
        }
        let different = seen.len();
        seen.zeroize();
        match bits {
            _ if different < 5 => Strength::Weak,
            ..42 => Strength::Weak,
            42..60 => Strength::Fair,
            60.. => Strength::Strong,
        }
    }

    /// Whether `typed` holds letters with marks, or đ: an input method that is switched off or
    /// set otherwise types them differently, and the passphrase then fails.
    pub fn has_marks(typed: &str) -> bool {
        typed
            .nfd()
            .any(|letter| is_combining_mark(letter) || matches!(letter, 'đ' | 'Đ'))
    }

    /// The secret text itself, for sealing.
    pub(super) fn expose(&self) -> &str {
        &self.0
    }

    fn normalise(typed: &str) -> Self {
        // Room for the longest composition, so that growing leaves no copy behind in memory.
        let mut kept = String::with_capacity(typed.len().saturating_mul(3));
        kept.extend(typed.nfc());
        Self(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_and_decomposed_are_one_passphrase() {
        let composed = Passphrase::new("Trời đẹp quá").unwrap();
        let decomposed: String = "Trời đẹp quá".nfd().collect();
        assert_ne!(decomposed, "Trời đẹp quá");
        assert_eq!(
            Passphrase::new(&decomposed).unwrap().expose(),
            composed.expose()
        );
    }

    #[test]
    fn characters_are_counted_not_bytes() {
        assert_eq!(
            Passphrase::new("ếếếếếếếếế").err(),
            Some(TooShort { chars: 9 })
        );
        assert!(Passphrase::new("ếếếếếếếếếế").is_ok());
    }

    #[test]
    fn strength_grows_with_what_cannot_be_foreseen() {
        for (typed, strength) in [
            ("aaaaaaaaaaaaaaaaaaaaaaaa", Strength::Weak),
            ("abcdefghijklmnopqrstuvwxyz", Strength::Weak),
            ("bonmua2026", Strength::Weak),
            ("ba con trau di cay", Strength::Fair),
            ("ba con trau di qua cau go", Strength::Strong),
        ] {
            assert_eq!(Passphrase::strength(typed), strength, "{typed}");
        }
    }

    #[test]
    fn marks_are_seen_in_either_form() {
        assert!(Passphrase::has_marks("rẫy"));
        assert!(Passphrase::has_marks("đi"));
        assert!(Passphrase::has_marks("e\u{301}"));
        assert!(!Passphrase::has_marks("ray di 2026 !"));
    }
}
