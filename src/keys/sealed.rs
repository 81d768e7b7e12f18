//! Sealing and opening a key ring's bytes with `age`. Knows no folder.

use std::io::Read;
use std::iter;

use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Encryptor, scrypt, x25519};
use zeroize::Zeroizing;

use super::Passphrase;
use super::ring::{KeyRing, RecoverySecret, RingError};

/// Every age file begins so.
const MAGIC: &[u8] = b"age-encryption.org/v1\n";
/// No ring is longer than this many bytes.
const LONGEST_RING: u64 = 64 * 1024;

/// The scrypt work factor: the passphrase costs 2^n rounds to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work(u8);

impl Work {
    /// What every logbook is sealed with: 2^16 rounds, 64 MiB.
    pub const STANDARD: Work = Work(16);
    /// The highest that is read, 256 MiB; a file that asks for more is refused.
    pub const HIGHEST: Work = Work(18);

    /// A factor so low that tests do not wait. Never for a logbook.
    pub const fn for_tests() -> Self {
        Work(2)
    }
}

/// Why a sealed key file does not open.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealedError {
    /// The passphrase or the recovery secret is another one. Damage to the one line that wraps
    /// the file's key looks the same: `age` cannot tell them apart.
    #[error("the passphrase or recovery secret does not open this file")]
    WrongSecret,
    /// It is an age file, and damaged or cut short.
    #[error("the key file is damaged")]
    Damaged,
    /// It does not begin like an age file.
    #[error("not an age file")]
    NotAnAgeFile,
    /// It asks for more scrypt work than [`Work::HIGHEST`].
    #[error("the key file asks for work factor {0}")]
    ExcessiveWork(u8),
    /// It opens, and a newer program wrote it.
    #[error("the key file has version {0}, which is newer than this program")]
    Newer(u32),
}

/// Seals a ring under a passphrase.
pub(super) fn seal(ring: &KeyRing, passphrase: &Passphrase, work: Work) -> Vec<u8> {
    let mut recipient = scrypt::Recipient::new(secret(passphrase));
    recipient.set_work_factor(work.0);
    seal_to(ring, &recipient)
}

/// Seals a ring to its recovery recipient.
pub(super) fn seal_for_recovery(ring: &KeyRing) -> Vec<u8> {
    seal_to(ring, ring.recovery())
}

/// Opens what [`seal`] made.
pub(super) fn open(file: &[u8], passphrase: &Passphrase) -> Result<KeyRing, SealedError> {
    let mut identity = scrypt::Identity::new(secret(passphrase));
    identity.set_max_work_factor(Work::HIGHEST.0);
    open_with(file, &identity)
}

/// Opens what [`seal_for_recovery`] made.
pub(super) fn recover(file: &[u8], secret: &RecoverySecret) -> Result<KeyRing, SealedError> {
    let identity: &x25519::Identity = secret.identity();
    open_with(file, identity)
}

fn secret(passphrase: &Passphrase) -> SecretString {
    SecretString::from(passphrase.expose())
}

fn seal_to(ring: &KeyRing, recipient: &dyn age::Recipient) -> Vec<u8> {
    let encryptor = Encryptor::with_recipients(iter::once(recipient))
        .expect("one recipient is given and agrees with itself");
    let mut file = Vec::new();
    let mut writer = encryptor
        .wrap_output(&mut file)
        .expect("memory takes every byte");
    std::io::Write::write_all(&mut writer, &ring.to_bytes()).expect("memory takes every byte");
    writer.finish().expect("memory takes every byte");
    file
}

fn open_with(file: &[u8], identity: &dyn age::Identity) -> Result<KeyRing, SealedError> {
    if !file.starts_with(MAGIC) {
        return Err(SealedError::NotAnAgeFile);
    }
    let decryptor = Decryptor::new_buffered(file).map_err(|_| SealedError::Damaged)?;
    let reader = decryptor
        .decrypt(iter::once(identity))
        .map_err(|error| match error {
            DecryptError::DecryptionFailed
            | DecryptError::KeyDecryptionFailed
            | DecryptError::NoMatchingKeys => SealedError::WrongSecret,
            DecryptError::ExcessiveWork { required, .. } => SealedError::ExcessiveWork(required),
            // The rest, and what age may add: the file, not the secret, is at fault.
            _ => SealedError::Damaged,
        })?;
    let mut bytes = Zeroizing::new(Vec::with_capacity(4096));
    reader
        .take(LONGEST_RING)
        .read_to_end(&mut bytes)
        .map_err(|_| SealedError::Damaged)?;
    KeyRing::from_bytes(&bytes).map_err(|error| match error {
        RingError::Damaged => SealedError::Damaged,
        RingError::Newer(version) => SealedError::Newer(version),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::new(text).unwrap()
    }

    fn why(result: Result<KeyRing, SealedError>) -> SealedError {
        result.err().expect("it must not open")
    }

    #[test]
    fn each_secret_opens_its_file_and_no_other() {
        let (ring, paper) = KeyRing::create(&mut |bytes| bytes.fill(3));
        let file = seal(&ring, &passphrase("ba con trau"), Work::for_tests());
        let opened = open(&file, &passphrase("ba con trau")).unwrap();
        assert!(*opened.to_bytes() == *ring.to_bytes());
        let wrong = why(open(&file, &passphrase("ba con trau ")));
        assert_eq!(wrong, SealedError::WrongSecret);
        let file = seal_for_recovery(&ring);
        let opened = recover(&file, &paper).unwrap();
        assert!(*opened.to_bytes() == *ring.to_bytes());
        let (_, other) = KeyRing::create(&mut |bytes| bytes.fill(3));
        assert_eq!(why(recover(&file, &other)), SealedError::WrongSecret);
    }

    #[test]
    fn damage_at_any_byte_is_an_error_and_mostly_named() {
        let (ring, _) = KeyRing::create(&mut |bytes| bytes.fill(3));
        let file = seal(&ring, &passphrase("ba con trau"), Work::for_tests());
        let mut named = 0;
        for at in 0..file.len() {
            let mut flipped = file.clone();
            flipped[at] ^= 1;
            match why(open(&flipped, &passphrase("ba con trau"))) {
                SealedError::Damaged | SealedError::NotAnAgeFile => named += 1,
                SealedError::WrongSecret | SealedError::ExcessiveWork(_) => {}
                SealedError::Newer(_) => panic!("unauthenticated bytes were read"),
            }
        }
        assert!(named * 4 > file.len() * 3, "{named} of {}", file.len());
        for len in MAGIC.len()..file.len() {
            let cut = why(open(&file[..len], &passphrase("ba con trau")));
            assert_eq!(cut, SealedError::Damaged, "{len} bytes");
        }
        let other = why(open(b"PK\x03\x04", &passphrase("ba con trau")));
        assert_eq!(other, SealedError::NotAnAgeFile);
    }

    #[test]
    fn a_logbook_is_sealed_with_the_standard_work() {
        let (ring, _) = KeyRing::create(&mut |bytes| bytes.fill(3));
        let file = seal(&ring, &passphrase("ba con trau"), Work::STANDARD);
        assert!(file.windows(4).any(|bytes| bytes == b" 16\n"));
        assert!(open(&file, &passphrase("ba con trau")).is_ok());
    }

    #[test]
    fn a_file_that_asks_for_absurd_work_is_refused_at_once() {
        let (ring, _) = KeyRing::create(&mut |bytes| bytes.fill(3));
        let file = seal(&ring, &passphrase("ba con trau"), Work::for_tests());
        let end = file.windows(3).position(|bytes| bytes == b" 2\n").unwrap();
        let mut heavy = file[..end].to_vec();
        heavy.extend_from_slice(b" 40\n");
        heavy.extend_from_slice(&file[end + 3..]);
        let refused = why(open(&heavy, &passphrase("ba con trau")));
        assert_eq!(refused, SealedError::ExcessiveWork(40));
    }
}
