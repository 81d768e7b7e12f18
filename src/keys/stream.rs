//! Sealing what is longer than a key: to a ring's exchange identity, in a stream of checked chunks.
//! Knows no folder and no format.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::iter;

use age::stream::{StreamReader, StreamWriter};
use age::{Decryptor, Encryptor, x25519};

use super::ring::KeyRing;
use super::roster::Reader;

/// Seals to one ring; holds nothing secret.
pub struct Sealer(pub(super) x25519::Recipient);

/// Takes what is to be sealed, and passes the sealed bytes on.
pub struct SealedWriter<W: Write>(StreamWriter<W>);

/// Gives what was sealed; a chunk that was changed, moved or cut off is an error.
pub struct SealedReader<R: Read>(StreamReader<BufReader<R>>);

impl Sealer {
    /// Begins a sealed stream.
    pub fn begin<W: Write>(&self, out: W) -> io::Result<SealedWriter<W>> {
        let recipient: &dyn age::Recipient = &self.0;
        let encryptor = Encryptor::with_recipients(iter::once(recipient))
            .expect("one recipient is given and agrees with itself");
        encryptor.wrap_output(out).map(SealedWriter)
    }

    /// Seals a few bytes.
    pub fn seal(&self, bytes: &[u8]) -> Vec<u8> {
        let sealed = self.begin(Vec::new()).and_then(|mut writer| {
            writer.write_all(bytes)?;
            writer.finish()
        });
        sealed.expect("memory takes every byte")
    }
}

/// Seals to several readers; `None` where there is none.
pub fn seal_to(readers: &[Reader], bytes: &[u8]) -> Option<Vec<u8>> {
    let recipients = readers
        .iter()
        .map(|reader| &reader.0 as &dyn age::Recipient);
    let encryptor = Encryptor::with_recipients(recipients).ok()?;
    let sealed = encryptor.wrap_output(Vec::new()).and_then(|mut writer| {
        writer.write_all(bytes)?;
        writer.finish()
    });
    Some(sealed.expect("memory takes every byte"))
}

impl<W: Write> SealedWriter<W> {
    /// Ends the stream; without this it counts as cut short.
    pub fn finish(self) -> io::Result<W> {
        self.0.finish()
    }
}

impl<W: Write> Write for SealedWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl<R: Read> Read for SealedReader<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.0.read(out)
    }
}

impl KeyRing {
    /// Opens a stream that was sealed to this ring; one that was sealed to others is `NotFound`, damage
    /// is `InvalidData`.
    pub fn unseal<R: Read>(&self, sealed: R) -> io::Result<SealedReader<R>> {
        let mut input = BufReader::new(sealed);
        // age looks for text armour where this is not known to be a file of its own.
        if !input.fill_buf()?.starts_with(b"age-encryption.org/v1\n") {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let identity: &dyn age::Identity = self.exchange();
        let opened = Decryptor::new_buffered(input)
            .and_then(|decryptor| decryptor.decrypt(iter::once(identity)));
        match opened {
            Ok(reader) => Ok(SealedReader(reader)),
            Err(age::DecryptError::Io(error)) => Err(error),
            Err(age::DecryptError::NoMatchingKeys) => Err(io::ErrorKind::NotFound.into()),
            Err(error) => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                error.to_string(),
            )),
        }
    }

    /// Opens a few bytes that were sealed to this ring.
    pub fn unseal_bytes(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.unseal(sealed).ok()?.read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_its_ring_only_and_no_flipped_or_cut_bytes() {
        let (ring, _) = KeyRing::create(&mut |bytes| bytes.fill(3));
        let (other, _) = KeyRing::create(&mut |bytes| bytes.fill(3));
        let bytes: Vec<u8> = (0..200_000_u32).map(|n| n as u8).collect();
        let sealed = ring.sealer().seal(&bytes);
        assert_eq!(ring.unseal_bytes(&sealed).as_deref(), Some(&bytes[..]));
        assert!(other.unseal_bytes(&sealed).is_none());
        for at in (0..sealed.len()).step_by(4999) {
            let mut flipped = sealed.clone();
            flipped[at] ^= 1;
            assert!(ring.unseal_bytes(&flipped).is_none(), "byte {at}");
            assert!(ring.unseal_bytes(&sealed[..at]).is_none(), "{at} bytes");
        }
    }
}
