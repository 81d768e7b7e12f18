//! Where this machine last saw each device key's chains end, outside every logbook: so a logbook
//! that was put back from an old copy is noticed before it writes.
//!
//! A file for each key, padded to one length and sealed to the logbook's own keys: without them it
//! tells nothing, not even how many entries there are.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::platform;
use crate::journal::DeviceKey;
use crate::keys::{KeyRing, Sealer};
use crate::store::Head;

/// Bytes of a file before sealing; a head takes some 80, and there are four streams.
const LENGTH: usize = 1024;
/// No file is longer than this many bytes.
const LONGEST: u64 = 4096;

/// The folder of this machine's heads; `None` where the system has no home.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heads(Option<PathBuf>);

/// What this machine knows of a device key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// It never wrote here.
    Never,
    /// It wrote here; what can no longer be read is left out.
    Wrote(Vec<Head>),
}

impl Heads {
    /// Takes the folder, which need not be there yet.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self(folder)
    }

    /// Tells whether this machine can remember anything.
    pub fn is_kept(&self) -> bool {
        self.0.is_some()
    }

    /// Reads what is known of a key of a ring.
    pub fn read(&self, device: &DeviceKey, ring: &KeyRing) -> Known {
        let Some(path) = self.path(device) else {
            return Known::Never;
        };
        match fs::metadata(&path) {
            Ok(file) if file.len() <= LONGEST => {
                let sealed = fs::read(&path).unwrap_or_default();
                let bytes = ring.unseal_bytes(&sealed);
                let heads = bytes.and_then(|bytes| Head::from_bytes(&bytes));
                Known::Wrote(heads.unwrap_or_default())
            }
            Ok(_) => Known::Wrote(Vec::new()),
            Err(_) => Known::Never,
        }
    }

    /// Writes where a key's chains end. Not synced: after a loss of power the file may lag behind.
    pub fn write(&self, device: &DeviceKey, sealer: &Sealer, heads: &[Head]) -> io::Result<()> {
        let (Some(folder), Some(path)) = (&self.0, self.path(device)) else {
            return Ok(());
        };
        platform::create_private_dir(folder)?;
        let mut bytes = Head::to_bytes(heads);
        bytes.resize(LENGTH, 0);
        let temporary = path.with_extension("new");
        remove(&temporary)?;
        let mut file = platform::open_private_new(&temporary)?;
        io::Write::write_all(&mut file, &sealer.seal(&bytes))?;
        drop(file);
        fs::rename(&temporary, &path)
    }

    fn path(&self, device: &DeviceKey) -> Option<PathBuf> {
        let id = device.device().0;
        let name: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
        Some(self.0.as_deref()?.join(name))
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{EntityId, EntityKind, EntryHash, Stamp};
    use crate::journal::{Signer, Stream};

    fn head(stream: Stream, seq: u64) -> Head {
        Head {
            stream,
            seq,
            hash: EntryHash([7; 32]),
            at: Stamp(1_795_000_000_000),
            entity: EntityId {
                kind: EntityKind::Visit,
                id: [3; 16],
            },
        }
    }

    #[test]
    fn heads_are_read_back_and_say_nothing_without_the_keys() {
        let home = tempfile::tempdir().expect("a temporary folder");
        let heads = Heads::new(Some(home.path().join("heads")));
        let (ring, _) = KeyRing::create(&mut |bytes| bytes.fill(1));
        let (other, _) = KeyRing::create(&mut |bytes| bytes.fill(1));
        let device = Signer::from_seed(&[1; 32]).public();
        assert_eq!(heads.read(&device, &ring), Known::Never);
        let mut lengths = Vec::new();
        for count in 0..=Stream::ALL.len() {
            let some: Vec<Head> = Stream::ALL
                .into_iter()
                .take(count)
                .map(|stream| head(stream, 1 << (12 * count)))
                .collect();
            heads
                .write(&device, &ring.sealer(), &some)
                .expect("is written");
            assert_eq!(heads.read(&device, &ring), Known::Wrote(some));
            let path = heads.path(&device).expect("a path");
            let sealed = fs::read(path).expect("is there");
            // The seal itself is longer or shorter by chance.
            lengths.push(ring.unseal_bytes(&sealed).expect("opens").len());
        }
        assert_eq!(lengths, [LENGTH; 5], "the length tells nothing");
        assert_eq!(heads.read(&device, &other), Known::Wrote(Vec::new()));
        let names = fs::read_dir(home.path().join("heads")).expect("is there");
        assert_eq!(names.count(), 1);
    }

    #[test]
    fn a_machine_without_a_home_remembers_nothing() {
        let (ring, _) = KeyRing::create(&mut |bytes| bytes.fill(1));
        let device = Signer::from_seed(&[1; 32]).public();
        let heads = Heads::new(None);
        heads
            .write(&device, &ring.sealer(), &[])
            .expect("nothing to do");
        assert_eq!(heads.read(&device, &ring), Known::Never);
    }
}
