//! The law's dates on the command line: the contract of its JSON, words, refusals, files of the user.

use std::fs;

use serde_json::{Value, json};

use crate::harness::home::{Home, Ran};

fn deadline(home: &Home, args: &str) -> Ran {
    let all: Vec<&str> = ["deadline"].into_iter().chain(args.split(' ')).collect();
    home.run(&all)
}

fn step<'a>(answer: &'a Value, rule: &str) -> &'a Value {
    let steps = answer["steps"].as_array().expect("steps");
    let found = steps.iter().find(|step| step["rule"] == rule);
    found.unwrap_or_else(|| panic!("no {rule}: {answer}"))
}

#[test]
fn no_logbook_is_needed_and_none_is_made() {
    let home = Home::new();
    let ran = deadline(&home, "complaint --received 16/11/2026 --json");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(!home.logbook().exists());
    let answer = ran.json();
    assert_eq!(answer["kind"], "complaint");
    assert_eq!(answer["warnings"], json!([]));
    assert_eq!(
        step(&answer, "KN2"),
        &json!({
            "step": "accept",
            "from": "2026-11-16",
            "days": 10,
            "unit": "calendar",
            "suspended_days": 0,
            "due": "2026-11-26",
            "due_moved": "2026-11-26",
            "basis": "Đ.27 LKN 2011",
            "rule": "KN2",
            "checked": false,
            "arithmetic": [
                "10 ngày từ ngày nhận, không kể ngày đầu",
                "16/11 + 10 = 26/11 (thứ Năm)",
                "nghỉ 24/11 (Ngày Văn hóa Việt Nam) không làm dời hạn",
            ],
        })
    );
}

#[test]
fn a_step_whose_start_is_not_known_is_not_listed() {
    let home = Home::new();
    let steps = |args: &str| {
        let answer = deadline(&home, args).json();
        let steps = answer["steps"].as_array().expect("steps").clone();
        let word = |step: &Value| step["step"].as_str().expect("a word").to_owned();
        steps.iter().map(word).collect::<Vec<_>>()
    };
    let received = steps("complaint --received 2026-11-16 --json");
    assert_eq!(received, ["accept", "notify"]);
    let accepted = steps("complaint --received 2026-11-16 --accepted 2026-11-20 --json");
    assert_eq!(accepted, ["accept", "settle", "notify"]);
    let denounced = steps("denunciation --received 2026-11-16 --json");
    assert_eq!(denounced, ["accept", "notify", "pass_on"]);
    let wish = steps("recommendation --received 2026-11-16 --json");
    assert_eq!(wish, ["notify"]);
}

#[test]
fn suspensions_are_merged_and_one_that_comes_too_late_is_told() {
    let ran = deadline(
        &Home::new(),
        "complaint --received 2026-11-16 --accepted 2026-11-24 --complex --remote \
         --suspended 2026-12-01..2026-12-10 --suspended 05/12/2026..12/12/2026 \
         --suspended 2027-06-01..2027-06-03 --json",
    );
    let answer = ran.json();
    let settle = step(&answer, "KN3");
    assert_eq!(
        (&settle["days"], &settle["suspended_days"]),
        (&json!(60), &json!(12))
    );
    assert_eq!(settle["due"], "2027-02-04");
    let warnings = answer["warnings"].as_array().expect("warnings");
    assert!(
        warnings[0]
            .as_str()
            .is_some_and(|w| w.contains("01/06/2027"))
    );
    assert!(warnings[1].as_str().is_some_and(|w| w.contains("2027")));
}

#[test]
fn words_are_in_both_languages_and_say_how_long_there_is() {
    let home = Home::new();
    let vi = deadline(&home, "complaint --received 2026-11-16 --as-of 2026-11-23");
    assert!(
        vi.out.contains(
            "26/11/2026 (thứ Năm)\n    còn 3 ngày · Đ.27 LKN 2011 · chưa đối chiếu văn bản\n"
        ),
        "{}",
        vi.out
    );
    let en = deadline(
        &home,
        "denunciation --received 2026-08-20 --as-of 2026-08-27 --lang en",
    );
    assert!(
        en.out.contains("1 working day left · Art. 24 LTC 2018"),
        "{}",
        en.out
    );
    assert!(
        en.out
            .contains("22 Aug (Saturday) is worked in exchange and counts"),
        "{}",
        en.out
    );
    assert!(en.err.contains("31 Aug 2026"), "{}", en.err);
}

#[test]
fn facts_that_cannot_be_are_refused_with_the_option_that_is_wrong() {
    let home = Home::new();
    for (args, option) in [
        (
            "complaint --received 2026-11-16 --accepted 2026-11-15",
            "--accepted:",
        ),
        (
            "complaint --received 2026-11-16 --suspended 2026-11-20..2026-11-19",
            "--suspended:",
        ),
        (
            "complaint --received 2026-11-16 --suspended 2026-11-20..",
            "--suspended:",
        ),
        (
            "denunciation --received 2026-11-16 --extended 3",
            "--extended:",
        ),
    ] {
        let ran = deadline(&home, args);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{args}");
        assert!(ran.err.starts_with(option), "{}", ran.err);
    }
    for args in [
        "complaint --accepted 2026-11-15",
        "complaint --received 2026-02-30",
        "complaint --received 2026-11-16 --instance 3",
        "complaint --received 2026-11-16 --suspended 2026-11-20",
        "reflection --received 2026-11-16 --complex",
        "wish --received 2026-11-16",
    ] {
        assert_eq!(deadline(&home, args).code, 2, "{args}");
    }
}

#[test]
fn a_holiday_of_the_user_moves_the_date_and_a_wrong_file_is_said() {
    let home = Home::new();
    // The folder of the user's configuration on each system of the tests.
    let folders = [
        "config/bacung",
        "roaming/bacung/config",
        "Library/Application Support/bacung",
    ];
    let write = |text: &str| {
        for folder in folders {
            let folder = home.path().join(folder).join("law/calendar");
            fs::create_dir_all(&folder).expect("is made");
            fs::write(folder.join("mine.toml"), text).expect("is written");
        }
    };
    let asked = "recommendation --received 2026-11-13 --json";
    assert_eq!(
        step(&deadline(&home, asked).json(), "CD1")["due"],
        "2026-11-30"
    );
    write("[[day]]\ndate = 2026-11-23\nkind = \"swapped-off\"\nsource = \"Thông báo\"\n");
    assert_eq!(
        step(&deadline(&home, asked).json(), "CD1")["due"],
        "2026-12-01"
    );
    write("[[day]]\ndate = 2026-11-23\nkind = \"swapped-work\"\nsource = \"Thông báo\"\n");
    let ran = deadline(&home, asked);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(
        ran.err.contains("mine.toml, dòng 2: 2026-11-23"),
        "{}",
        ran.err
    );
}
