//! Randomness of the operating system. The only place that draws it.

use zeroize::Zeroizing;

use crate::domain::Stamp;
use crate::journal::{StreamIds, uuid_v7};

/// Fills a slice with random bytes.
///
/// # Panics
///
/// When the system has no randomness: going on would make keys that can be guessed.
pub fn entropy(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system gives randomness");
}

/// Makes the generators of identifiers and salts, freshly seeded.
pub fn ids() -> StreamIds {
    let mut seed = Zeroizing::new([0; 32]);
    entropy(&mut *seed);
    StreamIds::from_seed(*seed)
}

/// Draws identifiers for what is named before it is saved.
pub fn fresh_ids(now: Stamp, count: usize) -> Vec<[u8; 16]> {
    let draw = |_| {
        let mut random = [0; 10];
        entropy(&mut random);
        uuid_v7(now, &random)
    };
    (0..count).map(draw).collect()
}

/// Draws a passphrase of four groups of letters, some 80 bits.
pub fn passphrase() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut random = Zeroizing::new([0; 16]);
    entropy(&mut *random);
    let mut text = String::with_capacity(20);
    for (at, byte) in random.iter().enumerate() {
        if at > 0 && at % 4 == 0 {
            text.push('-');
        }
        let letter = LETTERS.get(usize::from(byte & 31)).copied();
        text.push(char::from(letter.unwrap_or(b'a')));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawn_passphrase_is_strong_and_never_the_same() {
        let (one, other) = (passphrase(), passphrase());
        assert_ne!(one, other);
        assert_eq!(one.len(), 19);
        // The estimate takes small letters for prose, so that it does not reach 80 bits.
        let strength = crate::keys::Passphrase::strength(&one);
        assert!(strength >= crate::keys::Strength::Fair);
    }

    #[test]
    fn fresh_identifiers_differ() {
        let ids = fresh_ids(Stamp(1_763_856_000_000), 3);
        assert!(ids[0] != ids[1] && ids[1] != ids[2]);
    }
}
