//! A smaller file under a new data key, in steps that leave the old file or the new one whole.
//!
//! Freed pages keep what was written in them, so the key that opens them is given up too. Both keys
//! lie in the key files from before the new file takes its place until after: whatever is there
//! opens.

use std::ops::ControlFlow;
use std::sync::Arc;

use ed25519_dalek::SigningKey;

use super::logbook::{self, Logbook};
use super::vault::Vault;
use super::{Folder, chance, device};
use crate::journal::Signer;
use crate::keys::{KeyFiles, KeyFilesError, KeyRing, Passphrase, Work};
use crate::store::pages::Pages;
use crate::store::{CopyError, Progress, Store, StoreError, Tell};

/// Why the file was not made smaller; it is as it was.
#[derive(Debug, thiserror::Error)]
pub enum CompactError {
    #[error(transparent)]
    Copy(#[from] CopyError),
    #[error(transparent)]
    Keys(#[from] KeyFilesError),
}

/// The keys at hand, and what seals them.
pub struct Keys<'a> {
    /// Freshly opened with the passphrase.
    pub ring: KeyRing,
    pub passphrase: &'a Passphrase,
    pub work: Work,
}

/// The logbook under its new key.
pub struct Compacted {
    pub store: Store,
    pub ring: KeyRing,
}

impl Compacted {
    /// Goes on with it as the open logbook.
    pub fn into_logbook(self, folder: &Folder) -> Logbook {
        let Self { mut store, ring } = self;
        device::remember(&mut store, &ring, folder.heads());
        Logbook {
            store,
            ring: Arc::new(ring),
            folder: folder.clone(),
            ids: chance::ids(),
            lost: None,
        }
    }
}

/// Makes the new file, checks it, and puts it in the old one's place. `source` stays open over all
/// of it, so that nobody else writes; it is of no use afterwards.
pub fn compact<V: Vault>(
    vault: &V,
    folder: &Folder,
    source: &Store,
    keys: Keys<'_>,
    entropy: &mut dyn FnMut(&mut [u8]),
    tell: &mut Tell<'_>,
) -> Result<Compacted, CompactError> {
    let Keys {
        mut ring,
        passphrase,
        work,
    } = keys;
    let new = folder.logbook_new();
    let writes = source.device().to_bytes();
    let same = |key: &SigningKey| key.verifying_key().to_bytes() == writes;
    ring.use_device(ring.devices().iter().position(same).unwrap_or(0));
    ring.renew_data(entropy);
    let made = make(vault, folder, source, &ring, tell).map_err(CompactError::from);
    let files = KeyFiles::new(vault, folder.path());
    let placed = made.and_then(|store| {
        files.write(&ring, passphrase, None, work)?;
        // From here on either file opens.
        let renamed = vault.rename(&new, &folder.logbook());
        renamed.map_err(|error| CopyError::from(StoreError::from(error)))?;
        Ok(store)
    });
    let store = match placed {
        Ok(store) => store,
        Err(error) => {
            // What stays is removed when the logbook is opened the next time.
            let _ = vault.remove(&new);
            return Err(error);
        }
    };
    // Before the name is durable the old key is not given up; the next opening finishes this.
    if vault.sync_dir(folder.path()).is_ok() {
        ring.drop_previous();
        let _ = files.write(&ring, passphrase, None, work);
    }
    Ok(Compacted { store, ring })
}

fn make<V: Vault>(
    vault: &V,
    folder: &Folder,
    source: &Store,
    ring: &KeyRing,
    tell: &mut Tell<'_>,
) -> Result<Store, CopyError> {
    let new = folder.logbook_new();
    let io = |error: std::io::Error| StoreError::from(error);
    let signer = || -> Signer { logbook::signer(ring) };
    let pages = Pages::new(vault.create(&new).map_err(io)?, ring.data());
    source.copy_into(pages, signer(), &mut |p| tell(half(p, 0)))?;
    let pages = Pages::new(vault.open(&new).map_err(io)?, ring.data());
    let mut copy = Store::open(pages, signer())?;
    copy.check_copy_of(source, &mut |p| tell(half(p, p.total)))?;
    match tell(Progress { done: 1, total: 1 }) {
        ControlFlow::Continue(()) => Ok(copy),
        ControlFlow::Break(()) => Err(CopyError::Stopped),
    }
}

/// Copying and checking count the same steps, one after the other.
fn half(progress: Progress, before: u64) -> Progress {
    Progress {
        done: before + progress.done,
        total: 2 * progress.total,
    }
}
