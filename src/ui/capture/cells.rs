//! The fields of an item put into lines.
//!
//! Owns how rows break where there is no room, and where sentences stand. Which fields stand side by
//! side is `rows`'.

use super::rows::{Bit, Cell, Row, rows};
use super::sheet::{Piece, Sheet};
use super::{Form, WIDE, columns};
use crate::app::capture::{Entry, Field, Focus, Item, Part, Slot, Weight};
use crate::config::theme::Role;
use crate::i18n::messages::capture as say;
use crate::text::width;

/// Columns of a label and the gap behind it.
const LABEL: u16 = 13;
/// Lines of a field of several that are shown at once.
const PROSE: usize = 6;

/// Draws the fields of an item between two columns.
pub(super) fn item(sheet: &mut Sheet, form: &Form<'_>, at: usize, (left, right): (u16, u16)) {
    let Some(item) = form.capture.form.items.get(at) else {
        return;
    };
    if at == 0 {
        sheet.box_begins();
    }
    let mut writer = Writer {
        sheet,
        form,
        at,
        item,
        line: Vec::new(),
        notes: Vec::new(),
    };
    let role = form.around.profile.role;
    let hint = match item.part {
        Part::Envelope => Some(say::sealed_hint()),
        Part::Concern if !role.keeps_denunciations() => Some(say::no_names_no_denunciations()),
        Part::Activity | Part::Concern if !role.keeps_names() => Some(say::no_names()),
        Part::Visit | Part::Activity | Part::Meeting | Part::Concern | Part::CrimeReport => None,
    };
    if let Some(hint) = hint {
        let hint = form.say(&hint);
        for line in width::wrap(&hint, usize::from(right.saturating_sub(left))) {
            let line = line.to_owned();
            writer.line.push(Piece::words(left, right, line, Role::Dim));
            writer.flush();
        }
    }
    for row in rows(form, item, writer.sheet.width) {
        writer.row(row, (left, right));
    }
    if at == 0 {
        sheet.box_ends();
    }
}

/// A sentence below a field.
struct Said {
    x: u16,
    room: u16,
    text: String,
    role: Role,
}

/// One item on its way into lines.
struct Writer<'a, 'b> {
    sheet: &'a mut Sheet,
    form: &'a Form<'b>,
    at: usize,
    item: &'a Item,
    line: Vec<Piece>,
    notes: Vec<Said>,
}

impl Writer<'_, '_> {
    /// Puts the cells of a row beside each other, or under each other where there is no room.
    fn row(&mut self, row: Row, (left, right): (u16, u16)) {
        let count = u16::try_from(row.cells.len()).unwrap_or(1).max(1);
        let beside = self.sheet.width >= WIDE && count > 1;
        let share = (right.saturating_sub(left) + 2) / count;
        for (n, cell) in (0_u16..).zip(row.cells) {
            let (x, end) = match beside {
                true => {
                    let end = left + (n + 1) * share;
                    (left + n * share, end.saturating_sub(2).min(right))
                }
                false => (left, right),
            };
            match cell.bits.as_slice() {
                [Bit::Fill(slot)] if slot.entry() == Entry::Prose => {
                    let slot = *slot;
                    self.flush();
                    self.prose(&cell, slot, (x, end));
                }
                [] | [_, ..] => self.one_line(cell, row.row, (x, end)),
            }
            if !beside {
                self.flush();
            }
        }
        self.flush();
    }

    fn flush(&mut self) {
        if !self.line.is_empty() {
            self.sheet.line(std::mem::take(&mut self.line));
        }
        for note in std::mem::take(&mut self.notes) {
            for text in width::wrap(&note.text, usize::from(note.room)) {
                let words = Piece::words(note.x, note.room, text.to_owned(), note.role);
                self.sheet.line(vec![words]);
            }
        }
    }

    fn one_line(&mut self, cell: Cell, row: u8, (x, end): (u16, u16)) {
        let label = self.form.say(&cell.label);
        self.line.push(Piece::words(x, LABEL - 1, label, Role::Dim));
        let start = x + LABEL;
        let fixed: u16 = cell.bits.iter().map(Bit::fixed).sum();
        let fills = cell.bits.iter().filter(|bit| matches!(bit, Bit::Fill(_)));
        let fills = u16::try_from(fills.count()).unwrap_or(1).max(1);
        let spare = end.saturating_sub(start).saturating_sub(fixed);
        let mut x = start;
        for bit in cell.bits {
            let (slot, room) = match bit {
                Bit::Words(words) => {
                    let room = columns(&words);
                    if x + room > end {
                        continue;
                    }
                    self.line.push(Piece::words(x, room, words, Role::Dim));
                    x += room + 1;
                    continue;
                }
                Bit::Fixed(slot, room) => (slot, room),
                Bit::Fill(slot) => (slot, (spare / fills).max(6)),
            };
            let room = room.min(end.saturating_sub(x));
            let Some(focus) = self.focus(slot, row) else {
                continue;
            };
            if focus == self.form.capture.form.focus {
                self.sheet.cursor = self.sheet.height();
            }
            self.line.push(Piece::Field { x, room, focus });
            self.note(focus, (start, end));
            x += room + 1;
        }
    }

    fn focus(&self, slot: Slot, row: u8) -> Option<Focus> {
        let is = |field: &Field| field.slot == slot && field.row == row;
        let field = self.item.fields.iter().position(is)?;
        Some(Focus {
            item: self.at,
            field,
        })
    }

    fn note(&mut self, focus: Focus, (start, end): (u16, u16)) {
        let capture = self.form.capture;
        let (text, role) = if capture.cut == Some(focus) {
            (say::paste_cut(), Role::Warn)
        } else if let Some(note) = capture.note(focus) {
            let role = match note.weight {
                Weight::Unread if focus == capture.form.focus => Role::Warn,
                Weight::Unread | Weight::Wrong => Role::Bad,
                Weight::Missing | Weight::Exposed => Role::Warn,
            };
            (note.text.clone(), role)
        } else {
            return;
        };
        self.notes.push(Said {
            x: start,
            room: end.saturating_sub(start),
            text: format!("! {}", self.form.say(&text)),
            role,
        });
    }

    /// A field of several lines: those around the cursor where it has it, else the first.
    fn prose(&mut self, cell: &Cell, slot: Slot, (x, end): (u16, u16)) {
        let Some(focus) = self.focus(slot, 0) else {
            return;
        };
        let Some(field) = self.item.fields.get(focus.field) else {
            return;
        };
        let start = x + LABEL;
        let room = end.saturating_sub(start);
        let text = field.input.text();
        let mut lines = width::wrap_ranges(text, usize::from(room.saturating_sub(7)));
        if lines.is_empty() {
            lines.push(0..0);
        }
        let here = focus == self.form.capture.form.focus;
        let cursor = field.input.cursor();
        let with = lines.iter().rposition(|line| line.start <= cursor);
        let with = with.unwrap_or(0);
        let most = if here { PROSE } else { 1 };
        let first = if here {
            with.saturating_sub(most - 1)
        } else {
            0
        };
        let more = lines.len().saturating_sub(first + most);
        for (n, bytes) in lines.into_iter().enumerate().skip(first).take(most) {
            if n == first {
                let label = self.form.say(&cell.label);
                self.line.push(Piece::words(x, LABEL - 1, label, Role::Dim));
            }
            if here && n == with {
                self.sheet.cursor = self.sheet.height();
            }
            self.line.push(Piece::Prose {
                x: start,
                room,
                focus,
                bytes,
            });
            if more > 0 && n + 1 == first + most {
                let text = format!("+{more} ↓");
                self.line.push(Piece::right(end, 6, text, Role::Dim));
            }
            self.flush();
        }
        self.note(focus, (start, end));
        self.flush();
    }
}
