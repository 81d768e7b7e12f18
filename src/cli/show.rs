//! `show`: one record with its history. Citizens' particulars are masked unless they were asked for.

use serde_json::{Map, Value, json};

use super::args::{Form, Showing};
use super::desk::{Desk, put, put_json};
use super::fields::Fields;
use super::pairs;
use super::stop::{Exit, Stop};
use super::words;
use crate::domain::{EntityId, HistoryEvent, HistoryLine, VisitId};
use crate::i18n::messages::cli;
use crate::i18n::messages::errors;
use crate::runtime::logbook::moment;
use crate::store::Reader;

/// Writes the record.
pub fn run(desk: &Desk, code: &str, form: Form, showing: Showing) -> Result<Exit, Stop> {
    let mut logbook = desk.open()?;
    let reader = logbook.store.reader();
    let entity = desk.find(&reader, code)?;
    let visit = desk.with(|| Ok(reader.visit_of(entity)?))?;
    let visit = visit.ok_or_else(|| Stop::refused(errors::not_found()))?;
    if showing == Showing::Revealed {
        // First the entry: what could not be recorded is not shown.
        let now = moment(&desk.clock);
        desk.with(|| logbook.store.show_names(entity, now, &mut logbook.ids))?;
    }
    let value = whole(desk, &reader, entity, visit, showing)?;
    match form {
        Form::Json => put_json(&value),
        Form::Words => {
            lines(&value);
            if showing == Showing::Masked {
                desk.say(&cli::masked());
            }
        }
    }
    Ok(Exit::Done)
}

fn whole(
    desk: &Desk,
    reader: &Reader,
    entity: EntityId,
    visit: VisitId,
    showing: Showing,
) -> Result<Value, Stop> {
    let setup = desk.setup()?;
    let (dossier, names, history, revision, code, copies) = desk.with(|| {
        Ok((
            reader.dossier(visit)?,
            reader.names()?,
            reader.history(entity)?,
            reader.revision(visit)?,
            reader.code(entity)?,
            reader.copies(entity)?,
        ))
    })?;
    let dossier = dossier.ok_or_else(|| Stop::refused(errors::not_found()))?;
    let codes = |entity| desk.with(|| Ok(reader.code(entity)?));
    let fields = Fields {
        setup: &setup,
        names: &names,
        showing,
        on: dossier.visit.value.day(),
        code: &codes,
    };
    let mut fields = fields.of(&dossier, entity)?;
    if entity == visit.into() {
        pairs::add(&mut fields, desk, reader, visit)?;
    }
    let hex = |bytes: [u8; 32]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
    Ok(json!({
        "code": code.as_str(),
        "kind": words::kind(entity.kind),
        "state": dossier.state.as_str(),
        "revision": revision.map(hex),
        "fields": fields,
        "history": history.iter().map(line).collect::<Vec<_>>(),
        "thread": [],
        "copies": words::copies(copies),
    }))
}

fn line(line: &HistoryLine) -> Value {
    let mut value = json!({
        "when": words::moment(line.at),
        "who": line.who,
        "about": words::kind(line.about.kind),
    });
    let (what, more) = match &line.event {
        HistoryEvent::Created => ("created", None),
        HistoryEvent::Amended(fields) => ("amended", Some(("fields", json!(fields)))),
        HistoryEvent::Sent => ("sent", None),
        HistoryEvent::Withdrawn(reason) => ("withdrawn", Some(("reason", json!(reason)))),
        HistoryEvent::Undone => ("undone", None),
        HistoryEvent::Shown => ("shown", None),
        HistoryEvent::Linked(code) => ("linked", Some(("with", json!(code.as_str())))),
        HistoryEvent::Dismissed(code) => ("dismissed", Some(("with", json!(code.as_str())))),
        HistoryEvent::Unknown => ("unknown", None),
    };
    if let Some(object) = value.as_object_mut() {
        object.insert("what".to_owned(), what.into());
        object.extend(more.map(|(name, value)| (name.to_owned(), value)));
    }
    value
}

/// Writes a document as indented lines, without what is not known.
fn lines(value: &Value) {
    for name in ["code", "kind", "state"] {
        put(&format!("{name}: {}", plain(&value[name])));
    }
    if let Some(fields) = value["fields"].as_object() {
        object(fields, 0);
    }
    for line in value["history"].as_array().into_iter().flatten() {
        let cell = |name: &str| plain(&line[name]);
        put(&["when", "who", "about", "what"].map(cell).join("\t"));
    }
}

fn object(fields: &Map<String, Value>, depth: usize) {
    let indent = "  ".repeat(depth);
    for (name, value) in fields {
        match value {
            Value::Null => {}
            Value::Object(inner) => {
                put(&format!("{indent}{name}:"));
                object(inner, depth + 1);
            }
            Value::Array(items) => {
                for item in items {
                    match item {
                        Value::Object(inner) => {
                            put(&format!("{indent}{name}:"));
                            object(inner, depth + 1);
                        }
                        other => put(&format!("{indent}{name}: {}", plain(other))),
                    }
                }
            }
            other => put(&format!("{indent}{name}: {}", plain(other))),
        }
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
