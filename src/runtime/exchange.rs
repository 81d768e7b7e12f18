//! Exchanging on this machine: the disk behind a folder target, where a target is, the two small files.
//! Never says what a bundle holds.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use super::logbook::{self, Logbook};
use super::{Clock, platform};
use crate::app::{DeviceSeen, ExchangeSeen};
use crate::exchange::{
    Disk, DiskItem, Flow, FolderTarget, Report, Session, SyncError, Target, TargetError,
};
use crate::journal::Stream;
use crate::store::{ChainEnd, Reader, StoreError};

/// The file system of this machine.
#[derive(Clone, Copy, Debug)]
pub struct Stick;

impl Disk for Stick {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn list(&self, path: &Path) -> io::Result<Vec<DiskItem>> {
        let mut items = Vec::new();
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            // What is neither file nor folder (a link out of the stick) is not followed.
            let data = entry.metadata()?;
            if data.is_dir() || data.is_file() {
                items.push(DiskItem {
                    name,
                    size: data.len(),
                    is_folder: data.is_dir(),
                });
            }
        }
        Ok(items)
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > most {
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok(bytes)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        match platform::sync_dir(path) {
            // Some shares know no syncing of folders; the file itself is synced and read back.
            Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
            other => other,
        }
    }
}

/// Exchanges with a target: a folder, or a bucket of an object store.
pub fn sync(
    logbook: &mut Logbook,
    place: &str,
    clock: &dyn Clock,
    tell: &mut dyn FnMut(u64, u64) -> Flow,
) -> Result<Report, SyncError> {
    let identity = logbook.store.reader().identity()?;
    let mut target = target(place, identity.logbook)?;
    let report = crate::exchange::sync(
        &mut Session {
            store: &logbook.store,
            ring: &logbook.ring,
            moment: &|| logbook::moment(clock),
            ids: &mut logbook.ids,
            tell,
        },
        &mut *target,
    )?;
    logbook.store.note_exchange(clock.now(), place)?;
    Ok(report)
}

fn target(place: &str, logbook: crate::domain::LogbookId) -> Result<Box<dyn Target>, TargetError> {
    #[cfg(feature = "s3")]
    if place.starts_with("s3://") {
        return Ok(Box::new(super::bucket::Bucket::open(place, logbook)?));
    }
    if place.contains("://") {
        return Err(TargetError::Setup);
    }
    Ok(Box::new(FolderTarget::new(
        Stick,
        Path::new(place),
        logbook,
    )))
}

/// Writes one of the small files; one of that name stays as it is.
pub fn write_small(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = platform::open_private_new(path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written
}

/// Reads one of the small files.
pub fn read_small(path: &Path) -> io::Result<Vec<u8>> {
    Stick.read(path, crate::exchange::LONGEST_SMALL)
}

/// Reads what the screen of the copies shows.
pub fn seen(reader: &Reader) -> Result<ExchangeSeen, StoreError> {
    let (me, roster, ends) = (
        reader.identity()?.member,
        reader.roster()?,
        reader.chain_ends()?,
    );
    let mut devices = Vec::new();
    for (device, seat) in roster.seats().filter(|(_, seat)| seat.member != me) {
        if seat.recipient.is_empty() {
            continue;
        }
        let of_device = |end: &&ChainEnd| end.device == device && end.stream == Stream::Open;
        let held = ends.iter().find(of_device).map_or(0, |end| end.mark.seq);
        let last = reader.run(device, Stream::Open, held.max(1), (1, 1))?;
        devices.push(DeviceSeen {
            device: device.0,
            keeper: seat.keeper,
            name: seat.name.clone(),
            role: seat.role,
            held,
            last: last.last().map(|entry| entry.header().wall),
            revoked: seat.revoked,
        });
    }
    let mine = roster.seats().any(|(_, seat)| {
        let let_in = seat.keeper || !seat.recipient.is_empty();
        seat.member == me && let_in
    });
    Ok(ExchangeSeen {
        counts: reader.copy_counts()?,
        last: reader.last_exchange()?,
        devices,
        let_in: mine,
        keeper: roster
            .seats()
            .any(|(_, seat)| seat.member == me && seat.keeper),
    })
}
