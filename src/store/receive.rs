//! Takes in entries that other devices wrote. Everything is held against the roster and its chain
//! before it is written; what is wrong stays out, and what cannot be judged yet waits where it came
//! from. Never reads a file or opens a seal.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::{Filing, entry_at, replace};
use super::dues::{self, Reckoner};
use super::entity::Place;
use super::erasure::{self, Views};
use super::error::StoreError;
use super::exchange;
use super::gate::{Gate, absorb, is_mark};
use super::meta::{ChainBytes, chains, read_meta, write_meta};
use super::open::{Store, append, put_chains};
use super::rebuild::fold_all;
use super::roster::NOBODY;
use super::tables::{Draft, Tab};
use crate::domain::{EntityId, EntityKind, EntryHash, LogbookId};
use crate::journal::{
    Act, Certificate, Chain, ChainError, DeviceId, Entry, EntryView, Mark, Member, Recorded,
    Stream, Tip,
};
use crate::keys::{Seat, writes};

/// An honest device is never further ahead of what this one holds of a stream than this many entries.
const FURTHEST: u64 = 1_000_000;

/// What became of a parcel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// Entries that are new here.
    pub taken: u64,
    /// Entries that were here already.
    pub known: u64,
    /// Entries whose bodies are not what their headers vouch for: the headers are kept.
    pub bad_bodies: u64,
    /// Bodies that were erased here because a device of the unit says so.
    pub erased: u64,
    /// Why a part of it is not taken in yet.
    pub waiting: Option<Wait>,
    /// Why a part of it is never taken in.
    pub refused: Option<Refused>,
}

impl Received {
    /// Adds what became of the next part of the same parcel.
    pub fn join(&mut self, next: Self) {
        self.taken += next.taken;
        self.known += next.known;
        self.bad_bodies += next.bad_bodies;
        self.erased += next.erased;
        self.waiting = self.waiting.or(next.waiting);
        self.refused = self.refused.or(next.refused);
    }
}

/// What an entry waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// Nobody has admitted its device yet.
    Admission(DeviceId),
    /// An entry before it in its chain.
    Predecessor(DeviceId, Stream),
    /// More of the stream: its logical time is far ahead of what is here.
    Clock(DeviceId),
}

/// Why an entry is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It lies in a bundle of another stream, or in none that this device keeps.
    Stream,
    /// The device's role does not write in the stream.
    Role(DeviceId),
    /// The author is not the device's member.
    Author(DeviceId),
    /// The device was revoked before it.
    Revoked(DeviceId),
    /// Another entry stands in its place: the device's key wrote in two places.
    Fork(DeviceId),
    Chain(DeviceId, ChainError),
    /// No signature vouches for it.
    Unsigned(DeviceId),
}

impl Store {
    /// Takes in entries of one stream, in the order in which they came, in one commit. What came
    /// before changes nothing.
    pub fn receive(&self, stream: Stream, entries: Vec<Entry>) -> Result<Received, StoreError> {
        self.transact(|draft| {
            let mut taking = Taking::new(draft, stream)?;
            let mut entries = entries.into_iter().peekable();
            while let Some(first) = entries.next() {
                let device = first.header().device;
                let mut run = vec![first];
                while let Some(next) = entries.next_if(|e| e.header().device == device) {
                    run.push(next);
                }
                taking.run(draft, device, run)?;
            }
            taking.finish(draft, self.reckoner.as_ref())
        })
    }
}

struct Taking {
    stream: Stream,
    logbook: LogbookId,
    gate: Gate,
    chains: BTreeMap<u32, ChainBytes>,
    commit: u64,
    /// Entries of the stream that are here.
    held: u64,
    filing: Filing,
    batch: Vec<(Place, EntryView)>,
    /// Entries whose bodies are not to be kept.
    erased: BTreeSet<EntryHash>,
    /// A body that was missing came: what it says is not in the views.
    mended: bool,
    received: Received,
}

impl Taking {
    fn new(draft: &Draft<'_>, stream: Stream) -> Result<Self, StoreError> {
        let meta = read_meta(draft)?;
        let chains = chains(draft)?;
        let of_stream = chains.values().filter(|chain| chain.stream() == stream);
        Ok(Self {
            stream,
            logbook: meta.logbook(),
            gate: Gate::read(draft)?,
            held: of_stream.map(|chain| chain.seq).sum(),
            commit: meta.commits + 1,
            chains,
            filing: Filing::default(),
            batch: Vec::new(),
            erased: match stream {
                Stream::Petition => erasure::erased(draft)?,
                Stream::Roster | Stream::Open | Stream::Sealed | Stream::Unknown(_) => {
                    BTreeSet::new()
                }
            },
            mended: false,
            received: Received::default(),
        })
    }

    fn wait(&mut self, what: Wait) {
        self.received.waiting = self.received.waiting.or(Some(what));
    }

    fn refuse(&mut self, why: Refused) {
        self.received.refused = self.received.refused.or(Some(why));
    }

    /// Takes in consecutive entries of one device, up to the first that is not as it should be.
    fn run(
        &mut self,
        draft: &mut Draft<'_>,
        device: DeviceId,
        run: Vec<Entry>,
    ) -> Result<(), StoreError> {
        let known = self.gate.roster.seat(device).cloned();
        let Some(seat) = known.or_else(|| self.vouched(device, &run)) else {
            self.wait(Wait::Admission(device));
            return Ok(());
        };
        if !seat.role.is_none_or(|role| writes(role, self.stream)) {
            self.refuse(Refused::Role(device));
            return Ok(());
        }
        let tip = self.tip(device);
        let mut chain = Chain::after(tip, self.logbook, seat.key.clone(), self.stream);
        let mut pending = Vec::new();
        for entry in run {
            if entry.header().stream == self.stream && entry.header().seq <= tip.seq {
                if !self.again(draft, device, entry)? {
                    break;
                }
                continue;
            }
            match self.next(&seat, device, &mut chain, &entry) {
                Ok(()) => {}
                Err(Not::Yet(wait)) => {
                    self.wait(wait);
                    break;
                }
                Err(Not::Ever(why)) => {
                    self.refuse(why);
                    break;
                }
            }
            let ends = entry.signature().is_some();
            pending.push(entry);
            if ends {
                for entry in std::mem::take(&mut pending) {
                    self.take(draft, entry)?;
                }
            }
        }
        if !pending.is_empty() {
            self.refuse(Refused::Unsigned(device));
        }
        Ok(())
    }

    /// Returns the seat of a device whose own entries bring the certificate of a known one, in whose
    /// place it writes.
    fn vouched(&self, device: DeviceId, run: &[Entry]) -> Option<Seat> {
        let certificates = run.iter().filter_map(|entry| {
            let of_member = entry.header().entity.kind == EntityKind::Member;
            match entry.clone().view().ok()?.act? {
                Act::Save(fields) if of_member && self.stream == Stream::Roster => {
                    Member::from_fields(&fields).ok()
                }
                Act::Save(_)
                | Act::Withdraw(_)
                | Act::Send
                | Act::Undo(_)
                | Act::Shown
                | Act::Receipt(_)
                | Act::Cut(_) => None,
            }
        });
        let mut certificates = certificates.flat_map(|member| member.certificates);
        let of_device = |one: &Certificate| one.key.device() == device && one.holds(self.logbook);
        certificates.find(of_device).and_then(|one| {
            let before = self.gate.roster.seat(one.by.device())?;
            Some(Seat {
                key: one.key,
                ..before.clone()
            })
        })
    }

    fn tip(&self, device: DeviceId) -> Tip {
        let mut all = self.chains.values();
        let chain = all.find(|c| c.device() == device && c.stream() == self.stream);
        chain.map_or_else(Tip::default, |chain| Tip {
            seq: chain.seq,
            hash: Some(chain.hash()),
            time: chain.time,
        })
    }

    /// Follows the chain with an entry that is not here yet.
    fn next(
        &self,
        seat: &Seat,
        device: DeviceId,
        chain: &mut Chain,
        entry: &Entry,
    ) -> Result<(), Not> {
        let header = entry.header();
        if header.author != seat.member && seat.member != NOBODY {
            return Err(Not::Ever(Refused::Author(device)));
        }
        let cut = self.gate.cuts.get(&(device, self.stream));
        if seat.revoked && cut.is_none_or(|cut| header.seq > cut.seq) {
            return Err(Not::Ever(Refused::Revoked(device)));
        }
        if header.time > self.held + FURTHEST {
            return Err(Not::Yet(Wait::Clock(device)));
        }
        chain.push(entry).map_err(|error| match error {
            ChainError::Seq { expected, found } if found > expected => {
                Not::Yet(Wait::Predecessor(device, self.stream))
            }
            error => Not::Ever(Refused::Chain(device, error)),
        })
    }

    /// Meets an entry whose place in the chain is taken; tells whether it is the one that is there.
    fn again(
        &mut self,
        draft: &mut Draft<'_>,
        device: DeviceId,
        entry: Entry,
    ) -> Result<bool, StoreError> {
        let of_device = |c: &&ChainBytes| c.device() == device && c.stream() == self.stream;
        let mut all = self.chains.iter();
        let Some((&chain, _)) = all.find(|(_, chain)| of_device(chain)) else {
            return Ok(false);
        };
        let place = Place {
            chain,
            seq: entry.header().seq,
        };
        // What came just now may lie in the same bundle twice.
        std::mem::take(&mut self.filing).write(draft)?;
        let there = entry_at(draft, place)?.entry;
        if there.hash() != entry.hash() {
            exchange::note_fork(draft, &entry)?;
            self.refuse(Refused::Fork(device));
            return Ok(false);
        }
        let lacks = matches!(there.body(), Ok(None));
        if lacks && matches!(entry.body(), Ok(Some(_))) && exchange::is_bad_body(draft, place)? {
            replace(draft, place, entry)?;
            exchange::forget_bad_body(draft, place)?;
            self.mended = true;
            self.received.taken += 1;
        } else {
            self.received.known += 1;
        }
        Ok(true)
    }

    fn take(&mut self, draft: &mut Draft<'_>, mut entry: Entry) -> Result<(), StoreError> {
        // One that came without its body may have lost it on the way: it is fetched again too.
        entry.drop_bad_body();
        let erased = self.erased.contains(&entry.hash());
        if erased {
            self.received.erased += u64::from(matches!(entry.body(), Ok(Some(_))));
            entry = entry.erased();
        }
        let bad = !erased && matches!(entry.body(), Ok(None));
        let place = append(&mut self.chains, &entry);
        self.filing.add(place.chain, self.commit, entry.clone());
        self.held += 1;
        self.received.taken += 1;
        if bad {
            exchange::note_bad_body(draft, place)?;
            self.received.bad_bodies += 1;
        }
        let view = entry.view();
        let view = view.map_err(|_| StoreError::Damaged("the body of an entry"))?;
        if !is_mark(&view) {
            let seq = place.seq;
            let device = view.header.device;
            exchange::note_news(draft, device, self.stream, seq)?;
        }
        self.batch.push((place, view));
        Ok(())
    }

    fn finish(
        mut self,
        draft: &mut Draft<'_>,
        reckoner: Option<&Reckoner>,
    ) -> Result<Received, StoreError> {
        if self.batch.is_empty() && !self.mended {
            return Ok(self.received);
        }
        let mut meta = read_meta(draft)?;
        meta.commits = self.commit;
        write_meta(draft, &meta)?;
        self.filing.write(draft)?;
        put_chains(draft, &self.chains)?;
        if self.mended {
            // Rare: a body that was spoilt on the way came again.
            fold_anew(draft, &self.chains)?;
        } else {
            let came: Vec<EntityId> = self
                .batch
                .iter()
                .map(|(_, view)| view.header.entity)
                .collect();
            let owed = absorb(draft, self.batch, &self.gate)?;
            dues::follow(draft, reckoner, &owed)?;
            let applied = erasure::follow(draft, &came)?;
            self.received.erased += applied.erased;
            let missed = self.received.bad_bodies;
            self.received.bad_bodies = missed.saturating_sub(applied.not_missed);
            if applied.views == Views::Changed {
                fold_anew(draft, &self.chains)?;
            }
        }
        Ok(self.received)
    }
}

/// Makes the views again.
fn fold_anew(draft: &mut Draft<'_>, chains: &BTreeMap<u32, ChainBytes>) -> Result<(), StoreError> {
    for view in Tab::VIEWS {
        draft.clear(view)?;
    }
    fold_all(draft, chains)?;
    dues::forget(draft)
}

/// Why an entry is not taken in.
enum Not {
    Yet(Wait),
    Ever(Refused),
}

/// Returns the entry of a chain at a place, for whoever must hold a mark against it.
pub(super) fn stands(
    draft: &impl super::tables::Read,
    chain: u32,
    mark: Mark,
) -> Result<bool, StoreError> {
    let place = Place {
        chain,
        seq: mark.seq,
    };
    let found: Result<EntryHash, _> = entry_at(draft, place).map(|stored| stored.entry.hash());
    match found {
        Ok(hash) => Ok(hash == mark.hash),
        Err(StoreError::Damaged(_)) => Ok(false),
        Err(other) => Err(other),
    }
}
