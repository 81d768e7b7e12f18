//! `show`: one record with its history. Citizens' particulars are masked unless they were asked for.

use serde_json::{Value, json};

use super::args::{Form, Showing};
use super::desk::{Desk, put, put_json};
use super::fields::Fields;
use super::pairs;
use super::plain::Plain;
use super::review;
use super::seal;
use super::show_row;
use super::stop::{Exit, Stop};
use super::words;
use crate::app::{Setup, event_text, record_text, state_name};
use crate::domain::{
    Contested, Copies, Dossier, EntityId, EntityKind, HistoryEvent, HistoryLine, Names, Part,
    ShortCode, ThreadLine, VisitId,
};
use crate::i18n::messages::{cli, common, errors, show};
use crate::runtime::logbook::moment;
use crate::store::Reader;
use crate::text::clean::capital;

/// Writes the record.
pub fn run(desk: &Desk, code: &str, form: Form, showing: Showing) -> Result<Exit, Stop> {
    let mut logbook = desk.open()?;
    let reader = logbook.store.reader();
    let entity = desk.find(&reader, code)?;
    let visit = desk.with(|| Ok(reader.visit_of(entity)?))?;
    let visit = match visit {
        Some(visit) if entity.kind != EntityKind::Promise => visit,
        Some(_) | None => return show_row::run(desk, &reader, entity, form),
    };
    if showing == Showing::Revealed {
        // First the entry: what could not be recorded is not shown.
        let now = moment(&desk.clock);
        desk.with(|| logbook.store.show_names(entity, now, &mut logbook.ids))?;
    }
    let found = find(desk, &reader, entity, visit)?;
    let mut fields = found.fields(desk, &reader, showing)?;
    seal::reveal(desk, &mut logbook, &found.dossier, (&mut fields, showing))?;
    if let Some(life) = desk.with(|| Ok(reader.owed(entity)?))? {
        show_row::add_life(&mut fields, &life);
    }
    match form {
        Form::Json => put_json(&found.json(&fields)),
        Form::Words => {
            lines(desk, &found, &fields);
            if showing == Showing::Masked {
                desk.say(&cli::masked());
            }
        }
    }
    Ok(Exit::Done)
}

/// A record as it was found.
pub(super) struct Found {
    setup: Setup,
    entity: EntityId,
    visit: VisitId,
    code: ShortCode,
    dossier: Dossier,
    names: Names,
    history: Vec<HistoryLine>,
    revision: Option<[u8; 32]>,
    copies: Copies,
    thread: Vec<ThreadLine>,
    contested: Vec<Contested>,
}

pub(super) fn find(
    desk: &Desk,
    reader: &Reader,
    entity: EntityId,
    visit: VisitId,
) -> Result<Found, Stop> {
    let setup = desk.setup()?;
    let found = desk.with(|| {
        let Some(dossier) = reader.dossier(visit)? else {
            return Ok(None);
        };
        Ok(Some(Found {
            setup,
            entity,
            visit,
            dossier,
            code: reader.code(entity)?,
            names: reader.names()?,
            history: reader.history(entity)?,
            revision: reader.revision(visit)?,
            copies: reader.copies(entity)?,
            thread: reader.thread(visit)?,
            contested: reader.contested(visit)?,
        }))
    })?;
    found.ok_or_else(|| Stop::refused(errors::not_found()))
}

impl Found {
    pub(super) fn fields(
        &self,
        desk: &Desk,
        reader: &Reader,
        showing: Showing,
    ) -> Result<Value, Stop> {
        let codes = |entity| desk.with(|| Ok(reader.code(entity)?));
        let fields = Fields {
            setup: &self.setup,
            names: &self.names,
            showing,
            on: self.dossier.visit.value.day(),
            code: &codes,
        };
        let mut fields = fields.of(&self.dossier, self.entity)?;
        if self.entity == self.visit.into() {
            pairs::add(&mut fields, desk, reader, self.visit)?;
        }
        Ok(fields)
    }

    /// Writes the fields of one record of the visit, null where there is none.
    pub(super) fn part(&self, part: &Option<Part>) -> Value {
        let fields = Fields {
            setup: &self.setup,
            names: &self.names,
            showing: Showing::Masked,
            on: self.dossier.visit.value.day(),
            code: &|_| Err(Stop::refused(errors::not_found())),
        };
        part.as_ref()
            .map_or(Value::Null, |part| fields.of_part(part))
    }

    /// Writes the fields that stand with several values, and who wrote which.
    fn conflicts(&self) -> Vec<Value> {
        let one = |contested: &Contested| {
            let values = contested.sides.iter().map(|claim| {
                let fields = self.part(&Some(claim.part.clone()));
                json!({
                    "who": claim.who,
                    "when": words::moment(claim.at),
                    "value": fields[contested.field],
                })
            });
            json!({
                "kind": words::kind(contested.about.kind),
                "field": contested.field,
                "values": values.collect::<Vec<_>>(),
            })
        };
        self.contested.iter().map(one).collect()
    }

    pub(super) fn json(&self, fields: &Value) -> Value {
        let hex = |bytes: [u8; 32]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
        json!({
            "code": self.code.as_str(),
            "kind": words::kind(self.entity.kind),
            // A concern stands somewhere in a life of its own.
            "state": fields["life"].as_str().unwrap_or(self.dossier.state.as_str()),
            "revision": self.revision.map(hex),
            "fields": fields,
            "history": self.history.iter().map(line).collect::<Vec<_>>(),
            "thread": self.thread.iter().map(review::line).collect::<Vec<_>>(),
            "conflicts": self.conflicts(),
            "copies": words::copies(self.copies),
        })
    }
}

pub(super) fn line(line: &HistoryLine) -> Value {
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

/// Writes the record in words.
pub(super) fn lines(desk: &Desk, found: &Found, fields: &Value) {
    let kind = desk.speech.text(&record_text(found.entity.kind));
    let head = show::record(
        common::words(capital(&kind)),
        found.code.as_str(),
        state_name(found.dossier.state),
    );
    put(&desk.speech.text(&head));
    let plain = Plain {
        desk,
        setup: &found.setup,
    };
    let of = words::kind(found.entity.kind);
    if let Some(fields) = fields.as_object() {
        plain.fields(fields, of.as_str().unwrap_or_default(), 0);
    }
    for happened in &found.history {
        put(&event_line(desk, happened));
    }
}

/// Writes a line of a history in words.
pub(super) fn event_line(desk: &Desk, line: &HistoryLine) -> String {
    let language = desk.speech.language();
    let at = line.at.local();
    let what = event_text(&line.event, |text| desk.speech.text(text));
    format!(
        "{} {}  {} · {} · {}",
        language.date(at.date()),
        language.time(at.time()),
        line.who,
        desk.speech.text(&record_text(line.about.kind)),
        desk.speech.text(&what),
    )
}
