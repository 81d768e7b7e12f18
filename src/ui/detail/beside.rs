//! A reception with its register, a Saturday duty, an inspection and an assignment on the screen; and who
//! raised a concern.

use ratatui::layout::Rect;

use super::Sheet;
use crate::app::screens::{Owed, Raised};
use crate::app::{Action, Model, Target, owed};
use crate::config::theme::Role;
use crate::domain::{
    Assignment, Day, Duty, EntityKind, EnvelopeRow, Inspection, Quantity, RaisedBy, Reception,
    RecordRow, RowTitle,
};
use crate::i18n::messages::{concern, detail, register, today};
use crate::ui::canvas::{Canvas, capital, columns};

/// The column where rows of a register begin.
const ROW: u16 = 2;

fn count(sheet: &Sheet<'_, '_>, count: Option<u32>) -> String {
    let language = sheet.canvas.language();
    count.map_or_else(|| "–".to_owned(), |count| language.number(i64::from(count)))
}

pub(super) fn reception(sheet: &mut Sheet<'_, '_>, reception: &Reception) {
    let kind = reception.kind.map(|kind| sheet.say(&owed::reception(kind)));
    sheet.pair(&concern::slot_kind(), &capital(&kind.unwrap_or_default()));
    sheet.pair(&register::label_unit(), &reception.unit);
    if reception.people.is_some() || reception.turns.is_some() {
        let people = count(sheet, reception.people);
        let turns = count(sheet, reception.turns);
        let received = sheet.say(&register::received(people, turns));
        sheet.pair(&register::label_received(), &received);
    }
    sheet.pair(&register::label_note(), &reception.note);
}

pub(super) fn duty(sheet: &mut Sheet<'_, '_>, duty: &Duty) {
    sheet.pair(&register::label_unit(), &duty.unit);
    if let Some(Quantity(hours)) = duty.hours {
        let hours = sheet
            .canvas
            .language()
            .decimal(i64::try_from(hours).unwrap_or(i64::MAX));
        sheet.pair(&concern::slot_hours(), &hours);
    }
    let files = register::files(
        count(sheet, duty.received),
        count(sheet, duty.solved),
        count(sheet, duty.overdue),
    );
    let files = sheet.say(&files);
    sheet.pair(&register::label_files(), &files);
    sheet.pair(&register::label_note(), &duty.note);
}

pub(super) fn inspection(sheet: &mut Sheet<'_, '_>, inspection: &Inspection) {
    sheet.pair(&concern::slot_decision(), &inspection.decision);
    span(sheet, inspection.from, inspection.to);
    sheet.pair(&concern::slot_body(), &inspection.body);
    let laws = inspection
        .laws
        .iter()
        .map(|law| sheet.say(&owed::inspected(*law)));
    let laws = laws.collect::<Vec<_>>().join(" · ");
    sheet.pair(&register::label_laws(), &laws);
    sheet.pair(&register::label_agencies(), &inspection.agencies.join("; "));
    sheet.pair(&register::label_conclusion(), &inspection.conclusion);
    sheet.pair(&register::label_note(), &inspection.note);
}

pub(super) fn assignment(sheet: &mut Sheet<'_, '_>, assignment: &Assignment) {
    sheet.pair(&concern::slot_cell(), &assignment.cell);
    span(sheet, assignment.from, assignment.to);
    if let Some(quota) = assignment.quota {
        let times = sheet.say(&register::times(i64::from(quota)));
        sheet.pair(&register::label_quota(), &times);
    }
    sheet.pair(&register::label_document(), &assignment.document);
}

fn span(sheet: &mut Sheet<'_, '_>, from: Option<Day>, to: Option<Day>) {
    let language = sheet.canvas.language();
    let day = |day: Option<Day>| day.map_or_else(|| "–".to_owned(), |day| language.date(day));
    if from.is_some() || to.is_some() {
        let span = sheet.say(&register::span(day(from), day(to)));
        sheet.pair(&register::label_span(), &span);
    }
}

/// Who raised a concern: dots until a key shows it.
pub(super) fn raised(sheet: &mut Sheet<'_, '_>, open: &Owed) {
    if open.entity.kind != EntityKind::Concern || !sheet.session.profile.role.keeps_names() {
        return;
    }
    let label = register::raised_by();
    let particulars = match &open.raised {
        Raised::Hidden => {
            let key = sheet.model.key(Action::ShowNames);
            let masked = sheet.say(&register::masked(key));
            return sheet.pair(&label, &masked);
        }
        Raised::Shown(None) => {
            let nobody = sheet.say(&register::nobody_named());
            return sheet.pair(&label, &nobody);
        }
        Raised::Shown(Some(particulars)) => particulars,
    };
    let who = match &particulars.raised_by {
        RaisedBy::Anonymous => sheet.say(&detail::anonymous()),
        RaisedBy::Citizen(citizen) => {
            let parts = [
                citizen.name.as_str(),
                &citizen.contact,
                &citizen.address,
                &citizen.id_number,
            ];
            let parts = parts.into_iter().filter(|part| !part.is_empty());
            parts.collect::<Vec<_>>().join(", ")
        }
    };
    sheet.pair(&label, &who);
    sheet.pair(&register::slot_said(), &particulars.said);
    sheet.pair(&register::wish(), &particulars.wish);
}

/// Draws the register of a reception in an area: its rows with the cursor, then the envelopes.
pub(super) fn register(
    canvas: &mut Canvas<'_>,
    model: &Model,
    (open, rows, envelopes): (&Owed, &[RecordRow], &[EnvelopeRow]),
    area: Rect,
) {
    let heading = register::heading(rows.len() + envelopes.len());
    canvas.tell(area.x + 1, area.y, area.width, &heading, Role::Title);
    if rows.is_empty() && envelopes.is_empty() {
        let text = register::no_rows(model.key(Action::AddMatter));
        canvas.tell(area.x + ROW, area.y + 1, area.width - ROW, &text, Role::Dim);
        return;
    }
    let lines = u64::from(area.height.saturating_sub(1));
    let top = (open.at + 1).saturating_sub(lines);
    let shown = (0_u64..).zip(rows).skip(usize::try_from(top).unwrap_or(0));
    let mut y = area.y + 1;
    for (at, row) in shown {
        if y >= area.bottom() {
            return;
        }
        let chosen = at == open.at;
        if chosen {
            canvas.mark(0, y);
        }
        let role = if chosen { Role::Title } else { Role::Text };
        register_row(canvas, row, (area, y), role);
        canvas.hit(0, y, area.width, Target::Row(at));
        y += 1;
    }
    for envelope in envelopes {
        if y >= area.bottom() {
            return;
        }
        let number = canvas.say(&register::envelope(envelope.number.as_str()));
        let state = match envelope.handed_over {
            Some(on) => register::handed_over(on),
            None => register::not_handed_over(),
        };
        let words = format!("{number} · {}", canvas.say(&state));
        canvas.put(area.x + ROW, y, area.width - ROW, &words, Role::Dim);
        y += 1;
    }
}

fn register_row(canvas: &mut Canvas<'_>, row: &RecordRow, (area, y): (Rect, u16), role: Role) {
    let RowTitle::Concern {
        kind, line, state, ..
    } = &row.title
    else {
        return;
    };
    let kind = kind.map_or_else(today::concerns, super::kind_name);
    let words = format!(
        "{} · {}: {line}",
        row.code.as_str(),
        capital(&canvas.say(&kind))
    );
    let state = canvas.say(&owed::state(*state));
    let right = area.right().saturating_sub(1);
    let wide = columns(&state);
    let room = area.width.saturating_sub(ROW + wide + 3);
    canvas.put(area.x + ROW, y, room, &words, role);
    canvas.put_right(right, y, wide, &state, Role::Dim);
}
