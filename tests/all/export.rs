//! Exports from a logbook in memory: what is in a table, what never is, and that a disk that fails
//! leaves the old file or the new one.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use bacung::config::catalogue::Catalogue;
use bacung::config::units::Communes;
use bacung::domain::{
    Citizen, Citizens, Envelope, Filters, Format, FormerCommuneCode, HelpedNames, HistoryEvent,
    ListQuery, Particulars, RaisedBy, Role, Site, Sort, Stamp, Table, Versioned, VisitId,
};
use bacung::i18n::{Catalog, Language};
use bacung::report::Terms;
use bacung::runtime::export::{Done, ExportError, Order, Work};
use bacung::runtime::outfile::{OutDisk, RealDisk};
use redb::backends::InMemoryBackend;
use serde_json::Value;

use crate::harness::home::Home;
use crate::harness::logbook::{
    Logbook, at, day, query, visit, with_activity, with_concern, with_meeting,
};
use crate::harness::outdisk::Failing;

/// Words that lie in `petition` and `sealed` only.
pub const NAMES: [&str; 5] = ["Xuân-Tên", "0900-Máy", "Lời-Nói", "Mong-Ước", "Giúp-Ai"];
pub const SEALED: [&str; 2] = ["Bì-Số-9", "Cơ-Quan-Nhận"];

/// A logbook with one visit of every part, and some plain ones.
pub fn logbook(role: Role, more: usize) -> (Logbook, VisitId) {
    let mut logbook = Logbook::create(InMemoryBackend::new(), role);
    let place = logbook.place("Pắc Ban", 2221);
    let mut whole = at(visit("ghi chú", Some("2026-11-20")), Site::Village(place.0));
    whole = with_activity(whole, "canal", "nạo vét");
    whole = with_meeting(whole, "phát biểu");
    whole = with_concern(whole, "đường tối", Some("2026-12-01"));
    if role.keeps_names() {
        whole.activities[0].helped = Some(Versioned::new(HelpedNames {
            activity: None,
            names: NAMES[4].into(),
        }));
        whole.concerns[0].particulars = Some(Versioned::new(Particulars {
            concern: None,
            raised_by: RaisedBy::Citizen(Citizen {
                name: NAMES[0].into(),
                contact: NAMES[1].into(),
                ..Citizen::default()
            }),
            said: NAMES[2].into(),
            wish: NAMES[3].into(),
        }));
        whole.envelopes.push(Versioned::new(Envelope {
            visit: None,
            number: SEALED[0].into(),
            on: None,
            body: SEALED[1].into(),
            ..Envelope::default()
        }));
    }
    let saved = logbook
        .try_save(whole, vec![place], vec![])
        .expect("a save");
    for n in 0..more {
        let on = format!("2026-10-{:02}", 1 + n % 28);
        logbook.save(with_activity(visit("x", Some(&on)), "road", "rải đá"));
    }
    (logbook, saved.visit)
}

pub fn order(table: Table, format: Format, path: &Path) -> Order {
    Order {
        table,
        format,
        query: ListQuery {
            sort: Sort::OldestFirst,
            ..query("")
        },
        citizens: Citizens::LeftOut,
        path: path.to_owned(),
        at: Stamp(1_795_000_000_000),
    }
}

pub fn run_on<D: OutDisk>(
    logbook: &mut Logbook,
    order: &Order,
    disk: &D,
    stop: &AtomicBool,
) -> Result<Done, ExportError> {
    let (catalogue, communes) = (Catalogue::built_in(), Communes::built_in());
    let speech = Catalog::new(Language::Vi);
    let reader = logbook.store.reader();
    let work = Work {
        reader: &reader,
        terms: Terms {
            catalogue: &catalogue,
            communes: &communes,
            speech: &speech,
        },
        disk,
        logbook: Path::new("/no/logbook"),
        stop,
    };
    let moment = logbook.moment();
    let mut shown = |names: &[_]| logbook.store.show_all(names, moment, &mut logbook.ids);
    work.run(order, &mut shown, &mut |_, _| {})
}

pub fn run(logbook: &mut Logbook, order: &Order) -> Done {
    let stop = AtomicBool::new(false);
    run_on(logbook, order, &RealDisk, &stop).expect("is exported")
}

fn rows(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).expect("is there");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("an object"))
        .collect()
}

#[test]
fn names_and_denunciations_are_in_no_table_unless_asked_for() {
    let home = tempfile::tempdir().expect("a folder");
    let (mut logbook, visit) = logbook(Role::Officer, 3);
    for table in Table::ALL {
        // Not XLSX: deflated words are not seen. Its cells are the same.
        for format in [Format::Csv, Format::Json, Format::Ndjson] {
            let path = home
                .path()
                .join(format!("{}.{}", table.as_str(), format.as_str()));
            run(&mut logbook, &order(table, format, &path));
            let text = fs::read_to_string(&path).expect("is there");
            for word in NAMES.iter().chain(&SEALED) {
                assert!(!text.contains(word), "{word} in {}", path.display());
            }
        }
    }
    let history = logbook
        .store
        .reader()
        .history(visit.into())
        .expect("is read");
    assert!(history.iter().all(|line| line.event != HistoryEvent::Shown));
}

#[test]
fn names_that_are_written_out_are_written_down() {
    let home = tempfile::tempdir().expect("a folder");
    let (mut logbook, visit) = logbook(Role::Police, 3);
    let mut all = String::new();
    for table in [Table::Activities, Table::Concerns] {
        let path = home.path().join(table.as_str());
        let named = Order {
            citizens: Citizens::Named,
            ..order(table, Format::Csv, &path)
        };
        run(&mut logbook, &named);
        all += &fs::read_to_string(&path).expect("is there");
    }
    for word in NAMES {
        assert!(all.contains(word), "{word}");
    }
    for word in SEALED {
        assert!(!all.contains(word), "{word}");
    }
    let history = logbook
        .store
        .reader()
        .history(visit.into())
        .expect("is read");
    let shown = history
        .iter()
        .filter(|line| line.event == HistoryEvent::Shown);
    assert_eq!(shown.count(), 2);
}

#[test]
fn a_role_without_names_has_none_to_write() {
    let home = tempfile::tempdir().expect("a folder");
    let (mut logbook, _) = logbook(Role::Reviewer, 0);
    let path = home.path().join("a.ndjson");
    let named = Order {
        citizens: Citizens::Named,
        ..order(Table::Concerns, Format::Ndjson, &path)
    };
    run(&mut logbook, &named);
    assert_eq!(rows(&path)[0]["raised_by"], Value::Null);
}

#[test]
fn rows_are_whole_records_in_the_order_of_days() {
    let home = tempfile::tempdir().expect("a folder");
    let (mut logbook, withdrawn) = logbook(Role::Officer, 1_200);
    logbook.save(visit("không ngày", None));
    let path = home.path().join("a.ndjson");
    let done = run(&mut logbook, &order(Table::Visits, Format::Ndjson, &path));
    assert_eq!(done.rows, 1_202);
    let days: Vec<_> = rows(&path)
        .into_iter()
        .map(|row| row["to"].clone())
        .collect();
    assert!(days[..1_201].is_sorted_by_key(|day| day.as_str()));
    assert_eq!(days[1_201], Value::Null);
    let day_only = Order {
        query: ListQuery {
            filters: Filters {
                from: Some(day("2026-11-01")),
                to: Some(day("2026-11-30")),
                ..Filters::default()
            },
            ..query("")
        },
        ..order(Table::Activities, Format::Ndjson, &path)
    };
    run(&mut logbook, &day_only);
    let [row] = &rows(&path)[..] else {
        panic!("one activity");
    };
    for (key, value) in [
        ("village", "Pắc Ban"),
        ("village_kind", "thôn"),
        ("commune_code", "02221"),
        ("category", "Kênh mương"),
        ("category_code", "canal"),
        ("description", "nạo vét"),
        ("state", "draft"),
    ] {
        assert_eq!(row[key], value, "{key}");
    }
    let moment = logbook.moment();
    let (store, ids) = (&logbook.store, &mut logbook.ids);
    store
        .withdraw(withdrawn, "nhầm".into(), moment, ids)
        .expect("is withdrawn");
    assert_eq!(run(&mut logbook, &day_only).rows, 0);
}

#[test]
fn a_search_is_written_whole_and_in_its_order() {
    let home = tempfile::tempdir().expect("a folder");
    let (mut logbook, _) = logbook(Role::Officer, 700);
    let path = home.path().join("a.ndjson");
    for (words, sort, count) in [
        ("rai da", Sort::NewestFirst, 700),
        ("rai da", Sort::OldestFirst, 700),
        ("nao vet", Sort::NewestFirst, 1),
        ("khong co", Sort::NewestFirst, 0),
        ("", Sort::NewestFirst, 701),
    ] {
        let asked = ListQuery {
            sort,
            ..query(words)
        };
        let asked = Order {
            query: asked,
            ..order(Table::Visits, Format::Ndjson, &path)
        };
        assert_eq!(run(&mut logbook, &asked).rows, count, "{words}");
        let listed = ListQuery {
            limit: 1_000,
            ..asked.query
        };
        let listed = logbook
            .store
            .reader()
            .list_visits(&listed)
            .expect("is read");
        let listed: Vec<_> = listed.rows.iter().map(|row| row.code.as_str()).collect();
        let rows = rows(&path);
        let written: Vec<_> = rows.iter().filter_map(|row| row["code"].as_str()).collect();
        assert_eq!(written, listed, "{words}");
    }
}

#[test]
fn a_record_has_the_unit_of_its_day_and_that_of_today() {
    let home = tempfile::tempdir().expect("a folder");
    let (mut logbook, _) = logbook(Role::Officer, 0);
    let site = Site::Former(FormerCommuneCode(2_479));
    logbook.save(at(visit("x", Some("2024-05-05")), site));
    let path = home.path().join("a.ndjson");
    run(&mut logbook, &order(Table::Visits, Format::Ndjson, &path));
    let row = &rows(&path)[0];
    for (key, value) in [
        ("commune", "Xã Lang Quán"),
        ("district", "Huyện Yên Sơn"),
        ("province", "Tỉnh Tuyên Quang"),
        ("commune_today", "Xã Yên Sơn"),
        ("commune_code", "02473"),
    ] {
        assert_eq!(row[key], value, "{key}");
    }
}

#[test]
fn entries_say_what_an_auditor_needs_and_no_more() {
    let home = tempfile::tempdir().expect("a folder");
    let (mut logbook, _) = logbook(Role::Officer, 0);
    let path = home.path().join("entries.ndjson");
    run(&mut logbook, &order(Table::Entries, Format::Ndjson, &path));
    let rows = rows(&path);
    let seqs: Vec<_> = rows.iter().map(|row| row["seq"].as_u64()).collect();
    let expected: Vec<_> = (1..=rows.len() as u64).map(Some).collect();
    assert_eq!(seqs, expected);
    for pair in rows.windows(2) {
        assert_eq!(pair[1]["previous"], pair[0]["hash"]);
    }
    for row in &rows {
        let kind = row["record"].as_str().expect("a word");
        assert!(
            !["particulars", "helped", "envelope"].contains(&kind),
            "{kind}"
        );
    }
}

fn fail_everywhere(format: Format, kind: io::ErrorKind) {
    let home = tempfile::tempdir().expect("a folder");
    let (mut logbook, _) = logbook(Role::Officer, 40);
    let path = home.path().join(format!("a.{}", format.as_str()));
    let stop = AtomicBool::new(false);
    run(&mut logbook, &order(Table::Activities, format, &path));
    let new = fs::read(&path).expect("is there");
    let mut failed = 0;
    for steps in 0.. {
        fs::write(&path, b"old").expect("is written");
        let disk = Failing::after(steps, kind);
        let done = run_on(
            &mut logbook,
            &order(Table::Activities, format, &path),
            &disk,
            &stop,
        );
        let there = fs::read(&path).expect("is there");
        let whole = there.len() == new.len();
        assert!(whole || there == b"old", "{format:?} after {steps} steps");
        assert_eq!(fs::read_dir(home.path()).expect("is there").count(), 1);
        if let Ok(done) = done {
            assert!(whole && done.rows == 41);
            break;
        }
        failed += 1;
    }
    assert!(failed > 8, "{format:?}: only {failed} places to fail");
}

#[test]
fn a_failing_disk_leaves_the_old_file_or_the_new_one() {
    for format in [Format::Csv, Format::Xlsx, Format::Json, Format::Ndjson] {
        fail_everywhere(format, io::ErrorKind::Other);
    }
}

#[test]
fn a_full_disk_leaves_the_old_file_or_the_new_one() {
    fail_everywhere(Format::Csv, io::ErrorKind::StorageFull);
    fail_everywhere(Format::Xlsx, io::ErrorKind::StorageFull);
}

#[test]
fn a_stop_leaves_nothing_behind() {
    let home = tempfile::tempdir().expect("a folder");
    let (mut logbook, _) = logbook(Role::Officer, 600);
    let path = home.path().join("a.csv");
    let stop = AtomicBool::new(true);
    let done = run_on(
        &mut logbook,
        &order(Table::Visits, Format::Csv, &path),
        &RealDisk,
        &stop,
    );
    assert!(matches!(done, Err(ExportError::Stopped)));
    assert_eq!(fs::read_dir(home.path()).expect("is there").count(), 0);
}

#[test]
fn the_command_writes_reads_back_and_refuses_in_sentences() {
    let home = Home::with_demo(30);
    let path = |name: &str| home.path().join(name).to_str().expect("UTF-8").to_owned();
    for (format, name) in [("xlsx", "a.xlsx"), ("csv", "a.csv"), ("json", "a.json")] {
        let ran = home.run(&["export", "visits", "--format", format, "-o", &path(name)]);
        assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
        assert!(ran.err.contains("Đã xuất 30 dòng"), "{}", ran.err);
    }
    let written = || -> Vec<_> {
        let entries = fs::read_dir(home.path()).expect("is there");
        let mut paths: Vec<_> = entries.map(|e| e.expect("is there").path()).collect();
        paths.sort();
        let read = |path: std::path::PathBuf| (fs::read(&path).ok(), path);
        paths.into_iter().map(read).collect()
    };
    let before = written();
    for (format, name, code, says) in [
        ("parquet", "a.csv", 1, ".parquet"),
        ("csv", "a.xlsx", 1, ".csv"),
        ("csv", "none/a.csv", 1, "thư mục"),
        ("csv", "con.csv", 1, "Windows"),
        ("csv", "logbook/a.csv", 1, "thư mục của sổ"),
    ] {
        let ran = home.run(&["export", "visits", "--format", format, "-o", &path(name)]);
        assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{}", ran.err);
        assert!(ran.err.contains(says), "{}", ran.err);
    }
    assert!(written() == before);
}

#[test]
fn manual_pages_are_in_the_chosen_language() {
    let home = Home::new();
    let to = home.path().join("man");
    for (language, says) in [("vi", "Mật khẩu"), ("en", "passphrase")] {
        let ran = home.run(&["man", to.to_str().expect("UTF-8"), "--lang", language]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        for page in ["bacung.1", "bacung-export.1", "bacung-passphrase.1"] {
            let text = fs::read_to_string(to.join(page)).expect("is there");
            assert!(text.contains(".TH bacung"), "{text}");
        }
        let page = fs::read_to_string(to.join("bacung.1")).expect("is there");
        assert!(page.to_lowercase().contains(&says.to_lowercase()), "{page}");
    }
}
