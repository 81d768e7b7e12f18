//! Today on the screen: what needs a person at the left, the month at the right.

mod month;

use chrono::Datelike;
use ratatui::layout::Rect;

use super::canvas::{Canvas, Focus, capital, columns};
use super::detail::kind_name;
use super::glyph;
use crate::app::dialogs::kept_title;
use crate::app::screens::{Progress, Session, TodayRow};
use crate::app::{Action, Model, Target, duties, owed};
use crate::config::theme::Role;
use crate::domain::{Day, OpenCase, RecordRow, RowTitle, Today, TodayItem, VisitRow};
use crate::i18n::Text;
use crate::i18n::messages::{common, concern, keep, list, privacy, quarantine, today};
use crate::law::lunar::{self, Month};

/// The narrowest screen that has room for the month at the right.
const WIDE: u16 = 76;

pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, session: &Session) {
    let area = canvas.area();
    headline(canvas, model, session);
    let wide = area.width >= WIDE;
    let left = Rect {
        x: 0,
        y: 4,
        width: match wide {
            true => area.width - month::width(area.width) - 2,
            false => area.width - 1,
        },
        height: model.size.body().saturating_sub(2),
    };
    tasks(canvas, model, session, left);
    if let Some(read) = session.today.read.as_ref().filter(|_| wide) {
        let right = Rect {
            x: area.width - month::width(area.width),
            width: month::width(area.width) - 1,
            ..left
        };
        month::draw(canvas, right, read, model);
    }
}

/// The day in both calendars, and who keeps the logbook.
fn headline(canvas: &mut Canvas<'_>, model: &Model, session: &Session) {
    let day = model.today();
    let date = format!(
        "{} {} · {}",
        canvas.say(&weekday(day)),
        canvas.language().date(day),
        canvas.say(&lunar_date(day)),
    );
    let width = canvas.area().width;
    let used = canvas.put(1, 2, width, &date, Role::Title) + 3;
    let profile = &session.profile;
    let mut who = vec![
        profile.name.clone(),
        profile.unit.clone(),
        profile.post.clone(),
    ];
    who.retain(|part| !part.is_empty());
    while who.len() > 1 && columns(&who.join(" · ")) > width.saturating_sub(used + 1) {
        who.pop();
    }
    let room = width.saturating_sub(used + 1);
    canvas.put_right(width - 1, 2, room, &who.join(" · "), Role::Dim);
}

fn weekday(day: Day) -> Text {
    use chrono::{Datelike, Weekday};
    match day.weekday() {
        Weekday::Mon => common::monday(),
        Weekday::Tue => common::tuesday(),
        Weekday::Wed => common::wednesday(),
        Weekday::Thu => common::thursday(),
        Weekday::Fri => common::friday(),
        Weekday::Sat => common::saturday(),
        Weekday::Sun => common::sunday(),
    }
}

fn lunar_date(day: Day) -> Text {
    let lunar = lunar::of(day);
    match lunar.month {
        Month::Plain(month) => today::lunar(lunar.day, lunar_month(month)),
        Month::Leap(month) => today::lunar_leap(lunar.day, lunar_month(month)),
    }
}

fn lunar_month(month: u8) -> Text {
    match month {
        1 => today::lunar_month_1(),
        2 => today::lunar_month_2(),
        3 => today::lunar_month_3(),
        4 => today::lunar_month_4(),
        5 => today::lunar_month_5(),
        6 => today::lunar_month_6(),
        7 => today::lunar_month_7(),
        8 => today::lunar_month_8(),
        9 => today::lunar_month_9(),
        10 => today::lunar_month_10(),
        11 => today::lunar_month_11(),
        12.. | 0 => today::lunar_month_12(),
    }
}

/// What one row says: its sign and time, what it is, and what lies below.
struct Task {
    sign: &'static str,
    state: String,
    role: Role,
    title: String,
    below: Option<(String, String)>,
}

fn tasks(canvas: &mut Canvas<'_>, model: &Model, session: &Session, area: Rect) {
    let used = canvas.tell(1, area.y, area.width, &today::to_do(), Role::Title);
    let Some(read) = &session.today.read else {
        canvas.tell(2, area.y + 2, area.width, &list::reading(), Role::Dim);
        return;
    };
    let rows = session.today_rows(model.today());
    let pairs = u64::from(!session.pairs.pairs.is_empty());
    let rows_wait = u64::from(read.quarantined > 0);
    let behind = session.today.behind.len() as u64;
    let waiting = read.waiting + session.kept.len() as u64 + pairs + rows_wait + behind;
    let count = canvas
        .language()
        .number(i64::try_from(waiting).unwrap_or(i64::MAX));
    canvas.put(used + 3, area.y, area.width, &count, Role::Title);
    if rows.is_empty() {
        let text = match never_written(session, read) {
            true => today::first(model.key(Action::NewVisit)),
            false => today::nothing(),
        };
        canvas.tell(2, area.y + 2, area.width, &text, Role::Dim);
        return;
    }
    let tasks: Vec<Task> = rows
        .iter()
        .map(|row| task(canvas, model, session, *row))
        .collect();
    let height = |task: &Task| 1 + u16::from(task.below.is_some());
    let room = area.height.saturating_sub(1);
    let chosen = usize::try_from(session.today.chosen).unwrap_or(0);
    let mut top = 0;
    while tasks
        .iter()
        .take(chosen + 1)
        .skip(top)
        .map(height)
        .sum::<u16>()
        > room
    {
        top += 1;
    }
    let mut y = area.y + 1;
    for (at, task) in (0_u64..).zip(&tasks).skip(top) {
        if y + height(task) > area.bottom() {
            break;
        }
        let focus = Focus::at(at, session.today.chosen);
        put_task(canvas, task, (y, area.width), focus);
        for line in 0..height(task) {
            canvas.hit(0, y + line, area.width, Target::Row(at));
        }
        y += height(task);
    }
}

/// Tells whether nothing speaks of a visit: no numbers, no village that one would have named.
fn never_written(session: &Session, read: &Today) -> bool {
    session.names.places.is_empty() && read.months.iter().all(|month| month.visits == 0)
}

/// Columns of sign and time.
const STATE: u16 = 20;

fn put_task(canvas: &mut Canvas<'_>, task: &Task, at: (u16, u16), focus: Focus) {
    let (y, width) = at;
    if focus == Focus::Here {
        canvas.mark(0, y);
    }
    canvas.sign((1, y), STATE, task.sign, &task.state, task.role);
    let x = STATE + 2;
    let role = match focus {
        Focus::Here => Role::Title,
        Focus::Elsewhere => Role::Text,
    };
    canvas.put(x, y, width.saturating_sub(x), &task.title, role);
    if let Some((place, what)) = &task.below {
        canvas.put(3, y + 1, STATE - 3, place, Role::Dim);
        canvas.put(x, y + 1, width.saturating_sub(x), what, Role::Dim);
    }
}

fn task(canvas: &Canvas<'_>, model: &Model, session: &Session, row: TodayRow) -> Task {
    let items = session.today.read.as_ref().map_or(&[][..], |t| &t.items);
    let item = match row {
        TodayRow::Kept(at) => return kept_task(canvas, session, at),
        TodayRow::Pairs => return pairs_task(canvas, session),
        TodayRow::Quarantine(count) => return waiting_task(canvas, count),
        TodayRow::Duty(at) => return duty_task(canvas, model, session, at),
        TodayRow::Offered => return offered_task(canvas, model, session.today.offered.len()),
        TodayRow::Uncopied(days) => return uncopied_task(canvas, days),
        TodayRow::Item(at) => items.get(at),
    };
    match item {
        Some(TodayItem::Conflict(row)) => {
            let below = canvas.say(&today::conflict());
            visit_task(canvas, model, row, Some((String::new(), below)))
        }
        Some(TodayItem::Returned(row) | TodayItem::Draft(row)) => {
            visit_task(canvas, model, row, None)
        }
        Some(TodayItem::Due { due, case, row }) => owed_task(canvas, model, *due, case, row),
        Some(TodayItem::Envelope { due, number, .. }) => {
            let (sign, word, role) = due_sign(canvas, *due, model.today());
            Task {
                sign,
                state: word,
                role,
                title: canvas.say(&concern::envelope(number)),
                below: Some((String::new(), canvas.say(&concern::awaits_envelope()))),
            }
        }
        None => Task {
            sign: "",
            state: String::new(),
            role: Role::Text,
            title: String::new(),
            below: None,
        },
    }
}

/// Unsaved typing: of a visit, or of another form by its name.
fn kept_task(canvas: &Canvas<'_>, session: &Session, at: usize) -> Task {
    let (mut title, mut below) = Default::default();
    if let Some((_, stamp, bytes)) = session.kept.get(at) {
        let at = stamp.local();
        title = canvas.say(&today::typed_at(at.date(), at.time()));
        if let Some(what) = kept_title(bytes) {
            title = capital(&canvas.say(&what));
            let typed = canvas.say(&today::form_typed_at(at.date(), at.time()));
            below = Some((String::new(), typed));
        }
    }
    Task {
        sign: "…",
        state: canvas.say(&common::visit_typing()),
        role: Role::Warn,
        title,
        below,
    }
}

/// Pairs of visits that may be one, as far as they were looked for.
fn pairs_task(canvas: &Canvas<'_>, session: &Session) -> Task {
    let count = session.pairs.pairs.len();
    let title = match session.pairs.progress {
        Progress::Done => today::pairs(count),
        Progress::Asked(_) | Progress::Paused(_) => today::pairs_at_least(count),
    };
    Task {
        sign: glyph::SAME,
        state: canvas.say(&today::may_be_one()),
        role: Role::Warn,
        title: canvas.say(&title),
        below: None,
    }
}

/// Rows of tables that could not be read.
fn waiting_task(canvas: &Canvas<'_>, count: u64) -> Task {
    Task {
        sign: glyph::WAITS,
        state: canvas.say(&quarantine::state()),
        role: Role::Warn,
        title: canvas.say(&quarantine::waiting(count)),
        below: None,
    }
}

/// A duty that is behind: where, in which span, how much of it; whose, and the arithmetic.
fn duty_task(canvas: &Canvas<'_>, model: &Model, session: &Session, at: usize) -> Task {
    let (mut state, mut title, mut below) = Default::default();
    if let Some((standing, kept)) = session.today.behind.get(at) {
        state = canvas.say(&duties::not_done(&model.setup, &standing.duty));
        let place = duties::place(&model.setup, standing);
        let span = canvas.say(&duties::span(kept.span.days));
        let parts = [place, format!("{span} {}", duties::share(kept))];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        title = capital(&parts.collect::<Vec<_>>().join(" · "));
        let arithmetic = canvas.say(&duties::arithmetic(kept));
        below = Some((standing.who.clone(), arithmetic));
    }
    Task {
        sign: glyph::NOT_DONE,
        state,
        role: Role::Warn,
        title,
        below,
    }
}

/// The quiet row of citizens' data that may be erased.
fn offered_task(canvas: &Canvas<'_>, model: &Model, count: usize) -> Task {
    let months = u32::from(model.setup.erase_offer_months.get());
    Task {
        sign: "▫",
        state: canvas.say(&privacy::may_erase()),
        role: Role::Dim,
        title: canvas.say(&privacy::offered_row(count as u64, months)),
        below: None,
    }
}

/// The quiet row of a backup that is long due.
fn uncopied_task(canvas: &Canvas<'_>, days: i64) -> Task {
    Task {
        sign: "▫",
        state: canvas.say(&keep::uncopied()),
        role: Role::Dim,
        title: canvas.say(&keep::uncopied_row(days)),
        below: None,
    }
}

fn visit_task(
    canvas: &Canvas<'_>,
    model: &Model,
    row: &VisitRow,
    below: Option<(String, String)>,
) -> Task {
    let (sign, word, role) = glyph::state(row.state);
    let place = model.setup.site_on(&row.site, row.to.or(row.from));
    let title = match row.to.or(row.from) {
        Some(day) => today::visit(day, place),
        None => today::visit_undated(place),
    };
    Task {
        sign,
        state: canvas.say(&word),
        role,
        title: canvas.say(&title),
        below,
    }
}

/// Gives sign, words and look of the day something is due on.
fn due_sign(canvas: &Canvas<'_>, due: Option<Day>, today: Day) -> (&'static str, String, Role) {
    match due {
        Some(due) => {
            let (sign, word, role) = glyph::due(due, today);
            (sign, canvas.say(&word), role)
        }
        None => ("▲", canvas.say(&concern::no_date()), Role::Warn),
    }
}

/// What is owed to somebody: a concern or a promise, with what it waits for.
fn owed_task(
    canvas: &Canvas<'_>,
    model: &Model,
    due: Option<Day>,
    case: &OpenCase,
    row: &RecordRow,
) -> Task {
    let (mut sign, mut state, mut role) = due_sign(canvas, due, model.today());
    if case.officer.is_none() {
        (sign, role) = ("✖", Role::Bad);
        state = canvas.say(&concern::nobody());
    }
    let title = match &row.title {
        RowTitle::Concern { kind, line, .. } => {
            let kind = kind.map_or_else(today::concerns, kind_name);
            capital(&canvas.say(&today::concern(kind, line)))
        }
        RowTitle::Promise { text, .. } => canvas.say(&today::promise(text)),
        RowTitle::Activity { .. }
        | RowTitle::Meeting { .. }
        | RowTitle::Reception { .. }
        | RowTitle::Duty { .. }
        | RowTitle::Inspection { .. }
        | RowTitle::Assignment { .. } => String::new(),
    };
    let law = model.setup.law();
    let first = law.pressing(case, model.setup.targets).into_iter().next();
    let waits = first.map_or_else(concern::awaits_nothing, |first| owed::awaited(&first));
    let mut parts = vec![row.code.as_str().to_owned(), canvas.say(&waits)];
    if let Some(due) = due {
        let same_year = due.year() == model.today().year();
        let text = if same_year {
            today::due(due)
        } else {
            today::due_on(due)
        };
        parts.push(canvas.say(&text));
    }
    Task {
        sign,
        state,
        role,
        title,
        below: Some((row.site.village.clone(), parts.join(" · "))),
    }
}
