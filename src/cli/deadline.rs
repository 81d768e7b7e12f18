//! `deadline`: the law's dates of a petition, as lines or JSON. Opens no logbook.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::args::Form;
use super::desk::{Desk, put, put_json};
use super::stop::{Exit, Stop};
use super::words;
use crate::app::deadlines;
use crate::i18n::Text;
use crate::i18n::messages::{cli, law as messages};
use crate::law::Law;
use crate::law::deadline::{Deadlines, Due, Facts, Refused};
use crate::runtime::Clock;

/// Writes the dates.
pub fn run(desk: &Desk, facts: &Facts, form: Form) -> Result<Exit, Stop> {
    let law = desk.law()?;
    let found = law.deadlines(facts).map_err(|refused| {
        let what = deadlines::refused(&refused);
        Stop::refused(cli::bad_option(option(&refused, facts), what))
    })?;
    match form {
        Form::Json => put_json(&json(desk, &law, facts, &found)),
        Form::Words => lines(desk, &law, &found),
    }
    Ok(Exit::Done)
}

/// Names the option that is refused.
fn option(refused: &Refused, facts: &Facts) -> &'static str {
    match refused {
        Refused::Order { later, .. } => later.as_str(),
        Refused::OutOfReach if facts.suspensions.is_empty() => "received",
        Refused::SuspensionBackwards { .. }
        | Refused::SuspensionEndless(_)
        | Refused::OutOfReach => "suspended",
        Refused::TooManyExtensions { .. } => "extended",
    }
}

fn json(desk: &Desk, law: &Law, facts: &Facts, found: &Deadlines<'_>) -> Value {
    let text = |text: Text| desk.speech.text(&text);
    let step = |due: &Due<'_>| {
        json!({
            "step": due.step().as_str(),
            "from": words::day(Some(due.from)),
            "days": due.days,
            "unit": due.unit.as_str(),
            "suspended_days": due.suspended_days,
            "due": words::day(Some(due.due)),
            "due_moved": words::day(Some(due.due_moved)),
            "basis": text(deadlines::basis(&due.rule.basis)),
            "rule": due.rule.id,
            "checked": due.rule.basis.checked,
            "arithmetic": arithmetic(desk, law, due),
        })
    };
    let warnings = found.warnings.iter().map(deadlines::warning).map(text);
    json!({
        "kind": facts.kind.as_str(),
        "steps": found.steps.iter().map(step).collect::<Vec<_>>(),
        "warnings": warnings.collect::<Vec<_>>(),
    })
}

fn lines(desk: &Desk, law: &Law, found: &Deadlines<'_>) {
    let text = |text: Text| desk.speech.text(&text);
    let today = desk.clock.today();
    for due in &found.steps {
        let mut date = text(deadlines::on_weekday(due.due));
        if due.due_moved != due.due {
            date = format!("{date} → {}", text(deadlines::on_weekday(due.due_moved)));
        }
        put(&format!(
            "{}: {date}",
            text(deadlines::step_name(due.step()))
        ));
        let basis = &due.rule.basis;
        let mut parts = vec![
            text(deadlines::left(due, today, &law.calendar)),
            text(deadlines::basis(basis)),
        ];
        if !basis.checked {
            parts.push(text(messages::unchecked()));
        }
        put(&format!("    {}", parts.join(" · ")));
        for line in arithmetic(desk, law, due) {
            put(&format!("    {line}"));
        }
    }
    for rule in &found.unlimited {
        let name = text(deadlines::step_name(rule.step));
        put(&format!("{name}: {}", text(messages::no_limit())));
    }
    for line in laws(desk, found) {
        put(&line);
    }
    for warning in &found.warnings {
        desk.say(&deadlines::warning(warning));
    }
}

/// Says in full which laws the short names stand for, each once.
fn laws(desk: &Desk, found: &Deadlines<'_>) -> BTreeSet<String> {
    let language = desk.speech.language();
    let rules = found.steps.iter().map(|due| due.rule);
    let bases = rules.map(|rule| &rule.basis);
    bases
        .map(|basis| format!("{}: {}", basis.law, deadlines::law_name(basis, language)))
        .collect()
}

fn arithmetic(desk: &Desk, law: &Law, due: &Due<'_>) -> Vec<String> {
    let language = desk.speech.language();
    let texts = deadlines::arithmetic(due, &law.calendar, language);
    texts.iter().map(|text| desk.speech.text(text)).collect()
}
