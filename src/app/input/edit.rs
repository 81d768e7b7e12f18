//! What a key asks of a field of text, whatever the field holds.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// One thing to do with the text or the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    Type(char),
    Break,
    RubLeft,
    RubRight,
    RubWord,
    RubToStart,
    RubToEnd,
    Left,
    Right,
    WordLeft,
    WordRight,
    Up,
    Down,
    Home,
    End,
}

impl Ask {
    /// Reads a key; `None` where it means nothing to a field.
    pub(super) fn of(key: &KeyEvent) -> Option<Self> {
        // AltGr arrives as Ctrl+Alt and types letters on many keyboards.
        let chord = KeyModifiers::CONTROL | KeyModifiers::ALT;
        let control = key.modifiers & chord == KeyModifiers::CONTROL;
        let alt = key.modifiers & chord == KeyModifiers::ALT;
        match key.code {
            KeyCode::Char(c) if control => match c.to_ascii_lowercase() {
                'a' => Some(Self::Home),
                'e' => Some(Self::End),
                'w' => Some(Self::RubWord),
                // What Backspace sends on some terminals.
                'h' => Some(Self::RubLeft),
                'u' => Some(Self::RubToStart),
                'k' => Some(Self::RubToEnd),
                _ => None,
            },
            KeyCode::Char(_) if alt => None,
            KeyCode::Char(c) => Some(Self::Type(c)),
            KeyCode::Enter => Some(Self::Break),
            KeyCode::Backspace if control || alt => Some(Self::RubWord),
            KeyCode::Backspace => Some(Self::RubLeft),
            KeyCode::Delete => Some(Self::RubRight),
            KeyCode::Left if control || alt => Some(Self::WordLeft),
            KeyCode::Right if control || alt => Some(Self::WordRight),
            KeyCode::Left => Some(Self::Left),
            KeyCode::Right => Some(Self::Right),
            KeyCode::Up => Some(Self::Up),
            KeyCode::Down => Some(Self::Down),
            KeyCode::Home => Some(Self::Home),
            KeyCode::End => Some(Self::End),
            _ => None,
        }
    }
}
