//! The sets of rows that have a token, month by month: what was merged, and behind it the runs of recent
//! commits, which are merged a month at a time. Never works out which tokens a row has.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use roaring::RoaringBitmap;

use super::bytes::{decode, encode};
use super::error::StoreError;
use super::linked::Group;
use super::rowset::{self, Union};
use super::runs::{Moves, Run, Steps, join, weight};
use super::tables::{Draft, Read, Tab, Way, after};

/// Numbers that runs hold in all before some are merged: some four megabytes.
const MOST: u64 = 3 << 20;
/// A run of so few numbers is joined with the next one: it fills few pages.
const FEW: u64 = 2048;
/// Runs of about one size that are joined.
const ALIKE: usize = 4;

const TOTAL: &[u8] = &[0];
const DAMAGED: StoreError = StoreError::Damaged("recent");

/// What all runs hold.
#[derive(Clone, Copy, Default, minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
struct Total {
    /// The number of the next run.
    #[n(0)]
    next: u32,
    /// Numbers in all runs.
    #[n(1)]
    weight: u64,
}

/// A run that a month names.
#[derive(Clone, Copy, minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
struct Named {
    #[n(0)]
    number: u32,
    #[n(1)]
    weight: u64,
}

fn total(read: &impl Read) -> Result<Total, StoreError> {
    let content = read.get(Tab::Recent, TOTAL)?;
    decode(&content.ok_or(DAMAGED)?, "recent")
}

fn put_total(draft: &mut Draft<'_>, total: &Total) -> Result<(), StoreError> {
    draft.put(Tab::Recent, TOTAL, &encode(total))
}

/// Begins the runs.
pub(super) fn begin(draft: &mut Draft<'_>) -> Result<(), StoreError> {
    match draft.get(Tab::Recent, TOTAL)? {
        Some(_) => Ok(()),
        None => put_total(draft, &Total::default()),
    }
}

fn merged(month: &[u8; 5]) -> Group<'_> {
    Group {
        tab: Tab::Postings,
        prefix: month,
    }
}

fn key(month: &[u8; 5], token: &[u8]) -> Vec<u8> {
    let mut key = Vec::with_capacity(month.len() + token.len());
    key.extend_from_slice(month);
    key.extend_from_slice(token);
    key
}

/// Returns the runs that the first key of a month names, oldest first; `None` before the month's first row.
fn runs(read: &impl Read, month: &[u8; 5]) -> Result<Option<Vec<Named>>, StoreError> {
    let Some(content) = merged(month).head(read)? else {
        return Ok(None);
    };
    match content.as_slice() {
        [] => Ok(Some(Vec::new())),
        [_, ..] => decode(&content, "postings").map(Some),
    }
}

fn put_runs(draft: &mut Draft<'_>, month: &[u8; 5], runs: &[Named]) -> Result<(), StoreError> {
    let content = match runs {
        [] => Vec::new(),
        [_, ..] => encode(&runs),
    };
    merged(month).put_head(draft, content)
}

/// What is done with a token and the rows that have it.
type Each<'e> = dyn FnMut(&[u8], RoaringBitmap) -> Result<(), StoreError> + 'e;

/// A month of a list whose sets are asked for.
pub(super) struct Month<'m> {
    key: &'m [u8; 5],
    runs: Vec<Run>,
}

impl<'m> Month<'m> {
    /// Opens a month that has rows, or had.
    pub(super) fn open(read: &impl Read, key: &'m [u8; 5]) -> Result<Self, StoreError> {
        let runs = runs(read, key)?.ok_or(StoreError::Damaged("postings"))?;
        let runs = runs.iter().map(|run| Run::new(key, run.number)).collect();
        Ok(Self { key, runs })
    }

    /// Returns the rows that have a token.
    pub(super) fn get(&self, read: &impl Read, token: &[u8]) -> Result<RoaringBitmap, StoreError> {
        let content = merged(self.key).get(read, &key(self.key, token))?;
        let mut set = content.as_deref().map(rowset::read).transpose()?;
        for run in &self.runs {
            if let Some(moves) = run.get(read, token)? {
                moves.apply(set.get_or_insert_default());
            }
        }
        Ok(set.unwrap_or_default())
    }

    /// Returns the rows that have any token with a prefix.
    pub(super) fn beginning(
        &self,
        read: &impl Read,
        with: &[u8],
    ) -> Result<RoaringBitmap, StoreError> {
        let mut recent = Steps::new();
        for run in &self.runs {
            recent.append(&mut run.beginning(read, with)?);
        }
        if recent.iter().any(|(_, moves)| !moves.lost.is_empty()) {
            let mut any = RoaringBitmap::new();
            self.each(read, with, &mut |_, set| {
                any |= set;
                Ok(())
            })?;
            return Ok(any);
        }
        let mut union = Union::default();
        let (from, below) = self.range(with);
        merged(self.key).each(read, &from, &below, &mut |_, content| union.add(content))?;
        for (_, moves) in recent {
            union.add_numbers(&moves.got);
        }
        Ok(union.set())
    }

    /// Returns between which keys the sets of tokens with a prefix lie.
    fn range(&self, with: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let mut from = key(self.key, with);
        let below = after(&from);
        if with.is_empty() {
            // The month's own key stands before its first token and holds no set.
            from.push(0);
        }
        (from, below)
    }

    /// Visits the tokens with a prefix that a row has, in their order, with the rows that have them.
    pub(super) fn each(
        &self,
        read: &impl Read,
        with: &[u8],
        visit: &mut Each<'_>,
    ) -> Result<(), StoreError> {
        let mut recent = Steps::new();
        for run in &self.runs {
            recent = join(recent, run.beginning(read, with)?);
        }
        let mut recent = recent.into_iter().peekable();
        let mut give = |token: &[u8], set: RoaringBitmap| match set.is_empty() {
            true => Ok(()),
            false => visit(token, set),
        };
        let of = |moves: Moves| {
            let mut set = RoaringBitmap::new();
            moves.apply(&mut set);
            set
        };
        let (from, below) = self.range(with);
        merged(self.key).each(read, &from, &below, &mut |key, content| {
            let token = key.get(self.key.len()..).unwrap_or_default();
            while let Some((before, moves)) = recent.next_if(|(before, _)| &**before < token) {
                give(&before, of(moves))?;
            }
            let mut set = rowset::read(content)?;
            if let Some((_, moves)) = recent.next_if(|(same, _)| same == token) {
                moves.apply(&mut set);
            }
            give(token, set)
        })?;
        recent.try_for_each(|(token, moves)| give(&token, of(moves)))
    }
}

/// Adds what a commit did to the sets of months, as a run for each of them.
pub(super) fn add(
    draft: &mut Draft<'_>,
    months: BTreeMap<[u8; 5], Steps>,
) -> Result<(), StoreError> {
    add_within(draft, months, MOST)
}

fn add_within(
    draft: &mut Draft<'_>,
    months: BTreeMap<[u8; 5], Steps>,
    most: u64,
) -> Result<(), StoreError> {
    for (month, steps) in months {
        add_run(draft, &month, steps)?;
    }
    while total(draft)?.weight > most {
        let Some(month) = oldest(draft, &[])? else {
            return Err(DAMAGED);
        };
        merge(draft, &month)?;
    }
    Ok(())
}

fn add_run(draft: &mut Draft<'_>, month: &[u8; 5], mut steps: Steps) -> Result<(), StoreError> {
    let mut total = total(draft)?;
    let mut runs = match runs(draft, month)? {
        Some(runs) => runs,
        None => {
            merged(month).begin(draft)?;
            settle_one_of(draft, month)?;
            total = self::total(draft)?;
            Vec::new()
        }
    };
    let own = weight(&steps);
    total.weight += own;
    loop {
        let size = weight(&steps);
        let alike = runs.iter().rev().take_while(|run| run.weight <= 2 * size);
        let joined = match (alike.count() + 1 >= ALIKE, runs.last()) {
            (true, _) => ALIKE - 1,
            (false, Some(last)) if last.weight <= FEW && size <= FEW => 1,
            (false, Some(_) | None) => break,
        };
        for _ in 0..joined {
            let Some(run) = runs.pop() else { break };
            let earlier = Run::new(month, run.number);
            let before = earlier.read(draft)?;
            earlier.remove(draft)?;
            let both = weight(&before) + weight(&steps);
            steps = join(before, steps);
            total.weight = total.weight.saturating_sub(both - weight(&steps));
        }
    }
    let run = Named {
        number: total.next,
        weight: weight(&steps),
    };
    total.next += 1;
    Run::new(month, run.number).write(draft, &steps)?;
    runs.push(run);
    put_runs(draft, month, &runs)?;
    put_total(draft, &total)
}

/// Merges the runs of the list's month that waits longest: its rows are those of a past month.
fn settle_one_of(draft: &mut Draft<'_>, month: &[u8; 5]) -> Result<(), StoreError> {
    match oldest(draft, &month[..1])? {
        Some(month) => merge(draft, &month),
        None => Ok(()),
    }
}

/// Returns the month with the oldest run, of those with a prefix.
fn oldest(draft: &Draft<'_>, with: &[u8]) -> Result<Option<[u8; 5]>, StoreError> {
    let mut oldest: Option<(u32, [u8; 5])> = None;
    let mut from = match with {
        [] => after(TOTAL),
        [_, ..] => with.to_vec(),
    };
    let below = match with {
        [] => vec![u8::MAX; Run::PREFIX],
        [_, ..] => after(with),
    };
    loop {
        let mut found = None;
        draft.scan(Tab::Recent, &from, &below, Way::Up, &mut |key, _| {
            found = Some(Run::of_key(key).ok_or(DAMAGED)?);
            Ok(ControlFlow::Break(()))
        })?;
        let Some((month, number)) = found else {
            return Ok(oldest.map(|(_, month)| month));
        };
        if oldest.is_none_or(|(least, _)| number < least) {
            oldest = Some((number, month));
        }
        // The runs of a month lie in the order of their age.
        from = after(&month);
    }
}

/// Merges the runs of a month.
fn merge(draft: &mut Draft<'_>, month: &[u8; 5]) -> Result<(), StoreError> {
    let runs = runs(draft, month)?.ok_or(DAMAGED)?;
    let mut steps = Steps::new();
    for run in &runs {
        let run = Run::new(month, run.number);
        steps = join(steps, run.read(draft)?);
        run.remove(draft)?;
    }
    for (token, moves) in &steps {
        merged(month).change(draft, &key(month, token), |before| {
            rowset::change(before, &moves.lost, &moves.got)
        })?;
    }
    put_runs(draft, month, &[])?;
    let mut total = total(draft)?;
    let gone: u64 = runs.iter().map(|run| run.weight).sum();
    total.weight = total.weight.checked_sub(gone).ok_or(DAMAGED)?;
    put_total(draft, &total)
}

/// Returns the months of all lists that have rows, or had.
pub(super) fn months(read: &impl Read) -> Result<Vec<[u8; 5]>, StoreError> {
    let mut months = Vec::new();
    let mut from = Vec::new();
    loop {
        let mut found = None;
        read.scan(
            Tab::Postings,
            &from,
            &[u8::MAX; 64],
            Way::Up,
            &mut |key, _| {
                found = key.first_chunk::<5>().copied();
                Ok(ControlFlow::Break(()))
            },
        )?;
        let Some(month) = found else {
            return Ok(months);
        };
        months.push(month);
        from = after(&month);
    }
}

#[cfg(test)]
mod tests;
