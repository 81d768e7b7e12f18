//! What a person notices while a table comes in, and what is asked of many visits at once.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use bacung::demo::{Demo, DemoVisit};
use bacung::journal::StreamIds;
use bacung::runtime::intake::Pace;

use crate::corpus::today;
use crate::frame::Screen;
use crate::ours::{self, query};
use crate::table::{Table, Times, ms};
use crate::{fill, peer};

/// Visits that come in while the screen is painted.
const VISITS: u64 = 3000;
const SEED: u64 = 23;
/// How often a screen is painted at most.
const FRAME: Duration = Duration::from_millis(8);
/// Visits whose pairs are looked for.
const ASKED: usize = 300;

/// Paints and turns pages while another thread writes batches as the screen's import does.
pub fn painting(ours: &Path, table: &mut Table) {
    let store = ours::open(ours);
    let reader = store.reader();
    let mut screen = Screen::open(&reader);
    let written = AtomicBool::new(false);
    let (mut painted, mut pages, mut batches) =
        (Times::default(), Times::default(), Times::default());
    let total = reader.list_visits(&query("", 0)).expect("a page").total;
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut ids = StreamIds::from_seed([5; 32]);
            let pace = Pace::beside_keys();
            let mut made = Demo::new(SEED, VISITS, today());
            loop {
                let batch: Vec<DemoVisit> = made.by_ref().take(pace.rows()).collect();
                let rows = batch.len();
                if rows == 0 {
                    break;
                }
                let begun = Instant::now();
                batches.time(|| fill::save(&store, &mut ids, batch));
                pace.took(rows, begun.elapsed());
            }
            written.store(true, Ordering::Relaxed);
        });
        let mut at = 0_u64;
        while !written.load(Ordering::Relaxed) {
            screen.press(if at.is_multiple_of(2) { 'j' } else { 'k' });
            painted.time(|| screen.draw());
            at += 1;
            let offset = at.wrapping_mul(0x9E37_79B9) % total.max(1);
            pages.time(|| reader.list_visits(&query("", offset)).expect("a page"));
            std::thread::park_timeout(FRAME);
        }
    });
    table.alone(
        "repaint 120 × 40 while an import runs, p99",
        ms(painted.p99()),
        "≤ 8 ms",
    );
    let both = format!("{} (p99 {})", ms(pages.median()), ms(pages.p99()));
    table.alone(
        "page after a jump while an import runs, median",
        both,
        "≤ 2 ms",
    );
    let both = format!("{} (p99 {})", ms(batches.median()), ms(batches.p99()));
    table.alone("a batch of the screen's import, median", both, "≤ 50 ms");
}

/// Looks for visits that may be one with some of the list; the peer for those at the same place within days.
pub fn pairs(ours: &Path, theirs: &Path, table: &mut Table) {
    let reader = ours::open(ours).reader();
    let other = peer::open(theirs);
    let total = reader.list_visits(&query("", 0)).expect("a page").total;
    let (mut own, mut others, mut found) = (Times::default(), Times::default(), 0);
    for at in 0..ASKED as u64 {
        let offset = at * total / ASKED as u64;
        let page = reader.list_visits(&query("", offset)).expect("a page");
        let Some(row) = page.rows.first() else {
            continue;
        };
        found += own.time(|| reader.duplicates_of(row.id).expect("its pairs").len());
        others.time(|| peer::pairs(&other, offset as i64));
    }
    table.note(format!("pairs: {found} for {ASKED} visits"));
    table.beside(
        "visits that may be one with another, p99",
        own.p99(),
        others.p99(),
        "≤ 8 ms",
    );
}
