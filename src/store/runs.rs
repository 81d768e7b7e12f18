//! The bytes of a run: what one commit, or several, did to the sets of a month, token by token, in blocks that
//! name the next one. Knows no row and no list.

use std::cmp::Ordering;

use roaring::RoaringBitmap;

use super::bytes::take;
use super::error::StoreError;
use super::linked::Group;
use super::rowset::{put_step, read_step};
use super::tables::{Draft, Read, Tab, after};

/// Bytes of a full block: with its key, the next one's and what redb and the seal add, a page at most.
const FULL: usize = 3800;
const DAMAGED: StoreError = StoreError::Damaged("recent");

/// Row numbers that a set loses, and those that it gets after that; both ascend.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Moves {
    pub(super) lost: Vec<u32>,
    pub(super) got: Vec<u32>,
}

impl Moves {
    /// Puts both in order, each number once.
    pub(super) fn sort(&mut self) {
        for numbers in [&mut self.lost, &mut self.got] {
            if !numbers.is_sorted_by(|a, b| a < b) {
                numbers.sort_unstable();
                numbers.dedup();
            }
        }
    }

    fn len(&self) -> u64 {
        (self.lost.len() + self.got.len()) as u64
    }

    /// Adds what happened later.
    fn follow(&mut self, later: &Self) {
        if !later.lost.is_empty() {
            let stays = |number: &u32| later.lost.binary_search(number).is_err();
            self.got.retain(stays);
            self.lost.extend(&later.lost);
        }
        self.got.extend(&later.got);
        self.sort();
    }

    /// Does to a set what they say.
    pub(super) fn apply(&self, set: &mut RoaringBitmap) {
        for number in &self.lost {
            set.remove(*number);
        }
        set.extend(&self.got);
    }
}

/// Tokens in order, each with what becomes of its set.
pub(super) type Steps = Vec<(Vec<u8>, Moves)>;

/// Tells how many numbers move.
pub(super) fn weight(steps: &Steps) -> u64 {
    steps.iter().map(|(_, moves)| moves.len()).sum()
}

/// Returns the steps of two runs as one; `later` came after `earlier`.
pub(super) fn join(earlier: Steps, later: Steps) -> Steps {
    let mut joined = Vec::with_capacity(earlier.len() + later.len());
    let (mut earlier, mut later) = (earlier.into_iter().peekable(), later.into_iter().peekable());
    loop {
        let order = match (earlier.peek(), later.peek()) {
            (None, None) => return joined,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some((a, _)), Some((b, _))) => a.cmp(b),
        };
        match order {
            Ordering::Less => joined.extend(earlier.next()),
            Ordering::Greater => joined.extend(later.next()),
            Ordering::Equal => {
                joined.extend(earlier.next());
                if let (Some((_, moves)), Some((_, more))) = (joined.last_mut(), later.next()) {
                    moves.follow(&more);
                }
            }
        }
    }
}

/// A run in its table.
#[derive(Clone, Copy)]
pub(super) struct Run {
    prefix: [u8; Run::PREFIX],
}

impl Run {
    /// Bytes of a month's key and of a run's number.
    pub(super) const PREFIX: usize = 9;

    pub(super) fn new(month: &[u8; 5], number: u32) -> Self {
        let mut prefix = [0; Self::PREFIX];
        let (head, tail) = prefix.split_at_mut(5);
        head.copy_from_slice(month);
        tail.copy_from_slice(&number.to_be_bytes());
        Self { prefix }
    }

    /// Returns the month and the number of the run that a key belongs to.
    pub(super) fn of_key(mut key: &[u8]) -> Option<([u8; 5], u32)> {
        let month = *take(&mut key, "recent").ok()?;
        let number = *take(&mut key, "recent").ok()?;
        Some((month, u32::from_be_bytes(number)))
    }

    fn group(&self) -> Group<'_> {
        Group {
            tab: Tab::Recent,
            prefix: &self.prefix,
        }
    }

    fn key(&self, token: &[u8]) -> Vec<u8> {
        let mut key = self.prefix.to_vec();
        key.extend_from_slice(token);
        key
    }

    /// Writes the run, which must not be there yet: the first block under the prefix, the others under
    /// their first token.
    pub(super) fn write(&self, draft: &mut Draft<'_>, steps: &Steps) -> Result<(), StoreError> {
        let mut blocks: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
        let mut block = Block::default();
        for (token, moves) in steps {
            // Most numbers are a byte.
            let numbers = moves.len() as usize;
            let about = block.bytes.len() + token.len() + numbers + numbers / 16;
            if about > FULL && !block.is_empty() {
                blocks.push((std::mem::take(&mut block.first), block.bytes));
                block = Block::default();
            }
            block.add(token, moves);
        }
        blocks.push((block.first, block.bytes));
        let mut keys: Vec<Vec<u8>> = blocks.iter().map(|(first, _)| self.key(first)).collect();
        if let Some(first) = keys.first_mut() {
            first.truncate(Self::PREFIX);
        }
        let next = keys.iter().skip(1).map(Vec::as_slice).chain([&[][..]]);
        for ((key, next), (_, bytes)) in keys.iter().zip(next).zip(&blocks) {
            self.group().write_new(draft, key, next, bytes)?;
        }
        Ok(())
    }

    /// Takes the run out of the table.
    pub(super) fn remove(&self, draft: &mut Draft<'_>) -> Result<(), StoreError> {
        let mut keys = vec![self.prefix.to_vec()];
        keys.extend(self.group().all(draft)?.into_iter().map(|(key, _)| key));
        keys.iter()
            .try_for_each(|key| draft.remove(Tab::Recent, key))
    }

    /// Returns all that it says.
    pub(super) fn read(&self, read: &impl Read) -> Result<Steps, StoreError> {
        self.range(read, &[], &after(&self.prefix))
    }

    /// Returns what becomes of the sets of all tokens with a prefix.
    pub(super) fn beginning(&self, read: &impl Read, with: &[u8]) -> Result<Steps, StoreError> {
        let mut steps = self.range(read, with, &after(&self.key(with)))?;
        steps.retain(|(token, _)| token.starts_with(with));
        Ok(steps)
    }

    /// Returns what becomes of the set of one token.
    pub(super) fn get(&self, read: &impl Read, token: &[u8]) -> Result<Option<Moves>, StoreError> {
        let key = self.key(token);
        let (_, block) = self.group().at_or_before(read, &key)?.ok_or(DAMAGED)?;
        let mut reader = Blocks::new(&block)?;
        while let Some(moves) = reader.step()? {
            match reader.token.as_slice().cmp(token) {
                Ordering::Less => {}
                Ordering::Equal => return moves.read(reader.base).map(Some),
                Ordering::Greater => return Ok(None),
            }
        }
        Ok(None)
    }

    /// Reads the blocks that may hold tokens from one on, below a key.
    fn range(&self, read: &impl Read, from: &[u8], below: &[u8]) -> Result<Steps, StoreError> {
        let mut steps = Vec::new();
        let group = self.group();
        let (key, block) = group.at_or_before(read, &self.key(from))?.ok_or(DAMAGED)?;
        block_steps(&block, &mut steps)?;
        let mut beyond = key;
        beyond.push(0);
        for (_, block) in group.range(read, &beyond, below)? {
            block_steps(&block, &mut steps)?;
        }
        Ok(steps)
    }
}

fn block_steps(block: &[u8], steps: &mut Steps) -> Result<(), StoreError> {
    let mut reader = Blocks::new(block)?;
    while let Some(moves) = reader.step()? {
        let moves = moves.read(reader.base)?;
        steps.push((reader.token.clone(), moves));
    }
    Ok(())
}

/// A block as it fills: the number that steps begin from, then the tokens, each as what differs from the one
/// before it, with its numbers as steps.
#[derive(Default)]
struct Block {
    first: Vec<u8>,
    last: Vec<u8>,
    base: u32,
    bytes: Vec<u8>,
}

impl Block {
    fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    fn add(&mut self, token: &[u8], moves: &Moves) {
        if self.is_empty() {
            let least = moves
                .lost
                .first()
                .into_iter()
                .chain(moves.got.first())
                .min();
            self.base = least.copied().unwrap_or_default();
            self.first = token.to_vec();
            self.bytes.extend_from_slice(&self.base.to_be_bytes());
        }
        let same = self.last.iter().zip(token).take_while(|(a, b)| a == b);
        let shared = same.count();
        let rest = token.get(shared..).unwrap_or_default();
        put_step(&mut self.bytes, shared as u32);
        put_step(&mut self.bytes, rest.len() as u32);
        self.bytes.extend_from_slice(rest);
        let mut numbers = Vec::new();
        for list in [&moves.lost, &moves.got] {
            put_step(&mut numbers, list.len() as u32);
            let mut before = self.base;
            for number in list {
                // The base is not the least number of the block, so that a step may lead around.
                put_step(&mut numbers, number.wrapping_sub(before));
                before = *number;
            }
        }
        put_step(&mut self.bytes, numbers.len() as u32);
        self.bytes.append(&mut numbers);
        self.last.clear();
        self.last.extend_from_slice(token);
    }
}

/// Reads a block, token after token.
struct Blocks<'b> {
    base: u32,
    token: Vec<u8>,
    rest: &'b [u8],
}

/// The numbers of a token before they are read.
struct Numbers<'b>(&'b [u8]);

impl<'b> Blocks<'b> {
    fn new(mut block: &'b [u8]) -> Result<Self, StoreError> {
        let base = match block {
            // A run that says nothing.
            [] => 0,
            [_, ..] => u32::from_be_bytes(*take(&mut block, "recent")?),
        };
        Ok(Self {
            base,
            token: Vec::new(),
            rest: block,
        })
    }

    fn step(&mut self) -> Result<Option<Numbers<'b>>, StoreError> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let shared = read_step(&mut self.rest)? as usize;
        let rest = self.cut()?;
        if shared > self.token.len() {
            return Err(DAMAGED);
        }
        self.token.truncate(shared);
        self.token.extend_from_slice(rest);
        self.cut().map(|numbers| Some(Numbers(numbers)))
    }

    /// Takes bytes behind their length.
    fn cut(&mut self) -> Result<&'b [u8], StoreError> {
        let length = read_step(&mut self.rest)? as usize;
        let (cut, rest) = self.rest.split_at_checked(length).ok_or(DAMAGED)?;
        self.rest = rest;
        Ok(cut)
    }
}

impl Numbers<'_> {
    fn read(self, base: u32) -> Result<Moves, StoreError> {
        let mut bytes = self.0;
        let moves = Moves {
            lost: ascending(&mut bytes, base)?,
            got: ascending(&mut bytes, base)?,
        };
        match bytes {
            [] => Ok(moves),
            [_, ..] => Err(DAMAGED),
        }
    }
}

fn ascending(bytes: &mut &[u8], base: u32) -> Result<Vec<u32>, StoreError> {
    let count = read_step(bytes)? as usize;
    // A number takes a byte at least.
    if count > bytes.len() {
        return Err(DAMAGED);
    }
    let mut numbers = Vec::with_capacity(count);
    let mut before = base;
    for _ in 0..count {
        let number = before.wrapping_add(read_step(bytes)?);
        if numbers.last().is_some_and(|last| *last >= number) {
            return Err(DAMAGED);
        }
        numbers.push(number);
        before = number;
    }
    Ok(numbers)
}
