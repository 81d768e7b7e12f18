//! Two laptops and a folder: one lays its entries down, the other takes them in; then nothing is new.

use std::path::Path;
use std::time::{Duration, Instant};

use bacung::demo::{Demo, DemoVisit};
use bacung::domain::{Role, Stamp};
use bacung::exchange::{Flow, FolderTarget, Report, Request, Session, sync};
use bacung::journal::{Signer, StreamIds};
use bacung::keys::KeyRing;
use bacung::runtime::exchange::Stick;
use bacung::store::{Genesis, Store};

use crate::replicas::Replicas;
use crate::table::{Table, Times};
use crate::{corpus, fill, ours};

/// Visits of one commit.
const BATCH: usize = 1000;
/// Visits that are laid down alone.
const FEW: usize = 200;
/// Exchanges without anything new.
const QUIET: usize = 9;
const NOW: Stamp = Stamp(1_795_000_000_000);

struct Laptop {
    store: Store,
    ring: KeyRing,
    ids: StreamIds,
}

fn ring(seed: u8) -> KeyRing {
    KeyRing::create(&mut |bytes| bytes.fill(seed)).0
}

fn signer(ring: &KeyRing) -> Signer {
    Signer::from_seed(ring.device().as_bytes())
}

impl Laptop {
    fn first(path: &Path) -> Self {
        let (ring, mut ids) = (ring(1), StreamIds::from_seed([1; 32]));
        let genesis = Genesis {
            profile: Demo::profile(),
        };
        let backend = ours::backend(path);
        let moment = ours::moment(Stamp(1_600_000_000_000));
        let store = Store::create(backend, genesis, signer(&ring), moment, &mut ids);
        let store = store.expect("a new logbook");
        let recipient = ring.exchange().to_public().to_string();
        let opened = store.open_roster(recipient, moment, &mut ids);
        opened.expect("the keeper opens the roster");
        Self { store, ring, ids }
    }

    /// An officer's laptop that this one lets in.
    fn admits(&mut self, path: &Path) -> Self {
        let (ring, mut ids) = (ring(2), StreamIds::from_seed([2; 32]));
        let mut profile = Demo::profile();
        profile.role = Role::Officer;
        profile.name = "Nguyễn Văn Hòa".to_owned();
        let reader = self.store.reader();
        let logbook = reader.identity().expect("an identity").logbook;
        let store = Store::join(
            ours::backend(path),
            Genesis { profile },
            (logbook, self.store.device()),
            signer(&ring),
            ours::moment(NOW),
            &mut ids,
        );
        let store = store.expect("a copy");
        let (identity, profile) = (
            store.reader().identity().expect("an identity"),
            store.reader().profile().expect("a profile"),
        );
        let request = Request {
            logbook,
            member: identity.member,
            name: profile.name,
            role: profile.role,
            cell: String::new(),
            key: store.device(),
            recipient: ring.exchange().to_public().to_string(),
            person: identity.me,
        };
        let admitted = self
            .store
            .admit(&request.admission(), ours::moment(NOW), &mut self.ids);
        admitted.expect("is let in");
        Self { store, ring, ids }
    }

    fn sync(&mut self, folder: &Path) -> Report {
        let identity = self.store.reader().identity().expect("an identity");
        let mut target = FolderTarget::new(Stick, folder, identity.logbook);
        let mut session = Session {
            store: &self.store,
            ring: &self.ring,
            moment: &|| ours::moment(NOW),
            ids: &mut self.ids,
            tell: &mut |_, _| Flow::GoOn,
        };
        sync(&mut session, &mut target).expect("an exchange")
    }

    fn entries(&self) -> u64 {
        let ends = self.store.reader().chain_ends().expect("are read");
        ends.iter().map(|end| end.mark.seq).sum()
    }
}

/// Measures with about so many entries, beside the same records of the peer.
pub fn measure(folder: &Path, entries: u64, table: &mut Table) {
    let stick = folder.join("stick");
    std::fs::create_dir_all(&stick).expect("a folder");
    let mut one = Laptop::first(&folder.join("one.redb"));
    let mut two = one.admits(&folder.join("two.redb"));
    let mut peer = Replicas::new(folder);
    let mut made = corpus::visits(corpus::SPREAD.min(entries));
    while one.entries() < entries {
        let batch: Vec<DemoVisit> = made.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        peer.save(&batch);
        fill::save(&one.store, &mut one.ids, batch);
    }
    let (entries, tasks) = (one.entries(), peer.tasks());
    table.note(format!(
        "entries laid down: {entries}; tasks of the peer: {tasks}"
    ));
    let mut theirs = Times::default();
    theirs.time(|| peer.lay_down());
    let begun = Instant::now();
    let out = one.sync(&stick);
    let sealed = begun.elapsed();
    table.beside(
        "sealed, written, read back",
        ms(sealed),
        ms(theirs.last()),
        "",
    );
    let laid = theirs.last();
    theirs.time(|| peer.take_in());
    let begun = Instant::now();
    let taken = two.sync(&stick);
    let folded = begun.elapsed();
    assert_eq!((taken.waiting, taken.quarantined), (0, 0), "{taken:?}");
    assert!(taken.entries_in >= out.entries_out, "all of it comes in");
    table.beside("read, verified, folded", ms(folded), ms(theirs.last()), "");
    let both = (ms(sealed + folded), ms(laid + theirs.last()));
    table.beside("both", both.0, both.1, "≤ 15 s at 100,000");
    while one.sync(&stick).bundles_out + two.sync(&stick).bundles_out > 0 {}
    quiet(&mut one, &stick, &mut peer, table);
    few(&mut one, &stick, made.take(FEW).collect(), &mut peer, table);
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Exchanges without anything new.
fn quiet(one: &mut Laptop, stick: &Path, peer: &mut Replicas, table: &mut Table) {
    let (mut ours, mut theirs) = (Times::default(), Times::default());
    for _ in 0..QUIET {
        ours.time(|| one.sync(stick));
        theirs.time(|| peer.lay_down());
    }
    let what = "an exchange with nothing new, median";
    table.beside(
        what,
        ours.median(),
        theirs.median(),
        "≤ 200 ms at 1,000,000",
    );
}

/// A day's work of some officers.
fn few(
    one: &mut Laptop,
    stick: &Path,
    visits: Vec<DemoVisit>,
    peer: &mut Replicas,
    table: &mut Table,
) {
    let what = format!("{} visits to a folder", visits.len());
    peer.save(&visits);
    fill::save(&one.store, &mut one.ids, visits);
    let (mut ours, mut theirs) = (Times::default(), Times::default());
    theirs.time(|| peer.lay_down());
    ours.time(|| one.sync(stick));
    table.beside(&what, ms(ours.last()), ms(theirs.last()), "≤ 2 s at 200");
}
