//! Key scripts: a state, keys, and the state or effects that they lead to.

use bacung::app::screens::{Attempt, Chip, Page, Searching, Step, View};
use bacung::app::{Answer, Effect, LockReason, Logbook, Msg, Screen, Unlocked};
use bacung::domain::{Sort, Stamp};
use bacung::i18n::Language;
use bacung::text::typing::Typing;
use crossterm::event::{
    KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use super::sample;
use super::stage::{self, NOW, Stage};

const SIZE: (u16, u16) = (100, 30);

fn open() -> Stage {
    let mut stage = Stage::open(Language::Vi, SIZE, sample::names());
    stage.today(sample::today());
    stage
}

fn at_list() -> Stage {
    let mut stage = open();
    stage.keys("2");
    stage.list(sample::page(7, 7));
    stage
}

fn chips(stage: &Stage) -> usize {
    stage.model.session().expect("is open").visits.chips.len()
}

#[test]
fn the_first_run_makes_a_logbook_and_opens_it_after_the_secret_is_copied() {
    let mut stage = Stage::new(Logbook::Missing, Language::Vi, SIZE);
    stage.keys("<enter>Hoàng Thị Bế<enter>Đại úy<enter>cong an na ha<down><enter><enter>");
    stage.keys("<down><enter>suoi lon nha san<enter>suoi lon nha san<enter>");
    let [Effect::Create(new)] = &stage.effects[..] else {
        panic!("a logbook is asked for");
    };
    assert_eq!(new.profile.name, "Hoàng Thị Bế");
    assert_eq!(new.profile.unit, "cong an xã Nà Hang, tỉnh Tuyên Quang");
    assert_eq!(new.profile.role.as_str(), "police");
    assert_eq!(new.passphrase.expose(), "suoi lon nha san");
    let mut stage = stage::at_recovery(Language::Vi, SIZE);
    stage.answer(Answer::Unlocked(Box::new(Unlocked {
        profile: sample::profile(),
        me: sample::person(1),
        names: sample::names(),
        typing: Vec::new(),
    })));
    stage.keys("<enter>wrong!<enter>");
    assert!(stage.model.session().is_none());
    stage.keys("zk7mpx<enter>");
    assert!(stage.model.session().is_some());
    assert!(
        stage
            .effects
            .iter()
            .any(|e| matches!(e, Effect::QueryToday { .. }))
    );
}

/// On a slow machine the logbook is open only after the paper was copied and checked.
#[test]
fn the_first_run_ends_also_when_the_logbook_opens_late() {
    let mut stage = stage::at_recovery(Language::Vi, SIZE);
    stage.keys("<enter>zk7mpx<enter>");
    assert!(stage.model.session().is_none());
    stage.answer(Answer::Unlocked(Box::new(Unlocked {
        profile: sample::profile(),
        me: sample::person(1),
        names: sample::names(),
        typing: Vec::new(),
    })));
    assert!(stage.model.session().is_some());
}

#[test]
fn a_passphrase_is_long_and_typed_twice_alike() {
    let mut stage = Stage::new(Logbook::Missing, Language::Vi, SIZE);
    stage.keys("<enter>Bế<enter><enter>Công an xã<enter><enter>");
    stage.keys("ngan<enter>ngan<enter>");
    assert!(stage.effects.is_empty());
    stage.keys("<ctrl-u>suoi lon nha san<enter><ctrl-u>suoi lon nha sam<enter>");
    assert!(stage.effects.is_empty());
    stage.keys("suoi lon nha san<enter>");
    assert!(matches!(stage.effects[..], [Effect::Create(_)]));
    let Screen::FirstRun(run) = &stage.model.screen else {
        panic!("still the first run");
    };
    assert_eq!(run.step, Step::Making);
}

#[test]
fn a_wrong_passphrase_says_so_and_can_be_typed_again() {
    let mut stage = Stage::new(Logbook::Present, Language::Vi, SIZE);
    stage.keys("sai<enter>");
    assert!(matches!(&stage.effects[..], [Effect::Unlock(s)] if s.expose() == "sai"));
    stage.keys("x<enter>");
    assert!(stage.effects.is_empty(), "one attempt at a time");
    stage.answer(Answer::Refused(bacung::app::Refusal::WrongPassphrase));
    let Screen::Unlock(lock) = &stage.model.screen else {
        panic!("still locked");
    };
    assert_eq!(lock.attempt, Attempt::Wrong);
    stage.keys("dung<enter>");
    assert!(matches!(&stage.effects[..], [Effect::Unlock(s)] if s.expose() == "dung"));
}

#[test]
fn locking_leaves_nothing_of_a_record() {
    for lock in [
        "<f12>",
        "<ctrl-l>",
        "2<enter>r<f12>",
        "?<ctrl-l>",
        "/ban<f12>",
    ] {
        let mut stage = at_list();
        stage.keys(lock);
        assert!(matches!(stage.effects[..], [Effect::Lock]), "{lock}");
        assert!(stage.model.session().is_none());
        assert!(stage.model.dialogs.is_empty() && stage.model.status.is_none());
        let page = sample::page(7, 7);
        stage.answer(Answer::List { number: 1, page });
        assert!(
            !stage.screen().contains("Pắc Ban"),
            "a late answer stays out"
        );
    }
}

#[test]
fn the_logbook_locks_itself_when_nobody_types() {
    let mut stage = open();
    stage.send(Msg::Tick(Stamp(NOW.0 + 299_000)));
    assert!(stage.model.session().is_some());
    stage.keys("<down>");
    stage.send(Msg::Tick(Stamp(NOW.0 + 598_000)));
    assert!(stage.model.session().is_some());
    stage.send(Msg::Tick(Stamp(NOW.0 + 599_000)));
    let Screen::Unlock(lock) = &stage.model.screen else {
        panic!("is locked");
    };
    assert_eq!(lock.reason, LockReason::Idle);
    assert!(matches!(stage.effects[..], [Effect::Lock]));
}

#[test]
fn a_released_key_does_nothing() {
    let mut stage = open();
    let mut key = KeyEvent::from(KeyCode::Char('2'));
    key.kind = KeyEventKind::Release;
    stage.send(Msg::Key(key));
    assert!(matches!(
        stage.model.session().expect("open").view,
        View::Today
    ));
}

#[test]
fn the_list_is_searched_as_it_is_typed() {
    let mut stage = at_list();
    stage.keys("/đèn");
    let [Effect::QueryList { query, .. }] = &stage.effects[..] else {
        panic!("the list is asked for");
    };
    assert_eq!((query.words.as_str(), query.offset), ("đèn", 0));
    assert_eq!(query.labels.len(), 1);
    assert!(
        !query.labels[0].is_empty(),
        "the category of lights matches"
    );
    stage.keys("<esc>");
    let [Effect::QueryList { query, .. }] = &stage.effects[..] else {
        panic!("the list is asked for");
    };
    assert_eq!(query.words, "");
}

#[test]
fn an_answer_that_was_overtaken_is_dropped() {
    let mut stage = at_list();
    stage.keys("/a");
    let Some(Effect::QueryList { number, .. }) = stage.effects.pop() else {
        panic!("the list is asked for");
    };
    stage.keys("b");
    let page = sample::page(1, 1);
    stage.answer(Answer::List { number, page });
    assert_eq!(stage.model.session().expect("open").visits.matching(), 7);
}

#[test]
fn backspace_takes_a_chip_away_and_telex_left_on_does_not() {
    let mut stage = at_list();
    stage.keys("m<enter>p<enter>g<enter>");
    assert_eq!(chips(&stage), 3);
    let visits = &stage.model.session().expect("open").visits;
    assert!(matches!(visits.chips[1], Chip::Place(..)));
    stage.keys("<down><backspace>");
    assert_eq!(chips(&stage), 2);
    // Unikey: d, then it takes the d back and sends đ.
    stage.keys("d<backspace>đ");
    assert_eq!(chips(&stage), 2);
    stage.keys("d<backspace>");
    stage.send(Msg::Tick(NOW));
    stage.send(Msg::Tick(NOW));
    assert_eq!(chips(&stage), 1);
    stage.keys("/<backspace>");
    assert_eq!(chips(&stage), 0);
}

#[test]
fn sorting_and_paging_ask_for_what_is_not_there() {
    let mut stage = open();
    stage.keys("2");
    stage.list(sample::page(40, 5_000));
    stage.keys("<end>");
    let query = stage.effects.iter().find_map(|effect| match effect {
        Effect::QueryList { query, .. } => Some(query),
        _ => None,
    });
    let query = query.expect("the end was not read");
    assert!(query.offset + query.limit as u64 >= 5_000 && query.limit < 200);
    stage.keys("t");
    let sort = stage.effects.iter().find_map(|effect| match effect {
        Effect::QueryList { query, .. } => Some(query.sort),
        _ => None,
    });
    assert_eq!(sort, Some(Sort::OldestFirst));
}

#[test]
fn a_visit_is_read_sent_withdrawn_and_undone() {
    let mut stage = stage::at_visit(Language::Vi, SIZE);
    stage.keys("<end>");
    assert!(!stage.screen().contains("Lý Văn Páo"), "names are masked");
    stage.keys("v<end>");
    assert!(stage.screen().contains("Lý Văn Páo"));
    stage.keys("g<enter>");
    assert!(matches!(stage.effects[..], [Effect::Send(_)]));
    stage.keys("r<enter>");
    assert!(stage.effects.is_empty(), "a reason is needed");
    stage.keys("ghi nhầm<enter>");
    assert!(
        matches!(&stage.effects[..], [Effect::Withdraw { reason, .. }] if reason == "ghi nhầm")
    );
    stage.keys("z");
    assert!(matches!(stage.effects[..], [Effect::Undo(_)]));
    stage.keys("l");
    let View::Detail(open) = &stage.model.session().expect("open").view else {
        panic!("a visit is open");
    };
    assert_eq!(open.page, Page::History);
    stage.keys("<esc><esc>");
    assert!(matches!(
        stage.model.session().expect("open").view,
        View::Visits
    ));
}

#[test]
fn an_incomplete_visit_is_not_sent() {
    let mut stage = stage::at_visit(Language::Vi, SIZE);
    stage.dossier_of(sample::lacking());
    stage.keys("g<enter>");
    assert!(stage.effects.is_empty());
    assert!(stage.model.dialogs.is_empty());
}

#[test]
fn languages_and_typing_modes_turn_and_are_kept() {
    let mut stage = open();
    stage.keys("<f2>");
    assert_eq!(stage.model.language, Language::En);
    assert!(matches!(stage.effects[..], [Effect::ChangeSettings(_)]));
    stage.keys("<f4>");
    assert_eq!(stage.model.typing, Typing::Telex);
    stage.keys("/nhaf");
    assert_eq!(
        stage.model.session().expect("open").visits.words.text(),
        "nhà"
    );
}

#[test]
fn the_palette_runs_what_it_names() {
    let mut stage = open();
    stage.keys("<ctrl-p>cai dat<enter>");
    assert!(matches!(
        stage.model.session().expect("open").view,
        View::Settings(_)
    ));
    stage.keys("<ctrl-p>chuyen<enter>");
    assert!(stage.model.dialogs.is_empty());
}

#[test]
fn settings_change_who_keeps_the_logbook() {
    let mut stage = open();
    stage.keys("c<enter><ctrl-u>Hoàng Bế<enter>");
    assert!(matches!(&stage.effects[..], [Effect::ChangeProfile(p)] if p.name == "Hoàng Bế"));
    stage.keys("<end><enter><ctrl-u>300<enter>");
    assert!(stage.effects.is_empty());
    stage.keys("<ctrl-u>15<enter>");
    assert_eq!(u16::from(stage.model.idle), 15);
    stage.keys(
        "<home><down><down><down><enter>old one old<enter>new one new<enter>new one new<enter>",
    );
    assert!(matches!(
        stage.effects[..],
        [Effect::ChangePassphrase { .. }]
    ));
}

#[test]
fn a_click_puts_the_cursor_and_a_second_one_opens() {
    let mut stage = at_list();
    stage.screen();
    let click = |row| {
        Msg::Mouse(MouseEvent {
            kind: MouseEventKind::Down(MouseButton::Left),
            column: 10,
            row,
            modifiers: KeyModifiers::NONE,
        })
    };
    stage.send(click(6));
    assert_eq!(stage.model.session().expect("open").visits.chosen, 2);
    stage.screen();
    stage.send(click(6));
    assert!(matches!(
        stage.model.session().expect("open").view,
        View::Detail(_)
    ));
}

#[test]
fn a_screen_too_small_keeps_what_is_typed() {
    let mut stage = at_list();
    stage.keys("/na");
    stage.send(Msg::Resize {
        columns: 40,
        rows: 10,
    });
    stage.keys(" kha");
    assert!(stage.screen().contains("60"));
    stage.keys("<enter>");
    let session = stage.model.session().expect("open");
    assert_eq!(session.visits.words.text(), "na kha");
    assert_eq!(session.visits.searching, Searching::Words, "commands wait");
}

#[test]
fn what_the_machine_refused_is_said() {
    let mut stage = open();
    stage.answer(Answer::Refused(bacung::app::Refusal::DiskFull));
    assert!(stage.screen().contains("Đĩa đầy"));
}

mod any {
    use proptest::prelude::*;

    use super::*;

    /// Keys that go everywhere, and some of what people type by mistake.
    const KEYS: [&str; 34] = [
        "<enter>",
        "<esc>",
        "<up>",
        "<down>",
        "<home>",
        "<end>",
        "<page-up>",
        "<page-down>",
        "<tab>",
        "<backspace>",
        "<ctrl-p>",
        "<ctrl-w>",
        "<ctrl-u>",
        "<f1>",
        "<f2>",
        "<f3>",
        "<f4>",
        "1",
        "2",
        "b",
        "c",
        "g",
        "l",
        "m",
        "p",
        "r",
        "s",
        "t",
        "v",
        "z",
        "/",
        "?",
        "đ",
        "ệ",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// No keys on no screen end the program, and none draws outside it.
        #[test]
        fn any_keys_on_any_screen(
            keys in prop::collection::vec(prop::sample::select(&KEYS[..]), 0..40),
            size in (1_u16..130, 1_u16..45),
        ) {
            let mut stage = Stage::open(Language::Vi, size, sample::names());
            stage.today(sample::today_overfull());
            for key in keys {
                stage.keys(key);
                for effect in std::mem::take(&mut stage.effects) {
                    match effect {
                        Effect::QueryList { number, .. } => {
                            let page = sample::page(60, 60);
                            stage.answer(Answer::List { number, page });
                        }
                        Effect::QueryDossier(visit) => {
                            let mut dossier = Box::new(sample::overfull());
                            dossier.visit.id = Some(visit);
                            stage.answer(Answer::Dossier { visit, dossier, contested: Vec::new() });
                        }
                        _ => {}
                    }
                }
            }
            let screen = stage.screen();
            let harmful = screen.contains(['\u{1b}', '\u{202e}', '\u{200b}', '\u{7}']);
            prop_assert!(!harmful);
        }
    }
}
