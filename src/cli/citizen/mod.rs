//! `citizen`: everything held on one person, on that person's own request: found, shown, exported, corrected, erased.
//!
//! Name and village come from a file or the terminal, never from an argument, and are said again nowhere. First comes
//! the entry in the log: what could not be written down is not done.

mod ask;
mod erase;
mod paper;

use serde_json::{Value, json};

use super::args::{CitizenDeed, Contents, Form, Requested};
use super::desk::{Desk, put, put_json};
use super::stop::{Exit, Stop};
use super::words;
use crate::app::dialogs::citizen_field;
use crate::app::{record_text, sought};
use crate::domain::{DataDeed, Held, Sought};
use crate::i18n::messages::privacy;
use crate::runtime::logbook::{Logbook, moment};
use crate::store::{Elsewhere, request};
use crate::text::clean::for_screen;
use ask::Asked;

/// Does what was asked for.
pub fn run(desk: &Desk, asked: &Requested) -> Result<Exit, Stop> {
    match &asked.deed {
        CitizenDeed::Find { contents, form } => find(desk, asked, *contents, *form),
        CitizenDeed::Export { path } => paper::export(desk, asked, path),
        CitizenDeed::Correct { code } => correct(desk, asked, code),
        CitizenDeed::Erase { whose, confirmed } => erase::erase(desk, asked, *whose, *confirmed),
        CitizenDeed::Offered(form) => erase::offered(desk, *form),
        CitizenDeed::Log(form) => log(desk, *form),
    }
}

/// What was found of whom.
struct Found {
    asked: Asked,
    sought: Sought,
    held: Vec<Held>,
    elsewhere: Elsewhere,
}

/// Looks for the citizen.
fn look(desk: &Desk, logbook: &Logbook, asked: &Requested) -> Result<Found, Stop> {
    must_hold(desk, logbook)?;
    let who = ask::ask(desk, asked.ask_file.as_deref())?;
    let setup = desk.setup()?;
    let reader = logbook.store.reader();
    let names = desk.with(|| Ok(reader.names()?))?;
    let sought = sought(&who.name, &who.village, &names, &setup.communes)
        .ok_or_else(|| Stop::refused(privacy::not_a_full_name()))?;
    let (held, elsewhere) =
        desk.with(|| Ok((reader.held_on(&sought)?, reader.named_elsewhere(&sought)?)))?;
    Ok(Found {
        asked: who,
        sought,
        held,
        elsewhere,
    })
}

/// Only who holds citizens' names may look for one.
fn must_hold(desk: &Desk, logbook: &Logbook) -> Result<(), Stop> {
    let profile = desk.with(|| Ok(logbook.store.reader().profile()?))?;
    match profile.role.keeps_names() {
        true => Ok(()),
        false => Err(Stop::refused(privacy::not_held())),
    }
}

fn note(
    desk: &Desk,
    logbook: &mut Logbook,
    (deed, held): (DataDeed, &[Held]),
    asked: &Requested,
) -> Result<(), Stop> {
    let line = request(deed, held, &asked.paper, asked.received);
    let now = moment(&desk.clock);
    let (store, ids) = (&logbook.store, &mut logbook.ids);
    desk.with(|| store.note_data_request(&line, now, ids))
}

fn find(desk: &Desk, asked: &Requested, contents: Contents, form: Form) -> Result<Exit, Stop> {
    let mut logbook = desk.open()?;
    let found = look(desk, &logbook, asked)?;
    let deed = match contents {
        Contents::Hidden => DataDeed::Found,
        Contents::Shown => DataDeed::Shown,
    };
    note(desk, &mut logbook, (deed, &found.held), asked)?;
    match form {
        Form::Json => put_json(&json!({
            "found": found.held.iter().map(|held| value(held, contents)).collect::<Vec<_>>(),
            "waiting_rows": found.elsewhere.waiting.len(),
            "unsaved": found.elsewhere.typing,
        })),
        Form::Words => lines(desk, &found.held, contents),
    }
    desk.say(&privacy::found(found.held.len() as u64));
    say_elsewhere(desk, &found.elsewhere);
    Ok(Exit::Done)
}

fn say_elsewhere(desk: &Desk, elsewhere: &Elsewhere) {
    if !elsewhere.waiting.is_empty() {
        desk.say(&privacy::found_waiting(elsewhere.waiting.len() as u64));
    }
    if elsewhere.typing > 0 {
        desk.say(&privacy::found_typing(elsewhere.typing as u64));
    }
}

/// Gives what a record holds; hidden contents are only said to be there.
fn value(held: &Held, contents: Contents) -> Value {
    let field = |(name, text): &(&'static str, String)| {
        let shown = match contents {
            Contents::Hidden => Value::Null,
            Contents::Shown => text.as_str().into(),
        };
        ((*name).to_owned(), shown)
    };
    json!({
        "code": held.code.as_str(),
        "kind": words::kind(held.of.kind),
        "date": held.date.map(|date| date.to_string()),
        "fields": held.fields.iter().map(field).collect::<serde_json::Map<_, _>>(),
    })
}

fn lines(desk: &Desk, held: &[Held], contents: Contents) {
    for held in held {
        let date = held.date.map(|date| desk.speech.language().date(date));
        let kind = desk.speech.text(&record_text(held.of.kind));
        let fields = held.fields.iter().map(|(name, _)| label(desk, name));
        let fields: Vec<String> = fields.collect();
        put(&format!(
            "{}  {}  {kind}: {}",
            held.code.as_str(),
            date.unwrap_or_else(|| "–".to_owned()),
            fields.join(", ")
        ));
        if contents == Contents::Shown {
            for (name, text) in &held.fields {
                for line in text.lines() {
                    put(&format!("    {}: {}", label(desk, name), for_screen(line)));
                }
            }
        }
    }
}

/// Names a field of particulars.
fn label(desk: &Desk, name: &str) -> String {
    desk.speech.text(&citizen_field(name))
}

/// Puts the particulars that were given in the place of those of one record.
fn correct(desk: &Desk, asked: &Requested, code: &str) -> Result<Exit, Stop> {
    let mut logbook = desk.open()?;
    let found = look(desk, &logbook, asked)?;
    let entity = desk.find(&logbook.store.reader(), code)?;
    let of = found.held.iter().find(|held| held.of == entity);
    let held = of.ok_or_else(|| Stop::refused(privacy::not_theirs()))?;
    if held.record.kind != crate::domain::EntityKind::Particulars {
        return Err(Stop::refused(privacy::only_particulars()));
    }
    if found.asked.corrections.is_empty() {
        return Err(Stop::refused(privacy::nothing_to_correct()));
    }
    let line = request(
        DataDeed::Corrected,
        std::slice::from_ref(held),
        &asked.paper,
        asked.received,
    );
    let now = moment(&desk.clock);
    let (store, ids) = (&logbook.store, &mut logbook.ids);
    let corrections = &found.asked.corrections;
    desk.with(|| {
        store.correct_particulars(
            (held.record, &line),
            |citizen| corrections.iter().for_each(|one| one.apply(citizen)),
            now,
            ids,
        )
    })?;
    desk.say(&privacy::corrected(held.code.as_str()));
    Ok(Exit::Done)
}

fn log(desk: &Desk, form: Form) -> Result<Exit, Stop> {
    let logbook = desk.open()?;
    must_hold(desk, &logbook)?;
    let reader = logbook.store.reader();
    let (requests, names) = desk.with(|| Ok((reader.data_requests()?, reader.names()?)))?;
    let who = |request: &crate::domain::DataRequest| {
        let mut people = names.people.iter();
        let person = people.find(|(id, _)| Some(*id) == request.person);
        person.map(|(_, person)| person.name.clone())
    };
    match form {
        Form::Json => {
            let row = |request: &crate::domain::DataRequest| {
                json!({
                    "on": request.on.map(|day| day.to_string()),
                    "what": request.deed.map(|deed| deed.as_str()),
                    "records": request.records.len(),
                    "paper": request.paper,
                    "received": request.received.map(|day| day.to_string()),
                    "who": who(request),
                })
            };
            put_json(&json!({ "rows": requests.iter().map(row).collect::<Vec<_>>() }));
        }
        Form::Words => {
            for request in &requests {
                let language = desk.speech.language();
                let on = request.on.map(|day| language.date(day)).unwrap_or_default();
                let what = request.deed.map(deed_text);
                let what = what.map(|text| desk.speech.text(&text)).unwrap_or_default();
                let records = desk
                    .speech
                    .text(&privacy::records(request.records.len() as u64));
                let who = who(request).unwrap_or_default();
                let paper = for_screen(&request.paper).into_owned();
                put(format!("{on}  {what} · {records} · {who} · {paper}").trim_end_matches(" · "));
            }
        }
    }
    Ok(Exit::Done)
}

fn deed_text(deed: DataDeed) -> crate::i18n::Text {
    match deed {
        DataDeed::Found => privacy::deed_found(),
        DataDeed::Shown => privacy::deed_shown(),
        DataDeed::Exported => privacy::deed_exported(),
        DataDeed::Corrected => privacy::deed_corrected(),
        DataDeed::Erased => privacy::deed_erased(),
    }
}
