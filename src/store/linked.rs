//! Tables in which every value names the next key, so that "not there" is as sure as "there": a
//! key that damage moved or lost is missed by its neighbour.
//!
//! Keys of one group begin with the same bytes; the group's first key is those bytes alone.

use std::ops::ControlFlow;

use minicbor::bytes::ByteSlice;

use super::bytes::decode;
use super::error::StoreError;
use super::tables::{Draft, Pair, Read, Tab, Way, after};

#[derive(minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
struct Link {
    /// The next key of the group; empty after the last.
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    next: Vec<u8>,
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    content: Vec<u8>,
}

/// The same where it lies.
#[derive(minicbor::Decode)]
#[cbor(array)]
struct LinkRef<'b> {
    #[b(0)]
    next: &'b ByteSlice,
    #[b(1)]
    content: &'b ByteSlice,
}

/// What is done with a key and its content.
type Each<'e> = dyn FnMut(&[u8], &[u8]) -> Result<(), StoreError> + 'e;

/// A group of keys in a linked table.
#[derive(Clone, Copy)]
pub(super) struct Group<'g> {
    pub(super) tab: Tab,
    pub(super) prefix: &'g [u8],
}

impl Group<'_> {
    fn damaged(self) -> StoreError {
        StoreError::Damaged(self.tab.name())
    }

    fn link(self, content: &[u8]) -> Result<Link, StoreError> {
        decode(content, self.tab.name())
    }

    /// Returns the key of the group at or before `key`, and its link; `None` in an empty group.
    fn before(self, read: &impl Read, key: &[u8]) -> Result<Option<(Vec<u8>, Link)>, StoreError> {
        let Some((found, content)) = read.at_or_before(self.tab, key)? else {
            return Ok(None);
        };
        if !found.starts_with(self.prefix) {
            return Ok(None);
        }
        let link = self.link(&content)?;
        // The link must lead past what was asked for, or damage took a key away.
        if !link.next.is_empty() && link.next.as_slice() <= key {
            return Err(self.damaged());
        }
        Ok(Some((found, link)))
    }

    /// Returns the content of a key. The group must be known to exist.
    pub(super) fn get(self, read: &impl Read, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        if let Some(content) = read.get(self.tab, key)? {
            let link: LinkRef<'_> = decode(&content, self.tab.name())?;
            return Ok(Some(link.content.to_vec()));
        }
        // Only the neighbour's word tells a key that is not there from one that damage took.
        self.before(read, key)?.ok_or(self.damaged())?;
        Ok(None)
    }

    /// Returns the key at or before another one and its content; `None` where the group does not exist.
    pub(super) fn at_or_before(
        self,
        read: &impl Read,
        key: &[u8],
    ) -> Result<Option<Pair>, StoreError> {
        let found = self.before(read, key)?;
        Ok(found.map(|(key, link)| (key, link.content)))
    }

    /// Returns what the group's first key holds; `None` where the group does not exist.
    pub(super) fn head(self, read: &impl Read) -> Result<Option<Vec<u8>>, StoreError> {
        let content = read.get(self.tab, self.prefix)?;
        let content = content.map(|content| self.link(&content)).transpose()?;
        Ok(content.map(|link| link.content))
    }

    /// Writes what the group's first key holds. The group must be known to exist.
    pub(super) fn put_head(
        self,
        draft: &mut Draft<'_>,
        content: Vec<u8>,
    ) -> Result<(), StoreError> {
        let stored = draft.get(self.tab, self.prefix)?.ok_or(self.damaged())?;
        let next = self.link(&stored)?.next;
        self.write(draft, self.prefix, &Link { next, content })
    }

    /// Writes a key whose next one is known, as all of a new group are.
    pub(super) fn write_new(
        self,
        draft: &mut Draft<'_>,
        key: &[u8],
        next: &[u8],
        content: &[u8],
    ) -> Result<(), StoreError> {
        let (next, content) = (next.to_vec(), content.to_vec());
        self.write(draft, key, &Link { next, content })
    }

    /// Returns the keys from `from` on, below `below`. The group must be known to exist.
    pub(super) fn range(
        self,
        read: &impl Read,
        from: &[u8],
        below: &[u8],
    ) -> Result<Vec<Pair>, StoreError> {
        let mut found = Vec::new();
        self.each(read, from, below, &mut |key, content| {
            found.push((key.to_vec(), content.to_vec()));
            Ok(())
        })?;
        Ok(found)
    }

    /// Visits the same keys and their contents, which are whole only if this returns without an error.
    pub(super) fn each(
        self,
        read: &impl Read,
        from: &[u8],
        below: &[u8],
        visit: &mut Each<'_>,
    ) -> Result<(), StoreError> {
        let (start, link) = self.before(read, from)?.ok_or(self.damaged())?;
        let mut expected = link.next;
        if start == from && from < below {
            visit(&start, &link.content)?;
        }
        let mut broken = false;
        let mut begin = from.to_vec();
        begin.push(0);
        read.scan(self.tab, &begin, below, Way::Up, &mut |key, content| {
            if key != expected.as_slice() {
                broken = true;
                return Ok(ControlFlow::Break(()));
            }
            let link: LinkRef<'_> = decode(content, self.tab.name())?;
            expected.clear();
            expected.extend_from_slice(link.next);
            visit(key, link.content)?;
            Ok(ControlFlow::Continue(()))
        })?;
        if broken || !expected.is_empty() && expected.as_slice() < below {
            return Err(self.damaged());
        }
        Ok(())
    }

    /// Returns the first keys of the group. The group must be known to exist.
    pub(super) fn first(self, read: &impl Read, most: usize) -> Result<Vec<Pair>, StoreError> {
        let start = read.get(self.tab, self.prefix)?.ok_or(self.damaged())?;
        let mut expected = self.link(&start)?.next;
        let mut found = Vec::new();
        while found.len() < most && !expected.is_empty() {
            let content = read.get(self.tab, &expected)?.ok_or(self.damaged())?;
            let link = self.link(&content)?;
            let key = std::mem::replace(&mut expected, link.next);
            found.push((key, link.content));
        }
        Ok(found)
    }

    /// Tells whether nothing is in the group. The group must be known to exist.
    pub(super) fn is_empty(self, read: &impl Read) -> Result<bool, StoreError> {
        let first = read.get(self.tab, self.prefix)?.ok_or(self.damaged())?;
        Ok(self.link(&first)?.next.is_empty())
    }

    /// Returns everything in the group but its first key.
    pub(super) fn all(self, read: &impl Read) -> Result<Vec<Pair>, StoreError> {
        let mut from = self.prefix.to_vec();
        from.push(0);
        self.range(read, &from, &after(self.prefix))
    }

    fn write(self, draft: &mut Draft<'_>, key: &[u8], link: &Link) -> Result<(), StoreError> {
        let mut content = Vec::with_capacity(link.next.len() + link.content.len() + 12);
        minicbor::encode(link, &mut content).expect("a Vec takes every write");
        draft.put(self.tab, key, &content)
    }

    /// Begins the group, where it does not exist.
    pub(super) fn begin(self, draft: &mut Draft<'_>) -> Result<(), StoreError> {
        if draft.get(self.tab, self.prefix)?.is_some() {
            return Ok(());
        }
        let link = Link {
            next: Vec::new(),
            content: Vec::new(),
        };
        self.write(draft, self.prefix, &link)
    }

    /// Writes the content of a key, which is longer than the group's prefix.
    pub(super) fn put(
        self,
        draft: &mut Draft<'_>,
        key: &[u8],
        content: Vec<u8>,
    ) -> Result<(), StoreError> {
        self.change(draft, key, |_| Ok(Some(content)))
    }

    /// Writes what becomes of the content of a key, which may not be there before or after.
    pub(super) fn change(
        self,
        draft: &mut Draft<'_>,
        key: &[u8],
        with: impl FnOnce(Option<Vec<u8>>) -> Result<Option<Vec<u8>>, StoreError>,
    ) -> Result<(), StoreError> {
        if let Some(stored) = draft.get(self.tab, key)? {
            let Link { next, content } = self.link(&stored)?;
            return match with(Some(content))? {
                Some(content) => self.write(draft, key, &Link { next, content }),
                None => self.remove(draft, key),
            };
        }
        let (found, mut link) = self.before(draft, key)?.ok_or(self.damaged())?;
        let Some(content) = with(None)? else {
            return Ok(());
        };
        let next = std::mem::replace(&mut link.next, key.to_vec());
        self.write(draft, &found, &link)?;
        self.write(draft, key, &Link { next, content })
    }

    /// Takes a key out.
    pub(super) fn remove(self, draft: &mut Draft<'_>, key: &[u8]) -> Result<(), StoreError> {
        let (found, gone) = self.before(draft, key)?.ok_or(self.damaged())?;
        if found != key {
            return Ok(());
        }
        let bound = below(key).ok_or(self.damaged())?;
        let (before, mut link) = self.before(draft, &bound)?.ok_or(self.damaged())?;
        if link.next != key {
            return Err(self.damaged());
        }
        link.next = gone.next;
        self.write(draft, &before, &link)?;
        draft.remove(self.tab, key)
    }
}

/// Returns bytes below `key` and not below any other key that is: keys are shorter than the tail.
fn below(key: &[u8]) -> Option<Vec<u8>> {
    let (&last, parent) = key.split_last()?;
    let mut bound = parent.to_vec();
    if last > 0 {
        bound.push(last - 1);
        bound.extend_from_slice(&[u8::MAX; 160]);
    }
    Some(bound)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use redb::backends::InMemoryBackend;
    use redb::{Builder, Database};

    use super::*;

    const CODES: Group<'static> = Group {
        tab: Tab::Codes,
        prefix: b"c",
    };

    fn database() -> Database {
        let backend = InMemoryBackend::new();
        Builder::new()
            .create_with_backend(backend)
            .expect("a database")
    }

    fn key(number: u8) -> Vec<u8> {
        vec![b'c', number / 16, number % 16]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn a_group_answers_like_a_map(
            steps in prop::collection::vec((0..40_u8, any::<bool>()), 0..60),
            from in 0..40_u8,
            below in 0..41_u8,
        ) {
            let db = database();
            let txn = db.begin_write().expect("write");
            let mut draft = Draft::open(&txn).expect("a draft");
            CODES.begin(&mut draft).expect("begin");
            let mut map = BTreeMap::new();
            for (i, (number, is_put)) in steps.into_iter().enumerate() {
                if is_put {
                    CODES.put(&mut draft, &key(number), vec![i as u8]).expect("put");
                    map.insert(key(number), vec![i as u8]);
                } else {
                    CODES.remove(&mut draft, &key(number)).expect("remove");
                    map.remove(&key(number));
                }
            }
            for number in 0..40 {
                let found = CODES.get(&draft, &key(number)).expect("get");
                prop_assert_eq!(found.as_ref(), map.get(&key(number)));
            }
            let all: Vec<Pair> = map.clone().into_iter().collect();
            prop_assert_eq!(CODES.all(&draft).expect("all"), all);
            if from <= below {
                let found = CODES.range(&draft, &key(from), &key(below)).expect("range");
                let wanted = map.range(key(from)..key(below));
                prop_assert!(found.iter().map(|(k, v)| (k, v)).eq(wanted));
            }
        }

        #[test]
        fn a_lost_key_is_missed_by_whoever_asks_for_it(
            numbers in prop::collection::btree_set(0..40_u8, 1..12),
            lost in any::<prop::sample::Index>(),
        ) {
            let db = database();
            let txn = db.begin_write().expect("write");
            let mut draft = Draft::open(&txn).expect("a draft");
            CODES.begin(&mut draft).expect("begin");
            for number in &numbers {
                CODES.put(&mut draft, &key(*number), Vec::new()).expect("put");
            }
            let numbers: Vec<u8> = numbers.into_iter().collect();
            let lost = *lost.get(&numbers);
            draft.remove(Tab::Codes, &key(lost)).expect("remove");
            prop_assert!(CODES.get(&draft, &key(lost)).is_err());
            prop_assert!(CODES.range(&draft, &key(lost), &key(lost + 1)).is_err());
            prop_assert!(CODES.all(&draft).is_err());
        }
    }
}
