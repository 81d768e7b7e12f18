//! `review`: the cell's queue and what it says.

use serde_json::{Value, json};

use super::args::{Books, Form, Reviewing, Showing};
use super::desk::{Desk, put, put_json};
use super::roster::hex;
use super::stop::{Exit, Stop};
use super::{confirm, show, steps, words};
use crate::app::Setup;
use crate::domain::{Book, Day, Queued, Say, ThreadLine, VisitId};
use crate::i18n::messages::{cli, exchange as messages, joined as texts, review};
use crate::runtime::joined::{self, newest_first};
use crate::runtime::logbook::{Logbook, moment};
use crate::runtime::{Clock, settings};
use crate::text::clean::{clean_line, for_screen};

/// Digits of a revision that people read and type.
pub(super) const SHORT: usize = 12;
/// Visits of the queue that are shown at most.
const MOST: usize = 10_000;

/// Does what a reviewer wants.
pub fn run(desk: &Desk, what: Reviewing) -> Result<Exit, Stop> {
    match what {
        Reviewing::List { form, books } => list(desk, (form, books)),
        Reviewing::Join(folder) => {
            let own = desk.paths.own("settings.toml");
            let other = desk.folder.beside(&folder);
            let path = settings::join(own.as_deref(), &desk.folder, &other);
            let path = path.map_err(Stop::refused)?.display().to_string();
            desk.say(&texts::noted_command(for_screen(&path).into_owned()));
            Ok(Exit::Done)
        }
        Reviewing::Part(folder) => {
            let own = desk.paths.own("settings.toml");
            settings::part(own.as_deref(), &folder).map_err(Stop::refused)?;
            let path = folder.display().to_string();
            desk.say(&texts::parted(for_screen(&path).into_owned()));
            Ok(Exit::Done)
        }
        Reviewing::Show { code, form } => look(desk, &code, form),
        Reviewing::Confirm {
            code,
            revision,
            compared,
        } => confirm::run(desk, (&code, &revision), compared),
        Reviewing::Say { code, say, text } => speak(desk, &code, say, &text),
        Reviewing::Paper { code, number, on } => on_paper(desk, &code, &number, on),
    }
}

fn list(desk: &Desk, (form, books): (Form, Books)) -> Result<Exit, Stop> {
    let (open, passphrase) = desk.open_with_passphrase()?;
    let setup = desk.setup()?;
    let mut queue = desk.with(|| Ok(open.store.reader().review_queue(MOST)?))?;
    let mut folders = vec![desk.folder.clone()];
    let mut closed = Vec::new();
    if books == Books::All {
        let more = joined::queues(&open, &setup.joined, (&passphrase, MOST), &desk.clock);
        for (folder, more) in more {
            match more {
                Ok(more) => {
                    let at = folders.len().try_into().unwrap_or(u16::MAX);
                    let book = Book::Joined(at);
                    queue.extend(more.into_iter().map(|queued| Queued { book, ..queued }));
                    folders.push(folder);
                }
                Err(why) => closed.push((folder.path().display().to_string(), why)),
            }
        }
        newest_first(&mut queue);
    }
    let rows = queue.iter().map(|queued| {
        let mut row = row(&setup, queued);
        if let (Books::All, Some(row)) = (books, row.as_object_mut()) {
            let at = match queued.book {
                Book::Own => 0,
                Book::Joined(at) => usize::from(at),
            };
            let folder = folders
                .get(at)
                .map(|folder| folder.path().display().to_string());
            row.insert("unit".to_owned(), queued.unit.clone().into());
            row.insert("logbook".to_owned(), folder.into());
        }
        row
    });
    let rows: Vec<Value> = rows.collect();
    match (form, books) {
        (Form::Json, Books::One) => put_json(&json!({ "rows": rows })),
        (Form::Json, Books::All) => {
            let closed = closed
                .iter()
                .map(|(folder, why)| json!({ "logbook": folder, "why": desk.speech.text(why) }));
            let closed: Vec<Value> = closed.collect();
            put_json(&json!({ "rows": rows, "not_opened": closed }));
        }
        (Form::Words, books) => {
            let mut names = vec!["code", "date", "place", "author", "since"];
            if books == Books::All {
                names.extend(["unit", "logbook"]);
            }
            for row in &rows {
                let cell = |name: &&str| row[*name].as_str().unwrap_or("–").to_owned();
                put(&names.iter().map(cell).collect::<Vec<_>>().join("\t"));
            }
        }
    }
    for (folder, why) in closed {
        desk.say(&texts::closed(for_screen(&folder).into_owned(), why));
    }
    desk.say(&match folders.len() {
        1 => messages::queue(rows.len()),
        books => texts::queue(rows.len(), books),
    });
    Ok(Exit::Done)
}

fn row(setup: &Setup, queued: &Queued) -> Value {
    let row = &queued.row;
    let on = row.to.or(row.from);
    json!({
        "code": row.code.as_str(),
        "date": words::day(on),
        "place": setup.site_on(&row.site, on),
        "author": queued.author,
        "revision": hex(&queued.revision),
        "since": queued.since.as_str(),
        "state": row.state.as_str(),
    })
}

/// Writes a line of a thread.
pub fn line(line: &ThreadLine) -> Value {
    json!({
        "when": words::moment(line.at),
        "who": line.who,
        "what": line.say.as_str(),
        "text": words::text(&line.text),
        "current": line.current,
        "paper": words::text(&line.paper),
        "on": words::day(line.on),
    })
}

/// Shows a visit with what is not as it was when it was last looked at, and takes note of the look.
fn look(desk: &Desk, code: &str, form: Form) -> Result<Exit, Stop> {
    let open = desk.open()?;
    let (visit, _) = steps::visit(desk, &open.store.reader(), code)?;
    present(desk, &open, visit, form)?;
    desk.with(|| Ok(open.store.look(visit)?))?;
    Ok(Exit::Done)
}

/// Writes a visit with what is not as it was when it was last looked at, and the revision that it is.
pub(super) fn present(desk: &Desk, open: &Logbook, visit: VisitId, form: Form) -> Result<(), Stop> {
    let reader = open.store.reader();
    let changes = desk.with(|| Ok(reader.changes(visit)?))?;
    let found = show::find(desk, &reader, visit.into(), visit)?;
    let fields = found.fields(desk, &reader, Showing::Masked)?;
    let mut value = found.json(&fields);
    let mut changed = Vec::new();
    for change in changes.iter().flatten() {
        let code = desk.with(|| Ok(reader.code(change.about)?))?;
        let (before, now) = (found.part(&change.before), found.part(&change.now));
        changed.extend(change.fields.iter().map(|field| {
            json!({
                "code": code.as_str(),
                "kind": words::kind(change.about.kind),
                "field": field,
                "before": before[field],
                "after": now[field],
            })
        }));
    }
    if let Some(object) = value.as_object_mut() {
        object.insert("changed".to_owned(), changed.into());
    }
    match form {
        Form::Json => put_json(&value),
        Form::Words => {
            show::lines(desk, &found, &fields);
            if let Some(revision) = value["revision"].as_str() {
                let short = revision.get(..SHORT).unwrap_or(revision);
                put(&desk.speech.text(&review::revision(short)));
            }
            for item in value["changed"].as_array().into_iter().flatten() {
                let cell = |name: &str| match &item[name] {
                    Value::Null => "–".to_owned(),
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                let what = ["code", "kind", "field"].map(cell).join("\t");
                put(&format!("{what}\t{} → {}", cell("before"), cell("after")));
            }
            for item in value["thread"].as_array().into_iter().flatten() {
                let cell = |name: &str| item[name].as_str().unwrap_or("–").to_owned();
                put(&["when", "who", "what", "text"].map(cell).join("\t"));
            }
        }
    }
    Ok(())
}

/// Writes down that the cell confirmed a visit on paper.
fn on_paper(desk: &Desk, code: &str, number: &str, on: Day) -> Result<Exit, Stop> {
    let number = clean_line(number).trim().to_owned();
    if number.is_empty() {
        return Err(Stop::usage(cli::usage_missing("--number")));
    }
    if on > desk.clock.today() {
        return Err(Stop::refused(review::paper_day_wrong()));
    }
    let mut open = desk.open()?;
    let (visit, code) = steps::visit(desk, &open.store.reader(), code)?;
    let now = moment(&desk.clock);
    desk.with(|| {
        open.store
            .confirm_on_paper(visit, (number, on), now, &mut open.ids)
    })?;
    desk.say(&review::on_paper(code));
    Ok(Exit::Done)
}

fn speak(desk: &Desk, code: &str, say: Say, text: &str) -> Result<Exit, Stop> {
    let text = clean_line(text).trim().to_owned();
    match say {
        Say::Return if text.is_empty() => return Err(Stop::usage(cli::usage_missing("--reason"))),
        Say::Ask | Say::Conclude if text.is_empty() => {
            return Err(Stop::usage(cli::usage_missing("TEXT")));
        }
        Say::Confirm | Say::Return | Say::Ask | Say::OnPaper | Say::Conclude => {}
    }
    let mut open = desk.open()?;
    let (visit, code) = steps::visit(desk, &open.store.reader(), code)?;
    let now = moment(&desk.clock);
    desk.with(|| {
        let said = (say, text);
        open.store.review(visit, said, None, now, &mut open.ids)
    })?;
    desk.with(|| Ok(open.store.look(visit)?))?;
    desk.say(&match say {
        Say::Confirm => messages::confirmed(code),
        Say::Return => messages::returned(code),
        Say::Ask => messages::asked(code),
        Say::OnPaper => review::on_paper(code),
        Say::Conclude => review::concluded(code),
    });
    Ok(Exit::Done)
}
