//! The boxes about one citizen and about who denounced.

use ratatui::layout::Rect;

use super::canvas::{Canvas, Focus, capital};
use crate::app::Target;
use crate::app::dialogs::{
    CitizenAsk, Contents, HeldSeen, OfferedAsk, Personal, SealAsk, citizen_field,
};
use crate::app::input::SecretInput;
use crate::app::record_text;
use crate::app::screens::Shown;
use crate::config::theme::Role;
use crate::i18n::Text;
use crate::i18n::messages::privacy;

/// Columns of the labels.
const LABELS: u16 = 18;
/// Rows of the box with what was found.
const ROWS: u16 = 20;

pub(super) fn draw(canvas: &mut Canvas<'_>, open: &Personal) {
    match open {
        Personal::Citizen(ask) => citizen(canvas, ask),
        Personal::Offered(ask) => offered(canvas, ask),
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
        Some(found) => {
            let secret = ask.erasing.as_ref().map(|typed| (typed, ask.shown));
            let title = privacy::found(found.held.len() as u64);
            held(canvas, inside, &title, (found, ask.top), secret)
        }
    };
    let how = match (&ask.found, &ask.erasing) {
        (None, _) => privacy::how_to_ask(),
        (Some(_), Some(_)) => privacy::how_to_erase(),
        (Some(_), None) => privacy::how_to_see(),
    };
    explain(canvas, inside, below, (ask.problem.as_ref(), &how));
}

/// Says from a row on what is the matter, or what can be done.
fn explain(
    canvas: &mut Canvas<'_>,
    inside: Rect,
    below: u16,
    (problem, how): (Option<&Text>, &Text),
) {
    let rest = Rect {
        y: below,
        height: inside.bottom().saturating_sub(below),
        ..inside
    };
    let (text, role) = match problem {
        Some(problem) => (format!("✖ {}", canvas.say(problem)), Role::Bad),
        None => (canvas.say(how), Role::Dim),
    };
    canvas.put_wrapped(rest, &text, role);
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

/// Draws what may be erased, and asks for the passphrase.
fn offered(canvas: &mut Canvas<'_>, ask: &OfferedAsk) {
    let title = canvas.say(&privacy::may_erase());
    let inside = canvas.boxed(76, ROWS, &capital(&title));
    let title = privacy::records(ask.found.held.len() as u64);
    let secret = Some((&ask.passphrase, ask.shown));
    let below = held(canvas, inside, &title, (&ask.found, ask.top), secret);
    explain(
        canvas,
        inside,
        below,
        (ask.problem.as_ref(), &privacy::how_to_erase()),
    );
}

/// Draws what is held, and returns the row below.
fn held(
    canvas: &mut Canvas<'_>,
    inside: Rect,
    title: &Text,
    (found, top): (&HeldSeen, u16),
    secret: Option<(&SecretInput, Shown)>,
) -> u16 {
    canvas.tell(inside.x, inside.y, inside.width, title, Role::Title);
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
    let top = usize::from(top).min(lines.len().saturating_sub(room));
    for (y, (line, role)) in (inside.y + 1..last).zip(lines.iter().skip(top)) {
        canvas.put(inside.x, y, inside.width, line, *role);
    }
    if let Some((passphrase, shown)) = secret {
        let at = (inside.x, last);
        canvas.secret(at, inside.width, passphrase, shown, Focus::Here);
    }
    last + 2
}

fn seal(canvas: &mut Canvas<'_>, ask: &SealAsk) {
    let title = canvas.say(&privacy::title_seal());
    let inside = canvas.boxed(68, 9, &title);
    let at = (inside.x, inside.y + 1);
    canvas.secret(at, inside.width, &ask.identity, ask.shown, Focus::Here);
    explain(
        canvas,
        inside,
        inside.y + 3,
        (ask.problem.as_ref(), &privacy::how_to_seal()),
    );
}
