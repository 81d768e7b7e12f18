//! Everything held on one person: found, exported, corrected and erased, on this device and on those that learn of it.

use bacung::domain::*;
use bacung::store::request;
use bacung::text::exact::exact;

use crate::exchange::basic::heal;
use crate::exchange::laptop::Laptop;
use crate::exchange::stick::Stick;
use crate::harness::home::{Home, Ran};
use crate::harness::logbook::{at, visit, with_activity, with_concern};
use crate::import::rows::{home, home_of, import};

const TABLE: &str = "Ngày,Đơn vị,Xã,Thôn,Loại,Nội dung ý kiến,Người nêu ý kiến,Liên hệ,Lời trình bày\n\
    01/10/2026,Công an xã Nà Hang,Nà Hang,Pắc Ban,kiến nghị,Xin điện,Lò Thị Thúy,0912 345 678,Nhà tôi tối\n\
    02/10/2026,Công an xã Nà Hang,Nà Hang,Bản Lãm,phản ánh,Đường lầy,Lò Thị Thúy,,Đường khó đi\n";

/// Asks in the words of a file.
fn citizen(home: &Home, what: &[&str], asked: &str) -> Ran {
    let path = home.path().join("hoi");
    std::fs::write(&path, asked).expect("is written");
    let path = path.to_str().expect("UTF-8").to_owned();
    let mut args = vec!["citizen"];
    args.extend(what);
    args.extend(["--ask-file", &path, "--paper", "12/ĐN"]);
    let ran = home.run(&args);
    std::fs::remove_file(&path).expect("is removed");
    ran
}

fn scene() -> Home {
    let home = home();
    let ran = import(&home, "y.csv", TABLE.as_bytes(), &["--kind", "concerns"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    std::fs::remove_file(home.path().join("y.csv")).expect("is removed");
    home
}

#[test]
fn a_citizen_is_found_corrected_exported_and_erased() {
    let home = scene();
    let asked = "Lò Thị Thuý\nthôn Pắc Ban, Nà Hang\n";
    let found = citizen(&home, &["find", "--json"], asked);
    let rows = found.json()["found"].as_array().expect("rows").clone();
    assert_eq!(rows.len(), 1, "{}", found.out);
    assert!(rows[0]["fields"]["contact"].is_null(), "hidden until shown");
    for text in [&found.out, &found.err] {
        assert!(!text.contains("Thúy") && !text.contains("0912"));
    }
    for other in [
        "Thuý\nPắc Ban\n",
        "Lo Thi Thuy\nPắc Ban\n",
        "Lò Thị Thuý\nNà Khá\n",
    ] {
        let ran = citizen(&home, &["find", "--json"], other);
        assert!(
            ran.code == 1 || ran.json()["found"] == serde_json::json!([]),
            "{}",
            ran.out
        );
    }
    let code = rows[0]["code"].as_str().expect("a code").to_owned();
    let right = format!("{asked}contact=0987 000 111\n");
    assert_eq!(citizen(&home, &["correct", &code], &right).code, 0);
    let shown = citizen(&home, &["find", "--show", "--json"], asked).json();
    assert_eq!(shown["found"][0]["fields"]["contact"], "0987 000 111");
    for name in ["ban.json", "ban.html"] {
        let path = home.path().join(name);
        let text = path.to_str().expect("UTF-8");
        let ran = citizen(&home, &["export", "-o", text], asked);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let content = std::fs::read_to_string(&path).expect("is read");
        assert!(content.contains("Lò Thị Thúy") && content.contains("0987 000 111"));
        assert!(
            !content.contains("Đường khó đi"),
            "another village is another person"
        );
        std::fs::remove_file(path).expect("is removed");
    }
    let gone = citizen(&home, &["erase", "--yes"], asked);
    assert_eq!(gone.code, 0, "{}", gone.err);
    let found = citizen(&home, &["find", "--json"], asked).json();
    assert_eq!(found["found"], serde_json::json!([]));
    let other = citizen(&home, &["find", "--json"], "Lò Thị Thúy\nBản Lãm\n").json();
    assert_eq!(other["found"].as_array().map(Vec::len), Some(1));
    assert_eq!(home.run(&["check"]).code, 0);
    let listed = home.run(&["list", "concerns", "--json"]).json();
    assert_eq!(listed["total"], 2, "what is counted stands");
    let log = home.run(&["citizen", "log", "--json"]);
    assert!(!log.out.contains("Thúy"));
    let log = log.json();
    let what: Vec<_> = log["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| row["what"].clone())
        .collect();
    assert!(what.contains(&"erased".into()) && what.contains(&"exported".into()));
    assert!(what.contains(&"corrected".into()) && what.contains(&"shown".into()));
    assert_eq!(log["rows"][0]["paper"], "12/ĐN");
    // The same table adds nothing, and brings nothing back.
    import(&home, "y.csv", TABLE.as_bytes(), &["--kind", "concerns"]);
    let found = citizen(&home, &["find", "--json"], asked).json();
    assert_eq!(found["found"], serde_json::json!([]));
}

#[test]
fn only_who_holds_names_looks_for_one() {
    let home = home_of("reviewer");
    let ran = citizen(&home, &["find"], "Lò Thị Thúy\nPắc Ban\n");
    assert_eq!(ran.code, 1, "{}", ran.out);
}

const NAME: &str = "Lò Thị Thúy";

fn sought() -> Sought {
    Sought {
        name: exact(NAME),
        village: exact("Pắc Ban"),
        sites: vec![Site::Commune(CommuneCode(1))],
    }
}

fn with_names() -> Dossier {
    let dossier = with_activity(visit("suối", Some("2026-11-20")), "canal", "kênh");
    let mut dossier = at(
        with_concern(dossier, "tối", None),
        Site::Commune(CommuneCode(1)),
    );
    dossier.activities[0].helped = Some(Versioned::new(HelpedNames {
        activity: None,
        names: NAME.to_owned(),
    }));
    dossier.concerns[0].particulars = Some(Versioned::new(Particulars {
        concern: None,
        raised_by: RaisedBy::Citizen(Citizen {
            name: NAME.to_owned(),
            ..Citizen::default()
        }),
        said: "tối quá".to_owned(),
        wish: String::new(),
    }));
    dossier
}

fn held(laptop: &Laptop) -> Vec<Held> {
    laptop.store.reader().held_on(&sought()).expect("is read")
}

#[test]
fn other_devices_erase_what_one_erased_and_one_that_comes_late_never_gets_it() {
    let mut one = Laptop::first(1, Role::Officer);
    let mut two = one.newcomer(2, Role::Officer);
    one.admits(&two);
    let mut stick = Stick::default();
    one.save(with_names());
    heal(&mut [&mut one, &mut two], &mut stick);
    assert_eq!(held(&two).len(), 2);
    let line = request(DataDeed::Erased, &held(&one), "1", None);
    let now = one.tick();
    let (found, sought) = (held(&one), sought());
    let what = (found.as_slice(), Some(&sought), &line);
    let erased = one.store.erase_held(what, &[], now, &mut one.ids);
    erased.expect("is erased");
    one.sync(&mut stick);
    let report = two.sync(&mut stick);
    assert_eq!((report.erased, report.quarantined), (2, 0));
    let mut late = one.newcomer(3, Role::Officer);
    one.admits(&late);
    for _ in 0..3 {
        heal(&mut [&mut one, &mut two, &mut late], &mut stick);
    }
    for laptop in [&mut one, &mut two, &mut late] {
        assert!(held(laptop).is_empty());
        assert_eq!(laptop.store.reader().spoilt().expect("is read").0, 0);
        assert_eq!(
            laptop
                .store
                .reader()
                .data_requests()
                .expect("is read")
                .len(),
            1
        );
        laptop.check();
        laptop.store.rebuild().expect("is made again");
        laptop.check();
    }
    assert_eq!(one.view(), two.view());
    assert_eq!(one.view(), late.view());
}
