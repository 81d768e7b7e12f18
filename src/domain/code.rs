//! Codes: the short ones that people read aloud, and those of the catalogue.

use super::EntityId;

/// A stable ASCII code of the catalogue (category, measure unit, kind, source of funds…).
///
/// A code that this release's catalogue does not know is kept and shown as it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(String);

/// Why a text is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    #[error("a code has 1 to 32 characters")]
    Length,
    #[error("a code has only a-z, 0-9, '_' and '-'")]
    Character,
}

impl Code {
    /// Checks that the text has 1 to 32 characters out of `a-z 0-9 _ -`.
    pub fn new(text: &str) -> Result<Self, CodeError> {
        if text.is_empty() || text.len() > 32 {
            return Err(CodeError::Length);
        }
        let allowed =
            |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-';
        if !text.bytes().all(allowed) {
            return Err(CodeError::Character);
        }
        Ok(Self(text.to_owned()))
    }

    /// Returns the code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What a person sees of an identifier: Crockford base 32 of a hash of it, 6 to 12 characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShortCode(String);

impl ShortCode {
    /// The fewest characters shown.
    pub const SHORTEST: usize = 6;
    /// The most characters there are (60 bits).
    pub const LONGEST: usize = 12;

    /// Returns the first `length` characters for a record, clamped to 6..=12.
    pub fn of(entity: EntityId, length: usize) -> Self {
        let bits = Self::bits(entity);
        let length = length.clamp(Self::SHORTEST, Self::LONGEST);
        let digit = |i: usize| CROCKFORD[(bits >> (59 - 5 * i) & 31) as usize];
        Self((0..length).map(|i| char::from(digit(i))).collect())
    }

    /// Returns the 64 bits that the characters are cut from, five at a time from the top.
    pub fn bits(entity: EntityId) -> u64 {
        let hash = blake3::hash(&entity.id);
        let mut first = [0; 8];
        first.copy_from_slice(&hash.as_bytes()[..8]);
        u64::from_be_bytes(first)
    }

    /// Returns the lowest and highest bits that begin with the typed prefix, or `None` where it is
    /// no code. Lower case is read as upper, `O` as 0, `I` and `L` as 1 (Crockford).
    pub fn range(typed: &str) -> Option<(u64, u64)> {
        let typed = typed.trim();
        if typed.is_empty() || typed.len() > Self::LONGEST {
            return None;
        }
        let mut bits = 0_u64;
        for character in typed.chars() {
            let character = match character.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let digit = CROCKFORD.iter().position(|&c| char::from(c) == character)?;
            bits = bits << 5 | digit as u64;
        }
        let rest = 64 - 5 * typed.len() as u32;
        let low = bits << rest;
        Some((low, low | (u64::MAX >> (5 * typed.len() as u32))))
    }

    /// Returns the code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::VisitId;

    #[test]
    fn a_code_lies_in_the_range_of_each_of_its_prefixes() {
        for n in 0..200_u8 {
            let entity = EntityId::from(VisitId([n; 16]));
            let full = ShortCode::of(entity, 12);
            for length in 1..=12 {
                let (low, high) = ShortCode::range(&full.as_str()[..length]).expect("a prefix");
                assert!((low..=high).contains(&ShortCode::bits(entity)));
            }
        }
    }

    #[test]
    fn letters_that_look_alike_are_read_alike() {
        assert_eq!(ShortCode::range("o1l"), ShortCode::range("011"));
        assert_eq!(ShortCode::range("U"), None);
        assert_eq!(ShortCode::range(""), None);
        assert_eq!(ShortCode::range("0000000000000"), None);
    }

    #[test]
    fn a_catalogue_code_is_short_plain_ascii() {
        assert!(Code::new("sua_nha-1").is_ok());
        assert_eq!(Code::new("Sửa"), Err(CodeError::Character));
        assert_eq!(Code::new(""), Err(CodeError::Length));
    }
}
