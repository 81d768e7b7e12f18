//! `due`: what is owed to people and until when, what goes wrong first first.

use serde_json::{Value, json};

use super::args::Form;
use super::desk::{Desk, put, put_json};
use super::list::Lister;
use super::stop::{Exit, Stop};
use super::words;
use crate::app::{deadlines, duties, owed};
use crate::domain::{Day, EntityId, Kept, OpenCase, Standing, Stretch, TodayItem};
use crate::i18n::messages::{cli, common, concern, duty};
use crate::law::pressing::{Awaited, Pressing};
use crate::runtime::{Clock, settings};

/// Writes what is owed.
pub fn run(desk: &Desk, form: Form) -> Result<Exit, Stop> {
    let mut logbook = desk.open()?;
    let setup = desk.setup()?;
    let reckoner = settings::reckoner(&setup);
    desk.with(|| Ok(logbook.store.reckon_with(reckoner, &mut |_, _| {})?))?;
    let reader = logbook.store.reader();
    let today = desk.clock.today();
    let (names, read) = desk.with(|| Ok((reader.names()?, reader.today(today)?)))?;
    let lister = Lister {
        desk,
        setup: &setup,
        names: &names,
    };
    let waits = |case: &OpenCase| setup.law().pressing(case, setup.targets).into_iter().next();
    let mut rows = Vec::new();
    for item in &read.items {
        match item {
            TodayItem::Due { due, case, row } => {
                let mut value = lister.record(row);
                value["kind"] = words::kind(case.entity.kind);
                add(desk, &mut value, (*due, today), waits(case).as_ref());
                value["in_charge"] = case.officer.is_some().into();
                rows.push(value);
            }
            TodayItem::Envelope { due, number, .. } => {
                let mut value = json!({
                    "code": null,
                    "kind": "envelope",
                    "date": null,
                    "place": null,
                    "summary": desk.speech.text(&concern::envelope(number)),
                    "state": "heard",
                });
                add(desk, &mut value, (*due, today), None);
                value["awaits"] = awaits(Awaited::Envelope).into();
                rows.push(value);
            }
            TodayItem::Conflict(_) | TodayItem::Returned(_) | TodayItem::Draft(_) => {}
        }
    }
    let behind = desk
        .with(|| Ok(reader.duties(&settings::measure(&setup, today), Stretch::of_day(today))?))?;
    let behind = behind
        .iter()
        .flat_map(|duty| duty.kept.iter().map(move |kept| (duty, kept)));
    let behind = behind.filter(|(_, kept)| kept.is_behind());
    let behind: Vec<Value> = behind
        .map(|(duty, kept)| behind_row(&lister, duty, kept, today))
        .collect();
    let waiting = read.waiting + behind.len() as u64;
    rows.extend(behind);
    match form {
        Form::Json => put_json(&json!({ "total": waiting, "rows": rows })),
        Form::Words => rows.iter().for_each(|row| line(desk, row, today)),
    }
    desk.say(&cli::listed(rows.len(), waiting));
    Ok(Exit::Done)
}

/// Writes a duty that is behind: its span is over on the due day.
fn behind_row(lister: &Lister<'_>, standing: &Standing, kept: &Kept, today: Day) -> Value {
    let (desk, setup) = (lister.desk, lister.setup);
    let language = desk.speech.language();
    let place = duties::place(setup, standing);
    let summary = duty::behind(
        &standing.who,
        &place,
        duties::span(kept.span.days),
        duties::share(kept),
    );
    let what = [
        desk.speech.text(&duties::not_done(setup, &standing.duty)),
        desk.speech.text(&duties::arithmetic(kept)),
    ];
    json!({
        "code": standing.code.as_str(),
        "kind": words::kind(EntityId::from(standing.id).kind),
        "date": null,
        "place": setup.site(&standing.site),
        "summary": desk.speech.text(&summary),
        "state": "behind",
        "duty": words::code(standing.duty.duty.as_ref()),
        "duty_name": duties::kind(setup, &standing.duty, language),
        "person": words::text(&standing.who),
        "cell": words::text(&standing.duty.cell),
        "from": words::day(Some(kept.span.days.from)),
        "due": words::day(Some(kept.span.days.to)),
        "days_left": (kept.span.days.to - today).num_days(),
        "done": kept.done,
        "owed": kept.span.owed,
        "expected": kept.expected(),
        "awaits": "duty",
        "basis": words::text(&standing.duty.document),
        "what": what.join(": "),
    })
}

/// The word for what is waited for.
fn awaits(awaited: Awaited) -> &'static str {
    match awaited {
        Awaited::HandOver => "hand_over",
        Awaited::Receipt => "receipt",
        Awaited::Law(step) => step.as_str(),
        Awaited::Promised => "promised",
        Awaited::Tell => "tell",
        Awaited::Envelope => "envelope",
    }
}

fn add(
    desk: &Desk,
    value: &mut Value,
    (due, today): (Option<Day>, Day),
    waits: Option<&Pressing<'_>>,
) {
    value["due"] = words::day(due);
    value["days_left"] = due.map(|due| (due - today).num_days()).into();
    value["awaits"] = waits.map(|waits| awaits(waits.awaited)).into();
    value["due_moved"] = words::day(waits.map(|waits| waits.moved).or(due));
    let rule = waits.and_then(|waits| waits.rule);
    value["rule"] = rule.map(|rule| rule.id.as_str()).into();
    let basis = rule.map(|rule| desk.speech.text(&deadlines::basis(&rule.basis)));
    value["basis"] = basis.into();
    value["checked"] = rule.map(|rule| rule.basis.checked).into();
    value["what"] = waits
        .map(|waits| desk.speech.text(&owed::awaited(waits)))
        .into();
}

fn line(desk: &Desk, row: &Value, today: Day) {
    let text = |name: &str| row[name].as_str().unwrap_or("–").to_owned();
    let due = row["due"].as_str().and_then(|day| day.parse::<Day>().ok());
    let left = match due.map(|due| (due - today).num_days()) {
        None => concern::no_date(),
        Some(days @ ..=-1) => common::days_overdue(-days),
        Some(0) => common::due_today(),
        Some(days) => common::days_left(days),
    };
    let mut parts = vec![desk.speech.text(&left), text("code"), text("summary")];
    if let Some(what) = row["what"].as_str() {
        parts.push(what.to_owned());
    }
    if row["in_charge"] == false {
        parts.push(desk.speech.text(&concern::nobody()));
    }
    put(&parts.join(" · "));
}
