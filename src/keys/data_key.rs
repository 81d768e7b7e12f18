//! The key of the encrypted pages. Never cloned, printed or serialised by derive.

use zeroize::{Zeroize, ZeroizeOnDrop};

/// Holds the AES-256-XTS key of one file: first the data half, then the tweak half.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct DataKey(Box<[u8; DataKey::LEN]>);

impl DataKey {
    /// Its length in bytes: two AES-256 keys.
    pub const LEN: usize = 64;

    /// Draws a new key from `entropy`, which fills the whole slice with random bytes.
    pub fn generate(entropy: &mut dyn FnMut(&mut [u8])) -> Self {
        let mut key = Self(Box::new([0; Self::LEN]));
        entropy(&mut key.0[..]);
        key
    }

    /// Takes exactly [`DataKey::LEN`] bytes, else nothing.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        let mut key = Self(Box::new([0; Self::LEN]));
        if bytes.len() != Self::LEN {
            return None;
        }
        key.0.copy_from_slice(bytes);
        Some(key)
    }

    /// The secret bytes themselves, for the cipher and for sealing.
    pub fn expose(&self) -> &[u8; Self::LEN] {
        &self.0
    }
}
