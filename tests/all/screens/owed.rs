//! One concern or promise on the screen: opened from Today, taken a step further, its dates explained.

use bacung::app::dialogs::Dialog;
use bacung::app::{Answer, Effect, Msg, Naming, Refusal};
use bacung::domain::{
    Act, ConcernKind, ConcernLife, Label, LabelChange, LabelKind, Manner, Matter, OpenCase,
    OpenConcern, OwedDetail, OwedMatter, PartWithdrawal, RowTitle, StepRefused, Taken, TendRefused,
    Tending, TodayItem,
};
use bacung::i18n::Language;

use super::sample::{self, day, person};
use super::shots;
use super::stage::Stage;

/// A complaint that was received on the 16th: to be accepted by the 26th.
fn complaint() -> OwedDetail {
    let heard = day(11, 12);
    let mut life = ConcernLife::heard(ConcernKind::Complaint, heard);
    for (act, on, paper, body) in [
        (Act::WriteDown, 12, "01/BB", ""),
        (Act::HandOver, 14, "", "UBND xã Nà Hang"),
        (Act::Receive, 16, "", "UBND xã Nà Hang"),
    ] {
        let taken = Taken {
            act,
            on: day(11, on),
            paper: paper.to_owned(),
            body: body.to_owned(),
            person: Some(person(1)),
            reason: String::new(),
        };
        life.take(taken, PartWithdrawal::NotAllowed)
            .expect("allowed");
    }
    let mut row = match sample::today().items.remove(1) {
        TodayItem::Due { row, .. } => row,
        _ => panic!("a concern is due"),
    };
    row.date = Some(heard);
    row.title = RowTitle::Concern {
        kind: Some(ConcernKind::Complaint),
        line: "Thu hồi đất làm đường".to_owned(),
        settlement: bacung::domain::Settlement::Pending,
        answer_by: None,
        state: life.state(),
        officer: Some(person(1)),
    };
    let label = Label {
        kind: Some(LabelKind::LargeGroup),
        change: Some(LabelChange::PutOn),
        on: Some(day(11, 17)),
        paper: "02/TB".to_owned(),
        person: Some(person(1)),
        ..Label::default()
    };
    let open = OpenConcern::of(&life, Some(heard), Vec::new());
    OwedDetail {
        officer: Some(person(1)),
        charges: Vec::new(),
        case: Some(OpenCase {
            entity: row.entity,
            officer: Some(person(1)),
            matter: Matter::Concern(open),
        }),
        matter: OwedMatter::Concern {
            life,
            passed_over: Vec::new(),
            labels: vec![label],
        },
        row,
    }
}

fn at_complaint(language: Language, size: (u16, u16)) -> Stage {
    let mut stage = Stage::open(language, size, sample::names());
    stage.today(sample::today());
    stage.keys("<down><enter>");
    let found = complaint();
    let asks = |effect: &Effect| matches!(effect, Effect::QueryOwed(id) if *id == found.row.entity);
    assert!(stage.effects.iter().any(asks));
    stage.answer(Answer::Owed(Box::new(found)));
    stage
}

#[test]
fn screens() {
    shots("owed", at_complaint);
    shots("owed_steps", |language, size| {
        let mut stage = at_complaint(language, size);
        stage.keys("s");
        stage
    });
    shots("owed_step", |language, size| {
        let mut stage = at_complaint(language, size);
        stage.keys("s<enter>");
        stage
    });
}

#[test]
fn only_steps_of_the_table_are_offered_and_one_is_taken_with_its_paper() {
    let mut stage = at_complaint(Language::Vi, (100, 30));
    stage.keys("s");
    let screen = stage.screen();
    assert!(
        screen.contains("Thụ lý") || screen.contains("thụ lý"),
        "{screen}"
    );
    assert!(
        !screen.contains("đối thoại"),
        "nobody accepted it yet\n{screen}"
    );
    stage.keys("thu ly<enter>");
    assert!(matches!(stage.model.dialogs.last(), Some(Dialog::Tend(_))));
    stage.keys("<ctrl-u>20/11/2026<tab>12/TB<enter>");
    let [.., Effect::Tend(tending)] = &stage.effects[..] else {
        panic!("a step is taken");
    };
    let Tending::Step { taken, .. } = &tending.tending else {
        panic!("a step is taken");
    };
    assert_eq!(taken.act, Act::Accept);
    assert_eq!((taken.on, taken.paper.as_str()), (day(11, 20), "12/TB"));
    // What the store refuses is said in the form, and what was typed stays.
    let on = day(11, 10);
    let not_before = day(11, 16);
    let refused = TendRefused::Step(StepRefused::TooEarly { on, not_before });
    stage.answer(Answer::Refused(Refusal::Tending(refused)));
    let screen = stage.screen();
    assert!(
        screen.contains("12/TB") && screen.contains("16/11/2026"),
        "{screen}"
    );
    let entity = complaint().row.entity;
    let code = complaint().row.code;
    stage.answer(Answer::Tended { entity, code });
    assert!(stage.model.dialogs.is_empty());
    let again = |effect: &Effect| matches!(effect, Effect::QueryOwed(_));
    assert!(stage.effects.iter().any(again));
}

#[test]
fn a_promise_is_answered_and_a_concern_is_handed_over() {
    let mut stage = at_complaint(Language::En, (100, 30));
    stage.keys("t");
    assert!(
        matches!(&stage.effects[..], [.., Effect::Tend(t)] if matches!(t.tending, Tending::TakeCharge { .. }))
    );
    let mut promise = complaint();
    promise.row.title = RowTitle::Promise {
        text: "lắp đèn".to_owned(),
        due: Some(day(11, 28)),
        answered: None,
        officer: None,
    };
    promise.matter = OwedMatter::Promise {
        answers: Vec::new(),
    };
    stage.answer(Answer::Owed(Box::new(promise)));
    stage.keys("s<tab><down><tab>đã lắp<enter>");
    let [.., Effect::Tend(tending)] = &stage.effects[..] else {
        panic!("it is answered");
    };
    let Tending::Answer(answer) = &tending.tending else {
        panic!("it is answered");
    };
    assert_eq!(answer.manner, Some(Manner::ByTelephone));
    assert_eq!(
        (answer.text.as_str(), answer.on),
        ("đã lắp", Some(day(11, 23)))
    );
}

#[test]
fn a_step_that_names_a_citizen_is_saved_when_it_is_said_twice() {
    let mut stage = at_complaint(Language::Vi, (100, 30));
    stage.send(Msg::FreshIds(vec![[7; 16]]));
    stage.keys("sthu ly<enter><ctrl-u>20/11/2026<tab>12/TB<enter>");
    // What was typed is on disk before it is saved: the form may be locked away before a refusal comes.
    let [Effect::KeepTyping { key, .. }, Effect::Tend(tend)] = &stage.effects[..] else {
        panic!("{:?}", stage.effects.len());
    };
    assert_eq!(tend.typing, Some(*key));
    stage.answer(Answer::Refused(Refusal::Tending(
        TendRefused::NamesACitizen,
    )));
    assert!(stage.screen().contains("người dân"), "{}", stage.screen());
    stage.keys("a<enter>");
    assert!(
        matches!(&stage.effects[..], [.., Effect::Tend(_)]),
        "it was changed"
    );
    stage.answer(Answer::Refused(Refusal::Tending(
        TendRefused::NamesACitizen,
    )));
    stage.keys("<enter>");
    assert!(matches!(&stage.effects[..], [.., Effect::Tend(t)] if t.naming == Naming::Meant));
}
