//! What a rule or calendar file is refused for, with its line, and what a layer changes.

use super::*;

fn source(name: &str, text: &str) -> Source {
    Source::new(Path::new(name), text.as_bytes()).expect("UTF-8")
}

const LAW: &str = "[[law]]\nname = \"L\"\nvi = \"Luật\"\nen = \"Law\"\n";

fn rule(id: &str, from: &str, more: &str) -> String {
    format!(
        "[[rule]]\nid = \"{id}\"\nkinds = [\"complaint\"]\nstep = \"accept\"\n\
         trigger = \"received\"\nlaw = \"L\"\nfrom = {from}\nunit = \"calendar\"\n\
         checked = false\nsource = \"x\"\n{more}\n"
    )
}

fn refused(rules: &[&str], calendars: &[&str]) -> (String, usize, String) {
    let read = |name: &str, texts: &[&str]| -> Vec<Source> {
        let texts = texts.iter().enumerate();
        texts
            .map(|(at, text)| source(&format!("{name}{at}.toml"), text))
            .collect()
    };
    let files = LawFiles::built_in();
    let error = files
        .with(&read("rule", rules), &read("calendar", calendars))
        .expect_err("is refused");
    let path = error.path.display().to_string();
    (path, error.line, format!("{:?}", error.problem))
}

fn rules_refused(text: &str) -> (usize, String) {
    let (_, line, problem) = refused(&[&format!("{LAW}{text}")], &[]);
    (line, problem)
}

fn calendar_refused(text: &str) -> (usize, String) {
    let (_, line, problem) = refused(&[], &[text]);
    (line, problem)
}

#[test]
fn a_gap_or_overlap_in_validity_is_refused_where_it_begins() {
    let first = rule("X", "2020-01-01", "to = 2026-06-30\ndays = 1");
    for (from, problem) in [
        ("2026-07-02", "Gap(\"X\")"),
        ("2026-06-30", "Overlap(\"X\")"),
        ("2020-01-01", "Overlap(\"X\")"),
    ] {
        let both = format!("{first}{}", rule("X", from, "days = 1"));
        assert_eq!(rules_refused(&both), (18, problem.to_owned()), "{from}");
    }
    // The second span may lie in another file of the layer.
    let second = format!(
        "{}{}",
        LAW.replace("\"L\"", "\"M\""),
        rule("X", "2026-08-01", "days = 1")
    );
    let found = refused(&[&format!("{LAW}{first}"), &second], &[]);
    assert_eq!(found, ("rule1.toml".to_owned(), 6, "Gap(\"X\")".to_owned()));
    let backwards = rule("X", "2020-01-01", "to = 2019-01-01\ndays = 1");
    assert_eq!(rules_refused(&backwards), (6, "Value(\"to\")".to_owned()));
}

#[test]
fn a_wrong_rule_is_refused_by_key_and_line() {
    let lines = |more: &str| rules_refused(&rule("X", "2020-01-01", more));
    for (more, line, problem) in [
        ("", 12, "Missing(\"days\")"),
        ("days = 0", 15, "Value(\"days\")"),
        ("days = \"ten\"", 15, "Value(\"days\")"),
        (
            "days = 1\ncomplex = 2\nremote = 3",
            12,
            "Missing(\"complex_remote\")",
        ),
        (
            "days = 1\ncomplex_remote = 3",
            16,
            "Value(\"complex_remote\")",
        ),
        (
            "days = 1\nsuspension = \"maybe\"",
            16,
            "Value(\"suspension\")",
        ),
        ("days = 1\nremtoe = 3", 16, "UnknownKey(\"remtoe\")"),
        ("days = 1\nto = 2026-02-30", 16, "Syntax"),
        ("days = 1\nto = 2026-02-03T04:05:06", 16, "Value(\"to\")"),
        ("days = 1\ninstance = 3", 16, "Value(\"instance\")"),
        (
            "days = 1\n[rule.extension]\nid = \"Y\"\ndays = 1\nmost = 0",
            19,
            "Value(\"most\")",
        ),
    ] {
        assert_eq!(lines(more), (line, problem.to_owned()), "{more}");
    }
    let of = |from: &str, to: &str| {
        rules_refused(&rule("X", "2020-01-01", "days = 1").replace(from, to))
    };
    for (from, to, line, problem) in [
        ("\"calendar\"", "\"weeks\"", 12, "Value(\"unit\")"),
        ("\"calendar\"", "\"no_limit\"", 12, "Value(\"unit\")"),
        ("\"L\"", "\"none\"", 10, "Value(\"law\")"),
        ("[\"complaint\"]", "[]", 7, "Value(\"kinds\")"),
        ("\"complaint\"", "\"wish\"", 7, "Value(\"kinds\")"),
        ("\"accept\"", "\"admit\"", 8, "Value(\"step\")"),
        ("source = \"x\"\n", "", 5, "Value(\"rule\")"),
    ] {
        assert_eq!(of(from, to), (line, problem.to_owned()), "{to}");
    }
    let working = rule("X", "2020-01-01", "days = 1\nsuspension = \"excluded\"");
    let working = working.replace("\"calendar\"", "\"working\"");
    assert_eq!(
        rules_refused(&working),
        (16, "Value(\"suspension\")".to_owned())
    );
    assert_eq!(rules_refused(LAW), (6, "Twice(\"L\")".to_owned()));
}

fn named(date: &str, kind: &str, more: &str) -> String {
    format!("[[day]]\ndate = {date}\nkind = \"{kind}\"\nsource = \"x\"\n{more}\n")
}

#[test]
fn a_date_twice_and_a_working_monday_worked_again_are_refused() {
    let twice = named("2027-01-04", "swapped-off", "") + &named("2027-01-04", "holiday", "");
    assert_eq!(
        calendar_refused(&twice),
        (7, "Twice(\"2027-01-04\")".to_owned())
    );
    let one = named("2027-01-04", "swapped-off", "");
    let found = refused(&[], &[&one, &one]);
    let problem = "Twice(\"2027-01-04\")".to_owned();
    assert_eq!(found, ("calendar1.toml".to_owned(), 2, problem));
    for (date, kind, problem) in [
        ("2027-01-04", "swapped-work", "WorkedAnyway(\"2027-01-04\")"),
        ("2027-01-02", "swapped-off", "OffAnyway(\"2027-01-02\")"),
        ("2027-01-03", "make-up-off", "OffAnyway(\"2027-01-03\")"),
        ("1999-12-31", "holiday", "Value(\"date\")"),
        ("2101-01-03", "holiday", "Value(\"date\")"),
    ] {
        let found = calendar_refused(&named(date, kind, ""));
        assert_eq!(found, (2, problem.to_owned()), "{date}");
    }
}

#[test]
fn a_wrong_calendar_is_refused_by_key_and_line() {
    let monday = |kind, more| calendar_refused(&named("2027-01-04", kind, more));
    for (kind, more, line, problem) in [
        ("feast", "", 3, "Value(\"kind\")"),
        ("holiday", "of = \"nobody\"", 5, "Value(\"of\")"),
        ("swapped-off", "of = \"tet\"", 5, "Value(\"of\")"),
        ("holiday", "vi = \"Lễ\"", 2, "Missing(\"en\")"),
        (
            "holiday",
            "confidence = \"sure\"",
            5,
            "Value(\"confidence\")",
        ),
        ("holiday", "sorce = \"x\"", 5, "UnknownKey(\"sorce\")"),
    ] {
        assert_eq!(monday(kind, more), (line, problem.to_owned()), "{more}");
    }
    let schedule = "[[schedule]]\nyear = 2027\nsource = \"x\"\n";
    let twice = schedule.repeat(2);
    assert_eq!(calendar_refused(&twice), (5, "Twice(\"2027\")".to_owned()));
    let far = schedule.replace("2027", "2101");
    assert_eq!(calendar_refused(&far), (2, "Value(\"year\")".to_owned()));
    let holiday = "[[holiday]]\nid = \"x\"\nvi = \"x\"\nen = \"x\"\ncalendar = \"solar\"\nmonth = 2\n\
                   day = 30\ndays = 1\nfrom = 2020-01-01\nsource = \"x\"\n";
    assert_eq!(calendar_refused(holiday), (7, "Value(\"day\")".to_owned()));
    let good = holiday.replace("30", "29");
    let twice = good.repeat(2);
    assert_eq!(calendar_refused(&twice), (12, "Overlap(\"x\")".to_owned()));
}

#[test]
fn a_layer_states_a_rule_anew_and_adds_days_off() {
    let files = LawFiles::built_in();
    let local = rule("KP1", "2026-01-01", "days = 15")
        .replace("\"complaint\"", "\"recommendation\"")
        .replace("\"accept\"", "\"settle\"");
    let rules = [source("local.toml", &format!("{LAW}{local}"))];
    let days = [source("mine.toml", &named("2026-11-23", "swapped-off", ""))];
    let law = files.with(&rules, &days).expect("is well-formed").law();
    let found = of_rule(
        &law,
        "KP1",
        &facts(Recommendation, Trigger::Received, "2026-11-13"),
    );
    assert_eq!(found.due, day("2026-11-28"));
    assert_eq!(found.due_moved, day("2026-11-30"));
    let notify = of_rule(
        &law,
        "CD1",
        &facts(Recommendation, Trigger::Received, "2026-11-13"),
    );
    assert_eq!(notify.due, day("2026-12-01"));
    assert!(!law.calendar.is_working(day("2026-11-23")));
    assert!(!law.calendar.is_working(day("2026-11-24")));
}

/// The README shows how days off are announced; what it shows is read.
#[test]
fn the_example_of_the_readme_is_well_formed() {
    let readme = include_str!("../../../../README.md");
    let (_, example) = readme.split_once("```toml\n").expect("an example");
    let (example, _) = example.split_once("```").expect("it ends");
    let days = [source("2027.toml", example)];
    let files = LawFiles::built_in().with(&[], &days);
    let calendar = files.expect("is well-formed").law().calendar;
    assert!(calendar.is_scheduled(2027));
    assert!(calendar.is_working(day("2027-11-20")));
    assert!(!calendar.is_working(day("2027-11-22")));
}
