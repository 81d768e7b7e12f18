//! A visit on the screen: the whole record, its history, its preview below the list.
//!
//! Citizens' names and what they said are masked until a key shows them.

mod beside;
mod history;
pub(super) mod owed;
pub(super) mod pairs;
mod record;

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::glyph;
use crate::app::Model;
use crate::app::screens::{Detail, Page, Session, Shown};
use crate::config::theme::Role;
use crate::domain::{Book, Day, Dossier, Names};
use crate::i18n::Text;
use crate::i18n::messages::{detail, history as history_texts, joined, list};
use crate::text::{clean, width};
pub(super) use record::kind_name;

/// Pieces of one line: the column, the words, their look.
pub(super) struct Line(Vec<(u16, String, Role)>);

/// Lines as they are put together for a width.
pub(super) struct Sheet<'a, 'b> {
    canvas: &'a Canvas<'b>,
    model: &'a Model,
    session: &'a Session,
    /// What the logbook of the record calls places and people.
    known: &'a Names,
    names: Shown,
    /// The day of the visit, which names its places.
    on: Option<Day>,
    width: u16,
    lines: Vec<Line>,
}

/// Columns of the labels at the left.
const LABEL: u16 = 16;

impl<'a, 'b> Sheet<'a, 'b> {
    fn new(
        canvas: &'a Canvas<'b>,
        model: &'a Model,
        session: &'a Session,
        names: Shown,
        width: u16,
    ) -> Self {
        Self {
            canvas,
            model,
            session,
            known: &session.names,
            names,
            on: None,
            width,
            lines: Vec::new(),
        }
    }

    fn say(&self, text: &Text) -> String {
        self.canvas.say(text)
    }

    fn blank(&mut self) {
        self.lines.push(Line(Vec::new()));
    }

    fn heading(&mut self, text: &Text) {
        let text = self.say(text);
        self.lines.push(Line(vec![(0, text, Role::Title)]));
    }

    /// A label with what it holds; nothing where that is empty.
    fn pair(&mut self, label: &Text, value: &str) {
        if value.is_empty() {
            return;
        }
        let label = self.say(label);
        self.wrapped(LABEL, value, Role::Text);
        let first = self.lines.len() - self.rows(LABEL, value);
        if let Some(Line(pieces)) = self.lines.get_mut(first) {
            pieces.insert(0, (0, label, Role::Dim));
        }
    }

    /// A numbered entry of a part.
    fn entry(&mut self, number: usize, text: &str) {
        let rows = self.rows(4, text);
        self.wrapped(4, text, Role::Text);
        let first = self.lines.len() - rows;
        if let Some(Line(pieces)) = self.lines.get_mut(first) {
            pieces.insert(0, (1, number.to_string(), Role::Dim));
        }
    }

    /// A line that belongs to the entry above.
    fn below(&mut self, text: &Text) {
        let text = self.say(text);
        self.wrapped(4, &text, Role::Dim);
    }

    fn wrapped(&mut self, x: u16, text: &str, role: Role) {
        let text = clean::clean_text(text);
        for line in width::wrap(&text, self.room(x)) {
            self.lines.push(Line(vec![(x, line.to_owned(), role)]));
        }
    }

    fn rows(&self, x: u16, text: &str) -> usize {
        width::wrap(&clean::clean_text(text), self.room(x)).len()
    }

    fn room(&self, x: u16) -> usize {
        usize::from(self.width.saturating_sub(x)).max(1)
    }
}

/// Draws one line.
pub(super) fn put_line(canvas: &mut Canvas<'_>, line: &Line, x: u16, y: u16, room: u16) {
    for (column, text, role) in &line.0 {
        canvas.put(x + column, y, room.saturating_sub(*column), text, *role);
    }
}

pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, session: &Session, open: &Detail) {
    let area = canvas.area();
    let room = area.width.saturating_sub(2);
    let code = open.code();
    let title = canvas.say(&match open.page {
        Page::Record => detail::title(code.as_str()),
        Page::History => history_texts::title(),
    });
    canvas.put(1, 2, room, &title, Role::Title);
    let Some(dossier) = &open.dossier else {
        canvas.tell(1, 4, room, &list::reading(), Role::Dim);
        return;
    };
    let (sign, word, role) = glyph::state(dossier.state);
    let state = format!("{sign} {}", canvas.say(&word));
    canvas.put_right(area.width.saturating_sub(1), 2, room / 2, &state, role);
    let mut sheet = Sheet::new(canvas, model, session, open.names, room);
    if let Some(known) = session.names_in(open.book) {
        sheet.known = known;
    }
    if open.book != Book::Own {
        let text = sheet.say(&joined::read_only());
        sheet.wrapped(0, &text, Role::Dim);
        sheet.blank();
    }
    match open.page {
        Page::Record => {
            pairs::notes(&mut sheet, &open.pairs);
            record::contested(&mut sheet, dossier, &open.contested);
            record::whole(&mut sheet, dossier);
        }
        Page::History => history::lines(&mut sheet, &open.history),
    }
    let lines = sheet.lines;
    let shown = Rect {
        x: 1,
        y: 4,
        width: room,
        height: model.size.body().saturating_sub(2),
    };
    let count = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    canvas.end = count.saturating_sub(shown.height);
    let top = open.top.min(canvas.end);
    for (y, line) in (shown.y..shown.bottom()).zip(lines.iter().skip(usize::from(top))) {
        put_line(canvas, line, shown.x, y, shown.width);
    }
}

/// Gives a visit in a few lines, without citizens' names.
pub(super) fn preview(
    canvas: &Canvas<'_>,
    model: &Model,
    session: &Session,
    dossier: &Dossier,
) -> Vec<Line> {
    let width = canvas.area().width.saturating_sub(2);
    let mut sheet = Sheet::new(canvas, model, session, Shown::Hidden, width);
    record::brief(&mut sheet, dossier);
    sheet.lines
}
