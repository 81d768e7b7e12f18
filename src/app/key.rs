//! A key as keymaps write it and as people read it.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key with its modifiers, in the one form in which bindings are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// Keys with names: in keymaps, and on the screen.
const NAMED: [(&str, KeyCode, &str); 15] = [
    ("enter", KeyCode::Enter, "Enter"),
    ("esc", KeyCode::Esc, "Esc"),
    ("tab", KeyCode::Tab, "Tab"),
    ("shift-tab", KeyCode::BackTab, "Shift-Tab"),
    ("space", KeyCode::Char(' '), "Space"),
    ("backspace", KeyCode::Backspace, "Backspace"),
    ("delete", KeyCode::Delete, "Del"),
    ("up", KeyCode::Up, "↑"),
    ("down", KeyCode::Down, "↓"),
    ("left", KeyCode::Left, "←"),
    ("right", KeyCode::Right, "→"),
    ("home", KeyCode::Home, "Home"),
    ("end", KeyCode::End, "End"),
    ("page-up", KeyCode::PageUp, "PgUp"),
    ("page-down", KeyCode::PageDown, "PgDn"),
];

impl Key {
    /// Reads the name of a keymap; `None` where there is no such key.
    pub fn parse(name: &str) -> Option<Self> {
        let mut modifiers = KeyModifiers::NONE;
        let mut rest = name;
        loop {
            if let Some(inner) = rest.strip_prefix("ctrl-").filter(|r| !r.is_empty()) {
                modifiers |= KeyModifiers::CONTROL;
                rest = inner;
            } else if let Some(inner) = rest.strip_prefix("alt-").filter(|r| !r.is_empty()) {
                modifiers |= KeyModifiers::ALT;
                rest = inner;
            } else {
                break;
            }
        }
        let code = Self::code(rest)?;
        Some(Self::new(code, modifiers))
    }

    fn code(name: &str) -> Option<KeyCode> {
        if let Some((_, code, _)) = NAMED.iter().find(|(known, _, _)| *known == name) {
            return Some(*code);
        }
        let mut letters = name.chars();
        match (letters.next(), letters.as_str()) {
            (Some(c), "") if c.is_ascii_graphic() => Some(KeyCode::Char(c)),
            (Some('f'), number) => {
                let number = number.parse().ok().filter(|n| (1..=12).contains(n))?;
                Some(KeyCode::F(number))
            }
            (Some(_), _) | (None, _) => None,
        }
    }

    /// Reads what a terminal sent.
    pub fn of(event: &KeyEvent) -> Self {
        Self::new(event.code, event.modifiers)
    }

    fn new(code: KeyCode, modifiers: KeyModifiers) -> Self {
        let kept = modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
        match code {
            KeyCode::Tab if modifiers.contains(KeyModifiers::SHIFT) => Self {
                code: KeyCode::BackTab,
                modifiers: kept,
            },
            // AltGr types signs; the layout has already said which.
            KeyCode::Char(c) if kept == KeyModifiers::CONTROL | KeyModifiers::ALT => Self {
                code: KeyCode::Char(c),
                modifiers: KeyModifiers::NONE,
            },
            // What Backspace sends on some terminals.
            KeyCode::Char('h' | 'H') if kept == KeyModifiers::CONTROL => Self {
                code: KeyCode::Backspace,
                modifiers: KeyModifiers::NONE,
            },
            KeyCode::Char(c) if !kept.is_empty() => Self {
                code: KeyCode::Char(c.to_ascii_lowercase()),
                modifiers: kept,
            },
            code => Self {
                code,
                modifiers: kept,
            },
        }
    }

    /// Tells whether the key types a letter into a text field.
    pub fn is_letter(self) -> bool {
        matches!(self.code, KeyCode::Char(_)) && self.modifiers.is_empty()
    }

    /// Writes the key as people read it.
    pub fn label(self) -> String {
        let mut label = String::new();
        if self.modifiers.contains(KeyModifiers::CONTROL) {
            label.push_str("Ctrl-");
        }
        if self.modifiers.contains(KeyModifiers::ALT) {
            label.push_str("Alt-");
        }
        match (
            self.code,
            NAMED.iter().find(|(_, code, _)| *code == self.code),
        ) {
            (_, Some((_, _, shown))) => label.push_str(shown),
            (KeyCode::Char(c), None) if self.modifiers.is_empty() => label.push(c),
            (KeyCode::Char(c), None) => label.push(c.to_ascii_uppercase()),
            (KeyCode::F(number), None) => label.push_str(&format!("F{number}")),
            (_, None) => {}
        }
        label
    }
}
