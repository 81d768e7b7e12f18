//! The boxes about one citizen and about who denounced.

use ratatui::layout::Rect;

use super::canvas::{Canvas, Focus};
use crate::app::Target;
use crate::app::dialogs::{CitizenAsk, Contents, HeldSeen, Personal, SealAsk, citizen_field};
use crate::app::record_text;
use crate::config::theme::Role;
use crate::i18n::messages::privacy;

/// Columns of the labels.
const LABELS: u16 = 18;
/// Rows of the box with what was found.
const ROWS: u16 = 20;

pub(super) fn draw(canvas: &mut Canvas<'_>, open: &Personal) {
    match open {
        Personal::Citizen(ask) => citizen(canvas, ask),
        Personal::Seal(ask) => seal(canvas, ask),
    }
}

fn citizen(canvas: &mut Canvas<'_>, ask: &CitizenAsk) {
    let title = canvas.say(&privacy::title_citizen());
    let rows = match ask.found {
        Some(_) => ROWS,
        None => 10,
    };
    let inside = canvas.boxed(76, rows, &title);
    let below = match &ask.found {
        None => {
            asking(canvas, inside, ask);
            inside.y + 5
        }
        Some(found) => held(canvas, inside, ask, found),
    };
    let rest = Rect {
        y: below,
        height: inside.bottom().saturating_sub(below),
        ..inside
    };
    match &ask.problem {
        Some(problem) => {
            let problem = format!("✖ {}", canvas.say(problem));
            canvas.put_wrapped(rest, &problem, Role::Bad);
        }
        None => {
            let how = canvas.say(&match (&ask.found, &ask.erasing) {
                (None, _) => privacy::how_to_ask(),
                (Some(_), Some(_)) => privacy::how_to_erase(),
                (Some(_), None) => privacy::how_to_see(),
            });
            canvas.put_wrapped(rest, &how, Role::Dim);
        }
    }
}

fn asking(canvas: &mut Canvas<'_>, inside: Rect, ask: &CitizenAsk) {
    let labels = [
        privacy::field_name(),
        privacy::slot_village(),
        privacy::slot_paper(),
    ];
    for (at, (label, line)) in labels.iter().zip(&ask.inputs).enumerate() {
        let y = inside.y + 1 + at as u16;
        let focus = Focus::at(ask.at, at);
        let role = match focus {
            Focus::Here => Role::Title,
            Focus::Elsewhere => Role::Dim,
        };
        canvas.tell(inside.x, y, LABELS, label, role);
        let room = inside.width.saturating_sub(LABELS);
        canvas.field((inside.x + LABELS, y), room, &line.0, focus);
        canvas.hit(inside.x, y, inside.width, Target::Field(at));
    }
}

/// Draws what is held, and returns the row below.
fn held(canvas: &mut Canvas<'_>, inside: Rect, ask: &CitizenAsk, found: &HeldSeen) -> u16 {
    let count = found.held.len() as u64;
    canvas.tell(
        inside.x,
        inside.y,
        inside.width,
        &privacy::found(count),
        Role::Title,
    );
    let last = inside.bottom().saturating_sub(6);
    let mut lines = Vec::new();
    for held in &found.held {
        let date = held.date.map(|date| canvas.language().date(date));
        let kind = canvas.say(&record_text(held.of.kind));
        let date = date.unwrap_or_else(|| "–".to_owned());
        lines.push((
            format!("{}  {date}  {kind}", held.code.as_str()),
            Role::Text,
        ));
        for (name, text) in &held.fields {
            let label = canvas.say(&citizen_field(name));
            match found.contents {
                Contents::Hidden => lines.push((format!("    {label}"), Role::Dim)),
                Contents::Shown => {
                    let texts = text.lines().map(|line| format!("    {label}: {line}"));
                    lines.extend(texts.map(|line| (line, Role::Text)));
                }
            }
        }
    }
    if found.waiting > 0 {
        lines.push((
            canvas.say(&privacy::found_waiting(found.waiting)),
            Role::Warn,
        ));
    }
    if found.typing > 0 {
        lines.push((canvas.say(&privacy::found_typing(found.typing)), Role::Warn));
    }
    let room = usize::from(last.saturating_sub(inside.y + 1));
    let top = usize::from(ask.top).min(lines.len().saturating_sub(room));
    for (y, (line, role)) in (inside.y + 1..last).zip(lines.iter().skip(top)) {
        canvas.put(inside.x, y, inside.width, line, *role);
    }
    if let Some(passphrase) = &ask.erasing {
        canvas.secret(
            (inside.x, last),
            inside.width,
            passphrase,
            ask.shown,
            Focus::Here,
        );
    }
    last + 2
}

fn seal(canvas: &mut Canvas<'_>, ask: &SealAsk) {
    let title = canvas.say(&privacy::title_seal());
    let inside = canvas.boxed(68, 9, &title);
    let at = (inside.x, inside.y + 1);
    canvas.secret(at, inside.width, &ask.identity, ask.shown, Focus::Here);
    let rest = Rect {
        y: inside.y + 3,
        height: inside.height.saturating_sub(3),
        ..inside
    };
    match &ask.problem {
        Some(problem) => {
            let problem = format!("✖ {}", canvas.say(problem));
            canvas.put_wrapped(rest, &problem, Role::Bad);
        }
        None => {
            let how = canvas.say(&privacy::how_to_seal());
            canvas.put_wrapped(rest, &how, Role::Dim);
        }
    }
}
