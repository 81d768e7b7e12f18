//! The dialog that takes in a table.

use ratatui::layout::Rect;

use super::canvas::{Canvas, Focus, capital};
use crate::app::dialogs::{Import, ImportStep, TableSeen};
use crate::app::{field_text, kind_text, unreadable_text};
use crate::config::theme::Role;
use crate::domain::ColumnField;
use crate::i18n::messages::import;

/// Columns of the label.
const LABEL: u16 = 8;

pub(super) fn draw(canvas: &mut Canvas<'_>, open: &Import) {
    let title = capital(&canvas.say(&import::title()));
    if let ImportStep::Seen(seen) = &open.step {
        let rows = canvas.area().height.saturating_sub(4).min(24);
        let inside = canvas.boxed(76, rows, &title);
        return preview(canvas, inside, seen, open.top);
    }
    let inside = canvas.boxed(72, 9, &title);
    let y = inside.y + 1;
    canvas.tell(inside.x, y, LABEL, &import::file(), Role::Title);
    let (x, room) = (inside.x + LABEL, inside.width - LABEL);
    let focus = match &open.step {
        ImportStep::Asking(_) => Focus::Here,
        ImportStep::Reading { .. }
        | ImportStep::Seen(_)
        | ImportStep::Writing { .. }
        | ImportStep::Stopping => Focus::Elsewhere,
    };
    canvas.field((x, y), room, &open.input, focus);
    let rest = Rect {
        y: inside.y + 3,
        height: inside.bottom().saturating_sub(inside.y + 3),
        ..inside
    };
    let (text, role) = match &open.step {
        ImportStep::Asking(None) | ImportStep::Seen(_) => (canvas.say(&import::which()), Role::Dim),
        ImportStep::Asking(Some(why)) => (format!("✖ {}", canvas.say(why)), Role::Bad),
        ImportStep::Reading { total: 0, .. } => (canvas.say(&import::opening()), Role::Text),
        ImportStep::Reading { done, total } => {
            (canvas.say(&import::reading(*done, *total)), Role::Text)
        }
        ImportStep::Writing { done, total } => {
            (canvas.say(&import::writing(*done, *total)), Role::Text)
        }
        ImportStep::Stopping => (canvas.say(&import::stopping()), Role::Text),
    };
    canvas.put_wrapped(rest, &text, role);
}

/// What would come of the table: counts, columns, the first rows, the first that cannot be read.
fn preview(canvas: &mut Canvas<'_>, inside: Rect, seen: &TableSeen, top: u16) {
    let kind = import::seen_kind(kind_text(seen.kind));
    canvas.tell(inside.x, inside.y, inside.width, &kind, Role::Title);
    let counts = seen.counts;
    let would = canvas.say(&import::would(
        counts.rows,
        counts.added,
        counts.undated,
        counts.unchanged,
        counts.quarantined,
    ));
    let area = Rect {
        y: inside.y + 1,
        height: 2,
        ..inside
    };
    let mut y = area.y + canvas.put_wrapped(area, &would, Role::Text) + 1;
    let below = seen.first.len() + seen.unread.len();
    let below = u16::try_from(below).unwrap_or(u16::MAX).saturating_add(3);
    let end = inside.bottom().saturating_sub(below).max(y + 1);
    for (name, field) in seen.columns.iter().skip(usize::from(top)) {
        if y >= end {
            break;
        }
        let role = if *field == ColumnField::Ignored {
            Role::Dim
        } else {
            Role::Text
        };
        let half = inside.width / 2;
        canvas.put(inside.x, y, half - 2, name, role);
        let taken = format!("→ {}", canvas.say(&field_text(*field)));
        canvas.put(inside.x + half, y, inside.width - half, &taken, role);
        y += 1;
    }
    y = rows(canvas, Rect { y: y + 1, ..inside }, seen);
    for (number, column, reason) in &seen.unread {
        let column = column.clone().unwrap_or_else(|| "–".to_owned());
        let line = import::line(i64::from(*number), column, unreadable_text(*reason));
        let line = format!("✖ {}", canvas.say(&line));
        canvas.put(inside.x, y, inside.width, &line, Role::Warn);
        y += 1;
    }
    let last = inside.bottom().saturating_sub(1);
    canvas.tell(inside.x, last, inside.width, &import::confirm(), Role::Dim);
}

/// The first rows as they were read; returns the row below.
fn rows(canvas: &mut Canvas<'_>, area: Rect, seen: &TableSeen) -> u16 {
    let mut y = area.y;
    for row in &seen.first {
        match row.day {
            Some(day) => {
                let day = day.format("%d/%m/%Y").to_string();
                canvas.put(area.x, y, 14, &day, Role::Accent);
            }
            None => {
                canvas.tell(area.x, y, 14, &import::no_day(), Role::Dim);
            }
        }
        canvas.put(area.x + 15, y, 22, &row.unit, Role::Text);
        canvas.put(
            area.x + 38,
            y,
            area.width.saturating_sub(38),
            &row.what,
            Role::Text,
        );
        y += 1;
    }
    y
}
