//! The box of an envelope: an identity sealed to the competent authority, or nothing sealed. Both have one size and
//! look alike, so that a box says nothing by being there.
//!
//! Who seals cannot open it again: only a key of the authority does.

use age::x25519;
use zeroize::Zeroizing;

use super::ring::KeyRing;
use super::roster::Reader;
use super::stream::seal_to;

/// Bytes of every box.
pub const BOX: usize = 2048;
/// Bytes that are sealed in it, whatever is typed: two that say how many of the others are a text, and those.
const SEALED: usize = 768;
/// Keys that a box is sealed to at most: with more it might outgrow its size.
const MOST: usize = 4;

/// Seals an identity, or an empty text, to the keys of the authority; `None` where the text is too long. Without a key
/// nothing is sealed, to a key that nobody keeps.
pub fn seal_identity(authority: &[Reader], identity: &str) -> Option<Vec<u8>> {
    let length = u16::try_from(identity.len()).ok()?;
    let mut plain = Zeroizing::new(vec![0; SEALED]);
    plain.get_mut(..2)?.copy_from_slice(&length.to_be_bytes());
    let nobody = [Reader(x25519::Identity::generate().to_public())];
    let readers = match authority {
        [] => &nobody[..],
        some => some.get(..MOST).unwrap_or(some),
    };
    if !authority.is_empty() {
        let room = plain.get_mut(2..2 + identity.len())?;
        room.copy_from_slice(identity.as_bytes());
    } else if !identity.is_empty() {
        return None;
    }
    let sealed = seal_to(readers, &plain)?;
    let mut filled = Vec::with_capacity(BOX);
    filled.extend(u16::try_from(sealed.len()).ok()?.to_be_bytes());
    filled.extend(sealed);
    if filled.len() > BOX {
        return None;
    }
    filled.resize(BOX, 0);
    Some(filled)
}

impl KeyRing {
    /// Opens a box that was sealed to this ring; empty where no identity is in it, `None` where it is another's or
    /// damaged.
    pub fn open_identity(&self, filled: &[u8]) -> Option<Zeroizing<String>> {
        if filled.len() != BOX {
            return None;
        }
        let length = u16::from_be_bytes(filled.get(..2)?.try_into().ok()?);
        let sealed = filled.get(2..2 + usize::from(length))?;
        let plain = Zeroizing::new(self.unseal_bytes(sealed)?);
        let length = u16::from_be_bytes(plain.get(..2)?.try_into().ok()?);
        let text = plain.get(2..2 + usize::from(length))?;
        let text = std::str::from_utf8(text).ok()?;
        Some(Zeroizing::new(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The longest identity, in bytes.
    const LONGEST: usize = SEALED - 2;

    fn ring() -> KeyRing {
        KeyRing::create(&mut |bytes| bytes.fill(3)).0
    }

    fn reader(ring: &KeyRing) -> Reader {
        Reader(ring.exchange().to_public())
    }

    #[test]
    fn only_the_authority_opens_a_box_and_every_box_has_one_size() {
        let (authority, other) = (ring(), ring());
        let keys = [reader(&authority), reader(&other)];
        for identity in ["", "Lò Thị Thuý, thôn Pắc Ban", &"ă".repeat(LONGEST / 2)] {
            for _ in 0..20 {
                let filled = seal_identity(&keys[..1], identity).expect("has room");
                assert_eq!(filled.len(), BOX);
                let opened = authority.open_identity(&filled).expect("opens");
                assert_eq!(opened.as_str(), identity);
                assert!(other.open_identity(&filled).is_none());
            }
        }
        let filled = seal_identity(&keys, "x").expect("has room");
        assert!(other.open_identity(&filled).is_some());
        let nobodys = seal_identity(&[], "").expect("has room");
        assert_eq!(nobodys.len(), BOX);
        assert!(authority.open_identity(&nobodys).is_none());
    }

    #[test]
    fn a_box_that_another_program_sealed_opens() {
        let vectors: serde_json::Value =
            serde_json::from_str(include_str!("../../tests/data/journal-v1.json"))
                .expect("the committed vectors");
        let text = |name: &str| vectors["box"][name].as_str().expect("a text").to_owned();
        let ring = ring();
        let mut document = ring.to_bytes().to_vec();
        let own = ring.exchange().to_string();
        let own = age::secrecy::ExposeSecret::expose_secret(&own).as_bytes();
        let mut at = document.windows(own.len());
        let at = at.position(|bytes| bytes == own).expect("is in it");
        document[at..at + own.len()].copy_from_slice(text("identity").as_bytes());
        let authority = KeyRing::from_bytes(&document).expect("a ring");
        let hex = text("box");
        let byte = |at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal");
        let filled: Vec<u8> = (0..hex.len()).step_by(2).map(byte).collect();
        let opened = authority.open_identity(&filled).expect("opens");
        assert_eq!(opened.as_str(), text("text"));
    }

    #[test]
    fn what_is_too_long_or_has_no_reader_is_not_sealed() {
        let keys = [reader(&ring())];
        assert!(seal_identity(&keys, &"a".repeat(LONGEST + 1)).is_none());
        assert!(seal_identity(&keys, &"a".repeat(70_000)).is_none());
        assert!(seal_identity(&[], "a").is_none());
    }

    #[test]
    fn foreign_bytes_are_no_box() {
        let ring = ring();
        for bytes in [&[][..], &[0xff; BOX], &[0; BOX], &[0; 3]] {
            assert!(ring.open_identity(bytes).is_none());
        }
    }
}
