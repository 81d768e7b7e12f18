//! What a check says of a page that no longer holds what was in it.

use redb::backends::InMemoryBackend;

use super::*;
use crate::domain::{Day, Dossier, Profile, Role, Stamp, Then, Visit};
use crate::journal::{Signer, StreamIds};
use crate::store::tables::{Read, Way};
use crate::store::{Genesis, Moment, SaveDossier};

/// Visits of the logbook, whose entries fill several blocks.
const VISITS: u64 = 240;

fn logbook() -> Store {
    let moment = Moment {
        now: Stamp(1_795_000_000_000),
        today: Day::default(),
    };
    let profile = Profile {
        name: "Hoàng Thị Bế".to_owned(),
        post: String::new(),
        unit: "Công an xã".to_owned(),
        role: Role::Officer,
    };
    let (mut ids, signer) = (StreamIds::from_seed([1; 32]), Signer::from_seed(&[2; 32]));
    let backend = InMemoryBackend::new();
    let store = Store::create(backend, Genesis { profile }, signer, moment, &mut ids);
    let store = store.expect("a new logbook");
    let visit = |number| SaveDossier {
        dossier: Dossier::new(Visit {
            note: format!("Lần thứ {number}"),
            ..Visit::default()
        }),
        places: Vec::new(),
        people: Vec::new(),
        typing: None,
    };
    let saves = (0..VISITS).map(|number| (visit(number), Then::StaysDraft));
    let saved = store.save_all(saves.collect(), moment, &mut ids);
    saved.expect("saved");
    store
}

/// The first entries of the blocks of a chain.
fn blocks(store: &Store, chain: u32) -> Vec<Place> {
    let snapshot = store.reader().snapshot().expect("a snapshot");
    let (from, below) = (chain.to_be_bytes(), (chain + 1).to_be_bytes());
    let mut found = Vec::new();
    let scanned = snapshot.scan(Tab::Entries, &from, &below, Way::Up, &mut |key, _| {
        found.push(Place::from_key(key)?);
        Ok(ControlFlow::Continue(()))
    });
    scanned.expect("scanned");
    found
}

#[test]
fn every_entry_of_a_damaged_page_is_named_and_no_other() {
    let mut store = logbook();
    let blocks = blocks(&store, 1);
    assert!(blocks.len() >= 3, "{} blocks", blocks.len());
    let (spoilt, next) = (blocks[1], blocks[2]);
    let spoil = |draft: &mut Draft<'_>| draft.put(Tab::Entries, &spoilt.key(), b"no block");
    store.transact::<_, StoreError>(spoil).expect("a commit");
    let report = store.check().expect("a check");
    let lost = report.damage.iter().filter_map(|damage| match damage {
        Damage::Entry {
            stream, seq, fault, ..
        } => Some((*stream, *seq, *fault)),
        Damage::File | Damage::Table(_) | Damage::View(_) => None,
    });
    let expected = (spoilt.seq..next.seq).map(|seq| (Stream::Open, seq, Fault::Unreadable));
    assert_eq!(lost.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
}
