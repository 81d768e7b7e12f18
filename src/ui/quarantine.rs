//! Rows that wait on the screen: which and why, and one of them with its cells as fields.

use super::canvas::{Canvas, Focus};
use crate::app::screens::{OpenRow, Phase, Quarantine};
use crate::app::{Model, Target, field_text, unreadable_text};
use crate::config::theme::Role;
use crate::domain::Waiting;
use crate::i18n::messages::{list, quarantine};

/// Columns of the number of a row, and of the name of its column.
const NUMBER: u16 = 7;
const COLUMN: u16 = 18;

pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, open: &Quarantine) {
    let area = canvas.area();
    let room = area.width.saturating_sub(2);
    if let Some(row) = &open.open {
        return cells(canvas, model, row, open.phase);
    }
    let Some(rows) = &open.rows else {
        canvas.tell(1, 2, room, &quarantine::title(0), Role::Title);
        canvas.tell(2, 4, room, &list::reading(), Role::Dim);
        return;
    };
    canvas.tell(1, 2, room, &quarantine::title(rows.len()), Role::Title);
    if rows.is_empty() {
        canvas.tell(2, 4, room, &quarantine::none(), Role::Dim);
        return;
    }
    let lines = model.size.body().saturating_sub(3).max(1);
    let top = open.chosen.saturating_sub(u64::from(lines) - 1);
    let shown = (0_u64..).zip(rows).skip(usize::try_from(top).unwrap_or(0));
    for (y, (at, row)) in (4..).zip(shown.take(usize::from(lines))) {
        let focus = Focus::at(at, open.chosen);
        if focus == Focus::Here {
            canvas.mark(0, y);
        }
        line(canvas, y, row, focus);
        canvas.hit(0, y, area.width, Target::Row(at));
    }
    canvas.tell(
        1,
        1 + model.size.body(),
        room,
        &quarantine::hint(),
        Role::Dim,
    );
}

/// One row of the list: file, number, column, reason.
fn line(canvas: &mut Canvas<'_>, y: u16, row: &Waiting, focus: Focus) {
    let width = canvas.area().width;
    let role = match focus {
        Focus::Here => Role::Title,
        Focus::Elsewhere => Role::Text,
    };
    let file = (width / 3).saturating_sub(NUMBER);
    let name = row.file.rsplit(['/', '\\']).next().unwrap_or(&row.file);
    canvas.put(2, y, file.saturating_sub(1), name, role);
    let number = canvas.language().number(i64::from(row.number));
    canvas.put_right(2 + file + NUMBER - 2, y, NUMBER, &number, role);
    let x = 2 + file + NUMBER;
    let column = row.column.as_deref().unwrap_or("–");
    canvas.put(x, y, COLUMN - 1, column, role);
    let room = width.saturating_sub(x + COLUMN + 1);
    let reason = canvas.say(&unreadable_text(row.reason));
    canvas.put(x + COLUMN, y, room, &reason, Role::Warn);
}

/// The row that is corrected.
fn cells(canvas: &mut Canvas<'_>, model: &Model, open: &OpenRow, phase: Phase) {
    let area = canvas.area();
    let room = area.width.saturating_sub(2);
    let name = &open.row.file;
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let title = quarantine::row_title(name, i64::from(open.row.number));
    canvas.tell(1, 2, room, &title, Role::Title);
    let column = open.column.and_then(|at| open.row.columns.get(at));
    let reason = unreadable_text(open.reason);
    let why = match column {
        Some((name, _)) => quarantine::why(name, reason),
        None => reason,
    };
    let why = format!("✖ {}", canvas.say(&why));
    canvas.put(1, 3, room, &why, Role::Warn);
    let lines = usize::from(model.size.body().saturating_sub(5).max(1));
    let top = (open.at + 1).saturating_sub(lines);
    let label = (area.width / 4).max(14);
    let mut y = 5;
    for (at, (column, input)) in open.fields.iter().enumerate().skip(top).take(lines) {
        let Some((name, field)) = open.row.columns.get(*column) else {
            continue;
        };
        let focus = match phase {
            Phase::Working => Focus::Elsewhere,
            Phase::Typing | Phase::Dropping => Focus::at(at, open.at),
        };
        let bad = open.column == Some(*column);
        let role = match (focus, bad) {
            (_, true) => Role::Warn,
            (Focus::Here, false) => Role::Title,
            (Focus::Elsewhere, false) => Role::Dim,
        };
        if bad {
            canvas.put(1, y, 1, "✖", Role::Warn);
        }
        canvas.put(3, y, label - 3, name, role);
        canvas.tell(2 + label, y, label - 2, &field_text(*field), Role::Dim);
        let x = 2 * label + 1;
        canvas.field((x, y), area.width.saturating_sub(x + 1), input, focus);
        canvas.hit(0, y, area.width, Target::Field(at));
        y += 1;
    }
    let hint = match phase {
        Phase::Working => quarantine::working(),
        Phase::Typing | Phase::Dropping => quarantine::row_hint(),
    };
    canvas.tell(1, 1 + model.size.body(), room, &hint, Role::Dim);
}
