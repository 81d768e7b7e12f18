//! A field for a passphrase: typed and rubbed out at its end, wiped when it goes.

use crossterm::event::KeyEvent;
use unicode_segmentation::UnicodeSegmentation;
use zeroize::Zeroizing;

use super::edit::Ask;
use super::typed::Edit;
use crate::app::Secret;
use crate::text::clean;

/// Room that is taken at once, so that growing leaves no copies behind; also the longest passphrase.
const ROOM: usize = 512;

/// A passphrase while it is typed; cannot be cloned or printed.
pub struct SecretInput(Zeroizing<String>);

impl Default for SecretInput {
    fn default() -> Self {
        Self(Zeroizing::new(String::with_capacity(ROOM)))
    }
}

impl SecretInput {
    /// Shows what was typed, for the key that asks for it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Counts the letters.
    pub fn letters(&self) -> usize {
        self.0.graphemes(true).count()
    }

    /// Tells whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes the passphrase out, in NFC, and leaves the field empty.
    pub fn take(&mut self) -> Secret {
        let typed = std::mem::take(self);
        Secret::new(clean::nfc(&typed.0))
    }

    /// Applies a key.
    pub fn key(&mut self, key: &KeyEvent) -> Edit {
        match Ask::of(key) {
            Some(Ask::Type(c)) => {
                let mut bytes = [0; 4];
                self.paste(c.encode_utf8(&mut bytes))
            }
            Some(Ask::RubLeft) => {
                let end = self.0.grapheme_indices(true).next_back();
                let end = end.map_or(0, |(at, _)| at);
                self.cut(end)
            }
            Some(Ask::RubWord | Ask::RubToStart) => self.cut(0),
            Some(
                Ask::Break
                | Ask::RubRight
                | Ask::RubToEnd
                | Ask::Left
                | Ask::Right
                | Ask::WordLeft
                | Ask::WordRight
                | Ask::Up
                | Ask::Down
                | Ask::Home
                | Ask::End,
            )
            | None => Edit::Ignored,
        }
    }

    /// Appends text of a burst; line ends at its end are dropped, and so is what has no room.
    pub fn paste(&mut self, text: &str) -> Edit {
        for c in text.trim_end_matches(['\r', '\n']).chars() {
            if !c.is_control() && self.0.len() + c.len_utf8() <= ROOM {
                self.0.push(c);
            }
        }
        Edit::Changed
    }

    fn cut(&mut self, end: usize) -> Edit {
        let tail: String = self.0.drain(end..).collect();
        drop(Zeroizing::new(tail));
        Edit::Changed
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyModifiers};

    use super::*;

    fn press(input: &mut SecretInput, code: KeyCode) -> Edit {
        input.key(&KeyEvent::new(code, KeyModifiers::NONE))
    }

    #[test]
    fn letters_are_typed_and_rubbed_out_whole() {
        let mut input = SecretInput::default();
        for c in "a\u{303}b".chars() {
            press(&mut input, KeyCode::Char(c));
        }
        assert_eq!(input.letters(), 2);
        press(&mut input, KeyCode::Backspace);
        assert_eq!(input.expose(), "a\u{303}");
        assert_eq!(input.take().expose(), "ã");
        assert!(input.is_empty());
    }

    #[test]
    fn a_huge_paste_stays_within_its_room() {
        let mut input = SecretInput::default();
        input.paste(&"x".repeat(200_000));
        assert_eq!(input.letters(), ROOM);
    }
}
