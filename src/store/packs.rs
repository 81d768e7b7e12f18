//! Tables whose keys lie in packs, many a value, so that what neighbours have in common is kept once. Reads and
//! writes them as if each key lay alone. Knows no record.

use std::collections::BTreeMap;
use std::collections::btree_map::{IntoIter, Range};
use std::iter::Peekable;
use std::ops::{Bound, ControlFlow};
use std::sync::{Arc, Mutex, PoisonError};

use redb::{ReadableTable, Table};

use super::bytes::{seal, unseal};
use super::error::StoreError;
use super::pack::{FULL, Pack, Packer};
use super::tables::{Pair, Tab, Visit, Way};

/// Packs that stay unpacked.
const SHELF: usize = 16;

type Key = &'static [u8];

/// What becomes of keys: their content, or nothing.
pub(super) type Changes = BTreeMap<Vec<u8>, Option<Vec<u8>>>;

/// A pack that was read, with its table and its key.
type Unpacked = (Tab, Vec<u8>, Arc<Pack>);

/// The packs that were read last: neighbours are asked for one after the other.
#[derive(Default)]
pub(super) struct Shelf(Mutex<Vec<Unpacked>>);

impl Shelf {
    fn get(&self, tab: Tab, key: &[u8]) -> Option<Arc<Pack>> {
        let mut packs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |(of, first, _): &(Tab, Vec<u8>, _)| (*of, first.as_slice()) == (tab, key);
        let at = packs.iter().position(is_it)?;
        packs.get_mut(..=at)?.rotate_right(1);
        packs.first().map(|(.., pack)| pack.clone())
    }

    fn put(&self, tab: Tab, key: &[u8], pack: Arc<Pack>) {
        let mut packs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        packs.truncate(SHELF - 1);
        packs.insert(0, (tab, key.to_vec(), pack));
    }

    /// Forgets what was read, which has changed.
    pub(super) fn clear(&self) {
        let mut packs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        packs.clear();
    }
}

/// A table of packs as it lies in the file.
pub(super) struct Packs<'t, T> {
    pub(super) table: &'t T,
    pub(super) tab: Tab,
    pub(super) shelf: &'t Shelf,
}

impl<T: ReadableTable<Key, Key>> Packs<'_, T> {
    fn unpack(&self, key: &[u8], value: &[u8]) -> Result<Arc<Pack>, StoreError> {
        if let Some(pack) = self.shelf.get(self.tab, key) {
            return Ok(pack);
        }
        let what = self.tab.name();
        let pack = Arc::new(Pack::read(key, unseal(key, value, what)?, what)?);
        self.shelf.put(self.tab, key, pack.clone());
        Ok(pack)
    }

    /// Returns the content of a key.
    pub(super) fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(found) = self.table.range::<&[u8]>(..=key)?.next_back() else {
            return Ok(None);
        };
        let (first, value) = found?;
        let pack = self.unpack(first.value(), value.value())?;
        Ok(pack.get(key).map(<[u8]>::to_vec))
    }

    /// Visits the keys from one on, below another, with what is about to become of them.
    pub(super) fn scan(
        &self,
        (from, below): (&[u8], &[u8]),
        way: Way,
        changes: Option<&Changes>,
        visit: &mut Visit,
    ) -> Result<(), StoreError> {
        if from >= below {
            return Ok(());
        }
        let none = Changes::new();
        let changes = changes.unwrap_or(&none);
        let range = (Bound::Included(from), Bound::Excluded(below));
        let mut over = Over(changes.range::<[u8], _>(range), way).peekable();
        // The first pack may begin before the first key.
        let start = self
            .table
            .range::<&[u8]>(..=from)?
            .next_back()
            .transpose()?;
        let start = start.map_or_else(Vec::new, |(key, _)| key.value().to_vec());
        let mut packs = self.table.range::<&[u8]>(start.as_slice()..below)?;
        loop {
            let next = match way {
                Way::Up => packs.next(),
                Way::Down => packs.next_back(),
            };
            let Some(pair) = next else { break };
            let (first, value) = pair?;
            let pack = self.unpack(first.value(), value.value())?;
            let (low, high) = (pack.below(from), pack.below(below));
            for step in 0..high - low {
                let at = match way {
                    Way::Up => low + step,
                    Way::Down => high - 1 - step,
                };
                let Some((key, content)) = pack.at(at) else {
                    continue;
                };
                let before = |next: &(&Vec<u8>, _)| way.is_before(next.0, key);
                while let Some((other, change)) = over.next_if(before) {
                    if give(other, change.as_deref(), visit)?.is_break() {
                        return Ok(());
                    }
                }
                let flow = match over.next_if(|next| next.0 == key) {
                    Some((_, change)) => give(key, change.as_deref(), visit)?,
                    None => visit(key, content)?,
                };
                if flow.is_break() {
                    return Ok(());
                }
            }
        }
        for (key, change) in over {
            if give(key, change.as_deref(), visit)?.is_break() {
                break;
            }
        }
        Ok(())
    }
}

fn give(
    key: &[u8],
    content: Option<&[u8]>,
    visit: &mut Visit,
) -> Result<ControlFlow<()>, StoreError> {
    match content {
        Some(content) => visit(key, content),
        None => Ok(ControlFlow::Continue(())),
    }
}

/// Changes in the order of a scan.
struct Over<'c>(Range<'c, Vec<u8>, Option<Vec<u8>>>, Way);

impl<'c> Iterator for Over<'c> {
    type Item = (&'c Vec<u8>, &'c Option<Vec<u8>>);

    fn next(&mut self) -> Option<Self::Item> {
        match self.1 {
            Way::Up => self.0.next(),
            Way::Down => self.0.next_back(),
        }
    }
}

/// Writes changes: each goes into the pack that lies around it, and packs that became small are joined.
pub(super) fn write(
    table: &mut Table<'_, Key, Key>,
    tab: Tab,
    changes: Changes,
    packer: &mut Packer,
) -> Result<(), StoreError> {
    let mut changes = changes.into_iter().peekable();
    while let Some((first, _)) = changes.peek() {
        let start = table.range::<&[u8]>(..=first.as_slice())?.next_back();
        let start = start.transpose()?.map(|(key, _)| key.value().to_vec());
        let beyond = (Bound::Excluded(first.as_slice()), Bound::Unbounded);
        let next = table.range::<&[u8]>(beyond)?.next().transpose()?;
        let mut next = next.map(|(key, value)| (key.value().to_vec(), value.value().len()));
        let taken = match &start {
            Some(key) => take(table, tab, key)?,
            None => Vec::new(),
        };
        let mut pairs = merged(
            taken,
            &mut changes,
            next.as_ref().map(|(key, _)| key.as_slice()),
        );
        let mut done = 0;
        while let Some((first, _)) = pairs.get(done) {
            let rest = pairs.get(done..).unwrap_or_default();
            let (count, bytes) = packer.cut(rest);
            let joins = count == rest.len()
                && next
                    .as_ref()
                    .is_some_and(|(_, size)| bytes.len() + size < FULL);
            if let (true, Some((key, _))) = (joins, next.take_if(|_| joins)) {
                pairs.drain(..done);
                done = 0;
                let beyond = (Bound::Excluded(key.as_slice()), Bound::Unbounded);
                let after = table.range::<&[u8]>(beyond)?.next().transpose()?;
                next = after.map(|(key, value)| (key.value().to_vec(), value.value().len()));
                let bound = next.as_ref().map(|(key, _)| key.as_slice());
                pairs.append(&mut merged(take(table, tab, &key)?, &mut changes, bound));
                continue;
            }
            table.insert(first.as_slice(), seal(first, &bytes).as_slice())?;
            done += count;
        }
    }
    Ok(())
}

/// Takes a pack out of its table.
fn take(table: &mut Table<'_, Key, Key>, tab: Tab, key: &[u8]) -> Result<Vec<Pair>, StoreError> {
    let Some(value) = table.remove(key)? else {
        return Ok(Vec::new());
    };
    let what = tab.name();
    let pack = Pack::read(key, unseal(key, value.value(), what)?, what)?;
    Ok(pack.pairs().collect())
}

/// Returns pairs with the next changes below a bound done to them.
fn merged(
    pairs: Vec<Pair>,
    changes: &mut Peekable<IntoIter<Vec<u8>, Option<Vec<u8>>>>,
    bound: Option<&[u8]>,
) -> Vec<Pair> {
    let within = |key: &[u8]| bound.is_none_or(|bound| key < bound);
    let mut all = Vec::with_capacity(pairs.len());
    for (key, content) in pairs {
        while let Some((new, change)) = changes.next_if(|(new, _)| *new < key) {
            all.extend(change.map(|content| (new, content)));
        }
        match changes.next_if(|(new, _)| *new == key) {
            Some((_, change)) => all.extend(change.map(|content| (key, content))),
            None => all.push((key, content)),
        }
    }
    while let Some((new, change)) = changes.next_if(|(new, _)| within(new)) {
        all.extend(change.map(|content| (new, content)));
    }
    all
}

#[cfg(test)]
mod tests;
