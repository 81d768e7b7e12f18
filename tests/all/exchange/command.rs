//! Three homes and a folder, by the command line alone.

use std::path::PathBuf;

use crate::harness::home::{Home, Ran};

pub fn ok(home: &Home, args: &[&str]) -> Ran {
    let ran = home.run(args);
    assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
    ran
}

pub fn text(path: &std::path::Path) -> String {
    path.to_str().expect("UTF-8").to_owned()
}

pub struct Scene {
    pub officer: Home,
    pub cell: Home,
    pub stick: PathBuf,
}

/// An officer's logbook and a cell's, which was let in.
pub fn scene() -> Scene {
    let (officer, cell) = (Home::new(), Home::new());
    ok(
        &officer,
        &[
            "new",
            "--name",
            "Hoàng Thị Bế",
            "--unit",
            "Công an xã Nà Hang",
            "--role",
            "police",
        ],
    );
    let stick = officer.path().join("stick");
    std::fs::create_dir(&stick).expect("a folder");
    let (invite, request) = (stick.join("moi"), stick.join("yeu-cau"));
    let (invite, request) = (text(&invite), text(&request));
    let invited = ok(
        &officer,
        &[
            "roster",
            "invite",
            "--role",
            "reviewer",
            "--cell",
            "Bản Lãm",
            "-o",
            &invite,
        ],
    );
    let joined = ok(
        &cell,
        &[
            "new",
            "--join",
            &invite,
            "--name",
            "Nguyễn Văn Hòa",
            "-o",
            &request,
        ],
    );
    let words = |ran: &Ran| -> Vec<String> {
        let lines = ran.err.lines().filter(|line| line.contains("Từ để so"));
        lines.map(str::to_owned).collect()
    };
    assert_eq!(words(&invited)[0], words(&joined)[0]);
    let stdin_is_no_person = officer.run(&["roster", "admit", &request]);
    assert_eq!(stdin_is_no_person.code, 1, "nobody compared the words");
    let admitted = ok(&officer, &["roster", "admit", &request, "--yes"]);
    assert_eq!(words(&admitted)[0], words(&joined)[1]);
    assert!(admitted.err.contains("không bao giờ nhận tên người dân"));
    assert_eq!(officer.run(&["roster", "admit", &request, "--yes"]).code, 1);
    Scene {
        officer,
        cell,
        stick,
    }
}

pub fn write_visits(home: &Home) {
    let table = home.path().join("bang.csv");
    std::fs::write(
        &table,
        "Ngày,Xã,Hoạt động,Khối lượng\n18/11/2026,Xã Nà Hang,Kênh mương,120 m\n",
    )
    .expect("is written");
    ok(home, &["import", &text(&table), "--as-of", "2026-11-23"]);
}

pub fn sync(home: &Home, stick: &std::path::Path) -> serde_json::Value {
    ok(home, &["sync", &text(stick), "--json"]).json()
}

fn visit(home: &Home) -> serde_json::Value {
    let listed = ok(home, &["list", "visits", "--json"]).json();
    assert_eq!(listed["total"], 1, "{listed}");
    listed["rows"][0].clone()
}

#[test]
fn a_visit_goes_to_the_cell_and_comes_back_with_a_verdict() {
    let Scene {
        officer,
        cell,
        stick,
    } = scene();
    write_visits(&officer);
    assert_eq!(visit(&officer)["copies"], "local");
    let out = sync(&officer, &stick);
    assert!(out["out"]["bundles"].as_u64() > Some(0), "{out}");
    assert_eq!(visit(&officer)["copies"], "copied");
    let taken = sync(&cell, &stick);
    assert!(taken["in"]["entries"].as_u64() > Some(0), "{taken}");
    assert_eq!(
        (&taken["quarantined"], &taken["waiting"]),
        (&0.into(), &0.into())
    );
    sync(&officer, &stick);
    assert_eq!(visit(&officer)["copies"], "received");

    let queue = ok(&cell, &["review", "list", "--json"]).json();
    let row = &queue["rows"][0];
    assert_eq!(row["since"], "new", "{queue}");
    let code = row["code"].as_str().expect("a code").to_owned();
    assert_eq!(
        officer.run(&["review", "confirm", &code]).code,
        1,
        "not the unit"
    );
    assert_eq!(
        cell.run(&["review", "return", &code, "--reason", " "]).code,
        2
    );
    ok(
        &cell,
        &[
            "review",
            "return",
            &code,
            "--reason",
            "Thiếu số hộ được giúp",
        ],
    );
    sync(&cell, &stick);
    sync(&officer, &stick);
    let shown = ok(&officer, &["show", &code, "--json"]).json();
    assert_eq!(shown["state"], "returned");
    assert_eq!(shown["thread"][0]["text"], "Thiếu số hộ được giúp");

    ok(&officer, &["review", "ask", &code, "đã bổ sung"]);
    ok(&officer, &["amend", &code, "note=đã bổ sung 9 hộ"]);
    ok(&officer, &["send", &code]);
    sync(&officer, &stick);
    sync(&cell, &stick);
    let queue = ok(&cell, &["review", "list", "--json"]).json();
    assert_eq!(queue["rows"][0]["since"], "changed", "{queue}");
    let listed = queue["rows"][0]["revision"].as_str().expect("a revision");
    for more in [
        &[][..],
        &["--yes"],
        &["--revision", "00000000"],
        &["--revision", &listed[..7]],
    ] {
        let ran = cell.run(&[&["review", "confirm", &code], more].concat());
        assert_eq!(ran.code, 1, "{more:?} signs what nobody was shown");
        assert!(ran.err.contains("Chưa ký gì"), "{}", ran.err);
    }
    let shown = ok(&cell, &["review", "show", &code, "--json"]).json();
    let change = &shown["changed"][0];
    assert_eq!(change["field"], "note", "{shown}");
    assert_eq!(change["after"], "đã bổ sung 9 hộ", "{shown}");
    assert!(change["before"] != change["after"], "{shown}");
    let revision = shown["revision"].clone();
    assert_eq!(cell.run(&["review", "conclude", &code, " "]).code, 2);
    assert_eq!(
        officer.run(&["review", "conclude", &code, "x"]).code,
        1,
        "the cell concludes, not the unit"
    );
    let concluded = "Làm tiếp đoạn cuối trước tháng 12";
    ok(&cell, &["review", "conclude", &code, concluded]);
    let queue = ok(&cell, &["review", "list", "--json"]).json();
    assert_eq!(queue["rows"][0]["revision"], listed, "it decides nothing");
    for paper in ["minutes", "cell"] {
        let to = text(&stick.join(format!("{paper}.html")));
        ok(
            &cell,
            &["report", paper, "2026-11", "--format", "html", "-o", &to],
        );
        let html = std::fs::read_to_string(&to).expect("is written");
        assert_eq!(html.matches(concluded).count(), 1, "{paper}");
    }
    let signed = ok(
        &cell,
        &["review", "confirm", &code, "--revision", &listed[..12]],
    );
    assert!(signed.err.contains(&listed[..12]), "{}", signed.err);
    sync(&cell, &stick);
    sync(&officer, &stick);
    let shown = ok(&officer, &["show", &code, "--json"]).json();
    assert_eq!(
        (&shown["state"], &shown["revision"]),
        (&"confirmed".into(), &revision)
    );

    ok(&officer, &["amend", &code, "note=sửa sau"]);
    assert_eq!(visit(&officer)["state"], "changed");
    ok(&officer, &["check"]);
    ok(&cell, &["check"]);
    ok(&cell, &["check", "--rebuild"]);
}

#[test]
fn places_that_cannot_be_used_say_so() {
    let Scene { officer, stick, .. } = scene();
    for (place, word) in [("nowhere", "Không tìm thấy"), ("ftp://x/y", "Không hiểu")] {
        let ran = officer.run(&["sync", place]);
        assert_eq!(ran.code, 1);
        assert!(ran.err.contains(word), "{}", ran.err);
    }
    let file = stick.join("moi");
    assert_eq!(officer.run(&["sync", &text(&file)]).code, 1);
}

#[test]
fn the_roster_is_shown_and_a_device_shut_out() {
    let Scene {
        officer,
        cell,
        stick,
    } = scene();
    sync(&officer, &stick);
    sync(&cell, &stick);
    let shown = ok(&officer, &["roster", "show", "--json"]).json();
    let devices = shown["devices"].as_array().expect("a list");
    assert_eq!(devices.len(), 2);
    let reviewer = devices
        .iter()
        .find(|d| d["role"] == "reviewer")
        .expect("is there");
    assert_eq!(reviewer["reads"], serde_json::json!(["roster", "open"]));
    assert_eq!(
        cell.run(&["roster", "revoke", "Hoàng Thị Bế"]).code,
        1,
        "no keeper"
    );
    ok(&officer, &["roster", "revoke", "Nguyễn Văn Hòa"]);
    sync(&officer, &stick);
    write_visits(&officer);
    sync(&officer, &stick);
    sync(&cell, &stick);
    let listed = ok(&cell, &["list", "visits", "--json"]).json();
    assert_eq!(listed["total"], 0);
}

#[test]
fn a_cell_without_a_laptop_confirms_on_paper() {
    let Scene {
        officer,
        cell,
        stick,
    } = scene();
    write_visits(&officer);
    let code = visit(&officer)["code"].as_str().expect("a code").to_owned();
    let paper = |home: &Home, more: &[&str]| {
        let args = [&["review", "paper", &code][..], more].concat();
        home.run(&args)
    };
    assert_eq!(
        paper(&officer, &["--on", "2026-11-20"]).code,
        2,
        "the number is missing"
    );
    assert_eq!(
        paper(&officer, &["--number", "12-XN/CB", "--on", "2099-01-01"]).code,
        1
    );
    let done = paper(&officer, &["--number", "12-XN/CB", "--on", "20/11/2026"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert_eq!(visit(&officer)["state"], "confirmed_on_paper");
    let shown = ok(&officer, &["show", &code, "--json"]).json();
    let line = &shown["thread"][0];
    assert_eq!(line["what"], "confirmed_on_paper", "{shown}");
    assert_eq!(
        (&line["paper"], &line["on"]),
        (&"12-XN/CB".into(), &"2026-11-20".into())
    );
    sync(&officer, &stick);
    sync(&cell, &stick);
    assert_eq!(visit(&cell)["state"], "confirmed_on_paper");
    assert_eq!(
        paper(&cell, &["--number", "1", "--on", "2026-11-20"]).code,
        1,
        "not the cell"
    );
    let listed = ok(
        &officer,
        &["list", "visits", "--state", "confirmed", "--json"],
    )
    .json();
    assert_eq!(listed["total"], 0, "a paper is no signature");
    ok(&officer, &["amend", &code, "note=sửa sau"]);
    assert_eq!(visit(&officer)["state"], "changed");
    ok(&officer, &["check"]);
}

#[test]
fn a_keeper_names_another_who_then_invites() {
    let Scene {
        officer,
        cell,
        stick,
    } = scene();
    sync(&officer, &stick);
    sync(&cell, &stick);
    let invite = stick.join("second.invite");
    let invite = [
        "roster",
        "invite",
        "--role",
        "officer",
        "-o",
        invite.to_str().expect("a path"),
    ];
    assert_eq!(cell.run(&invite).code, 1, "no keeper yet");
    ok(&officer, &["roster", "keeper", "Nguyễn Văn Hòa"]);
    sync(&officer, &stick);
    sync(&cell, &stick);
    ok(&cell, &invite);
    assert_eq!(
        cell.run(&["roster", "keeper", "ai đó"]).code,
        1,
        "nobody of that name"
    );
}
