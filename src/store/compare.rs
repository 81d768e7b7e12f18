//! Compares the views of the file with fresh ones. The local numbers of rows depend on the order
//! of arrival and are matched by their rows.

use std::ops::ControlFlow;

use roaring::RoaringBitmap;

use super::bytes::{decode, encode};
use super::check::Damage;
use super::codes;
use super::entity::Known;
use super::error::StoreError;
use super::linked;
use super::ordinals::{CHUNK, Lookup, slots};
use super::rows::split_row;
use super::rowset;
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
            Tab::Postings
            | Tab::Entities
            | Tab::Buckets
            | Tab::Codes
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
            | Tab::Typing => table(file, fresh, tab, &numbers),
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

/// Visits every key of the file's table that carries content.
fn each(
    file: &Snapshot,
    tab: Tab,
    visit: &mut dyn FnMut(Pair) -> Result<(), StoreError>,
) -> Result<u64, StoreError> {
    let mut count = 0;
    file.scan(tab, &[], &END, Way::Up, &mut |key, content| {
        if !is_empty_month(tab, key) {
            count += 1;
            visit((key.to_vec(), content.to_vec()))?;
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(count)
}

/// A month that had rows once keeps the first key of its postings.
fn is_empty_month(tab: Tab, key: &[u8]) -> bool {
    tab == Tab::Postings && key.len() == 5
}

fn count(fresh: &Draft<'_>, tab: Tab) -> Result<u64, StoreError> {
    let mut count = 0;
    fresh.scan(tab, &[], &END, Way::Up, &mut |key, _| {
        count += u64::from(!is_empty_month(tab, key));
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

fn table(
    file: &Snapshot,
    fresh: &Draft<'_>,
    tab: Tab,
    numbers: &Numbers,
) -> Result<(), StoreError> {
    let differs = || StoreError::Damaged(tab.name());
    let keys = each(file, tab, &mut |(key, content)| {
        let same = match tab {
            Tab::Postings => {
                let expected = fresh.get(tab, &key)?.ok_or_else(differs)?;
                same_posting(numbers, &content, &expected)?
            }
            Tab::Codes => {
                let expected = fresh.get(tab, &key)?.ok_or_else(differs)?;
                same_codes(numbers, &content, &expected)?
            }
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
            | Tab::Ordinals
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

fn same_codes(numbers: &Numbers, file: &[u8], fresh: &[u8]) -> Result<bool, StoreError> {
    let (next, content) = linked::split(file, Tab::Codes)?;
    let (expected_next, expected) = linked::split(fresh, Tab::Codes)?;
    let mut renumbered = codes::coded(&content)?;
    for code in &mut renumbered {
        let Some(number) = numbers.fresh(code.ordinal) else {
            return Ok(false);
        };
        code.ordinal = number;
    }
    renumbered.sort_unstable();
    Ok(next == expected_next && renumbered == codes::coded(&expected)?)
}

fn same_posting(numbers: &Numbers, file: &[u8], fresh: &[u8]) -> Result<bool, StoreError> {
    let (next, content) = linked::split(file, Tab::Postings)?;
    let (expected_next, expected) = linked::split(fresh, Tab::Postings)?;
    let mut renumbered = RoaringBitmap::new();
    for ordinal in rowset::read(&content)? {
        let Some(number) = numbers.fresh(ordinal) else {
            return Ok(false);
        };
        renumbered.insert(number);
    }
    Ok(next == expected_next && renumbered == rowset::read(&expected)?)
}

fn without_ordinal(content: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut known: Known = decode(content, "entities")?;
    known.ordinal = None;
    Ok(encode(&known))
}
