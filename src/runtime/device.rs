//! Which device key writes here: the one whose entries this machine knows, or a new one. Asks
//! nobody; a machine without a memory goes on with the key that is there.

use std::io;

use super::heads::{Heads, Known};
use super::{Clock, chance, logbook};
use crate::journal::{Ids, Signer, Stream};
use crate::keys::KeyRing;
use crate::store::{Head, Store, StoreError, WriteError};

/// What came of choosing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// A key of the ring goes on.
    GoesOn,
    /// A new key was taken into the ring, which is to be written before the key writes.
    New {
        /// The last entry of an earlier key that the file does not hold any more.
        lost: Option<Head>,
    },
}

/// Chooses among the keys of the ring, the newest first: one that wrote on this machine goes on if
/// the file holds all that it wrote. Where none does, the logbook was copied, moved or put back
/// from an old copy, and its keys may write elsewhere.
pub(super) fn choose(
    store: &mut Store,
    ring: &mut KeyRing,
    heads: &Heads,
) -> Result<Choice, StoreError> {
    if !heads.is_kept() {
        return Ok(Choice::GoesOn);
    }
    let mut lost = None;
    for at in (0..ring.devices().len()).rev() {
        let Some(key) = ring.devices().get(at) else {
            continue;
        };
        let device = Signer::from_seed(key.as_bytes()).public();
        let Known::Wrote(known) = heads.read(&device, ring) else {
            continue;
        };
        let missing = store.missing(device.device(), &known)?;
        if missing.is_empty() {
            ring.use_device(at);
            store.write_as(logbook::signer(ring));
            return Ok(Choice::GoesOn);
        }
        lost = lost.or(worth_naming(&missing));
    }
    let key = KeyRing::draw_device(&mut chance::entropy);
    let device = Signer::from_seed(key.as_bytes()).public();
    let noted = heads.write(&device, &ring.sealer(), &[]);
    if noted.is_err() && lost.is_none() {
        // A machine that cannot remember would get a new key at each opening.
        return Ok(Choice::GoesOn);
    }
    ring.add_device(key);
    Ok(Choice::New { lost })
}

/// Lets the key of the ring write: where the roster does not know it yet, one that it knows
/// vouches for it.
pub(super) fn admit(
    store: &mut Store,
    ring: &KeyRing,
    clock: &dyn Clock,
    ids: &mut dyn Ids,
) -> Result<(), WriteError> {
    let new = logbook::signer(ring);
    if store.knows(&new.public())? {
        store.write_as(new);
        return Ok(());
    }
    for key in ring.devices() {
        let old = Signer::from_seed(key.as_bytes());
        if store.knows(&old.public())? {
            return store.take_place(new, &old, logbook::moment(clock), ids);
        }
    }
    Err(StoreError::Damaged("the roster").into())
}

/// From now on each commit is remembered on this machine.
pub(super) fn remember(store: &mut Store, ring: &KeyRing, heads: &Heads) {
    let (device, sealer, heads) = (store.device(), ring.sealer(), heads.clone());
    let note = move |known: &[Head]| -> io::Result<()> { heads.write(&device, &sealer, known) };
    // What cannot be remembered is not lost: the file itself is ahead, which is fine.
    if let Ok(known) = store.heads() {
        let _ = note(&known);
    }
    store.watch(Box::new(move |known| {
        let _ = note(known);
    }));
}

/// Returns the entry that a person may know: of what all may read, if there is one.
fn worth_naming(missing: &[Head]) -> Option<Head> {
    let open = missing.iter().filter(|head| head.stream == Stream::Open);
    let last = open.max_by_key(|head| head.at);
    last.or(missing.iter().max_by_key(|head| head.at)).copied()
}
