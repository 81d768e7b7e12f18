//! The first run on the screen, one page a question.

use ratatui::layout::Rect;

use super::canvas::{Canvas, Focus, columns};
use super::settings::language;
use crate::app::screens::{FirstRun, Shown, Step, TAIL};
use crate::app::{Model, Secret, Target};
use crate::config::theme::Role as Look;
use crate::domain::Role;
use crate::i18n::messages::first_run;
use crate::i18n::{Language, Text};
use crate::text::strength::{Strength, has_marks, strength};

/// Pages that are numbered.
const PAGES: u16 = 5;

pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, run: &FirstRun) {
    let screen = canvas.area();
    let room = screen.width.saturating_sub(8).min(72);
    let area = Rect {
        x: screen.width.saturating_sub(room) / 2,
        y: 4,
        width: room,
        height: screen.height.saturating_sub(6),
    };
    let number = match run.step {
        Step::Language => 1,
        Step::Person => 2,
        Step::Role => 3,
        Step::Passphrase | Step::Making => 4,
        Step::Recovery | Step::Repeat => 5,
    };
    canvas.tell(area.x, 2, room, &first_run::title(), Look::Title);
    let page = canvas.say(&first_run::page(number, PAGES));
    canvas.put_right(area.right(), 2, room, &page, Look::Dim);
    match run.step {
        Step::Language => languages(canvas, area, model.language),
        Step::Person => person(canvas, area, model, run),
        Step::Role => roles(canvas, area, run),
        Step::Passphrase => passphrase(canvas, area, run),
        Step::Making => {
            canvas.tell(area.x, area.y, room, &first_run::making(), Look::Text);
        }
        Step::Recovery => recovery(canvas, area, run),
        Step::Repeat => repeat(canvas, area, run),
    }
    if let Some(problem) = &run.problem {
        let problem = format!("✖ {}", canvas.say(problem));
        let y = screen.height.saturating_sub(3);
        canvas.put(area.x, y, room, &problem, Look::Bad);
    }
}

fn languages(canvas: &mut Canvas<'_>, area: Rect, chosen: Language) {
    canvas.tell(
        area.x,
        area.y,
        area.width,
        &first_run::choose_language(),
        Look::Text,
    );
    let choices = Language::ALL.map(|one| (language(one), one == chosen));
    choose(canvas, area, &choices);
}

fn roles(canvas: &mut Canvas<'_>, area: Rect, run: &FirstRun) {
    canvas.tell(
        area.x,
        area.y,
        area.width,
        &first_run::ask_role(),
        Look::Text,
    );
    let choices = Role::ALL.iter().enumerate();
    let choices: Vec<_> = choices
        .map(|(at, role)| (role_name(*role), at == run.role))
        .collect();
    choose(canvas, area, &choices);
}

/// Names a role.
pub(super) fn role_name(role: Role) -> Text {
    match role {
        Role::Officer => first_run::role_officer(),
        Role::Police => first_run::role_police(),
        Role::Reviewer => first_run::role_reviewer(),
        Role::Authority => first_run::role_authority(),
        Role::Superior => first_run::role_superior(),
    }
}

fn choose(canvas: &mut Canvas<'_>, area: Rect, choices: &[(Text, bool)]) {
    for (at, (label, chosen)) in (0_u16..).zip(choices) {
        let y = area.y + 2 + at;
        if *chosen {
            canvas.mark(area.x, y);
            canvas.set_cursor(area.x + 2, y);
        }
        let role = if *chosen { Look::Title } else { Look::Text };
        canvas.tell(area.x + 2, y, area.width, label, role);
        canvas.hit(area.x, y, area.width, Target::Row(u64::from(at)));
    }
}

fn person(canvas: &mut Canvas<'_>, area: Rect, model: &Model, run: &FirstRun) {
    canvas.tell(area.x, area.y, area.width, &first_run::who(), Look::Text);
    let fields = [
        (first_run::name(), &run.name),
        (first_run::post(), &run.post),
        (first_run::unit(), &run.unit),
    ];
    let label = label_width(canvas, &fields.each_ref().map(|(label, _)| label.clone()));
    for (at, (text, input)) in fields.into_iter().enumerate() {
        let y = area.y + 2 + 2 * at as u16;
        let focus = Focus::at(run.field, at);
        let role = if focus == Focus::Here {
            Look::Title
        } else {
            Look::Dim
        };
        canvas.tell(area.x, y, label, &text, role);
        let x = area.x + label + 2;
        canvas.field((x, y), area.right() - x, input, focus);
        canvas.hit(area.x, y, area.width, Target::Field(at));
    }
    let y = area.y + 8;
    let x = area.x + label + 2;
    let units = run.units(&model.setup);
    for (at, unit) in (0_u16..).zip(&units) {
        let chosen = run.offer == Some(usize::from(at));
        if chosen {
            canvas.mark(x - 1, y - 1 + at);
        }
        let role = if chosen { Look::Title } else { Look::Text };
        canvas.put(x + 1, y - 1 + at, area.right() - x, unit, role);
        canvas.hit(x, y - 1 + at, area.right() - x, Target::Row(u64::from(at)));
    }
    if run.field == 2 {
        let hint = canvas.say(&first_run::unit_hint());
        let below = y + units.len().max(1) as u16;
        let rest = Rect {
            y: below,
            height: 2,
            ..area
        };
        canvas.put_wrapped(rest, &hint, Look::Dim);
    }
}

fn label_width(canvas: &Canvas<'_>, labels: &[Text]) -> u16 {
    let widths = labels.iter().map(|label| columns(&canvas.say(label)));
    widths.max().unwrap_or(0)
}

fn passphrase(canvas: &mut Canvas<'_>, area: Rect, run: &FirstRun) {
    canvas.tell(
        area.x,
        area.y,
        area.width,
        &first_run::ask_passphrase(),
        Look::Text,
    );
    let fields = [
        (first_run::passphrase(), &run.first),
        (first_run::again(), &run.again),
    ];
    let label = label_width(canvas, &fields.each_ref().map(|(label, _)| label.clone()));
    for (at, (text, input)) in fields.into_iter().enumerate() {
        let y = area.y + 2 + 2 * at as u16;
        let focus = Focus::at(run.field, at);
        let role = if focus == Focus::Here {
            Look::Title
        } else {
            Look::Dim
        };
        canvas.tell(area.x, y, label, &text, role);
        let x = area.x + label + 2;
        canvas.secret((x, y), area.right() - x, input, run.shown, focus);
        canvas.hit(area.x, y, area.width, Target::Field(at));
    }
    hints(canvas, area, label + 2, run.first.expose());
}

/// Says how strong a passphrase is and warns of letters with marks.
fn hints(canvas: &mut Canvas<'_>, area: Rect, indent: u16, passphrase: &str) {
    let rest = |y: u16| Rect {
        x: area.x + indent,
        y,
        width: area.width - indent,
        height: 2,
    };
    if !passphrase.is_empty() {
        let (text, role) = strength_name(passphrase);
        canvas.tell(area.x + indent, area.y + 3, area.width, &text, role);
    }
    let advice = canvas.say(&first_run::passphrase_advice());
    canvas.put_wrapped(rest(area.y + 6), &advice, Look::Dim);
    if has_marks(passphrase) {
        let warning = canvas.say(&first_run::marks_warning());
        canvas.put_wrapped(rest(area.y + 9), &warning, Look::Warn);
    }
}

/// Says how strong a passphrase is.
pub(super) fn strength_name(passphrase: &str) -> (Text, Look) {
    match strength(passphrase) {
        Strength::Short => (first_run::strength_short(), Look::Bad),
        Strength::Weak => (first_run::strength_weak(), Look::Warn),
        Strength::Fair => (first_run::strength_fair(), Look::Text),
        Strength::Strong => (first_run::strength_strong(), Look::Good),
    }
}

fn recovery(canvas: &mut Canvas<'_>, area: Rect, run: &FirstRun) {
    let (x, room) = (area.x, area.width);
    canvas.tell(x, area.y, room, &first_run::recovery_title(), Look::Title);
    let secret = run.recovery.as_ref().map_or("", Secret::expose);
    let mut y = area.y + 2;
    for line in grouped(secret) {
        canvas.put(x + 2, y, room, &line, Look::Accent);
        y += 1;
    }
    for (text, role) in [
        (first_run::recovery_why(), Look::Text),
        (first_run::recovery_how(), Look::Text),
        (first_run::recovery_next(), Look::Title),
    ] {
        let place = Rect {
            y: y + 1,
            height: 2,
            ..area
        };
        let text = canvas.say(&text);
        y += canvas.put_wrapped(place, &text, role) + 1;
    }
}

/// Cuts a secret into its beginning and groups of four, five a line, easy to copy by hand.
fn grouped(secret: &str) -> Vec<zeroize::Zeroizing<String>> {
    let start = secret.rfind('-').map_or(0, |dash| dash + 1);
    let (start, rest) = secret.split_at(start);
    let letters: Vec<char> = rest.chars().collect();
    let groups: Vec<&[char]> = letters.chunks(4).collect();
    let line = |groups: &[&[char]]| {
        let words = groups.iter().map(|group| group.iter().collect::<String>());
        zeroize::Zeroizing::new(words.collect::<Vec<_>>().join("  "))
    };
    let mut lines = vec![zeroize::Zeroizing::new(start.to_owned())];
    lines.extend(groups.chunks(5).map(line));
    lines.retain(|line| !line.is_empty());
    lines
}

fn repeat(canvas: &mut Canvas<'_>, area: Rect, run: &FirstRun) {
    canvas.tell(
        area.x,
        area.y,
        area.width,
        &first_run::repeat_ask(TAIL),
        Look::Text,
    );
    let field = (area.x + 2, area.y + 2);
    canvas.secret(field, 12, &run.repeat, Shown::Shown, Focus::Here);
}
