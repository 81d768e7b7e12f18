//! Where screens put their words: guarded, cut to their room, styled by role, with what can be clicked.
//!
//! Every text goes through `text::clean::for_screen`; nothing is drawn outside the terminal.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::Look;
use crate::app::input::{Input, SecretInput};
use crate::app::screens::Shown;
use crate::app::{Area, Hits, Target};
use crate::config::theme::Role;
use crate::i18n::{Catalog, Language, Text};
pub(crate) use crate::text::clean::capital;
use crate::text::{clean, width};

/// The screen while it is drawn.
pub(crate) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    look: &'a Look,
    speech: &'a Catalog,
    pub(super) hits: Hits,
    pub(super) cursor: Option<Position>,
    /// The largest useful scroll of the text in front.
    pub(super) end: u16,
}

/// Whether a field has the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Focus {
    Here,
    Elsewhere,
}

impl Focus {
    /// Tells whether two positions are the same.
    pub(crate) fn at<T: PartialEq>(at: T, field: T) -> Self {
        if at == field {
            Self::Here
        } else {
            Self::Elsewhere
        }
    }
}

impl<'a> Canvas<'a> {
    pub(super) fn new(buffer: &'a mut Buffer, look: &'a Look, speech: &'a Catalog) -> Self {
        Self {
            buffer,
            look,
            speech,
            hits: Hits::default(),
            cursor: None,
            end: 0,
        }
    }

    /// The whole screen.
    pub(crate) fn area(&self) -> Rect {
        self.buffer.area
    }

    /// The language that numbers and dates are written in.
    pub(crate) fn language(&self) -> Language {
        self.speech.language()
    }

    /// Renders a text in the present language.
    pub(crate) fn say(&self, text: &Text) -> String {
        self.speech.text(text)
    }

    /// Writes at a cell, cut to a width; returns the columns taken.
    pub(crate) fn put(&mut self, x: u16, y: u16, room: u16, text: &str, role: Role) -> u16 {
        let area = self.area();
        if y >= area.bottom() || x >= area.right() {
            return 0;
        }
        let room = room.min(area.right() - x);
        let text = clean::for_screen(text);
        let text = width::truncate(&text, usize::from(room));
        // A look is laid over the one below it: bold and dim letters would shine through.
        let style = Style::reset().patch(self.look.style(role));
        let (end, _) = self
            .buffer
            .set_stringn(x, y, &text, usize::from(room), style);
        end.saturating_sub(x)
    }

    /// Writes a text of the catalogue.
    pub(crate) fn tell(&mut self, x: u16, y: u16, room: u16, text: &Text, role: Role) -> u16 {
        let text = self.say(text);
        self.put(x, y, room, &text, role)
    }

    /// Writes so that the last column ends before `right`.
    pub(crate) fn put_right(&mut self, right: u16, y: u16, room: u16, text: &str, role: Role) {
        let text = clean::for_screen(text);
        let text = width::truncate(&text, usize::from(room));
        let columns = columns(&text);
        self.put(right.saturating_sub(columns), y, columns, &text, role);
    }

    /// Writes with some bytes of the text in the look of a find.
    pub(crate) fn put_found(
        &mut self,
        at: (u16, u16),
        room: u16,
        text: &str,
        found: impl Fn(&str) -> Vec<Range<usize>>,
        role: Role,
    ) -> u16 {
        let text = clean::for_screen(text);
        let text = width::truncate(&text, usize::from(room));
        let (mut x, y) = at;
        let mut done = 0;
        for range in found(&text) {
            let (Some(before), Some(within)) =
                (text.get(done..range.start), text.get(range.clone()))
            else {
                continue;
            };
            x += self.put(x, y, room, before, role);
            x += self.put(x, y, room, within, Role::Matched);
            done = range.end;
        }
        x += self.put(x, y, room, text.get(done..).unwrap_or(""), role);
        x - at.0
    }

    /// Writes a sign and, always two columns on, its word: terminals do not agree how wide `⚡` is.
    pub(crate) fn sign(&mut self, at: (u16, u16), room: u16, sign: &str, word: &str, role: Role) {
        let (x, y) = at;
        self.put(x, y, room, sign, role);
        self.put(x + 2, y, room.saturating_sub(2), word, role);
    }

    /// Writes over several lines; returns how many were used.
    pub(crate) fn put_wrapped(&mut self, area: Rect, text: &str, role: Role) -> u16 {
        let text = clean::clean_text(text);
        let lines = width::wrap(&text, usize::from(area.width));
        let mut used = 0;
        for line in lines.into_iter().take(usize::from(area.height)) {
            self.put(area.x, area.y + used, area.width, line, role);
            used += 1;
        }
        used
    }

    /// Clears cells for something on top, and with them the rest of a word that would be cut.
    pub(crate) fn lift(&mut self, x: u16, y: u16, room: u16) {
        let area = self.area();
        if y >= area.bottom() {
            return;
        }
        let end = x.saturating_add(room).min(area.right());
        let buffer = &*self.buffer;
        let is_word = |column: &u16| {
            let cell = buffer.cell((*column, y));
            let is_part = |c: char| c.is_alphanumeric() || c == '-';
            cell.is_some_and(|cell| cell.symbol().starts_with(is_part))
        };
        let before = (area.left()..x).rev().take_while(is_word).count();
        let behind = (end..area.right()).take_while(is_word).count();
        let first = usize::from(x) - before;
        for column in (area.left()..area.right())
            .skip(first)
            .take(before + usize::from(end.saturating_sub(x)) + behind)
        {
            if let Some(cell) = self.buffer.cell_mut((column, y)) {
                cell.reset();
            }
        }
    }

    /// Draws a thin line across.
    pub(crate) fn rule(&mut self, x: u16, y: u16, room: u16) {
        let line = "─".repeat(usize::from(room));
        self.put(x, y, room, &line, Role::Rule);
    }

    /// Marks the row that has the cursor.
    pub(crate) fn mark(&mut self, x: u16, y: u16) {
        self.put(x, y, 1, "▌", Role::Accent);
    }

    /// Notes what a click into a row of cells means.
    pub(crate) fn hit(&mut self, x: u16, y: u16, room: u16, target: Target) {
        let area = Area {
            x,
            y,
            width: room,
            height: 1,
        };
        self.hits.add(area, target);
    }

    /// Draws an empty box on top of the rest, in the middle; returns its inside.
    pub(crate) fn boxed(&mut self, columns: u16, rows: u16, title: &str) -> Rect {
        let screen = self.area();
        let columns = columns.min(screen.width);
        let rows = rows.min(screen.height);
        let x = screen.x + (screen.width - columns) / 2;
        let y = screen.y + (screen.height - rows) / 3;
        let area = Area {
            x: screen.x,
            y: screen.y,
            width: screen.width,
            height: screen.height,
        };
        self.hits.add(area, Target::Nothing);
        let inside = usize::from(columns.saturating_sub(2));
        let blank = " ".repeat(inside);
        for row in y + 1..(y + rows).saturating_sub(1) {
            self.put(x, row, 1, "│", Role::Rule);
            self.put(x + 1, row, columns, &blank, Role::Text);
            self.put(x + columns - 1, row, 1, "│", Role::Rule);
        }
        let line = "─".repeat(inside);
        self.put(x, y, columns, &format!("┌{line}┐"), Role::Rule);
        self.put(x, y + rows - 1, columns, &format!("└{line}┘"), Role::Rule);
        self.put(
            x + 2,
            y,
            columns.saturating_sub(4),
            &format!(" {} ", capital(title)),
            Role::Title,
        );
        self.cursor = None;
        Rect {
            x: x + 2,
            y: y + 1,
            width: columns.saturating_sub(4),
            height: rows.saturating_sub(2),
        }
    }

    /// Draws a field of one line; the part around the cursor is in sight.
    pub(crate) fn field(&mut self, at: (u16, u16), room: u16, input: &Input, focus: Focus) {
        let behind = input.text().get(input.cursor()..).unwrap_or("");
        let before = input.text().get(..input.cursor()).unwrap_or("");
        self.field_of(at, room, before, behind, focus);
    }

    /// Draws a field whose letters show only where that is asked for.
    pub(crate) fn secret(
        &mut self,
        at: (u16, u16),
        room: u16,
        input: &SecretInput,
        shown: Shown,
        focus: Focus,
    ) {
        match shown {
            Shown::Shown => self.field_of(at, room, input.expose(), "", focus),
            Shown::Hidden => {
                let dots = "•".repeat(input.letters());
                self.field_of(at, room, &dots, "", focus);
            }
        }
    }

    fn field_of(&mut self, at: (u16, u16), room: u16, before: &str, behind: &str, focus: Focus) {
        let (x, y) = at;
        let blank = " ".repeat(usize::from(room));
        self.put(x, y, room, &blank, Role::Field);
        let mut start = 0;
        if focus == Focus::Here {
            let mut taken = usize::from(columns(before));
            let most = usize::from(room.saturating_sub(1));
            for (at, letter) in before.grapheme_indices(true) {
                if taken <= most {
                    start = at;
                    break;
                }
                taken -= width::columns(letter);
                start = at + letter.len();
            }
        }
        let head = before.get(start..).unwrap_or("");
        let used = self.put(x, y, room, head, Role::Field);
        self.put(x + used, y, room.saturating_sub(used), behind, Role::Field);
        if focus == Focus::Here {
            self.cursor = Some(Position::new(x + used, y));
        }
    }

    /// Puts the terminal's cursor.
    pub(crate) fn set_cursor(&mut self, x: u16, y: u16) {
        self.cursor = Some(Position::new(x, y));
    }
}

/// Counts the columns of a text.
pub(crate) fn columns(text: &str) -> u16 {
    u16::try_from(width::columns(text)).unwrap_or(u16::MAX)
}
