//! Names and numbers of particulars in what many read: asked about in `amend` and in steps, taken out by an import.

use bacung::domain::*;
use redb::backends::InMemoryBackend;

use crate::harness::home::Home;
use crate::harness::logbook::{Logbook, day, visit, with_concern};
use crate::import::rows::{counts, home, import};

const HEADER: &str =
    "Ngày,Đơn vị,Xã,Thôn,Loại,Nội dung ý kiến,Người nêu ý kiến,Liên hệ,Lời trình bày\n";

fn concerns(line: &str) -> String {
    format!(
        "{HEADER}01/10/2026,Công an xã Nà Hang,Nà Hang,Pắc Ban,kiến nghị,{line},Lò Thị Thúy,0912 345 678,Nhà tôi tối\n"
    )
}

fn code_of(home: &Home) -> String {
    let listed = home.run(&["list", "concerns", "--json"]).json();
    let code = listed["rows"][0]["code"].as_str().expect("a concern");
    code.to_owned()
}

#[test]
fn an_import_takes_names_out_of_what_many_read_and_says_so() {
    let home = home();
    let table = concerns("Bà lo thi thuy (0912345678) xin điện");
    let ran = import(&home, "y.csv", table.as_bytes(), &["--kind", "concerns"]);
    assert_eq!(counts(&ran), [1, 1, 0, 0], "{}", ran.out);
    assert!(ran.err.contains('…'), "{}", ran.err);
    let shown = home.run(&["show", &code_of(&home), "--json"]);
    assert_eq!(shown.json()["fields"]["line"], "Bà … (…) xin điện");
    let again = import(&home, "y.csv", table.as_bytes(), &["--kind", "concerns"]);
    assert_eq!(counts(&again), [1, 0, 0, 1], "{}", again.out);
}

#[test]
fn amend_asks_before_it_writes_a_name() {
    let home = home();
    let table = concerns("Xin điện");
    import(&home, "y.csv", table.as_bytes(), &["--kind", "concerns"]);
    let code = code_of(&home);
    for line in ["line=Bà Lò Thị Thuý", "line=0912-345-678"] {
        let ran = home.run(&["amend", &code, line]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        assert!(
            !ran.err.contains("Thuý") && !ran.err.contains("0912"),
            "{}",
            ran.err
        );
        assert_eq!(home.run(&["amend", &code, line, "--yes"]).code, 0);
    }
    assert_eq!(home.run(&["amend", &code, "line=Đèn đường tối"]).code, 0);
}

#[test]
fn a_step_is_asked_about_by_the_names_of_its_visit() {
    let mut logbook = Logbook::create(InMemoryBackend::new(), Role::Officer);
    let mut dossier = with_concern(visit("", Some("2026-11-12")), "đường rừng", None);
    dossier.concerns[0].particulars = Some(Versioned::new(Particulars {
        concern: None,
        raised_by: RaisedBy::Citizen(Citizen {
            name: "Nguyễn Văn Hoà".to_owned(),
            contact: "0912345678".to_owned(),
            ..Citizen::default()
        }),
        said: String::new(),
        wish: String::new(),
    }));
    let saved = logbook.save(dossier);
    let reader = logbook.store.reader();
    let dossier = reader
        .dossier(saved.visit)
        .expect("is read")
        .expect("stands");
    let concern = dossier.concerns[0].concern.id.expect("is saved");
    let step = |reason: &str| Tending::Step {
        concern,
        taken: Taken {
            act: Act::HandOver,
            on: day("2026-11-14"),
            paper: "1".to_owned(),
            body: "UBND xã".to_owned(),
            person: None,
            reason: reason.to_owned(),
        },
    };
    let names = |reason: &str| reader.names_a_citizen(&step(reason)).expect("is read");
    assert!(names("theo đơn ông Nguyễn Văn Hòa") && names("+84 912 345 678"));
    assert!(!names("theo đơn ở nhà văn hóa"));
}
