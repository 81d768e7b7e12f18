//! One field of the form on the screen, with and without the cursor.

use std::ops::Range;

use super::fold::list_of;
use super::{Form, columns};
use crate::app::capture::{Chip, Entry, Field, Focus, Grip, List, Slot};
use crate::config::theme::Role;
use crate::i18n::messages::capture as say;
use crate::text::width;
use crate::ui::canvas::{self, Canvas};

/// Column, line and room of a field.
type Place = (u16, u16, u16);

/// Draws a field of one line.
pub(super) fn line(
    canvas: &mut Canvas<'_>,
    form: &Form<'_>,
    field: &Field,
    (x, y, room): Place,
    focus: Focus,
) {
    let here = focus == form.capture.form.focus;
    if let Entry::Toggles(list) = field.slot.entry() {
        toggles(
            canvas,
            form,
            (field, list),
            (x, y, room),
            here.then_some(form.capture.at),
        );
        return;
    }
    if !here {
        resting(canvas, form, field, (x, y, room));
        return;
    }
    let blank = " ".repeat(usize::from(room));
    canvas.put(x, y, room, &blank, Role::Field);
    let used = chips(canvas, form, field, (x, y, room));
    let left = room.saturating_sub(used);
    let whole = form.capture.grip == Grip::Whole && !field.input.text().is_empty();
    canvas.field((x + used, y), left, &field.input, canvas::Focus::Here);
    if whole {
        canvas.put(x + used, y, left, field.input.text(), Role::Selection);
    }
}

/// Draws the chips of the field with the cursor; the one that ← → are at stands out.
fn chips(canvas: &mut Canvas<'_>, form: &Form<'_>, field: &Field, (x, y, room): Place) -> u16 {
    let names: Vec<String> = field.chips.iter().map(|c| name(form, field, c)).collect();
    // The letters typed behind keep some room; what is cut is the beginning of the list.
    let kept = if field.input.text().is_empty() { 2 } else { 10 };
    let most = room.saturating_sub(kept);
    let taken = |first: usize| {
        let rest = names.iter().skip(first);
        rest.map(|name| columns(name) + 2).sum::<u16>()
    };
    let mut first = 0;
    while first + 1 < names.len() && taken(first) > most {
        first += 1;
    }
    let one = matches!(field.slot.entry(), Entry::Choice(_) | Entry::Site);
    let mut used = 0;
    for (at, name) in names.iter().enumerate().skip(first) {
        let at_it = form.capture.at == at && field.input.text().is_empty();
        let role = if at_it { Role::Selection } else { Role::Field };
        used += canvas.put(x + used, y, most.saturating_sub(used), name, role);
        if !one {
            used += canvas.put(x + used, y, most.saturating_sub(used), ", ", Role::Field);
        }
    }
    used
}

fn name(form: &Form<'_>, field: &Field, chip: &Chip) -> String {
    let list = list_of(field.slot.entry());
    let name = form.around.chip_words(&form.capture.form, list, chip);
    let leads = match chip {
        Chip::Person(id) => field.slot == Slot::Team && form.capture.form.lead == Some(*id),
        Chip::Code(_) | Chip::Village(_) | Chip::Commune(_) | Chip::Former(_) | Chip::Words(_) => {
            false
        }
    };
    if leads { format!("{name} ★") } else { name }
}

/// Draws a field without the cursor: its words, or a thin line where there are none.
fn resting(canvas: &mut Canvas<'_>, form: &Form<'_>, field: &Field, (x, y, room): Place) {
    let names = field.chips.iter().map(|chip| name(form, field, chip));
    let typed = field.input.text().trim();
    let typed = (!typed.is_empty()).then(|| typed.to_owned());
    let all: Vec<String> = names.chain(typed).collect();
    if !all.is_empty() {
        canvas.put(x, y, room, &shortened(&all, usize::from(room)), Role::Text);
    } else if let Some(text) = stands_for(form, field) {
        canvas.put(x, y, room, &text, Role::Dim);
    } else {
        line_of(canvas, (x, y, room));
    }
}

fn line_of(canvas: &mut Canvas<'_>, (x, y, room): Place) {
    let line = "_".repeat(usize::from(room));
    canvas.put(x, y, room, &line, Role::Rule);
}

/// What an empty field stands for: the day of return is the day of leaving; who reads a name.
fn stands_for(form: &Form<'_>, field: &Field) -> Option<String> {
    if matches!(field.slot, Slot::RaisedBy | Slot::HelpedNames) {
        return Some(form.say(&say::petition_hint()));
    }
    let from = form.capture.form.visit().field(Slot::From, 0)?;
    let typed = from.input.text();
    (field.slot == Slot::To && !typed.is_empty()).then(|| typed.to_owned())
}

/// Joins names; those that have no room are counted.
fn shortened(names: &[String], room: usize) -> String {
    let all = names.join(", ");
    if width::columns(&all) <= room {
        return all;
    }
    for shown in (1..names.len()).rev() {
        let some = names.get(..shown).unwrap_or_default().join(", ");
        let text = format!("{some}, +{}", names.len() - shown);
        if width::columns(&text) <= room {
            return text;
        }
    }
    all
}

/// Draws what is on and off; the one that the cursor is at, if it is in this field.
fn toggles(
    canvas: &mut Canvas<'_>,
    form: &Form<'_>,
    (field, list): (&Field, List),
    (x, y, room): Place,
    cursor: Option<usize>,
) {
    let all = form.around.toggles(list, field).into_iter();
    let texts: Vec<String> = all
        .map(|(label, on)| format!("{} {label}", if on { "[x]" } else { "[ ]" }))
        .collect();
    // The one that the cursor is at stays in sight; those before it make room.
    let at = cursor.unwrap_or(0);
    let wide = |first: usize| {
        let shown = texts.get(first..=at).unwrap_or_default();
        shown.iter().map(|text| columns(text) + 2).sum::<u16>()
    };
    let mut first = 0;
    while first < at && wide(first) > room + 2 {
        first += 1;
    }
    let mut used = 0;
    for (n, text) in texts.iter().enumerate().skip(first) {
        let left = room.saturating_sub(used);
        if left < 5 {
            canvas.put((x + used).saturating_sub(1), y, 1, "…", Role::Dim);
            return;
        }
        let role = if cursor == Some(n) {
            canvas.set_cursor(x + used + 1, y);
            Role::Accent
        } else {
            Role::Text
        };
        used += canvas.put(x + used, y, left, text, role) + 2;
    }
}

/// Draws a line of a field of several.
pub(super) fn prose(
    canvas: &mut Canvas<'_>,
    form: &Form<'_>,
    field: &Field,
    (x, y, room): Place,
    (focus, bytes): (Focus, &Range<usize>),
) {
    let text = field.input.text();
    let line = text.get(bytes.clone()).unwrap_or("").trim_end_matches('\n');
    if focus != form.capture.form.focus {
        match stands_for(form, field) {
            Some(hint) if text.is_empty() => {
                canvas.put(x, y, room, &hint, Role::Dim);
            }
            None if text.is_empty() => line_of(canvas, (x, y, room)),
            Some(_) | None => {
                canvas.put(x, y, room, line, Role::Text);
            }
        }
        return;
    }
    let blank = " ".repeat(usize::from(room));
    canvas.put(x, y, room, &blank, Role::Field);
    canvas.put(x, y, room, line, Role::Field);
    let cursor = field.input.cursor();
    let before = text.get(bytes.start..cursor);
    if let Some(before) = before.filter(|before| !before.contains('\n')) {
        // A later line of the same field that has the cursor too sets it again.
        let at = columns(before).min(room.saturating_sub(1));
        canvas.set_cursor(x + at, y);
    }
}
