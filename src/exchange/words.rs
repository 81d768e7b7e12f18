//! Fingerprints that two people compare by voice: six Vietnamese syllables, picked so that no accent
//! of the country makes two of them one.

/// No tones; none of the pairs that sound alike somewhere (l and n, s and x, ch and tr, d, gi and v).
const INITIALS: [&str; 16] = [
    "b", "c", "ch", "đ", "g", "h", "kh", "l", "m", "ng", "nh", "ph", "r", "t", "th", "v",
];
const RIMES: [&str; 16] = [
    "a", "ai", "am", "an", "ao", "o", "oi", "ô", "ôi", "ôm", "ơ", "ơi", "u", "ui", "um", "ưa",
];
const WORDS: usize = 6;

/// Returns the words for bytes: 48 bits of their hash.
pub fn fingerprint(bytes: &[u8]) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"bacung words v1\0");
    hasher.update(bytes);
    let hash = hasher.finalize();
    let word = |byte: &u8| {
        let (initial, rime) = (usize::from(byte >> 4), usize::from(byte & 15));
        format!("{}{}", INITIALS[initial], RIMES[rime])
    };
    let words: Vec<String> = hash.as_bytes()[..WORDS].iter().map(word).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_bytes_share_a_word() {
        let all = INITIALS
            .iter()
            .flat_map(|i| RIMES.map(|r| format!("{i}{r}")));
        assert_eq!(all.collect::<BTreeSet<_>>().len(), 256);
    }

    #[test]
    fn a_fingerprint_has_six_words_and_follows_the_bytes() {
        let one = fingerprint(b"one");
        assert_eq!(one.split(' ').count(), WORDS);
        assert_eq!(one, fingerprint(b"one"));
        assert_ne!(one, fingerprint(b"two"));
    }
}
