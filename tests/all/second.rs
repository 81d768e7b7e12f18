//! The law's dates as a second implementation reckons them (`tests/deadline.py`), case by case.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use bacung::config::Source;
use bacung::config::law::LawFiles;
use bacung::domain::Day;
use bacung::law::Law;
use bacung::law::deadline::{
    Circumstances, Deadlines, Due, Facts, Refused, Span, Starts, Suspension, Warning,
};
use bacung::law::rules::{Instance, Kind, Trigger};
use serde_json::{Value, json};

/// The folder with the cases: the one that is asked for, or the committed one.
fn folder() -> PathBuf {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/deadlines");
    std::env::var_os("BACUNG_DEADLINE_CASES").map_or(committed, PathBuf::from)
}

fn law(folder: &Path) -> Law {
    let calendar = Source::read(&folder.join("calendar.toml"));
    let calendar = calendar.expect("is readable").expect("is there");
    let files = LawFiles::built_in().with(&[], &[calendar]);
    files.expect("is well-formed").law()
}

fn day(value: &Value) -> Option<Day> {
    value.as_str().map(|text| text.parse().expect("a date"))
}

fn facts(case: &Value) -> Facts {
    let kind = |(_, word): &(Kind, &str)| case["kind"] == *word;
    let (kind, _) = Kind::ALL.into_iter().find(kind).expect("a kind");
    let starts = Trigger::ALL.into_iter();
    let is = |name: &str| case[name].as_bool().expect("a flag");
    let suspended = case["suspended"].as_array().expect("a list").iter();
    Facts {
        kind,
        instance: match case["instance"].as_u64() {
            Some(2) => Instance::Second,
            _ => Instance::First,
        },
        starts: starts.fold(Starts::default(), |starts, (trigger, name)| {
            starts.with(trigger, day(&case["starts"][name]))
        }),
        circumstances: Circumstances {
            complex: is("complex"),
            remote: is("remote"),
            several_places: is("several_places"),
        },
        extended: case["extended"]
            .as_u64()
            .and_then(|n| n.try_into().ok())
            .expect("a number"),
        suspensions: suspended
            .map(|span| Suspension {
                from: day(&span[0]).expect("a date"),
                to: day(&span[1]),
            })
            .collect(),
    }
}

fn step(due: &Due<'_>) -> Value {
    let [from, on, moved] = [due.from, due.due, due.due_moved].map(|day| day.to_string());
    json!([
        due.step().as_str(),
        due.rule.id,
        from,
        due.days,
        due.unit.as_str(),
        due.suspended_days,
        on,
        moved,
        due.rule.basis.checked,
    ])
}

fn warning(warning: &Warning) -> String {
    match *warning {
        Warning::NoSchedule(year) => format!("no_schedule {year}"),
        Warning::DoubtfulDay(day) => format!("doubtful {day}"),
        Warning::SuspensionCounts(until) => format!("counts {until}"),
        Warning::AfterDue(Span { first, last }, due) => format!("after_due {first} {last} {due}"),
        Warning::BeforeStart(Span { first, last }) => format!("before_start {first} {last}"),
        Warning::NotAccepted => "not_accepted".to_owned(),
        Warning::NoRule(step, day) => format!("no_rule {} {day}", step.as_str()),
    }
}

fn answer(found: Result<Deadlines<'_>, Refused>) -> Value {
    match found {
        Err(Refused::Order { .. }) => json!({ "refused": "order" }),
        Err(Refused::SuspensionEndless(_)) => json!({ "refused": "endless" }),
        Err(Refused::SuspensionBackwards { .. }) => json!({ "refused": "backwards" }),
        Err(Refused::TooManyExtensions { .. }) => json!({ "refused": "extensions" }),
        Err(Refused::OutOfReach) => json!({ "refused": "reach" }),
        Ok(found) => {
            let mut warnings: Vec<String> = found.warnings.iter().map(warning).collect();
            warnings.sort();
            let steps: Vec<Value> = found.steps.iter().map(step).collect();
            json!({ "steps": steps, "warnings": warnings })
        }
    }
}

#[test]
fn both_implementations_reckon_the_same_dates() {
    let folder = folder();
    let law = law(&folder);
    let text = fs::read_to_string(folder.join("cases.jsonl")).expect("is readable");
    let (mut cases, mut refused, mut wrong) = (0, 0, String::new());
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).expect("a case");
        let ours = answer(law.deadlines(&facts(&case)));
        if ours != case["answer"] && wrong.len() < 5_000 {
            write!(wrong, "{line}\nours: {ours}\n\n").expect("is written");
        }
        refused += usize::from(ours["refused"].is_string());
        cases += 1;
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(cases >= 100 && refused > 0 && refused < cases / 4);
    println!("{cases} cases, {refused} of them refused");
}
