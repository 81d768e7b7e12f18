//! Records as numbered fields of raw bytes: what an edit changes, what a release does not know is
//! kept. Never gives meaning to a value.

use std::collections::BTreeMap;
use std::fmt;

use super::cbor::{self, Malformed};

/// The bytes of one well-formed value.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RawCbor(Box<[u8]>);

/// The value that says that a field was taken out.
const NULL: u8 = 0xf6;
/// The most fields of a record.
const MAX_FIELDS: u64 = 1000;

impl RawCbor {
    /// Returns the value of a field that was taken out.
    pub fn null() -> Self {
        Self(Box::new([NULL]))
    }

    /// Returns whether the field was taken out.
    pub fn is_null(&self) -> bool {
        *self.0 == [NULL]
    }

    /// Returns the value's bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Shows the length only: a value may be a citizen's name.
impl fmt::Debug for RawCbor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

/// A record, or a change to one, by field number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldMap(BTreeMap<u32, RawCbor>);

impl FieldMap {
    /// Reads a map of ascending field numbers to values.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Malformed> {
        let (5, count, mut rest) = cbor::head(bytes)? else {
            return Err(Malformed);
        };
        if count > MAX_FIELDS {
            return Err(Malformed);
        }
        let mut fields = BTreeMap::new();
        for _ in 0..count {
            let (0, number, after) = cbor::head(rest)? else {
                return Err(Malformed);
            };
            let number = u32::try_from(number).map_err(|_| Malformed)?;
            if fields
                .last_key_value()
                .is_some_and(|(&last, _)| last >= number)
            {
                return Err(Malformed);
            }
            let (value, after) = cbor::split_value(after)?;
            fields.insert(number, RawCbor(value.into()));
            rest = after;
        }
        if rest.is_empty() {
            Ok(Self(fields))
        } else {
            Err(Malformed)
        }
    }

    /// Returns the bytes of the map.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut encoder = minicbor::Encoder::new(Vec::new());
        encoder
            .map(self.0.len() as u64)
            .expect("a Vec takes every write");
        for (number, value) in &self.0 {
            encoder.u32(*number).expect("a Vec takes every write");
            encoder.writer_mut().extend_from_slice(&value.0);
        }
        encoder.into_writer()
    }

    /// Returns the value of a field.
    pub fn get(&self, number: u32) -> Option<&RawCbor> {
        self.0.get(&number)
    }

    /// Returns the fields in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &RawCbor)> {
        self.0.iter().map(|(&number, value)| (number, value))
    }

    /// Returns whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(u32, RawCbor)> for FieldMap {
    fn from_iter<I: IntoIterator<Item = (u32, RawCbor)>>(fields: I) -> Self {
        Self(fields.into_iter().collect())
    }
}

/// Returns what an edit changed: new values, null for what it took out.
///
/// Fields named in `settle` are in it even where they did not change: the person saw their
/// conflict and decided. Both maps must come from the same release's reading of the record, so
/// that what it cannot read is in neither and stays as it was.
pub fn diff(old: &FieldMap, new: &FieldMap, settle: &[u32]) -> FieldMap {
    let numbers = old.0.keys().chain(new.0.keys()).chain(settle);
    let changed = numbers.filter(|&n| settle.contains(n) || old.0.get(n) != new.0.get(n));
    let value = |n: &u32| new.0.get(n).cloned().unwrap_or_else(RawCbor::null);
    changed.map(|n| (*n, value(n))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes_are_one_map_or_none(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
            if let Ok(map) = FieldMap::from_bytes(&bytes) {
                prop_assert_eq!(map.to_bytes(), bytes);
            }
        }
    }

    #[test]
    fn a_field_stands_once_and_in_order() {
        assert!(FieldMap::from_bytes(&[0xa2, 1, 1, 2, 1]).is_ok());
        assert!(FieldMap::from_bytes(&[0xa2, 2, 1, 1, 1]).is_err());
        assert!(FieldMap::from_bytes(&[0xa2, 1, 1, 1, 1]).is_err());
        assert!(FieldMap::from_bytes(&[0xa1, 1, 0xff]).is_err());
    }
}
