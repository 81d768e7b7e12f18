//! Creates, opens and writes the file. The one writer; every commit is durable when it returns.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread;

use redb::{Builder, Database, Durability, ReadableDatabase, StorageBackend};

use super::absorb::Owed;
use super::blocks::{Filing, write_blocks};
use super::bytes::encode;
use super::device::Watch;
use super::dues::{self, Reckoner};
use super::entity::Place;
use super::error::{StoreError, WriteError};
use super::gate::{Gate, absorb, changes_the_gate};
use super::meta::{CHAINS, ChainBytes, Meta, chains, read_meta, write_meta};
use super::reader::Reader;
use super::tables::{Draft, Snapshot, Tab, has, pack_loose};
use super::{apply, cases, codes, imports, marks, names, pairs, postings};
use crate::domain::{
    Day, EntityId, EntityKind, EntryHash, LogbookId, Person, Profile, Role, Stamp,
};
use crate::journal::{
    Act, Commit, DeviceId, DeviceKey, EntryView, FieldMap, Ids, Logbook, Member, Pen, Recorded,
    Signer, Stream, Tip, diff,
};

/// Entries of a commit from which on their blocks are packed in a thread of their own.
const BESIDE: usize = 256;
/// Bytes of the file that redb keeps in memory.
const CACHE: usize = 64 << 20;

/// The moment of a change, as the runtime's clock claims it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub now: Stamp,
    pub today: Day,
}

/// What a new logbook begins with.
pub struct Genesis {
    pub profile: Profile,
}

/// How a logbook begins on a device.
pub(super) enum Founding {
    New,
    /// As a copy of one that others keep.
    Joins {
        logbook: LogbookId,
        root: Box<DeviceKey>,
    },
}

/// The open logbook; there is one, and it writes.
pub struct Store {
    pub(super) db: Arc<Database>,
    pub(super) signer: Signer,
    pub(super) watch: Option<Watch>,
    pub(super) reckoner: Option<Reckoner>,
}

/// One commit in the making.
pub(super) struct Work<'w, 't> {
    pub(super) draft: &'w mut Draft<'t>,
    pub(super) meta: Meta,
    commit: Commit<'w>,
    pub(super) ids: &'w mut dyn Ids,
    pub(super) moment: Moment,
    pub(super) gate: Gate,
    pub(super) device: DeviceId,
    /// The role of the member who writes, once it was asked for.
    role: Option<Role>,
}

impl Work<'_, '_> {
    /// Adds an entry.
    pub(super) fn add(
        &mut self,
        entity: EntityId,
        heads: &[EntryHash],
        act: &Act,
    ) -> Result<EntryHash, WriteError> {
        let author = self.meta.member();
        if !self.gate.may_sign(self.device, author, entity, act) {
            return Err(WriteError::NotHeld);
        }
        Ok(self.commit.add(entity, heads, act, self.ids)?)
    }

    /// Adds a mark about a device's chain in a stream.
    pub(super) fn mark(
        &mut self,
        stream: Stream,
        about: DeviceId,
        act: &Act,
    ) -> Result<EntryHash, WriteError> {
        let kind = EntityKind::Device;
        let entity = EntityId { kind, id: about.0 };
        let commit = &mut self.commit;
        Ok(commit.add_in(stream, entity, &[], act, self.ids)?)
    }

    /// Returns the role of the member who writes, as it was before this commit.
    pub(super) fn role(&mut self) -> Result<Role, StoreError> {
        if let Some(role) = self.role {
            return Ok(role);
        }
        let role = super::reader::profile(self.draft)?.role;
        self.role = Some(role);
        Ok(role)
    }

    /// Returns the entry of a record that this commit added last.
    pub(super) fn written(&self, entity: EntityId) -> Option<EntryHash> {
        self.commit.last_of(entity)
    }

    /// Adds a record that was never saved.
    pub(super) fn create(
        &mut self,
        entity: EntityId,
        value: &impl Recorded,
    ) -> Result<EntryHash, WriteError> {
        let fields = diff(&FieldMap::default(), &value.to_fields()?, &[]);
        self.add(entity, &[], &Act::Save(fields))
    }

    /// Draws an identifier for a new record.
    pub(super) fn new_id(&mut self, stream: Stream) -> [u8; 16] {
        self.ids.id(stream, self.moment.now)
    }
}

impl Store {
    /// Makes a logbook in an empty backend.
    pub fn create(
        backend: impl StorageBackend,
        genesis: Genesis,
        signer: Signer,
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<Self, WriteError> {
        Self::begin(backend, genesis, Founding::New, signer, moment, ids)
    }

    pub(super) fn begin(
        backend: impl StorageBackend,
        genesis: Genesis,
        founding: Founding,
        signer: Signer,
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<Self, WriteError> {
        if backend.len().map_err(StoreError::from)? != 0 {
            return Err(StoreError::NotALogbook.into());
        }
        let store = Self::from_backend(backend, signer)?;
        let device = store.signer.public();
        let (logbook, root) = match &founding {
            Founding::New => (ids.id(Stream::Roster, moment.now), device.to_bytes()),
            Founding::Joins { logbook, root } => (logbook.0, root.to_bytes()),
        };
        let meta = Meta {
            logbook: logbook.into(),
            member: ids.id(Stream::Roster, moment.now).into(),
            me: ids.id(Stream::Open, moment.now).into(),
            commits: 0,
            next_ordinal: 0,
            root: Some(root.into()),
            own: Some(device.to_bytes().into()),
        };
        store.transact(|draft| {
            write_meta(draft, &meta)?;
            CHAINS.begin(draft)?;
            begin_views(draft)
        })?;
        store.write(moment, ids, |work| {
            let profile = genesis.profile;
            let person = Person {
                name: profile.name.clone(),
                post: profile.post.clone(),
                unit: profile.unit.clone(),
            };
            let logbook = Logbook {
                name: profile.unit.clone(),
            };
            let member = Member::new(profile, vec![device]);
            let meta = work.meta.clone();
            match founding {
                Founding::New => {
                    work.create(meta.logbook().into(), &logbook)?;
                }
                Founding::Joins { .. } => {}
            }
            work.create(meta.member().into(), &member)?;
            work.create(meta.me().into(), &person)
        })?;
        Ok(store)
    }

    /// Opens a logbook; scans nothing.
    pub fn open(backend: impl StorageBackend, signer: Signer) -> Result<Self, StoreError> {
        if backend.len()? == 0 {
            return Err(StoreError::NotALogbook);
        }
        let store = Self::from_backend(backend, signer)?;
        let whole = Snapshot::open(&store.db.begin_read()?);
        let snapshot = match whole {
            Ok(snapshot) => snapshot,
            Err(_) => store.complete()?,
        };
        read_meta(&snapshot)?;
        Ok(store)
    }

    /// Makes the views that a file of an earlier release does not have yet, or has in another form. A creation that power
    /// cut short has no tables at all and is no logbook.
    pub(super) fn complete(&self) -> Result<Snapshot, StoreError> {
        if !has(&self.db.begin_read()?, Tab::Meta) {
            return Err(StoreError::NotALogbook);
        }
        let mut txn = self.db.begin_write()?;
        txn.set_durability(Durability::Immediate)?;
        txn.set_quick_repair(true);
        let mut draft = Draft::open(&txn)?;
        pack_loose(&txn, &mut draft)?;
        begin_views(&mut draft)?;
        draft.settle()?;
        drop(draft);
        txn.commit()?;
        Snapshot::open(&self.db.begin_read()?)
    }

    pub(super) fn from_backend(
        backend: impl StorageBackend,
        signer: Signer,
    ) -> Result<Self, StoreError> {
        let mut builder = Builder::new();
        builder.set_cache_size(CACHE);
        let db = builder.create_with_backend(backend)?;
        Ok(Self {
            db: Arc::new(db),
            signer,
            watch: None,
            reckoner: None,
        })
    }

    /// Returns a handle that reads snapshots, on any thread.
    pub fn reader(&self) -> Reader {
        Reader::new(self.db.clone())
    }

    /// Runs one durable transaction.
    pub(super) fn transact<T, E: From<StoreError>>(
        &self,
        change: impl FnOnce(&mut Draft<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut txn = self.db.begin_write().map_err(StoreError::from)?;
        txn.set_durability(Durability::Immediate)
            .map_err(StoreError::from)?;
        txn.set_quick_repair(true);
        let mut draft = Draft::open(&txn)?;
        let done = change(&mut draft)?;
        draft.settle()?;
        drop(draft);
        txn.commit().map_err(StoreError::from)?;
        Ok(done)
    }

    /// Writes entries and brings the views up to date, in one durable transaction.
    pub(super) fn write<T>(
        &self,
        moment: Moment,
        ids: &mut dyn Ids,
        change: impl FnOnce(&mut Work<'_, '_>) -> Result<T, WriteError>,
    ) -> Result<T, WriteError> {
        let mut added = false;
        let done = self.transact::<T, WriteError>(|draft| {
            let meta = read_meta(draft)?;
            let chains = chains(draft)?;
            let device = self.signer.public().device();
            let pen = Pen {
                logbook: meta.logbook(),
                author: meta.member(),
                signer: &self.signer,
                wall: moment.now,
            };
            let mut work = Work {
                commit: Commit::new(pen, tips(&chains, device)),
                meta,
                gate: Gate::read(draft)?,
                device,
                role: None,
                draft,
                ids,
                moment,
            };
            let done = change(&mut work)?;
            let Work {
                draft,
                mut meta,
                commit,
                ..
            } = work;
            let (entries, _) = commit.finish();
            if entries.is_empty() {
                return Ok(done);
            }
            added = true;
            meta.commits += 1;
            write_meta(draft, &meta)?;
            let mut batch = Vec::with_capacity(entries.len());
            let (mut chains, mut filing) = (chains, Filing::default());
            for (entry, act) in entries {
                let place = append(&mut chains, &entry);
                batch.push((place, entry.seen(act)));
                filing.add(place.chain, meta.commits, entry);
            }
            put_chains(draft, &chains)?;
            let owed = file_and_absorb(draft, filing, batch)?;
            dues::follow(draft, self.reckoner.as_ref(), &owed)?;
            Ok(done)
        })?;
        if added && let Some(watch) = &self.watch {
            // What was committed stands, whether its heads can be read or not.
            let _ = self.heads().map(|heads| watch(&heads));
        }
        Ok(done)
    }
}

/// Puts entries into the journal and takes them into the views. Of many the blocks are packed in a thread
/// beside the views, which do not need them there.
fn file_and_absorb(
    draft: &mut Draft<'_>,
    filing: Filing,
    batch: Vec<(Place, EntryView)>,
) -> Result<Owed, StoreError> {
    let gate = Gate::read(draft)?;
    if batch.len() < BESIDE || batch.iter().any(|(_, view)| changes_the_gate(view)) {
        filing.write(draft)?;
        return absorb(draft, batch, &gate);
    }
    let ready = filing.ready(draft)?;
    thread::scope(|scope| {
        let beside = thread::Builder::new().name("blocks".to_owned());
        let beside = beside.spawn_scoped(scope, || ready.blocks());
        let owed = absorb(draft, batch, &gate)?;
        let packed = beside.map(thread::ScopedJoinHandle::join);
        // Where there was no thread, or it panicked, this one does it and says why.
        let blocks = match packed {
            Ok(Ok(blocks)) => blocks,
            Ok(Err(_)) | Err(_) => ready.blocks(),
        };
        write_blocks(draft, &blocks)?;
        Ok(owed)
    })
}

/// Begins what every view needs to be there.
pub(super) fn begin_views(draft: &mut Draft<'_>) -> Result<(), StoreError> {
    apply::begin(draft)?;
    postings::begin(draft)?;
    codes::begin(draft)?;
    pairs::begin(draft)?;
    imports::begin(draft)?;
    marks::begin(draft)?;
    cases::CASES.begin(draft)?;
    dues::begin(draft)?;
    names::begin(draft)
}

/// Returns where the device's chains stand; their time is the highest of the stream.
fn tips(chains: &BTreeMap<u32, ChainBytes>, device: DeviceId) -> BTreeMap<Stream, Tip> {
    let mut tips = BTreeMap::<Stream, Tip>::new();
    for chain in chains.values() {
        let tip = tips.entry(chain.stream()).or_default();
        tip.time = tip.time.max(chain.time);
        if chain.device() == device {
            tip.seq = chain.seq;
            tip.hash = Some(chain.hash());
        }
    }
    tips
}

/// Puts an entry at the end of its chain, and returns where it will lie.
pub(super) fn append(
    chains: &mut BTreeMap<u32, ChainBytes>,
    entry: &crate::journal::Entry,
) -> Place {
    let header = entry.header();
    let same =
        |chain: &ChainBytes| chain.device() == header.device && chain.stream() == header.stream;
    let known = chains.iter().find(|(_, chain)| same(chain));
    let number = match known {
        Some((&number, _)) => number,
        None => chains.last_key_value().map_or(0, |(&last, _)| last + 1),
    };
    let place = Place {
        chain: number,
        seq: header.seq,
    };
    let chain = ChainBytes {
        device: header.device.0.into(),
        stream: header.stream.number(),
        seq: header.seq,
        hash: entry.hash().0.into(),
        time: header.time,
    };
    chains.insert(number, chain);
    place
}

/// Writes where the chains stand.
pub(super) fn put_chains(
    draft: &mut Draft<'_>,
    chains: &BTreeMap<u32, ChainBytes>,
) -> Result<(), StoreError> {
    for (number, chain) in chains {
        let mut key = CHAINS.prefix.to_vec();
        key.extend_from_slice(&number.to_be_bytes());
        CHAINS.put(draft, &key, encode(chain))?;
    }
    Ok(())
}
