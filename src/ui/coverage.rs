//! Coverage on the screen: visits by place and month as shades, Saturdays and reception days below them; or
//! the duties of everybody.

use chrono::{Datelike, Weekday};
use ratatui::layout::Rect;

use super::canvas::{Canvas, Focus};
use super::glyph;
use crate::app::screens::{Area, Board, Covered, PlaceRow, Session};
use crate::app::{Action, Model, Target, duties};
use crate::config::theme::Role;
use crate::domain::{Coverage, Day, Kept, Pace, Standing};
use crate::i18n::messages::{coverage, duty, list};
use crate::law::rules::Per;

/// Lines below the table, with their rule.
const PANEL: u16 = 4;
/// Columns of how a duty at a place stands.
const DUTY: u16 = 15;
/// Columns below which a commune is not begun.
const LEAST: u16 = 6;
/// Columns of the sum of a year.
const SUM: u16 = 6;

/// Whether a place is a hot spot.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hot {
    Spot,
    No,
}

/// Where the columns of the table stand.
struct Columns {
    name: u16,
    month: u16,
    /// Columns of the duty; none where there is no room.
    duty: u16,
    /// Columns of the sum; none where there is no room.
    sum: u16,
}

impl Columns {
    fn of(width: u16) -> Self {
        let month = if width >= 78 { 4 } else { 3 };
        let left = width.saturating_sub(3 + 12 * month);
        let duty = if left >= DUTY + 14 { DUTY } else { 0 };
        let sum = if left >= duty + SUM + 16 { SUM } else { 0 };
        Self {
            name: left.saturating_sub(duty + sum),
            month,
            duty,
            sum,
        }
    }

    fn month(&self, at: usize) -> u16 {
        let at = u16::try_from(at).unwrap_or(0);
        2 + self.name + at * self.month
    }

    fn behind(&self) -> u16 {
        self.month(12)
    }
}

pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, session: &Session) {
    let open = &session.coverage;
    let Some(read) = &open.read else {
        canvas.tell(2, 4, 40, &list::reading(), Role::Dim);
        return;
    };
    match open.board {
        Board::Places => places(canvas, model, session, (open, read)),
        Board::Duties => all_duties(canvas, model, open),
        Board::Map => super::map::draw(canvas, model, session, open),
    }
}

/// Gives the shade of a number of visits.
fn shade(visits: u32) -> (&'static str, Role) {
    match visits {
        0 => ("░", Role::Dim),
        1..=2 => ("▒", Role::Text),
        3..=5 => ("▓", Role::Text),
        6.. => ("█", Role::Title),
    }
}

fn places(
    canvas: &mut Canvas<'_>,
    model: &Model,
    session: &Session,
    (open, read): (&Covered, &Coverage),
) {
    let width = canvas.area().width;
    let columns = Columns::of(width);
    let title = coverage::title(open.year.to_string());
    let used = canvas.tell(1, 2, width, &title, Role::Title);
    let legend = canvas.say(&coverage::legend());
    let room = width.saturating_sub(used + 4);
    canvas.put_right(width - 1, 2, room, &legend, Role::Dim);
    let communes = open.communes(session, &model.setup);
    let area = match (open.area, communes.as_slice()) {
        (Area::Own, [one, ..]) => coverage::commune(model.setup.commune(*one)),
        (Area::Own | Area::All, _) => coverage::everywhere(),
    };
    let free = room.saturating_sub(super::canvas::columns(&legend) + 2);
    canvas.tell(used + 4, 2, free, &area, Role::Dim);
    let rows = open.places(session, &model.setup);
    if rows.is_empty() {
        let none = canvas.say(&coverage::no_places());
        canvas.put_wrapped(Rect::new(2, 4, width - 3, 3), &none, Role::Dim);
        return;
    }
    heads(canvas, &columns, open);
    let lines = model.size.body().saturating_sub(3 + PANEL).max(1);
    let top = open.chosen.saturating_sub(u64::from(lines) - 1);
    let shown = (0_u64..).zip(&rows).skip(usize::try_from(top).unwrap_or(0));
    for (y, (at, row)) in (5..).zip(shown.take(usize::from(lines))) {
        let focus = Focus::at(at, open.chosen);
        let hot = match duties::is_hot(&session.spots, &row.site) {
            true => Hot::Spot,
            false => Hot::No,
        };
        place_row(canvas, &columns, (open, row, hot), (y, focus));
        canvas.hit(0, y, width, Target::Row(at));
    }
    let below = 5 + lines;
    canvas.rule(0, below, width);
    beside(canvas, model, &columns, read, below + 1);
    let chosen = usize::try_from(open.chosen)
        .ok()
        .and_then(|at| rows.get(at));
    if let Some(row) = chosen {
        let visits = row.months.get(open.month).copied().unwrap_or(0);
        let month = u32::try_from(open.month + 1).unwrap_or(1);
        let text = coverage::cell(&row.name, month, visits, row.visits());
        let mut parts = vec![canvas.say(&text)];
        let spots = duties::spot_history(&session.spots, &row.site);
        parts.extend(
            spots
                .last()
                .map(|spot| format!("{} {}", glyph::HOT, canvas.say(spot))),
        );
        canvas.put(2, below + 3, width - 3, &parts.join(" · "), Role::Text);
    }
}

fn heads(canvas: &mut Canvas<'_>, columns: &Columns, open: &Covered) {
    for at in 0..12 {
        let role = match at == open.month {
            true => Role::Accent,
            false => Role::Dim,
        };
        let month = (at + 1).to_string();
        let right = columns.month(at) + columns.month - 1;
        canvas.put_right(right, 4, columns.month - 1, &month, role);
    }
    let mut x = columns.behind();
    if columns.sum > 0 {
        let sum = canvas.say(&coverage::sum());
        canvas.put_right(x + SUM - 1, 4, SUM - 1, &sum, Role::Dim);
        x += SUM;
    }
    if columns.duty > 0 {
        canvas.tell(x, 4, columns.duty, &coverage::duty(), Role::Dim);
    }
}

fn place_row(
    canvas: &mut Canvas<'_>,
    columns: &Columns,
    (open, row, hot): (&Covered, &PlaceRow, Hot),
    (y, focus): (u16, Focus),
) {
    let here = focus == Focus::Here;
    if here {
        canvas.mark(0, y);
    }
    let role = if here { Role::Title } else { Role::Text };
    let room = columns.name.saturating_sub(1);
    let used = match hot {
        Hot::Spot => canvas.put(2, y, room, &format!("{} {}", row.name, glyph::HOT), role),
        Hot::No => canvas.put(2, y, room, &row.name, role),
    };
    let left = room.saturating_sub(used + 3);
    if open.area == Area::All && left >= LEAST && !row.commune.is_empty() {
        canvas.put(
            2 + used,
            y,
            left + 3,
            &format!(" · {}", row.commune),
            Role::Dim,
        );
    }
    for (at, visits) in row.months.iter().enumerate() {
        let (glyph, role) = shade(*visits);
        let x = columns.month(at) + columns.month - 2;
        canvas.put(x, y, 1, glyph, role);
        if here && at == open.month {
            canvas.put(x - 1, y, 1, "[", Role::Accent);
            canvas.put(x + 1, y, 1, "]", Role::Accent);
        }
    }
    let mut x = columns.behind();
    if columns.sum > 0 {
        let sum = canvas.language().number(i64::from(row.visits()));
        canvas.put_right(x + SUM - 1, y, SUM - 1, &sum, Role::Dim);
        x += SUM;
    }
    if columns.duty > 0
        && let Some((share, sign, word, role)) = kept_at(canvas, open, row)
    {
        let used = canvas.put(x, y, columns.duty, &share, Role::Text) + 1;
        let room = columns.duty.saturating_sub(used);
        canvas.put(x + used, y, room, &format!("{sign} {word}"), role);
    }
}

/// Returns how all duties at a place stand in the year, the worst of them as its sign.
fn kept_at(
    canvas: &Canvas<'_>,
    open: &Covered,
    row: &PlaceRow,
) -> Option<(String, &'static str, String, Role)> {
    let kept: Vec<&Kept> = open.duties_at(row).flat_map(|one| &one.kept).collect();
    let owed: u32 = kept.iter().filter_map(|kept| kept.span.owed).sum();
    if owed == 0 {
        return None;
    }
    let done: u32 = kept
        .iter()
        .map(|kept| kept.done.min(kept.span.owed.unwrap_or(0)))
        .sum();
    let (mut missed, mut behind) = (0, 0);
    for kept in kept {
        match kept.pace() {
            Pace::Missed(count) => missed += count,
            Pace::Behind(count) => behind += count,
            Pace::Done | Pace::OnTime => {}
        }
    }
    let (sign, role, word) = match (missed, behind) {
        (0, 0) if done >= owed => (glyph::DONE, Role::Good, duty::done()),
        (0, 0) => ("", Role::Dim, duty::on_time(owed - done)),
        (0, behind) => ("▲", Role::Warn, duty::missing(behind)),
        (missed, behind) => ("✖", Role::Bad, duty::missing(missed + behind)),
    };
    Some((format!("{done}/{owed}"), sign, canvas.say(&word), role))
}

/// Draws the rows of Saturdays and of reception days.
fn beside(canvas: &mut Canvas<'_>, model: &Model, columns: &Columns, read: &Coverage, y: u16) {
    let room = columns.name.saturating_sub(1);
    canvas.tell(2, y, room, &coverage::saturdays(), Role::Dim);
    canvas.tell(2, y + 1, room, &coverage::receptions(), Role::Dim);
    let today = model.today();
    for at in 0..12 {
        let Some(first) = Day::from_ymd_opt(read.year, at as u32 + 1, 1) else {
            continue;
        };
        let right = columns.month(at) + columns.month - 1;
        if first > today {
            canvas.put_right(right, y, 1, "·", Role::Dim);
            canvas.put_right(right, y + 1, 1, "·", Role::Dim);
            continue;
        }
        let saturdays = saturdays(model, first, today);
        let done = saturdays
            .iter()
            .filter(|day| read.on_duty.contains(day))
            .count();
        share(canvas, columns, (right, y), (done, Some(saturdays.len())));
        let mut days: Vec<Day> = read.receptions.iter().map(|one| one.on).collect();
        days.retain(|day| day.month0() as usize == at);
        days.dedup();
        let owed = receptions_owed(model, first);
        share(canvas, columns, (right, y + 1), (days.len(), owed));
    }
}

/// Writes how many of how many; only how many where there is no room.
fn share(
    canvas: &mut Canvas<'_>,
    columns: &Columns,
    (right, y): (u16, u16),
    (done, owed): (usize, Option<usize>),
) {
    let (text, role) = match owed {
        Some(owed) if columns.month > 3 => {
            let role = if done < owed { Role::Warn } else { Role::Text };
            (format!("{done}/{owed}"), role)
        }
        Some(_) | None => (done.to_string(), Role::Text),
    };
    canvas.put_right(right, y, columns.month, &text, role);
}

/// Gives the Saturdays of a month up to a day that were no working days.
fn saturdays(model: &Model, first: Day, today: Day) -> Vec<Day> {
    let calendar = &model.setup.law().calendar;
    let days = first
        .iter_days()
        .take_while(|day| day.month() == first.month());
    let saturdays = days.filter(|day| day.weekday() == Weekday::Sat && *day <= today);
    saturdays.filter(|day| !calendar.is_working(*day)).collect()
}

/// Gives on how many days of a month the law wants a commune's chair to receive citizens: for a rule by weeks,
/// as many as Mondays of the month.
fn receptions_owed(model: &Model, first: Day) -> Option<usize> {
    let rule = model.setup.law().rules.reception(first)?;
    let times = usize::from(rule.times);
    Some(match rule.per {
        Per::Month => times,
        Per::Week => {
            let days = first
                .iter_days()
                .take_while(|day| day.month() == first.month());
            times * days.filter(|day| day.weekday() == Weekday::Mon).count()
        }
    })
}

/// Draws the duties of everybody.
fn all_duties(canvas: &mut Canvas<'_>, model: &Model, open: &Covered) {
    let width = canvas.area().width;
    let title = coverage::title_duties(open.year.to_string());
    canvas.tell(1, 2, width, &title, Role::Title);
    let rows = open.duties();
    if rows.is_empty() {
        let text = coverage::no_duties(model.key(Action::AddAssignment));
        canvas.put_wrapped(
            Rect::new(2, 4, width.saturating_sub(3), 3),
            &canvas.say(&text),
            Role::Dim,
        );
        return;
    }
    let lines = model.size.body().saturating_sub(2 + PANEL + 1).max(1);
    let top = open.chosen.saturating_sub(u64::from(lines) - 1);
    let shown = (0_u64..).zip(rows).skip(usize::try_from(top).unwrap_or(0));
    for (y, (at, standing)) in (4..).zip(shown.take(usize::from(lines))) {
        let focus = Focus::at(at, open.chosen);
        duty_row(canvas, model, standing, (y, focus));
        canvas.hit(0, y, width, Target::Row(at));
    }
    let chosen = usize::try_from(open.chosen)
        .ok()
        .and_then(|at| rows.get(at));
    if let Some(standing) = chosen {
        panel(canvas, model, standing, 4 + lines);
    }
}

/// Gives the span that today lies in, else the last that has begun, else the first.
fn present(standing: &Standing, today: Day) -> Option<&Kept> {
    let begun = standing
        .kept
        .iter()
        .rfind(|kept| kept.span.days.from <= today);
    begun.or(standing.kept.first())
}

fn paced(kept: &Kept) -> (&'static str, Role) {
    match kept.pace() {
        Pace::Done => (glyph::DONE, Role::Good),
        Pace::OnTime => (" ", Role::Dim),
        Pace::Behind(_) => ("▲", Role::Warn),
        Pace::Missed(_) => ("✖", Role::Bad),
    }
}

fn duty_row(canvas: &mut Canvas<'_>, model: &Model, standing: &Standing, (y, focus): (u16, Focus)) {
    let width = canvas.area().width;
    let here = focus == Focus::Here;
    if here {
        canvas.mark(0, y);
    }
    let role = if here { Role::Title } else { Role::Text };
    // Name, place and kind share what the span and how it stands leave.
    let right = 34;
    let left = width.saturating_sub(right + 3);
    let (who, place) = (left * 35 / 100, left * 30 / 100);
    let kind = left.saturating_sub(who + place);
    canvas.put(2, y, who.saturating_sub(1), &standing.who, role);
    let at = duties::place(&model.setup, standing);
    canvas.put(2 + who, y, place.saturating_sub(1), &at, role);
    let named = duties::kind(&model.setup, &standing.duty, canvas.language());
    let x = 2 + who + place;
    canvas.put(x, y, kind.saturating_sub(1), &named, Role::Dim);
    let x = x + kind;
    let Some(kept) = present(standing, model.today()) else {
        canvas.tell(x, y, right, &duty::unknown(), Role::Dim);
        return;
    };
    let span = canvas.say(&duties::span(kept.span.days));
    canvas.put(x, y, 14, &span, role);
    canvas.put_right(x + 20, y, 6, &duties::share(kept), role);
    let (sign, role) = paced(kept);
    let word = canvas.say(&duties::pace(kept));
    canvas.sign((x + 22, y), right.saturating_sub(23), sign, &word, role);
}

/// What is known of the duty in front: its document, the arithmetic, its spans.
fn panel(canvas: &mut Canvas<'_>, model: &Model, standing: &Standing, y: u16) {
    let width = canvas.area().width;
    let room = width.saturating_sub(3);
    canvas.rule(0, y, width);
    let mut head = vec![duties::kind(
        &model.setup,
        &standing.duty,
        canvas.language(),
    )];
    head.push(canvas.say(&coverage::document(&standing.duty.document)));
    canvas.put(2, y + 1, room, &head.join(" · "), Role::Text);
    let Some(kept) = present(standing, model.today()) else {
        return;
    };
    if kept.span.owed.is_some() {
        let mut text = canvas.say(&duties::span(kept.span.days));
        text.push_str(": ");
        text.push_str(&canvas.say(&duties::arithmetic(kept)));
        canvas.put(2, y + 2, room, &text, Role::Text);
    }
    let spans = standing.kept.iter().map(|kept| {
        let span = canvas.say(&duties::span(kept.span.days));
        let (sign, _) = paced(kept);
        format!("{span} {} {sign}", duties::share(kept))
            .trim_end()
            .to_owned()
    });
    let spans: Vec<String> = spans.collect();
    if spans.len() > 1 {
        canvas.put(2, y + 3, room, &spans.join("  "), Role::Dim);
    }
}
