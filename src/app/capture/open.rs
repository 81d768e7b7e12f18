//! A dossier opened in the form.
//!
//! Owns the way from values to texts; `reading` goes back. Nothing of a dossier is lost between.

use super::around::Around;
use super::form::{ANONYMOUS, Chip, Form, Imported, Item, Saved, own_code};
use super::reading::settled_chips;
use super::slot::{Part, Slot};
use crate::domain::{
    Activity, ActivityFile, Code, ConcernFile, Day, Dossier, Envelope, MeetingFile, Quantity,
    RaisedBy, Site, Visit,
};
use crate::text::date::write_date;
use crate::text::number::{Marks, write_quantity, write_whole};

/// Opens a dossier.
pub(super) fn open(dossier: &Dossier, around: &Around<'_>) -> Form {
    let mut form = Form::blank(around.marks(), around.today());
    let marks = form.marks;
    form.state = dossier.state;
    form.parts.clone_from(&dossier.parts);
    form.lead = dossier.visit.value.lead;
    form.unit.clone_from(&dossier.visit.value.unit);
    form.origin = dossier.visit.value.origin;
    fill_visit(form.visit_mut(), &dossier.visit.value);
    form.visit_mut().saved.itself = Saved::of(&dossier.visit);
    form.visit_mut().imported.row = dossier.visit.value.row;
    for file in &dossier.activities {
        form.add(activity(file, marks));
    }
    for file in &dossier.meetings {
        form.add(meeting_item(file, marks));
    }
    for file in &dossier.concerns {
        form.add(concern(file));
    }
    for envelope in &dossier.envelopes {
        let mut item = envelope_item(&envelope.value);
        item.saved.itself = Saved::of(envelope);
        form.add(item);
    }
    form
}

fn fill_visit(item: &mut Item, visit: &Visit) {
    put_site(item, Slot::Place, visit.site.as_ref());
    put_day(item, Slot::From, 0, visit.from);
    if visit.to != visit.from {
        put_day(item, Slot::To, 0, visit.to);
    }
    put_chips(
        item,
        Slot::Team,
        0,
        visit.team.iter().map(|id| Chip::Person(*id)),
    );
    put_chips(
        item,
        Slot::Shared,
        0,
        visit.shared.iter().cloned().map(Chip::Code),
    );
    put(item, Slot::Programme, 0, &visit.programme);
    put(item, Slot::Cell, 0, &visit.reviewing_cell);
    put(item, Slot::Note, 0, &visit.note);
}

fn activity(file: &ActivityFile, marks: Marks) -> Item {
    let Activity {
        visit: _,
        category,
        amount,
        measure,
        person_days,
        officers,
        beneficiaries,
        funding,
        lead_unit,
        partners,
        sites,
        confirmation,
        description,
        note,
        summing,
        row,
    } = &file.activity.value;
    let mut item = Item::new(Part::Activity);
    item.imported = Imported {
        row: *row,
        summing: *summing,
        note: note.clone(),
        ..Imported::default()
    };
    let quantity = |q: Quantity| i64::try_from(q.0).map(|q| write_quantity(q, marks));
    put_code(&mut item, Slot::Category, 0, category.as_ref());
    for (slot, value) in [(Slot::Amount, amount), (Slot::PersonDays, person_days)] {
        if let Some(Ok(text)) = value.map(quantity) {
            put(&mut item, slot, 0, &text);
        }
    }
    put_code(&mut item, Slot::Measure, 0, measure.as_ref());
    put_count(&mut item, Slot::Officers, 0, *officers, marks);
    for (row, helped) in (0..u8::MAX).zip(beneficiaries) {
        grow(&mut item, Slot::Helped, row);
        put_code(&mut item, Slot::Helped, row, helped.kind.as_ref());
        put_count(&mut item, Slot::Households, row, helped.households, marks);
        put_count(&mut item, Slot::People, row, helped.people, marks);
        put_count(&mut item, Slot::Turns, row, helped.turns, marks);
    }
    for (row, funding) in (0..u8::MAX).zip(funding) {
        grow(&mut item, Slot::Source, row);
        put_code(&mut item, Slot::Source, row, funding.source.as_ref());
        if let Some(value) = funding.value {
            put(&mut item, Slot::Value, row, &write_whole(value.0, marks));
        }
    }
    put(&mut item, Slot::LeadUnit, 0, lead_unit);
    put_chips(
        &mut item,
        Slot::Partners,
        0,
        partners.iter().cloned().map(Chip::Words),
    );
    put_chips(&mut item, Slot::Sites, 0, sites.iter().map(site_chip));
    if let Some(confirmation) = confirmation {
        put(&mut item, Slot::ConfirmedBy, 0, &confirmation.by);
        put_day(&mut item, Slot::ConfirmedOn, 0, confirmation.on);
    }
    put(&mut item, Slot::Description, 0, description);
    if let Some(helped) = &file.helped {
        put(&mut item, Slot::HelpedNames, 0, &helped.value.names);
        item.saved.petition = Saved::of(helped);
    }
    item.saved.itself = Saved::of(&file.activity);
    item
}

fn meeting_item(file: &MeetingFile, marks: Marks) -> Item {
    let meeting = &file.meeting.value;
    let mut item = Item::new(Part::Meeting);
    put_code(&mut item, Slot::Meeting, 0, meeting.kind.as_ref());
    put_code(&mut item, Slot::Capacity, 0, meeting.capacity.as_ref());
    put(&mut item, Slot::Body, 0, &meeting.body);
    put_site(&mut item, Slot::MeetingSite, meeting.site.as_ref());
    put_count(&mut item, Slot::Attendance, 0, meeting.attendance, marks);
    put(&mut item, Slot::Remarks, 0, &meeting.remarks);
    put(&mut item, Slot::Issues, 0, &meeting.issues);
    item.saved.itself = Saved::of(&file.meeting);
    item.saved.promises = file.promises.iter().map(Saved::of).collect();
    for (row, promise) in (0..u8::MAX).zip(&file.promises) {
        let promise = &promise.value;
        grow(&mut item, Slot::Promise, row);
        put(&mut item, Slot::Promise, row, &promise.text);
        put_day(&mut item, Slot::PromiseDue, row, promise.due);
    }
    item.imported = Imported {
        row: meeting.row,
        summing: meeting.summing,
        note: meeting.note.clone(),
        opinions: meeting.opinions,
        sites: meeting.sites.iter().map(site_chip).collect(),
    };
    item
}

fn concern(file: &ConcernFile) -> Item {
    let concern = &file.concern.value;
    let mut item = Item::new(Part::Concern);
    let kind = concern.kind.map(|kind| own_code(kind.as_str()));
    put_code(&mut item, Slot::Concern, 0, kind.as_ref());
    put_code(&mut item, Slot::Topic, 0, concern.topic.as_ref());
    put(&mut item, Slot::Line, 0, &concern.line);
    put_site(&mut item, Slot::ConcernSite, concern.site.as_ref());
    put_chips(
        &mut item,
        Slot::Settled,
        0,
        settled_chips(concern.settlement),
    );
    put_day(&mut item, Slot::AnswerBy, 0, concern.answer_by);
    item.imported.row = concern.row;
    if let Some(particulars) = &file.particulars {
        match &particulars.value.raised_by {
            RaisedBy::Anonymous => {
                let anonymous = Chip::Code(own_code(ANONYMOUS));
                put_chips(&mut item, Slot::Anonymous, 0, [anonymous]);
            }
            RaisedBy::Citizen(citizen) => {
                put(&mut item, Slot::RaisedBy, 0, &citizen.name);
                put(&mut item, Slot::Contact, 0, &citizen.contact);
            }
        }
        put(&mut item, Slot::Said, 0, &particulars.value.said);
        put(&mut item, Slot::Wish, 0, &particulars.value.wish);
        item.saved.petition = Saved::of(particulars);
    }
    item.saved.itself = Saved::of(&file.concern);
    item
}

fn envelope_item(envelope: &Envelope) -> Item {
    let mut item = Item::new(Part::Envelope);
    let kind = own_code(super::form::DENUNCIATION);
    put_code(&mut item, Slot::Concern, 0, Some(&kind));
    put(&mut item, Slot::EnvelopeNumber, 0, &envelope.number);
    put_day(&mut item, Slot::EnvelopeDate, 0, envelope.on);
    put(&mut item, Slot::EnvelopeBody, 0, &envelope.body);
    item
}

/// Makes sure that a row of a repeated group is there.
fn grow(item: &mut Item, slot: Slot, row: u8) {
    if item.rows(slot) <= row {
        item.add_row(slot);
    }
}

pub(super) fn put(item: &mut Item, slot: Slot, row: u8, text: &str) {
    if let Some(field) = item.field_mut(slot, row) {
        field.input = field.input.clone().opened(text);
    }
}

pub(super) fn put_chips(
    item: &mut Item,
    slot: Slot,
    row: u8,
    chips: impl IntoIterator<Item = Chip>,
) {
    if let Some(field) = item.field_mut(slot, row) {
        field.chips = chips.into_iter().collect();
    }
}

pub(super) fn put_code(item: &mut Item, slot: Slot, row: u8, code: Option<&Code>) {
    put_chips(item, slot, row, code.cloned().map(Chip::Code));
}

pub(super) fn put_day(item: &mut Item, slot: Slot, row: u8, day: Option<Day>) {
    if let Some(day) = day {
        put(item, slot, row, &write_date(day));
    }
}

fn put_count(item: &mut Item, slot: Slot, row: u8, count: Option<u32>, marks: Marks) {
    if let Some(count) = count {
        put(item, slot, row, &write_whole(u64::from(count), marks));
    }
}

fn put_site(item: &mut Item, slot: Slot, site: Option<&Site>) {
    put_chips(item, slot, 0, site.map(site_chip));
}

fn site_chip(site: &Site) -> Chip {
    match site {
        Site::Village(id) => Chip::Village(*id),
        Site::Commune(code) => Chip::Commune(*code),
        Site::Former(code) => Chip::Former(*code),
        Site::Text(words) => Chip::Words(words.clone()),
    }
}
