//! `roster` and `new --join`: who may read and sign what.

use std::io::{self, BufRead, IsTerminal};
use std::path::Path;

use serde_json::{Value, json};

use super::args::{Compared, Form, Joining, Rostering};
use super::desk::{Desk, put, put_json, tell};
use super::stop::{Exit, Stop};
use crate::app::{gets, role_name};
use crate::domain::{Profile, Role};
use crate::exchange::{Invite, Request};
use crate::i18n::messages::{cli, exchange as messages, first_run, review};
use crate::journal::{DeviceId, Signer, Stream};
use crate::keys::{Roster, Seat};
use crate::runtime::door::{self, Shut};
use crate::runtime::logbook::{self, Logbook, OpenError, moment};
use crate::text::clean::{clean_line, for_screen};

/// Does what is wanted with the roster.
pub fn run(desk: &Desk, what: Rostering) -> Result<Exit, Stop> {
    match what {
        Rostering::Show(form) => show(desk, form),
        Rostering::Invite { role, cell, path } => invite(desk, role, &cell, &path),
        Rostering::Admit { request, compared } => admit(desk, &request, compared),
        Rostering::Revoke { device } => revoke(desk, &device),
        Rostering::Keeper { device } => keeper(desk, &device),
    }
}

/// Writes bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn shown(path: &Path) -> String {
    for_screen(&path.display().to_string()).into_owned()
}

fn show(desk: &Desk, form: Form) -> Result<Exit, Stop> {
    let open = desk.open()?;
    let roster = desk.with(|| Ok(open.store.reader().roster()?))?;
    let own = open.store.device().device();
    let rows: Vec<Value> = roster
        .seats()
        .map(|(id, seat)| row(id, seat, own))
        .collect();
    match form {
        Form::Json => {
            let logbook = desk.with(|| Ok(open.store.reader().identity()?))?.logbook;
            put_json(&json!({ "logbook": hex(&logbook.0), "devices": rows }));
        }
        Form::Words => {
            for row in rows {
                let cell = |name: &str| row[name].as_str().unwrap_or("–").to_owned();
                let mut cells = ["device", "name", "role", "cell"].map(cell).to_vec();
                cells.push(words(&row["reads"]));
                for mark in ["keeper", "revoked", "here"] {
                    if row[mark] == json!(true) {
                        cells.push(mark.to_owned());
                    }
                }
                put(&cells.join("\t"));
            }
        }
    }
    Ok(Exit::Done)
}

fn words(list: &Value) -> String {
    let words = list.as_array().into_iter().flatten();
    let words: Vec<&str> = words.filter_map(Value::as_str).collect();
    words.join(",")
}

fn row(device: DeviceId, seat: &Seat, own: DeviceId) -> Value {
    let streams = Stream::ALL.into_iter().filter(|stream| seat.reads(*stream));
    let name = |stream| match stream {
        Stream::Roster => "roster",
        Stream::Open => "open",
        Stream::Petition => "petition",
        Stream::Sealed => "sealed",
        Stream::Unknown(_) => "unknown",
    };
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    json!({
        "device": hex(&device.0),
        "name": text(&seat.name),
        "role": seat.role.map(Role::as_str),
        "cell": text(&seat.cell),
        "reads": streams.map(name).collect::<Vec<_>>(),
        "admitted": !seat.recipient.is_empty(),
        "keeper": seat.keeper,
        "revoked": seat.revoked,
        "here": device == own,
    })
}

fn invite(desk: &Desk, role: Role, cell: &str, path: &Path) -> Result<Exit, Stop> {
    let mut open = desk.open()?;
    let words = door::invite(&mut open, &desk.clock, (role, cell), path);
    let words = words.map_err(|shut| refused(desk, shut, path))?;
    desk.say(&messages::invite_made(shown(path)));
    desk.say(&messages::compare_invite());
    desk.say(&messages::words(words));
    Ok(Exit::Done)
}

/// Says why nobody was invited or let in; `path` is the small file.
fn refused(desk: &Desk, shut: Shut, path: &Path) -> Stop {
    match shut {
        Shut::Why(why) => Stop::refused(why),
        Shut::File(error) => Stop::store(error.into(), path),
        Shut::Logbook(error) => Stop::write(error, &desk.folder.logbook()),
    }
}

/// Makes the copy of a logbook on this device, and the request to be let in.
pub fn join(desk: &Desk, joining: Joining) -> Result<Exit, Stop> {
    if desk.folder.holds_logbook() {
        return Err(OpenError::Exists(desk.folder.path().to_owned()).into());
    }
    let bytes = door::read(&joining.invite, messages::not_an_invite);
    let bytes = bytes.map_err(|shut| refused(desk, shut, &joining.invite))?;
    let invite = Invite::from_bytes(&bytes)
        .ok_or_else(|| Stop::refused(messages::not_an_invite(shown(&joining.invite))))?;
    if joining.request.exists() {
        let at = shown(&joining.request);
        return Err(Stop::refused(messages::file_exists(at)));
    }
    let name = clean_line(&joining.name);
    if name.trim().is_empty() {
        return Err(Stop::usage(first_run::name_missing()));
    }
    let unit = match joining.unit.trim().is_empty() {
        true => invite.name.clone(),
        false => clean_line(&joining.unit),
    };
    let profile = Profile {
        name,
        post: clean_line(&joining.post),
        unit,
        role: invite.role,
    };
    let passphrase = desk.source().new_passphrase()?;
    let made = logbook::join(&desk.folder, profile, &invite, &passphrase, &desk.clock)?;
    let (open, paper) = made;
    let request = request(desk, &open, &invite)?;
    let signer = Signer::from_seed(open.ring.device().as_bytes());
    let written = door::write(&joining.request, &request.to_bytes(&signer));
    written.map_err(|shut| refused(desk, shut, &joining.request))?;
    desk.say(&messages::words(invite.words()));
    desk.say(&messages::compare_invite());
    desk.say(&messages::joined(desk.folder.path().display().to_string()));
    desk.say(&messages::words(request.words()));
    desk.say(&messages::compare_request());
    desk.say(&cli::recovery_once());
    tell(paper.expose());
    Ok(Exit::Done)
}

fn request(desk: &Desk, open: &Logbook, invite: &Invite) -> Result<Request, Stop> {
    let reader = open.store.reader();
    let (identity, profile) = desk.with(|| Ok((reader.identity()?, reader.profile()?)))?;
    Ok(Request {
        logbook: identity.logbook,
        member: identity.member,
        name: profile.name,
        role: invite.role,
        cell: invite.cell.clone(),
        key: open.store.device(),
        recipient: open.ring.exchange().to_public().to_string(),
        person: identity.me,
    })
}

fn admit(desk: &Desk, path: &Path, compared: Compared) -> Result<Exit, Stop> {
    let mut open = desk.open()?;
    let request = door::request(&open, path);
    let (request, _) = request.map_err(|shut| refused(desk, shut, path))?;
    let name = for_screen(&request.name).into_owned();
    desk.say(&messages::admit_who(name.clone(), role_name(request.role)));
    desk.say(&gets(request.role));
    desk.say(&messages::words(request.words()));
    match compared {
        Compared::Yes => {}
        Compared::Ask if compared_now(desk) => {}
        Compared::Ask => return Err(Stop::refused(messages::not_admitted())),
    }
    let admitted = door::admit(&mut open, &desk.clock, &request);
    admitted.map_err(|shut| refused(desk, shut, path))?;
    desk.say(&messages::admitted(name));
    Ok(Exit::Done)
}

/// Asks whether the words are the same; nobody to ask means no.
fn compared_now(desk: &Desk) -> bool {
    if !io::stdin().is_terminal() {
        return false;
    }
    desk.say(&messages::admit_ask());
    agreed()
}

/// Reads whether a person said yes.
pub(super) fn agreed() -> bool {
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line);
    read.is_ok() && matches!(line.trim(), "c" | "C" | "y" | "Y")
}

fn revoke(desk: &Desk, typed: &str) -> Result<Exit, Stop> {
    let mut open = desk.open()?;
    let roster = desk.with(|| Ok(open.store.reader().roster()?))?;
    let (device, name) = find(&roster, typed)?;
    let now = moment(&desk.clock);
    desk.with(|| open.store.revoke(device, now, &mut open.ids))?;
    desk.say(&messages::revoked(name));
    Ok(Exit::Done)
}

fn keeper(desk: &Desk, typed: &str) -> Result<Exit, Stop> {
    let mut open = desk.open()?;
    let roster = desk.with(|| Ok(open.store.reader().roster()?))?;
    let (device, name) = find(&roster, typed)?;
    let now = moment(&desk.clock);
    desk.with(|| open.store.name_keeper(device, now, &mut open.ids))?;
    desk.say(&review::keeper_named(name));
    Ok(Exit::Done)
}

fn find(roster: &Roster, typed: &str) -> Result<(DeviceId, String), Stop> {
    let typed = typed.trim();
    let matches = |(device, seat): &(DeviceId, &Seat)| {
        let by_code = !typed.is_empty() && hex(&device.0).starts_with(&typed.to_lowercase());
        !seat.revoked && (by_code || seat.name == typed)
    };
    let found: Vec<(DeviceId, &Seat)> = roster.seats().filter(matches).collect();
    match found.as_slice() {
        [(device, seat)] => Ok((*device, seat.name.clone())),
        [] => Err(Stop::refused(messages::no_device(typed))),
        [_, _, ..] => Err(Stop {
            lines: found.iter().map(|(device, _)| hex(&device.0)).collect(),
            ..Stop::refused(messages::several_devices(typed))
        }),
    }
}
