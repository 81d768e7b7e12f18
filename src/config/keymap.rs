//! The words of a keymap file: which action each key of each scope is given.
//!
//! Owns the shape of the file only; which scopes, keys and actions there are, `app` knows.

use std::collections::BTreeMap;

use toml::Spanned;

use super::{ConfigError, Source};

/// One line of a keymap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    pub scope: String,
    pub key: String,
    pub action: String,
    /// Bytes of the file at which scope, key and action stand, for errors.
    pub at: [usize; 3],
}

type Scopes = BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Spanned<String>>>;

/// Reads a keymap, in the order of the file.
pub fn parse(source: &Source) -> Result<Vec<Binding>, ConfigError> {
    let scopes: Scopes = source.toml()?;
    let mut bindings = Vec::new();
    for (scope, keys) in &scopes {
        for (key, action) in keys {
            bindings.push(Binding {
                scope: scope.get_ref().clone(),
                key: key.get_ref().clone(),
                action: action.get_ref().clone(),
                at: [scope.span().start, key.span().start, action.span().start],
            });
        }
    }
    bindings.sort_by_key(|binding| binding.at[1]);
    Ok(bindings)
}
