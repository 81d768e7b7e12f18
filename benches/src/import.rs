//! A table on its way in, from the command to its last commit, and SQLite reading the same file. Both pay for
//! starting, opening and reading; bacung also for its passphrase, for guessing columns and for finding places.

use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use bacung::config::units::Communes;
use bacung::demo::{Demo, DemoVisit};
use bacung::domain::{Place, PlaceId, Site};
use rusqlite::params;

use crate::corpus::today;
use crate::peer;
use crate::table::{Table, Times, ms};

/// Rows of the file, where so many visits give them.
const ROWS: usize = 20_000;
const SEED: u64 = 11;
/// Rows that the peer commits at a time.
const BATCH: usize = 1000;
const HEADER: [&str; 15] = [
    "Từ ngày",
    "Đến ngày",
    "Đơn vị",
    "Tỉnh",
    "Xã",
    "Thôn",
    "Nhóm việc",
    "Nội dung",
    "Khối lượng",
    "Đơn vị tính",
    "Số hộ",
    "Số ngày công",
    "Số cán bộ",
    "Phối hợp",
    "Ghi chú",
];

/// Runs the program itself where it is asked to.
pub fn program(words: &[String]) -> Option<u8> {
    let [own, part, rest @ ..] = words else {
        return None;
    };
    (part == "program").then(|| {
        let words = [own].into_iter().chain(rest).map(Into::into);
        bacung::cli::main(words.collect())
    })
}

pub fn measure(folder: &Path, visits: u64, table: &mut Table) {
    let file = folder.join("rows.csv");
    let rows = write(&file, visits);
    let home = folder.join("import");
    std::fs::create_dir_all(&home).expect("a folder");
    std::fs::write(home.join("passphrase"), "mot hai ba bon nam sau").expect("a passphrase");
    let name = ["new", "--name", "Hoàng Thị Bế", "--unit", "Công an xã"];
    run(&home, &[&name[..], &["--role", "police"]].concat());
    let path = file.display().to_string();
    let rate = |begun: Instant| rows as f64 / begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    run(&home, &["import", &path]);
    let ours = rate(begun);
    let begun = Instant::now();
    read(&file, &folder.join("import.sqlite"));
    let theirs = rate(begun);
    let what = format!("rows of a CSV taken in, of {rows}");
    table.rates(&what, ours, theirs, "≥ 20,000/s");
    let mut again = Times::default();
    again.time(|| run(&home, &["import", &path]));
    let each = again.median() * 1000.0 / rows as f64;
    let said = format!("{} ({each:.0} µs a row)", ms(again.median()));
    table.alone("the same file once more, nothing new", said, "");
}

/// Runs a command of the program on the logbook of a folder.
fn run(home: &Path, words: &[&str]) {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.arg("program").args(words).env("BACUNG_LANG", "en");
    command.env("HOME", home).env_remove("XDG_CONFIG_HOME");
    command.env("XDG_STATE_HOME", home.join("state"));
    command.arg("--logbook").arg(home.join("logbook"));
    command
        .arg("--passphrase-file")
        .arg(home.join("passphrase"));
    let done = command.stdout(Stdio::null()).stderr(Stdio::piped());
    let done = done.output().expect("runs");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{words:?}: {said}");
}

/// Writes the activities of visits, a row each, and returns how many there are.
fn write(file: &Path, visits: u64) -> usize {
    let communes = Communes::built_in();
    let mut places = HashMap::<PlaceId, Place>::new();
    let mut out = csv::Writer::from_path(file).expect("the file is new");
    out.write_record(HEADER).expect("written");
    let mut rows = 0;
    for visit in Demo::new(SEED, visits.min(ROWS as u64), today()) {
        places.extend(visit.places.iter().cloned());
        for row in table_rows(&visit, &places, &communes) {
            if rows < ROWS {
                out.write_record(&row).expect("written");
                rows += 1;
            }
        }
    }
    out.flush().expect("written");
    rows
}

fn table_rows(
    visit: &DemoVisit,
    places: &HashMap<PlaceId, Place>,
    communes: &Communes,
) -> Vec<Vec<String>> {
    let own = &visit.dossier.visit.value;
    let (mut village, mut commune) = (String::new(), None);
    match &own.site {
        Some(Site::Village(id)) => {
            let place = places.get(id);
            village = place.map_or(String::new(), |place| place.name.clone());
            commune = place.and_then(|place| place.commune);
        }
        Some(Site::Commune(code)) => commune = Some(*code),
        Some(Site::Former(_) | Site::Text(_)) | None => {}
    }
    let commune = commune.and_then(|code| communes.get(code));
    let name = commune.map_or("", |commune| commune.bare_name());
    let province = commune.map(|commune| communes.province_of(commune).name.clone());
    let day = |day: Option<bacung::domain::Day>| {
        day.map_or(String::new(), |day| day.format("%d/%m/%Y").to_string())
    };
    let number = |number: Option<u64>| number.map_or(String::new(), |number| number.to_string());
    let activities = visit.dossier.activities.iter();
    let row = activities.map(|file| {
        let activity = &file.activity.value;
        let code = |code: &Option<bacung::domain::Code>| {
            code.as_ref()
                .map_or(String::new(), |code| code.as_str().to_owned())
        };
        let households = activity.beneficiaries.iter().find_map(|b| b.households);
        vec![
            day(own.from),
            day(own.to),
            own.unit.clone(),
            province.clone().unwrap_or_default(),
            name.to_owned(),
            village.clone(),
            code(&activity.category),
            activity.description.clone(),
            number(activity.amount.map(|amount| amount.0 / 1000)),
            code(&activity.measure),
            number(households.map(u64::from)),
            number(activity.person_days.map(|days| days.0 / 1000)),
            number(activity.officers.map(u64::from)),
            activity.partners.join("; "),
            own.note.clone(),
        ]
    });
    row.collect()
}

/// Reads the file into the peer.
fn read(file: &Path, theirs: &Path) {
    let mut peer = peer::open(theirs);
    let mut rows = csv::Reader::from_path(file).expect("the file opens");
    let mut records = rows.records().map(|row| row.expect("a row")).peekable();
    while records.peek().is_some() {
        let change = peer.transaction().expect("a transaction");
        for row in records.by_ref().take(BATCH) {
            let cell = |at: usize| row.get(at).unwrap_or_default();
            let site = format!("{} {}", cell(4), cell(5));
            let body: Vec<&str> = row.iter().skip(2).filter(|cell| !cell.is_empty()).collect();
            let body = body.join("\n");
            let sql = "INSERT INTO visits (day, unit, place, state, person_days, body)
                       VALUES (?1, ?2, ?3, 1, ?4, ?5)";
            let mut insert = change.prepare_cached(sql).expect("prepared");
            let days: i64 = cell(11).parse().unwrap_or(0);
            insert
                .execute(params![cell(1), cell(2), site, days, body])
                .expect("a row");
            let id = change.last_insert_rowid();
            let words = "INSERT INTO words (rowid, body) VALUES (?1, ?2)";
            let mut words = change.prepare_cached(words).expect("prepared");
            let folded = body.replace('đ', "d").replace('Đ', "D");
            words.execute(params![id, folded]).expect("its words");
        }
        change.commit().expect("a commit");
    }
}
