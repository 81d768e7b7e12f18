//! The logbook cannot go on: what happened, whether the data is safe, what to do.

use super::canvas::Canvas;
use crate::app::{Failure, failure_text};
use crate::config::theme::Role;
use ratatui::layout::Rect;

pub(super) fn draw(canvas: &mut Canvas<'_>, failure: &Failure) {
    let area = canvas.area();
    let room = area.width.saturating_sub(8).min(80);
    let mut y = area.height / 4;
    let texts = failure_text(failure);
    for (text, role) in texts.iter().zip([Role::Bad, Role::Text, Role::Title]) {
        let sign = if role == Role::Bad { "✖ " } else { "" };
        let text = format!("{sign}{}", canvas.say(text));
        let place = Rect {
            x: 4,
            y,
            width: room,
            height: area.height.saturating_sub(y + 2),
        };
        y += canvas.put_wrapped(place, &text, role) + 1;
    }
}
