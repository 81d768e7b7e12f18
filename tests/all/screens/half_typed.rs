//! A step, a row of the register or a duty that is left half typed: kept, opened again, dropped.

use bacung::app::dialogs::Dialog;
use bacung::app::{Answer, Effect, Msg, Refusal, TypingKey};
use bacung::domain::{ReceptionId, RegisterRow, Stamp, Tending};
use bacung::i18n::Language;

use super::records::{at_reception, reception};
use super::shots;
use super::stage::{NOW, Stage};

const TYPED: &str = "h<tab>Đo đất thiếu<tab>Lý Thị Mẩy<tab>thôn Bản Lãm";

fn kept(stage: &Stage) -> Option<(TypingKey, Vec<u8>)> {
    let mut effects = stage.effects.iter();
    effects.find_map(|effect| match effect {
        Effect::KeepTyping { key, bytes } => Some((*key, bytes.clone())),
        _ => None,
    })
}

fn at_row_form() -> Stage {
    let mut stage = at_reception(Language::Vi, (100, 30));
    let ids = (1..=20).map(|n| [n; 16]).collect();
    stage.send(Msg::FreshIds(ids));
    stage
}

/// Ends the wait for the disk and gives what is put there.
fn tick(stage: &mut Stage) -> Option<(TypingKey, Vec<u8>)> {
    let now = Stamp(stage.model.now.0 + 1_000);
    stage.send(Msg::Tick(now));
    kept(stage)
}

fn form(stage: &Stage) -> Option<Vec<String>> {
    let Some(Dialog::Tend(form)) = stage.model.dialogs.last() else {
        return None;
    };
    let texts = form.inputs.iter().map(|line| line.input.text().to_owned());
    Some(texts.collect())
}

#[test]
fn it_is_on_disk_within_a_second_and_again_only_when_it_changes() {
    let mut stage = at_row_form();
    stage.keys("h");
    assert!(tick(&mut stage).is_none(), "nothing was typed");
    stage.keys("<tab>Đo");
    let (key, bytes) = tick(&mut stage).expect("it is kept");
    assert!(String::from_utf8_lossy(&bytes).contains("Đo"));
    assert!(tick(&mut stage).is_none(), "it is there already");
    stage.keys(" đất");
    let (again, bytes) = tick(&mut stage).expect("it is kept");
    assert_eq!(again, key);
    assert!(String::from_utf8_lossy(&bytes).contains("Đo đất"));
}

#[test]
fn locking_quitting_and_sleep_keep_the_last_key() {
    for keys in ["<f12>", "<ctrl-q>", "<esc>"] {
        let mut stage = at_row_form();
        stage.keys(TYPED);
        stage.keys(keys);
        assert!(kept(&stage).is_some(), "{keys}");
    }
    let mut stage = at_row_form();
    stage.keys(TYPED);
    stage.send(Msg::Suspend);
    assert!(kept(&stage).is_some());
}

/// What opens the logbook again with what was just kept.
fn stage_unlocked(stage: &Stage) -> bacung::app::Unlocked {
    let (key, bytes) = kept(stage).expect("it is kept");
    bacung::app::Unlocked {
        profile: super::sample::profile(),
        me: super::sample::person(1),
        names: super::sample::names(),
        typing: vec![(key, NOW, bytes)],
    }
}

#[test]
fn after_a_lock_it_stands_on_today_and_opens_as_it_was() {
    let mut stage = at_row_form();
    stage.keys(TYPED);
    let before = form(&stage).expect("a form");
    stage.keys("<f12>");
    let unlocked = stage_unlocked(&stage);
    stage.answer(Answer::Unlocked(Box::new(unlocked)));
    let mut today = super::sample::today();
    today.items.clear();
    stage.today(today);
    let screen = stage.screen();
    assert!(screen.contains("gõ dở, giữ lúc"), "{screen}");
    assert!(!screen.contains("Mẩy"), "{screen}");
    stage.keys("<enter>");
    assert_eq!(form(&stage), Some(before));
    stage.keys("<enter>");
    let [.., Effect::Tend(tend)] = &stage.effects[..] else {
        panic!("it is saved");
    };
    assert!(tend.typing.is_some(), "its typing goes with the save");
    assert!(matches!(
        &tend.tending,
        Tending::Row { row: RegisterRow::Concern(concern, Some(_)), .. } if concern.line == "Đo đất thiếu"
    ));
}

#[test]
fn the_same_form_opens_as_it_was_left_and_can_be_discarded() {
    let mut stage = at_row_form();
    stage.keys(TYPED);
    let before = form(&stage);
    stage.keys("<esc>h");
    assert_eq!(form(&stage), before);
    stage.keys("<ctrl-g>");
    assert_eq!(form(&stage), before, "it asks first");
    stage.keys("<ctrl-g>");
    assert!(matches!(stage.effects[..], [Effect::DropTyping(_)]));
    stage.keys("h");
    assert_ne!(form(&stage), before);
    // Nothing typed leaves nothing.
    stage.keys("<esc>");
    assert!(stage.effects.is_empty());
}

#[test]
fn while_it_is_saved_nothing_is_typed_and_a_failure_keeps_it() {
    let mut stage = at_row_form();
    stage.keys(TYPED);
    assert!(tick(&mut stage).is_some());
    stage.keys("<enter>x");
    assert!(tick(&mut stage).is_none(), "the save drops what is there");
    assert!(!form(&stage).expect("a form").concat().contains('x'));
    stage.answer(Answer::Refused(Refusal::DiskFull));
    assert!(tick(&mut stage).is_some(), "it is kept again");
    stage.keys("<enter>");
    let entity = ReceptionId([7; 16]).into();
    let code = reception().row.code;
    stage.answer(Answer::Tended { entity, code });
    let session = stage.model.session().expect("is open");
    assert!(
        session
            .kept
            .iter()
            .all(|(key, ..)| *key == TypingKey([9; 16]))
    );
}

#[test]
fn what_was_left_half_typed_is_said() {
    shots("half_typed_row", |language, size| {
        let mut stage = at_reception(language, size);
        stage.send(Msg::FreshIds((1..=20).map(|n| [n; 16]).collect()));
        stage.keys(TYPED);
        stage.keys("<esc>h");
        stage
    });
}
