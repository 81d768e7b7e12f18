//! The dialog that takes in a table.

use ratatui::layout::Rect;

use super::canvas::{Canvas, Focus, capital};
use crate::app::dialogs::{Import, ImportStep, SeenLine, TableSeen};
use crate::app::{Target, field_text, kind_text, unreadable_text};
use crate::config::theme::Role;
use crate::domain::{ColumnField, Heading};
use crate::i18n::messages::import;

/// Columns of the label.
const LABEL: u16 = 8;

pub(super) fn draw(canvas: &mut Canvas<'_>, open: &Import) {
    let title = capital(&canvas.say(&import::title()));
    if let ImportStep::Seen(seen) | ImportStep::Again { seen, .. } = &open.step {
        let rows = canvas.area().height.saturating_sub(4).min(30);
        let inside = canvas.boxed(78, rows, &title);
        return preview(canvas, inside, seen, open);
    }
    let inside = canvas.boxed(72, 9, &title);
    let y = inside.y + 1;
    canvas.tell(inside.x, y, LABEL, &import::file(), Role::Title);
    let (x, room) = (inside.x + LABEL, inside.width - LABEL);
    let focus = match &open.step {
        ImportStep::Asking(_) => Focus::Here,
        ImportStep::Reading { .. }
        | ImportStep::Seen(_)
        | ImportStep::Again { .. }
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
        ImportStep::Asking(None) | ImportStep::Seen(_) | ImportStep::Again { .. } => {
            (canvas.say(&import::which()), Role::Dim)
        }
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

/// What would come of the table: counts, what was understood, the first rows, the first that cannot be
/// read.
fn preview(canvas: &mut Canvas<'_>, inside: Rect, seen: &TableSeen, open: &Import) {
    let counts = seen.counts;
    let would = match open.step {
        ImportStep::Again { done, total, .. } => import::reading(done, total),
        ImportStep::Asking(_)
        | ImportStep::Reading { .. }
        | ImportStep::Seen(_)
        | ImportStep::Writing { .. }
        | ImportStep::Stopping => import::would(
            counts.rows,
            counts.added,
            counts.undated,
            counts.unchanged,
            counts.quarantined,
        ),
    };
    let area = Rect {
        height: 2,
        ..inside
    };
    let would = canvas.say(&would);
    canvas.put_wrapped(area, &would, Role::Text);
    let below = seen.first.len() + seen.unread.len();
    let below = u16::try_from(below).unwrap_or(u16::MAX).saturating_add(2);
    let top = inside.y + 3;
    let end = inside.bottom().saturating_sub(below).max(top + 4);
    let lines = seen.lines();
    let room = usize::from(end - top);
    let first = (open.at + 1).saturating_sub(room);
    let mut y = top;
    for (at, line) in lines.iter().enumerate().skip(first).take(room) {
        understood(
            canvas,
            Rect { y, ..inside },
            seen,
            *line,
            Focus::at(at, open.at),
        );
        canvas.hit(inside.x, y, inside.width, Target::Row(at as u64));
        y += 1;
    }
    let last = inside.bottom().saturating_sub(1);
    y = rows(canvas, (Rect { y: y + 1, ..inside }, last), seen);
    for (number, column, reason) in &seen.unread {
        if y >= last {
            break;
        }
        let column = column.clone().unwrap_or_else(|| "–".to_owned());
        let line = import::line(i64::from(*number), column, unreadable_text(*reason));
        let line = format!("✖ {}", canvas.say(&line));
        canvas.put(inside.x, y, inside.width, &line, Role::Warn);
        y += 1;
    }
    canvas.tell(inside.x, last, inside.width, &import::confirm(), Role::Dim);
}

/// One line of what was understood, with the cursor where it is.
fn understood(canvas: &mut Canvas<'_>, area: Rect, seen: &TableSeen, line: SeenLine, focus: Focus) {
    let (x, y, width) = (area.x + 2, area.y, area.width.saturating_sub(2));
    let role = match focus {
        Focus::Here => Role::Title,
        Focus::Elsewhere => Role::Text,
    };
    if focus == Focus::Here {
        canvas.mark(area.x, y);
        canvas.set_cursor(x, y);
    }
    let text = match line {
        SeenLine::Sheet => {
            let name = seen.sheets.get(seen.sheet).cloned().unwrap_or_default();
            import::seen_sheet(name, seen.sheet + 1, seen.sheets.len())
        }
        SeenLine::Kind => import::seen_kind(kind_text(seen.kind)),
        SeenLine::Heading => match seen.heading {
            Heading::Named => import::seen_named(),
            Heading::Missing => import::seen_headless(),
        },
        SeenLine::Column(at) => {
            let Some(column) = seen.columns.get(at) else {
                return;
            };
            let quiet = column.field == ColumnField::Ignored && focus == Focus::Elsewhere;
            let role = if quiet { Role::Dim } else { role };
            let third = width / 3;
            canvas.put(x, y, third - 1, &column.name, role);
            let taken = format!("→ {}", canvas.say(&field_text(column.field)));
            canvas.put(x + third, y, third - 1, &taken, role);
            canvas.put(
                x + 2 * third,
                y,
                width - 2 * third,
                &column.sample,
                Role::Dim,
            );
            return;
        }
    };
    canvas.tell(x, y, width, &text, role);
}

/// The first rows as they were read; returns the row below.
fn rows(canvas: &mut Canvas<'_>, (area, end): (Rect, u16), seen: &TableSeen) -> u16 {
    let mut y = area.y;
    for row in &seen.first {
        if y >= end {
            break;
        }
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
