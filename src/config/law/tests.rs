//! Proves each rule of the law as it is compiled in, its article the name of the case, and what a
//! file is refused for.

use std::path::Path;

use super::*;
use crate::domain::Day;
use crate::law::deadline::{Circumstances, Due, Facts, Starts, Suspension, Warning};
use crate::law::rules::{Instance, Kind, Per, Trigger, Withdrawable};

mod files;

fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

fn facts(kind: Kind, trigger: Trigger, on: &str) -> Facts {
    Facts {
        kind,
        instance: Instance::First,
        starts: Starts::default().with(trigger, Some(day(on))),
        circumstances: Circumstances::default(),
        extended: 0,
        suspensions: Vec::new(),
    }
}

fn of_rule<'a>(law: &'a Law, id: &str, facts: &Facts) -> Due<'a> {
    let found = law.deadlines(facts).expect("facts that can be");
    let mut steps = found.steps.into_iter();
    let due = steps.find(|due| due.rule.id == id);
    due.unwrap_or_else(|| panic!("no {id}"))
}

const PLAIN: Circumstances = Circumstances {
    complex: false,
    remote: false,
    several_places: false,
};
const COMPLEX: Circumstances = Circumstances {
    complex: true,
    ..PLAIN
};
const REMOTE: Circumstances = Circumstances {
    remote: true,
    ..PLAIN
};
const BOTH: Circumstances = Circumstances {
    complex: true,
    remote: true,
    ..PLAIN
};
const SEVERAL: Circumstances = Circumstances {
    several_places: true,
    ..PLAIN
};

/// An article, its rule, what starts it on Monday 2 March 2026, and by circumstances when it is due.
type Case = (
    &'static str,
    &'static str,
    Kind,
    Instance,
    Trigger,
    &'static [(Circumstances, &'static str)],
);

use Instance::{First, Second};
use Kind::{Complaint, Denunciation, Recommendation, Reflection};

const START: &str = "2026-03-02";

#[rustfmt::skip]
const CASES: &[Case] = &[
    ("LKN Art. 9", "KN1", Complaint, First, Trigger::DecisionKnown, &[(PLAIN, "2026-05-31"), (REMOTE, "2026-05-31")]),
    ("LKN Art. 27", "KN2", Complaint, First, Trigger::Received, &[(PLAIN, "2026-03-12"), (BOTH, "2026-03-12")]),
    ("LKN Art. 28", "KN3", Complaint, First, Trigger::Accepted, &[(PLAIN, "2026-04-01"), (COMPLEX, "2026-04-16"), (REMOTE, "2026-04-16"), (BOTH, "2026-05-01")]),
    ("LKN Art. 32", "KN4", Complaint, First, Trigger::Decided, &[(PLAIN, "2026-03-05")]),
    ("LKN Art. 41", "KN4b", Complaint, Second, Trigger::Decided, &[(PLAIN, "2026-03-09")]),
    ("LKN Art. 33, after a decision", "KN5", Complaint, First, Trigger::DecisionReceived, &[(PLAIN, "2026-04-01"), (COMPLEX, "2026-04-01"), (REMOTE, "2026-04-16"), (BOTH, "2026-04-16")]),
    ("LKN Art. 33, without a decision", "KN5b", Complaint, First, Trigger::LimitExpired, &[(PLAIN, "2026-04-01"), (REMOTE, "2026-04-16")]),
    ("LKN Art. 36", "KN6", Complaint, Second, Trigger::Received, &[(PLAIN, "2026-03-12")]),
    ("LKN Art. 37", "KN7", Complaint, Second, Trigger::Accepted, &[(PLAIN, "2026-04-16"), (COMPLEX, "2026-05-01"), (REMOTE, "2026-05-01"), (BOTH, "2026-05-11")]),
    ("LKN Art. 44", "KN8", Complaint, First, Trigger::Decided, &[(PLAIN, "2026-04-01"), (REMOTE, "2026-04-16")]),
    ("LKN Art. 44, second", "KN8", Complaint, Second, Trigger::Decided, &[(PLAIN, "2026-04-01"), (REMOTE, "2026-04-16")]),
    ("LTC Art. 24, accepting", "TC1", Denunciation, First, Trigger::Received, &[(PLAIN, "2026-03-11"), (SEVERAL, "2026-03-16"), (REMOTE, "2026-03-11")]),
    ("LTC Art. 24, passing on", "TC2", Denunciation, First, Trigger::Received, &[(PLAIN, "2026-03-09")]),
    ("LTC Art. 29.3", "TC3", Denunciation, First, Trigger::Accepted, &[(PLAIN, "2026-03-09")]),
    ("LTC Art. 30", "TC4", Denunciation, First, Trigger::Accepted, &[(PLAIN, "2026-04-01"), (BOTH, "2026-04-01")]),
    ("LTC Art. 38, asking", "TC5a", Denunciation, First, Trigger::DenouncedAgain, &[(PLAIN, "2026-03-09")]),
    ("LTC Art. 38, reporting", "TC5b", Denunciation, First, Trigger::ReportAsked, &[(PLAIN, "2026-03-09")]),
    ("LTC Art. 35", "TC6a", Denunciation, First, Trigger::Concluded, &[(PLAIN, "2026-03-09")]),
    ("LTC Art. 36", "TC6b", Denunciation, First, Trigger::Concluded, &[(PLAIN, "2026-03-11")]),
    ("LTC Art. 40", "TC6c", Denunciation, First, Trigger::Concluded, &[(PLAIN, "2026-03-11")]),
    ("LTCD Art. 28, complaint", "CD1", Complaint, Second, Trigger::Received, &[(PLAIN, "2026-03-16")]),
    ("LTCD Art. 28, denunciation", "CD1", Denunciation, First, Trigger::Received, &[(PLAIN, "2026-03-16")]),
    ("LTCD Art. 28, recommendation", "CD1", Recommendation, First, Trigger::Received, &[(PLAIN, "2026-03-16")]),
    ("LTCD Art. 28, reflection", "CD1", Reflection, First, Trigger::Received, &[(PLAIN, "2026-03-16")]),
    ("TT 05/2021", "XL1", Reflection, First, Trigger::LetterReceived, &[(PLAIN, "2026-03-16")]),
];

#[test]
fn every_row_of_the_law_is_due_when_its_article_says() {
    let law = LawFiles::built_in().law();
    for (article, id, kind, instance, trigger, expected) in CASES {
        for (circumstances, due) in *expected {
            let mut facts = facts(*kind, *trigger, START);
            facts.instance = *instance;
            facts.circumstances = *circumstances;
            let found = of_rule(&law, id, &facts);
            assert_eq!(found.due, day(due), "{article}: {circumstances:?}");
        }
    }
}

#[test]
fn every_rule_has_its_case() {
    let files = LawFiles::built_in();
    for (id, _) in files.rules.limits() {
        let known = CASES.iter().any(|(_, of, ..)| *of == id);
        assert!(known || id == "KP1", "{id} has no case");
    }
}

#[test]
fn each_extension_of_art_30_adds_thirty_days() {
    let law = LawFiles::built_in().law();
    let mut facts = facts(Denunciation, Trigger::Accepted, START);
    for (extended, days, due) in [
        (0, 30, "2026-04-01"),
        (1, 60, "2026-05-01"),
        (2, 90, "2026-05-31"),
    ] {
        facts.extended = extended;
        let found = of_rule(&law, "TC4", &facts);
        assert_eq!((found.days, found.due), (days, day(due)));
    }
    facts.extended = 3;
    assert!(law.deadlines(&facts).is_err());
    facts.kind = Complaint;
    facts.extended = 1;
    assert!(
        law.deadlines(&facts).is_err(),
        "complaints are not extended"
    );
}

#[test]
fn no_law_limits_recommendations_and_reflections() {
    let law = LawFiles::built_in().law();
    for kind in [Recommendation, Reflection] {
        let facts = facts(kind, Trigger::Received, START);
        let found = law.deadlines(&facts).expect("facts that can be");
        let unlimited: Vec<&str> = found
            .unlimited
            .iter()
            .map(|rule| rule.id.as_str())
            .collect();
        assert_eq!((found.steps.len(), unlimited), (1, vec!["KP1"]));
    }
}

#[test]
fn suspended_days_of_a_complaint_are_left_out_from_july_2026_on() {
    let law = LawFiles::built_in().law();
    let suspension = |from: &str, to: &str| Suspension {
        from: day(from),
        to: Some(day(to)),
    };
    for (accepted, due, warned) in [
        ("2026-06-30", "2026-07-30", true),
        ("2026-07-01", "2026-08-10", false),
    ] {
        let mut facts = facts(Complaint, Trigger::Accepted, accepted);
        facts.suspensions = vec![suspension("2026-07-06", "2026-07-15")];
        let found = law.deadlines(&facts).expect("facts that can be");
        assert_eq!(found.steps[0].due, day(due));
        let warning = Warning::SuspensionCounts(day("2026-06-30"));
        assert_eq!(found.warnings.contains(&warning), warned);
    }
    let mut denounced = facts(Denunciation, Trigger::Accepted, "2026-03-02");
    denounced.suspensions = vec![suspension("2026-03-10", "2026-03-19")];
    assert_eq!(of_rule(&law, "TC4", &denounced).due, day("2026-04-11"));
}

#[test]
fn law_136_of_2025_changes_withdrawing_and_receiving() {
    let files = LawFiles::built_in();
    let parts = |kind, on: &str| {
        let rule = files.rules.withdrawal(kind, day(on));
        rule.map(|rule| rule.parts)
    };
    assert_eq!(parts(Complaint, "2026-06-30"), Some(Withdrawable::Whole));
    assert_eq!(
        parts(Complaint, "2026-07-01"),
        Some(Withdrawable::WholeOrPart)
    );
    assert_eq!(
        parts(Denunciation, "2026-06-30"),
        Some(Withdrawable::WholeOrPart)
    );
    assert_eq!(parts(Recommendation, "2026-07-01"), None);
    let reception = |on: &str| {
        let rule = files.rules.reception(day(on));
        rule.map(|rule| (rule.times, rule.per))
    };
    assert_eq!(reception("2026-06-30"), Some((1, Per::Week)));
    assert_eq!(reception("2026-07-01"), Some((2, Per::Month)));
}

#[test]
fn what_was_never_held_against_the_text_says_so() {
    let files = LawFiles::built_in();
    let rules = files.rules.limits().flat_map(|(_, rules)| rules);
    let unchecked = rules.filter(|rule| !rule.basis.checked);
    let unchecked: Vec<_> = unchecked
        .map(|rule| (rule.id.clone(), rule.validity.from.to_string()))
        .collect();
    let expected = [
        ("KN2", "2026-07-01"),
        ("KN3", "2026-07-01"),
        ("KN6", "2026-07-01"),
        ("KN7", "2026-07-01"),
        ("KP1", "2014-07-01"),
        ("XL1", "2021-11-15"),
    ];
    let expected = expected.map(|(id, from)| (id.to_owned(), from.to_owned()));
    assert_eq!(unchecked, expected);
}

#[test]
fn before_the_law_there_is_no_date_and_a_warning() {
    let law = LawFiles::built_in().law();
    let old = facts(Denunciation, Trigger::Received, "2018-12-28");
    let found = law.deadlines(&old).expect("facts that can be");
    let of: Vec<&str> = found.steps.iter().map(|due| due.rule.id.as_str()).collect();
    assert_eq!(of, ["CD1"]);
    let unknown = |warning: &&Warning| matches!(warning, Warning::NoRule(..));
    assert_eq!(found.warnings.iter().filter(unknown).count(), 2);
}

#[test]
fn the_calendar_of_2026_is_as_announced() {
    let calendar = LawFiles::built_in().law().calendar;
    let off = [
        "2026-01-01",
        "2026-01-02",
        "2026-02-16",
        "2026-02-17",
        "2026-02-18",
        "2026-02-19",
        "2026-02-20",
        "2026-04-27",
        "2026-04-30",
        "2026-05-01",
        "2026-08-31",
        "2026-09-01",
        "2026-09-02",
        "2026-11-24",
    ];
    let worked = ["2026-01-10", "2026-08-22"];
    let first = day("2026-01-01");
    for today in first.iter_days().take(365) {
        let text = today.to_string();
        let weekend = crate::law::calendar::is_weekend(today);
        let expected =
            worked.contains(&text.as_str()) || !(weekend || off.contains(&text.as_str()));
        assert_eq!(calendar.is_working(today), expected, "{today}");
    }
    assert!(calendar.is_scheduled(2026) && !calendar.is_scheduled(2027));
}

#[test]
fn holidays_that_no_file_announces_are_worked_out() {
    let calendar = LawFiles::built_in().law().calendar;
    for off in [
        // Tết 2027 is a Saturday: Friday to Tuesday, and two days made up.
        "2027-02-05",
        "2027-02-08",
        "2027-02-09",
        "2027-02-10",
        "2027-02-11",
        // Tết 2030 is 2 February, where Beijing has the 3rd.
        "2030-02-01",
        "2030-02-07",
        "2030-04-12",
        "2027-11-24",
        "2027-09-01",
        "2020-09-02",
    ] {
        assert!(!calendar.is_working(day(off)), "{off}");
    }
    for working in [
        "2027-02-04",
        "2027-02-12",
        "2030-02-08",
        "2025-11-24",
        "2020-09-01",
    ] {
        assert!(calendar.is_working(day(working)), "{working}");
    }
}

/// Guards against a file that is written and never read.
#[test]
fn every_file_of_the_folder_is_compiled_in() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (folder, known) in [
        ("config/law", RULES.map(|(path, _)| path).to_vec()),
        (
            "config/law/calendar",
            CALENDARS.map(|(path, _)| path).to_vec(),
        ),
    ] {
        let found = Source::read_folder(&root.join(folder)).expect("is readable");
        assert_eq!(found.len(), known.len(), "{folder}");
        for path in known {
            assert!(root.join(path).is_file(), "{path}");
        }
    }
}
