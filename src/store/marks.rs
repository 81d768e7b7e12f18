//! The view of marks: how far each device said it has a chain, and where one was cut off. Never
//! says whether a mark is true; a receipt is held against the chain when it is asked for.

use std::collections::BTreeMap;

use minicbor::bytes::ByteArray;

use super::bytes::{decode, encode};
use super::error::StoreError;
use super::linked::Group;
use super::tables::{Draft, Read, Tab, after};
use crate::domain::{EntityKind, EntryHash};
use crate::journal::{Act, DeviceId, EntryView, Mark, Stream};
use crate::keys::Roster;

const RECEIPTS: Group<'static> = Group {
    tab: Tab::Marks,
    prefix: b"r",
};
const CUTS: Group<'static> = Group {
    tab: Tab::Marks,
    prefix: b"c",
};

#[derive(minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
struct MarkBytes {
    #[n(0)]
    seq: u64,
    #[n(1)]
    hash: ByteArray<32>,
}

/// Begins the view.
pub(super) fn begin(draft: &mut Draft<'_>) -> Result<(), StoreError> {
    RECEIPTS.begin(draft)?;
    CUTS.begin(draft)
}

fn key(group: Group<'_>, device: DeviceId, stream: Stream) -> Vec<u8> {
    let mut key = group.prefix.to_vec();
    key.extend_from_slice(&device.0);
    key.push(stream.number());
    key
}

/// Takes the entries of marks out of a batch and notes them: a cut as a keeper's or as that of its device.
pub(super) fn note(
    draft: &mut Draft<'_>,
    view: &EntryView,
    is_keepers: impl FnOnce() -> bool,
) -> Result<(), StoreError> {
    let header = &view.header;
    if header.entity.kind != EntityKind::Device {
        return Ok(());
    }
    let about = DeviceId(header.entity.id);
    match &view.act {
        Some(Act::Receipt(mark)) => {
            let mut key = key(RECEIPTS, about, header.stream);
            key.extend_from_slice(&header.device.0);
            let before = RECEIPTS.get(draft, &key)?.map(|bytes| read(&bytes));
            match before.transpose()? {
                Some(before) if before.seq >= mark.seq => Ok(()),
                Some(_) | None => RECEIPTS.put(draft, &key, bytes(*mark)),
            }
        }
        Some(Act::Cut(mark)) => {
            let mut key = key(CUTS, about, header.stream);
            if !is_keepers() {
                key.extend_from_slice(&header.device.0);
            }
            let before = CUTS.get(draft, &key)?.map(|bytes| read(&bytes));
            match before.transpose()? {
                Some(before) if before.seq <= mark.seq => Ok(()),
                Some(_) | None => CUTS.put(draft, &key, bytes(*mark)),
            }
        }
        Some(Act::Save(_) | Act::Withdraw(_) | Act::Send | Act::Undo(_) | Act::Shown) | None => {
            Ok(())
        }
    }
}

fn bytes(mark: Mark) -> Vec<u8> {
    encode(&MarkBytes {
        seq: mark.seq,
        hash: mark.hash.0.into(),
    })
}

fn read(content: &[u8]) -> Result<Mark, StoreError> {
    let MarkBytes { seq, hash } = decode(content, "marks")?;
    Ok(Mark {
        seq,
        hash: EntryHash(hash.into()),
    })
}

/// Returns who said how far they have a chain.
pub(super) fn receipts(
    read_from: &impl Read,
    device: DeviceId,
    stream: Stream,
) -> Result<Vec<(DeviceId, Mark)>, StoreError> {
    let prefix = key(RECEIPTS, device, stream);
    let found = RECEIPTS.range(read_from, &prefix, &after(&prefix))?;
    let one = |(key, content): (Vec<u8>, Vec<u8>)| {
        let by = key.last_chunk::<16>().ok_or(StoreError::Damaged("marks"))?;
        Ok((DeviceId(*by), read(&content)?))
    };
    found.into_iter().map(one).collect()
}

/// Where chains were cut.
pub type Cuts = BTreeMap<(DeviceId, Stream), Mark>;

/// Returns every cut that counts: a keeper's, the lowest of several. A stream that no keeper cut is cut, where the
/// device is shut out, by the lowest of those who receive it and are not shut out themselves.
pub(super) fn cuts(read_from: &impl Read, roster: &Roster) -> Result<Cuts, StoreError> {
    let damaged = || StoreError::Damaged("marks");
    let (mut kept, mut others) = (Cuts::new(), Cuts::new());
    for (key, content) in CUTS.all(read_from)? {
        let (device, rest) = key[1..].split_first_chunk::<16>().ok_or_else(damaged)?;
        let (stream, by) = rest.split_first().ok_or_else(damaged)?;
        let (device, stream) = (DeviceId(*device), Stream::from_number(*stream));
        let mark = read(&content)?;
        if by.is_empty() {
            kept.insert((device, stream), mark);
            continue;
        }
        let by = DeviceId(by.try_into().map_err(|_| damaged())?);
        let is_out = roster.seat(device).is_some_and(|seat| seat.revoked);
        let receives = roster.seat(by).is_some_and(|seat| seat.reads(stream));
        if is_out && receives && by != device {
            let lowest = others.entry((device, stream)).or_insert(mark);
            if mark.seq < lowest.seq {
                *lowest = mark;
            }
        }
    }
    others.extend(kept);
    Ok(others)
}
