//! `backup`, `restore` and `compact` as scripts use them.

use std::fs;
use std::path::Path;

use crate::harness::home::{Home, Ran};

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

fn listed(ran: &Ran) -> serde_json::Value {
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.json()
}

fn all(home: &Home, logbook: &Path) -> Vec<serde_json::Value> {
    let lists = ["visits", "activities", "meetings", "concerns"];
    let list = |what| {
        let place = ["--logbook", text(logbook)];
        let args = ["list", what, "--json", "--limit", "1000"];
        listed(&home.run(&[&place[..], &args].concat()))
    };
    lists.into_iter().map(list).collect()
}

#[test]
fn a_backup_is_put_back_with_the_same_records() {
    let home = Home::with_demo(30);
    let file = home.path().join("so.backup");
    let made = home.run(&["backup", text(&file)]);
    assert_eq!((made.code, made.out.as_str()), (0, ""), "{}", made.err);
    assert!(made.err.contains("kiểm tra từng mục"), "{}", made.err);
    let before = fs::read(&file).expect("is there");
    let again = home.run(&["backup", text(&file)]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("đã có từ trước"), "{}", again.err);
    assert!(fs::read(&file).expect("is there") == before);

    let to = home.path().join("back");
    let back = home.run(&["restore", text(&file), "--to", text(&to)]);
    assert_eq!(back.code, 0, "{}", back.err);
    assert_eq!(all(&home, &to), all(&home, &home.logbook()));
    let place = ["--logbook", text(&to)];
    let checked = home.run(&[&place[..], &["check"]].concat());
    assert_eq!(checked.code, 0, "{}", checked.err);
    let twice = home.run(&["restore", text(&file), "--to", text(&to)]);
    assert_eq!(twice.code, 1);
    assert!(twice.err.contains("không trống"), "{}", twice.err);
    assert_eq!(all(&home, &to), all(&home, &home.logbook()));
}

/// A backup counts as a copy: the list said "not copied" of all visits after it.
#[test]
fn what_a_checked_backup_holds_is_copied_and_what_came_later_is_not() {
    let home = Home::with_demo(4);
    let copies = || -> Vec<(String, String)> {
        let page = listed(&home.run(&["list", "visits", "--json"]));
        let rows = page["rows"].as_array().expect("rows").iter();
        let cell = |row: &serde_json::Value, name: &str| row[name].as_str().expect(name).to_owned();
        rows.map(|row| (cell(row, "code"), cell(row, "copies")))
            .collect()
    };
    assert!(copies().iter().all(|(_, copies)| copies == "local"));
    let file = home.path().join("so.backup");
    assert_eq!(home.run(&["backup", text(&file)]).code, 0);
    let after = copies();
    assert!(
        after.iter().all(|(_, copies)| copies == "copied"),
        "{after:?}"
    );
    let (changed, _) = &after[0];
    let amended = home.run(&["amend", changed, "note=sau khi sao lưu"]);
    assert_eq!(amended.code, 0, "{}", amended.err);
    for (code, copies) in copies() {
        let wanted = if code == *changed { "local" } else { "copied" };
        assert_eq!(copies, wanted, "{code}");
    }
    let shown = home.run(&["show", changed, "--json"]).json();
    assert_eq!(shown["copies"], "local");
}

#[test]
fn a_folder_gets_a_file_of_the_day_and_another_one_beside_it() {
    let home = Home::with_demo(3);
    let stick = home.path().join("stick");
    fs::create_dir(&stick).expect("is made");
    for _ in 0..2 {
        let made = home.run(&["backup", text(&stick), "--as-of", "2026-11-24"]);
        assert_eq!(made.code, 0, "{}", made.err);
    }
    let mut names: Vec<_> = fs::read_dir(&stick)
        .expect("is there")
        .map(|entry| entry.expect("is readable").file_name())
        .collect();
    names.sort();
    assert_eq!(
        names,
        ["bacung-2026-11-24-2.backup", "bacung-2026-11-24.backup"]
    );
    let nowhere = home.path().join("none").join("so.backup");
    let made = home.run(&["backup", text(&nowhere)]);
    assert_eq!(made.code, 1);
    assert!(made.err.contains("vẫn nguyên"), "{}", made.err);
}

#[test]
fn what_is_no_whole_backup_is_refused_with_a_sentence() {
    let home = Home::with_demo(3);
    let file = home.path().join("so.backup");
    assert_eq!(home.run(&["backup", text(&file)]).code, 0);
    let whole = fs::read(&file).expect("is there");
    let middle = whole.len() / 2;
    let mut flipped = whole.clone();
    flipped[middle] ^= 1;
    let mut last = whole.clone();
    *last.last_mut().expect("has bytes") ^= 1;
    let broken = [
        (b"hello".to_vec(), "không phải"),
        (Vec::new(), "không phải"),
        (whole[..10].to_vec(), "không phải"),
        (whole[..100].to_vec(), "hỏng"),
        (whole[..middle].to_vec(), "hỏng"),
        (whole[..whole.len() - 1].to_vec(), "hỏng"),
        ([&whole[..], b"x"].concat(), "hỏng"),
        (flipped, "hỏng"),
        (last, "hỏng"),
    ];
    for (at, (bytes, said)) in broken.into_iter().enumerate() {
        fs::write(&file, bytes).expect("is written");
        let to = home.path().join(format!("back{at}"));
        let back = home.run(&["restore", text(&file), "--to", text(&to)]);
        assert_eq!(back.code, 1, "{at}: {}", back.err);
        assert!(back.err.contains(said), "{at}: {}", back.err);
        assert!(!to.exists(), "{at}");
    }
    fs::write(&file, &whole).expect("is written");
    let wrong = home.path().join("wrong");
    fs::write(&wrong, "không phải cụm này").expect("is written");
    let to = home.path().join("back");
    let args = ["restore", text(&file), "--to", text(&to)];
    let back = home.run_with(&args, &[("BACUNG_PASSPHRASE_FILE", &wrong)]);
    assert_eq!(back.code, 1);
    assert!(back.err.contains("mật khẩu"), "{}", back.err);
    assert!(!to.exists());
    assert_eq!(home.run(&args).code, 0);
}

#[test]
fn a_compacted_logbook_answers_the_same() {
    let home = Home::with_demo(40);
    let before = all(&home, &home.logbook());
    let old = fs::read(home.logbook().join("logbook.redb")).expect("is there");
    let ran = home.run(&["compact"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert!(ran.err.contains("khóa dữ liệu mới"), "{}", ran.err);
    assert_eq!(all(&home, &home.logbook()), before);
    assert_eq!(home.run(&["check"]).code, 0);
    let mut names: Vec<_> = fs::read_dir(home.logbook())
        .expect("is there")
        .map(|entry| entry.expect("is readable").file_name())
        .collect();
    names.sort();
    assert_eq!(
        names,
        ["ballast", "keys.age", "logbook.redb", "recovery.age"]
    );
    // The keys of now do not open the file of before.
    fs::write(home.logbook().join("logbook.redb"), old).expect("is written");
    let ran = home.run(&["list", "visits"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("không phải là sổ"), "{}", ran.err);
}
