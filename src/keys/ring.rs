//! What the key files hold, and its bytes. Sealing is `sealed.rs`, files are `files.rs`.

use age::secrecy::{ExposeSecret, SecretString};
use age::x25519;
use ed25519_dalek::SigningKey;
use minicbor::bytes::ByteSlice;
use minicbor::{Decode, Encode};
use zeroize::Zeroizing;

use super::DataKey;
use super::stream::Sealer;

/// The version of the document that this program writes, and the newest it reads.
const VERSION: u32 = 1;
/// Room for the whole document, so that writing it leaves no copy behind in memory.
const ROOM: usize = 4096;
/// Device keys kept at most; beyond it the oldest goes, and its machine gets a new one.
const MOST_DEVICES: usize = 64;

/// Holds every key of a logbook's folder.
///
/// A folder that is carried between machines holds a device key for each of them; one of them is
/// in use.
pub struct KeyRing {
    data: DataKey,
    previous: Option<DataKey>,
    /// Oldest first; never empty.
    devices: Vec<SigningKey>,
    /// Which of them this machine uses; never stored.
    in_use: usize,
    exchange: x25519::Identity,
    recovery: x25519::Recipient,
}

/// Why the opened document is not a key ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RingError {
    /// The bytes are not the document.
    #[error("the keys inside the file are damaged")]
    Damaged,
    /// A newer program wrote it.
    #[error("the key file has version {0}, which is newer than this program")]
    Newer(u32),
}

/// The secret that opens `recovery.age`: shown once, on paper afterwards, never stored.
pub struct RecoverySecret {
    identity: x25519::Identity,
    text: SecretString,
}

impl KeyRing {
    /// Draws new keys and the recovery secret that belongs to them.
    ///
    /// `entropy` fills a slice with random bytes; the exchange identity and the recovery
    /// secret draw from the operating system inside `age`.
    pub fn create(entropy: &mut dyn FnMut(&mut [u8])) -> (Self, RecoverySecret) {
        let secret = RecoverySecret::from_identity(x25519::Identity::generate());
        let device = Self::draw_device(entropy);
        let ring = Self {
            data: DataKey::generate(entropy),
            previous: None,
            devices: vec![device],
            in_use: 0,
            exchange: x25519::Identity::generate(),
            recovery: secret.identity.to_public(),
        };
        (ring, secret)
    }

    /// Draws the keys of a logbook that is put back from a backup: new ones but for the recovery
    /// recipient, whose secret is on paper already.
    pub fn put_back(&self, entropy: &mut dyn FnMut(&mut [u8])) -> Self {
        let (mut ring, _) = Self::create(entropy);
        ring.recovery = self.recovery.clone();
        ring
    }

    /// The key of the file's pages.
    pub fn data(&self) -> &DataKey {
        &self.data
    }

    /// The key of the file before it, as long as a change of keys is not finished.
    pub fn previous(&self) -> Option<&DataKey> {
        self.previous.as_ref()
    }

    /// Draws a new data key and keeps the one until now as the previous one.
    pub fn renew_data(&mut self, entropy: &mut dyn FnMut(&mut [u8])) {
        let new = DataKey::generate(entropy);
        self.previous = Some(std::mem::replace(&mut self.data, new));
    }

    /// Forgets the previous data key: the file under the new one is in its place.
    pub fn drop_previous(&mut self) {
        self.previous = None;
    }

    /// Forgets the newest data key: no file under it ever took its place.
    pub fn take_back_data(&mut self) {
        if let Some(previous) = self.previous.take() {
            self.data = previous;
        }
    }

    /// The key that signs this machine's entries.
    pub fn device(&self) -> &SigningKey {
        &self.devices[self.in_use]
    }

    /// The public half of the device key; a device's id is derived from it.
    pub fn device_public(&self) -> [u8; 32] {
        self.device().verifying_key().to_bytes()
    }

    /// All device keys, oldest first.
    pub fn devices(&self) -> &[SigningKey] {
        &self.devices
    }

    /// Uses another of the device keys; an index beyond them changes nothing.
    pub fn use_device(&mut self, at: usize) {
        if at < self.devices.len() {
            self.in_use = at;
        }
    }

    /// Draws a device key that belongs to no ring yet.
    pub fn draw_device(entropy: &mut dyn FnMut(&mut [u8])) -> SigningKey {
        let mut seed = Zeroizing::new([0; 32]);
        entropy(&mut seed[..]);
        SigningKey::from_bytes(&seed)
    }

    /// Takes a device key in and uses it.
    pub fn add_device(&mut self, key: SigningKey) {
        if self.devices.len() == MOST_DEVICES {
            self.devices.remove(0);
        }
        self.devices.push(key);
        self.in_use = self.devices.len() - 1;
    }

    /// The identity that bundles for this device are sealed to.
    pub fn exchange(&self) -> &x25519::Identity {
        &self.exchange
    }

    /// What seals for whoever holds this ring.
    pub fn sealer(&self) -> Sealer {
        Sealer(self.exchange.to_public())
    }

    /// Whom `recovery.age` is sealed to. Public, and kept so that the file can be written anew
    /// without the paper.
    pub(super) fn recovery(&self) -> &x25519::Recipient {
        &self.recovery
    }

    /// The document's bytes.
    pub(super) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let exchange = self.exchange.to_string();
        let recovery = self.recovery.to_string();
        let (first, more) = self
            .devices
            .split_first()
            .expect("there is always a device key");
        let more: Vec<&ByteSlice> = more.iter().map(|key| key.as_bytes()[..].into()).collect();
        let wire = Wire {
            version: VERSION,
            data: self.data.expose(),
            previous: self.previous.as_ref().map(|key| &key.expose()[..]),
            device: first.as_bytes(),
            exchange: exchange.expose_secret(),
            recovery: &recovery,
            more: (!more.is_empty()).then_some(more),
        };
        let mut bytes = Zeroizing::new(Vec::with_capacity(ROOM));
        let Ok(()) = minicbor::encode(&wire, &mut *bytes).map_err(|error| {
            unreachable!("memory takes every byte: {error}");
        });
        bytes
    }

    /// Reads the document.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, RingError> {
        let Head { version } = minicbor::decode(bytes).map_err(|_| RingError::Damaged)?;
        if version > VERSION {
            return Err(RingError::Newer(version));
        }
        let wire: Wire<'_> = minicbor::decode(bytes).map_err(|_| RingError::Damaged)?;
        let key = |bytes| DataKey::from_slice(bytes).ok_or(RingError::Damaged);
        let device = |bytes: &[u8]| {
            let seed: &[u8; 32] = bytes.try_into().map_err(|_| RingError::Damaged)?;
            Ok(SigningKey::from_bytes(seed))
        };
        let more = wire.more.unwrap_or_default();
        let all = std::iter::once(wire.device).chain(more.into_iter().map(|key| &key[..]));
        Ok(Self {
            data: key(wire.data)?,
            previous: wire.previous.map(key).transpose()?,
            devices: all.map(device).collect::<Result<_, RingError>>()?,
            in_use: 0,
            exchange: wire.exchange.parse().map_err(|_| RingError::Damaged)?,
            recovery: wire.recovery.parse().map_err(|_| RingError::Damaged)?,
        })
    }
}

impl RecoverySecret {
    /// Takes what was copied from paper: spaces and line ends are passed over, case does not
    /// matter. Its checksum finds a slip of the pen; then there is nothing.
    pub fn parse(typed: &str) -> Option<Self> {
        let mut text = Zeroizing::new(String::with_capacity(typed.len()));
        text.extend(
            typed
                .chars()
                .filter(|letter| !letter.is_whitespace())
                .map(|letter| letter.to_ascii_uppercase()),
        );
        text.parse().ok().map(Self::from_identity)
    }

    /// The text to be shown once: `AGE-SECRET-KEY-1…`.
    pub fn expose(&self) -> &str {
        self.text.expose_secret()
    }

    pub(super) fn identity(&self) -> &x25519::Identity {
        &self.identity
    }

    fn from_identity(identity: x25519::Identity) -> Self {
        Self {
            text: identity.to_string(),
            identity,
        }
    }
}

/// The document before its version is known.
#[derive(Decode)]
#[cbor(map)]
struct Head {
    #[n(0)]
    version: u32,
}

/// The document: a CBOR map with integer keys, which are never used again for another field.
#[derive(Encode, Decode)]
#[cbor(map)]
struct Wire<'b> {
    #[n(0)]
    version: u32,
    #[cbor(b(1), with = "minicbor::bytes")]
    data: &'b [u8],
    #[cbor(b(2), with = "minicbor::bytes")]
    previous: Option<&'b [u8]>,
    #[cbor(b(3), with = "minicbor::bytes")]
    device: &'b [u8],
    #[b(4)]
    exchange: &'b str,
    #[b(5)]
    recovery: &'b str,
    #[b(6)]
    more: Option<Vec<&'b ByteSlice>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring() -> (KeyRing, RecoverySecret) {
        let mut next = 0u8;
        KeyRing::create(&mut |bytes| {
            for byte in bytes {
                *byte = next;
                next = next.wrapping_add(7);
            }
        })
    }

    #[test]
    fn the_document_reads_back_with_and_without_a_previous_key() {
        let (mut ring, _) = ring();
        for round in 0..2 {
            let bytes = ring.to_bytes();
            let read = KeyRing::from_bytes(&bytes).unwrap();
            assert!(*read.to_bytes() == *bytes);
            assert!(read.data().expose() == ring.data().expose());
            assert_eq!(read.previous().is_some(), round == 1);
            assert_eq!(read.device_public(), ring.device_public());
            ring.renew_data(&mut |bytes| bytes.fill(9));
        }
        ring.drop_previous();
        assert!(ring.previous().is_none());
    }

    #[test]
    fn every_device_key_is_kept_and_the_oldest_goes_when_there_are_too_many() {
        let (mut ring, _) = ring();
        let first = ring.device_public();
        for next in (100..).take(MOST_DEVICES - 1) {
            ring.add_device(KeyRing::draw_device(&mut |bytes| bytes.fill(next)));
        }
        let bytes = ring.to_bytes();
        assert!(bytes.len() <= ROOM);
        let mut read = KeyRing::from_bytes(&bytes).unwrap();
        assert_eq!(read.device_public(), first);
        assert!(*read.to_bytes() == *bytes);
        read.use_device(MOST_DEVICES - 1);
        assert_eq!(read.device_public(), ring.device_public());
        read.add_device(KeyRing::draw_device(&mut |bytes| bytes.fill(7)));
        assert_eq!(read.devices().len(), MOST_DEVICES);
        assert_ne!(read.devices()[0].verifying_key().to_bytes(), first);
    }

    #[test]
    fn a_change_of_the_data_key_can_be_taken_back() {
        let (mut ring, _) = ring();
        let before = ring.to_bytes();
        ring.renew_data(&mut |bytes| bytes.fill(9));
        ring.take_back_data();
        assert!(*ring.to_bytes() == *before);
        ring.take_back_data();
        assert!(*ring.to_bytes() == *before);
    }

    #[test]
    fn a_ring_that_is_put_back_shares_only_the_recovery_recipient() {
        let (ring, _) = ring();
        let back = ring.put_back(&mut |bytes| bytes.fill(1));
        assert_eq!(back.recovery().to_string(), ring.recovery().to_string());
        assert!(back.data().expose() != ring.data().expose());
        assert_ne!(back.device_public(), ring.device_public());
        assert_ne!(
            back.exchange().to_public().to_string(),
            ring.exchange().to_public().to_string()
        );
    }

    #[test]
    fn no_bytes_panic_and_no_cut_document_is_a_ring() {
        let bytes = ring().0.to_bytes();
        for len in 0..bytes.len() {
            assert!(KeyRing::from_bytes(&bytes[..len]).is_err(), "{len} bytes");
        }
        for at in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x55;
            let _ = KeyRing::from_bytes(&flipped);
        }
    }

    #[test]
    fn a_newer_document_says_so() {
        assert_eq!(
            KeyRing::from_bytes(&[0xa1, 0x00, 0x02]).err(),
            Some(RingError::Newer(2))
        );
    }

    #[test]
    fn the_secret_is_read_from_paper() {
        let (_, secret) = ring();
        assert!(secret.expose().starts_with("AGE-SECRET-KEY-1"));
        let mut paper = secret.expose().to_lowercase();
        paper.insert_str(20, " \n");
        let read = RecoverySecret::parse(&paper).unwrap();
        assert_eq!(read.expose(), secret.expose());
        let slip = paper.replacen('q', "p", 1).replacen('z', "r", 1);
        assert_eq!(RecoverySecret::parse(&slip).is_none(), slip != paper);
    }
}
