//! What lies on top, in boxes.

use ratatui::layout::Rect;

use super::canvas::{Canvas, Focus, capital, columns};
use super::first_run::strength_name;
use crate::app::dialogs::{Ask, Dialog, PassphraseChange, Pick, SendCheck, Working};
use crate::app::{Action, Model, Scope, Target, finding_text};
use crate::config::theme::Role;
use crate::i18n::messages::{app, detail, first_run, help, settings};
use crate::text::strength::has_marks;
use crate::text::width;

pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, dialog: &Dialog) {
    match dialog {
        Dialog::Help(open) => keys(canvas, model, open.top),
        Dialog::Pick(pick) => choose(canvas, model, pick),
        Dialog::Ask(open) => ask(canvas, open),
        Dialog::Passphrase(change) => passphrase(canvas, change),
        Dialog::Send(check) => send(canvas, check),
        Dialog::Export(open) => super::export::draw(canvas, open),
        Dialog::Import(open) => super::import::draw(canvas, open),
        Dialog::Tend(open) => super::tend::draw(canvas, open),
        Dialog::Personal(open) => super::personal::draw(canvas, open),
        Dialog::Confirm(all) => super::shared::confirm_all(canvas, model, all),
        Dialog::Compact(ask) => super::keep::compact(canvas, ask),
        Dialog::Work(work) => super::keep::work(canvas, work),
    }
}

/// A line of the help screen.
enum HelpLine {
    Scope(Scope),
    Key(Action, String),
    Blank,
}

fn keys(canvas: &mut Canvas<'_>, model: &Model, top: u16) {
    let mut lines = Vec::new();
    // What holds on the screen below comes first.
    let mut scopes = Scope::ALL.map(|(scope, _)| scope);
    scopes.sort_by_key(|scope| !model.screen_scopes().contains(scope));
    for scope in scopes {
        let actions = Action::ALL.iter().filter(|a| a.scopes().contains(&scope));
        let mut bound = actions
            .filter_map(|action| {
                let keys = model.setup.keymap.keys(scope, *action);
                let keys: Vec<_> = keys.map(|key| key.label()).collect();
                (!keys.is_empty()).then(|| HelpLine::Key(*action, keys.join("  ")))
            })
            .peekable();
        if bound.peek().is_some() {
            lines.push(HelpLine::Scope(scope));
            lines.extend(bound);
            lines.push(HelpLine::Blank);
        }
    }
    lines.pop();
    let screen = canvas.area();
    let title = canvas.say(&help::title());
    let rows = screen.height.saturating_sub(4);
    let inside = canvas.boxed(64, rows, &title);
    let count = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    canvas.end = count.saturating_sub(inside.height);
    let top = top.min(canvas.end);
    let shown = lines.iter().skip(usize::from(top));
    for (y, line) in (inside.y..inside.bottom()).zip(shown) {
        match line {
            HelpLine::Scope(scope) => {
                canvas.tell(inside.x, y, inside.width, &scope.label(), Role::Title);
            }
            HelpLine::Key(action, keys) => {
                canvas.put(inside.x + 2, y, 22, keys, Role::Accent);
                canvas.tell(
                    inside.x + 26,
                    y,
                    inside.width - 26,
                    &action.label(),
                    Role::Text,
                );
            }
            HelpLine::Blank => {}
        }
    }
}

fn choose(canvas: &mut Canvas<'_>, model: &Model, pick: &Pick) {
    let title = canvas.say(&pick.title());
    let rows = canvas.area().height.saturating_sub(6).min(18);
    let inside = canvas.boxed(60, rows, &title);
    canvas.field((inside.x, inside.y), inside.width, &pick.input, Focus::Here);
    let offers = pick.offers(model);
    let lines = u64::from(inside.height.saturating_sub(2)).max(1);
    let top = pick.chosen.saturating_sub(lines - 1);
    if offers.is_empty() {
        canvas.tell(
            inside.x,
            inside.y + 2,
            inside.width,
            &app::nothing_found(),
            Role::Dim,
        );
    }
    let shown = (0_u64..)
        .zip(&offers)
        .skip(usize::try_from(top).unwrap_or(0));
    for (y, (at, offer)) in (inside.y + 2..inside.bottom()).zip(shown) {
        let chosen = at == pick.chosen;
        if chosen {
            canvas.mark(inside.x, y);
        }
        let role = if chosen { Role::Title } else { Role::Text };
        let note = columns(&offer.note);
        let room = inside.width.saturating_sub(note + 3);
        canvas.put(inside.x + 2, y, room, &capital(&offer.label), role);
        canvas.put_right(inside.right(), y, note, &offer.note, Role::Dim);
        canvas.hit(inside.x, y, inside.width, Target::Row(at));
    }
}

fn ask(canvas: &mut Canvas<'_>, ask: &Ask) {
    let title = canvas.say(&ask.title());
    let problem = ask.problem.as_ref();
    let problem = problem.map(|problem| format!("✖ {}", canvas.say(problem)));
    let said = problem.as_deref().unwrap_or_default();
    let room = usize::from(64.min(canvas.area().width) - 4);
    let notes: Vec<String> = ask.notes.iter().map(|note| canvas.say(note)).collect();
    let rows = |text: &str| u16::try_from(width::wrap(text, room).len()).unwrap_or(u16::MAX);
    let above: u16 = notes.iter().map(|note| rows(note)).sum();
    let lines = rows(said).min(10);
    let inside = canvas.boxed(64, 4 + above + lines, &title);
    let mut y = inside.y;
    for (at, note) in notes.iter().enumerate() {
        let place = Rect {
            y,
            height: inside.bottom().saturating_sub(y),
            ..inside
        };
        let role = if at == 0 { Role::Title } else { Role::Text };
        y += canvas.put_wrapped(place, note, role);
    }
    canvas.field((inside.x, y + 1), inside.width, &ask.input, Focus::Here);
    let rest = Rect {
        y: y + 2,
        height: inside.bottom().saturating_sub(y + 2),
        ..inside
    };
    canvas.put_wrapped(rest, said, Role::Bad);
}

fn passphrase(canvas: &mut Canvas<'_>, change: &PassphraseChange) {
    let title = canvas.say(&settings::change_passphrase());
    let inside = canvas.boxed(64, 11, &title);
    let fields = [
        (settings::old_passphrase(), &change.old),
        (settings::new_passphrase(), &change.new),
        (first_run::again(), &change.again),
    ];
    for (at, (label, input)) in fields.into_iter().enumerate() {
        let y = inside.y + 1 + 2 * at as u16;
        let focus = Focus::at(change.field, at);
        let role = if focus == Focus::Here {
            Role::Title
        } else {
            Role::Dim
        };
        canvas.tell(inside.x, y, 18, &label, role);
        let room = inside.width - 20;
        canvas.secret((inside.x + 20, y), room, input, change.shown, focus);
        canvas.hit(inside.x, y, inside.width, Target::Field(at));
    }
    let y = inside.y + 7;
    let rest = Rect {
        y,
        height: inside.bottom().saturating_sub(y),
        ..inside
    };
    let new = change.new.expose();
    match (&change.problem, change.working) {
        (_, Working::Yes) => {
            canvas.tell(inside.x, y, inside.width, &settings::working(), Role::Dim);
        }
        (Some(problem), Working::No) => {
            let problem = format!("✖ {}", canvas.say(problem));
            canvas.put_wrapped(rest, &problem, Role::Bad);
        }
        (None, Working::No) if has_marks(new) => {
            let warning = canvas.say(&first_run::marks_warning());
            canvas.put_wrapped(rest, &warning, Role::Warn);
        }
        (None, Working::No) if !new.is_empty() => {
            let (text, role) = strength_name(new);
            canvas.tell(inside.x + 20, y, inside.width, &text, role);
        }
        (None, Working::No) => {}
    }
}

fn send(canvas: &mut Canvas<'_>, check: &SendCheck) {
    let title = canvas.say(&detail::send_title());
    let rows = u16::try_from(check.findings.len()).unwrap_or(u16::MAX);
    let rows = rows.saturating_add(5).min(canvas.area().height - 4);
    let inside = canvas.boxed(68, rows, &title);
    let y = inside.y + 1;
    if check.findings.is_empty() {
        canvas.tell(inside.x, y, inside.width, &detail::send_ready(), Role::Text);
        return;
    }
    canvas.tell(inside.x, y, inside.width, &detail::send_lacks(), Role::Text);
    for (y, one) in (y + 1..inside.bottom()).zip(&check.findings) {
        let text = format!("✖ {}", canvas.say(&finding_text(*one)));
        canvas.put(inside.x + 1, y, inside.width - 1, &text, Role::Warn);
    }
}
