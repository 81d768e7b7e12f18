//! `show` for what is no part of a visit's form: promises, receptions, duties, and concerns of a reception;
//! and what was done about a concern.

use serde_json::{Value, json};

use super::args::Form;
use super::desk::{Desk, put, put_json};
use super::list::Lister;
use super::show::{event_line, line};
use super::stop::{Exit, Stop};
use super::words;
use crate::app::owed;
use crate::domain::{EntityId, OwedDetail, OwedMatter, Taken};
use crate::i18n::messages::errors;
use crate::store::Reader;

/// Writes the record.
pub fn run(desk: &Desk, reader: &Reader, entity: EntityId, form: Form) -> Result<Exit, Stop> {
    let setup = desk.setup()?;
    let found = desk.with(|| {
        let row = reader.row(entity)?;
        let more = (
            reader.names()?,
            reader.history(entity)?,
            reader.owed(entity)?,
        );
        Ok(row.map(|row| (row, more)))
    })?;
    let (row, (names, history, life)) = found.ok_or_else(|| Stop::refused(errors::not_found()))?;
    let lister = Lister {
        desk,
        setup: &setup,
        names: &names,
    };
    let mut fields = lister.record(&row);
    let state = fields["state"].take();
    if let Some(life) = &life {
        add_life(&mut fields, life);
    }
    match form {
        Form::Json => put_json(&json!({
            "code": row.code.as_str(),
            "kind": words::kind(entity.kind),
            "state": state,
            "revision": null,
            "fields": fields,
            "history": history.iter().map(line).collect::<Vec<_>>(),
            "thread": [],
            "copies": words::copies(desk.with(|| Ok(reader.copies(entity)?))?),
        })),
        Form::Words => {
            let summary = fields["summary"].as_str().unwrap_or_default();
            put(&format!("{} · {summary}", row.code.as_str()));
            if let Some(life) = &life {
                steps(desk, life);
            }
            for happened in &history {
                put(&event_line(desk, happened));
            }
        }
    }
    Ok(Exit::Done)
}

/// Adds the steps, labels and officer of a concern, or the answers to a promise.
pub fn add_life(fields: &mut Value, life: &OwedDetail) {
    match &life.matter {
        OwedMatter::Concern {
            life,
            passed_over,
            labels,
        } => {
            fields["life"] = life.state().as_str().into();
            fields["steps"] = life.taken().iter().map(step).collect();
            fields["contradictions"] = passed_over.iter().map(step).collect();
            let label = |label: &crate::domain::Label| {
                json!({
                    "label": label.kind.map(|kind| kind.as_str()),
                    "change": label.change.map(|change| match change {
                        crate::domain::LabelChange::PutOn => "put_on",
                        crate::domain::LabelChange::TakenOff => "taken_off",
                    }),
                    "on": words::day(label.on),
                    "paper": words::text(&label.paper),
                    "list": words::text(&label.list),
                })
            };
            fields["labels"] = labels.iter().map(label).collect();
        }
        OwedMatter::Promise { answers } => {
            let answer = |answer: &crate::domain::Answer| json!({ "on": words::day(answer.on), "text": words::text(&answer.text) });
            fields["answers"] = answers.iter().map(answer).collect();
        }
        OwedMatter::Reception { rows, .. } => {
            // Denunciations have no code to show.
            fields["rows"] = rows.iter().map(|row| row.code.as_str()).collect();
        }
        OwedMatter::Duty(_) | OwedMatter::Inspection(_) | OwedMatter::Assignment(_) => {}
    }
}

fn step(taken: &Taken) -> Value {
    json!({
        "step": taken.act.step().as_str(),
        "on": words::day(Some(taken.on)),
        "paper": words::text(&taken.paper),
        "body": words::text(&taken.body),
        "reason": words::text(&taken.reason),
    })
}

fn steps(desk: &Desk, found: &OwedDetail) {
    let OwedMatter::Concern { life, .. } = &found.matter else {
        return;
    };
    let language = desk.speech.language();
    for taken in life.taken() {
        let step = desk.speech.text(&owed::step(taken.act.step()));
        put(&format!("{}  {step}", language.date(taken.on)));
    }
}
