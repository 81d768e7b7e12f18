//! The month in numbers, and day by day.

use chrono::{Datelike, Months};
use ratatui::layout::Rect;

use crate::app::Model;
use crate::config::theme::Role;
use crate::domain::{Day, MonthNumbers, Today, TodayItem};
use crate::i18n::Text;
use crate::i18n::messages::today;
use crate::law::calendar::is_weekend;
use crate::ui::canvas::{Canvas, columns};
use crate::ui::shades::spark;

/// Columns of a label, a number, a sparkline, a change.
const LABEL: u16 = 15;
const NUMBER: u16 = 9;
const SPARK: u16 = 8;
const CHANGE: u16 = 8;
const NARROW_CHANGE: u16 = 6;

/// Reads one of a month's numbers.
type Number = fn(&MonthNumbers) -> u64;

/// Gives the columns of the month on a screen so wide; a narrow one goes without sparklines.
pub(super) fn width(screen: u16) -> u16 {
    match screen {
        0..=95 => 28,
        96.. => LABEL + NUMBER + 1 + SPARK + CHANGE + 1,
    }
}

pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, read: &Today, model: &Model) {
    let day = model.today();
    canvas.tell(
        area.x,
        area.y,
        area.width,
        &today::this_month(),
        Role::Title,
    );
    let before = day.checked_sub_months(Months::new(1)).unwrap_or(day);
    let compared = canvas.say(&today::compared(before.month()));
    canvas.put_right(
        area.right(),
        area.y,
        area.width.saturating_sub(12),
        &compared,
        Role::Dim,
    );
    let mut y = area.y + 1;
    let lines: [(Text, Number); 5] = [
        (today::visits(), |month| month.visits),
        (today::activities(), |month| month.activities),
        (today::meetings(), |month| month.meetings),
        (today::person_days(), |month| month.person_days / 1000),
        (today::concerns(), |month| month.concerns),
    ];
    for (label, of) in lines {
        let numbers: Vec<u64> = read.months.iter().map(of).collect();
        line(canvas, area, y, &label, &numbers);
        y += 1;
    }
    if let Some(now) = read.months.last().filter(|now| now.concerns > 0) {
        let label = format!("▸ {}", canvas.say(&today::settled()));
        let number = canvas.language().number(whole(now.settled_on_spot));
        let (right, _) = number_end(area);
        let room = (right - area.x).saturating_sub(columns(&number) + 3);
        canvas.put(area.x + 2, y, room, &label, Role::Dim);
        canvas.put_right(right, y, right - area.x, &number, Role::Text);
        let percent = (now.settled_on_spot * 100 + now.concerns / 2) / now.concerns;
        let percent = canvas.say(&today::percent(percent));
        canvas.put_right(area.right(), y, 5, &percent, Role::Dim);
        y += 1;
    }
    if area.bottom().saturating_sub(y) >= 7 {
        let rest = Rect {
            y: y + 1,
            height: area.bottom() - y - 1,
            ..area
        };
        calendar(canvas, rest, read, model);
    }
}

fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Where the numbers end, and whether there is room for sparklines behind them.
fn number_end(area: Rect) -> (u16, bool) {
    let wide = area.width > LABEL + NUMBER + SPARK;
    let end = match wide {
        true => area.x + LABEL + NUMBER,
        false => area.right() - NARROW_CHANGE,
    };
    (end, wide)
}

fn line(canvas: &mut Canvas<'_>, area: Rect, y: u16, label: &Text, numbers: &[u64]) {
    let now = numbers.last().copied().unwrap_or(0);
    let number = canvas.language().number(whole(now));
    let (end, wide) = number_end(area);
    let room = (end - area.x).saturating_sub(columns(&number) + 1);
    canvas.tell(area.x, y, room, label, Role::Text);
    canvas.put_right(end, y, end - area.x, &number, Role::Text);
    if wide {
        canvas.put(end + 1, y, SPARK, &spark(numbers), Role::Dim);
    }
    if let Some(before) = numbers.len().checked_sub(2).and_then(|at| numbers.get(at)) {
        let change = whole(now) - whole(*before);
        let sign = if change > 0 { "+" } else { "" };
        let change = format!("{sign}{}", canvas.language().number(change));
        let room = if wide { CHANGE } else { NARROW_CHANGE };
        if columns(&change) < room {
            canvas.put_right(area.right(), y, room, &change, Role::Dim);
        }
    }
}

/// Draws the days of the month, weeks from Monday. Behind a day stands what falls due on it, else a shade for
/// the visits that ended on it, else that it is a holiday.
fn calendar(canvas: &mut Canvas<'_>, area: Rect, read: &Today, model: &Model) {
    let day = model.today();
    let holidays = &model.setup.law().calendar;
    let due = due_days(read);
    canvas.tell(area.x, area.y, area.width, &today::weekdays(), Role::Dim);
    let month = canvas.say(&today::month(day.month()));
    let room = area.width.saturating_sub(20 + 1);
    if columns(&month) <= room {
        canvas.put_right(area.right(), area.y, room, &month, Role::Dim);
    }
    let first = day.with_day(1).unwrap_or(day);
    let days = first.iter_days().take_while(|d| d.month() == day.month());
    let mut y = area.y + 1;
    for one in days {
        let weekday = one.weekday().num_days_from_monday();
        if weekday == 0 && one.day() > 1 {
            y += 1;
        }
        if y >= area.bottom() {
            return;
        }
        let x = area.x + 3 * u16::try_from(weekday).unwrap_or(0);
        let visits = read.days.iter().find(|(d, _)| *d == one);
        let visits = visits.map_or(0, |(_, count)| *count);
        let is_holiday = !is_weekend(one) && !holidays.is_working(one);
        let (sign, look) = match visits {
            _ if due.contains(&one) && one < day => ("✖", Role::Bad),
            _ if due.contains(&one) => ("▲", Role::Warn),
            0 if is_holiday => ("·", Role::Dim),
            0 => ("", Role::Dim),
            1..=2 => ("▒", Role::Accent),
            3..=5 => ("▓", Role::Accent),
            6.. => ("█", Role::Accent),
        };
        let number = format!("{:>2}", one.day());
        let role = match one == day {
            true => Role::Accent,
            false if one > day => Role::Dim,
            false => Role::Text,
        };
        canvas.put(x, y, 2, &number, role);
        canvas.put(x + columns(&number), y, 1, sign, look);
    }
    if y + 1 < area.bottom() {
        let legend = canvas.say(&today::calendar_legend());
        if columns(&legend) <= area.width {
            canvas.put(area.x, y + 1, area.width, &legend, Role::Dim);
        }
    }
}

/// Returns the days on which something falls due, of what waits for a person.
fn due_days(read: &Today) -> Vec<Day> {
    let due = |item: &TodayItem| match item {
        TodayItem::Due { due, .. } | TodayItem::Envelope { due, .. } => *due,
        TodayItem::Conflict(_) | TodayItem::Returned(_) | TodayItem::Draft(_) => None,
    };
    read.items.iter().filter_map(due).collect()
}
