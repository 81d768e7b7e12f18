//! Chance by seed: the same seed throws the same for ever.
//!
//! Never asks the operating system.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// Throws a number below `bound`, which is not 0. The bias of the remainder is below 2⁻³².
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).unwrap_or(u64::MAX);
        usize::try_from(self.0.next_u64() % bound).unwrap_or(0)
    }

    /// Throws a number from `low` to `high`, both included.
    pub(super) fn within(&mut self, low: u32, high: u32) -> u32 {
        let span = high.saturating_sub(low) as usize + 1;
        low + u32::try_from(self.below(span)).unwrap_or(0)
    }

    /// Says yes so many times in a hundred.
    pub(super) fn percent(&mut self, chance: u32) -> Option<()> {
        (self.within(1, 100) <= chance).then_some(())
    }

    /// Draws one of a list, which is not empty.
    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let at = self.below(of.len());
        of.get(at)
            .expect("below the length of a list that is not empty")
    }

    /// Makes a UUIDv7 born at a moment (RFC 9562, 5.7).
    pub(super) fn id(&mut self, milliseconds: i64) -> [u8; 16] {
        let mut id = [0; 16];
        self.0.fill_bytes(&mut id[6..]);
        id[..6].copy_from_slice(&milliseconds.to_be_bytes()[2..]);
        id[6] = 0x70 | (id[6] & 0x0f);
        id[8] = 0x80 | (id[8] & 0x3f);
        id
    }
}
