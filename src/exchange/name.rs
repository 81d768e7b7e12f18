//! Names of bundles: ASCII, in the order of writing, and saying what the content must hash to.

use crate::domain::LogbookId;
use crate::journal::DeviceId;

/// The name of a bundle in its sender's folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BundleName {
    pub number: u64,
    /// Digest of those it is sealed to.
    pub readers: [u8; 8],
    /// The first half of the hash of its bytes.
    pub hash: [u8; 16],
}

const NUMBER: usize = 10;
/// The highest running number that a name has room for.
const HIGHEST: u64 = 9_999_999_999;

impl BundleName {
    /// Names bytes; `readers` are the recipients as `age` writes them.
    pub fn new(number: u64, readers: &[String], bytes: &[u8]) -> Self {
        let mut readers = readers.to_vec();
        readers.sort_unstable();
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"bacung readers v1\0");
        for reader in &readers {
            hasher.update(reader.as_bytes());
            hasher.update(b"\n");
        }
        Self {
            number: number.min(HIGHEST),
            readers: first(hasher.finalize().as_bytes()),
            hash: first(blake3::hash(bytes).as_bytes()),
        }
    }

    /// Writes it.
    pub fn as_text(&self) -> String {
        let (readers, hash) = (hex(&self.readers), hex(&self.hash));
        format!("{:0NUMBER$}-{readers}-{hash}", self.number)
    }

    /// Reads a name; `None` for anything that this program would not write.
    pub fn parse(name: &str) -> Option<Self> {
        let mut parts = name.split('-');
        let (number, readers, hash) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = number.len() == NUMBER && number.bytes().all(|b| b.is_ascii_digit());
        if !digits || parts.next().is_some() {
            return None;
        }
        Some(Self {
            number: number.parse().ok()?,
            readers: unhex(readers)?,
            hash: unhex(hash)?,
        })
    }

    /// Returns whether these are the bytes that the name speaks of.
    pub fn is_of(&self, bytes: &[u8]) -> bool {
        self.hash == first::<16>(blake3::hash(bytes).as_bytes())
    }
}

/// Returns the folder of a logbook at a target.
pub fn logbook_folder(logbook: LogbookId) -> String {
    hex(&logbook.0)
}

/// Returns the folder of a sender.
pub fn sender_folder(device: DeviceId) -> String {
    hex(&device.0)
}

/// Reads the folder of a sender.
pub fn sender(folder: &str) -> Option<DeviceId> {
    unhex(folder).map(DeviceId)
}

fn first<const N: usize>(bytes: &[u8; 32]) -> [u8; N] {
    let mut first = [0; N];
    first.copy_from_slice(&bytes[..N]);
    first
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads lower-case hexadecimal digits of exactly that many bytes.
fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let plain = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    if text.len() != 2 * N || !text.bytes().all(plain) {
        return None;
    }
    let mut bytes = [0; N];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_sort_by_number_and_read_back() {
        let readers = ["age1b".to_owned(), "age1a".to_owned()];
        let one = BundleName::new(9, &readers, b"x");
        let two = BundleName::new(10, &readers, b"x");
        assert!(one.as_text() < two.as_text());
        assert_eq!(BundleName::parse(&one.as_text()), Some(one.clone()));
        assert!(one.is_of(b"x") && !one.is_of(b"y"));
        let turned = ["age1a".to_owned(), "age1b".to_owned()];
        assert_eq!(BundleName::new(9, &turned, b"x"), one);
    }

    #[test]
    fn names_that_walk_or_hide_are_no_names() {
        let good = BundleName::new(1, &[], b"x").as_text();
        for bad in ["", "..", "../x", "/etc/passwd", ".tmp", "1-2-3", "a/b"] {
            assert_eq!(BundleName::parse(bad), None);
        }
        for bad in [
            format!("../{good}"),
            format!("{good}/"),
            good.to_uppercase(),
            format!("{good}\0"),
            format!("+{}", &good[1..]),
        ] {
            assert!(BundleName::parse(&bad).is_none() || bad == good, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_name_that_writes_itself_or_none(text in ".{0,80}") {
            if let Some(name) = BundleName::parse(&text) {
                prop_assert_eq!(name.as_text(), text);
            }
        }
    }
}
