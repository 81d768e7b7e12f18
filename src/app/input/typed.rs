//! Text of one or several lines with a cursor that steps over whole letters.
//!
//! The text is always clean (`text::clean`) and never longer than the field's limit.

use std::ops::Range;

use crossterm::event::KeyEvent;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::edit::Ask;
use crate::text::typing::{Typing, compose, keys_of};
use crate::text::{clean, width};

/// Whether a field holds line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Line,
    /// Enter breaks the line; up and down step between lines.
    Area,
}

/// What a key did to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    Changed,
    /// Only the cursor went.
    Moved,
    /// The key means nothing here; it may mean something to the screen.
    Ignored,
}

/// The most letters (code points) of a line and of an area.
const LINE: usize = 200;
const AREA: usize = 20_000;

/// A field of text.
#[derive(Clone, PartialEq, Eq)]
pub struct Input {
    text: String,
    /// A byte of the text, between two graphemes.
    cursor: usize,
    shape: Shape,
    limit: usize,
    /// The keys of the word that ends at the cursor, while it is being typed.
    keys: String,
}

impl Input {
    /// Makes an empty field of one line.
    pub fn line() -> Self {
        Self {
            text: String::new(),
            cursor: 0,
            shape: Shape::Line,
            limit: LINE,
            keys: String::new(),
        }
    }

    /// Makes an empty field of several lines.
    pub fn area() -> Self {
        Self {
            shape: Shape::Area,
            limit: AREA,
            ..Self::line()
        }
    }

    /// Fills the field; the cursor stands behind the text.
    #[must_use]
    pub fn filled(mut self, text: &str) -> Self {
        self.set(text);
        self
    }

    /// Fills the field with a text that was stored before; keeps all of it, however long.
    #[must_use]
    pub fn opened(mut self, text: &str) -> Self {
        self.limit = self.limit.max(text.chars().count());
        self.set(text);
        self
    }

    /// Counts the letters that still have room.
    pub fn room(&self) -> usize {
        self.limit.saturating_sub(self.text.chars().count())
    }

    /// Gives the text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Gives the shape.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// Gives the byte before which the cursor stands.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Tells whether there is nothing but blanks.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Replaces the text; the cursor stands behind it.
    pub fn set(&mut self, text: &str) {
        self.keys.clear();
        self.text = self.cleaned(text, self.limit);
        self.cursor = self.text.len();
    }

    /// Puts the cursor before a byte, or before the letter that the byte lies in.
    pub fn place_cursor(&mut self, byte: usize) {
        self.keys.clear();
        let starts = self.text.grapheme_indices(true).map(|(at, _)| at);
        let at = starts.take_while(|at| *at <= byte).last().unwrap_or(0);
        self.cursor = if byte >= self.text.len() {
            self.text.len()
        } else {
            at
        };
    }

    /// Applies a key; letters are composed as the typing mode says.
    pub fn key(&mut self, key: &KeyEvent, typing: Typing) -> Edit {
        let Some(ask) = Ask::of(key) else {
            return Edit::Ignored;
        };
        if let Ask::Type(c) = ask {
            return self.typed(c, typing);
        }
        self.keys.clear();
        match ask {
            Ask::Type(_) => Edit::Ignored,
            Ask::Break => self.broken(),
            Ask::RubLeft => self.rub(self.before(self.cursor)..self.cursor),
            Ask::RubRight => self.rub(self.cursor..self.after(self.cursor)),
            Ask::RubWord => self.rub(self.word_before()..self.cursor),
            Ask::RubToStart => self.rub(self.line_start(self.cursor)..self.cursor),
            Ask::RubToEnd => self.rub(self.cursor..self.line_end(self.cursor)),
            Ask::Left => self.go(self.before(self.cursor)),
            Ask::Right => self.go(self.after(self.cursor)),
            Ask::WordLeft => self.go(self.word_before()),
            Ask::WordRight => self.go(self.word_after()),
            Ask::Up => self.up(),
            Ask::Down => self.down(),
            Ask::Home => self.go(self.line_start(self.cursor)),
            Ask::End => self.go(self.line_end(self.cursor)),
        }
    }

    /// Inserts text that came in one burst, cleaned and cut to what has room.
    pub fn paste(&mut self, text: &str) -> Edit {
        self.keys.clear();
        self.put(text)
    }

    /// Inserts text, cleaned together with the letter before it: a mark may come alone.
    fn put(&mut self, text: &str) -> Edit {
        let start = self.before(self.cursor);
        let letter = self.text[start..self.cursor].to_owned();
        let others = self.text.chars().count() - letter.chars().count();
        let room = self.limit.saturating_sub(others);
        let joined = self.cleaned(&format!("{letter}{text}"), room);
        if joined == letter {
            return Edit::Ignored;
        }
        self.text.replace_range(start..self.cursor, &joined);
        self.cursor = start + joined.len();
        Edit::Changed
    }

    fn typed(&mut self, c: char, typing: Typing) -> Edit {
        let mut bytes = [0; 4];
        let letter: &str = c.encode_utf8(&mut bytes);
        if typing == Typing::Off || !c.is_ascii_alphanumeric() {
            self.keys.clear();
            return self.put(letter);
        }
        let start = self.word_start();
        let word = self.text.get(start..self.cursor).unwrap_or("");
        let mut keys = match self.keys.as_str() {
            "" => keys_of(typing, word).unwrap_or_default(),
            keys => keys.to_owned(),
        };
        if keys.is_empty() && !word.is_empty() {
            return self.put(letter);
        }
        keys.push(c);
        let composed = compose(typing, &keys);
        let others = self.text.chars().count() - word.chars().count();
        if others + composed.chars().count() > self.limit {
            return Edit::Ignored;
        }
        self.text.replace_range(start..self.cursor, &composed);
        self.cursor = start + composed.len();
        self.keys = keys;
        Edit::Changed
    }

    /// The first byte of the letters and digits before the cursor.
    fn word_start(&self) -> usize {
        let (head, _) = self.text.split_at(self.cursor);
        let others = head.trim_end_matches(char::is_alphanumeric);
        others.len()
    }

    fn broken(&mut self) -> Edit {
        match self.shape {
            Shape::Line => Edit::Ignored,
            Shape::Area => self.paste("\n"),
        }
    }

    /// Cleans text and cuts it; what is far too long is cut before it is cleaned.
    fn cleaned(&self, text: &str, room: usize) -> String {
        // Cleaning drops letters, so some more than fit are looked at.
        let raw = text.char_indices().nth(room.saturating_mul(4));
        let raw = raw.map_or(text, |(end, _)| &text[..end]);
        let text = match self.shape {
            Shape::Line => clean::clean_line(raw),
            Shape::Area => clean::clean_text(raw),
        };
        clean::cut_chars(&text, room).to_owned()
    }

    fn rub(&mut self, range: Range<usize>) -> Edit {
        if range.is_empty() {
            return Edit::Moved;
        }
        self.cursor = range.start;
        self.text.replace_range(range, "");
        Edit::Changed
    }

    fn go(&mut self, to: usize) -> Edit {
        self.cursor = to;
        Edit::Moved
    }

    fn before(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        let found = cursor.prev_boundary(&self.text, 0);
        found.ok().flatten().unwrap_or(0)
    }

    fn after(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        let found = cursor.next_boundary(&self.text, 0);
        found.ok().flatten().unwrap_or(self.text.len())
    }

    fn word_before(&self) -> usize {
        let (head, _) = self.text.split_at(self.cursor);
        let head = head.trim_end();
        head.rfind(char::is_whitespace).map_or(0, |at| {
            at + head[at..].chars().next().map_or(1, char::len_utf8)
        })
    }

    fn word_after(&self) -> usize {
        let (_, tail) = self.text.split_at(self.cursor);
        let word = tail.trim_start();
        let blank = tail.len() - word.len();
        let end = word.find(char::is_whitespace).unwrap_or(word.len());
        self.cursor + blank + end
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |end| end + 1)
    }

    fn line_end(&self, at: usize) -> usize {
        self.text[at..]
            .find('\n')
            .map_or(self.text.len(), |n| at + n)
    }

    fn up(&mut self) -> Edit {
        let start = self.line_start(self.cursor);
        if start == 0 {
            return Edit::Ignored;
        }
        let column = width::columns(&self.text[start..self.cursor]);
        self.go(self.at_column(self.line_start(start - 1), column))
    }

    fn down(&mut self) -> Edit {
        let end = self.line_end(self.cursor);
        if end == self.text.len() {
            return Edit::Ignored;
        }
        let start = self.line_start(self.cursor);
        let column = width::columns(&self.text[start..self.cursor]);
        self.go(self.at_column(end + 1, column))
    }

    /// Finds the byte of a line at or before a column.
    fn at_column(&self, start: usize, column: usize) -> usize {
        let line = &self.text[start..self.line_end(start)];
        let mut taken = 0;
        for (at, grapheme) in line.grapheme_indices(true) {
            if taken >= column {
                return start + at;
            }
            taken += width::columns(grapheme);
        }
        start + line.len()
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyModifiers};

    use super::*;

    fn press(input: &mut Input, code: KeyCode, typing: Typing) -> Edit {
        input.key(&KeyEvent::new(code, KeyModifiers::NONE), typing)
    }

    fn type_keys(input: &mut Input, keys: &str, typing: Typing) {
        for c in keys.chars() {
            press(input, KeyCode::Char(c), typing);
        }
    }

    #[test]
    fn telex_composes_word_by_word() {
        let mut input = Input::line();
        type_keys(&mut input, "Suwra nhaf 2 hooj", Typing::Telex);
        assert_eq!(input.text(), "Sửa nhà 2 hộ");
        press(&mut input, KeyCode::Backspace, Typing::Telex);
        type_keys(&mut input, "oof", Typing::Telex);
        assert_eq!(input.text(), "Sửa nhà 2 hồ");
    }

    #[test]
    fn the_cursor_steps_over_whole_letters() {
        let mut input = Input::line().filled("Pắc g\u{308}");
        press(&mut input, KeyCode::Left, Typing::Off);
        press(&mut input, KeyCode::Left, Typing::Off);
        press(&mut input, KeyCode::Backspace, Typing::Off);
        assert_eq!(input.text(), "Pắ g\u{308}");
        assert_eq!(input.cursor(), "Pắ".len());
    }

    #[test]
    fn a_mark_that_comes_alone_joins_its_letter() {
        let mut input = Input::line();
        type_keys(&mut input, "ba\u{309}n", Typing::Off);
        assert_eq!(input.text(), "bản");
    }

    #[test]
    fn a_huge_paste_is_cleaned_and_cut() {
        let mut input = Input::line();
        input.paste(&"Bản\u{202e} Lãm\r\n".repeat(20_000));
        assert_eq!(input.text().chars().count(), LINE);
        assert!(!input.text().contains(['\n', '\u{202e}']));
        let mut area = Input::area();
        area.paste(&"ệ\n".repeat(100_000));
        assert_eq!(area.text().chars().count(), AREA);
    }

    #[test]
    fn words_and_lines_go_at_once() {
        let mut input = Input::area().filled("một hai\nba bốn");
        let control = |c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL);
        input.key(&control('w'), Typing::Off);
        assert_eq!(input.text(), "một hai\nba ");
        assert_eq!(press(&mut input, KeyCode::Up, Typing::Off), Edit::Moved);
        assert_eq!(&input.text()[..input.cursor()], "một");
        input.key(&control('u'), Typing::Off);
        assert_eq!(input.text(), " hai\nba ");
        assert_eq!(press(&mut input, KeyCode::Up, Typing::Off), Edit::Ignored);
    }
}
