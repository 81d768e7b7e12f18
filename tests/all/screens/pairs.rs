//! Pairs of visits that may be one: on Today, beside the form, side by side, and what is decided.

use bacung::app::screens::{Scope, View};
use bacung::app::{Answer, Effect, Msg};
use bacung::domain::{
    Decision, Duplicate, DuplicatePage, Gist, Seen, ShortCode, Stamp, Verdict, VisitId,
};
use bacung::i18n::Language;

use super::sample;
use super::shots;
use super::stage::{self, NOW, Stage};

const SIZE: (u16, u16) = (100, 30);

fn page(pairs: Vec<Duplicate>, next: Option<Seen>) -> DuplicatePage {
    DuplicatePage { pairs, next }
}

/// Answers every query for pairs of the list that is waited for.
fn pairs(stage: &mut Stage, pairs: &[Duplicate]) {
    for number in 0..100 {
        let page = page(pairs.to_vec(), None);
        stage.answer(Answer::Pairs { number, page });
    }
}

fn today(language: Language, size: (u16, u16)) -> Stage {
    let mut stage = Stage::open(language, size, sample::names());
    stage.today(sample::today());
    pairs(&mut stage, &sample::pairs());
    stage
}

fn at_pairs(language: Language, size: (u16, u16)) -> Stage {
    let mut stage = today(language, size);
    stage.keys("t");
    pairs(&mut stage, &sample::pairs());
    stage
}

/// A form in which place, day and team say the same as a saved visit.
fn typed(language: Language, size: (u16, u16)) -> Stage {
    let mut stage = Stage::open(language, size, sample::names());
    stage.send(Msg::FreshIds((1..=40).rev().map(|n| [n; 16]).collect()));
    stage.keys("npac<tab>22/11<tab><tab>ng v h<tab>");
    stage.send(Msg::Tick(Stamp(NOW.0 + 2000)));
    stage
}

fn answered(language: Language, size: (u16, u16)) -> Stage {
    let mut stage = typed(language, size);
    let (number, _) = asked(&stage).expect("a question");
    stage.answer(found(&stage, number));
    stage
}

fn found(stage: &Stage, number: u64) -> Answer {
    let Some(View::Capture(capture)) = stage.model.session().map(|s| &s.view) else {
        panic!("the form is open");
    };
    Answer::Alike {
        key: capture.key,
        number,
        found: sample::page(2, 2).rows,
    }
}

fn asked(stage: &Stage) -> Option<(u64, Gist)> {
    stage.effects.iter().find_map(|effect| match effect {
        Effect::QueryAlike { number, gist, .. } => Some((*number, (**gist).clone())),
        _ => None,
    })
}

fn open(stage: &Stage) -> &bacung::app::screens::Pairs {
    match stage.model.session().map(|session| &session.view) {
        Some(View::Pairs(open)) => open,
        _ => panic!("pairs are on the screen"),
    }
}

#[test]
fn screens_of_pairs() {
    shots("pairs", at_pairs);
    shots("pairs_second", |language, size| {
        let mut stage = at_pairs(language, size);
        stage.keys("j<tab>");
        stage
    });
    shots("pairs_none", |language, size| {
        let mut stage = Stage::open(language, size, sample::names());
        stage.today(sample::today());
        stage.keys("t");
        pairs(&mut stage, &[]);
        stage
    });
    shots("pairs_today", today);
    shots("pairs_typed", answered);
    shots("pairs_detail", |language, size| {
        let mut stage = stage::at_visit(language, size);
        let visit = sample::dossier().visit.id.expect("a saved visit");
        stage.answer(Answer::PairsOf {
            visit,
            pairs: sample::pairs(),
        });
        stage
    });
    for size in [(100, 30), (60, 20)] {
        let mut stage = at_pairs(Language::Vi, size);
        let name = format!("pairs-vi-{}x{}", size.0, size.1);
        insta::assert_snapshot!(name, stage.screen());
    }
}

#[test]
fn a_pair_is_linked_or_dismissed_and_the_next_one_comes() {
    let mut stage = at_pairs(Language::Vi, SIZE);
    let all = sample::pairs();
    let ids = |pair: &Duplicate| (pair.sides[0].row.id, pair.sides[1].row.id);
    for (key, verdict) in [("l", Verdict::Linked), ("x", Verdict::Dismissed)] {
        let pair = ids(open(&stage).pair().expect("a pair"));
        stage.keys(key);
        let [
            Effect::Decide {
                pair: asked,
                verdict: said,
            },
        ] = &stage.effects[..]
        else {
            panic!("a decision is saved");
        };
        assert_eq!((*asked, *said), (pair, verdict));
        let codes = [pair.0, pair.1].map(|id| ShortCode::of(id.into(), 6));
        stage.answer(Answer::Decided {
            pair,
            verdict,
            codes,
        });
        assert!(stage.model.status.is_some());
        let counts = |e: &Effect| {
            matches!(
                e,
                Effect::QueryPairs {
                    seen: Some(Seen::Written(_)),
                    ..
                }
            )
        };
        assert!(stage.effects.iter().any(counts), "what is left is counted");
    }
    assert_eq!(open(&stage).found.pairs.len(), all.len() - 2);
    stage.keys("kkjjlx");
    assert!(stage.effects.is_empty(), "nothing is left to decide about");
    stage.keys("<esc>");
    assert!(matches!(
        stage.model.session().map(|s| &s.view),
        Some(View::Today)
    ));
}

#[test]
fn either_visit_of_a_pair_is_opened() {
    let pair = sample::pairs().remove(0);
    for (keys, side) in [("<enter>", 1), ("<tab><enter>", 0)] {
        let mut stage = at_pairs(Language::Vi, SIZE);
        stage.keys(keys);
        let expected = pair.sides[side].row.id;
        let opens = |e: &Effect| matches!(e, Effect::QueryDossier(id) if *id == expected);
        assert!(stage.effects.iter().any(opens), "{keys}");
        stage.dossier(sample::dossier());
        stage.keys("<esc>");
        assert_eq!(open(&stage).found.pairs.len(), 2, "back among the pairs");
    }
}

#[test]
fn the_row_on_today_opens_the_pairs_and_they_are_asked_on_page_by_page() {
    let mut stage = Stage::open(Language::Vi, SIZE, sample::names());
    stage.today(sample::today_empty());
    let numbers = |stage: &Stage| {
        let query = |e: &Effect| match e {
            Effect::QueryPairs { number, seen } => Some((*number, *seen)),
            _ => None,
        };
        stage.effects.iter().find_map(query)
    };
    stage.keys("t");
    let (number, seen) = numbers(&stage).expect("a question");
    assert_eq!(seen, None);
    let seen = Seen::Listed {
        day: sample::day(11, 20),
        visit: VisitId([3; 16]),
    };
    let stale = page(sample::pairs(), None);
    stage.answer(Answer::Pairs {
        number: number + 50,
        page: stale,
    });
    assert!(
        open(&stage).found.pairs.is_empty(),
        "an answer nobody asked for"
    );
    let first = page(sample::pairs(), Some(seen));
    stage.answer(Answer::Pairs {
        number,
        page: first,
    });
    let (number, after) = numbers(&stage).expect("the next page is asked for");
    assert_eq!(after, Some(seen));
    let last = page(Vec::new(), None);
    stage.answer(Answer::Pairs { number, page: last });
    assert!(numbers(&stage).is_none());
    assert_eq!(open(&stage).found.pairs.len(), sample::pairs().len());
    let mut stage = today(Language::Vi, SIZE);
    stage.keys("<down>");
    let rows = stage
        .model
        .session()
        .expect("open")
        .today_rows(stage.model.today());
    let at = rows
        .iter()
        .position(|row| *row == bacung::app::screens::TodayRow::Pairs);
    stage.keys("<home>");
    stage.keys(&"<down>".repeat(at.expect("pairs have a row")));
    stage.keys("<enter>");
    assert_eq!(open(&stage).scope, Scope::List);
}

#[test]
fn the_pairs_of_a_visit_show_what_was_decided_and_lead_back_to_it() {
    let mut stage = stage::at_visit(Language::Vi, SIZE);
    let visit = sample::dossier().visit.id.expect("a saved visit");
    let mut pairs = sample::pairs();
    pairs
        .iter_mut()
        .for_each(|pair| pair.sides[0].row.id = visit);
    let known = pairs.clone();
    stage.answer(Answer::PairsOf { visit, pairs });
    stage.keys("t");
    assert_eq!(open(&stage).scope, Scope::Of(visit));
    stage.keys("l");
    let pair = (visit, known[0].sides[1].row.id);
    let codes = [pair.0, pair.1].map(|id| ShortCode::of(id.into(), 6));
    let verdict = Verdict::Linked;
    stage.answer(Answer::Decided {
        pair,
        verdict,
        codes,
    });
    let decided = open(&stage).found.pairs[0].decision;
    assert_eq!(decided, Some(Decision::Linked));
    stage.keys("<esc>");
    let back = |e: &Effect| matches!(e, Effect::QueryDossier(id) if *id == visit);
    assert!(stage.effects.iter().any(back));
}

#[test]
fn the_form_asks_a_little_after_the_last_key_and_only_when_something_changed() {
    let mut stage = Stage::open(Language::Vi, SIZE, sample::names());
    stage.send(Msg::FreshIds((1..=40).rev().map(|n| [n; 16]).collect()));
    stage.keys("npac<tab>22/11<tab><tab>ng v h<tab>");
    stage.send(Msg::Tick(Stamp(NOW.0 + 100)));
    assert!(asked(&stage).is_none(), "still typing");
    stage.send(Msg::Tick(Stamp(NOW.0 + 2000)));
    let (first, gist) = asked(&stage).expect("a question");
    assert!(gist.is_enough());
    stage.send(Msg::Tick(Stamp(NOW.0 + 4000)));
    assert!(asked(&stage).is_none(), "asked once");
    stage.keys("<tab><tab>ghi chu");
    stage.send(Msg::Tick(Stamp(NOW.0 + 6000)));
    assert!(asked(&stage).is_none(), "a note changes nothing");
    stage.keys("<f5>kenh<tab>");
    stage.send(Msg::Tick(Stamp(NOW.0 + 8000)));
    let (second, _) = asked(&stage).expect("another question");
    let late = found(&stage, first);
    stage.answer(late);
    assert!(!stage.screen().contains('≈'), "an overtaken answer");
    let answer = found(&stage, second);
    stage.answer(answer);
    assert!(stage.screen().contains('≈'));
    stage.keys("<f8>");
    assert!(
        !matches!(stage.effects[..], []),
        "nothing stops the sending"
    );
}

#[test]
fn the_cursor_on_today_stays_on_its_row_when_pairs_come_and_go() {
    let mut stage = Stage::open(Language::Vi, SIZE, sample::names());
    stage.today(sample::today());
    stage.keys("<end>");
    let chosen = |stage: &Stage| {
        let session = stage.model.session().expect("is open");
        let rows = session.today_rows(stage.model.today());
        rows[session.today.chosen as usize]
    };
    let row = chosen(&stage);
    pairs(&mut stage, &sample::pairs());
    assert_eq!(chosen(&stage), row);
    let visit = sample::dossier().visit.id.expect("a saved visit");
    let code = ShortCode::of(visit.into(), 6);
    stage.answer(Answer::Sent { visit, code });
    pairs(&mut stage, &[]);
    assert_eq!(chosen(&stage), row);
}

#[test]
fn the_list_marks_visits_that_are_linked() {
    let mut stage = Stage::open(Language::Vi, (80, 24), sample::names());
    stage.keys("2");
    let mut rows = sample::page(7, 7);
    stage.list(rows.clone());
    assert!(!stage.screen().contains('≈'));
    rows.rows[1].linked = bacung::domain::Linked::First;
    rows.rows[3].linked = bacung::domain::Linked::Repeat;
    stage.list(rows);
    assert_eq!(stage.screen().matches("≈▫").count(), 2);
}
