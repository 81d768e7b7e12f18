//! What rows become, and that the same rows come in once in whatever file they lie.

use std::sync::LazyLock;

use bacung::config::catalogue::Catalogue;
use bacung::config::units::Communes;
use bacung::domain::{Activity, ListQuery, Listing, Origin, Role, Summing, Visit};
use bacung::import::{Citizens, Gazetteer, Given, Reader};
use bacung::runtime::intake::{self, Pace};
use bacung::store::Taken;
use redb::backends::InMemoryBackend;
use serde_json::Value;

use super::books::{Cell, ods, xlsx};
use crate::harness::home::{Home, Ran};
use crate::harness::logbook::{Logbook, query};

pub const NEW: &[&str] = &[
    "new",
    "--name",
    "Hoàng Thị Bế",
    "--unit",
    "Công an xã Nà Hang",
    "--role",
    "police",
];

/// A home with an empty logbook.
pub fn home() -> Home {
    home_of("police")
}

pub fn home_of(role: &str) -> Home {
    let home = Home::new();
    let mut args = NEW.to_vec();
    *args.last_mut().expect("a role") = role;
    let made = home.run(&args);
    assert_eq!(made.code, 0, "{}", made.err);
    home
}

/// Writes a file into the home and imports it.
pub fn import(home: &Home, name: &str, bytes: &[u8], more: &[&str]) -> Ran {
    let path = home.path().join(name);
    std::fs::write(&path, bytes).expect("is written");
    let path = path.to_str().expect("UTF-8").to_owned();
    let mut args = vec!["import", path.as_str(), "--json", "--as-of", "2026-11-23"];
    args.extend(more);
    home.run(&args)
}

pub fn counts(ran: &Ran) -> [u64; 4] {
    assert_eq!(ran.code, 0, "{}", ran.err);
    let result = ran.json();
    let keys: Vec<&str> = result
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        keys,
        ["rows", "added", "undated", "unchanged", "quarantined"]
    );
    let count = |key: &str| result[key].as_u64().expect("a number");
    [
        count("rows"),
        count("added"),
        count("undated"),
        count("unchanged"),
    ]
}

fn rows(home: &Home, listing: Listing) -> Vec<Value> {
    let name = match listing {
        Listing::Visits => "visits",
        Listing::Activities => "activities",
        Listing::Meetings => "meetings",
        Listing::Concerns => "concerns",
        Listing::Promises => "promises",
        Listing::Receptions => "receptions",
        Listing::Inspections => "inspections",
        Listing::Duties | Listing::Assignments => "duties",
    };
    let listed = home
        .run(&["list", name, "--json", "--limit", "1000"])
        .json();
    listed["rows"].as_array().expect("rows").clone()
}

fn show(home: &Home, row: &Value) -> Value {
    let code = row["code"].as_str().expect("a code");
    home.run(&["show", code, "--json"]).json()
}

pub const ACTIVITIES: &[u8] = include_bytes!("../../data/real_activities.csv");
pub const MEETINGS: &[u8] = include_bytes!("../../data/real_meetings.csv");

/// The real tables as rows of cells, days and numbers as a spreadsheet holds them.
fn as_cells(csv: &'static [u8]) -> Vec<Vec<Cell<'static>>> {
    let text = std::str::from_utf8(csv).expect("UTF-8");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let start = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).expect("a day");
    let cell = |text: &str| -> Cell<'static> {
        let day = chrono::NaiveDate::parse_from_str(text, "%d/%m/%Y");
        match (text, day, text.parse::<f64>()) {
            ("", ..) => Cell::Empty,
            (_, Ok(day), _) => Cell::Day((day - start).num_days() as f64),
            (_, _, Ok(number)) => Cell::Number(number),
            _ => Cell::Text(Box::leak(text.to_owned().into_boxed_str())),
        }
    };
    let records = reader.records();
    records
        .map(|record| record.expect("a row").iter().map(cell).collect())
        .collect()
}

#[test]
fn the_real_tables_come_in_as_they_are() {
    let home = home();
    let ran = import(&home, "a.csv", ACTIVITIES, &[]);
    assert_eq!(counts(&ran), [46, 46, 14, 0]);
    assert_eq!(ran.json()["quarantined"], serde_json::json!([]));
    let ran = import(&home, "m.csv", MEETINGS, &[]);
    assert_eq!(counts(&ran), [40, 40, 18, 0]);
    assert_eq!(rows(&home, Listing::Activities).len(), 46);
    assert_eq!(rows(&home, Listing::Meetings).len(), 40);
    assert!(
        rows(&home, Listing::Visits)
            .iter()
            .all(|visit| visit["state"] == "sent")
    );
    assert_eq!(home.run(&["check"]).code, 0);
    assert_eq!(home.run(&["check", "--rebuild"]).code, 0);
    assert_eq!(
        counts(&import(&home, "again.csv", ACTIVITIES, &[])),
        [46, 0, 0, 46]
    );
}

/// Every row of the real activities, field by field against the table.
#[test]
fn a_real_activity_says_what_its_row_says() {
    let mut logbook = Logbook::create(InMemoryBackend::new(), Role::Police);
    assert_eq!(take(&mut logbook, ACTIVITIES).added.len(), 46);
    let catalogue = Catalogue::built_in();
    let mut activities = activities(&logbook);
    let mut reader = csv::Reader::from_reader(ACTIVITIES);
    let header = reader.headers().expect("a header").clone();
    for record in reader.records() {
        let record = record.expect("a row");
        let said = |name: &str| {
            let at = header.iter().position(|known| known == name);
            record.get(at.expect("a column")).expect("a cell")
        };
        let is = |(_, activity): &(Visit, Activity)| activity.description == said("description");
        let at = activities
            .iter()
            .position(is)
            .expect("the activity of the row");
        let (visit, activity) = activities.swap_remove(at);
        let number = |name: &str| said(name).parse::<u64>().ok();
        let day = said("date").split('/').rev().collect::<Vec<_>>().join("-");
        assert_eq!(visit.from, day.parse().ok());
        assert_eq!((visit.from, visit.origin), (visit.to, Origin::Import));
        assert_eq!(
            (activity.lead_unit.as_str(), visit.unit.as_str()),
            (said("unit"), said("unit"))
        );
        let category = activity
            .category
            .as_ref()
            .and_then(|code| catalogue.activities.get(code).cloned());
        assert_eq!(
            category.map(|choice| choice.vi).as_deref(),
            Some(said("category"))
        );
        let partners = said("partners").split(';').map(str::trim);
        let partners: Vec<&str> = partners.filter(|partner| !partner.is_empty()).collect();
        assert_eq!(activity.partners, partners);
        let helped = activity.beneficiaries.first().cloned().unwrap_or_default();
        assert_eq!(helped.households.map(u64::from), number("households"));
        assert_eq!(helped.people.map(u64::from), number("people"));
        assert_eq!(activity.officers.map(u64::from), number("officers"));
        assert_eq!(activity.value().map(|value| value.0), number("value_vnd"));
        assert_eq!(
            activity.person_days.map(|days| days.0 / 1000),
            number("person_days")
        );
        assert_eq!(
            activity.amount.map(|amount| amount.0 / 1000),
            number("quantity")
        );
        for name in ["note", "source_url_domain"] {
            assert!(activity.note.contains(said(name)), "{}", activity.note);
        }
        let total = ["số toàn tỉnh", "cả tỉnh", "số cộng"];
        let total = total.iter().any(|word| said("note").contains(word));
        assert_eq!(
            activity.summing == Summing::Cumulative,
            total,
            "{}",
            activity.note
        );
        let places = |name: &str| {
            said(name)
                .split(';')
                .filter(|place| !place.is_empty())
                .count()
        };
        let places = places("commune").max(places("village"));
        assert_eq!(activity.sites.len(), if places > 1 { places } else { 0 });
    }
    assert!(activities.is_empty());
}

fn activities(logbook: &Logbook) -> Vec<(Visit, Activity)> {
    let reader = logbook.store.reader();
    let page = reader
        .list_visits(&ListQuery {
            limit: 1_000,
            ..query("")
        })
        .expect("is read");
    let mut all = Vec::new();
    for row in page.rows {
        let dossier = reader.dossier(row.id).expect("is read").expect("stands");
        let visit = dossier.visit.value;
        all.extend(
            dossier
                .activities
                .into_iter()
                .map(|file| (visit.clone(), file.activity.value)),
        );
    }
    all
}

/// Takes a table into a logbook in memory.
pub fn take(logbook: &mut Logbook, bytes: &[u8]) -> Taken {
    let mut all = Taken::default();
    for batch in read(logbook, bytes) {
        let moment = logbook.moment();
        let taken = logbook
            .store
            .take_in(batch.visits, batch.quarantine, moment, &mut logbook.ids);
        let taken = taken.expect("is taken in");
        all.added.extend(taken.added);
        all.unchanged.extend(taken.unchanged);
        all.quarantined.extend(taken.quarantined);
    }
    all
}

/// Reads a table as it would be taken in.
pub fn read(logbook: &mut Logbook, bytes: &[u8]) -> Vec<intake::Batch> {
    static LISTS: LazyLock<(Catalogue, Communes)> =
        LazyLock::new(|| (Catalogue::built_in(), Communes::built_in()));
    let (catalogue, communes) = &*LISTS;
    let gazetteer = Gazetteer::new(communes, catalogue, None);
    let found = intake::find_table(bytes, None, None).expect("a table");
    let found = (found.sheet, found.table);
    let prepared = intake::prepare(found, catalogue, None, None).expect("of a known kind");
    let parts = (&prepared.sheet, &prepared.table, &prepared.columns);
    let moment = logbook.moment();
    let reader = Reader::new(parts, (catalogue, &gazetteer), moment.today, Citizens::Kept);
    let plan = intake::plan(&reader, &prepared.table.rows, Given::File);
    let names = logbook.store.reader().names().expect("are read");
    let mut batches = Vec::new();
    let with = (&names, "a.csv", moment.now);
    let pace = Pace::alone();
    intake::read_batches(&prepared, &reader, &plan, with, &pace, |batch| {
        batches.push(batch);
        true
    });
    batches
}

#[test]
fn meetings_keep_kind_numbers_and_topics() {
    let home = home();
    counts(&import(&home, "m.csv", MEETINGS, &[]));
    let receptions: Vec<Value> = rows(&home, Listing::Meetings)
        .iter()
        .filter(|row| row["kind"] == "reception_periodic")
        .map(|row| show(&home, row)["fields"].take())
        .collect();
    assert_eq!(receptions.len(), 4);
    let son_la = receptions
        .iter()
        .find(|fields| fields["body"] == "UBND tỉnh Sơn La")
        .expect("is there");
    assert_eq!(
        (&son_la["attendance"], &son_la["opinions_raised"]),
        (&3.into(), &2.into())
    );
    assert_eq!(
        son_la["sites"],
        serde_json::json!(["Bản Muông · Chiềng Cọ", "tiểu khu 3 · Tông Lạnh"])
    );
    let issues = son_la["issues"].as_str().expect("topics");
    assert_eq!(issues.split(';').count(), 3, "{issues}");
}

#[test]
fn the_same_rows_come_in_once_in_every_format() {
    let cells = as_cells(ACTIVITIES);
    for order in [
        ["csv", "xlsx", "ods"],
        ["xlsx", "ods", "csv"],
        ["ods", "csv", "xlsx"],
    ] {
        let mut logbook = Logbook::create(InMemoryBackend::new(), Role::Police);
        for (at, format) in order.iter().enumerate() {
            let bytes = match *format {
                "csv" => ACTIVITIES.to_vec(),
                "xlsx" => xlsx(&cells),
                _ => ods(&cells),
            };
            let taken = take(&mut logbook, &bytes);
            let expected = if at == 0 { (46, 0) } else { (0, 46) };
            let counts = (taken.added.len(), taken.unchanged.len());
            assert_eq!(counts, expected, "{order:?} {format}");
        }
    }
}

const HEAD: &str = "Ngày,Đơn vị,Tỉnh,Xã,Thôn,Loại,Nội dung,Số hộ,Ghi chú\n";

#[test]
fn rows_added_later_join_and_equal_rows_are_told_apart() {
    let home = home();
    let one = "01/10/2026,Công an xã,Tuyên Quang,Nà Hang,Pắc Ban,Sửa nhà,Lợp mái,1,\n";
    let two = "01/10/2026,Công an xã,Tuyên Quang,Nà Hang,Pắc Ban,Làm đường,Đổ bê tông,,\n";
    let other = "01/10/2026,Công an xã,Tuyên Quang,Nà Hang,Nà Khá,Làm đường,Đổ bê tông,,\n";
    let first = format!("{HEAD}{one}{one}{other}");
    assert_eq!(
        counts(&import(&home, "a.csv", first.as_bytes(), &[])),
        [3, 3, 0, 0]
    );
    assert_eq!(rows(&home, Listing::Visits).len(), 2);
    let longer = format!("{HEAD}{two}{one}{other}{one}{one}");
    assert_eq!(
        counts(&import(&home, "a.csv", longer.as_bytes(), &[])),
        [5, 2, 0, 3]
    );
    assert_eq!(rows(&home, Listing::Activities).len(), 5);
    assert_eq!(rows(&home, Listing::Visits).len(), 2, "they join the visit");
}

#[test]
fn what_was_taken_out_stays_out_and_a_dry_run_writes_nothing() {
    let home = home();
    let table =
        format!("{HEAD}01/10/2026,Công an xã,Tuyên Quang,Nà Hang,Pắc Ban,Sửa nhà,Lợp mái,1,\n");
    let dry = import(&home, "a.csv", table.as_bytes(), &["--dry-run"]);
    assert_eq!(counts(&dry), [1, 1, 0, 0]);
    assert!(rows(&home, Listing::Visits).is_empty());
    counts(&import(&home, "a.csv", table.as_bytes(), &[]));
    let visit = rows(&home, Listing::Visits)[0]["code"]
        .as_str()
        .expect("a code")
        .to_owned();
    assert_eq!(home.run(&["withdraw", &visit, "--reason", "trùng"]).code, 0);
    assert_eq!(
        counts(&import(&home, "a.csv", table.as_bytes(), &[])),
        [1, 0, 0, 1]
    );
}

#[test]
fn an_office_table_with_titles_totals_and_signatures_is_read() {
    let t = Cell::Text;
    let n = Cell::Number;
    let table = vec![
        vec![
            t("CÔNG AN XÃ NÀ HANG"),
            Cell::Empty,
            Cell::Empty,
            t("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ],
        vec![t("BẢNG TỔNG HỢP GIÚP DÂN THÁNG 10")],
        vec![],
        vec![
            t("STT"),
            t("Ngày tháng"),
            t("Đơn vị"),
            t("Địa bàn"),
            Cell::Empty,
            t("Nội dung công việc"),
            t("Được giúp"),
            Cell::Empty,
            t("Kinh phí (triệu đồng)"),
            t("Chủ hộ"),
        ],
        vec![
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            t("Xã"),
            t("Thôn"),
            Cell::Empty,
            t("Số hộ"),
            t("Số người"),
            Cell::Empty,
            Cell::Empty,
        ],
        vec![
            n(1.0),
            n(2.0),
            n(3.0),
            n(4.0),
            n(5.0),
            n(6.0),
            n(7.0),
            n(8.0),
            n(9.0),
            n(10.0),
        ],
        vec![
            n(1.0),
            Cell::Day(46_296.0),
            t("Công an xã"),
            t("Nà Hang"),
            t("thôn Pắc Ban"),
            t("Sửa nhà"),
            n(1.0),
            n(4.0),
            n(3.5),
            t("Lý Văn Páo"),
        ],
        vec![
            n(2.0),
            t("2/10/2026"),
            t("Công an xã"),
            t("Yên Hoa"),
            t("Nà Khá"),
            t("Làm đường"),
            t("12 hộ"),
            t("hơn 40"),
            t("1.200,5"),
            Cell::Empty,
        ],
        vec![
            t("Tổng cộng"),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            n(13.0),
            n(44.0),
            n(1204.0),
        ],
        vec![
            Cell::Empty,
            t("NGƯỜI LẬP"),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            t("TRƯỞNG CÔNG AN XÃ"),
        ],
        vec![Cell::Empty, t("Hoàng Thị Bế")],
    ];
    for (name, bytes) in [("a.xlsx", xlsx(&table)), ("a.ods", ods(&table))] {
        let home = home();
        let ran = import(&home, name, &bytes, &[]);
        assert_eq!(counts(&ran), [2, 2, 0, 0], "{} {}", ran.out, ran.err);
        let activities = rows(&home, Listing::Activities);
        let [road, house] = &activities[..] else {
            panic!("two rows");
        };
        let road = show(&home, road)["fields"].take();
        assert_eq!(road["beneficiaries"][0]["households"], 12);
        assert_eq!(road["beneficiaries"][0]["people"], 40);
        assert_eq!(road["value_vnd"], 1_200_500_000_u64);
        assert_eq!(road["note"], "Số người: hơn 40");
        let code = house["code"].as_str().expect("a code");
        let house = home.run(&["show", code, "--json", "--reveal"]).json()["fields"].take();
        assert_eq!(house["value_vnd"], 3_500_000);
        assert_eq!(house["helped"], serde_json::json!(["Lý Văn Páo"]));
        assert!(!ran.err.contains("Páo"), "{}", ran.err);
    }
}

#[test]
fn a_role_without_names_leaves_them_out() {
    let home = home_of("reviewer");
    let table = "Ngày,Đơn vị,Nội dung,Chủ hộ\n01/10/2026,Công an xã,Lợp mái,Lý Văn Páo\n";
    assert_eq!(
        counts(&import(&home, "a.csv", table.as_bytes(), &[])),
        [1, 1, 0, 0]
    );
    let row = &rows(&home, Listing::Activities)[0];
    assert_eq!(show(&home, row)["fields"]["helped"], Value::Null);
}

#[test]
fn people_and_villages_come_in_once() {
    let home = home();
    let people = "Họ và tên;Cấp bậc;Đơn vị\nHoàng Văn Páo;Đại úy;Công an xã\nLò Thị Ánh;;Đoàn xã\n";
    assert_eq!(
        counts(&import(&home, "p.csv", people.as_bytes(), &[])),
        [2, 2, 2, 0]
    );
    assert_eq!(
        counts(&import(&home, "p.csv", people.as_bytes(), &[])),
        [2, 0, 0, 2]
    );
    let places = "Tỉnh;Xã;Thôn\nTuyên Quang;Nà Hang;Pắc Ban\nTuyên Quang;Không Có;Nà Khá\n";
    let ran = import(&home, "t.csv", places.as_bytes(), &[]);
    assert_eq!(counts(&ran)[..2], [2, 1]);
    assert_eq!(
        ran.json()["quarantined"],
        serde_json::json!([{"row": 3, "column": "Xã", "reason": "missing"}])
    );
}
