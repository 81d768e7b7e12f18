//! The bytes of a pack: keys that follow each other with their contents, compressed together to about a page.
//! Knows no table.

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use super::error::StoreError;
use super::rowset::{put_step, read_step};
use super::tables::Pair;

/// Bytes of a full pack: with its key and what redb and the seal add, a page.
pub(super) const FULL: usize = 4040;
/// A pack with so many bytes is full enough.
const ENOUGH: usize = FULL * 7 / 8;
/// Keys that one pack is first guessed to hold, and the most that it holds.
const GUESS: usize = 64;
const MOST: usize = 512;
/// How often a better cut is looked for.
const TRIES: usize = 4;
/// Bytes of contents in a pack of several keys, before they are compressed.
const LARGE: usize = 64 * 1024;
/// Deflate makes bytes smaller by no more than this.
const SMALLEST: usize = 1032;

/// What a reader of a pack needs: where each key and content ends.
#[derive(Default)]
pub(super) struct Pack {
    keys: Vec<u8>,
    contents: Vec<u8>,
    ends: Vec<(u32, u32)>,
}

impl Pack {
    /// Reads a pack under its key, which is its first one.
    pub(super) fn read(
        key: &[u8],
        mut bytes: &[u8],
        what: &'static str,
    ) -> Result<Self, StoreError> {
        let damaged = || StoreError::Damaged(what);
        let count = step(&mut bytes, what)?;
        if count > bytes.len() {
            return Err(damaged());
        }
        let mut pack = Self {
            keys: Vec::with_capacity(count * key.len()),
            contents: Vec::new(),
            ends: Vec::with_capacity(count),
        };
        let mut last = (0, key.len());
        for at in 0..count {
            let same = step(&mut bytes, what)?;
            let rest = step(&mut bytes, what)?;
            let (rest, others) = bytes.split_at_checked(rest).ok_or_else(damaged)?;
            bytes = others;
            let start = pack.keys.len();
            match at {
                0 => pack
                    .keys
                    .extend_from_slice(key.get(..same).ok_or_else(damaged)?),
                _ if same <= last.1 - last.0 => pack.keys.extend_from_within(last.0..last.0 + same),
                _ => return Err(damaged()),
            }
            pack.keys.extend_from_slice(rest);
            last = (start, pack.keys.len());
            pack.ends.push((pack.keys.len() as u32, 0));
        }
        pack.read_contents(bytes, what)?;
        Ok(pack)
    }

    fn read_contents(&mut self, mut bytes: &[u8], what: &'static str) -> Result<(), StoreError> {
        let damaged = || StoreError::Damaged(what);
        let length = step(&mut bytes, what)?;
        if length > bytes.len().saturating_mul(SMALLEST) + 64 {
            return Err(damaged());
        }
        let raw = inflate(bytes, length).ok_or_else(damaged)?;
        let mut rest = raw.as_slice();
        let mut end = 0_usize;
        for ends in &mut self.ends {
            end = end.saturating_add(step(&mut rest, what)?);
            ends.1 = u32::try_from(end).map_err(|_| damaged())?;
        }
        if end != rest.len() {
            return Err(damaged());
        }
        self.contents = rest.to_vec();
        Ok(())
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns a key and its content by their place.
    pub(super) fn at(&self, at: usize) -> Option<(&[u8], &[u8])> {
        let (key, content) = *self.ends.get(at)?;
        let before = at.checked_sub(1).and_then(|at| self.ends.get(at));
        let (from, start) = before.copied().unwrap_or_default();
        let key = self.keys.get(from as usize..key as usize)?;
        Some((key, self.contents.get(start as usize..content as usize)?))
    }

    /// Returns how many keys lie before one.
    pub(super) fn below(&self, key: &[u8]) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.at(middle) {
                Some((found, _)) if found < key => low = middle + 1,
                Some(_) | None => high = middle,
            }
        }
        low
    }

    pub(super) fn get(&self, key: &[u8]) -> Option<&[u8]> {
        let (found, content) = self.at(self.below(key))?;
        (found == key).then_some(content)
    }

    /// Returns all keys with their contents.
    pub(super) fn pairs(&self) -> impl Iterator<Item = Pair> + '_ {
        let pair = |at| {
            self.at(at)
                .map(|(key, content)| (key.to_vec(), content.to_vec()))
        };
        (0..self.len()).filter_map(pair)
    }
}

fn step(bytes: &mut &[u8], what: &'static str) -> Result<usize, StoreError> {
    let step = read_step(bytes).map_err(|_| StoreError::Damaged(what))?;
    Ok(step as usize)
}

/// Returns so many bytes that were compressed; `None` where they are not so many.
fn inflate(bytes: &[u8], length: usize) -> Option<Vec<u8>> {
    // One more, so that the end of the stream is met.
    let mut out = Vec::with_capacity(length + 1);
    let done = Decompress::new(false).decompress_vec(bytes, &mut out, FlushDecompress::Finish);
    (matches!(done, Ok(Status::StreamEnd)) && out.len() == length).then_some(out)
}

/// How hard it is tried to make packs small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effort {
    /// While somebody waits for a save.
    Quick,
    /// For a file that is made as small as it gets.
    Dense,
}

/// Cuts keys into packs that fill a page each.
pub(super) struct Packer {
    deflate: Compress,
    /// Keys of the last pack that was full.
    guess: usize,
}

impl Packer {
    pub(super) fn new(effort: Effort) -> Self {
        let level = match effort {
            Effort::Quick => 3,
            Effort::Dense => 9,
        };
        Self {
            deflate: Compress::new(Compression::new(level), false),
            guess: GUESS,
        }
    }

    /// Returns how many of the keys the next pack holds, at least one, and its bytes.
    pub(super) fn cut(&mut self, pairs: &[Pair]) -> (usize, Vec<u8>) {
        let mut most = pairs.len().min(MOST);
        let mut raw = 0;
        let fits = |(_, content): &&Pair| {
            raw += content.len();
            raw <= LARGE
        };
        most = pairs.iter().take(most).take_while(fits).count().max(1);
        let (mut low, mut high) = (0, most + 1);
        let mut best = None;
        let mut count = self.guess.clamp(1, most);
        for turn in 0.. {
            let bytes = self.pack(pairs.get(..count).unwrap_or_default());
            let size = bytes.len();
            let fits = size <= FULL || count == 1;
            if fits {
                low = count;
                best = Some((count, bytes));
            } else {
                high = count;
            }
            let enough = low + 1 >= high || turn >= TRIES || fits && size > ENOUGH;
            if best.is_some() && enough {
                break;
            }
            // What a page would hold of such keys, between what fits and what does not.
            let wanted = count * (FULL - FULL / 32) / size.max(1);
            count = wanted.clamp(low + 1, high - 1);
        }
        let (count, bytes) = best.expect("one key always has a pack of its own");
        if count < most {
            self.guess = count;
        }
        (count, bytes)
    }

    fn pack(&mut self, pairs: &[Pair]) -> Vec<u8> {
        let mut out = Vec::with_capacity(FULL * 2);
        put_step(&mut out, pairs.len() as u32);
        let mut last = pairs.first().map_or(&[][..], |(key, _)| key);
        for (key, _) in pairs {
            let same = last.iter().zip(key).take_while(|(a, b)| a == b).count();
            let rest = key.get(same..).unwrap_or_default();
            put_step(&mut out, same as u32);
            put_step(&mut out, rest.len() as u32);
            out.extend_from_slice(rest);
            last = key;
        }
        let mut raw = Vec::new();
        for (_, content) in pairs {
            put_step(&mut raw, content.len() as u32);
        }
        for (_, content) in pairs {
            raw.extend_from_slice(content);
        }
        put_step(&mut out, raw.len() as u32);
        self.deflate.reset();
        // What cannot be made smaller grows by five bytes for every 64 KiB at most.
        out.reserve(raw.len() + raw.len() / 1000 + 64);
        let done = self
            .deflate
            .compress_vec(&raw, &mut out, FlushCompress::Finish);
        assert!(
            matches!(done, Ok(Status::StreamEnd)),
            "deflate stays below its bound"
        );
        out
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pairs() -> impl Strategy<Value = Vec<Pair>> {
        let key = prop::collection::vec(0..4_u8, 1..6);
        let content = prop_oneof![
            4 => prop::collection::vec(any::<u8>(), 0..60),
            1 => prop::collection::vec(any::<u8>(), 0..9000),
        ];
        prop::collection::btree_map(key, content, 1..200).prop_map(|map| map.into_iter().collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn packs_give_back_what_was_cut(pairs in pairs()) {
            let mut packer = Packer::new(Effort::Quick);
            let mut rest = pairs.as_slice();
            let mut read = Vec::new();
            while let Some((first, _)) = rest.first() {
                let (count, bytes) = packer.cut(rest);
                prop_assert!(bytes.len() <= FULL || count == 1);
                let pack = Pack::read(first, &bytes, "rows").expect("a pack");
                for (key, content) in &rest[..count] {
                    prop_assert_eq!(pack.get(key), Some(content.as_slice()));
                }
                read.extend(pack.pairs());
                rest = &rest[count..];
            }
            prop_assert_eq!(read, pairs);
        }

        #[test]
        fn any_bytes_are_read_or_refused(
            pairs in pairs(),
            bytes in prop::collection::vec(any::<u8>(), 0..60),
            (at, byte) in (any::<prop::sample::Index>(), any::<u8>()),
        ) {
            let _ = Pack::read(b"key", &bytes, "rows");
            let (_, mut pack) = Packer::new(Effort::Quick).cut(&pairs);
            let at = at.index(pack.len());
            pack[at] = byte;
            if let Ok(pack) = Pack::read(&pairs[0].0, &pack, "rows") {
                prop_assert_eq!(pack.pairs().count(), pack.len());
            }
        }
    }
}
