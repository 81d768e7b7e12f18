//! The form of a visit: two columns where there is room, the item in front in a box, the rest a line each.
//!
//! Owns where everything stands; the field with the cursor is always in sight.

mod cells;
mod field;
mod fold;
mod paint;
mod rows;
mod sheet;

use super::canvas::{Canvas, columns};
use super::glyph;
use crate::app::capture::{Around, Capture, Item, Part, Phase, Section, Slot};
use crate::app::screens::Session;
use crate::app::{Action, Model};
use crate::config::theme::Role;
use crate::i18n::Text;
use crate::i18n::messages::{capture as say, pairs};
use crate::text::date::{Lean, read_date};
use sheet::{Piece, Sheet};

/// Columns of the screen that two columns of fields need.
const WIDE: u16 = 76;

/// The form as it is drawn.
struct Form<'a> {
    model: &'a Model,
    capture: &'a Capture,
    around: Around<'a>,
}

impl<'a> Form<'a> {
    fn new(model: &'a Model, session: &'a Session, capture: &'a Capture) -> Self {
        let around = Around {
            now: model.now,
            me: session.me,
            profile: &session.profile,
            names: &session.names,
            setup: &model.setup,
            speech: model.speech(),
        };
        Self {
            model,
            capture,
            around,
        }
    }

    fn say(&self, text: &Text) -> String {
        self.around.speech.text(text)
    }

    /// The key of an action here, as people read it.
    fn key(&self, action: Action) -> String {
        self.model.key(action)
    }

    /// The number of a field, counted over the whole form, that a click names.
    fn hit(&self, item: usize, field: usize) -> usize {
        let before = self.capture.form.items.iter().take(item);
        before.map(|item| item.fields.len()).sum::<usize>() + field
    }
}

/// Draws the whole screen but status and footer.
pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, session: &Session, capture: &Capture) {
    let form = Form::new(model, session, capture);
    head(canvas, &form);
    let area = canvas.area();
    let height = area.height.saturating_sub(4);
    let sheet = lay_out(&form, area.width);
    paint::draw(canvas, &form, &sheet, (2, height));
    if model.status.is_none() {
        alike(canvas, capture, area.height.saturating_sub(2));
    }
}

/// Says quietly, on the line of what happened last, that there is a visit like this one.
fn alike(canvas: &mut Canvas<'_>, capture: &Capture, y: u16) {
    let Some(row) = capture.alike().first() else {
        return;
    };
    let Some(day) = row.to.or(row.from) else {
        return;
    };
    let code = row.code.as_str();
    let text = match row.lead.as_str() {
        "" => pairs::typed_like_unnamed(day, code),
        who => pairs::typed_like(day, code, who),
    };
    let text = format!("{} {}", glyph::SAME, canvas.say(&text));
    let room = canvas.area().width.saturating_sub(2);
    canvas.put(1, y, room, &text, Role::Warn);
}

/// Line 1: what this is, how far it is kept; the place and the day at the right.
fn head(canvas: &mut Canvas<'_>, form: &Form<'_>) {
    let area = canvas.area();
    let capture = form.capture;
    let title = match capture.form.visit_id() {
        Some(visit) => {
            let code = crate::domain::ShortCode::of(visit.into(), 6);
            form.say(&say::amending(code.as_str()))
        }
        None => form.say(&say::new_visit()),
    };
    let state = match capture.phase {
        Phase::Saving(_) | Phase::Sending(_) => form.say(&say::saving()),
        Phase::Typing | Phase::Discarding => format!("… {}", form.say(&say::state_typing())),
    };
    let kept = match capture.kept_at {
        Some(at) => say::kept_at(at.local().format("%H:%M:%S").to_string()),
        None => say::not_kept(),
    };
    let x = 1 + canvas.put(1, 0, area.width, &title, Role::Accent);
    let rest = format!(" · {state} · {}", form.say(&kept));
    let x = x + canvas.put(x, 0, area.width.saturating_sub(x), &rest, Role::Dim);
    let right = area.width.saturating_sub(1);
    let room = right.saturating_sub(x + 2);
    canvas.put_right(right, 0, room, &where_and_when(form), Role::Title);
    canvas.rule(0, 1, area.width);
}

fn where_and_when(form: &Form<'_>) -> String {
    let visit = form.capture.form.visit();
    let place = visit
        .field(Slot::Place, 0)
        .map(|field| fold::words(form, field));
    let day = visit.field(Slot::From, 0).and_then(|field| {
        let day = read_date(field.input.text(), form.around.today(), Lean::Past).ok()?;
        Some(form.around.speech.language().date(day))
    });
    let nights = fold::nights(form).filter(|nights| *nights > 0);
    let nights = nights.map(|nights| form.say(&say::nights(nights)));
    let parts = [place, day, nights].into_iter().flatten();
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// Puts the form together for a width.
fn lay_out(form: &Form<'_>, width: u16) -> Sheet {
    let mut sheet = Sheet::new(width);
    cells::item(&mut sheet, form, 0, (1, width.saturating_sub(1)));
    for (section, title, action) in [
        (Section::Activities, say::activities(), Action::AddActivity),
        (Section::Meetings, say::meetings(), Action::AddMeeting),
        (Section::Concerns, say::concerns(), Action::AddConcern),
    ] {
        sheet.blank();
        sheet.line(vec![
            Piece::words(1, width, form.say(&title), Role::Title),
            Piece::Act {
                right: width.saturating_sub(1),
                text: form.say(&say::add_with(form.key(action))),
                action,
            },
        ]);
        let items = form.capture.form.items.iter().enumerate();
        let items = items.filter(|(_, item)| item.part.section() == section);
        for (number, (at, _)) in items.enumerate() {
            if form.capture.form.focus.item == at {
                open(&mut sheet, form, at, number + 1);
            } else {
                fold::line(&mut sheet, form, at, number + 1);
            }
        }
    }
    sheet
}

/// The item with the cursor, in a box.
fn open(sheet: &mut Sheet, form: &Form<'_>, at: usize, number: usize) {
    let Some(item) = form.capture.form.items.get(at) else {
        return;
    };
    let (left, right) = (4, sheet.width.saturating_sub(1));
    let room = right.saturating_sub(left);
    let title = form.say(&title(item));
    let rule = "─".repeat(usize::from(room.saturating_sub(columns(&title) + 5)));
    sheet.box_begins();
    sheet.line(vec![
        Piece::words(0, 1, "▌".to_owned(), Role::Accent),
        Piece::right(3, 2, number.to_string(), Role::Dim),
        Piece::words(left, room, "┌─".to_owned(), Role::Rule),
        Piece::words(left + 3, room, title.clone(), Role::Title),
        Piece::words(
            left + 4 + columns(&title),
            room,
            format!("{rule}┐"),
            Role::Rule,
        ),
    ]);
    let first = sheet.height();
    cells::item(sheet, form, at, (left + 2, right.saturating_sub(2)));
    sheet.sides(first, left, right.saturating_sub(1));
    let hint = hint(form, item);
    let rule = "─".repeat(usize::from(room.saturating_sub(columns(&hint) + 6)));
    sheet.line(vec![
        Piece::words(left, room, format!("└{rule}"), Role::Rule),
        Piece::right(right.saturating_sub(4), room, hint, Role::Dim),
        Piece::words(right.saturating_sub(3), 3, "──┘".to_owned(), Role::Rule),
    ]);
    sheet.box_ends();
}

fn title(item: &Item) -> Text {
    match item.part {
        Part::Visit | Part::Activity => say::activity(),
        Part::Meeting => say::meeting(),
        Part::Concern | Part::CrimeReport => say::concern(),
        Part::Envelope => say::envelope(),
    }
}

/// What can be pressed in the box and has no room in the footer of a narrow screen.
fn hint(form: &Form<'_>, item: &Item) -> String {
    let named = |action: Action| format!("{} {}", form.key(action), form.say(&action.label()));
    match item.part {
        Part::Activity | Part::Meeting => {
            format!("{}  {}", named(Action::AddRow), named(Action::RemovePart))
        }
        Part::Visit | Part::Concern | Part::Envelope | Part::CrimeReport => {
            named(Action::RemovePart)
        }
    }
}
