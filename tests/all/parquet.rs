//! Parquet from a logbook: the rows are those of JSON, by month; nothing is half there, and what is no
//! export is never replaced.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use bacung::domain::{Citizens, Format, Role, Table};
use bacung::runtime::export::ExportError;
use bacung::runtime::outfile::RealDisk;
use bacung::runtime::outname::BadName;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::Value;

use crate::export::{NAMES, SEALED, logbook, order, run, run_on};
use crate::harness::outdisk::Failing;

/// Returns the files of an export by their path in it.
fn parts(folder: &Path) -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    for month in fs::read_dir(folder).expect("is there") {
        let month = month.expect("is there").path();
        for file in fs::read_dir(&month).expect("a folder") {
            let file = file.expect("is there").path();
            let name = file.strip_prefix(folder).expect("inside");
            found.insert(name.display().to_string(), file);
        }
    }
    found
}

/// Returns the rows of a file as JSON.
fn rows_of(path: &Path) -> Vec<Value> {
    let file = File::open(path).expect("is there");
    let reader = SerializedFileReader::new(file).expect("a Parquet file");
    let promised = reader.metadata().file_metadata().num_rows();
    let rows = reader.get_row_iter(None).expect("rows");
    let rows: Vec<Value> = rows
        .map(|row| {
            let row = row.expect("a row");
            let cells = row.get_column_iter();
            cells
                .map(|(key, field)| (key.clone(), value_of(field)))
                .collect()
        })
        .collect();
    assert_eq!(rows.len() as i64, promised);
    rows
}

fn value_of(field: &Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Str(text) => text.as_str().into(),
        Field::Bool(flag) => (*flag).into(),
        Field::Long(number) => (*number).into(),
        Field::ListInternal(list) => list.elements().iter().map(value_of).collect(),
        // Days, moments and quantities are compared by the reader of another make.
        other => other.to_string().into(),
    }
}

fn keys(rows: &[Value], key: &str) -> Vec<String> {
    let texts = rows.iter().map(|row| row[key].to_string());
    let mut texts: Vec<String> = texts.collect();
    texts.sort();
    texts
}

#[test]
fn the_rows_are_those_of_json_in_the_folders_of_their_months() {
    let home = tempfile::tempdir().expect("a folder");
    let (mut logbook, _) = logbook(Role::Officer, 40);
    for table in Table::ALL {
        let folder = home.path().join(table.as_str());
        let lines = home.path().join(format!("{}.ndjson", table.as_str()));
        let done = run(&mut logbook, &order(table, Format::Parquet, &folder));
        run(&mut logbook, &order(table, Format::Ndjson, &lines));
        let parts = parts(&folder);
        let text = fs::read_to_string(lines).expect("is there");
        let wanted: Vec<Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).expect("an object"))
            .collect();
        let found: Vec<Value> = parts.values().flat_map(|path| rows_of(path)).collect();
        assert_eq!(found.len() as u64, done.rows);
        assert_eq!(keys(&found, "code"), keys(&wanted, "code"), "{table:?}");
        for key in ["unit", "team", "households", "seq", "hash", "category"] {
            assert_eq!(keys(&found, key), keys(&wanted, key), "{key} of {table:?}");
        }
        for path in parts.keys() {
            let month = path.split('/').next().expect("a folder");
            let known = ["month=2026-10", "month=2026-11"].contains(&month);
            assert!(known || table == Table::Entries, "{path}");
            assert!(
                path.ends_with(&format!("/{}-1.parquet", table.as_str())),
                "{path}"
            );
        }
        for word in NAMES.iter().chain(&SEALED) {
            assert!(
                !found.iter().any(|row| row.to_string().contains(word)),
                "{word}"
            );
        }
    }
}

#[test]
fn a_table_without_rows_says_what_its_columns_are() {
    let home = tempfile::tempdir().expect("a folder");
    let (mut logbook, _) = logbook(Role::Officer, 0);
    let folder = home.path().join("a");
    let mut order = order(Table::Visits, Format::Parquet, &folder);
    order.query.filters.from = Some(crate::harness::logbook::day("2030-01-01"));
    assert_eq!(run(&mut logbook, &order).rows, 0);
    let parts = parts(&folder);
    let only: Vec<&String> = parts.keys().collect();
    assert_eq!(only, ["month=__HIVE_DEFAULT_PARTITION__/visits-1.parquet"]);
    let file = File::open(&parts[only[0]]).expect("is there");
    let reader = SerializedFileReader::new(file).expect("a Parquet file");
    let schema = reader.metadata().file_metadata().schema_descr();
    assert!(schema.columns().iter().any(|c| c.name() == "code"));
}

#[test]
fn names_that_are_written_out_are_written_down_here_too() {
    let home = tempfile::tempdir().expect("a folder");
    let (mut logbook, _) = logbook(Role::Officer, 3);
    let folder = home.path().join("a");
    let mut order = order(Table::Concerns, Format::Parquet, &folder);
    order.citizens = Citizens::Named;
    run(&mut logbook, &order);
    let found: Vec<Value> = parts(&folder)
        .values()
        .flat_map(|path| rows_of(path))
        .collect();
    assert!(found.iter().any(|row| row["raised_by"] == NAMES[0]));
    assert!(!found.iter().any(|row| row.to_string().contains(SEALED[0])));
}

#[test]
fn a_failing_disk_leaves_the_old_export_or_the_new_one() {
    let home = tempfile::tempdir().expect("a folder");
    let (mut logbook, _) = logbook(Role::Officer, 40);
    let folder = home.path().join("a");
    let order = order(Table::Activities, Format::Parquet, &folder);
    let stop = AtomicBool::new(false);
    let old = folder.join("month=1999-01").join("old-1.parquet");
    let put_old = || {
        fs::remove_dir_all(&folder).ok();
        fs::create_dir_all(old.parent().expect("a folder")).expect("is made");
        fs::write(&old, b"old").expect("is written");
    };
    let mut failed = 0;
    for steps in 0..2_000 {
        put_old();
        let disk = Failing::after(steps, io::ErrorKind::StorageFull);
        let done = run_on(&mut logbook, &order, &disk, &stop);
        let beside = fs::read_dir(home.path()).expect("is there").count();
        match &done {
            Ok(done) => assert_eq!(done.rows, 41),
            // The one step between two renamings: whole, under another name, and said so.
            Err(ExportError::Aside(aside)) => {
                assert!(aside.join("month=1999-01").join("old-1.parquet").exists());
                run(&mut logbook, &order);
                assert_eq!(parts(&folder).len(), 2, "the next export tidies up");
                assert_eq!(fs::read_dir(home.path()).expect("is there").count(), 1);
                continue;
            }
            Err(error) => assert!(matches!(error, ExportError::File(_)), "{error:?}"),
        }
        assert_eq!(beside, 1, "after {steps} steps");
        let whole = !old.exists();
        if whole {
            let rows: usize = parts(&folder)
                .values()
                .map(|path| rows_of(path).len())
                .sum();
            assert_eq!(rows, 41);
        }
        if done.is_ok() {
            assert!(whole);
            assert!(failed > 8, "only {failed} places to fail");
            return;
        }
        failed += 1;
    }
    panic!("it never comes to its end");
}

#[test]
fn what_a_power_cut_left_between_two_renamings_is_put_back() {
    let home = tempfile::tempdir().expect("a folder");
    let (mut logbook, _) = logbook(Role::Officer, 3);
    let folder = home.path().join("a");
    let order = order(Table::Visits, Format::Parquet, &folder);
    run(&mut logbook, &order);
    let hash = blake3::hash(b"a").to_hex();
    let aside = home.path().join(format!(".bacung-{}.old", &hash[..12]));
    fs::rename(&folder, &aside).expect("moved");
    let stop = AtomicBool::new(true);
    let done = run_on(&mut logbook, &order, &RealDisk, &stop);
    assert!(matches!(done, Err(ExportError::Stopped)));
    assert!(!aside.exists());
    assert_eq!(parts(&folder).len(), 2);
}

#[test]
fn only_an_export_is_replaced() {
    let home = tempfile::tempdir().expect("a folder");
    let (mut logbook, _) = logbook(Role::Officer, 3);
    let stop = AtomicBool::new(false);
    let folder = home.path().join("a");
    let order = order(Table::Visits, Format::Parquet, &folder);
    let mut refused = |why: BadName| {
        let done = run_on(&mut logbook, &order, &RealDisk, &stop);
        assert!(
            matches!(done, Err(ExportError::Name(bad)) if bad == why),
            "{done:?}"
        );
    };
    fs::write(&folder, b"a file").expect("is written");
    refused(BadName::NotAFolder);
    fs::remove_file(&folder).expect("is removed");
    for other in [
        "photo.jpg",
        "month=2026-10/photo.jpg",
        "sub/a.parquet",
        "month=2026-10/x/a.parquet",
    ] {
        let path = folder.join(other);
        fs::create_dir_all(path.parent().expect("a folder")).expect("is made");
        fs::write(&path, b"mine").expect("is written");
        refused(BadName::OtherThings);
        assert_eq!(fs::read(&path).expect("is there"), b"mine");
        fs::remove_dir_all(&folder).expect("is removed");
    }
    fs::create_dir(&folder).expect("is made");
    run(&mut logbook, &order);
    run(&mut logbook, &order);
    assert_eq!(parts(&folder).len(), 2);
}

#[cfg(feature = "s3")]
mod s3 {
    //! To an object store: the same files; a place that is taken is refused; what fails is taken away.

    use super::*;
    use crate::exchange::bucket::{KEY, SECRET, root, serve};
    use crate::harness::home::Home;

    #[test]
    fn a_bucket_holds_the_same_parts_and_is_never_written_over() {
        let root = root();
        let endpoint = format!("http://{}", serve(root.path()));
        let home = Home::with_demo(60);
        let export = |to: &str, secret: &str| {
            let around = [
                ("BACUNG_PASSPHRASE_FILE", home.passphrase_file()),
                ("AWS_ENDPOINT_URL", PathBuf::from(&endpoint)),
                ("AWS_ACCESS_KEY_ID", PathBuf::from(KEY)),
                ("AWS_SECRET_ACCESS_KEY", PathBuf::from(secret)),
            ];
            let around: Vec<_> = around
                .iter()
                .map(|(key, path)| (*key, path.as_path()))
                .collect();
            home.run_with(
                &["export", "visits", "--format", "parquet", "-o", to],
                &around,
            )
        };
        let there = root.path().join("ba-cung").join("tinh");
        let denied = export("s3://ba-cung/tinh", "khoa-sai");
        assert_eq!(denied.code, 1, "{}", denied.err);
        assert!(!there.exists());
        let done = export("s3://ba-cung/tinh", SECRET);
        assert_eq!(done.code, 0, "{}", done.err);
        let local = home.path().join("local");
        let path = local.to_str().expect("UTF-8");
        let ran = home.run(&["export", "visits", "--format", "parquet", "-o", path]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        for (name, file) in parts(&local) {
            assert_eq!(
                rows_of(&there.join(&name)).len(),
                rows_of(&file).len(),
                "{name}"
            );
        }
        assert!(there.join("_SUCCESS").exists());
        let again = export("s3://ba-cung/tinh", SECRET);
        assert_eq!(again.code, 1, "{}", again.err);
        assert!(again.err.contains("đã có dữ liệu"), "{}", again.err);
        let missing = export("s3://khong-co/tinh", SECRET);
        assert_eq!(missing.code, 1, "{}", missing.err);
    }
}
