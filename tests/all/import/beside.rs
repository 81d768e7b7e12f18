//! Receptions, Saturday duty and inspections out of tables: once, each part in its drawer, no visit among them.

use bacung::domain::Role;
use bacung::import::quarantined_from_bytes;
use redb::backends::InMemoryBackend;
use serde_json::Value;

use super::books::{Cell, xlsx};
use super::rows::{counts, home, home_of, import, read};
use crate::harness::home::Home;
use crate::harness::logbook::Logbook;

const NAME: &str = "Lường Thị Canary";
const NUMBER: &str = "008123456789";
const HOUSE: &str = "số 7 xóm Suối Canary";

fn listed(home: &Home, what: &str) -> Vec<Value> {
    let ran = home.run(&["list", what, "--json", "--limit", "100"]);
    ran.json()["rows"].as_array().expect("rows").clone()
}

/// The register as form 03/TCD lays it out: two lines of header, then one of numbers.
fn register() -> Vec<u8> {
    let text = |row: &[&'static str]| row.iter().map(|text| Cell::Text(text)).collect::<Vec<_>>();
    let rows = vec![
        text(&["SỔ TIẾP CÔNG DÂN"]),
        text(&[
            "STT",
            "Ngày tiếp",
            "Họ tên – Địa chỉ",
            "CMND/Hộ chiếu của công dân",
            "Nội dung vụ việc",
            "Phân loại đơn/Số người",
            "Cơ quan đã giải quyết",
            "Hướng xử lý",
            "",
            "",
            "Theo dõi kết quả giải quyết",
            "Ghi chú",
        ]),
        text(&[
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "Thụ lý để giải quyết",
            "Trả lại đơn và hướng dẫn",
            "Chuyển đơn đến cơ quan, tổ chức, đơn vị có thẩm quyền",
            "",
            "",
        ]),
        text(&[
            "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12",
        ]),
        text(&[
            "1",
            "05/10/2026",
            "Lường Thị Canary - số 7 xóm Suối Canary",
            NUMBER,
            "Xem lại ranh giới đất của Lường Thị Canary",
            "Khiếu nại/3 người",
            "UBND xã Nà Hang",
            "x",
            "",
            "",
            "đang xác minh",
            "đến lần hai",
        ]),
        text(&[
            "2",
            "05/10/2026",
            "Ma Văn Giả",
            "",
            "Đường vào thôn lầy lội",
            "Kiến nghị",
            "",
            "",
            "",
            "Sở Xây dựng",
            "",
            "",
        ]),
        text(&[
            "3",
            "05/10/2026",
            "Bảo mật theo Luật Tố cáo",
            "",
            "Cán bộ nhận tiền",
            "Tố cáo",
            "",
            "x",
            "",
            "",
            "",
            "",
        ]),
        text(&[
            "4",
            "19/10/2026",
            "Lý Thị Giả",
            "",
            "Chế độ người có công",
            "Phản ánh",
            "",
            "",
            "x",
            "",
            "",
            "",
        ]),
    ];
    xlsx(&rows)
}

#[test]
fn a_register_becomes_receptions_with_matters_and_names_lie_apart() {
    let home = home();
    let ran = import(&home, "s.xlsx", &register(), &["--kind", "receptions"]);
    assert_eq!(counts(&ran), [4, 3, 0, 0], "{}", ran.out);
    let quarantined = ran.json()["quarantined"].clone();
    assert_eq!(quarantined[0]["reason"], "denunciation");
    assert_eq!(quarantined.as_array().map(Vec::len), Some(1));
    // Matters of one day are one session.
    let sessions = listed(&home, "receptions");
    assert_eq!(sessions.len(), 2);
    let cases = |date: &str| {
        let of_day = sessions.iter().find(|row| row["date"] == date);
        of_day.expect("a session")["cases"].clone()
    };
    assert_eq!(
        (cases("2026-10-05"), cases("2026-10-19")),
        (2.into(), 1.into())
    );
    assert!(listed(&home, "visits").is_empty());
    let concerns = listed(&home, "concerns");
    assert_eq!(concerns.len(), 3);
    let text = serde_json::to_string(&concerns).expect("JSON");
    for canary in [NAME, NUMBER, HOUSE, "Ma Văn Giả", "nhận tiền"] {
        assert!(!text.contains(canary), "{canary}");
    }
    let boundary = concerns
        .iter()
        .find(|row| row["kind"] == "complaint")
        .expect("is there");
    let code = boundary["code"].as_str().expect("a code");
    let shown = home.run(&["show", code, "--json"]).out;
    for canary in [NAME, NUMBER, HOUSE] {
        assert!(!shown.contains(canary), "{canary}");
    }
    // Found by no search either.
    for word in ["Canary", "008123456789"] {
        let found = home
            .run(&["list", "concerns", "--find", word, "--json"])
            .json();
        assert_eq!(found["total"], 0, "{word}");
    }
    assert_eq!(home.run(&["check"]).code, 0);
    let again = import(&home, "t.xlsx", &register(), &["--kind", "receptions"]);
    assert_eq!(counts(&again), [4, 0, 0, 3]);
    assert_eq!(listed(&home, "receptions").len(), 2);
}

/// What the form asks is in the record, and the drawer of names has the rest.
#[test]
fn each_column_of_the_register_finds_its_field() {
    let mut logbook = Logbook::create(InMemoryBackend::new(), Role::Police);
    let batches = read(&mut logbook, &register());
    let mut takes = batches.iter().flat_map(|batch| &batch.visits);
    let Some(bacung::domain::Beside::Reception(session, concerns)) =
        takes.find_map(|take| take.beside.as_ref())
    else {
        panic!("a reception");
    };
    assert_eq!(
        session.on.map(|on| on.to_string()).as_deref(),
        Some("2026-10-05")
    );
    let [boundary, road] = &concerns[..] else {
        panic!("two matters");
    };
    let told = &boundary.concern.value.registered;
    assert_eq!(told.people, Some(3));
    assert_eq!(told.settled_by, "UBND xã Nà Hang");
    assert_eq!(told.handling, Some(bacung::domain::Handling::Accept));
    assert!(told.note.contains("đang xác minh") && told.note.contains("lần hai"));
    let told = &road.concern.value.registered;
    assert_eq!(told.handling, Some(bacung::domain::Handling::PassOn));
    assert_eq!(told.passed_to, "Sở Xây dựng");
    let particulars = boundary.particulars.as_ref().expect("are kept");
    let bacung::domain::RaisedBy::Citizen(citizen) = &particulars.value.raised_by else {
        panic!("is named");
    };
    assert!(citizen.name == NAME && citizen.address == HOUSE && citizen.id_number == NUMBER);
    // The row of the denunciation is kept without a cell.
    let kept: Vec<_> = batches.iter().flat_map(|batch| &batch.quarantine).collect();
    let [(id, bytes)] = &kept[..] else {
        panic!("one waits");
    };
    let row = quarantined_from_bytes(*id, bytes).expect("is known");
    assert!(row.cells.iter().all(String::is_empty));
    assert!(!String::from_utf8_lossy(bytes).contains("nhận tiền"));
}

#[test]
fn a_role_that_holds_no_names_takes_in_the_open_part_of_a_register() {
    let home = home_of("reviewer");
    let ran = import(&home, "s.xlsx", &register(), &["--kind", "receptions"]);
    assert_eq!(counts(&ran), [4, 3, 0, 0], "{}", ran.out);
    assert_eq!(listed(&home, "concerns").len(), 3);
    assert_eq!(home.run(&["check"]).code, 0);
}

/// More rows of a session that is known join it.
#[test]
fn a_register_that_grew_adds_what_is_new_to_the_same_session() {
    let home = home();
    let head = "Ngày tiếp,Người tiếp,Loại tiếp,Đơn vị,Nội dung vụ việc,Phân loại đơn,Họ tên\n";
    let one = "05/10/2026,Hoàng Văn Chủ,định kỳ,UBND xã Nà Hang,Đường lầy,kiến nghị,Ma Văn Giả\n";
    let two = "05/10/2026,Hoàng Văn Chủ,định kỳ,UBND xã Nà Hang,Nước yếu,phản ánh,Lý Thị Giả\n";
    let ran = import(
        &home,
        "a.csv",
        format!("{head}{one}").as_bytes(),
        &["--kind", "receptions"],
    );
    assert_eq!(counts(&ran), [1, 1, 0, 0], "{}", ran.out);
    let ran = import(
        &home,
        "b.csv",
        format!("{head}{one}{two}").as_bytes(),
        &["--kind", "receptions"],
    );
    assert_eq!(counts(&ran), [2, 1, 0, 1], "{}", ran.out);
    let sessions = listed(&home, "receptions");
    assert_eq!(sessions.len(), 1);
    assert_eq!(sessions[0]["cases"], 2);
    assert_eq!(
        (&sessions[0]["kind"], &sessions[0]["head"]),
        (&"periodic".into(), &"Hoàng Văn Chủ".into())
    );
}

#[test]
fn sessions_duties_and_inspections_come_in_as_they_are() {
    let home = home();
    let sessions = "Date,Received by,Kind,Unit,People,Turns,Note\n\
        2026-10-05,Hoàng Văn Chủ,periodic,UBND xã Nà Hang,7,9,đông\n\
        2026-10-06,,regular,UBND xã Nà Hang,2,2,\n";
    let ran = import(
        &home,
        "r.csv",
        sessions.as_bytes(),
        &["--kind", "receptions"],
    );
    assert_eq!(counts(&ran), [2, 2, 0, 0], "{}", ran.out);
    let duties = "Ngày trực,Đơn vị,Xã,Người trực,Số giờ,Hồ sơ tiếp nhận,Hồ sơ đã giải quyết,Hồ sơ quá hạn,Ghi chú\n\
        03/10/2026,Công an xã Nà Hang,Nà Hang,Lò Văn Trực; Ma Thị Trực,\"7,5\",12,10,0,đông\n\
        05/10/2026,Công an xã Nà Hang,Nà Hang,Lò Văn Trực,8,1,1,0,thứ Hai\n";
    let ran = import(&home, "d.csv", duties.as_bytes(), &[]);
    assert_eq!(counts(&ran), [2, 1, 0, 0], "{}", ran.out);
    assert_eq!(ran.json()["quarantined"][0]["reason"], "not_a_saturday");
    let inspections = "Số quyết định,Từ ngày,Đến ngày,Cơ quan kiểm tra,Nội dung kiểm tra,Cơ quan được kiểm tra,Số kết luận,Ngày kết luận\n\
        15/QĐ-TTr,01/09/2026,10/09/2026,Thanh tra tỉnh,\"Luật Khiếu nại, Luật Tiếp công dân\",UBND xã A; UBND xã B,16/KL-TTr,30/09/2026\n\
        17/QĐ-TTr,01/10/2026,02/10/2026,Thanh tra tỉnh,tố cáo,,,\n";
    let ran = import(&home, "i.csv", inspections.as_bytes(), &[]);
    assert_eq!(counts(&ran), [2, 1, 0, 0], "{}", ran.out);
    assert_eq!(ran.json()["quarantined"][0]["reason"], "missing");
    let tally = home
        .run(&["tally", "2026", "--json", "--as-of", "2026-11-23"])
        .json();
    let value = |id: &str| tally["tallies"][id]["value"].clone();
    assert_eq!(value("receptions_periodic"), 1);
    assert_eq!(value("receptions_regular"), 1);
    assert_eq!(
        (value("reception_people"), value("reception_turns")),
        (9.into(), 11.into())
    );
    assert_eq!(
        (value("inspections"), value("inspected_agencies")),
        (1.into(), 2.into())
    );
    assert_eq!(tally["tallies"]["saturdays_on_duty"]["done"], 1);
    assert_eq!(value("visits"), 0);
    let duty = listed(&home, "duties");
    assert_eq!(
        (&duty[0]["people"], &duty[0]["received"]),
        (&2.into(), &12.into())
    );
    let inspection = listed(&home, "inspections");
    assert_eq!(
        inspection[0]["laws"],
        serde_json::json!(["complaints", "citizen_reception"])
    );
    for (name, table) in [
        ("r2.csv", sessions),
        ("d2.csv", duties),
        ("i2.csv", inspections),
    ] {
        let kind = match name {
            "r2.csv" => "receptions",
            "d2.csv" => "duties",
            _ => "inspections",
        };
        let again = import(&home, name, table.as_bytes(), &["--kind", kind]);
        assert_eq!(counts(&again)[1], 0, "{name}: {}", again.out);
    }
    assert_eq!(home.run(&["check"]).code, 0);
}

/// Whatever stands in the cells, the program says what it did and the logbook stays whole.
#[test]
fn hostile_tables_are_read_or_left_and_nothing_is_broken() {
    let home = home();
    let long = "ế".repeat(300_000);
    let tables = [
        ("receptions", "Ngày tiếp,Nội dung vụ việc,Phân loại đơn/Số người\n,x,\n99/99/2026,x,\n01/01/2999,x,\n".to_owned()),
        ("receptions", "Ngày tiếp,Nội dung vụ việc,Phân loại đơn/Số người\n01/10/2026,x,kiến nghị/99999999999999999999\n".to_owned()),
        ("receptions", format!("Ngày tiếp,Nội dung vụ việc,Ghi chú\n01/10/2026,x,{long}\n")),
        ("receptions", "Ngày tiếp,Nội dung vụ việc,Họ tên\n01/10/2026,\u{1b}[2J\u{202e}lộn ngược,=HYPERLINK(1)\n".to_owned()),
        ("duties", "Ngày trực,Hồ sơ tiếp nhận,Số giờ\n03/10/2026,-5,x\n03/10/2026,1e99,1\n".to_owned()),
        ("inspections", "Số quyết định,Từ ngày,Đến ngày,Cơ quan được kiểm tra\n1,10/10/2026,01/10/2026,A\n1,01/10/1000,01/10/2026,A\n".to_owned()),
    ];
    for (at, (kind, table)) in tables.iter().enumerate() {
        let ran = import(
            &home,
            &format!("h{at}.csv"),
            table.as_bytes(),
            &["--kind", kind],
        );
        assert!(
            matches!(ran.code, 0 | 1),
            "{kind}: {} {}",
            ran.code,
            ran.err
        );
        assert!(!ran.err.contains("panicked"), "{}", ran.err);
    }
    let listed = home.run(&["list", "concerns"]).out;
    assert!(!listed.contains('\u{1b}') && !listed.contains('\u{202e}'));
    assert_eq!(home.run(&["check"]).code, 0);
}
