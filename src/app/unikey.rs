//! An input method left on while commands are pressed.
//!
//! Unikey sees `d` `d`, takes the first back with a backspace and sends `đ`. Where no text is typed,
//! the composed letter counts as its base key, the backspaces before it are swallowed, and so are the
//! letters behind it that it only typed again. A backspace that nothing follows is one.

use crossterm::event::{KeyCode, KeyEvent};

use crate::text::typing::unikey_base;

/// What may still turn out to be the input method's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guard {
    /// Whether the last key was a letter, which an input method may take back.
    after_letter: bool,
    held: Vec<KeyEvent>,
    /// Ticks since the last backspace was held.
    waited: u8,
    /// Letters yet to come that were only typed again.
    again: usize,
}

/// Ticks after which a backspace stands alone; the input method's letter follows within milliseconds.
const PATIENCE: u8 = 2;

impl Guard {
    /// Takes a key and gives the ones that act now, in order.
    pub fn press(&mut self, key: KeyEvent) -> Vec<KeyEvent> {
        match key.code {
            KeyCode::Backspace if self.after_letter && key.modifiers.is_empty() => {
                self.held.push(key);
                self.waited = 0;
                Vec::new()
            }
            KeyCode::Char(c) if unikey_base(c) != c => {
                self.again = self.held.len().saturating_sub(1);
                self.held.clear();
                self.after_letter = true;
                vec![KeyEvent {
                    code: KeyCode::Char(unikey_base(c)),
                    ..key
                }]
            }
            KeyCode::Char(_) if self.again > 0 && key.modifiers.is_empty() => {
                self.again -= 1;
                Vec::new()
            }
            code => {
                let mut keys = std::mem::take(&mut self.held);
                *self = Self {
                    after_letter: matches!(code, KeyCode::Char(c) if c.is_alphabetic()),
                    ..Self::default()
                };
                keys.push(key);
                keys
            }
        }
    }

    /// Gives the backspaces that stood alone long enough.
    pub fn tick(&mut self) -> Vec<KeyEvent> {
        self.again = 0;
        self.waited = self.waited.saturating_add(1);
        if self.waited < PATIENCE {
            return Vec::new();
        }
        std::mem::take(&mut self.held)
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyModifiers;

    use super::*;

    /// Runs keys, `<` for a backspace, and gives what acts.
    fn acts(guard: &mut Guard, keys: &str) -> String {
        let event = |c| match c {
            '<' => KeyCode::Backspace,
            c => KeyCode::Char(c),
        };
        let mut out = Vec::new();
        for c in keys.chars() {
            out.extend(guard.press(KeyEvent::new(event(c), KeyModifiers::NONE)));
        }
        shown(&out)
    }

    fn shown(keys: &[KeyEvent]) -> String {
        let shown = |key: &KeyEvent| match key.code {
            KeyCode::Char(c) => c,
            _ => '<',
        };
        keys.iter().map(shown).collect()
    }

    #[test]
    fn a_composed_letter_is_its_base_and_its_backspaces_are_swallowed() {
        for (sent, acting) in [
            ("d<đ", "dd"),
            ("đ", "d"),
            ("a<â", "aa"),
            ("A<Ấ", "AA"),
            ("toan<<án", "toana"),
            ("toan<<ánn", "toanan"),
            ("/<x", "/<x"),
        ] {
            assert_eq!(acts(&mut Guard::default(), sent), acting, "{sent}");
        }
    }

    #[test]
    fn a_backspace_alone_acts() {
        let mut guard = Guard::default();
        assert_eq!(acts(&mut guard, "<<"), "<<");
        assert_eq!(acts(&mut guard, "n<"), "n");
        assert_eq!(shown(&guard.tick()), "");
        assert_eq!(shown(&guard.tick()), "<");
        assert_eq!(acts(&mut guard, "m<p"), "m<p");
    }
}
