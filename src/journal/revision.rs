//! The revision of a visit: which edits of its open records somebody saw. Never covers other
//! streams.

use std::collections::BTreeSet;

use crate::domain::EntryHash;

const DOMAIN: &[u8] = b"bacung revision v1\0";

/// Digests the heads of a visit and of all its open parts, in any order.
pub fn revision(heads: impl IntoIterator<Item = EntryHash>) -> [u8; 32] {
    let heads: BTreeSet<EntryHash> = heads.into_iter().collect();
    let mut hasher = blake3::Hasher::new();
    hasher.update(DOMAIN);
    for head in heads {
        hasher.update(&head.0);
    }
    hasher.finalize().into()
}
