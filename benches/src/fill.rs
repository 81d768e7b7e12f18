//! Fills both with the same visits in the same batches; then saves some more, one by one.

use std::path::Path;
use std::time::{Duration, Instant};

use bacung::demo::DemoVisit;
use bacung::journal::StreamIds;
use bacung::store::{SaveDossier, Store};

use crate::table::{Table, Times, ms};
use crate::{corpus, ours, peer};

/// Visits of one commit of an import.
const BATCH: usize = 1000;
/// Visits saved one by one.
const SAVES: usize = 300;

/// Saves visits in one commit.
pub fn save(store: &Store, ids: &mut StreamIds, visits: Vec<DemoVisit>) {
    let Some(last) = visits.last() else { return };
    let moment = ours::moment(last.written);
    let saves = visits.into_iter().map(|visit| {
        let save = SaveDossier {
            dossier: visit.dossier,
            places: visit.places,
            people: visit.people,
            typing: None,
        };
        (save, visit.then)
    });
    let saves = saves.collect();
    store.save_all(saves, moment, ids).expect("saved");
}

/// Fills both; the visits themselves are made outside the times.
pub fn both(ours: &Path, theirs: &Path, visits: u64, table: &mut Table) {
    let mut ids = StreamIds::from_seed([1; 32]);
    let store = ours::create(ours, &mut ids);
    let mut peer = peer::open(theirs);
    let (mut own, mut others) = (Duration::ZERO, Duration::ZERO);
    let (mut made, mut done) = (corpus::visits(visits), 0);
    let mut batches = Times::default();
    loop {
        let batch: Vec<DemoVisit> = made.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let begun = Instant::now();
        peer::save(&mut peer, &batch);
        others += begun.elapsed();
        done += batch.len();
        let begun = Instant::now();
        batches.time(|| save(&store, &mut ids, batch));
        own += begun.elapsed();
        if done % 50_000 < BATCH {
            let rate = |time: Duration| done as f64 / time.as_secs_f64();
            eprintln!("{done}: {:.0}/s, SQLite {:.0}/s", rate(own), rate(others));
        }
    }
    let rate = |time: Duration| visits as f64 / time.as_secs_f64();
    table.rates("visits taken in", rate(own), rate(others), "≥ 20,000/s");
    let batch = format!("{} (p99 {})", ms(batches.median()), ms(batches.p99()));
    table.alone("a batch of 1,000, median", batch, "≤ 50 ms");
}

/// Saves visits one by one, each durable with every view up to date.
pub fn saves(ours: &Path, theirs: &Path, visits: u64, table: &mut Table) {
    let store = ours::open(ours);
    let mut ids = StreamIds::from_seed([2; 32]);
    let mut peer = peer::open(theirs);
    let (mut own, mut others) = (Times::default(), Times::default());
    let more = visits + SAVES as u64;
    // A seed of their own would meet villages anew: take visits of another spread, without names.
    for mut visit in corpus::visits(more).take(SAVES) {
        visit.places.clear();
        visit.people.clear();
        others.time(|| peer::save(&mut peer, std::slice::from_ref(&visit)));
        own.time(|| save(&store, &mut ids, vec![visit]));
    }
    table.beside("a durable save, median", own.median(), others.median(), "");
    table.beside(
        "a durable save, p99",
        own.p99(),
        others.p99(),
        "≤ 25 ms, ratio 1.0",
    );
}
