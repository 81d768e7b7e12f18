//! The lists of concerns, promises, receptions, Saturday duty, inspections and assignments on the screen.

use chrono::Datelike;

use super::canvas::{Canvas, Focus};
use super::detail::kind_name;
use crate::app::screens::{LISTS, Records, Searching, Session};
use crate::app::{Action, Model, Target, owed};
use crate::config::theme::Role;
use crate::domain::{Counted, Listing, PersonId, RecordRow, RowTitle};
use crate::i18n::Text;
use crate::i18n::messages::{common, concern, list, register, today};
use crate::text::fold::syllables;
use crate::text::highlight::{Prefix, highlight};

/// Columns of date, place, state and officer; what is left over is for the matter.
const DATE: u16 = 9;
const PLACE: u16 = 18;
const WIDE_PLACE: u16 = 26;
const STATE: u16 = 21;
const OFFICER: u16 = 18;
/// The narrowest screen that names who is in charge.
const WIDE: u16 = 96;

/// Names a list.
pub(super) fn list_name(listing: Listing) -> Text {
    match listing {
        Listing::Promises => register::list_promises(),
        Listing::Receptions => register::list_receptions(),
        Listing::Duties => register::list_duties(),
        Listing::Inspections => register::list_inspections(),
        Listing::Assignments => register::list_assignments(),
        Listing::Concerns | Listing::Visits | Listing::Activities | Listing::Meetings => {
            register::list_concerns()
        }
    }
}

pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, session: &Session) {
    let records = &session.records;
    lists(canvas, records);
    search_line(canvas, records);
    heads(canvas);
    let words: Vec<String> = syllables(records.words.text()).collect();
    let width = canvas.area().width;
    let lines = Records::lines(model.size);
    for (line, at) in (0..lines).zip(records.top..) {
        let Some(row) = records.row(at) else {
            break;
        };
        let y = 5 + line;
        let chosen = at == records.chosen;
        if chosen {
            canvas.mark(0, y);
        }
        let role = if chosen { Role::Title } else { Role::Text };
        draw_row(canvas, (model, session), row, (y, role), &words);
        canvas.hit(0, y, width, Target::Row(at));
    }
    let said = match &records.page {
        None => list::reading(),
        Some(page) if page.total == 0 => register::empty(),
        Some(page) if page.matching == 0 => list::nothing_found(),
        Some(_) => return,
    };
    canvas.tell(2, 6, width, &said, Role::Dim);
}

/// The names of the lists, the one in front standing out.
fn lists(canvas: &mut Canvas<'_>, records: &Records) {
    let right = canvas.area().width.saturating_sub(1);
    let mut x = 1;
    for listing in LISTS {
        let role = match listing == records.listing {
            true => Role::Title,
            false => Role::Dim,
        };
        x += canvas.tell(x, 2, right.saturating_sub(x), &list_name(listing), role) + 2;
    }
}

fn search_line(canvas: &mut Canvas<'_>, records: &Records) {
    let area = canvas.area();
    let room = area.width / 3;
    canvas.put(1, 3, 1, "/", Role::Accent);
    let focus = Focus::at(records.searching, Searching::Words);
    if focus == Focus::Here || !records.words.text().is_empty() {
        canvas.field((3, 3), room.saturating_sub(3), &records.words, focus);
    }
    canvas.hit(1, 3, room, Target::Field(0));
    let mut x = room + 1;
    if let Some(page) = &records.page {
        let count = match page.counted {
            Counted::Whole => register::found(page.matching, page.total),
            Counted::AtLeast => list::found_so_far(page.total),
        };
        let left = area.width.saturating_sub(x + 1);
        x += canvas.tell(x, 3, left, &count, Role::Text) + 2;
    }
    if let Some(life) = records.life
        && records.listing == Listing::Concerns
    {
        let chip = format!("⟨{}⟩", canvas.say(&owed::state(life)));
        let used = canvas.put(x, 3, area.width.saturating_sub(x + 1), &chip, Role::Accent);
        canvas.hit(x, 3, used, Target::Act(Action::DropFilter));
    }
}

/// Where the columns of matter, state and officer begin.
struct Places {
    place: u16,
    matter: u16,
    state: u16,
    officer: Option<u16>,
    end: u16,
}

fn places(width: u16) -> Places {
    let end = width.saturating_sub(1);
    let officer = (width >= WIDE).then(|| end.saturating_sub(OFFICER));
    let place = if width >= WIDE { WIDE_PLACE } else { PLACE };
    Places {
        place,
        matter: 1 + DATE + place,
        state: officer.unwrap_or(end).saturating_sub(STATE),
        officer,
        end,
    }
}

fn heads(canvas: &mut Canvas<'_>) {
    let at = places(canvas.area().width);
    canvas.tell(1, 4, DATE, &list::date(), Role::Dim);
    canvas.tell(1 + DATE, 4, at.place, &list::place(), Role::Dim);
    let what = register::column_what();
    let room = at.state.saturating_sub(at.matter);
    canvas.tell(at.matter, 4, room, &what, Role::Dim);
    canvas.tell(at.state, 4, STATE, &list::state(), Role::Dim);
    if let Some(x) = at.officer {
        canvas.tell(
            x,
            4,
            at.end.saturating_sub(x),
            &register::column_officer(),
            Role::Dim,
        );
    }
}

fn draw_row(
    canvas: &mut Canvas<'_>,
    (model, session): (&Model, &Session),
    row: &RecordRow,
    (y, role): (u16, Role),
    words: &[String],
) {
    let at = places(canvas.area().width);
    let language = canvas.language();
    let date = row.date.map_or_else(
        || "—".to_owned(),
        |day| match day.year() == model.today().year() {
            true => language.short_date(day),
            false => language.other_year(day),
        },
    );
    canvas.put(1, y, DATE - 1, &date, role);
    let found = |text: &str| highlight(text, words, Prefix::Last);
    let site = model.setup.site_on(&row.site, row.date);
    canvas.put_found((1 + DATE, y), at.place - 1, &site, found, role);
    let room = at.state.saturating_sub(at.matter + 1);
    let matter = canvas.say(&matter(model, canvas, row));
    canvas.put_found((at.matter, y), room, &matter, found, role);
    let (state, look) = state(row);
    let state = state.map_or_else(String::new, |text| canvas.say(&text));
    canvas.put(at.state, y, STATE - 1, &state, look);
    if let Some(x) = at.officer {
        let (name, look) = officer(canvas, session, row);
        canvas.put(x, y, at.end.saturating_sub(x), &name, look);
    }
}

/// What a row is about.
fn matter(model: &Model, canvas: &Canvas<'_>, row: &RecordRow) -> Text {
    let language = canvas.language();
    match &row.title {
        RowTitle::Concern { kind, line, .. } => {
            let kind = kind.map_or_else(today::concerns, kind_name);
            common::words(format!(
                "{}: {line}",
                super::canvas::capital(&canvas.say(&kind))
            ))
        }
        RowTitle::Promise { text, .. } => common::words(text.as_str()),
        RowTitle::Reception { kind, cases, .. } => {
            let kind = kind.map(|kind| canvas.say(&owed::reception(kind)));
            concern::sum_reception(common::words(kind.unwrap_or_default()), *cases)
        }
        RowTitle::Duty { unit, received, .. } => {
            concern::sum_duty(unit, i64::from(received.unwrap_or(0)))
        }
        RowTitle::Inspection { body, agencies, .. } => concern::sum_inspection(body, *agencies),
        RowTitle::Assignment { who, cell, .. } => concern::sum_assignment(who, cell),
        RowTitle::Activity { description, .. } => common::words(description.as_str()),
        RowTitle::Meeting { kind, body } => {
            let kind = kind.as_ref().map(|kind| {
                let lists = &model.setup.catalogue.meetings;
                crate::app::Setup::choice(lists, kind, language)
            });
            common::words(format!("{} {body}", kind.unwrap_or_default()))
        }
    }
}

fn state(row: &RecordRow) -> (Option<Text>, Role) {
    match &row.title {
        RowTitle::Concern { state, .. } => match state.is_open() {
            true => (Some(owed::state(*state)), Role::Warn),
            false => (Some(owed::state(*state)), Role::Good),
        },
        RowTitle::Promise { answered, .. } => match answered {
            Some(_) => (Some(register::answered()), Role::Good),
            None => (Some(register::open()), Role::Warn),
        },
        RowTitle::Assignment { quota, .. } => {
            let times = quota.map(|quota| register::times(i64::from(quota)));
            (times, Role::Text)
        }
        RowTitle::Reception { .. }
        | RowTitle::Duty { .. }
        | RowTitle::Inspection { .. }
        | RowTitle::Activity { .. }
        | RowTitle::Meeting { .. } => (None, Role::Text),
    }
}

fn officer(canvas: &Canvas<'_>, session: &Session, row: &RecordRow) -> (String, Role) {
    let named = |person: &PersonId| {
        let mut people = session.names.people.iter();
        let found = people.find(|(id, _)| id == person);
        found.map_or_else(String::new, |(_, person)| person.name.clone())
    };
    match &row.title {
        RowTitle::Concern { officer, state, .. } => match officer {
            Some(person) => (named(person), Role::Text),
            None if state.is_open() => (canvas.say(&concern::nobody()), Role::Bad),
            None => (String::new(), Role::Text),
        },
        RowTitle::Promise {
            officer, answered, ..
        } => match officer {
            Some(person) => (named(person), Role::Text),
            None if answered.is_none() => (canvas.say(&concern::nobody()), Role::Bad),
            None => (String::new(), Role::Text),
        },
        RowTitle::Reception { head, .. } => (head.clone(), Role::Text),
        RowTitle::Assignment { .. }
        | RowTitle::Duty { .. }
        | RowTitle::Inspection { .. }
        | RowTitle::Activity { .. }
        | RowTitle::Meeting { .. } => (String::new(), Role::Text),
    }
}
