//! What is to be laid down: for each reader, what it lacks of the chains that are this device's to give.
//! Never seals anything.

use std::collections::BTreeMap;

use crate::journal::{DeviceId, Stream};
use crate::keys::{Reader as Recipient, Roster};
use crate::store::{ChainEnd, Reader, Receipts, Sent, Span, StoreError};

/// Stream and readers, and what they lack of which chains.
type Lacks = BTreeMap<(Stream, Vec<DeviceId>), Vec<(DeviceId, u64, u64)>>;

/// Returns how far a reader has said that it has a chain; its own it has whole.
pub(super) fn has(receipts: &Receipts, device: DeviceId, stream: Stream, reader: DeviceId) -> u64 {
    if device == reader {
        return u64::MAX;
    }
    let of_chain = receipts.get(&(device, stream)).into_iter().flatten();
    let own = of_chain.filter(|(by, _)| *by == reader);
    own.map(|(_, seq)| *seq).max().unwrap_or(0)
}

/// What the same readers lack of some chains of a stream.
pub(super) struct Parcel {
    pub(super) stream: Stream,
    pub(super) readers: BTreeMap<DeviceId, Recipient>,
    /// Device, first and last entry.
    pub(super) chains: Vec<(DeviceId, u64, u64)>,
}

/// Returns what is to be laid down at a target; `there` is what lies there already.
pub(super) fn plan(
    reader: &Reader,
    own: DeviceId,
    there: &[Sent],
) -> Result<Vec<Parcel>, StoreError> {
    let roster = reader.roster()?;
    let receipts = reader.receipts()?;
    let ends = reader.chain_ends()?;
    let cuts = reader.cuts()?;
    let member = roster.seat(own).map(|seat| seat.member);
    let mut lacks = Lacks::new();
    let mut recipients = BTreeMap::new();
    for stream in Stream::ALL {
        let readers = roster.readers(stream, own);
        recipients.extend(readers.iter().cloned());
        for end in ends.iter().filter(|end| end.stream == stream) {
            let seat = roster.seat(end.device);
            // Who was shut out gives nothing any more; what lies before its cut is still to reach everybody.
            let is_left = seat.is_some_and(|seat| seat.revoked) && stands_in(&roster, own, stream);
            // What lies behind a cut nobody takes in.
            let cut = cuts.get(&(end.device, stream));
            let last = cut.map_or(end.mark.seq, |cut| cut.seq.min(end.mark.seq));
            let is_ours = member.is_some() && seat.map(|seat| seat.member) == member;
            let mut by_first = BTreeMap::<u64, Vec<DeviceId>>::new();
            for (device, _) in &readers {
                // A newcomer gets from a keeper what came before; after that, from those who write.
                let new = roster.is_keeper(own) && is_new(&receipts, stream, *device);
                if !(is_ours || is_left || new) {
                    continue;
                }
                let had = has(&receipts, end.device, stream, *device);
                let have = covered(there, end, *device, had);
                if have < last {
                    by_first.entry(have + 1).or_default().push(*device);
                }
            }
            for (first, devices) in by_first {
                let chain = (end.device, first, last);
                lacks.entry((stream, devices)).or_default().push(chain);
            }
        }
    }
    let parcel = |((stream, devices), chains): ((Stream, Vec<DeviceId>), Vec<_>)| {
        let reader = |device| Some((device, recipients.get(&device)?.clone()));
        Parcel {
            stream,
            readers: devices.into_iter().filter_map(reader).collect(),
            chains,
        }
    };
    Ok(lacks.into_iter().map(parcel).collect())
}

/// Returns whether this device gives the chains of those who were shut out: keepers do, where any receives the
/// stream, else all who receive it.
fn stands_in(roster: &Roster, own: DeviceId, stream: Stream) -> bool {
    let receives = |device| roster.seat(device).is_some_and(|seat| seat.reads(stream));
    let keepers = roster.seats().filter(|(_, seat)| seat.keeper);
    let kept = keepers.map(|(device, _)| device).any(receives);
    receives(own) && (roster.is_keeper(own) || !kept)
}

/// Returns how far bundles at the target bring a reader on, without a gap from what comes before.
fn covered(there: &[Sent], end: &ChainEnd, reader: DeviceId, had: u64) -> u64 {
    let for_reader = there.iter().filter(|sent| sent.readers.contains(&reader));
    let spans = for_reader.flat_map(|sent| &sent.spans);
    let of_chain = spans.filter(|span| span.device == end.device && span.stream == end.stream);
    let mut spans: Vec<&Span> = of_chain.collect();
    spans.sort_by_key(|span| span.first);
    let mut have = had;
    for span in spans {
        if span.first <= have.saturating_add(1) {
            have = have.max(span.last);
        }
    }
    have
}

/// Returns whether a device has acknowledged nothing of a stream yet.
fn is_new(receipts: &Receipts, stream: Stream, device: DeviceId) -> bool {
    let of_stream = receipts.iter().filter(|((_, of), _)| *of == stream);
    !of_stream
        .flat_map(|(_, given)| given)
        .any(|(by, _)| *by == device)
}
