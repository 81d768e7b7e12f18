//! Sets of row numbers as they lie in postings: the steps from one to the next, a byte or two each, or stretches of
//! bits, one for each number, or a Roaring bitmap, whichever is smallest. Knows no word.

use std::collections::BTreeMap;

use roaring::RoaringBitmap;

use super::bytes::take;
use super::error::StoreError;

const ROARING: u8 = 0;
const STEPS: u8 = 1;
const STRETCHES: u8 = 2;
const DAMAGED: StoreError = StoreError::Damaged("postings");
/// Bytes of the form and, before steps, of the last number.
const HEAD: usize = 5;
/// Bytes without a number that end a stretch: the head of the next one takes about as many.
const GAP: usize = 4;
/// Stretches that lie this near to each other are read together.
const NEAR: usize = 1024;

/// Reads a set.
pub(super) fn read(content: &[u8]) -> Result<RoaringBitmap, StoreError> {
    match content.split_first() {
        Some((&ROARING, bitmap)) => RoaringBitmap::deserialize_from(bitmap).map_err(|_| DAMAGED),
        Some((&STEPS, steps)) => read_steps(steps),
        Some((&STRETCHES, stretches)) => read_stretches(stretches),
        Some(_) | None => Err(DAMAGED),
    }
}

fn read_steps(bytes: &[u8]) -> Result<RoaringBitmap, StoreError> {
    let mut numbers = Vec::with_capacity(bytes.len());
    each_number(bytes, |number| numbers.push(number))?;
    RoaringBitmap::from_sorted_iter(numbers).map_err(|_| DAMAGED)
}

/// Gives the numbers that steps lead to; they ascend.
fn each_number(mut bytes: &[u8], mut put: impl FnMut(u32)) -> Result<(), StoreError> {
    let last = u32::from_be_bytes(*take(&mut bytes, "postings")?);
    let mut number = None;
    while !bytes.is_empty() {
        let step = read_step(&mut bytes)?;
        let next = match number {
            None => step,
            Some(_) if step == 0 => return Err(DAMAGED),
            Some(before) => step.checked_add(before).ok_or(DAMAGED)?,
        };
        put(next);
        number = Some(next);
    }
    match number == Some(last) {
        true => Ok(()),
        false => Err(DAMAGED),
    }
}

/// Reads seven bits a byte, the lowest first; the last byte has its highest bit clear.
pub(super) fn read_step(bytes: &mut &[u8]) -> Result<u32, StoreError> {
    let (mut step, mut shift) = (0_u32, 0);
    loop {
        let (&byte, rest) = bytes.split_first().ok_or(DAMAGED)?;
        *bytes = rest;
        let bits = u32::from(byte & 0x7f);
        if shift > 28 || shift == 28 && bits > 0xf {
            return Err(DAMAGED);
        }
        step |= bits << shift;
        if byte < 0x80 {
            return Ok(step);
        }
        shift += 7;
    }
}

pub(super) fn put_step(out: &mut Vec<u8>, mut step: u32) {
    while step >= 0x80 {
        out.push(step as u8 | 0x80);
        step >>= 7;
    }
    out.push(step as u8);
}

/// Writes a set, which is not empty, in the smallest form.
fn write(set: &RoaringBitmap) -> Vec<u8> {
    let head = set.max().unwrap_or_default().to_be_bytes();
    let mut steps = vec![STEPS];
    steps.extend_from_slice(&head);
    let mut before = 0;
    for number in set {
        put_step(&mut steps, number - before);
        before = number;
    }
    let mut stretches = vec![STRETCHES];
    stretches.extend_from_slice(&head);
    put_stretches(&mut stretches, set);
    let smaller = match stretches.len() < steps.len() {
        true => stretches,
        false => steps,
    };
    if smaller.len() <= set.serialized_size() {
        return smaller;
    }
    let mut bitmap = Vec::with_capacity(set.serialized_size() + 1);
    bitmap.push(ROARING);
    let written = set.serialize_into(&mut bitmap);
    written.expect("a Vec takes every write");
    bitmap
}

/// Writes a bit for each number, the lowest of a byte first, and passes over longer gaps.
fn put_stretches(out: &mut Vec<u8>, set: &RoaringBitmap) {
    let mut end = 0;
    let mut stretch: Vec<u8> = Vec::new();
    let mut start = 0;
    let mut put = |start: usize, stretch: &mut Vec<u8>| {
        if !stretch.is_empty() {
            put_step(out, (start - end) as u32);
            put_step(out, stretch.len() as u32);
            end = start + stretch.len();
            out.append(stretch);
        }
    };
    for number in set {
        let (byte, bit) = (number as usize / 8, number % 8);
        if stretch.is_empty() || byte >= start + stretch.len() + GAP {
            put(start, &mut stretch);
            start = byte;
        }
        if byte >= start + stretch.len() {
            stretch.resize(byte - start + 1, 0);
        }
        if let Some(last) = stretch.last_mut() {
            *last |= 1 << bit;
        }
    }
    put(start, &mut stretch);
}

fn read_stretches(bytes: &[u8]) -> Result<RoaringBitmap, StoreError> {
    let mut set = RoaringBitmap::new();
    let (mut start, mut near): (usize, Vec<u8>) = (0, Vec::new());
    each_stretch(bytes, |at, stretch| {
        let end = start + near.len();
        if at - end > NEAR {
            put_bits(&mut set, start, &near);
            start = at;
            near.clear();
        } else {
            near.resize(at - start, 0);
        }
        near.extend_from_slice(stretch);
    })?;
    put_bits(&mut set, start, &near);
    Ok(set)
}

/// Gives stretches of bits, each with the byte that it begins at; they ascend.
fn each_stretch(mut bytes: &[u8], mut put: impl FnMut(usize, &[u8])) -> Result<(), StoreError> {
    let last = u32::from_be_bytes(*take(&mut bytes, "postings")?) as usize;
    let (mut end, mut found) = (0_usize, None);
    while !bytes.is_empty() {
        let gap = read_step(&mut bytes)? as usize;
        let length = read_step(&mut bytes)? as usize;
        let (stretch, rest) = bytes.split_at_checked(length).ok_or(DAMAGED)?;
        bytes = rest;
        let start = end + gap;
        end = start + length;
        let top = stretch.last().and_then(|byte| byte.checked_ilog2());
        let top = top.ok_or(DAMAGED)? as usize;
        // No number is above 2^32, nor any bit of these bytes.
        if end > 1 << 29 {
            return Err(DAMAGED);
        }
        found = Some((end - 1) * 8 + top);
        put(start, stretch);
    }
    match found == Some(last) {
        true => Ok(()),
        false => Err(DAMAGED),
    }
}

fn put_bits(set: &mut RoaringBitmap, start: usize, bits: &[u8]) {
    *set |= RoaringBitmap::from_lsb0_bytes((start * 8) as u32, bits);
}

/// Puts numbers behind the steps that are there, without reading those; gives up where the numbers
/// do not follow, or where a bitmap may be smaller by now.
fn append(content: &mut Vec<u8>, got: &[u32]) -> Option<()> {
    let (&STEPS, mut steps) = content.split_first()? else {
        return None;
    };
    let mut last = u32::from_be_bytes(*take(&mut steps, "postings").ok()?);
    let first = read_step(&mut steps).ok()?;
    let ascending = got.is_sorted_by(|a, b| a < b) && got.first().is_some_and(|next| *next > last);
    let bits = got.last()?.checked_sub(first)? as usize;
    if !ascending || content.len() + got.len() > bits / 8 + HEAD + GAP {
        return None;
    }
    for number in got {
        put_step(content, number - last);
        last = *number;
    }
    content
        .get_mut(1..HEAD)?
        .copy_from_slice(&last.to_be_bytes());
    Some(())
}

/// Returns a set without some numbers and with others; `None` where it is empty then.
pub(super) fn change(
    content: Option<Vec<u8>>,
    lost: &[u32],
    got: &[u32],
) -> Result<Option<Vec<u8>>, StoreError> {
    let mut set = match content {
        Some(mut content) => {
            if lost.is_empty() && append(&mut content, got).is_some() {
                return Ok(Some(content));
            }
            read(&content)?
        }
        None => RoaringBitmap::new(),
    };
    for number in lost {
        set.remove(*number);
    }
    set.extend(got);
    Ok((!set.is_empty()).then(|| write(&set)))
}

/// The union of many sets as it grows, a bit for each number. Quicker than a union of bitmaps, which are made one by one.
#[derive(Default)]
pub(super) struct Union {
    /// By the upper half of the number.
    chunks: BTreeMap<u16, Box<[u8; CHUNK]>>,
}

/// Bytes of the bits of 65,536 numbers.
const CHUNK: usize = 1 << 13;

impl Union {
    /// Adds a set.
    pub(super) fn add(&mut self, content: &[u8]) -> Result<(), StoreError> {
        match content.split_first() {
            Some((&STEPS, steps)) => {
                let mut numbers = Vec::with_capacity(steps.len());
                each_number(steps, |number| numbers.push(number))?;
                self.add_numbers(&numbers);
                Ok(())
            }
            Some((&STRETCHES, stretches)) => {
                each_stretch(stretches, |start, bits| self.add_bits(start, bits))
            }
            Some(_) | None => {
                let numbers: Vec<u32> = read(content)?.iter().collect();
                self.add_numbers(&numbers);
                Ok(())
            }
        }
    }

    fn add_bits(&mut self, mut start: usize, mut bits: &[u8]) {
        while !bits.is_empty() {
            let (high, low) = (start / CHUNK, start % CHUNK);
            let (here, beyond) = bits.split_at(bits.len().min(CHUNK - low));
            let chunk = self.chunk(high as u16).get_mut(low..).unwrap_or_default();
            for (byte, bits) in chunk.iter_mut().zip(here) {
                *byte |= bits;
            }
            start += here.len();
            bits = beyond;
        }
    }

    fn chunk(&mut self, high: u16) -> &mut [u8; CHUNK] {
        let chunk = self.chunks.entry(high);
        chunk.or_insert_with(|| Box::new([0; CHUNK]))
    }

    /// Adds numbers that ascend.
    pub(super) fn add_numbers(&mut self, numbers: &[u32]) {
        for numbers in numbers.chunk_by(|a, b| a >> 16 == b >> 16) {
            let Some(first) = numbers.first() else {
                continue;
            };
            let chunk = self.chunk((first >> 16) as u16);
            for number in numbers {
                let low = *number as u16;
                if let Some(byte) = chunk.get_mut(usize::from(low / 8)) {
                    *byte |= 1 << (low % 8);
                }
            }
        }
    }

    /// Gives the set.
    pub(super) fn set(self) -> RoaringBitmap {
        let mut set = RoaringBitmap::new();
        for (high, bits) in self.chunks {
            set |= RoaringBitmap::from_lsb0_bytes(u32::from(high) << 16, bits.as_slice());
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn numbers() -> impl Strategy<Value = Vec<u32>> {
        let near = prop::collection::vec(0..3000_u32, 0..200);
        let far = prop::collection::vec(any::<u32>(), 0..20);
        prop_oneof![3 => near, 1 => far]
    }

    proptest! {
        #[test]
        fn a_set_that_changes_answers_like_a_set(
            changes in prop::collection::vec((numbers(), numbers(), 0..100_000_u32), 1..8),
        ) {
            let (mut content, mut expected) = (None, RoaringBitmap::new());
            for (lost, got, beyond) in changes {
                let beyond = |n: u32| n.saturating_add(beyond);
                let mut got: Vec<u32> = got.into_iter().map(beyond).collect();
                // Numbers are given out in order, so that most come sorted.
                if !got.len().is_multiple_of(3) {
                    got.sort_unstable();
                    got.dedup();
                }
                let lost = if lost.len().is_multiple_of(2) { Vec::new() } else { lost };
                content = change(content, &lost, &got).expect("a set");
                for number in &lost {
                    expected.remove(*number);
                }
                expected.extend(&got);
                let read = content.as_deref().map(read).transpose().expect("a set");
                prop_assert_eq!(read.unwrap_or_default(), expected.clone());
            }
        }

        #[test]
        fn a_union_is_that_of_the_sets(
            sets in prop::collection::vec((numbers(), 0..100_000_u32), 0..8),
        ) {
            let (mut union, mut expected) = (Union::default(), RoaringBitmap::new());
            for (numbers, beyond) in sets {
                let set: RoaringBitmap = numbers.iter().map(|n| n.saturating_add(beyond)).collect();
                if !set.is_empty() {
                    union.add(&write(&set)).expect("a set");
                }
                expected |= set;
            }
            prop_assert_eq!(union.set(), expected);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let _ = read(&bytes);
            for form in [ROARING, STEPS, STRETCHES] {
                let _ = read(&[&[form], bytes.as_slice()].concat());
            }
        }
    }

    #[test]
    fn the_smallest_form_is_taken() {
        let size = |set: Vec<u32>| {
            let content = change(None, &[], &set).expect("a set").expect("not empty");
            let numbers: Vec<u32> = read(&content).expect("a set").iter().collect();
            assert_eq!(numbers, set);
            (content[0], content.len())
        };
        assert_eq!(size(vec![7]), (STEPS, HEAD + 1));
        assert_eq!(
            size((0..5000).map(|n| n * 50).collect()),
            (STEPS, HEAD + 5000)
        );
        let thick: Vec<u32> = (0..30_000).map(|n| n * 2 + n / 1000 * 5000).collect();
        let (form, bytes) = size(thick);
        assert_eq!(form, STRETCHES);
        assert!(bytes < 30_000 / 4 + 200, "{bytes} bytes");
        let far: Vec<u32> = (0..1000).map(|n| n * 40_000).collect();
        assert_eq!(size(far).0, STEPS);
        let blocks = (0..40_000).map(|n| n % 4 + n / 4 * 16_000);
        assert_eq!(size(blocks.take(3000).collect()).0, STRETCHES);
        // Grown number by number it changes its form as well.
        let mut content = None;
        for number in 0..3_000 {
            content = change(content, &[], &[number]).expect("a set");
        }
        assert!(content.expect("not empty").len() <= 375 + 20);
    }
}
