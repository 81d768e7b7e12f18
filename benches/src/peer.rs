//! The peer: the same visits in SQLite, with indexes on what lists sort and filter by, and FTS5 over
//! the same words without marks. Not encrypted, not signed, without history.

use std::path::Path;

use bacung::demo::DemoVisit;
use rusqlite::{Connection, params};

use crate::corpus::text;

pub fn open(path: &Path) -> Connection {
    let peer = Connection::open(path).expect("SQLite opens");
    peer.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
         CREATE TABLE IF NOT EXISTS visits (
             id INTEGER PRIMARY KEY, day TEXT, unit TEXT, place BLOB, state INTEGER,
             person_days INTEGER, body TEXT);
         CREATE INDEX IF NOT EXISTS by_day ON visits (day, id);
         CREATE INDEX IF NOT EXISTS by_place ON visits (place, day);
         CREATE INDEX IF NOT EXISTS by_state ON visits (state, day);
         CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
             body, content = 'visits', content_rowid = 'id',
             tokenize = \"unicode61 remove_diacritics 2\", prefix = '1 2');",
    )
    .expect("the tables");
    peer
}

/// Saves visits in one durable transaction.
pub fn save(peer: &mut Connection, visits: &[DemoVisit]) {
    let change = peer.transaction().expect("a transaction");
    {
        let row = "INSERT INTO visits (day, unit, place, state, person_days, body)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let mut row = change.prepare_cached(row).expect("prepared");
        let words = "INSERT INTO words (rowid, body) VALUES (?1, ?2)";
        let mut words = change.prepare_cached(words).expect("prepared");
        for visit in visits {
            let own = &visit.dossier.visit.value;
            let activities = visit.dossier.activities.iter();
            let days: u64 = activities
                .filter_map(|a| a.activity.value.person_days)
                .map(|days| days.0)
                .sum();
            let site = own.site.as_ref().map(|site| format!("{site:?}"));
            let day = own.to.map(|day| day.to_string());
            let body = text(visit);
            row.execute(params![day, own.unit, site, 1, days as i64, body])
                .expect("a row");
            let id = change.last_insert_rowid();
            // đ has no decomposition: fold it as bacung does, so that both find the same.
            words
                .execute(params![id, body.replace('đ', "d").replace('Đ', "D")])
                .expect("its words");
        }
    }
    change.commit().expect("a commit");
}

/// The newest visits with all words, the last one as a prefix.
pub fn first_screen(peer: &Connection, words: &str, limit: usize) -> usize {
    let found = "SELECT v.id, v.day, v.unit, substr(v.body, 1, 100) FROM words w
                 JOIN visits v ON v.id = w.rowid
                 WHERE words MATCH ?1 ORDER BY w.rowid DESC LIMIT ?2";
    let mut found = peer.prepare_cached(found).expect("prepared");
    let rows = found.query_map(params![matching(words), limit as i64], |row| {
        row.get::<_, i64>(0)
    });
    rows.expect("asked").filter(Result::is_ok).count()
}

pub fn count(peer: &Connection, words: &str) -> u64 {
    let count = "SELECT count(*) FROM words WHERE words MATCH ?1";
    let mut count = peer.prepare_cached(count).expect("prepared");
    let found = count.query_row([matching(words)], |row| row.get::<_, i64>(0));
    found.expect("counted") as u64
}

fn matching(words: &str) -> String {
    let quoted: Vec<String> = words
        .split_whitespace()
        .map(|w| format!("\"{w}\""))
        .collect();
    format!("{} *", quoted.join(" "))
}

/// The visits at the place of one, at most three days apart.
pub fn pairs(peer: &Connection, at: i64) -> usize {
    let pairs = "SELECT w.id, w.day, w.unit FROM visits v JOIN visits w ON w.place = v.place
                 WHERE v.id = ?1 AND w.id <> v.id
                 AND w.day BETWEEN date(v.day, '-3 days') AND date(v.day, '+3 days')";
    let mut pairs = peer.prepare_cached(pairs).expect("prepared");
    let found = pairs.query_map([at + 1], |row| row.get::<_, i64>(0));
    found.expect("asked").filter(Result::is_ok).count()
}
