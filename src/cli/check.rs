//! `check`: all damage of the file, listed; with `--rebuild` the views are made again first.

use serde_json::{Value, json};

use super::args::{Checking, Form};
use super::desk::{Desk, put, put_json};
use super::stop::{Exit, Stop};
use crate::app::lost_text;
use crate::i18n::Text;
use crate::i18n::messages::cli;
use crate::journal::Stream;
use crate::runtime::logbook::{self, OpenError};
use crate::runtime::trouble;
use crate::store::{Damage, Fault, Report, StoreError};

/// Checks, and writes what was found.
pub fn run(desk: &Desk, checking: Checking, form: Form) -> Result<Exit, Stop> {
    if !desk.folder.holds_logbook() {
        return Err(OpenError::Missing(desk.folder.path().to_owned()).into());
    }
    let passphrase = desk.source().passphrase()?;
    let report = match logbook::unlock(&desk.folder, &passphrase, &desk.clock) {
        Ok(mut open) => {
            if let Some(head) = open.lost {
                desk.say(&lost_text(&trouble::lost(head)));
            }
            if checking == Checking::Rebuild {
                let rebuilt = desk.with(|| Ok(open.store.rebuild()?))?;
                desk.say(&cli::rebuilt(rebuilt.entries));
            }
            desk.with(|| Ok(open.store.check()?))?
        }
        Err(error) if is_damage(&error) => Report {
            entries: 0,
            damage: vec![Damage::File],
        },
        Err(error) => return Err(error.into()),
    };
    write(desk, &report, form);
    Ok(if report.damage.is_empty() {
        Exit::Done
    } else {
        Exit::Damage
    })
}

/// Tells whether the file itself does not open.
fn is_damage(error: &OpenError) -> bool {
    match error {
        OpenError::Panicked(_) => true,
        OpenError::Store { source, .. } => {
            matches!(source, StoreError::Damaged(_) | StoreError::NotALogbook)
        }
        OpenError::Exists(_)
        | OpenError::Missing(_)
        | OpenError::Keys(_)
        | OpenError::Io { .. } => false,
    }
}

fn write(desk: &Desk, report: &Report, form: Form) {
    let damage: Vec<Value> = report.damage.iter().map(damage).collect();
    let count = damage.len();
    match form {
        Form::Json => put_json(&json!({ "entries": report.entries, "damage": damage })),
        Form::Words => {
            for one in &report.damage {
                put(&desk.speech.text(&in_words(one)));
            }
        }
    }
    desk.say(&match (count, report.entries) {
        (0, entries) => cli::check_clean(entries),
        (_, 0) => cli::check_nothing(desk.folder.logbook().display().to_string()),
        (_, entries) => cli::check_damage(count, entries),
    });
}

/// Says in words where damage is.
fn in_words(damage: &Damage) -> Text {
    match damage {
        Damage::File => cli::damage_file(),
        Damage::Table(name) => cli::damage_table(*name),
        Damage::View(name) => cli::damage_view(*name),
        Damage::Entry {
            device,
            stream,
            seq,
            fault,
        } => {
            let device: String = device.0.iter().map(|b| format!("{b:02x}")).collect();
            let stream = match name(*stream) {
                Value::String(name) => name,
                other => other.to_string(),
            };
            let fault = match fault {
                Fault::Unreadable => cli::fault_unreadable(),
                Fault::Body => cli::fault_body(),
                Fault::Chain(_) => cli::fault_chain(),
                Fault::Unsigned => cli::fault_unsigned(),
                Fault::NoKey => cli::fault_no_key(),
            };
            cli::damage_entry(*seq, stream, device, fault)
        }
    }
}

fn damage(damage: &Damage) -> Value {
    match damage {
        Damage::File => json!({ "what": "file" }),
        Damage::Table(name) => json!({ "what": "table", "name": name }),
        Damage::Entry {
            device,
            stream,
            seq,
            fault,
        } => {
            let device: String = device.0.iter().map(|byte| format!("{byte:02x}")).collect();
            json!({
                "what": "entry",
                "device": device,
                "stream": name(*stream),
                "seq": seq,
                "fault": why(*fault),
            })
        }
        Damage::View(name) => json!({ "what": "view", "name": name }),
    }
}

fn name(stream: Stream) -> Value {
    match stream {
        Stream::Roster => json!("roster"),
        Stream::Open => json!("open"),
        Stream::Petition => json!("petition"),
        Stream::Sealed => json!("sealed"),
        Stream::Unknown(number) => json!(number),
    }
}

fn why(fault: Fault) -> &'static str {
    match fault {
        Fault::Unreadable => "unreadable",
        Fault::Body => "body",
        Fault::Chain(_) => "chain",
        Fault::Unsigned => "unsigned",
        Fault::NoKey => "no_key",
    }
}
