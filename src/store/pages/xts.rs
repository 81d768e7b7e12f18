//! AES-256-XTS over whole data units (IEEE 1619-2018). Knows no file, no redb and no key file.
//!
//! The crate `xts-mode` ciphers block by block, which leaves the pipelines of the processor idle;
//! here all tweaks of a unit come first and then one call ciphers all its blocks.

use aes::Aes256;
use aes::cipher::consts::U16;
use aes::cipher::{Array, BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};

use crate::keys::DataKey;

#[cfg(test)]
mod tests;

/// Bytes of a data unit of the file.
pub(super) const UNIT: usize = 4096;

const BLOCK: usize = 16;

/// Ciphers data units in place; its key schedules are computed once and zeroized on drop.
pub(super) struct Xts {
    data: Aes256,
    tweak: Aes256,
}

impl Xts {
    pub(super) fn new(key: &DataKey) -> Self {
        let (data, tweak) = key.expose().split_at(DataKey::LEN / 2);
        let cipher =
            |half: &[u8]| Aes256::new_from_slice(half).expect("half a data key is 32 bytes");
        Self {
            data: cipher(data),
            tweak: cipher(tweak),
        }
    }

    /// Encrypts one data unit: whole blocks, at most [`UNIT`] bytes.
    pub(super) fn encrypt(&self, number: u64, unit: &mut [u8]) {
        let blocks = blocks(unit);
        let tweaks = self.tweaks(number, blocks.len());
        whiten(blocks, &tweaks);
        self.data.encrypt_blocks(blocks);
        whiten(blocks, &tweaks);
    }

    /// Decrypts one data unit: whole blocks, at most [`UNIT`] bytes.
    pub(super) fn decrypt(&self, number: u64, unit: &mut [u8]) {
        let blocks = blocks(unit);
        let tweaks = self.tweaks(number, blocks.len());
        whiten(blocks, &tweaks);
        self.data.decrypt_blocks(blocks);
        whiten(blocks, &tweaks);
    }

    /// The first `count` tweaks of a unit: the encrypted unit number, doubled block by block.
    fn tweaks(&self, number: u64, count: usize) -> [u128; UNIT / BLOCK] {
        let mut first = Array::from(u128::from(number).to_le_bytes());
        self.tweak.encrypt_block(&mut first);
        let mut tweak = u128::from_le_bytes(first.into());
        let mut tweaks = [0; UNIT / BLOCK];
        for place in &mut tweaks[..count] {
            *place = tweak;
            tweak = double(tweak);
        }
        tweaks
    }
}

fn blocks(unit: &mut [u8]) -> &mut [Array<u8, U16>] {
    let (blocks, rest) = Array::slice_as_chunks_mut(unit);
    assert!(
        rest.is_empty() && blocks.len() <= UNIT / BLOCK,
        "a data unit is whole blocks and no longer than a page"
    );
    blocks
}

fn whiten(blocks: &mut [Array<u8, U16>], tweaks: &[u128]) {
    for (block, tweak) in blocks.iter_mut().zip(tweaks) {
        let white = u128::from_le_bytes(block.0) ^ tweak;
        block.0 = white.to_le_bytes();
    }
}

/// Multiplies by α in GF(2^128), IEEE 1619-2018 section 5.2.
fn double(tweak: u128) -> u128 {
    (tweak << 1) ^ if tweak >> 127 == 1 { 0x87 } else { 0 }
}
