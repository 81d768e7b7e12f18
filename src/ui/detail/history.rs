//! Who did what to a visit, and when.

use super::{Line, Sheet};
use crate::app::{event_text, record_text};
use crate::config::theme::Role;
use crate::domain::HistoryLine;
use crate::i18n::messages::history;
use crate::text::width;

pub(super) fn lines(sheet: &mut Sheet<'_, '_>, history: &[HistoryLine]) {
    if history.is_empty() {
        let none = sheet.say(&history::none());
        sheet.lines.push(Line(vec![(0, none, Role::Dim)]));
    }
    let who = 19;
    let what = if sheet.width >= 76 { 44 } else { 34 };
    for line in history {
        let language = sheet.canvas.language();
        let at = line.at.local();
        let stamp = format!("{} {}", language.date(at.date()), language.time(at.time()));
        let event = format!(
            "{} · {}",
            sheet.say(&record_text(line.about.kind)),
            sheet.say(&event_text(&line.event, |text| sheet.say(text)))
        );
        let first = sheet.lines.len();
        sheet.wrapped(what, &event, Role::Text);
        let name = width::truncate(&line.who, usize::from(what - who - 1)).into_owned();
        if let Some(Line(pieces)) = sheet.lines.get_mut(first) {
            pieces.insert(0, (0, stamp, Role::Dim));
            pieces.insert(1, (who, name, Role::Text));
        }
    }
}
