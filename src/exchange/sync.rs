//! One exchange with a target: takes in what is new, acknowledges it, lays down what others lack.
//! Holds no transaction while it waits for the target; can be stopped after every bundle.

use std::collections::{BTreeMap, BTreeSet};

use super::bundle::{self, BundleError, MOST_BYTES};
use super::name::{self, BundleName, sender_folder};
use super::plan::{Parcel, has, plan};
use super::target::{Item, Target, TargetError};
use crate::domain::{LogbookId, Stamp};
use crate::journal::{DeviceId, Entry, Ids, Stream};
use crate::keys::{KeyRing, Reader as Recipient, Roster, reads};
use crate::store::{Met, Moment, Reader, Received, Sent, Span, Store, StoreError, WriteError};

/// Entries and bytes of a bundle, about.
const ROOM: (usize, usize) = (2000, 1 << 20);
/// What became of so many bundles is written down at once; after a power cut they are met again, which changes nothing.
const NOTES: usize = 256;

/// Whether to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    GoOn,
    /// After the bundle at hand.
    Stop,
}

/// Why an exchange broke off; what was taken in and laid down until then stays.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    #[error(transparent)]
    Target(#[from] TargetError),
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("stopped")]
    Stopped,
}

impl From<StoreError> for SyncError {
    fn from(error: StoreError) -> Self {
        Self::Write(error.into())
    }
}

/// What an exchange needs of its surroundings.
pub struct Session<'s> {
    pub store: &'s Store,
    pub ring: &'s KeyRing,
    pub moment: &'s dyn Fn() -> Moment,
    pub ids: &'s mut dyn Ids,
    /// Told how many bundles are done and how many there are as far as is known.
    pub tell: &'s mut dyn FnMut(u64, u64) -> Flow,
}

/// How far this device has another one's entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    pub device: DeviceId,
    pub name: String,
    /// The last entry held of its chains that this device may read, by stream.
    pub held: Vec<(Stream, u64)>,
    /// When it wrote the last of them, by its own clock.
    pub last: Option<Stamp>,
    pub waits: bool,
}

/// What an exchange did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub bundles_in: u64,
    pub entries_in: u64,
    pub bundles_out: u64,
    pub entries_out: u64,
    /// Entries whose body, and bundles whose content, could not be used.
    pub quarantined: u64,
    /// Bodies that were erased here, since a device of the unit says so.
    pub erased: u64,
    /// Bundles that are cut or still wait for something.
    pub waiting: u64,
    /// Bundles that hold a second branch of a chain.
    pub forks: u64,
    pub partners: Vec<Partner>,
}

/// Exchanges with a target.
pub fn sync(session: &mut Session<'_>, target: &mut dyn Target) -> Result<Report, SyncError> {
    let mut run = Run::new(session)?;
    run.announce()?;
    run.take_in(target)?;
    let now = (run.session.moment)();
    run.session.store.acknowledge(now, run.session.ids)?;
    run.give_out(target)?;
    run.finish()
}

/// A bundle of another device that was not met yet.
struct Found {
    sender: DeviceId,
    folder: String,
    item: Item,
    met: Option<Met>,
}

/// What became of a bundle.
enum Fate {
    Met(Met),
    /// It may be whole or make sense another time.
    Waits,
}

struct Run<'r, 's> {
    session: &'r mut Session<'s>,
    reader: Reader,
    own: DeviceId,
    logbook: LogbookId,
    report: Report,
    waiting: BTreeSet<DeviceId>,
    /// What became of bundles and is not written down yet.
    met: Vec<(DeviceId, String, Met)>,
    done: u64,
    total: u64,
}

impl<'r, 's> Run<'r, 's> {
    fn new(session: &'r mut Session<'s>) -> Result<Self, SyncError> {
        let reader = session.store.reader();
        Ok(Self {
            own: session.store.device().device(),
            logbook: reader.identity()?.logbook,
            reader,
            session,
            report: Report::default(),
            waiting: BTreeSet::new(),
            met: Vec::new(),
            done: 0,
            total: 0,
        })
    }

    fn step(&mut self) -> Result<(), SyncError> {
        self.done += 1;
        match (self.session.tell)(self.done, self.total.max(self.done)) {
            Flow::GoOn => Ok(()),
            Flow::Stop => Err(SyncError::Stopped),
        }
    }

    /// Says what bundles for this device are to be sealed to, where the roster says another thing.
    fn announce(&mut self) -> Result<(), SyncError> {
        let recipient = self.session.ring.exchange().to_public().to_string();
        let roster = self.reader.roster()?;
        let admitted = roster.seat(self.own).filter(|s| !s.recipient.is_empty());
        if admitted.is_some_and(|seat| seat.recipient != recipient) {
            let now = (self.session.moment)();
            let store = self.session.store;
            store.announce(recipient, now, self.session.ids)?;
        }
        Ok(())
    }

    fn take_in(&mut self, target: &mut dyn Target) -> Result<(), SyncError> {
        let place = target.place();
        let mut found = self.look(target, place)?;
        let done = self.take_all(target, &mut found);
        // Whatever stopped it: what was met until then was met.
        self.note_down(&[], place)?;
        done?;
        if let Some(last) = place.map(|_| met_up_to(&found)) {
            self.note_down(&last, place)?;
        }
        Ok(())
    }

    fn take_all(&mut self, target: &mut dyn Target, found: &mut [Found]) -> Result<(), SyncError> {
        self.total = found.iter().filter(|found| found.met.is_none()).count() as u64;
        loop {
            let mut progress = false;
            let mut waiting = 0;
            for bundle in found.iter_mut().filter(|found| found.met.is_none()) {
                let before = self.report.entries_in;
                match self.one(target, bundle)? {
                    Fate::Met(met) => {
                        bundle.met = Some(met);
                        self.met
                            .push((bundle.sender, bundle.item.name.clone(), met));
                        if self.met.len() >= NOTES {
                            self.note_down(&[], None)?;
                        }
                        self.step()?;
                    }
                    Fate::Waits => waiting += 1,
                }
                progress |= self.report.entries_in > before;
            }
            self.report.waiting = waiting;
            // What came may be what another one waited for.
            if waiting == 0 || !progress {
                return Ok(());
            }
        }
    }

    /// Writes down what became of bundles, and up to where all of a sender's were met.
    fn note_down(
        &mut self,
        last: &[(DeviceId, String)],
        place: Option<[u8; 16]>,
    ) -> Result<(), SyncError> {
        if self.met.is_empty() && last.is_empty() {
            return Ok(());
        }
        let met = std::mem::take(&mut self.met);
        let place = place.unwrap_or_default();
        Ok(self.session.store.note_met(&met, (&place, last))?)
    }

    /// Lists what was not met yet.
    fn look(
        &mut self,
        target: &mut dyn Target,
        place: Option<[u8; 16]>,
    ) -> Result<Vec<Found>, SyncError> {
        let mut found = Vec::new();
        let mut senders = target.senders()?;
        senders.sort_unstable();
        for folder in senders {
            // A name that is no device's was not written by this program.
            let Some(sender) = name::sender(&folder).filter(|sender| *sender != self.own) else {
                continue;
            };
            let last = match place {
                Some(place) => self.reader.last_met(&place, sender)?,
                None => None,
            };
            for item in target.list(&folder, last.as_deref())? {
                if BundleName::parse(&item.name).is_some() {
                    let folder = folder.clone();
                    found.push(Found {
                        met: self.reader.met(sender, &item.name)?,
                        sender,
                        folder,
                        item,
                    });
                }
            }
        }
        Ok(found)
    }

    /// Reads a bundle and takes it in.
    fn one(&mut self, target: &mut dyn Target, found: &Found) -> Result<Fate, SyncError> {
        if found.item.size > MOST_BYTES {
            self.report.quarantined += 1;
            return Ok(Fate::Met(Met::Refused));
        }
        let bytes = match target.read(&found.folder, &found.item.name, MOST_BYTES) {
            Ok(bytes) => bytes,
            // A stick with a bad block: the others are still wanted.
            Err(TargetError::Io(_) | TargetError::Missing) => return Ok(Fate::Waits),
            Err(error) => return Err(error.into()),
        };
        let whole = BundleName::parse(&found.item.name).is_some_and(|name| name.is_of(&bytes));
        if !whole {
            return Ok(Fate::Waits);
        }
        let bundle = match bundle::open(&bytes, self.session.ring) {
            Ok(bundle) if bundle.logbook == self.logbook => bundle,
            Ok(_) | Err(BundleError::NotForUs) => return Ok(Fate::Met(Met::NotForUs)),
            // Another release may read it.
            Err(BundleError::Newer(_)) => return Ok(Fate::Waits),
            Err(BundleError::Damaged | BundleError::Malformed | BundleError::TooLarge) => {
                self.report.quarantined += 1;
                return Ok(Fate::Met(Met::Refused));
            }
        };
        if !self.keeps(bundle.stream)? {
            return Ok(Fate::Met(Met::NotForUs));
        }
        let mut received = Received::default();
        for part in parts(bundle.entries) {
            received.join(self.session.store.receive(bundle.stream, part)?);
        }
        Ok(self.judge(found.sender, received, bundle.cut))
    }

    /// Returns whether this device is to hold a stream, whatever somebody seals to it.
    fn keeps(&self, stream: Stream) -> Result<bool, SyncError> {
        let role = self.reader.profile()?.role;
        Ok(reads(role, stream))
    }

    fn judge(&mut self, sender: DeviceId, received: Received, cut: bool) -> Fate {
        self.report.entries_in += received.taken;
        self.report.quarantined += received.bad_bodies;
        self.report.erased += received.erased;
        if received.taken > 0 {
            self.report.bundles_in += 1;
        }
        match (received.refused, received.waiting) {
            (Some(refused), _) => {
                self.report.quarantined += 1;
                if matches!(refused, crate::store::Refused::Fork(_)) {
                    self.report.forks += 1;
                }
                Fate::Met(Met::Refused)
            }
            (None, Some(_)) => {
                self.waiting.insert(sender);
                Fate::Waits
            }
            (None, None) if cut => {
                self.report.quarantined += 1;
                Fate::Met(Met::Refused)
            }
            (None, None) => Fate::Met(Met::Taken),
        }
    }

    fn give_out(&mut self, target: &mut dyn Target) -> Result<(), SyncError> {
        let there = lying(self, target)?;
        for parcel in plan(&self.reader, self.own, &there)? {
            self.lay_down(target, &parcel)?;
        }
        Ok(())
    }

    /// Lays down what some readers lack of some chains of a stream, in as many bundles as it takes.
    fn lay_down(&mut self, target: &mut dyn Target, parcel: &Parcel) -> Result<(), SyncError> {
        let mut entries = Vec::new();
        let mut spans = Vec::new();
        let mut size = 0;
        for &(device, first, last) in &parcel.chains {
            let mut next = first;
            while next <= last {
                let room = (
                    ROOM.0 - entries.len().min(ROOM.0 - 1),
                    ROOM.1.saturating_sub(size),
                );
                let mut run = self.reader.run(device, parcel.stream, next, room)?;
                run.retain(|entry| entry.header().seq <= last);
                let Some(end) = run.last().map(|entry| entry.header().seq) else {
                    break;
                };
                size += run.iter().map(|e| e.to_bytes().len()).sum::<usize>();
                spans.push(Span {
                    device,
                    stream: parcel.stream,
                    first: next,
                    last: end,
                });
                entries.extend(run);
                next = end + 1;
                if entries.len() >= ROOM.0 || size >= ROOM.1 {
                    self.bundle(target, parcel, &std::mem::take(&mut entries), &mut spans)?;
                    size = 0;
                }
            }
        }
        if !entries.is_empty() {
            self.bundle(target, parcel, &entries, &mut spans)?;
        }
        Ok(())
    }

    fn bundle(
        &mut self,
        target: &mut dyn Target,
        parcel: &Parcel,
        entries: &[Entry],
        spans: &mut Vec<Span>,
    ) -> Result<(), SyncError> {
        let recipients: Vec<Recipient> = parcel.readers.values().cloned().collect();
        let sealed = bundle::seal(self.logbook, parcel.stream, entries, &recipients);
        let Some(sealed) = sealed else {
            return Ok(());
        };
        let number = self.reader.next_bundle()?;
        let texts: Vec<String> = recipients.iter().map(Recipient::as_text).collect();
        let name = BundleName::new(number, &texts, &sealed).as_text();
        target.write(&sender_folder(self.own), &name, &sealed)?;
        self.session.store.note_sent(&Sent {
            number,
            name,
            spans: std::mem::take(spans),
            readers: parcel.readers.keys().copied().collect(),
            size: sealed.len() as u64,
            at: (self.session.moment)().now,
        })?;
        self.report.bundles_out += 1;
        self.report.entries_out += entries.len() as u64;
        self.step()
    }

    fn finish(mut self) -> Result<Report, SyncError> {
        let receipts = self.reader.receipts()?;
        let roster = self.reader.roster()?;
        let acknowledged = |sent: &Sent| {
            sent.readers.iter().all(|reader| {
                let gone = roster.seat(*reader).is_none_or(|seat| seat.revoked);
                let has =
                    |span: &Span| has(&receipts, span.device, span.stream, *reader) >= span.last;
                gone || sent.spans.iter().all(has)
            })
        };
        let sent = self.reader.sent()?;
        let over = sent.iter().filter(|sent| acknowledged(sent));
        let over: Vec<u64> = over.map(|sent| sent.number).collect();
        self.session.store.forget_sent(&over)?;
        self.report.partners = self.partners(&roster)?;
        Ok(self.report)
    }

    fn partners(&self, roster: &Roster) -> Result<Vec<Partner>, SyncError> {
        let ends = self.reader.chain_ends()?;
        let mut partners = Vec::new();
        for (device, seat) in roster.seats() {
            if device == self.own || seat.recipient.is_empty() {
                continue;
            }
            let of_device = ends.iter().filter(|end| end.device == device);
            let held: Vec<(Stream, u64)> =
                of_device.map(|end| (end.stream, end.mark.seq)).collect();
            let mut last = None;
            for (stream, seq) in &held {
                let run = self.reader.run(device, *stream, *seq, (1, 1))?;
                last = last.max(run.last().map(|entry| entry.header().wall));
            }
            partners.push(Partner {
                device,
                name: seat.name.clone(),
                held,
                last,
                waits: self.waiting.contains(&device),
            });
        }
        Ok(partners)
    }
}

/// Returns for each sender the last name before the first that was not met.
fn met_up_to(found: &[Found]) -> Vec<(DeviceId, String)> {
    let senders: BTreeSet<DeviceId> = found.iter().map(|found| found.sender).collect();
    let last = senders.into_iter().filter_map(|sender| {
        let of_sender = found.iter().filter(|found| found.sender == sender);
        let met = of_sender.take_while(|found| found.met.is_some());
        Some((sender, met.last()?.item.name.clone()))
    });
    last.collect()
}

/// Divides entries into what is taken in at once, so that a bundle full of words needs no more memory than
/// some bundles; each part ends on a signed entry, as the whole does.
fn parts(entries: Vec<Entry>) -> Vec<Vec<Entry>> {
    let (mut parts, mut part, mut size) = (Vec::new(), Vec::new(), 0);
    for entry in entries {
        size += entry.size();
        let ends = entry.signature().is_some();
        part.push(entry);
        if ends && size >= ROOM.1 {
            parts.push(std::mem::take(&mut part));
            size = 0;
        }
    }
    if !part.is_empty() {
        parts.push(part);
    }
    parts
}

/// Returns the bundles of this device that lie at the target, of those not acknowledged by all.
fn lying(run: &Run<'_, '_>, target: &mut dyn Target) -> Result<Vec<Sent>, SyncError> {
    let mut sent = run.reader.sent()?;
    let Some(first) = sent.first() else {
        return Ok(Vec::new());
    };
    let before = format!("{:010}", first.number);
    let there = target.list(&sender_folder(run.own), Some(&before))?;
    // What was cut short there is not there.
    let there = there.into_iter().map(|item| (item.name, item.size));
    let there: BTreeMap<String, u64> = there.collect();
    sent.retain(|sent| there.get(&sent.name) == Some(&sent.size));
    Ok(sent)
}
