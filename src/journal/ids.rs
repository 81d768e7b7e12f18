//! New identifiers and salts, from a generator per stream: what one stream draws says nothing
//! about another. Never seeds itself.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::stream::Stream;
use crate::domain::Stamp;

/// Gives the identifiers and salts of new entries.
pub trait Ids {
    /// Returns a new identifier, a UUIDv7 of the moment.
    fn id(&mut self, stream: Stream, at: Stamp) -> [u8; 16];
    /// Returns the salt of a new body.
    fn salt(&mut self, stream: Stream) -> [u8; 16];
}

/// Generators of all streams from one seed: the same seed gives the same identifiers.
pub struct StreamIds {
    seed: [u8; 32],
    streams: std::collections::BTreeMap<u8, ChaCha20Rng>,
}

impl StreamIds {
    /// Starts from 32 bytes, random ones where identifiers shall not be guessed.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self {
            seed,
            streams: std::collections::BTreeMap::new(),
        }
    }

    fn draw<const N: usize>(&mut self, stream: Stream) -> [u8; N] {
        let number = stream.number();
        let generator = self.streams.entry(number).or_insert_with(|| {
            let mut generator = ChaCha20Rng::from_seed(self.seed);
            generator.set_stream(u64::from(number));
            generator
        });
        let mut bytes = [0; N];
        generator.fill_bytes(&mut bytes);
        bytes
    }
}

impl Ids for StreamIds {
    fn id(&mut self, stream: Stream, at: Stamp) -> [u8; 16] {
        uuid_v7(at, &self.draw(stream))
    }

    fn salt(&mut self, stream: Stream) -> [u8; 16] {
        self.draw(stream)
    }
}

/// Lays out a UUIDv7 (RFC 9562, 5.7); a moment before 1970 counts as 1970.
pub fn uuid_v7(at: Stamp, random: &[u8; 10]) -> [u8; 16] {
    let millis = u64::try_from(at.0).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, random)
        .into_uuid()
        .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_draws_the_same_whatever_others_draw() {
        let mut alone = StreamIds::from_seed([7; 32]);
        let mut busy = StreamIds::from_seed([7; 32]);
        for _ in 0..3 {
            busy.salt(Stream::Sealed);
            let at = Stamp(1_763_856_000_000);
            assert_eq!(alone.id(Stream::Open, at), busy.id(Stream::Open, at));
        }
        assert_ne!(alone.salt(Stream::Open), alone.salt(Stream::Petition));
    }

    #[test]
    fn an_identifier_begins_with_its_moment() {
        let id = uuid_v7(Stamp(0x0001_0203_0405_0607), &[0xff; 10]);
        assert_eq!(id[..6], [2, 3, 4, 5, 6, 7]);
        assert_eq!((id[6] >> 4, id[8] >> 6), (7, 2));
        assert_eq!(uuid_v7(Stamp(-1), &[0; 10])[..6], [0; 6]);
    }
}
