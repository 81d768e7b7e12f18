//! What commands say to people: true to the case, in their language, and about the right thing.

use std::fs;
use std::path::Path;

use bacung::runtime::Folder;
use bacung::runtime::logbook;

use crate::harness::home::Home;

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// It said that whole entries could still be read.
#[test]
fn a_file_that_is_no_logbook_is_not_said_to_hold_entries() {
    let home = Home::with_demo(2);
    let file = home.logbook().join("logbook.redb");
    let whole = fs::read(&file).expect("is there");
    let noise: Vec<u8> = (0..40_000_u32).map(|n| (n * 7 % 251) as u8).collect();
    for content in [Vec::new(), b"hello".to_vec(), noise, whole[..9000].to_vec()] {
        fs::write(&file, &content).expect("is written");
        let ran = home.run(&["check"]);
        assert_eq!(ran.code, 3, "{}", ran.err);
        assert!(ran.err.contains("không đọc được mục nào"), "{}", ran.err);
        assert!(!ran.err.contains("vẫn đọc được"), "{}", ran.err);
        assert!(ran.out.contains("tệp sổ"), "{}", ran.out);
        assert!(fs::read(&file).expect("is there") == content);
    }
}

#[test]
fn nothing_is_put_into_the_folder_of_the_logbook() {
    let home = Home::with_demo(2);
    let inside = home.logbook().join("so.backup");
    let below = home.logbook().join("man");
    let table = home.logbook().join("a.csv");
    let before = home.files();
    for args in [
        &["backup", text(&inside)][..],
        &["backup", text(&home.logbook())],
        &["man", text(&below)],
        &["export", "visits", "--format", "csv", "-o", text(&table)],
    ] {
        let ran = home.run(args);
        assert_eq!(ran.code, 1, "{args:?}: {}", ran.err);
        assert!(ran.err.contains("thư mục của sổ"), "{args:?}: {}", ran.err);
    }
    let names = |files: Vec<(_, _)>| files.into_iter().map(|(path, _)| path).collect::<Vec<_>>();
    assert_eq!(names(home.files()), names(before));
}

#[test]
fn without_a_keyboard_each_command_says_what_it_wants_of_one() {
    let home = Home::with_demo(2);
    let ran = home.run(&["passphrase"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("Mật khẩu mới phải gõ"), "{}", ran.err);
    let ran = home.run(&["recover"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("Mã khôi phục phải gõ"), "{}", ran.err);
    assert!(!ran.err.contains("--passphrase-file"), "{}", ran.err);
    let two = home.path().join("two");
    fs::write(&two, "rừng xanh núi đỏ\ndòng hai\n").expect("is written");
    let ran = home.run_with(&["check"], &[("BACUNG_PASSPHRASE_FILE", &two)]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("nhiều hơn một dòng"), "{}", ran.err);
}

#[test]
fn recovering_waits_for_the_window_that_has_the_logbook_open() {
    let home = Home::with_demo(1);
    let folder = Folder::choose(Some(&home.logbook())).expect("was named");
    let held = logbook::hold(&folder).expect("is free");
    let ran = home.run(&["recover"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("cửa sổ khác"), "{}", ran.err);
    drop(held);
}

#[test]
fn lists_and_records_are_in_peoples_words() {
    let home = Home::with_demo(30);
    let list = home.run(&["list", "visits", "--state", "sent"]);
    let row = list.out.lines().next().expect("a row");
    assert!(row.ends_with("chờ duyệt"), "{row}");
    let english = home.run(&["list", "visits", "--state", "sent", "--lang", "en"]);
    assert!(!english.out.contains("chờ duyệt"), "{}", english.out);
    let code = row.split("  ").next().expect("a code");
    let shown = home.run(&["show", code]).out;
    assert!(
        shown.starts_with(&format!("Chuyến {code} · chờ duyệt")),
        "{shown}"
    );
    let codes = [
        "sent", "typed", "worked", "created", "site:", "visit", "null",
    ];
    for word in codes {
        assert!(!shown.contains(word), "{word} in {shown}");
    }
    assert!(shown.contains("ghi lần đầu"), "{shown}");
    let path = home.path().join("a.csv");
    let args = ["export", "visits", "--format", "csv", "-o", text(&path)];
    assert_eq!(home.run(&args).code, 0);
    let table = fs::read_to_string(&path).expect("is there");
    assert!(table.contains(",chờ duyệt,gõ tay,"), "{table}");
    assert!(!table.contains(",sent,"), "{table}");
}

/// Only some commands read all files, so that a mistake in one was passed over in silence.
#[test]
fn a_mistake_in_any_file_of_the_configuration_is_said_by_every_command() {
    let home = Home::with_demo(1);
    let config = home.path().join("config").join("bacung");
    fs::create_dir_all(config.join("law")).expect("is made");
    let table = home.path().join("a.csv");
    fs::write(&table, "Ngày,Nội dung\n").expect("is written");
    for name in [
        "settings.toml",
        "keymap.toml",
        "catalogue.toml",
        "law/own.toml",
    ] {
        let file = config.join(name);
        fs::write(&file, "\nno_such_key = 1\n").expect("is written");
        let received = ["deadline", "complaint", "--received", "2026-11-02"];
        for args in [
            &["list", "visits"][..],
            &["import", text(&table)],
            &["check"],
            &received,
        ] {
            let ran = home.run(args);
            assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{name}: {}", ran.err);
            let said = format!("{}, dòng 2", Path::new(name).display());
            assert!(ran.err.contains(&said), "{name}: {}", ran.err);
        }
        fs::remove_file(&file).expect("is there");
    }
    assert_eq!(home.run(&["list", "visits"]).code, 0);
}

#[test]
fn what_keeps_a_visit_is_named() {
    let home = Home::with_demo(30);
    let drafts = home
        .run(&["list", "visits", "--state", "draft", "--json"])
        .json();
    let code = drafts["rows"][0]["code"]
        .as_str()
        .expect("a draft")
        .to_owned();
    let backwards = ["amend", &code, "note=a", "from=2026-01-09", "to=2026-01-08"];
    let ran = home.run(&backwards);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("ngày về: trước ngày đi"), "{}", ran.err);
    assert!(!ran.err.contains("note"), "{}", ran.err);
    assert_eq!(home.run(&["amend", &code, "from=", "to="]).code, 0);
    let ran = home.run(&["send", &code]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("ngày đi: còn thiếu"), "{}", ran.err);
}

#[test]
fn what_the_system_refuses_is_said_in_the_language_asked_for() {
    let home = Home::with_demo(1);
    let nowhere = home.path().join("none").join("a.csv");
    for args in [
        &["import", text(&nowhere)][..],
        &["backup", text(&nowhere)],
        &["man", text(&home.passphrase_file())],
    ] {
        let ran = home.run(args);
        assert_eq!(ran.code, 1, "{args:?}");
        for word in ["os error", "No such file", "exists"] {
            assert!(!ran.err.contains(word), "{args:?}: {}", ran.err);
        }
    }
    let ran = home.run(&["import", text(&nowhere), "--lang", "en"]);
    assert!(ran.err.contains("there is no such file"), "{}", ran.err);
}

#[test]
fn pages_are_written_all_or_none() {
    let home = Home::with_demo(1);
    let to = home.path().join("man");
    fs::create_dir_all(to.join("bacung-show.1")).expect("is made");
    let ran = home.run(&["man", text(&to)]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert_eq!(fs::read_dir(&to).expect("is there").count(), 1);
    fs::remove_dir(to.join("bacung-show.1")).expect("is empty");
    assert_eq!(home.run(&["man", text(&to)]).code, 0);
    let page = fs::read_to_string(to.join("bacung-show.1")).expect("is there");
    for heading in [
        ".SH TÊN",
        ".SH \"CÚ PHÁP\"",
        ".SH \"MÔ TẢ\"",
        ".SH \"THAM SỐ\"",
    ] {
        assert!(
            page.contains(heading) || page.contains(&heading.replace('"', "")),
            "{page}"
        );
    }
    for heading in [".SH NAME", ".SH SYNOPSIS", ".SH DESCRIPTION", ".SH OPTIONS"] {
        assert!(!page.contains(heading), "{page}");
    }
}

#[test]
fn no_date_has_five_digits_for_its_year() {
    let home = Home::new();
    let ran = home.run(&["deadline", "complaint", "--received", "9999-12-31"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("--received"), "{}", ran.err);
}
