//! The lines in sight, put on the screen; the offers on top of them.
//!
//! Owns scrolling and the list of offers. Fields draw themselves in `field`.

use super::sheet::{Piece, Sheet};
use super::{Form, columns, field};
use crate::app::Target;
use crate::app::capture::{Field, Focus};
use crate::config::theme::Role;
use crate::text::width;
use crate::ui::canvas::Canvas;

/// Offers shown at once.
const OFFERS: u16 = 7;
/// The fewest columns of the list of offers.
const NARROWEST: u16 = 40;

/// Draws what of the form is in sight: `height` lines from `y`.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    form: &Form<'_>,
    sheet: &Sheet,
    (y, height): (u16, u16),
) {
    let offers = match form.capture.shows_offers() {
        true => OFFERS.min(u16::try_from(form.capture.offers.len()).unwrap_or(OFFERS)),
        false => 0,
    };
    let top = sheet.top(height, offers + 1);
    let mut under = None;
    for (n, line) in (0..height).zip(sheet.lines.iter().skip(top)) {
        for piece in line {
            let here = piece_at(canvas, form, piece, y + n);
            under = under.or(here.map(|(x, room)| (x, y + n, room)));
        }
    }
    let right = canvas.area().width;
    if sheet.height() > top + usize::from(height) {
        let last = y + height.saturating_sub(1);
        canvas.put_right(right, last, 1, "↓", Role::Dim);
    }
    if top > 0 {
        canvas.put_right(right, y, 1, "↑", Role::Dim);
    }
    if let (Some(under), true) = (under, offers > 0) {
        menu(canvas, form, under, (y + height, offers));
    }
}

/// Draws a piece; gives column and room of the field where it has the cursor.
fn piece_at(canvas: &mut Canvas<'_>, form: &Form<'_>, piece: &Piece, y: u16) -> Option<(u16, u16)> {
    match piece {
        Piece::Words {
            x,
            room,
            text,
            role,
        } => {
            canvas.put(*x, y, *room, text, *role);
            None
        }
        Piece::Right {
            right,
            room,
            text,
            role,
        } => {
            canvas.put_right(*right, y, *room, text, *role);
            None
        }
        Piece::Act {
            right,
            text,
            action,
        } => {
            let room = columns(text);
            canvas.put_right(*right, y, room, text, Role::Dim);
            canvas.hit(right.saturating_sub(room), y, room, Target::Act(*action));
            None
        }
        Piece::Opens { item } => {
            let room = canvas.area().width;
            canvas.hit(0, y, room, Target::Field(form.hit(*item, 0)));
            None
        }
        Piece::Field { x, room, focus } => {
            let target = Target::Field(form.hit(focus.item, focus.field));
            canvas.hit(*x, y, *room, target);
            field::line(
                canvas,
                form,
                field_of(form, *focus)?,
                (*x, y, *room),
                *focus,
            );
            (*focus == form.capture.form.focus).then_some((*x, *room))
        }
        Piece::Prose {
            x,
            room,
            focus,
            bytes,
        } => {
            let target = Target::Field(form.hit(focus.item, focus.field));
            canvas.hit(*x, y, *room, target);
            let field = field_of(form, *focus)?;
            field::prose(canvas, form, field, (*x, y, *room), (*focus, bytes));
            None
        }
    }
}

fn field_of<'a>(form: &Form<'a>, focus: Focus) -> Option<&'a Field> {
    let item = form.capture.form.items.get(focus.item)?;
    item.fields.get(focus.field)
}

/// Draws the offers under the field, or above it where there is no room below.
fn menu(
    canvas: &mut Canvas<'_>,
    form: &Form<'_>,
    (x, y, room): (u16, u16, u16),
    (bottom, count): (u16, u16),
) {
    let chosen = form.capture.chosen();
    let rows = usize::from(count);
    let first = chosen.map_or(0, |at| (at + 1).saturating_sub(rows));
    let top = if y + 1 + count <= bottom {
        y + 1
    } else {
        y.saturating_sub(count)
    };
    let shown = form
        .capture
        .offers
        .iter()
        .enumerate()
        .skip(first)
        .take(rows);
    let wanted = |label: &str, hint: &str| match hint {
        "" => columns(label) + 4,
        hint => columns(label) + columns(hint) + 6,
    };
    let widest = shown
        .clone()
        .map(|(_, offer)| wanted(&offer.label, &offer.hint));
    let screen = canvas.area().width;
    let widest = widest.max().unwrap_or(0);
    let wide = widest.max(room + 2).max(NARROWEST).min(screen);
    let x = x.saturating_sub(1).min(screen - wide);
    for (n, (at, offer)) in (0_u16..).zip(shown) {
        let y = top + n;
        let here = chosen == Some(at);
        let role = if here { Role::Selection } else { Role::Menu };
        let sign = if here { " ▸ " } else { "   " };
        canvas.lift(x, y, wide);
        let label = format!("{sign}{}", offer.label);
        let label = width::truncate(&label, usize::from(wide.saturating_sub(1)));
        let label = width::pad_right(&label, usize::from(wide));
        canvas.put(x, y, wide, &label, role);
        let hint = columns(&offer.hint);
        if hint > 0 && columns(&offer.label) + hint + 6 <= wide {
            canvas.put_right((x + wide).saturating_sub(1), y, hint, &offer.hint, role);
        }
        canvas.hit(x, y, wide, Target::Row(at as u64));
    }
}
