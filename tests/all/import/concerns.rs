//! Concerns out of a table: each in its drawer, and a denunciation in none of them.

use bacung::domain::Role;
use bacung::import::quarantined_from_bytes;
use redb::backends::InMemoryBackend;

use super::rows::{counts, home, home_of, import, read};
use crate::harness::home::Home;
use crate::harness::logbook::Logbook;

const NAME: &str = "Lường Thị Canary";

fn table() -> String {
    format!(
        "Ngày,Đơn vị,Xã,Thôn,Loại,Lĩnh vực,Nội dung ý kiến,Người nêu ý kiến,Lời trình bày,Giải quyết,Hẹn trả lời\n\
        01/10/2026,Công an xã Nà Hang,Nà Hang,Pắc Ban,kiến nghị,Đất đai,Xem lại ranh giới,{NAME},Nhà tôi mất đất,,01/12/2026\n\
        01/10/2026,Công an xã Nà Hang,Nà Hang,Pắc Ban,phản ánh,chuyện lạ,Đèn đường tối,,,xong tại chỗ,\n\
        01/10/2026,Công an xã Nà Hang,Nà Hang,Pắc Ban,tố cáo,Đất đai,Cán bộ nhận tiền,{NAME},Ông ấy nhận tiền,,\n"
    )
}

fn exported(home: &Home, more: &[&str]) -> Vec<serde_json::Value> {
    let path = home.path().join("out.ndjson");
    let path = path.to_str().expect("UTF-8").to_owned();
    let mut args = vec!["export", "concerns", "--format", "ndjson", "-o", &path];
    args.extend(more);
    let ran = home.run(&args);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let text = std::fs::read_to_string(&path).expect("is read");
    let rows = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"));
    rows.collect()
}

#[test]
fn each_part_of_a_concern_lies_in_its_drawer() {
    let home = home();
    let ran = import(&home, "y.csv", table().as_bytes(), &["--kind", "concerns"]);
    assert_eq!(counts(&ran), [3, 2, 0, 0], "{}", ran.out);
    assert_eq!(ran.json()["quarantined"][0]["reason"], "denunciation");
    let rows = exported(&home, &[]);
    assert_eq!(rows.len(), 2);
    let text = serde_json::to_string(&rows).expect("JSON");
    assert!(!text.contains(NAME) && !text.contains("mất đất"));
    let kinds: Vec<_> = rows.iter().map(|row| row["kind_code"].clone()).collect();
    assert!(kinds.contains(&"recommendation".into()) && kinds.contains(&"reflection".into()));
    let of = |kind: &str| {
        rows.iter()
            .find(|row| row["kind_code"] == kind)
            .expect("is there")
    };
    assert_eq!(of("recommendation")["answer_by"], "2026-12-01");
    assert_eq!(
        of("reflection")["line"],
        "Đèn đường tối (Lĩnh vực: chuyện lạ)"
    );
    // They were heard on one visit.
    assert_eq!(rows[0]["visit"], rows[1]["visit"]);
    let named = exported(&home, &["--with-names"]);
    let raised = |row: &&serde_json::Value| row["raised_by"] == NAME;
    let by_name = named.iter().find(raised).expect("is named");
    assert_eq!(by_name["said"], "Nhà tôi mất đất");
    assert_eq!(home.run(&["check"]).code, 0);
    let again = import(&home, "y.csv", table().as_bytes(), &["--kind", "concerns"]);
    assert_eq!(counts(&again), [3, 0, 0, 2]);
}

#[test]
fn a_role_that_holds_no_names_takes_in_what_is_open() {
    let home = home_of("reviewer");
    let ran = import(&home, "y.csv", table().as_bytes(), &["--kind", "concerns"]);
    assert_eq!(counts(&ran), [3, 2, 0, 0], "{}", ran.out);
    assert_eq!(exported(&home, &[]).len(), 2);
}

#[test]
fn the_cells_of_a_denunciation_are_kept_nowhere() {
    let mut logbook = Logbook::create(InMemoryBackend::new(), Role::Police);
    let batches = read(&mut logbook, table().as_bytes());
    let kept: Vec<_> = batches.iter().flat_map(|batch| &batch.quarantine).collect();
    let [(id, bytes)] = &kept[..] else {
        panic!("one waits");
    };
    let row = quarantined_from_bytes(*id, bytes).expect("is known");
    assert!(row.cells.iter().all(String::is_empty));
    let holds = |word: &str| {
        bytes
            .windows(word.len())
            .any(|part| part == word.as_bytes())
    };
    assert!(!holds(NAME) && !holds("nhận tiền"));
}
