//! The command line as scripts use it: exit codes, JSON keys, and sentences where it refuses.

use std::fs;

use crate::harness::home::{Home, PASSPHRASE};

const NEW: &[&str] = &[
    "new",
    "--name",
    "Hoàng Thị Bế",
    "--unit",
    "Công an xã Nà Hang",
    "--role",
    "police",
];

#[test]
fn a_new_logbook_prints_its_recovery_secret_once_and_only_to_stderr() {
    let home = Home::new();
    let made = home.run(NEW);
    assert_eq!(made.code, 0, "{}", made.err);
    assert_eq!(made.out, "");
    assert_eq!(made.err.matches("AGE-SECRET-KEY-1").count(), 1);
    let again = home.run(NEW);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("đã có một sổ"), "{}", again.err);
    let list = home.run(&["list", "visits", "--json"]).json();
    assert_eq!(list["total"], 0);
    assert_eq!(list["rows"], serde_json::json!([]));
}

#[test]
fn a_name_or_unit_without_a_visible_letter_makes_nothing() {
    let home = Home::new();
    for (name, unit) in [(" \u{200b}", "Công an xã Nà Hang"), ("Bế", "\u{202e}")] {
        let made = home.run(&["new", "--name", name, "--unit", unit, "--role", "officer"]);
        assert_eq!(made.code, 2, "{}", made.err);
        assert!(!home.logbook().exists());
    }
}

#[test]
fn a_short_passphrase_makes_nothing() {
    let home = Home::new();
    fs::write(home.passphrase_file(), "ngắn").expect("is written");
    assert_eq!(home.run(NEW).code, 1);
    assert!(!home.logbook().exists());
}

#[test]
fn a_wrong_passphrase_is_said_and_touches_nothing() {
    let home = Home::with_demo(3);
    fs::write(home.passphrase_file(), PASSPHRASE).expect("is written");
    let before = home.files();
    let ran = home.run(&["list", "visits"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("ật khẩu"), "{}", ran.err);
    assert!(home.files() == before);
}

#[test]
fn usage_is_refused_with_2_in_the_chosen_language() {
    let home = Home::new();
    let vi = home.run(&["lisst"]);
    assert_eq!(vi.code, 2);
    assert!(vi.err.contains("Không hiểu «lisst»"), "{}", vi.err);
    let en = home.run(&["--lang", "en", "list", "visits", "--from", "31/02/2026"]);
    assert_eq!(en.code, 2);
    assert!(
        en.err.contains("31/02/2026") && en.err.contains("Nothing was done"),
        "{}",
        en.err
    );
}

#[test]
fn a_folder_without_a_logbook_is_said() {
    let ran = Home::new().run(&["check"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("chưa có sổ nào"), "{}", ran.err);
}

#[test]
fn the_demo_lists_shows_and_checks_clean() {
    let home = Home::with_demo(60);
    let list = home
        .run(&["list", "visits", "--json", "--limit", "7"])
        .json();
    assert_eq!(list["total"], 60);
    let rows = list["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 7);
    for key in ["code", "date", "place", "summary", "state"] {
        assert!(rows[0][key].is_string(), "{key}");
    }
    let code = rows[0]["code"].as_str().expect("a code");
    let shown = home.run(&["show", code, "--json"]).json();
    assert_eq!(shown["code"], code);
    assert_eq!(shown["kind"], "visit");
    assert_eq!(shown["copies"], "local");
    assert_eq!(shown["thread"], serde_json::json!([]));
    assert_eq!(shown["history"][0]["what"], "created");
    assert!(
        shown["revision"]
            .as_str()
            .is_some_and(|digest| digest.len() == 64)
    );
    let checked = home.run(&["check", "--json"]);
    assert_eq!(checked.code, 0, "{}", checked.err);
    assert_eq!(checked.json()["damage"], serde_json::json!([]));
    let rebuilt = home.run(&["check", "--rebuild"]);
    assert_eq!(rebuilt.code, 0, "{}", rebuilt.err);
    let after = home
        .run(&["list", "visits", "--json", "--limit", "7"])
        .json();
    assert_eq!(after, list);
}

#[test]
fn the_same_seed_lists_the_same() {
    let listed = |home: &Home| {
        let rows = home
            .run(&["list", "visits", "--json", "--limit", "30"])
            .json();
        let rows = rows["rows"].as_array().expect("rows").clone();
        let of = |row: &serde_json::Value| {
            ["code", "date", "place", "summary", "state"].map(|key| row[key].clone())
        };
        rows.iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(listed(&Home::with_demo(30)), listed(&Home::with_demo(30)));
}

#[test]
fn lists_are_narrowed_by_words_days_and_state() {
    let home = Home::with_demo(80);
    let total = |args: &[&str]| {
        let mut all = vec!["list", "visits", "--json"];
        all.extend(args);
        home.run(&all).json()["total"].as_u64().expect("a number")
    };
    let (drafts, sent) = (total(&["--state", "draft"]), total(&["--state", "sent"]));
    assert!(drafts > 0 && sent > 0);
    assert_eq!(drafts + sent, 80);
    let late = total(&["--from", "2026-01-01"]);
    let early = total(&["--to", "31/12/2025"]);
    assert_eq!(late + early, 80);
    let rows = home
        .run(&["list", "visits", "--json", "--limit", "1"])
        .json();
    let place = rows["rows"][0]["place"]
        .as_str()
        .expect("a place")
        .to_owned();
    let village = place.split(" · ").next().expect("a village");
    assert!(total(&["--place", village]) >= 1);
    assert!(total(&["--find", village]) >= 1);
    assert_eq!(total(&["--find", "zzzz khong co"]), 0);
}

#[test]
fn records_are_listed_by_the_unit_of_their_day_and_found_by_todays() {
    let home = Home::with_demo(80);
    let list = |args: &[&str]| {
        let mut all = vec!["list", "visits", "--json", "--limit", "100"];
        all.extend(args);
        home.run(&all).json()["rows"]
            .as_array()
            .expect("rows")
            .clone()
    };
    let old = list(&["--to", "2025-06-30"]);
    let renamed = old.iter().find(|row| row["commune"] != row["commune_now"]);
    let renamed = renamed.expect("a unit of before has another name today");
    let text = |name: &str| renamed[name].as_str().expect("a text").to_owned();
    let (code, then, now) = (text("code"), text("commune"), text("commune_now"));
    let bare = then.trim_start_matches([
        'X', 'ã', 'P', 'h', 'ư', 'ờ', 'n', 'g', 'T', 'ị', 't', 'r', 'ấ',
    ]);
    assert!(
        text("place").ends_with(bare.trim()),
        "{then} in {}",
        text("place")
    );
    for place in [&then, &now] {
        let found = list(&["--place", place]);
        assert!(found.iter().any(|row| row["code"] == *code), "{place}");
    }
    let fields = home.run(&["show", &code, "--json"]).json()["fields"].clone();
    assert_eq!(fields["commune"], *then);
    assert_eq!(fields["commune_now"], *now);
    for row in list(&["--from", "2025-07-01"]) {
        assert_eq!(row["commune"], row["commune_now"]);
    }
}

#[test]
fn a_draft_is_amended_sent_and_withdrawn() {
    let home = Home::with_demo(40);
    let drafts = home
        .run(&["list", "visits", "--state", "draft", "--json"])
        .json();
    let code = drafts["rows"][0]["code"]
        .as_str()
        .expect("a draft")
        .to_owned();
    let amended = home.run(&["amend", &code, "note=đường đã sửa xong", "programme="]);
    assert_eq!(amended.code, 0, "{}", amended.err);
    assert_eq!(home.run(&["amend", &code, "nota=x"]).code, 1);
    assert_eq!(home.run(&["amend", &code, "from=soon"]).code, 1);
    let backwards = ["amend", &code, "from=2026-01-09", "to=2026-01-08"];
    assert_eq!(home.run(&backwards).code, 1);
    assert_eq!(home.run(&["amend", &code, "shared=no_such"]).code, 1);
    assert_eq!(home.run(&["send", &code]).code, 0);
    assert_eq!(home.run(&["send", &code]).code, 1);
    let shown = home.run(&["show", &code, "--json"]).json();
    assert_eq!(shown["fields"]["note"], "đường đã sửa xong");
    assert_eq!(shown["fields"]["programme"], serde_json::Value::Null);
    assert_eq!(shown["state"], "sent");
    let gone = home.run(&["withdraw", &code, "--reason", "ghi nhầm"]);
    assert_eq!(gone.code, 0, "{}", gone.err);
    let list = home
        .run(&["list", "visits", "--state", "withdrawn", "--json"])
        .json();
    assert_eq!(list["total"], 1);
}

#[test]
fn a_short_code_lists_its_candidates() {
    let home = Home::with_demo(120);
    let list = home
        .run(&["list", "visits", "--json", "--limit", "120"])
        .json();
    let rows = list["rows"].as_array().expect("rows");
    let codes = rows.iter().filter_map(|row| row["code"].as_str());
    let mut firsts: Vec<&str> = codes.filter_map(|code| code.get(..1)).collect();
    firsts.sort_unstable();
    let twice = firsts
        .windows(2)
        .find(|pair| pair[0] == pair[1])
        .expect("120 codes, 32 letters");
    let ran = home.run(&["show", twice[0]]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.lines().count() > 2, "{}", ran.err);
}

#[test]
fn citizens_are_masked() {
    let home = Home::with_demo(40);
    let concerns = home.run(&["list", "concerns", "--json"]).json();
    for row in concerns["rows"].as_array().expect("rows") {
        let code = row["code"].as_str().expect("a code");
        let shown = home.run(&["show", code, "--json"]).json();
        assert_eq!(shown["kind"], "concern");
        assert_eq!(shown["fields"]["particulars"], serde_json::Value::Null);
    }
}

#[test]
fn showing_a_citizen_is_recorded_in_the_concerns_history() {
    let home = Home::with_demo(40);
    let concerns = home.run(&["list", "concerns", "--json"]).json();
    let rows = concerns["rows"].as_array().expect("rows");
    let reveal = |row: &serde_json::Value| {
        let code = row["code"].as_str().expect("a code").to_owned();
        let shown = home.run(&["show", &code, "--json", "--reveal"]).json();
        (code, shown)
    };
    let known = |shown: &serde_json::Value| shown["fields"]["particulars"]["said"].is_string();
    let (code, shown) = rows
        .iter()
        .map(reveal)
        .find(|(_, shown)| known(shown))
        .expect("seven in ten");
    let last = |shown: &serde_json::Value| {
        let history = shown["history"].as_array().expect("a history");
        history.last().expect("has lines")["what"].clone()
    };
    assert_eq!(last(&shown), "shown");
    let masked = home.run(&["show", &code, "--json"]).json();
    assert_eq!(masked["fields"]["particulars"], serde_json::Value::Null);
    assert_eq!(last(&masked), "shown");
    assert_eq!(home.run(&["check"]).code, 0);
}

#[test]
fn a_file_that_is_no_logbook_or_cut_short_is_said() {
    for broken in [b"hello".to_vec(), vec![7; 40_000], Vec::new()] {
        let home = Home::with_demo(3);
        fs::write(home.logbook().join("logbook.redb"), &broken).expect("is written");
        let ran = home.run(&["list", "visits"]);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""));
        assert!(ran.err.lines().count() >= 3, "{}", ran.err);
        assert_eq!(home.run(&["check"]).code, 3);
    }
}

#[test]
fn completions_name_the_commands() {
    let ran = Home::new().run(&["completions", "bash"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("withdraw"));
}

/// The database panics on some damage; what it says can hold what it read.
#[test]
fn a_damaged_file_is_said_without_the_words_of_a_panic() {
    let home = Home::with_demo(3);
    let path = home.logbook().join("logbook.redb");
    let whole = fs::read(&path).expect("is read");
    for step in [509, 4093] {
        let mut bytes = whole.clone();
        for byte in bytes.iter_mut().skip(8192).step_by(step) {
            *byte ^= 0xff;
        }
        fs::write(&path, &bytes).expect("is written");
        for (command, code) in [(&["list", "visits"][..], 1), (&["check"], 3)] {
            let ran = home.run(command);
            assert_eq!(ran.code, code, "{}", ran.err);
            assert!(!ran.err.contains("panicked"), "{}", ran.err);
        }
    }
}

/// Two demo visits to one village, brought to one day and one kind of work.
#[test]
fn a_visit_that_may_be_another_is_told_of_and_shown() {
    let home = Home::with_demo(120);
    let show = |code: &str| home.run(&["show", code, "--json"]).json();
    let list = home
        .run(&["list", "visits", "--limit", "120", "--json"])
        .json();
    let rows = list["rows"].as_array().expect("rows");
    let mut with_work = rows.iter().filter(|row| row["activities"] != 0);
    let pair = loop {
        let one = with_work.next().expect("two visits to one village");
        let same = |row: &&serde_json::Value| row["place"] == one["place"];
        if let Some(other) = with_work.clone().find(same) {
            break [one, other].map(|row| row["code"].as_str().expect("a code").to_owned());
        }
    };
    let date = show(&pair[0])["fields"]["to"]
        .as_str()
        .expect("a date")
        .to_owned();
    let days = [format!("from={date}"), format!("to={date}")];
    assert_eq!(home.run(&["amend", &pair[1], &days[0], &days[1]]).code, 0);
    for code in &pair {
        let fields = &show(code)["fields"];
        let activity = fields["activities"][0]["code"].as_str().expect("a code");
        let amended = home.run(&["amend", activity, "category=canal"]);
        assert_eq!(amended.code, 0, "{}", amended.err);
    }
    let told = home.run(&["amend", &pair[0], "note=x"]);
    assert_eq!((told.code, told.out.as_str()), (0, ""));
    let says = format!("Có thể trùng với {}", pair[1]);
    assert!(told.err.contains(&says), "{}", told.err);
    let fields = &show(&pair[1])["fields"];
    assert_eq!(fields["may_be_one_with"], serde_json::json!([pair[0]]));
    assert_eq!(fields["linked"], serde_json::json!([]));
}
