//! Which key means which action where: `config/keymap.toml`, bound anew by later layers.
//!
//! Owns the bindings. Never holds one that names no key, scope or action, or an action out of place.

use super::action::{Action, Scope};
use super::key::Key;
use crate::config::keymap::{Binding, parse};
use crate::config::{ConfigError, Problem, Source};

/// The bindings in the order of the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap(Vec<(Scope, Key, Action)>);

/// Takes a key away.
const NONE: &str = "none";

impl Keymap {
    /// Gives the keymap that is compiled in.
    pub fn built_in() -> Self {
        let source = Source::built_in(
            "config/keymap.toml",
            include_str!("../../config/keymap.toml"),
        );
        let keymap = Self(Vec::new()).with(&source);
        keymap.expect("the compiled keymap is well-formed")
    }

    /// Lays a file over this keymap.
    pub fn with(mut self, source: &Source) -> Result<Self, ConfigError> {
        let mut seen: Vec<(Scope, Key)> = Vec::new();
        for binding in parse(source)? {
            let [_, at, _] = binding.at;
            let (scope, key, action) = read(source, &binding)?;
            if seen.contains(&(scope, key)) {
                return Err(source.error(at, Problem::Twice(binding.key)));
            }
            seen.push((scope, key));
            self.0.retain(|(s, k, _)| (*s, *k) != (scope, key));
            self.0.extend(action.map(|action| (scope, key, action)));
        }
        Ok(self)
    }

    /// Finds what a key means; the first scope that knows it decides.
    pub fn action(&self, scopes: &[Scope], key: Key) -> Option<Action> {
        let in_scope = |scope: &Scope| {
            let mut bindings = self.0.iter();
            bindings.find(|(s, k, _)| s == scope && *k == key)
        };
        let found = scopes.iter().find_map(in_scope);
        found.map(|(_, _, action)| *action)
    }

    /// Finds the key to show for an action: the first one that still means it in these scopes.
    pub fn key(&self, scopes: &[Scope], action: Action) -> Option<Key> {
        let keys = scopes.iter().flat_map(|scope| self.keys(*scope, action));
        keys.into_iter()
            .find(|key| self.action(scopes, *key) == Some(action))
    }

    /// Gives every key of an action in a scope.
    pub fn keys(&self, scope: Scope, action: Action) -> impl Iterator<Item = Key> {
        let bindings = self.0.iter();
        let wanted = bindings.filter(move |(s, _, a)| *s == scope && *a == action);
        wanted.map(|(_, key, _)| *key)
    }
}

fn read(source: &Source, binding: &Binding) -> Result<(Scope, Key, Option<Action>), ConfigError> {
    let [scope_at, key_at, action_at] = binding.at;
    let unknown = |at, word: &str| source.error(at, Problem::UnknownKey(word.to_owned()));
    let wrong = |at| source.error(at, Problem::Value(binding.key.clone()));
    let scope = Scope::ALL.iter().find(|(_, name)| *name == binding.scope);
    let (scope, _) = scope.ok_or_else(|| unknown(scope_at, &binding.scope))?;
    let key = Key::parse(&binding.key).ok_or_else(|| unknown(key_at, &binding.key))?;
    if key.is_letter() && scope.is_typed() {
        return Err(unknown(key_at, &binding.key));
    }
    if binding.action == NONE {
        return Ok((*scope, key, None));
    }
    let action = Action::ALL.iter().find(|a| a.id() == binding.action);
    let action = action.filter(|action| action.scopes().contains(scope));
    let action = action.ok_or_else(|| wrong(action_at))?;
    Ok((*scope, key, Some(*action)))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crossterm::event::KeyCode;

    use super::*;
    use crate::app::focus::STACKS;
    use crate::text::typing::{Typing, compose};

    fn with(text: &str) -> Result<Keymap, ConfigError> {
        let source = Source::new(Path::new("phim.toml"), text.as_bytes());
        Keymap::built_in().with(&source.expect("UTF-8"))
    }

    #[test]
    fn no_key_means_two_things_at_once() {
        let keymap = Keymap::built_in();
        for stack in STACKS {
            let mut seen = std::collections::HashMap::new();
            for (scope, key, action) in &keymap.0 {
                if stack.contains(scope)
                    && let Some(other) = seen.insert(key, action)
                {
                    assert_eq!(other, action, "{} in {stack:?}", key.label());
                }
            }
        }
    }

    #[test]
    fn every_action_has_a_key_in_each_of_its_scopes_or_everywhere() {
        let keymap = Keymap::built_in();
        for action in Action::ALL {
            for scope in action.scopes() {
                let bound = keymap.keys(*scope, *action).next();
                assert!(bound.is_some(), "{action:?} has no key in {scope:?}");
            }
        }
    }

    #[test]
    fn no_letter_of_ours_begins_or_changes_a_composed_letter() {
        let letters: Vec<char> = ('a'..='z')
            .filter(|c| Key::parse(&c.to_string()).is_some_and(bound))
            .collect();
        assert!(letters.len() > 8);
        for first in &letters {
            for second in &letters {
                let typed = format!("{first}{second}");
                assert_eq!(compose(Typing::Telex, &typed), typed);
            }
        }
        fn bound(key: Key) -> bool {
            Keymap::built_in().0.iter().any(|(_, k, _)| *k == key)
        }
    }

    #[test]
    fn a_later_layer_binds_anew_and_takes_away() {
        let keymap = with("[main]\nn = \"none\"\nF = \"find\"\n").expect("a keymap");
        let key = |name| Key::parse(name).expect("a key");
        assert_eq!(keymap.action(&[Scope::Main], key("n")), None);
        assert_eq!(keymap.action(&[Scope::Main], key("F")), Some(Action::Find));
    }

    #[test]
    fn what_is_unknown_is_refused_with_its_line() {
        for (text, line, word) in [
            ("[main]\nnn = \"find\"", 2, "nn"),
            ("\n[mian]\nn = \"find\"", 2, "mian"),
            ("[form]\nn = \"save\"", 2, "n"),
            ("[global]\n\"ctrl-\" = \"lock\"", 2, "ctrl-"),
        ] {
            let error = with(text).expect_err("is refused");
            assert_eq!(error.line, line, "{text}");
            assert!(matches!(error.problem, Problem::UnknownKey(key) if key == word));
        }
        let error = with("[main]\nn = \"amend\"").expect_err("is out of place");
        assert!(matches!(error.problem, Problem::Value(key) if key == "n"));
        let error = with("[main]\nn = 1").expect_err("is no name");
        assert!(matches!(error.problem, Problem::Value(key) if key == "n"));
        let error = with("[global]\nctrl-s = \"lock\"\nctrl-S = \"quit\"").expect_err("twice");
        assert_eq!(error.line, 3);
    }

    #[test]
    fn keys_are_read_as_terminals_send_them() {
        use crossterm::event::{KeyEvent, KeyModifiers};
        let event = KeyEvent::new(KeyCode::Tab, KeyModifiers::SHIFT);
        assert_eq!(Some(Key::of(&event)), Key::parse("shift-tab"));
        let event = KeyEvent::new(KeyCode::Char('N'), KeyModifiers::SHIFT);
        assert_eq!(Some(Key::of(&event)), Key::parse("N"));
        assert_eq!(
            Key::parse("ctrl-p").map(Key::label).as_deref(),
            Some("Ctrl-P")
        );
    }
}
