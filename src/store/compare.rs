//! Compares the views of the file with fresh ones. The local numbers of rows depend on the order
//! of arrival and are matched by their rows.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use roaring::RoaringBitmap;

use super::bytes::{decode, encode};
use super::check::Damage;
use super::codes;
use super::entity::Known;
use super::error::StoreError;
use super::ordinals::{CHUNK, Lookup, slots};
use super::postings::{self, Month};
use super::rows::split_row;
use super::tables::{Draft, Pair, Read, Snapshot, Tab, Way};

/// Above every key of every table.
const END: [u8; 64] = [u8::MAX; 64];

/// Returns every view that does not say what the fresh one says.
pub(super) fn views(file: &Snapshot, fresh: &Draft<'_>) -> Result<Vec<Damage>, StoreError> {
    let mut damage = Vec::new();
    let mut numbers = Numbers::default();
    for tab in Tab::VIEWS {
        let same = match tab {
            Tab::Rows => rows(file, fresh, &mut numbers),
            Tab::Ordinals => ordinals(file, fresh, &numbers),
            Tab::Postings => postings(file, fresh, &numbers),
            Tab::Codes => codes(file, fresh, &numbers),
            // What they say of the sets is held against the fresh ones with the postings.
            Tab::Recent => Ok(()),
            Tab::Entities
            | Tab::Buckets
            | Tab::Names
            | Tab::Pairs
            | Tab::Imported
            | Tab::Marks
            | Tab::Exchange
            | Tab::Cases
            | Tab::Dues
            | Tab::Meta
            | Tab::Entries
            | Tab::Chains
            | Tab::Quarantine
            | Tab::Columns
            | Tab::Typing => table(file, fresh, tab),
        };
        match same {
            Ok(()) => {}
            Err(StoreError::Damaged(_)) => damage.push(Damage::View(tab.name())),
            Err(other) => return Err(other),
        }
    }
    Ok(damage)
}

/// For each local number of the file, that of the same row in the fresh views.
#[derive(Default)]
struct Numbers(Vec<Option<u32>>);

impl Numbers {
    fn note(&mut self, file: u32, fresh: u32) -> Result<(), StoreError> {
        let at = file as usize;
        // Numbers are dense; one far out is damage, not a reason to ask for memory.
        if at > self.0.len() + (1 << 24) {
            return Err(StoreError::Damaged("rows"));
        }
        if self.0.len() <= at {
            self.0.resize(at + 1, None);
        }
        self.0[at] = Some(fresh);
        Ok(())
    }

    fn fresh(&self, file: u32) -> Option<u32> {
        self.0.get(file as usize).copied().flatten()
    }
}

/// Visits every key of the file's table.
fn each(
    file: &Snapshot,
    tab: Tab,
    visit: &mut dyn FnMut(Pair) -> Result<(), StoreError>,
) -> Result<u64, StoreError> {
    let mut count = 0;
    file.scan(tab, &[], &END, Way::Up, &mut |key, content| {
        count += 1;
        visit((key.to_vec(), content.to_vec()))?;
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(count)
}

fn count(fresh: &Draft<'_>, tab: Tab) -> Result<u64, StoreError> {
    let mut count = 0;
    fresh.scan(tab, &[], &END, Way::Up, &mut |_, _| {
        count += 1;
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(count)
}

fn rows(file: &Snapshot, fresh: &Draft<'_>, numbers: &mut Numbers) -> Result<(), StoreError> {
    let differs = || StoreError::Damaged("rows");
    let rows = each(file, Tab::Rows, &mut |(key, content)| {
        let expected = fresh.get(Tab::Rows, &key)?.ok_or_else(differs)?;
        let (found, summary) = split_row(&content)?;
        let (wanted, fresh_summary) = split_row(&expected)?;
        if found.state != wanted.state || summary != fresh_summary {
            return Err(differs());
        }
        numbers.note(found.ordinal, wanted.ordinal)
    })?;
    if rows == count(fresh, Tab::Rows)? {
        Ok(())
    } else {
        Err(differs())
    }
}

fn table(file: &Snapshot, fresh: &Draft<'_>, tab: Tab) -> Result<(), StoreError> {
    let differs = || StoreError::Damaged(tab.name());
    let keys = each(file, tab, &mut |(key, content)| {
        let same = match tab {
            Tab::Entities => {
                let expected = fresh.get(tab, &key)?.ok_or_else(differs)?;
                without_ordinal(&content)? == without_ordinal(&expected)?
            }
            Tab::Buckets
            | Tab::Names
            | Tab::Pairs
            | Tab::Imported
            | Tab::Marks
            | Tab::Exchange
            | Tab::Cases
            | Tab::Dues
            | Tab::Codes
            | Tab::Ordinals
            | Tab::Postings
            | Tab::Recent
            | Tab::Rows
            | Tab::Meta
            | Tab::Entries
            | Tab::Chains
            | Tab::Quarantine
            | Tab::Columns
            | Tab::Typing => fresh.get(tab, &key)?.as_deref() == Some(&content[..]),
        };
        if same { Ok(()) } else { Err(differs()) }
    })?;
    if keys == count(fresh, tab)? {
        Ok(())
    } else {
        Err(differs())
    }
}

/// Whether each number of a chunk stands for the row that its fresh twin stands for.
fn ordinals_stand(
    fresh: &mut Lookup<'_, Draft<'_>>,
    numbers: &Numbers,
    key: &[u8],
    content: &[u8],
) -> Result<u64, StoreError> {
    let differs = || StoreError::Damaged("ordinals");
    let chunk = u32::from_be_bytes(<[u8; 4]>::try_from(key).map_err(|_| differs())?);
    let first = chunk.checked_mul(CHUNK).ok_or_else(differs)?;
    let mut rows = 0;
    for (ordinal, slot) in (first..).zip(slots(content)?) {
        let Some(slot) = slot else { continue };
        let number = numbers.fresh(ordinal).ok_or_else(differs)?;
        if fresh.slot(number)? != slot {
            return Err(differs());
        }
        rows += 1;
    }
    Ok(rows)
}

/// Compares the numbers with the fresh ones; as many must stand for a row as there are rows.
fn ordinals(file: &Snapshot, fresh: &Draft<'_>, numbers: &Numbers) -> Result<(), StoreError> {
    let mut lookup = Lookup::new(fresh);
    let mut rows = 0;
    each(file, Tab::Ordinals, &mut |(key, content)| {
        rows += ordinals_stand(&mut lookup, numbers, &key, &content)?;
        Ok(())
    })?;
    if rows == count(fresh, Tab::Rows)? {
        Ok(())
    } else {
        Err(StoreError::Damaged("ordinals"))
    }
}

/// Compares the codes, wherever they lie.
fn codes(file: &Snapshot, fresh: &Draft<'_>, numbers: &Numbers) -> Result<(), StoreError> {
    let differs = || StoreError::Damaged("codes");
    for (low, high) in codes::parts() {
        let mut renumbered = codes::between(file, low, high)?;
        for code in &mut renumbered {
            code.ordinal = numbers.fresh(code.ordinal).ok_or_else(differs)?;
        }
        renumbered.sort_unstable();
        if renumbered != codes::between(fresh, low, high)? {
            return Err(differs());
        }
    }
    Ok(())
}

/// Compares the sets of every token, whether they were merged or not.
fn postings(file: &Snapshot, fresh: &Draft<'_>, numbers: &Numbers) -> Result<(), StoreError> {
    let differs = || StoreError::Damaged("postings");
    let mut expected = postings::months(fresh)?;
    for month in postings::months(file)? {
        let mut sets = BTreeMap::new();
        if let Ok(at) = expected.binary_search(&month) {
            expected.remove(at);
            Month::open(fresh, &month)?.each(fresh, &[], &mut |token, set| {
                sets.insert(token.to_vec(), set);
                Ok(())
            })?;
        }
        Month::open(file, &month)?.each(file, &[], &mut |token, set| {
            let wanted = sets.remove(token).ok_or_else(differs)?;
            let renumbered = set.iter().map(|number| numbers.fresh(number));
            let renumbered = renumbered.collect::<Option<RoaringBitmap>>();
            match renumbered == Some(wanted) {
                true => Ok(()),
                false => Err(differs()),
            }
        })?;
        if !sets.is_empty() {
            return Err(differs());
        }
    }
    // A month that had rows once keeps the first key of its postings.
    for month in expected {
        Month::open(fresh, &month)?.each(fresh, &[], &mut |_, _| Err(differs()))?;
    }
    Ok(())
}

fn without_ordinal(content: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut known: Known = decode(content, "entities")?;
    known.ordinal = None;
    Ok(encode(&known))
}
