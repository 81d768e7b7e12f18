//! The list of visits on the screen.

use super::canvas::{Canvas, Focus, columns};
use super::{detail, glyph};
use crate::app::dialogs::month_name;
use crate::app::screens::{Chip, Searching, Session, Visits};
use crate::app::{Action, Model, Setup, Target};
use crate::config::theme::Role;
use crate::domain::{Counted, Linked, Sort, VisitRow};
use crate::i18n::messages::{common, list};
use crate::i18n::{Language, Text};
use crate::text::fold::syllables;
use crate::text::highlight::{Prefix, highlight};
use chrono::Datelike;

/// The columns, in the order in which they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Date,
    Place,
    Shared,
    Work,
    Meetings,
    Concerns,
    State,
}

/// Columns in the order in which a narrow screen drops them.
const DROPPED: [Column; 4] = [
    Column::Shared,
    Column::Meetings,
    Column::Concerns,
    Column::Work,
];

const COLUMNS: [Column; 7] = [
    Column::Date,
    Column::Place,
    Column::Shared,
    Column::Work,
    Column::Meetings,
    Column::Concerns,
    Column::State,
];

impl Column {
    /// The least columns of the terminal it needs.
    fn width(self) -> u16 {
        match self {
            Self::Date => 9,
            Self::Place => 22,
            Self::Shared => 11,
            Self::Work => 22,
            Self::Meetings => 4,
            Self::Concerns => 7,
            Self::State => 21,
        }
    }

    fn head(self) -> Text {
        match self {
            Self::Date => list::date(),
            Self::Place => list::place(),
            Self::Shared => list::shared(),
            Self::Work => list::work(),
            Self::Meetings => list::meetings(),
            Self::Concerns => list::concerns(),
            Self::State => list::state(),
        }
    }
}

/// Places the columns that fit; what is left over goes to place and work.
fn places(room: u16) -> Vec<(Column, u16, u16)> {
    let mut kept = COLUMNS.to_vec();
    let needed = |kept: &[Column]| kept.iter().map(|c| c.width() + 1).sum::<u16>();
    for column in DROPPED {
        if needed(&kept) > room {
            kept.retain(|c| *c != column);
        }
    }
    let spare = room.saturating_sub(needed(&kept));
    let to_place = match kept.contains(&Column::Work) {
        true => spare / 3,
        false => spare,
    };
    let mut x = 1;
    let mut placed = Vec::new();
    for column in kept {
        let width = column.width()
            + match column {
                Column::Place => to_place,
                Column::Work => spare - to_place,
                Column::Date
                | Column::Shared
                | Column::Meetings
                | Column::Concerns
                | Column::State => 0,
            };
        placed.push((column, x, width));
        x += width + 1;
    }
    placed
}

pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, session: &Session) {
    let visits = &session.visits;
    let area = canvas.area();
    search_line(canvas, model, visits);
    let columns = places(area.width.saturating_sub(1));
    for (column, x, width) in &columns {
        let head = canvas.say(&column.head());
        match column {
            Column::Meetings | Column::Concerns => {
                canvas.put_right(x + width, 3, *width, &head, Role::Dim);
            }
            Column::Date | Column::Place | Column::Shared | Column::Work | Column::State => {
                canvas.put(*x, 3, *width, &head, Role::Dim);
            }
        }
    }
    let words: Vec<String> = syllables(visits.words.text()).collect();
    let lines = Visits::lines(model.size);
    for (line, at) in (0..lines).zip(visits.top..) {
        let Some(row) = visits.row(at) else {
            break;
        };
        let y = 4 + line;
        let chosen = at == visits.chosen;
        let role = if chosen { Role::Title } else { Role::Text };
        if chosen {
            canvas.mark(0, y);
        }
        for (column, x, width) in &columns {
            let at = (*x, y, *width);
            cell(canvas, model, row, *column, at, &words, role);
        }
        canvas.hit(0, y, area.width, Target::Row(at));
    }
    match &visits.page {
        None => {
            canvas.tell(2, 5, area.width, &list::reading(), Role::Dim);
        }
        Some(page) if page.total == 0 && page.matching == 0 && visits.chips.is_empty() => {
            canvas.tell(2, 5, area.width, &list::empty(), Role::Dim);
        }
        Some(page) if page.matching == 0 => {
            canvas.tell(2, 5, area.width, &list::nothing_found(), Role::Dim);
        }
        Some(_) => preview(canvas, model, session, 4 + lines),
    }
}

fn search_line(canvas: &mut Canvas<'_>, model: &Model, visits: &Visits) {
    let area = canvas.area();
    let room = area.width / 3;
    canvas.put(1, 2, 1, "/", Role::Accent);
    let focus = Focus::at(visits.searching, Searching::Words);
    if focus == Focus::Here || !visits.words.text().is_empty() {
        canvas.field((3, 2), room.saturating_sub(3), &visits.words, focus);
    }
    canvas.hit(1, 2, room, Target::Field(0));
    let sort = match visits.sort {
        Sort::NewestFirst => list::newest(),
        Sort::OldestFirst => list::oldest(),
    };
    let sort = canvas.say(&sort);
    let right = area.width.saturating_sub(1);
    let wide = columns(&sort);
    canvas.put_right(right, 2, wide, &sort, Role::Dim);
    canvas.hit(
        right.saturating_sub(wide),
        2,
        wide,
        Target::Act(Action::Sort),
    );
    let mut x = room + 1;
    if let Some(page) = &visits.page {
        let count = match page.counted {
            Counted::Whole => list::found(page.matching, page.total),
            Counted::AtLeast => list::found_so_far(page.total),
        };
        x += canvas.tell(x, 2, right, &count, Role::Text) + 2;
    }
    for chip in &visits.chips {
        let name = match chip {
            Chip::Month(month) => canvas.say(&month_name(*month, model.today())),
            Chip::Place(_, name) => name.clone(),
            Chip::State(state) => canvas.say(&glyph::state(*state).1),
        };
        let end = right.saturating_sub(wide + 1);
        let used = canvas.put(
            x,
            2,
            end.saturating_sub(x),
            &format!("⟨{name}⟩"),
            Role::Accent,
        );
        canvas.hit(x, 2, used, Target::Act(Action::DropFilter));
        x += used + 1;
    }
}

fn cell(
    canvas: &mut Canvas<'_>,
    model: &Model,
    row: &VisitRow,
    column: Column,
    at: (u16, u16, u16),
    words: &[String],
    role: Role,
) {
    let (x, y, width) = at;
    let found = |text: &str| highlight(text, words, Prefix::Last);
    let language = canvas.language();
    match column {
        Column::Date => {
            let date = row.to.or(row.from);
            let this_year = model.today().year();
            let date = date.map_or_else(
                || "—".to_owned(),
                |day| match day.year() == this_year {
                    true => language.short_date(day),
                    false => language.other_year(day),
                },
            );
            canvas.put(x, y, width, &date, role);
        }
        Column::Place => {
            let site = model.setup.site_on(&row.site, row.to.or(row.from));
            canvas.put_found((x, y), width, &site, found, role);
        }
        Column::Shared => {
            canvas.put(x, y, width, &shared(model, row, language), role);
        }
        Column::Work => {
            let work = work(canvas, model, row);
            canvas.put_found((x, y), width, &work, found, role);
        }
        Column::Meetings => canvas.put_right(x + width, y, width, &count(row.meetings), role),
        Column::Concerns => canvas.put_right(x + width, y, width, &count(row.concerns), role),
        Column::State => {
            let (sign, word, look) = glyph::state(row.state);
            let word = canvas.say(&word);
            canvas.sign((x + 1, y), width.saturating_sub(3), sign, &word, look);
            let right = x + width;
            match row.linked {
                Linked::No => {}
                Linked::First => canvas.put_right(right - 1, y, 1, glyph::SAME, Role::Text),
                Linked::Repeat => canvas.put_right(right - 1, y, 1, glyph::SAME, Role::Dim),
            }
            canvas.put_right(right, y, 1, glyph::copies(row.copies), Role::Dim);
        }
    }
}

fn count(count: u32) -> String {
    if count == 0 {
        "–".to_owned()
    } else {
        count.to_string()
    }
}

/// Writes which of the list's first three were shared, each in its place.
fn shared(model: &Model, row: &VisitRow, language: Language) -> String {
    let choices = model.setup.catalogue.shared.iter().take(3);
    let words = choices.map(|choice| {
        if row.shared.contains(&choice.code) {
            let label = crate::app::label(choice, language);
            let last = label.split_whitespace().last();
            last.unwrap_or(label).to_lowercase()
        } else {
            "—".to_owned()
        }
    });
    words.collect::<Vec<_>>().join("·")
}

fn work(canvas: &Canvas<'_>, model: &Model, row: &VisitRow) -> String {
    let Some(activity) = &row.activity else {
        return "–".to_owned();
    };
    let language = canvas.language();
    let catalogue = &model.setup.catalogue;
    let category = activity.category.as_ref();
    let mut out = category.map_or_else(String::new, |code| {
        Setup::choice(&catalogue.activities, code, language)
    });
    if let Some(amount) = activity.amount {
        out.push(' ');
        out.push_str(&language.decimal(i64::try_from(amount.0).unwrap_or(i64::MAX)));
        if let Some(measure) = &activity.measure {
            out.push(' ');
            out.push_str(&Setup::choice(&catalogue.measures, measure, language));
        }
    }
    if let Some(days) = activity.person_days {
        let days = i64::try_from(days.0).unwrap_or(i64::MAX);
        out.push_str(", ");
        out.push_str(&canvas.say(&common::person_days(days)));
    }
    if row.activities > 1 {
        out.push_str("  ");
        out.push_str(&canvas.say(&common::and_more(row.activities - 1)));
    }
    out
}

fn preview(canvas: &mut Canvas<'_>, model: &Model, session: &Session, y: u16) {
    let lines = Visits::preview_lines(model.size);
    if lines == 0 {
        return;
    }
    let width = canvas.area().width;
    canvas.rule(0, y, width);
    if let Some(dossier) = &session.visits.preview {
        let all = detail::preview(canvas, model, session, dossier);
        for (line, y) in all.iter().zip(y + 1..y + lines) {
            detail::put_line(canvas, line, 1, y, width.saturating_sub(2));
        }
    }
}
