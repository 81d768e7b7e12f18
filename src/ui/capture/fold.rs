//! An item as one line, and fields as words.
//!
//! Owns what of an item is worth a line.

use super::Form;
use super::sheet::{Piece, Sheet};
use crate::app::capture::{Entry, Field, Item, List, Part, Slot};
use crate::config::theme::Role;
use crate::i18n::Text;
use crate::i18n::messages::capture as say;
use crate::text::date::{DateError, Lean, read_date};

/// Columns of the first words of a folded item.
const NAME: u16 = 22;

/// Gives the list that a field's codes are named by.
pub(super) fn list_of(entry: Entry) -> Option<List> {
    match entry {
        Entry::Choice(list) | Entry::Toggles(list) => Some(list),
        Entry::Site
        | Entry::Sites
        | Entry::People
        | Entry::Units
        | Entry::Day(_)
        | Entry::Count
        | Entry::Quantity
        | Entry::Money
        | Entry::Line(_)
        | Entry::Prose => None,
    }
}

/// Gives what stands in a field as words.
pub(super) fn words(form: &Form<'_>, field: &Field) -> String {
    let list = list_of(field.slot.entry());
    let chips = field.chips.iter();
    let chips = chips.map(|chip| form.around.chip_words(&form.capture.form, list, chip));
    let typed = field.input.text().trim().replace('\n', " ");
    let typed = (!typed.is_empty()).then_some(typed);
    chips.chain(typed).collect::<Vec<_>>().join(", ")
}

/// Counts the nights from what is typed; `None` while it cannot be.
pub(super) fn nights(form: &Form<'_>) -> Option<u32> {
    let visit = form.capture.form.visit();
    let day = |slot| {
        let field = visit.field(slot, 0)?;
        let typed = field.input.text();
        Some(read_date(typed, form.around.today(), Lean::Past))
    };
    let from = day(Slot::From)?.ok()?;
    let to = match day(Slot::To)? {
        Ok(to) => to,
        Err(DateError::Empty) => from,
        Err(_) => return None,
    };
    u32::try_from((to - from).num_days()).ok()
}

/// Draws an item that has not the cursor.
pub(super) fn line(sheet: &mut Sheet, form: &Form<'_>, at: usize, number: usize) {
    let Some(item) = form.capture.form.items.get(at) else {
        return;
    };
    let right = sheet.width.saturating_sub(1);
    let notes = form.capture.notes.iter();
    let lacking = notes.filter(|note| note.focus.item == at);
    let lacking = lacking.filter(|note| form.capture.note(note.focus).is_some());
    let lacking = lacking.count();
    let mut end = right;
    let mut pieces = vec![Piece::right(3, 2, number.to_string(), Role::Dim)];
    if lacking > 0 {
        let text = format!("! {}", form.say(&say::lacking(lacking)));
        end = right.saturating_sub(super::columns(&text) + 2);
        pieces.push(Piece::right(right, right, text, Role::Warn));
    }
    let (name, rest) = summary(form, item);
    let role = if item.is_blank() {
        Role::Dim
    } else {
        Role::Text
    };
    let room = match rest.is_empty() {
        true => end.saturating_sub(4),
        false => NAME,
    };
    pieces.push(Piece::words(4, room, name, role));
    let x = 4 + NAME + 1;
    let rest = rest.join("   ");
    pieces.push(Piece::words(x, end.saturating_sub(x), rest, Role::Text));
    pieces.push(Piece::Opens { item: at });
    sheet.line(pieces);
}

/// Reads the fields of one item as words.
struct Reader<'a, 'b> {
    form: &'a Form<'b>,
    item: &'a Item,
}

impl Reader<'_, '_> {
    fn text(&self, slot: Slot, row: u8) -> String {
        let field = self.item.field(slot, row);
        field.map_or_else(String::new, |field| words(self.form, field))
    }

    fn some(&self, slot: Slot, row: u8) -> Option<String> {
        Some(self.text(slot, row)).filter(|words| !words.is_empty())
    }

    fn said(&self, slot: Slot, row: u8, wrap: impl FnOnce(String) -> Text) -> Option<String> {
        self.some(slot, row)
            .map(|words| self.form.say(&wrap(words)))
    }

    /// Says a count with its noun; what is no number stays as it was typed.
    fn counted(&self, slot: Slot, row: u8, wrap: fn(u64) -> Text) -> Option<String> {
        let field = self.item.field(slot, row)?;
        match self.form.capture.form.count(field) {
            Some(count) => Some(self.form.say(&wrap(count))),
            None => self.some(slot, row),
        }
    }

    fn days(&self) -> Option<String> {
        let field = self.item.field(Slot::PersonDays, 0)?;
        match self.form.capture.form.thousandths(field) {
            Some(days) => Some(self.form.say(&say::days_short(days))),
            None => self.some(Slot::PersonDays, 0),
        }
    }
}

/// What an item is, and what is worth saying of it.
fn summary(form: &Form<'_>, item: &Item) -> (String, Vec<String>) {
    let read = Reader { form, item };
    if item.is_blank() {
        return (form.say(&say::nothing_yet()), Vec::new());
    }
    match item.part {
        Part::Visit => (String::new(), Vec::new()),
        Part::Activity => (read.text(Slot::Category, 0), activity(&read)),
        Part::Meeting => {
            let mut rest: Vec<String> = read.some(Slot::Body, 0).into_iter().collect();
            rest.extend(read.said(Slot::Attendance, 0, say::attendance_short));
            (read.text(Slot::Meeting, 0), rest)
        }
        Part::Concern => {
            let mut rest: Vec<String> = read.some(Slot::Line, 0).into_iter().collect();
            let due = item
                .field(Slot::AnswerBy, 0)
                .map(|field| read_date(field.input.text(), form.around.today(), Lean::Future));
            if let Some(Ok(due)) = due {
                rest.push(form.say(&say::answer_short(due)));
            }
            (read.text(Slot::Concern, 0), rest)
        }
        Part::Envelope => {
            let number = read.said(Slot::EnvelopeNumber, 0, say::envelope_short);
            (read.text(Slot::Concern, 0), number.into_iter().collect())
        }
        Part::CrimeReport => {
            let stop = form.say(&say::hand_over_crime());
            (read.text(Slot::Concern, 0), vec![stop])
        }
    }
}

fn activity(read: &Reader<'_, '_>) -> Vec<String> {
    let mut rest = Vec::new();
    if let Some(amount) = read.some(Slot::Amount, 0) {
        rest.push(format!("{amount} {}", read.text(Slot::Measure, 0)));
    }
    for row in 0..read.item.rows(Slot::Helped) {
        let kind = read.text(Slot::Helped, row);
        let households = |count| match kind.as_str() {
            "" => say::households_alone(count),
            kind => say::households_short(count, kind),
        };
        rest.extend(read.said(Slot::Households, row, households));
        rest.extend(read.counted(Slot::People, row, say::people_short));
        rest.extend(read.counted(Slot::Turns, row, say::turns_short));
    }
    rest.extend(read.days());
    for row in 0..read.item.rows(Slot::Source) {
        if let Some(value) = read.some(Slot::Value, row) {
            rest.push(format!("{value} đ {}", read.text(Slot::Source, row)));
        }
    }
    rest
}
