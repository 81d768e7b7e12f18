//! A logbook that an earlier build wrote opens, reads, checks and goes on.

use std::fs;
use std::path::Path;

use crate::harness::home::{Home, Ran};

fn home() -> Home {
    let home = Home::new();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/logbook-0.1");
    fs::create_dir_all(home.logbook()).expect("a folder");
    for name in ["keys.age", "logbook.redb"] {
        fs::copy(from.join(name), home.logbook().join(name)).expect("is copied");
    }
    home
}

fn done(home: &Home, args: &[&str]) -> Ran {
    let ran = home.run(args);
    assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
    ran
}

fn total(home: &Home, list: &str) -> u64 {
    let found = done(home, &["list", list, "--json"]).json()["total"].clone();
    found.as_u64().expect("a number")
}

#[test]
fn a_logbook_of_an_earlier_build_opens_and_goes_on() {
    let home = home();
    assert_eq!(total(&home, "visits"), 45);
    assert_eq!(total(&home, "concerns"), 2);
    done(&home, &["check"]);
    let shown = done(&home, &["show", "53NG75", "--json"]).json();
    assert_eq!(shown["fields"]["note"], "Đã báo cáo thường trực Đảng ủy xã");
    let due = done(&home, &["due", "--as-of", "2026-11-23", "--json"]).json();
    assert!(due.to_string().contains("47X28C"));

    done(&home, &["amend", "53NG75", "note=Đã trả lời dân"]);
    done(&home, &["compact"]);
    let found = done(&home, &["list", "visits", "--find", "tra loi", "--json"]).json();
    assert_eq!(found["rows"][0]["code"], "53NG75");
    assert_eq!(total(&home, "activities"), 24);
    done(&home, &["check"]);
    done(&home, &["check", "--rebuild"]);
    assert_eq!(total(&home, "visits"), 45);
}
