//! Signatures of entries and the devices that make them. Never keeps a key on disk.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use crate::domain::EntryHash;

/// Sets signatures of entries apart from everything else that the key signs.
const DOMAIN: &[u8] = b"bacung entry v1\0";
/// And so those of backups.
const BACKUP: &[u8] = b"bacung backup v1\0";
/// And those of requests to be let in.
const REQUEST: &[u8] = b"bacung request v1\0";

/// A device by its key: the first 16 bytes of the BLAKE3 hash of the public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId(pub [u8; 16]);

/// The public key of a device (Ed25519, RFC 8032).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceKey(VerifyingKey);

impl DeviceKey {
    /// Takes 32 bytes where they are a point of the curve.
    pub fn from_bytes(bytes: &[u8; 32]) -> Option<Self> {
        VerifyingKey::from_bytes(bytes).ok().map(Self)
    }

    /// Returns the 32 bytes.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// Returns the device of this key.
    pub fn device(&self) -> DeviceId {
        let hash = blake3::hash(self.0.as_bytes());
        let mut id = [0; 16];
        id.copy_from_slice(&hash.as_bytes()[..16]);
        DeviceId(id)
    }

    /// Returns whether the device vouched for the entry and so for all before it in its chain.
    pub fn vouches(&self, entry: EntryHash, signature: &[u8; 64]) -> bool {
        self.verifies(&message(entry), signature)
    }

    /// Returns whether the device signed these bytes, which begin with a domain tag.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        let signature = Signature::from_bytes(signature);
        self.0.verify_strict(message, &signature).is_ok()
    }

    /// Returns whether the device signed a request to be let in.
    pub fn vouches_for_request(&self, request: &[u8], signature: &[u8; 64]) -> bool {
        self.verifies(&[REQUEST, request].concat(), signature)
    }

    /// Returns whether the device vouched for a backup, by the hash of all it holds.
    pub fn vouches_for_backup(&self, hash: &[u8; 32], signature: &[u8; 64]) -> bool {
        self.verifies(&[BACKUP, hash].concat(), signature)
    }
}

/// The secret key of this device; wiped from memory when dropped.
pub struct Signer(SigningKey);

impl Signer {
    /// Takes the 32 secret bytes of RFC 8032.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// Returns the public key.
    pub fn public(&self) -> DeviceKey {
        DeviceKey(self.0.verifying_key())
    }

    /// Vouches for an entry.
    pub fn sign(&self, entry: EntryHash) -> [u8; 64] {
        self.sign_bytes(&message(entry))
    }

    /// Vouches for a backup, by the hash of all it holds.
    pub fn sign_backup(&self, hash: &[u8; 32]) -> [u8; 64] {
        self.sign_bytes(&[BACKUP, hash].concat())
    }

    /// Signs a request to be let in.
    pub fn sign_request(&self, request: &[u8]) -> [u8; 64] {
        self.sign_bytes(&[REQUEST, request].concat())
    }

    /// Signs bytes that begin with a domain tag.
    pub(super) fn sign_bytes(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

fn message(entry: EntryHash) -> [u8; DOMAIN.len() + 32] {
    let mut message = [0; DOMAIN.len() + 32];
    let (domain, hash) = message.split_at_mut(DOMAIN.len());
    domain.copy_from_slice(DOMAIN);
    hash.copy_from_slice(&entry.0);
    message
}
