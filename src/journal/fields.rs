//! Records as numbered fields of raw bytes: what an edit changes, what a release does not know is
//! kept. Never gives meaning to a value.

use std::fmt;
use std::sync::Arc;

use super::cbor::{self, Malformed};

/// The bytes of one well-formed value; copies share them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RawCbor(Arc<[u8]>);

/// The value that says that a field was taken out.
const NULL: u8 = 0xf6;
/// The most fields of a record.
const MAX_FIELDS: u64 = 1000;

impl RawCbor {
    /// Returns the value of a field that was taken out.
    pub fn null() -> Self {
        Self(Arc::new([NULL]))
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
pub struct FieldMap(Vec<(u32, RawCbor)>);

impl FieldMap {
    /// Reads a map of ascending field numbers to values.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Malformed> {
        let (5, count, mut rest) = cbor::head(bytes)? else {
            return Err(Malformed);
        };
        if count > MAX_FIELDS {
            return Err(Malformed);
        }
        let mut fields = Vec::<(u32, RawCbor)>::new();
        for _ in 0..count {
            let (0, number, after) = cbor::head(rest)? else {
                return Err(Malformed);
            };
            let number = u32::try_from(number).map_err(|_| Malformed)?;
            if fields.last().is_some_and(|(last, _)| *last >= number) {
                return Err(Malformed);
            }
            let (value, after) = cbor::split_value(after)?;
            fields.push((number, RawCbor(value.into())));
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
        let at = self.0.binary_search_by_key(&number, |(number, _)| *number);
        at.ok()
            .and_then(|at| self.0.get(at))
            .map(|(_, value)| value)
    }

    /// Returns the fields in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &RawCbor)> {
        self.0.iter().map(|(number, value)| (*number, value))
    }

    /// Returns whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Of a field that comes more than once the last value stands.
impl FromIterator<(u32, RawCbor)> for FieldMap {
    fn from_iter<I: IntoIterator<Item = (u32, RawCbor)>>(fields: I) -> Self {
        let mut fields: Vec<_> = fields.into_iter().collect();
        if !fields.is_sorted_by(|(a, _), (b, _)| a < b) {
            fields.reverse();
            fields.sort_by_key(|(number, _)| *number);
            fields.dedup_by_key(|(number, _)| *number);
        }
        Self(fields)
    }
}

/// Returns what an edit changed: new values, null for what it took out.
///
/// Fields named in `settle` are in it even where they did not change: the person saw their
/// conflict and decided. Both maps must come from the same release's reading of the record, so
/// that what it cannot read is in neither and stays as it was.
pub fn diff(old: &FieldMap, new: &FieldMap, settle: &[u32]) -> FieldMap {
    let numbers = old.iter().chain(new.iter()).map(|(number, _)| number);
    let numbers = numbers.chain(settle.iter().copied());
    let changed = numbers.filter(|n| settle.contains(n) || old.get(*n) != new.get(*n));
    let value = |n: u32| new.get(n).cloned().unwrap_or_else(RawCbor::null);
    changed.map(|n| (n, value(n))).collect()
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
