//! Reminding of a backup, making one, and compacting: the boxes and their keys.

use bacung::app::{Answer, Effect, KeepRefusal, Lost, Refusal};
use bacung::domain::{Stamp, Today};
use bacung::i18n::Language;

use super::sample;
use super::stage::{NOW, Stage};

const SIZE: (u16, u16) = (100, 30);
const DAY: i64 = 86_400_000;

fn uncopied(days: i64) -> Today {
    Today {
        uncopied: Some(Stamp(NOW.0 - days * DAY)),
        ..sample::today()
    }
}

fn open(language: Language, days: i64) -> Stage {
    let mut stage = Stage::open(language, SIZE, sample::names());
    stage.today(uncopied(days));
    stage
}

#[test]
fn what_is_long_on_this_laptop_only_is_said_in_the_list_and_once_in_the_line_below() {
    let mut stage = open(Language::Vi, 9);
    let screen = stage.screen();
    assert!(screen.contains("▫ chưa chép"), "{screen}");
    assert!(screen.contains("9 ngày rồi"), "{screen}");
    assert!(
        screen.contains("Đã 9 ngày có mục chỉ nằm trên máy này; nhấn F9"),
        "{screen}"
    );
    let screen = open(Language::En, 9).screen();
    assert!(screen.contains("▫ not copied"), "{screen}");
    assert!(screen.contains("for 9 days"), "{screen}");
    for days in [0, 6] {
        let screen = open(Language::Vi, days).screen();
        assert!(!screen.contains("sao lưu 6"), "{screen}");
        assert!(!screen.contains("Enter: sao lưu"), "{screen}");
    }
}

#[test]
fn a_backup_is_made_from_the_list_and_can_be_stopped() {
    let mut stage = open(Language::Vi, 9);
    stage.keys("<end><enter>");
    stage.keys("<enter>");
    assert!(stage.effects.is_empty(), "a path is needed");
    // Telex does not touch a path.
    stage.keys("<f4>/media/usb<enter>");
    assert!(matches!(&stage.effects[..], [Effect::BackUp(to)] if to == "/media/usb"));
    let (done, total) = (1234, 4000);
    stage.answer(Answer::Working { done, total });
    let screen = stage.screen();
    assert!(screen.contains("1.234 / 4.000"), "{screen}");
    stage.keys("<esc>");
    assert!(matches!(&stage.effects[..], [Effect::StopWork]));
    stage.keys("<esc>n");
    assert!(stage.effects.is_empty(), "nothing else until it has ended");
    stage.answer(Answer::Refused(Refusal::Keep(KeepRefusal::Stopped)));
    let screen = stage.screen();
    assert!(screen.contains("Đã dừng theo yêu cầu"), "{screen}");
    // Where it went is filled in the next time.
    stage.keys("<f9><enter>");
    assert!(matches!(&stage.effects[..], [Effect::BackUp(to)] if to == "/media/usb"));
    stage.answer(Answer::BackedUp {
        path: "/media/usb/bacung-2026-11-23.backup".to_owned(),
        entries: 4000,
        bytes: 2_345_678,
    });
    let screen = stage.screen();
    assert!(screen.contains("Đã sao lưu 4.000 mục"), "{screen}");
    assert!(screen.contains("2,3 MB"), "{screen}");
    let asks = |e: &Effect| matches!(e, Effect::QueryToday { .. });
    assert!(stage.effects.iter().any(asks));
}

#[test]
fn compacting_asks_for_the_passphrase_and_again_where_it_is_wrong() {
    let mut stage = open(Language::Vi, 0);
    stage.keys("<ctrl-k>");
    stage.keys("<enter>");
    assert!(stage.effects.is_empty());
    stage.keys("sai<enter>");
    assert!(matches!(&stage.effects[..], [Effect::Compact(s)] if s.expose() == "sai"));
    stage.answer(Answer::Refused(Refusal::WrongPassphrase));
    let screen = stage.screen();
    assert!(screen.contains("✖ Sai mật khẩu"), "{screen}");
    stage.keys("dung<enter>");
    assert!(matches!(&stage.effects[..], [Effect::Compact(s)] if s.expose() == "dung"));
    stage.answer(Answer::Compacted {
        before: 154_000_000,
        after: 95_200_000,
    });
    let screen = stage.screen();
    assert!(screen.contains("từ 154 MB còn 95,2 MB"), "{screen}");
}

#[test]
fn a_missing_entry_is_named_in_the_line_of_messages() {
    let mut stage = open(Language::Vi, 0);
    stage.answer(Answer::Lost(Lost {
        code: None,
        at: NOW,
    }));
    let screen = stage.screen();
    assert!(screen.contains("thiếu mục cuối cùng"), "{screen}");
}

/// The box closed, and the sentence named a temporary file and was cut at the edge.
#[test]
fn a_backup_that_fails_asks_again_with_the_reason() {
    let mut stage = open(Language::Vi, 0);
    stage.keys("<f9>/media/usb<enter>");
    let path = "/media/usb".to_owned();
    let refusal = Refusal::Keep(KeepRefusal::NoRoom { path });
    stage.answer(Answer::Refused(refusal));
    let screen = stage.screen();
    assert!(screen.contains("hãy chọn nơi còn"), "{screen}");
    stage.keys("2<enter>");
    assert!(matches!(&stage.effects[..], [Effect::BackUp(to)] if to == "/media/usb2"));
}

#[test]
fn a_sentence_is_shown_whole_until_a_key_is_pressed() {
    let mut stage = open(Language::Vi, 0);
    let lost = Lost {
        code: None,
        at: NOW,
    };
    stage.answer(Answer::Lost(lost));
    let words = |screen: &str| screen.split_whitespace().collect::<Vec<_>>().join(" ");
    let screen = words(&stage.screen());
    assert!(screen.contains("hãy giữ lại bản đó."), "{screen}");
    stage.keys("j");
    let screen = words(&stage.screen());
    assert!(screen.contains("✖ Sổ này thiếu"), "{screen}");
    assert!(!screen.contains("hãy giữ lại bản đó."), "{screen}");
}

/// What may be said below the screens has room on the smallest of them.
#[test]
fn every_sentence_has_room() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("config/i18n");
    let gap = |c: char| c == '{' || c == '}';
    for language in ["vi", "en"] {
        for area in [
            "app", "errors", "export", "import", "keep", "capture", "pairs",
        ] {
            let path = folder.join(language).join(format!("{area}.ftl"));
            let text = std::fs::read_to_string(path).expect("is there");
            for line in text.lines().filter_map(|line| line.split_once(" = ")) {
                // A gap is as long as a path on a stick.
                let parts = line.1.split(gap).enumerate();
                let filled = parts.map(|(at, part)| match at % 2 {
                    0 => part,
                    _ => "/media/nguoi-dung/KINGSTON/bacung",
                });
                let said = format!("✖ {}", filled.collect::<String>());
                let lines = bacung::text::width::wrap(&said, 58).len();
                assert!(lines <= 9, "{language} {}: {lines}", line.0);
            }
        }
    }
}
