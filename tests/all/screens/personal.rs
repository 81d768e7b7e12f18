//! The box about one citizen: what is typed goes nowhere but to the worker, and nothing is shown before it is asked for.

use bacung::app::dialogs::{Contents, HeldSeen, PersonalDeed, PersonalDone};
use bacung::app::{Answer, Effect};
use bacung::domain::{ConcernId, Day, EntityId, EntityKind, Held, Offers, ShortCode};
use bacung::i18n::Language;

use super::sample;
use super::stage::Stage;

fn found(text: &str, contents: Contents) -> Answer {
    let record = EntityId {
        kind: EntityKind::Particulars,
        id: [1; 16],
    };
    let of = ConcernId([2; 16]).into();
    let held = Held {
        record,
        of,
        code: ShortCode::of(of, 6),
        date: None,
        fields: vec![("contact", text.to_owned())],
    };
    Answer::Personal(Box::new(PersonalDone::Found(HeldSeen {
        held: vec![held],
        contents,
        waiting: 0,
        typing: 0,
    })))
}

fn deed(stage: &Stage) -> &PersonalDeed {
    match &stage.effects[..] {
        [Effect::Personal(deed)] => deed,
        _ => panic!("something is to be done"),
    }
}

#[test]
fn a_citizen_is_looked_for_shown_and_erased() {
    let mut stage = Stage::open(Language::Vi, (100, 30), sample::names());
    stage.today(sample::today());
    stage.keys("<f7>Thúy<tab>Nà Hang<enter>");
    assert!(stage.effects.is_empty(), "a part of a name finds nobody");
    assert!(stage.screen().contains("đủ họ tên"), "{}", stage.screen());
    stage.keys("<shift-tab><ctrl-u>Lò Thị Thúy<enter>");
    let PersonalDeed::Find {
        sought, contents, ..
    } = deed(&stage)
    else {
        panic!("it is looked for");
    };
    assert!(!sought.sites.is_empty() && *contents == Contents::Hidden);
    stage.answer(found("", Contents::Hidden));
    let screen = stage.screen();
    assert!(
        screen.contains("1 bản ghi") && screen.contains("liên hệ"),
        "{screen}"
    );
    stage.keys("<f3>");
    assert!(matches!(
        deed(&stage),
        PersonalDeed::Find {
            contents: Contents::Shown,
            ..
        }
    ));
    stage.answer(found("0912 345 678", Contents::Shown));
    assert!(stage.screen().contains("0912 345 678"));
    stage.keys("<ctrl-x><enter>");
    assert!(stage.effects.is_empty(), "the passphrase is needed");
    stage.keys("suối lớn nhà sàn<enter>");
    assert!(matches!(deed(&stage), PersonalDeed::Erase { .. }));
    stage.answer(Answer::Personal(Box::new(PersonalDone::Erased(1))));
    assert!(stage.model.dialogs.is_empty());
    let screen = stage.screen();
    assert!(
        !screen.contains("0912") && screen.contains("Đã xóa hẳn"),
        "{screen}"
    );
}

/// Reads Today, and gives for which days of receipt it is asked then what may be erased.
fn asked_offers(stage: &mut Stage) -> Vec<Day> {
    let mut asked = Vec::new();
    for number in 0..100 {
        let today = Box::new(sample::today());
        stage.answer(Answer::Today { number, today });
        asked.extend(stage.effects.iter().filter_map(|effect| match effect {
            Effect::QueryOffered { before, from: None } => Some(*before),
            _ => None,
        }));
    }
    asked
}

#[test]
fn what_was_handed_over_long_ago_is_offered_on_today_and_erased_only_with_the_passphrase() {
    let mut stage = Stage::open(Language::Vi, (100, 30), sample::names());
    // The setting says six months; today is the 23rd of November.
    let [before] = asked_offers(&mut stage)[..] else {
        panic!("it is asked for once");
    };
    assert_eq!(before.to_string(), "2026-05-23");
    let held = |n: u8| Held {
        record: EntityId {
            kind: EntityKind::Particulars,
            id: [n; 16],
        },
        of: ConcernId([n; 16]).into(),
        code: ShortCode::of(ConcernId([n; 16]).into(), 6),
        date: None,
        fields: vec![("name", String::new())],
    };
    let offers = |n, next| Answer::Offered {
        before,
        offers: Offers {
            held: vec![held(n)],
            next,
        },
    };
    stage.answer(offers(1, Some(held(2).record)));
    assert!(
        matches!(&stage.effects[..], [Effect::QueryOffered { from: Some(from), .. }] if *from == held(2).record),
        "the rest is asked for"
    );
    stage.answer(offers(2, None));
    assert!(stage.effects.is_empty());
    let screen = stage.screen();
    assert!(screen.contains("trong 2 bản ghi"), "{screen}");
    assert!(asked_offers(&mut stage).is_empty(), "once a day");
    stage.keys("<end><enter>");
    let screen = stage.screen();
    assert!(screen.contains("họ tên"), "{screen}");
    stage.keys("<enter>");
    assert!(stage.effects.is_empty(), "the passphrase is needed");
    stage.keys("suối lớn nhà sàn<enter>");
    assert!(matches!(
        deed(&stage),
        PersonalDeed::EraseOffered { before: day, .. } if *day == before
    ));
    stage.answer(Answer::Personal(Box::new(PersonalDone::Erased(2))));
    assert!(stage.model.dialogs.is_empty());
}
