//! The sets that searches found last, month by month and word by word: the next key of a phrase, or the count behind the
//! first rows, goes on from them. The next commit forgets them all.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use roaring::RoaringBitmap;

use super::error::StoreError;
use super::search::Word;

/// Bytes of sets that are kept at most; the one that is too many begins anew.
const MOST: usize = 16 << 20;

/// What one reader found; on any thread.
#[derive(Default)]
pub(super) struct Recall(Mutex<Found>);

#[derive(Default)]
struct Found {
    /// The commit that they were found in.
    commit: u64,
    bytes: usize,
    sets: HashMap<([u8; 5], Word), Arc<RoaringBitmap>>,
}

impl Recall {
    /// Returns the rows of a month that a word finds as of a commit; looks for them where they were not found before.
    pub(super) fn hits(
        &self,
        commit: u64,
        (month, word): ([u8; 5], &Word),
        find: impl FnOnce() -> Result<RoaringBitmap, StoreError>,
    ) -> Result<Arc<RoaringBitmap>, StoreError> {
        let key = (month, word.clone());
        if let Some(known) = self.with(commit, |found| found.sets.get(&key).cloned()) {
            return Ok(known);
        }
        let set = Arc::new(find()?);
        self.with(commit, |found| {
            let bytes = set.serialized_size();
            if found.bytes + bytes > MOST {
                *found = Found {
                    commit,
                    ..Found::default()
                };
            }
            found.bytes += bytes;
            found.sets.insert(key, set.clone());
        });
        Ok(set)
    }

    fn with<T>(&self, commit: u64, work: impl FnOnce(&mut Found) -> T) -> T {
        let mut found = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if found.commit != commit {
            *found = Found {
                commit,
                ..Found::default()
            };
        }
        work(&mut found)
    }
}
