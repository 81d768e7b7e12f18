//! What an export wrote comes in again as the same records.

use std::collections::BTreeSet;

use serde_json::Value;

use super::rows::{counts, home};
use crate::harness::home::Home;

/// What a record of another logbook cannot have: its code, where it came from, what else its visit holds.
const OWN: &[&str] = &[
    "code",
    "visit",
    "origin",
    "activities",
    "meetings",
    "concerns",
];

/// The made-up records name today's units, also where they are of days before there were any.
const SINCE: &str = "2025-07-01";

/// The rows of a table as JSON, without what is a logbook's own, in the order of what they say.
fn said(home: &Home, table: &str) -> Vec<String> {
    let rows = exported(home, table).into_iter().map(|mut row| {
        if let Some(object) = row.as_object_mut() {
            object.retain(|key, _| !OWN.contains(&key.as_str()));
        }
        row.to_string()
    });
    let mut rows: Vec<String> = rows.collect();
    rows.sort();
    rows
}

fn exported(home: &Home, table: &str) -> Vec<Value> {
    let path = home.path().join("said.ndjson");
    let path = path.to_str().expect("UTF-8").to_owned();
    let ran = home.run(&[
        "export",
        table,
        "--format",
        "ndjson",
        "--with-names",
        "--from",
        SINCE,
        "-o",
        &path,
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let text = std::fs::read_to_string(&path).expect("is read");
    let rows = text.lines();
    rows.map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

#[test]
fn an_export_comes_in_as_the_same_records() {
    let from = Home::with_demo(60);
    for (table, format) in [
        ("activities", "csv"),
        ("meetings", "xlsx"),
        ("visits", "csv"),
        ("concerns", "csv"),
        ("concerns", "xlsx"),
    ] {
        let path = from.path().join(format!("table.{format}"));
        let path = path.to_str().expect("UTF-8");
        let wrote = from.run(&[
            "export",
            table,
            "--format",
            format,
            "--with-names",
            "--from",
            SINCE,
            "-o",
            path,
        ]);
        assert_eq!(wrote.code, 0, "{}", wrote.err);
        let to = home();
        let ran = to.run(&["import", path, "--json", "--as-of", "2026-11-23"]);
        let expected = said(&from, table);
        let [rows, added, ..] = counts(&ran);
        assert_eq!(
            (rows, added),
            (expected.len() as u64, rows),
            "{table}: {}",
            ran.out
        );
        for (came, left) in said(&to, table).iter().zip(&expected) {
            assert_eq!(came, left, "{table}");
        }
        let again = to.run(&["import", path, "--json", "--as-of", "2026-11-23"]);
        assert_eq!(counts(&again), [rows, 0, 0, rows]);
        // Where they were written they are known by their codes.
        let before = said(&from, "entries");
        let own = from.run(&["import", path, "--json", "--as-of", "2026-11-23"]);
        assert_eq!(counts(&own), [rows, 0, 0, rows], "{table}");
        assert_eq!(said(&from, "entries"), before, "{table}");
    }
}

#[test]
fn parts_in_tables_of_their_own_meet_in_their_visit() {
    let (from, to) = (Home::with_demo(60), home());
    let mut visits = BTreeSet::new();
    for table in ["activities", "meetings", "concerns"] {
        let parts = exported(&from, table).into_iter();
        visits.extend(parts.map(|part| part["visit"].as_str().expect("a code").to_owned()));
        let path = from.path().join("parts.csv");
        let path = path.to_str().expect("UTF-8");
        let words = ["export", table, "--format", "csv", "--with-names"];
        let wrote = from.run(&[&words[..], &["--from", SINCE, "-o", path]].concat());
        assert_eq!(wrote.code, 0, "{}", wrote.err);
        let ran = to.run(&["import", path, "--json", "--as-of", "2026-11-23"]);
        let [rows, added, ..] = counts(&ran);
        assert_eq!(added, rows, "{table}: {}", ran.out);
    }
    assert_eq!(exported(&to, "visits").len(), visits.len());
}
