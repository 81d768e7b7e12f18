//! The form of a visit, from the key that opens it to the one that saves.

use bacung::app::screens::View;
use bacung::app::{Answer, Effect, Logbook, Msg, SaveVisit, TypingKey, Unlocked};
use bacung::domain::{Profile, Role, ShortCode, Site, Stamp, VisitId};
use bacung::i18n::Language;

use super::sample;
use super::shots;
use super::stage::{NOW, Stage};

/// The form of an empty logbook.
pub(super) fn empty(language: Language, size: (u16, u16)) -> Stage {
    let mut stage = Stage::open(language, size, sample::no_names());
    stage.today(sample::today_empty());
    stage.send(Msg::FreshIds((1..=40).rev().map(|n| [n; 16]).collect()));
    stage.keys("n");
    stage
}

/// A usual visit, half typed.
fn usual(language: Language, size: (u16, u16)) -> Stage {
    let mut stage = Stage::open(language, size, sample::names());
    stage.today(sample::today());
    stage.send(Msg::FreshIds((1..=40).rev().map(|n| [n; 16]).collect()));
    let work = match language {
        Language::Vi => ["sua", "kenh"],
        Language::En => ["house", "canal"],
    };
    stage.keys("npac<tab>22/11<tab><tab>ng v h<tab> <right><right> <tab>");
    stage.keys(&format!(
        "<f5>{}<tab>1<tab><tab>12<tab><tab><tab>1<tab><tab><tab>dong<tab>3,5tr",
        work[0]
    ));
    stage.keys("<f7>kien<tab>dien<tab>Đèn đường đoạn qua suối tối<tab><tab><tab>30/11");
    stage.keys(&format!("<f5>{}", work[1]));
    stage.send(Msg::Tick(NOW));
    let key = TypingKey([1; 16]);
    stage.answer(Answer::Kept { key, at: NOW });
    stage
}

/// A concern on a device that keeps neither names nor denunciations.
fn reviewer(language: Language, size: (u16, u16)) -> Stage {
    let mut stage = Stage::new(Logbook::Present, language, size);
    stage.keys("x<enter>");
    let profile = Profile {
        role: Role::Reviewer,
        ..sample::profile()
    };
    stage.answer(Answer::Unlocked(Box::new(Unlocked {
        profile,
        me: sample::person(1),
        names: sample::names(),
        typing: Vec::new(),
    })));
    stage.send(Msg::FreshIds((1..=40).rev().map(|n| [n; 16]).collect()));
    stage.keys("n<f7>");
    stage
}

/// Everything longer than its room, with much to say beside it.
fn overfull(language: Language, size: (u16, u16)) -> Stage {
    let mut stage = Stage::open(language, size, sample::names());
    stage.send(Msg::FreshIds((1..=40).rev().map(|n| [n; 16]).collect()));
    let long = "Khu tái định cư tập trung Pắc Khoang Nà Tông Bản Bung Khuổi Củng dưới chân đèo";
    stage.keys("n");
    stage.send(Msg::Paste(long.to_owned()));
    stage.keys("<tab>20/11<tab>1/11<tab>ng v h<tab>");
    for part in ["<f5>", "<f6>", "<f7>", "<f5>", "<f6>"] {
        stage.keys(part);
        let first = match part {
            "<f5>" => {
                "kenh<tab>-5<tab><tab>abc<tab><tab><tab>1,5<tab><tab><tab>dong<tab>999.999.999.999<tab>"
            }
            "<f6>" => "hop<tab><tab>",
            _ => "khieu<tab>dat<tab>",
        };
        stage.keys(first);
        stage.send(Msg::Paste(format!("{long} {long}, {long}; {long}.")));
    }
    stage.keys("<f8><f5>");
    stage.keys("kenh<tab>-5<tab><tab>abc<tab><tab><tab>1,5<tab><tab><tab>dong<tab>9<tab>");
    stage.send(Msg::Paste(
        format!("{long} {long}, {long}; {long}. ").repeat(4),
    ));
    stage
}

fn saved(stage: &Stage) -> &SaveVisit {
    let mut saves = stage.effects.iter().filter_map(|effect| match effect {
        Effect::Save(save) => Some(&**save),
        _ => None,
    });
    saves.next_back().expect("something is saved")
}

/// Counts keys as the fingers do: a letter or a named key is one.
fn count(keys: &str) -> usize {
    let mut count = 0;
    let mut inside = false;
    for c in keys.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                count += 1;
            }
            _ if inside => {}
            _ => count += 1,
        }
    }
    count
}

#[test]
fn from_today_to_the_save_is_at_most_sixty_keys() {
    let mut stage = Stage::open(Language::Vi, (80, 24), sample::no_names());
    stage.today(sample::today_empty());
    stage.send(Msg::FreshIds((1..=40).rev().map(|n| [n; 16]).collect()));
    let before = "nPắc Ban, na hang<tab>22/11<f5>kenh<tab>120<tab><tab>45<tab><tab><tab>9<tab><tab><tab>dong<tab>3,5tr<tab>";
    let after = "<ctrl-s>";
    assert!(
        count(before) + count(after) <= 60,
        "{}",
        count(before) + count(after)
    );
    stage.keys(before);
    stage.keys("Nạo vét mương đoạn đầu thôn");
    stage.keys(after);
    let save = saved(&stage);
    let activity = &save.dossier.activities[0].activity.value;
    assert_eq!(activity.description, "Nạo vét mương đoạn đầu thôn");
    assert_eq!(activity.beneficiaries[0].households, Some(9));
    assert_eq!(activity.value().map(|v| v.0), Some(3_500_000));
    assert_eq!(save.places[0].1.name, "Pắc Ban");
    assert!(matches!(
        save.dossier.visit.value.site,
        Some(Site::Village(_))
    ));
    let typing = save.typing;
    stage.answer(Answer::Saved {
        typing,
        visit: VisitId([7; 16]),
        code: ShortCode::of(VisitId([7; 16]).into(), 6),
        names: Box::new(sample::names()),
    });
    let session = stage.model.session().expect("is open");
    assert!(matches!(session.view, View::Today));
    assert!(session.kept.is_empty());
}

#[test]
fn esc_leaves_the_typing_on_today_and_enter_opens_it_as_it_was() {
    let mut stage = empty(Language::Vi, (80, 24));
    stage.keys("Pắc B<tab>22/1");
    let before = stage.screen();
    stage.keys("<esc>");
    assert!(matches!(stage.effects[..], [Effect::KeepTyping { .. }]));
    let session = stage.model.session().expect("is open");
    assert!(matches!(session.view, View::Today));
    assert_eq!(session.kept.len(), 1);
    stage.keys("<enter>");
    let again = stage.screen();
    assert_eq!(
        before.lines().skip(1).collect::<Vec<_>>(),
        again.lines().skip(1).collect::<Vec<_>>()
    );
}

#[test]
fn what_is_discarded_can_be_called_back() {
    let mut stage = empty(Language::Vi, (80, 24));
    stage.keys("Pắc B<ctrl-g>");
    assert!(stage.effects.is_empty());
    stage.keys("<ctrl-g>");
    assert!(matches!(stage.effects[..], [Effect::DropTyping(_), ..]));
    stage.keys("z");
    assert!(stage.screen().contains("Pắc B"));
    stage.send(Msg::Tick(Stamp(NOW.0 + 2_000)));
    assert!(matches!(stage.effects[..], [Effect::KeepTyping { .. }]));
}

#[test]
fn locking_and_quitting_keep_the_last_key() {
    for (keys, last) in [("<f12>", 2), ("<ctrl-q>", 2)] {
        let mut stage = empty(Language::Vi, (80, 24));
        stage.keys("Pắc");
        stage.keys(keys);
        assert_eq!(stage.effects.len(), last, "{keys}");
        assert!(matches!(stage.effects[0], Effect::KeepTyping { .. }));
    }
    let mut stage = empty(Language::Vi, (80, 24));
    stage.keys("Pắc");
    stage.send(Msg::Suspend);
    assert!(matches!(stage.effects[0], Effect::KeepTyping { .. }));
}

#[test]
fn typing_of_another_world_is_said_and_left_alone() {
    let mut stage = Stage::open(Language::Vi, (80, 24), sample::names());
    stage.today(sample::today_empty());
    stage.keys("<enter>");
    let session = stage.model.session().expect("is open");
    assert!(matches!(session.view, View::Today));
    assert_eq!(session.kept.len(), 1);
    assert!(stage.model.status.is_some());
}

#[test]
fn a_visit_is_amended_from_its_page() {
    let mut stage = super::stage::at_visit(Language::Vi, (80, 24));
    stage.keys("s");
    stage.keys("<ctrl-s>");
    assert!(
        !stage
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Save(_)))
    );
    let session = stage.model.session().expect("is open");
    assert!(matches!(session.view, View::Detail(_)));
}

#[test]
fn a_refused_save_keeps_the_form() {
    let mut stage = empty(Language::Vi, (80, 24));
    stage.keys("Pắc Ban<tab><ctrl-s>");
    saved(&stage);
    stage.answer(Answer::Refused(bacung::app::Refusal::DiskFull));
    assert!(stage.screen().contains("Pắc Ban"));
    stage.keys("<ctrl-s>");
    saved(&stage);
}

#[test]
fn like_the_last_visit() {
    let mut stage = Stage::open(Language::Vi, (80, 24), sample::names());
    stage.send(Msg::FreshIds((1..=40).map(|n| [n; 16]).collect()));
    stage.keys("n<ctrl-d>");
    assert!(matches!(stage.effects[..], [Effect::QueryLastVisit]));
    stage.answer(Answer::LastVisit(Some(Box::new(sample::dossier()))));
    stage.keys("<ctrl-s>");
    assert_eq!(
        saved(&stage).dossier.visit.value.site,
        sample::dossier().visit.value.site
    );
}

#[test]
fn a_click_goes_to_the_field() {
    let mut stage = usual(Language::Vi, (80, 24));
    let screen = stage.screen();
    let row = screen
        .lines()
        .position(|line| line.contains("Chương trình"))
        .expect("a label");
    stage.send(Msg::Mouse(crossterm::event::MouseEvent {
        kind: crossterm::event::MouseEventKind::Down(crossterm::event::MouseButton::Left),
        column: 20,
        row: u16::try_from(row).expect("a row"),
        modifiers: crossterm::event::KeyModifiers::NONE,
    }));
    stage.keys("Ba cùng");
    let screen = stage.screen();
    let line = screen.lines().find(|line| line.contains("Chương trình"));
    assert!(line.expect("a label").contains("Ba cùng"));
}

/// Whatever the size, the cursor is on the screen in every field.
#[test]
fn the_cursor_is_always_in_sight() {
    for size in [(60, 20), (80, 24), (100, 30), (140, 45)] {
        let mut stage = overfull(Language::Vi, size);
        for _ in 0..140 {
            assert!(stage.screen().contains('⎸'), "{size:?}\n{}", stage.screen());
            stage.keys("<tab>");
        }
    }
}

#[test]
fn one_is_said_in_the_singular() {
    let mut stage = empty(Language::En, (120, 40));
    stage.keys("<f5>canal<tab>2<tab><tab>1<tab><tab><tab><tab>1<tab>1<f6>");
    let screen = stage.screen();
    let line = screen.lines().find(|line| line.contains("Canal"));
    let line = line.expect("the folded activity").trim_end();
    assert!(
        line.ends_with("1 person   1 turn   1 person-day"),
        "{line:?}"
    );
}

#[test]
fn every_toggle_can_be_seen() {
    for size in [(60, 20), (80, 24)] {
        let mut stage = empty(Language::Vi, size);
        stage.keys("<tab><tab><tab><tab><right><right><right> ");
        let screen = stage.screen();
        assert!(screen.contains("⎸x] nói tiếng"), "{screen}");
    }
}

#[test]
fn screens() {
    shots("capture_empty", empty);
    shots("capture", usual);
    shots("capture_overfull", overfull);
    shots("capture_send_lacks", |language, size| {
        let mut stage = usual(language, size);
        stage.keys("<esc><f8>");
        stage
    });
    shots("capture_concern", |language, size| {
        let mut stage = usual(language, size);
        stage.keys("<f7>");
        stage
    });
    shots("capture_denunciation", |language, size| {
        let mut stage = usual(language, size);
        stage.keys("<f7>to cao<tab>");
        stage
    });
    shots("capture_reviewer", |language, size| {
        let mut stage = reviewer(language, size);
        stage.keys("<down>");
        stage
    });
    shots("capture_meeting", |language, size| {
        let mut stage = usual(language, size);
        stage.keys("<f6>hop thon<tab>");
        stage
    });
    for size in [(60, 20), (100, 30), (140, 45)] {
        let mut stage = usual(Language::Vi, size);
        let name = format!("capture-vi-{}x{}", size.0, size.1);
        insta::assert_snapshot!(name, stage.screen());
    }
}
