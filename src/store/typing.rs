//! Unsaved typing: kept as it was typed, overwritten in place, never searched or counted.

use std::ops::ControlFlow;

use super::bytes::take;
use super::error::StoreError;
use super::open::Store;
use super::tables::{Draft, Read, Tab, Way};
use crate::domain::Stamp;

/// Unsaved typing: what it belongs to, when its last key was pressed, and its bytes.
pub type Typing = ([u8; 16], Stamp, Vec<u8>);

impl Store {
    /// Keeps unsaved typing; it is on the disk when this returns.
    pub fn keep_typing(&self, key: [u8; 16], at: Stamp, bytes: &[u8]) -> Result<(), StoreError> {
        self.transact(|draft| put(draft, key, at, bytes))
    }

    /// Forgets unsaved typing.
    pub fn drop_typing(&self, key: [u8; 16]) -> Result<(), StoreError> {
        self.transact(|draft| drop_typing(draft, key))
    }
}

pub(super) fn put(
    draft: &mut Draft<'_>,
    key: [u8; 16],
    at: Stamp,
    bytes: &[u8],
) -> Result<(), StoreError> {
    let mut content = at.0.to_be_bytes().to_vec();
    content.extend_from_slice(bytes);
    draft.put(Tab::Typing, &key, &content)
}

pub(super) fn drop_typing(draft: &mut Draft<'_>, key: [u8; 16]) -> Result<(), StoreError> {
    draft.remove(Tab::Typing, &key)
}

/// Returns all unsaved typing, oldest first.
pub(super) fn all(read: &impl Read) -> Result<Vec<Typing>, StoreError> {
    let mut typing = Vec::new();
    read.scan(
        Tab::Typing,
        &[],
        &[u8::MAX; 17],
        Way::Up,
        &mut |key, content| {
            let damaged = || StoreError::Damaged("typing");
            let key = <[u8; 16]>::try_from(key).map_err(|_| damaged())?;
            let mut content = content;
            let at = i64::from_be_bytes(*take(&mut content, "typing")?);
            typing.push((key, Stamp(at), content.to_vec()));
            Ok(ControlFlow::Continue(()))
        },
    )?;
    typing.sort_by_key(|(key, at, _)| (*at, *key));
    Ok(typing)
}
