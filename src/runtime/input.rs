//! From the terminal's events to messages: only presses act, and a burst is a paste.
//!
//! Never decides what a key does.

use std::io;
use std::time::Duration;

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::app::Msg;

/// Keys that follow each other within this time arrived together; a held key repeats every 30 ms.
const TOGETHER: Duration = Duration::from_millis(5);
/// No more events are gathered at once, so that a huge paste reaches the screen in pieces.
const MOST: usize = 64 * 1024;
/// A burst of fewer letters may be an input method that sends a syllable again with its marks;
/// the longest syllable, "nghiêng", has seven.
const LONGER_THAN_A_SYLLABLE: usize = 8;

/// Whether the terminal says itself what was pasted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pastes {
    Told,
    /// As on Windows and the Linux console: a paste comes as keys, faster than a hand types.
    AsKeys,
}

/// Waits for the next events and returns what they say.
///
/// Where pastes are told there is nothing to gather, and each event is handed on at once.
pub fn wait(pastes: Pastes) -> io::Result<Vec<Msg>> {
    let mut events = vec![event::read()?];
    match pastes {
        Pastes::Told => {}
        Pastes::AsKeys => {
            while events.len() < MOST && event::poll(TOGETHER)? {
                events.push(event::read()?);
            }
        }
    }
    Ok(messages(events, pastes))
}

/// Turns events that arrived together into messages.
pub fn messages(events: Vec<Event>, pastes: Pastes) -> Vec<Msg> {
    let mut out = Vec::new();
    let mut burst = Vec::new();
    for event in events {
        match event {
            Event::Key(key) if key.kind == KeyEventKind::Release => {}
            Event::Key(key) if pastes == Pastes::AsKeys && letter(&key).is_some() => {
                burst.push(key);
            }
            other => {
                flush(&mut burst, &mut out);
                out.extend(message(other));
            }
        }
    }
    flush(&mut burst, &mut out);
    out
}

fn message(event: Event) -> Option<Msg> {
    match event {
        Event::Key(key) => Some(Msg::Key(key)),
        Event::Mouse(mouse) => Some(Msg::Mouse(mouse)),
        Event::Paste(text) => Some(Msg::Paste(text)),
        Event::Resize(columns, rows) => Some(Msg::Resize { columns, rows }),
        Event::FocusGained | Event::FocusLost => None,
    }
}

/// Hands a burst on: as a paste where no hand can have typed it.
fn flush(burst: &mut Vec<KeyEvent>, out: &mut Vec<Msg>) {
    let keys = std::mem::take(burst);
    let lines = keys.iter().filter(|key| key.code == KeyCode::Enter).count();
    let letters = keys.len() - lines;
    // An input method sends no Enter, and no hand types two letters and Enter within 15 ms.
    if keys.len() >= LONGER_THAN_A_SYLLABLE || (lines > 0 && letters >= 2) {
        out.push(Msg::Paste(keys.iter().filter_map(letter).collect()));
    } else {
        out.extend(keys.into_iter().map(Msg::Key));
    }
}

/// Gives the letter that a key would paste.
fn letter(key: &KeyEvent) -> Option<char> {
    let plain = KeyModifiers::NONE | KeyModifiers::SHIFT;
    match key.code {
        KeyCode::Char(letter) if plain.contains(key.modifiers) => Some(letter),
        // Windows reports letters of AltGr with both modifiers.
        KeyCode::Char(letter) if key.modifiers == KeyModifiers::CONTROL | KeyModifiers::ALT => {
            Some(letter)
        }
        KeyCode::Enter if key.modifiers.is_empty() => Some('\n'),
        KeyCode::Tab if key.modifiers.is_empty() => Some('\t'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<Event> {
        let code = |c| match c {
            '\n' => KeyCode::Enter,
            c => KeyCode::Char(c),
        };
        let press = |c| Event::Key(KeyEvent::new(code(c), KeyModifiers::NONE));
        text.chars().map(press).collect()
    }

    fn said(events: Vec<Event>, pastes: Pastes) -> Vec<String> {
        let say = |msg| match msg {
            Msg::Key(key) => format!("key {}", key.code),
            Msg::Paste(text) => format!("paste {text}"),
            _ => "other".to_owned(),
        };
        messages(events, pastes).into_iter().map(say).collect()
    }

    #[test]
    fn a_release_does_nothing() {
        let release = KeyEvent::new_with_kind(
            KeyCode::Char('a'),
            KeyModifiers::NONE,
            KeyEventKind::Release,
        );
        let mut events = keys("a");
        events.push(Event::Key(release));
        assert_eq!(said(events, Pastes::Told), ["key a"]);
    }

    #[test]
    fn a_burst_is_a_paste_and_enter_inside_it_a_line_break() {
        let text = "Sửa nhà\n1 hộ\n";
        assert_eq!(said(keys(text), Pastes::AsKeys), [format!("paste {text}")]);
        assert_eq!(said(keys("ab\n"), Pastes::AsKeys), ["paste ab\n"]);
    }

    #[test]
    fn a_syllable_sent_again_by_an_input_method_stays_keys() {
        let mut events = vec![Event::Key(KeyEvent::new(
            KeyCode::Backspace,
            KeyModifiers::NONE,
        ))];
        events.extend(keys("nghiêng"));
        let said = said(events, Pastes::AsKeys);
        assert_eq!(said.len(), 8);
        assert!(said.iter().all(|msg| msg.starts_with("key")));
    }

    #[test]
    fn where_the_terminal_tells_of_pastes_keys_stay_keys() {
        assert_eq!(said(keys("new visit\n"), Pastes::Told).len(), 10);
        let pasted = vec![Event::Paste("a\nb".to_owned())];
        assert_eq!(said(pasted, Pastes::Told), ["paste a\nb"]);
    }

    #[test]
    fn commands_between_letters_keep_their_order() {
        let mut events = keys("abcdefgh");
        events.push(Event::Key(KeyEvent::new(
            KeyCode::Char('s'),
            KeyModifiers::CONTROL,
        )));
        events.extend(keys("x"));
        assert_eq!(
            said(events, Pastes::AsKeys),
            ["paste abcdefgh", "key s", "key x"]
        );
    }
}
