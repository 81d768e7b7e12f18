//! What is held on a citizen, for the citizen to take along: JSON, or a plain page to print.

use std::path::Path;

use serde_json::json;

use super::super::args::{Contents, Requested};
use super::super::desk::Desk;
use super::super::stop::{Exit, Stop};
use super::{label, look, note, say_elsewhere, value};
use crate::app::record_text;
use crate::domain::{DataDeed, Held};
use crate::i18n::messages::privacy;
use crate::runtime::Clock;
use crate::runtime::outfile::RealDisk;
use crate::runtime::whole::{WholeError, write_whole};
use crate::text::clean::{capital, for_screen};

/// Writes everything that is held into a file; how the name ends says as what.
pub(super) fn export(desk: &Desk, asked: &Requested, path: &Path) -> Result<Exit, Stop> {
    let shown = for_screen(&path.display().to_string()).into_owned();
    let ending = path.extension().and_then(|end| end.to_str());
    let ending = ending.map(str::to_lowercase).unwrap_or_default();
    let write: fn(&Desk, &[Held]) -> String = match ending.as_str() {
        "json" => document,
        "html" | "htm" => page,
        _ => return Err(Stop::refused(privacy::json_or_html(shown))),
    };
    let mut logbook = desk.open()?;
    let found = look(desk, &logbook, asked)?;
    note(desk, &mut logbook, (DataDeed::Exported, &found.held), asked)?;
    let content = write(desk, &found.held);
    let folder = desk.folder.path();
    let written = write_whole(&RealDisk, path, &ending, folder, content.as_bytes());
    written.map_err(|error| {
        Stop::refused(match error {
            WholeError::Name(_) => privacy::bad_file_name(&shown),
            WholeError::File(error) => {
                privacy::not_written(&shown, crate::app::system_text(&error))
            }
            WholeError::Unlike => privacy::not_read_back(&shown),
        })
    })?;
    desk.say(&privacy::exported(found.held.len() as u64, shown));
    say_elsewhere(desk, &found.elsewhere);
    Ok(Exit::Done)
}

fn document(desk: &Desk, held: &[Held]) -> String {
    let found = held.iter().map(|held| value(held, Contents::Shown));
    let value = json!({
        "date": desk.clock.today().to_string(),
        "found": found.collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}

fn page(desk: &Desk, held: &[Held]) -> String {
    let say = |text: &crate::i18n::Text| escaped(&desk.speech.text(text));
    let language = desk.speech.language();
    let title = say(&privacy::page_title());
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{title}</title>\n\
         <style>body{{font:13pt serif;margin:2cm}}table{{border-collapse:collapse;width:100%;margin-bottom:1em}}\
         td,th{{border:1px solid;padding:4px;text-align:left;vertical-align:top}}th{{width:30%}}</style></head>\n\
         <body><h1>{title}</h1>\n<p>{}</p>\n",
        language.code(),
        say(&privacy::page_head(desk.clock.today(), held.len() as u64)),
    );
    for held in held {
        let date = held
            .date
            .map(|date| language.date(date))
            .unwrap_or_default();
        let kind = capital(&desk.speech.text(&record_text(held.of.kind)));
        let kind = escaped(&kind);
        out.push_str(&format!(
            "<h2>{kind} {} {date}</h2>\n<table>",
            held.code.as_str()
        ));
        for (name, text) in &held.fields {
            let (name, text) = (escaped(&label(desk, name)), escaped(text));
            let text = text.replace('\n', "<br>");
            out.push_str(&format!("<tr><th>{name}</th><td>{text}</td></tr>\n"));
        }
        out.push_str("</table>\n");
    }
    out.push_str("</body></html>\n");
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
