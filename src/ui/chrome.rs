//! What frames every screen: tabs above; the last thing that happened and the keys below.

use super::canvas::{Canvas, columns};
use crate::app::screens::{Tab, View};
use crate::app::{Action, Model, Size, Target, Tone};
use crate::config::theme::Role;
use crate::i18n::messages::app;
use crate::text::typing::Typing;

/// Draws the first line and the rule under it.
pub(super) fn top(canvas: &mut Canvas<'_>, model: &Model) {
    let area = canvas.area();
    let mut x = 1 + canvas.tell(1, 0, area.width, &app::title(), Role::Accent);
    if let Some(session) = model.session() {
        let writing = matches!(session.view, View::Places(_) | View::Settings(_));
        let tabs = [
            (Tab::Today, Action::Today, app::tab_today()),
            (Tab::Visits, Action::Visits, app::tab_visits()),
        ];
        for (number, (tab, action, label)) in tabs.into_iter().enumerate() {
            let label = format!("{} {}", number + 1, canvas.say(&label));
            let here = session.tab() == Some(tab) && !writing;
            let role = if here { Role::Title } else { Role::Dim };
            x += 2;
            let used = canvas.put(x, 0, area.width, &label, role);
            canvas.hit(x, 0, used, Target::Act(action));
            x += used;
        }
    }
    let mut right = String::new();
    let today = model
        .session()
        .and_then(|session| session.today.read.as_ref());
    if let Some(count) = today.map(|today| today.not_copied).filter(|n| *n > 0) {
        right = format!("▫ {}  ", canvas.say(&app::not_copied(count)));
    }
    right.push_str(&model.language.code().to_uppercase());
    right.push_str(match model.typing {
        Typing::Off => "",
        Typing::Telex => "·Telex",
        Typing::Vni => "·VNI",
    });
    let room = area.width.saturating_sub(x + 2);
    canvas.put_right(area.right().saturating_sub(1), 0, room, &right, Role::Dim);
    canvas.rule(0, 1, area.width);
}

/// Draws the line above the last, and the last.
pub(super) fn bottom(canvas: &mut Canvas<'_>, model: &Model) {
    let area = canvas.area();
    let y = area.bottom().saturating_sub(2);
    if let Some(status) = &model.status {
        let role = match status.tone {
            Tone::Done => Role::Dim,
            Tone::Problem => Role::Bad,
        };
        let text = match status.tone {
            Tone::Done => canvas.say(&status.text),
            Tone::Problem => format!("✖ {}", canvas.say(&status.text)),
        };
        canvas.put(1, y, area.width.saturating_sub(2), &text, role);
    }
    footer(canvas, model, y + 1);
}

/// Draws what can be pressed here; what has no room is left to the help screen, which has it.
fn footer(canvas: &mut Canvas<'_>, model: &Model, y: u16) {
    let offered = model.offered();
    // The tabs above name their own keys.
    let named =
        |action: Action| action.is_step() || matches!(action, Action::Today | Action::Visits);
    let shown = offered.iter().filter(|(action, _)| !named(*action));
    let right = canvas.area().width.saturating_sub(1);
    let mut x = 1;
    for (action, key) in shown {
        let label = canvas.say(&action.label());
        let wide = columns(key) + 1 + columns(&label);
        if x + wide > right {
            continue;
        }
        let used = canvas.put(x, y, right - x, key, Role::Accent);
        canvas.put(x + used + 1, y, right - x, &label, Role::Dim);
        canvas.hit(x, y, wide, Target::Act(*action));
        x += wide + 2;
    }
}

/// Says how much room is needed.
pub(super) fn too_small(canvas: &mut Canvas<'_>, size: Size) {
    let needs = app::too_small(Size::SMALLEST.columns, Size::SMALLEST.rows);
    let now = app::too_small_now(size.columns, size.rows);
    let area = canvas.area();
    let needs = canvas.say(&needs);
    let used = canvas.put_wrapped(area, &needs, Role::Title);
    let rest = ratatui::layout::Rect {
        y: area.y + used,
        height: area.height.saturating_sub(used),
        ..area
    };
    let now = canvas.say(&now);
    canvas.put_wrapped(rest, &now, Role::Text);
}
