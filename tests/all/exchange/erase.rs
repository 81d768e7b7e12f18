//! Erasing a copy: only once other devices hold all of it, or by the unit's name.

use super::command::{Scene, ok, scene, sync, write_visits};
use crate::harness::home::Home;

#[test]
fn a_copy_goes_only_once_receipts_cover_it() {
    let Scene {
        officer,
        cell,
        stick,
    } = scene();
    write_visits(&officer);
    let alone = officer.run(&["erase-logbook", "--yes"]);
    assert_eq!(alone.code, 1);
    assert!(alone.err.contains("chuyến và ý kiến"), "{}", alone.err);
    assert!(alone.err.contains("Chưa xóa gì"), "{}", alone.err);
    sync(&officer, &stick);
    assert_eq!(officer.run(&["erase-logbook", "--yes"]).code, 1, "a stick");
    sync(&cell, &stick);
    assert_eq!(officer.run(&["erase-logbook", "--yes"]).code, 1);
    sync(&officer, &stick);
    let unasked = officer.run(&["erase-logbook"]);
    assert_eq!(unasked.code, 1, "nobody said yes: {}", unasked.err);
    ok(&officer, &["list", "visits"]);
    std::fs::write(officer.logbook().join("other"), "x").expect("is written");
    ok(&officer, &["erase-logbook", "--yes"]);
    let left = std::fs::read_dir(officer.logbook()).expect("is there");
    let left: Vec<_> = left.map(|file| file.expect("a file").file_name()).collect();
    assert_eq!(left, ["other"]);
    assert_eq!(officer.run(&["list", "visits"]).code, 1);
    // What the officer wrote is at the cell, and stays.
    let listed = ok(&cell, &["list", "visits", "--json"]).json();
    assert_eq!(listed["total"], 1);
}

#[test]
fn what_nobody_else_holds_goes_only_by_the_name_of_the_unit() {
    let home = Home::new();
    let unit = ["--unit", "Công an xã Nà Hang", "--role", "police"];
    ok(&home, &[&["new", "--name", "Bế"][..], &unit].concat());
    for wrong in ["", "Công an", "công an xã nà hang"] {
        let ran = home.run(&["erase-logbook", "--yes", "--name", wrong]);
        assert_eq!(ran.code, 1, "{wrong}");
        assert!(home.logbook().join("keys.age").exists());
    }
    ok(&home, &["erase-logbook", "--name", "Công an xã Nà Hang"]);
    assert!(!home.logbook().exists());
}
