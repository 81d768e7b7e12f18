//! What the form fills in by itself: a new visit's defaults, and "like the last visit".

use super::around::Around;
use super::form::{Chip, Form, Item};
use super::open::{self, put_chips, put_code, put_day};
use super::slot::{Entry, Part, Slot};
use crate::domain::{Code, Day, Dossier};
use crate::text::date::write_date;
use crate::text::number::{read_count, read_money, read_quantity, write_quantity, write_whole};

/// Makes the form of a new visit: today, with the officer as the lead.
pub(super) fn new_visit(around: &Around<'_>) -> Form {
    let mut form = Form::blank(around.marks(), around.today());
    form.unit.clone_from(&around.profile.unit);
    form.lead = Some(around.me);
    let today = around.today();
    let visit = form.visit_mut();
    put_day(visit, Slot::From, 0, Some(today));
    put_chips(visit, Slot::Team, 0, [Chip::Person(around.me)]);
    form
}

/// Makes an item with what is most often right.
pub(super) fn new_item(part: Part, around: &Around<'_>) -> Item {
    let mut item = Item::new(part);
    default_helped(&mut item, 0, around);
    item.confine(around.profile.role);
    item
}

/// Fills the kind of those helped with the usual one.
pub(super) fn default_helped(item: &mut Item, row: u8, around: &Around<'_>) {
    let usual = around.setup.catalogue.beneficiaries.iter().next();
    put_code(item, Slot::Helped, row, usual.map(|choice| &choice.code));
}

/// Fills what follows from a choice: the measure that goes with a category.
pub(super) fn follow(item: &mut Item, slot: Slot, around: &Around<'_>) {
    if slot != Slot::Category {
        return;
    }
    let Some(category) = item.field(slot, 0).and_then(|field| field.code()) else {
        return;
    };
    let choice = around.setup.catalogue.activities.get(category);
    let measures: Vec<Code> = choice.map_or_else(Vec::new, |choice| choice.measures.clone());
    let present = item.field(Slot::Measure, 0).and_then(|field| field.code());
    if present.is_none_or(|measure| !measures.contains(measure)) {
        put_code(item, Slot::Measure, 0, measures.first());
    }
}

/// Proposes for a new visit the cell that reviews its place; what was typed otherwise stays.
pub(super) fn propose_cell(form: &mut Form, place: &Chip, around: &Around<'_>) {
    let Some(cell) = around.cell_of(form, place) else {
        return;
    };
    if form.visit_id().is_some() {
        return;
    }
    if let Some(field) = form.visit_mut().field_mut(Slot::Cell, 0)
        && (field.input.is_blank() || around.setup.proposes_cell(field.input.text()))
    {
        field.input.set(cell);
    }
}

/// Fills place, team and kind of work from another visit, each where nothing was typed yet.
pub(super) fn like(form: &mut Form, last: &Dossier, around: &Around<'_>) {
    let model = open::open(last, around);
    let only_me = [Chip::Person(around.me)];
    for slot in [
        Slot::Place,
        Slot::Team,
        Slot::Shared,
        Slot::Programme,
        Slot::Cell,
    ] {
        let Some(theirs) = model.visit().field(slot, 0).cloned() else {
            continue;
        };
        if let Some(ours) = form.visit_mut().field_mut(slot, 0)
            && (ours.is_empty() || (ours.chips == only_me && ours.input.is_blank()))
            && !theirs.is_empty()
        {
            *ours = theirs;
            if slot == Slot::Team {
                form.lead = model.lead;
            }
        }
    }
    let kind = last.activities.first();
    let kind = kind.and_then(|file| file.activity.value.category.as_ref());
    let none_yet = form
        .items
        .iter()
        .all(|item| item.part != Part::Activity || item.is_blank());
    if let Some(kind) = kind.filter(|_| none_yet) {
        form.items.retain(|item| item.part != Part::Activity);
        let mut item = new_item(Part::Activity, around);
        put_code(&mut item, Slot::Category, 0, Some(kind));
        follow(&mut item, Slot::Category, around);
        form.add(item);
    }
}

/// Writes out what was typed short, once its field is left: `22/11` becomes `22/11/2026`.
pub(super) fn written_out(form: &mut Form, around: &Around<'_>) {
    let marks = form.marks;
    let field = form.field_mut();
    let text = field.input.text();
    let full = match field.slot.entry() {
        Entry::Day(_) => super::reading::read_day(field, around.today()).map(write_date),
        Entry::Count => read_count(text, marks).ok().map(|n| write_whole(n, marks)),
        Entry::Money => read_money(text, marks).ok().map(|n| write_whole(n, marks)),
        Entry::Quantity => read_quantity(text, marks)
            .ok()
            .map(|n| write_quantity(n, marks)),
        Entry::Choice(_)
        | Entry::Toggles(_)
        | Entry::Site
        | Entry::Sites
        | Entry::People
        | Entry::Units
        | Entry::Line(_)
        | Entry::Prose => None,
    };
    if let Some(full) = full.filter(|full| full != text) {
        field.input.set(&full);
    }
}

/// Writes out the dates of a form that was left on another day, so that "hôm nay" stays that day.
pub(super) fn dates_of_the_day(form: &mut Form, today: Day) {
    if form.day == today {
        return;
    }
    let day = form.day;
    for field in form.items.iter_mut().flat_map(|item| &mut item.fields) {
        if let Some(date) = super::reading::read_day(field, day) {
            field.input.set(&write_date(date));
        }
    }
    form.day = today;
}
