//! Searches typed key by key, over the same visits in both.

use std::path::Path;

use bacung::domain::Counted;

use crate::ours::{self, SCREEN, query};
use crate::peer;
use crate::table::{Table, Times};

/// What people type; each is asked for after every key, as the screen does.
const TYPED: [&str; 16] = [
    "kenh muong",
    "sua nha cho ho ngheo",
    "nguyen van hoa",
    "thap sang duong que",
    "kham benh cap thuoc",
    "cong an xa na hang",
    "hop thon",
    "den duong",
    "nuoc sinh hoat",
    "trong rung",
    "chi bo",
    "trau bo",
    "mat troi",
    "dat dai lan chiem",
    "hoc sinh",
    "xoa nha tam",
];

pub fn search(ours: &Path, theirs: &Path, table: &mut Table) {
    let store = ours::open(ours);
    let other = peer::open(theirs);
    let (mut rows, mut both) = (Times::default(), Times::default());
    let (mut screen, mut count) = (Times::default(), Times::default());
    let (mut keys, mut found) = (0, [0_u64; 2]);
    for round in 0..3 {
        for typed in TYPED {
            // A reader of its own: a key goes on from the keys before it, never from an earlier phrase.
            let reader = store.reader();
            for end in 1..=typed.len() {
                let words = typed[..end].trim_end();
                let page = reader.list_visits(&query(words, 0)).expect("a page");
                if round == 0 {
                    // The first round warms both.
                    peer::first_screen(&other, words, SCREEN);
                    peer::count(&other, words);
                    continue;
                }
                keys += 1;
                found[0] += page.matching;
                // As the screen asks: the rows, and the count behind them where it takes longer.
                let counted = rows.time(|| {
                    reader
                        .list_first_visits(&query(words, 0))
                        .expect("a page")
                        .counted
                });
                let before = rows.last();
                both.time_after(before, || match counted {
                    Counted::Whole => {}
                    Counted::AtLeast => drop(reader.list_visits(&query(words, 0)).expect("a page")),
                });
                screen.time(|| peer::first_screen(&other, words, SCREEN));
                found[1] += count.time(|| peer::count(&other, words));
            }
        }
    }
    table.note(format!(
        "searches: {keys} keys; {} hits in bacung (which also finds places, teams and codes), {} in SQLite",
        found[0], found[1]
    ));
    let (ours, theirs) = (rows.median(), screen.median());
    table.beside("key to first screen, median", ours, theirs, "");
    table.beside(
        "key to first screen, p99",
        rows.p99(),
        screen.p99(),
        "≤ 8 ms, 5 ×",
    );
    table.beside(
        "key to exact count, p99",
        both.p99(),
        count.p99(),
        "≤ 20 ms, 5 ×",
    );
}
