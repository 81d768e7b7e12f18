//! The form that asks what a step, a label or an answer carries.

use ratatui::layout::Rect;

use super::canvas::{Canvas, Focus, capital};
use crate::app::Target;
use crate::app::dialogs::{TendForm, slot_name};
use crate::config::theme::Role;
use crate::i18n::messages::export;

/// Columns of the labels.
const LABELS: u16 = 16;

pub(super) fn draw(canvas: &mut Canvas<'_>, open: &TendForm) {
    let title = capital(&canvas.say(&open.title()));
    let rows = u16::try_from(open.inputs.len()).unwrap_or(u16::MAX);
    let inside = canvas.boxed(72, rows.saturating_add(7), &title);
    for (at, line) in open.inputs.iter().enumerate() {
        let y = inside.y + 1 + at as u16;
        let focus = Focus::at(open.at, at);
        let role = match focus {
            Focus::Here => Role::Title,
            Focus::Elsewhere => Role::Dim,
        };
        let label = slot_name(open.what, line.slot);
        canvas.tell(inside.x, y, LABELS, &label, role);
        let (x, room) = (inside.x + LABELS, inside.width.saturating_sub(LABELS));
        if line.slot.is_turned() {
            let chosen = canvas.say(&open.chosen(line.slot));
            let taken = canvas.put(x, y, room, &chosen, role);
            if focus == Focus::Here {
                let left = room.saturating_sub(taken + 2);
                canvas.tell(x + taken + 2, y, left, &export::choose(), Role::Dim);
                canvas.set_cursor(x, y);
            }
        } else {
            canvas.field((x, y), room, &line.input, focus);
        }
        canvas.hit(inside.x, y, inside.width, Target::Field(at));
    }
    let below = inside.y + rows + 2;
    let rest = Rect {
        y: below,
        height: inside.bottom().saturating_sub(below),
        ..inside
    };
    let (text, role) = match &open.problem {
        Some(problem) => (format!("✖ {}", canvas.say(problem)), Role::Bad),
        None => (canvas.say(&open.how()), Role::Dim),
    };
    canvas.put_wrapped(rest, &text, role);
}
