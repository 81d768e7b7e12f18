//! Values as they lie in the tables: our version byte, the content, and a CRC over key and all of
//! it. Never trusts what comes back.

use super::error::StoreError;

/// The version of every value that this release writes.
const VERSION: u8 = 1;
const CRC: usize = 4;

/// Wraps content for a key.
pub(super) fn seal(key: &[u8], content: &[u8]) -> Vec<u8> {
    let mut value = Vec::with_capacity(content.len() + 1 + CRC);
    value.push(VERSION);
    value.extend_from_slice(content);
    let crc = checksum(key, &value);
    value.extend_from_slice(&crc.to_be_bytes());
    value
}

/// Returns the content, after its checksum; `what` names the table.
pub(super) fn unseal<'v>(
    key: &[u8],
    value: &'v [u8],
    what: &'static str,
) -> Result<&'v [u8], StoreError> {
    let damaged = StoreError::Damaged(what);
    let Some((body, crc)) = value.split_last_chunk::<CRC>() else {
        return Err(damaged);
    };
    if checksum(key, body) != u32::from_be_bytes(*crc) {
        return Err(damaged);
    }
    match body.split_first() {
        Some((&VERSION, content)) => Ok(content),
        Some((&newer, _)) => Err(StoreError::Newer(newer)),
        None => Err(damaged),
    }
}

fn checksum(key: &[u8], value: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    // The length keeps a byte from moving between key and value unseen.
    hasher.update(&(key.len() as u32).to_be_bytes());
    hasher.update(key);
    hasher.update(value);
    hasher.finalize()
}

/// Encodes the content of a view.
pub(super) fn encode<T: minicbor::Encode<()>>(content: &T) -> Vec<u8> {
    minicbor::to_vec(content).expect("a Vec takes every write")
}

/// Decodes the content of a view.
pub(super) fn decode<'b, T: minicbor::Decode<'b, ()>>(
    content: &'b [u8],
    what: &'static str,
) -> Result<T, StoreError> {
    minicbor::decode(content).map_err(|_| StoreError::Damaged(what))
}

/// Takes a fixed number of bytes off the front.
pub(super) fn take<'b, const N: usize>(
    bytes: &mut &'b [u8],
    what: &'static str,
) -> Result<&'b [u8; N], StoreError> {
    let (first, rest) = bytes
        .split_first_chunk::<N>()
        .ok_or(StoreError::Damaged(what))?;
    *bytes = rest;
    Ok(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flipped_bit_of_key_or_value_is_found() {
        let (key, content) = (b"key", b"content of a row");
        let value = seal(key, content);
        assert_eq!(unseal(key, &value, "rows").ok(), Some(&content[..]));
        for bit in 0..value.len() * 8 {
            let mut flipped = value.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(unseal(key, &flipped, "rows").is_err(), "bit {bit}");
        }
        for bit in 0..key.len() * 8 {
            let mut flipped = *key;
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(unseal(&flipped, &value, "rows").is_err(), "bit {bit}");
        }
        assert!(unseal(b"ke", &seal(b"ke", b"ycontent"), "rows").is_ok());
        let mut newer = value.clone();
        newer[0] = 9;
        let end = newer.len() - CRC;
        let crc = checksum(key, &newer[..end]).to_be_bytes();
        newer[end..].copy_from_slice(&crc);
        let read = unseal(key, &newer, "rows");
        assert!(matches!(read, Err(StoreError::Newer(9))));
        for short in 0..5 {
            assert!(unseal(key, &value[..short], "rows").is_err());
        }
    }
}
