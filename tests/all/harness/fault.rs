//! A disk in memory that fails when told, and the disks that a loss of power could leave behind.
//!
//! [`FaultBackend`] records what reached it; [`Recording::crash`] makes from that the image of
//! a disk at any cut: what was synced is there, what was not is torn or garbled.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;
use redb::StorageBackend;

/// One thing that reached the disk.
#[derive(Debug, Clone)]
enum Op {
    Write { at: usize, data: Vec<u8> },
    SetLen(usize),
    Sync,
}

#[derive(Debug, Default)]
struct Disk {
    live: Vec<u8>,
    base: Vec<u8>,
    log: Vec<Op>,
    fail_at: Option<usize>,
    syncs_frozen: bool,
    capacity: Option<usize>,
}

/// Stores in memory; clones are handles of the same disk, as if opened again after the process
/// that held the other one was killed.
#[derive(Debug, Clone, Default)]
pub struct FaultBackend(Arc<Mutex<Disk>>);

impl FaultBackend {
    /// Starts from the content of a disk.
    pub fn from_image(image: Vec<u8>) -> Self {
        let disk = Self::default();
        disk.disk().live = image;
        disk
    }

    /// The bytes that a reader sees now.
    pub fn image(&self) -> Vec<u8> {
        self.disk().live.clone()
    }

    /// Forgets what happened so far; the content now counts as synced.
    pub fn start_recording(&self) {
        let mut disk = self.disk();
        disk.base = disk.live.clone();
        disk.log.clear();
    }

    /// How many operations were recorded.
    pub fn recorded(&self) -> usize {
        self.disk().log.len()
    }

    /// Takes what was recorded since [`FaultBackend::start_recording`].
    pub fn recording(&self) -> Recording {
        let disk = self.disk();
        Recording {
            base: disk.base.clone(),
            log: disk.log.clone(),
        }
    }

    /// Lets every operation from the `n`-th recorded one on fail, as for a killed process.
    pub fn fail_at(&self, n: usize) {
        self.disk().fail_at = Some(n);
    }

    /// Lets operations succeed again, as for the next process.
    pub fn revive(&self) {
        self.disk().fail_at = None;
    }

    /// From now on syncs say they succeeded and do nothing.
    pub fn freeze_syncs(&self) {
        self.disk().syncs_frozen = true;
    }

    /// Bounds the bytes that the disk holds; what goes beyond is a full disk.
    pub fn set_capacity(&self, bytes: usize) {
        self.disk().capacity = Some(bytes);
    }

    fn disk(&self) -> MutexGuard<'_, Disk> {
        self.0
            .lock()
            .expect("no test panics while it holds the disk")
    }
}

impl Disk {
    fn push(&mut self, op: Op) -> io::Result<()> {
        if self.fail_at.is_some_and(|n| self.log.len() >= n) {
            return Err(io::Error::other("the disk was told to fail"));
        }
        let end = match &op {
            Op::Write { at, data } => at + data.len(),
            Op::SetLen(len) => *len,
            Op::Sync => 0,
        };
        if self.capacity.is_some_and(|capacity| end > capacity) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        apply(&mut self.live, &op);
        self.log.push(op);
        Ok(())
    }
}

impl StorageBackend for FaultBackend {
    fn len(&self) -> io::Result<u64> {
        Ok(self.disk().live.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let disk = self.disk();
        let start = offset as usize;
        let bytes = disk.live.get(start..start + out.len());
        out.copy_from_slice(bytes.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.disk().push(Op::SetLen(len as usize))
    }

    fn sync_data(&self) -> io::Result<()> {
        let mut disk = self.disk();
        if disk.syncs_frozen {
            return Ok(());
        }
        disk.push(Op::Sync)
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.disk().push(Op::Write {
            at: offset as usize,
            data: data.to_vec(),
        })
    }
}

/// What a loss of power does to a write that was not synced.
#[derive(Debug, Clone, Copy)]
pub enum Tear {
    /// A beginning of it arrives, in whole grains of this many bytes.
    Prefix(usize),
    /// Each aligned grain of this many bytes is new, old, or noise.
    Garble(usize),
}

impl Tear {
    /// Every model at every grain.
    pub const ALL: [Tear; 8] = [
        Tear::Prefix(1),
        Tear::Prefix(16),
        Tear::Prefix(512),
        Tear::Prefix(4096),
        Tear::Garble(1),
        Tear::Garble(16),
        Tear::Garble(512),
        Tear::Garble(4096),
    ];
}

/// What reached a disk, in order.
#[derive(Debug)]
pub struct Recording {
    base: Vec<u8>,
    log: Vec<Op>,
}

impl Recording {
    /// The operations after which the power can fail.
    pub fn len(&self) -> usize {
        self.log.len()
    }

    /// The disk after the power failed when `cut` operations had been issued.
    pub fn crash(&self, cut: usize, tear: Tear, chance: &mut ChaCha8Rng) -> Vec<u8> {
        let issued = &self.log[..cut];
        let synced = issued
            .iter()
            .rposition(|op| matches!(op, Op::Sync))
            .map_or(0, |at| at + 1);
        let mut image = self.base.clone();
        for op in &issued[..synced] {
            apply(&mut image, op);
        }
        // Lengths are the file system's own and arrive in order, if they arrive.
        let mut lengths_arrive = true;
        for op in &issued[synced..] {
            match op {
                Op::Write { at, data } => torn_write(&mut image, *at, data, tear, chance),
                Op::SetLen(_) => {
                    lengths_arrive &= below(chance, 2) == 0;
                    if lengths_arrive {
                        apply(&mut image, op);
                    }
                }
                Op::Sync => unreachable!("the last sync was taken off"),
            }
        }
        image
    }
}

fn apply(image: &mut Vec<u8>, op: &Op) {
    match op {
        Op::Write { at, data } => {
            if image.len() < at + data.len() {
                image.resize(at + data.len(), 0);
            }
            image[*at..at + data.len()].copy_from_slice(data);
        }
        Op::SetLen(len) => image.resize(*len, 0),
        Op::Sync => {}
    }
}

fn torn_write(image: &mut [u8], at: usize, data: &[u8], tear: Tear, chance: &mut ChaCha8Rng) {
    let end = (at + data.len()).min(image.len());
    let Some(place) = image.get_mut(at..end) else {
        return;
    };
    match tear {
        Tear::Prefix(grain) => {
            let grains = below(chance, data.len().div_ceil(grain) + 1);
            let kept = (grains * grain).min(place.len());
            place[..kept].copy_from_slice(&data[..kept]);
        }
        Tear::Garble(grain) => {
            for (old, new) in place.chunks_mut(grain).zip(data.chunks(grain)) {
                match below(chance, 4) {
                    0 => {}
                    1 => chance.fill_bytes(old),
                    _ => old.copy_from_slice(&new[..old.len()]),
                }
            }
        }
    }
}

/// A number below `limit`; the small bias of a remainder does not matter here.
fn below(chance: &mut ChaCha8Rng, limit: usize) -> usize {
    (chance.next_u64() % limit as u64) as usize
}
