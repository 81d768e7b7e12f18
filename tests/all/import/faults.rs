//! A crash or an error of the disk at any operation of an import: the rows of a visit are in whole or not
//! at all, and the same table again completes it.

use bacung::domain::{Role, RowId};
use bacung::keys::DataKey;
use bacung::runtime::intake::Batch;
use bacung::store::pages::Pages;
use bacung::store::{Store, TakeIn};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use redb::{Database, TableDefinition};

use super::rows::read;
use crate::harness::fault::{FaultBackend, Tear};
use crate::harness::logbook::{Logbook, query, signer};

const TABLE: &str = "Ngày,Đơn vị,Xã,Thôn,Nội dung,Họ tên chủ hộ\n\
    01/10/2026,Công an xã Nà Hang,Nà Hang,Pắc Ban,Lợp mái,Người Một\n\
    01/10/2026,Công an xã Nà Hang,Nà Hang,Pắc Ban,Sửa bếp,Người Hai\n\
    02/10/2026,Công an xã Nà Hang,Nà Hang,Nà Chang,Làm đường,\n\
    45/10/2026,Công an xã Nà Hang,Nà Hang,Nà Chang,Kéo điện,\n\
    03/10/2026,Công an xã Nà Hang,Nà Hang,Bản Lãm,Nạo kênh,\n\
    03/10/2026,Công an xã Nà Hang,Nà Hang,Bản Lãm,Kè suối,\n\
    03/10/2026,Công an xã Nà Hang,Nà Hang,Bản Lãm,Trồng cây,\n";

/// Visits of the table, rows of each, and rows that wait.
const VISITS: usize = 3;
const WAITS: usize = 1;
/// Of so many images one is also checked whole and completed.
const EACH: usize = 7;

fn key() -> DataKey {
    DataKey::generate(&mut |bytes| bytes.iter_mut().enumerate().for_each(|(i, b)| *b = i as u8))
}

fn pages(disk: &FaultBackend) -> Pages<FaultBackend> {
    Pages::new(disk.clone(), &key())
}

/// The batches of the table: a visit each, so that there are several commits, and what waits.
fn batches(logbook: &mut Logbook) -> Vec<Batch> {
    let mut batches = Vec::new();
    for batch in read(logbook, TABLE.as_bytes()) {
        let quarantine = batch.quarantine;
        batches.extend(batch.visits.into_iter().map(|visit| Batch {
            visits: vec![visit],
            ..Batch::default()
        }));
        batches.push(Batch {
            quarantine,
            ..Batch::default()
        });
    }
    batches
}

/// The rows of each visit.
fn groups(batches: &[Batch]) -> Vec<Vec<RowId>> {
    let visits = batches.iter().flat_map(|batch| &batch.visits);
    visits.map(|visit: &TakeIn| visit.rows.clone()).collect()
}

/// Takes in all of it, or up to the first error; gives how many commits were acknowledged after how
/// many operations.
fn import(logbook: &mut Logbook, disk: &FaultBackend) -> Vec<usize> {
    let mut acknowledged = Vec::new();
    for batch in batches(logbook) {
        let moment = logbook.moment();
        let (store, ids) = (&logbook.store, &mut logbook.ids);
        match store.take_in(batch.visits, batch.quarantine, moment, ids) {
            Ok(_) => acknowledged.push(disk.recorded()),
            Err(_) => break,
        }
    }
    acknowledged
}

/// Opens what is left, and proves that nothing of it is half: what was acknowledged is there, each visit
/// whole or not at all, and the same table again completes it.
fn holds(image: Vec<u8>, groups: &[Vec<RowId>], acknowledged: usize, at: usize, what: &str) {
    let disk = FaultBackend::from_image(image);
    let store = Store::open(pages(&disk), signer());
    let store = store.unwrap_or_else(|error| panic!("{what}: {error}"));
    let mut logbook = Logbook::of(store);
    let reader = logbook.store.reader();
    let mut there = 0;
    for (at, rows) in groups.iter().enumerate() {
        let known = reader.imported(rows).expect("is read");
        let all = known.iter().all(|known| *known);
        assert!(all || !known.iter().any(|known| *known), "{what}: a half");
        assert!(all || at >= acknowledged, "{what}: lost");
        there += usize::from(all);
    }
    let page = reader.list_visits(&query("")).expect("is read");
    assert_eq!(page.rows.len(), there, "{what}");
    drop(reader);
    // Checking and completing take longer than all the rest.
    if !at.is_multiple_of(EACH) {
        return;
    }
    assert_eq!(logbook.store.check().expect("is read").damage, [], "{what}");
    import(&mut logbook, &disk);
    let reader = logbook.store.reader();
    let page = reader.list_visits(&query("")).expect("is read");
    assert_eq!(page.rows.len(), VISITS, "{what}");
    assert_eq!(reader.quarantine().expect("is read").len(), WAITS, "{what}");
    drop(reader);
    assert_eq!(logbook.store.check().expect("is read").damage, [], "{what}");
}

#[test]
fn a_loss_of_power_anywhere_leaves_each_visit_whole_or_out() {
    let disk = FaultBackend::default();
    let mut logbook = Logbook::create(pages(&disk), Role::Police);
    let groups = groups(&batches(&mut logbook));
    assert_eq!(groups.len(), VISITS);
    disk.start_recording();
    let acknowledged = import(&mut logbook, &disk);
    assert_eq!(acknowledged.len(), VISITS + 1);
    let recording = disk.recording();
    let mut chance = ChaCha8Rng::seed_from_u64(11);
    for cut in 0..=recording.len() {
        let tear = Tear::ALL[cut % Tear::ALL.len()];
        let image = recording.crash(cut, tear, &mut chance);
        let kept = acknowledged.iter().filter(|at| **at <= cut).count();
        holds(image, &groups, kept, cut, &format!("cut {cut}, {tear:?}"));
    }
}

#[test]
fn an_error_of_the_disk_anywhere_leaves_each_visit_whole_or_out() {
    let disk = FaultBackend::default();
    let mut logbook = Logbook::create(pages(&disk), Role::Police);
    let groups = groups(&batches(&mut logbook));
    drop(logbook);
    let image = disk.image();
    let run = |fail: Option<usize>| {
        let disk = FaultBackend::from_image(image.clone());
        let store = Store::open(pages(&disk), signer()).expect("opens");
        let mut logbook = Logbook::of(store);
        disk.start_recording();
        if let Some(at) = fail {
            disk.fail_at(at);
        }
        let acknowledged = import(&mut logbook, &disk).len();
        drop(logbook);
        (disk.recorded(), acknowledged, disk.image())
    };
    let (operations, all, _) = run(None);
    assert_eq!(all, VISITS + 1);
    assert!(operations > 20, "{operations}");
    for at in 0..operations {
        let (_, acknowledged, image) = run(Some(at));
        holds(image, &groups, acknowledged, at, &format!("error at {at}"));
    }
}

#[test]
fn a_file_of_before_there_were_imports_takes_them() {
    let disk = FaultBackend::default();
    drop(Logbook::create(pages(&disk), Role::Police));
    {
        let old = Database::builder().create_with_backend(pages(&disk));
        let old = old.expect("opens");
        let mut write = old.begin_write().expect("begins");
        write.set_quick_repair(true);
        for name in ["imported", "quarantine", "columns", "pairs"] {
            let table = TableDefinition::<&[u8], &[u8]>::new(name);
            assert!(write.delete_table(table).expect("is deleted"), "{name}");
        }
        write.commit().expect("is written");
    }
    let groups = groups(&batches(&mut Logbook::create(
        pages(&FaultBackend::default()),
        Role::Police,
    )));
    holds(disk.image(), &groups, 0, 0, "an older file");
}
