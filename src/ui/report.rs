//! The numbers of a period: each beside the period before, with its rule, the kinds as bars, and the records
//! behind a number.

use ratatui::layout::Rect;

use super::canvas::{Canvas, capital};
use crate::app::report::{BehindRow, NumberLine, NumbersSeen};
use crate::app::screens::{Behind, Report};
use crate::app::{Model, Target, category_name, tally_words};
use crate::config::theme::Role;
use crate::domain::Basis;
use crate::domain::tally::Value;
use crate::i18n::messages::{list, paper, report, tally};

/// The narrowest screen with bars beside the numbers.
const WIDE: u16 = 96;
/// The most columns of the bars and their words.
const BARS: u16 = 42;
/// Columns that the numbers keep beside them.
const NUMBERS: u16 = 68;
/// Kinds that are drawn.
const KINDS: usize = 8;

pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, open: &Report) {
    let area = canvas.area();
    headline(canvas, open);
    let Some(seen) = &open.seen else {
        canvas.tell(2, 4, area.width, &list::reading(), Role::Dim);
        return;
    };
    let height = model.size.body().saturating_sub(2);
    if let Some(behind) = &open.behind {
        rows(canvas, model, behind, height);
        return;
    }
    let foot = 3;
    let wide = area.width >= WIDE;
    let beside = match wide {
        true => BARS.min(area.width - NUMBERS),
        false => 0,
    };
    let width = area.width - beside;
    let place = Rect {
        x: 0,
        y: 4,
        width,
        height: height.saturating_sub(foot),
    };
    numbers(canvas, open, seen, place);
    if wide {
        let right = Rect {
            x: width + 2,
            width: beside - 2,
            ..place
        };
        bars(canvas, model, seen, right);
    }
    let below = Rect {
        x: 1,
        y: 4 + height.saturating_sub(foot),
        width: area.width.saturating_sub(2),
        height: foot,
    };
    footnote(canvas, open, seen, below);
}

/// Which period, cut how, and whether it is closed.
fn headline(canvas: &mut Canvas<'_>, open: &Report) {
    let width = canvas.area().width;
    let name = capital(&canvas.say(&crate::app::period_name(open.period)));
    let mut x = 1 + canvas.put(1, 2, width, &name, Role::Title) + 2;
    let basis = match open.period.basis {
        Basis::Calendar => report::calendar(open.period.from, open.period.to),
        Basis::Administrative => report::administrative(open.period.from, open.period.to),
    };
    x += canvas.tell(x, 2, width.saturating_sub(x), &basis, Role::Dim) + 2;
    let Some(seen) = &open.seen else {
        return;
    };
    let stands = match (seen.closed, seen.open_on) {
        (Some(on), _) => Some((report::closed_on(on), Role::Good)),
        (None, Some(on)) => Some((report::open_on(on), Role::Warn)),
        (None, None) => None,
    };
    if let Some((text, role)) = stands {
        let text = canvas.say(&text);
        canvas.put_right(width - 1, 2, width.saturating_sub(x), &text, role);
    }
}

fn numbers(canvas: &mut Canvas<'_>, open: &Report, seen: &NumbersSeen, area: Rect) {
    let lines = area.height.saturating_sub(1).max(1);
    let head = [report::now(), report::before(), report::change()];
    let edges = edges(area.width);
    for (text, right) in head.iter().zip(edges) {
        let text = canvas.say(text);
        canvas.put_right(right, area.y, 14, &text, Role::Dim);
    }
    let top = open.at.saturating_sub(u64::from(lines) - 1);
    let shown = (0_u64..).zip(&seen.lines);
    let shown = shown.skip(usize::try_from(top).unwrap_or(0));
    for (y, (at, line)) in (area.y + 1..).zip(shown.take(usize::from(lines))) {
        let chosen = at == open.at;
        if chosen {
            canvas.mark(area.x, y);
        }
        let role = if chosen { Role::Title } else { Role::Text };
        number(canvas, line, (y, area.width), role);
        canvas.hit(area.x, y, area.width, Target::Row(at));
    }
}

/// Where the columns of value, value before and change end.
fn edges(width: u16) -> [u16; 3] {
    let change = width.saturating_sub(1);
    let before = change.saturating_sub(12);
    [before.saturating_sub(14), before, change]
}

fn number(canvas: &mut Canvas<'_>, line: &NumberLine, (y, width): (u16, u16), role: Role) {
    let [now, before, change] = edges(width);
    let name = canvas.say(&tally_words(line.id).0);
    canvas.put(2, y, now.saturating_sub(15), &name, role);
    let mut said = value(canvas, line.value);
    if line.corrected.is_some() {
        said.push_str(" ✎");
    }
    canvas.put_right(now, y, 15, &said, role);
    let Some(old) = line.before else {
        return;
    };
    let said = value(canvas, old);
    canvas.put_right(before, y, 14, &said, Role::Dim);
    let difference = match (line.value, old) {
        (Value::Count(new), Value::Count(old)) => {
            signed(canvas.language().number(apart(new, old)), apart(new, old))
        }
        (Value::Decimal(new), Value::Decimal(old)) => {
            signed(canvas.language().decimal(apart(new, old)), apart(new, old))
        }
        _ => String::new(),
    };
    canvas.put_right(change, y, 12, &difference, Role::Dim);
}

fn apart(new: u64, old: u64) -> i64 {
    let whole = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    whole(new).saturating_sub(whole(old))
}

fn signed(said: String, number: i64) -> String {
    match number > 0 {
        true => format!("+{said}"),
        false => said,
    }
}

fn value(canvas: &Canvas<'_>, value: Value) -> String {
    let whole = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let language = canvas.language();
    match value {
        Value::Count(count) => language.number(whole(count)),
        Value::Decimal(thousandths) => language.decimal(whole(thousandths)),
        Value::Share { done, of } => {
            let [done, of] = [done, of].map(|count| language.number(whole(count)));
            format!("{done}/{of}")
        }
    }
}

/// Activities by their kind.
fn bars(canvas: &mut Canvas<'_>, model: &Model, seen: &NumbersSeen, area: Rect) {
    canvas.tell(
        area.x,
        area.y,
        area.width,
        &paper::by_category(),
        Role::Title,
    );
    let longest = seen
        .kinds
        .iter()
        .map(|(_, count)| *count)
        .max()
        .unwrap_or(0);
    let language = canvas.language();
    let kinds = seen.kinds.iter().take(KINDS.min(usize::from(area.height)));
    let names = (area.width / 2).min(20);
    let mut y = area.y + 1;
    for (code, count) in kinds {
        let name = category_name(&model.setup, code, language);
        let name = match name.is_empty() {
            true => canvas.say(&tally::unknown()),
            false => name,
        };
        canvas.put(area.x, y, names, &name, Role::Text);
        let room = u64::from(area.width.saturating_sub(names + 7));
        let long = (count * room).div_ceil(longest.max(1));
        let bar = "█".repeat(usize::try_from(long).unwrap_or(0));
        canvas.put(
            area.x + names + 1,
            y,
            area.width - names - 1,
            &bar,
            Role::Accent,
        );
        let said = language.number(i64::try_from(*count).unwrap_or(i64::MAX));
        canvas.put_right(area.right(), y, 7, &said, Role::Text);
        y += 1;
    }
    if let Some(rates) = seen.rates {
        let place = Rect {
            y: y + 1,
            height: area.bottom().saturating_sub(y + 1),
            ..area
        };
        let mut said = canvas.say(&tally::rates(rates.now, rates.before, rates.points));
        if let Some(change) = rates.relative {
            said = format!("{said}; {}", canvas.say(&tally::relative(change)));
        }
        if rates.few {
            said = format!("{said}; {}", canvas.say(&tally::few()));
        }
        canvas.put_wrapped(place, &capital(&said), Role::Dim);
    }
}

/// The rule of the number in front, what became of it since the closing, and who sent nothing.
fn footnote(canvas: &mut Canvas<'_>, open: &Report, seen: &NumbersSeen, area: Rect) {
    if let Some(line) = open.line() {
        let rule = capital(&canvas.say(&tally_words(line.id).1));
        canvas.put(area.x, area.y, area.width, &rule, Role::Dim);
        if let Some(corrected) = line.corrected {
            let [was, now] = [line.value, corrected].map(|one| value(canvas, one));
            let text = report::corrected(was, now);
            canvas.tell(area.x, area.y + 1, area.width, &text, Role::Warn);
        }
    }
    let (text, role) = match seen.silent {
        0 => (paper::complete(), Role::Dim),
        silent => {
            let silent = i64::try_from(silent).unwrap_or(i64::MAX);
            (paper::incomplete(silent), Role::Warn)
        }
    };
    canvas.tell(area.x, area.y + 2, area.width, &text, role);
}

/// The records behind a number.
fn rows(canvas: &mut Canvas<'_>, model: &Model, behind: &Behind, height: u16) {
    let width = canvas.area().width;
    let (name, rule) = tally_words(behind.id);
    let used = canvas.tell(1, 4, width, &name, Role::Title);
    let rule = canvas.say(&rule);
    canvas.put(
        used + 3,
        4,
        width.saturating_sub(used + 4),
        &rule,
        Role::Dim,
    );
    let Some(seen) = &behind.seen else {
        canvas.tell(2, 6, width, &list::reading(), Role::Dim);
        return;
    };
    if seen.rows.is_empty() {
        canvas.tell(2, 6, width, &report::no_rows(), Role::Dim);
        return;
    }
    let shown_count = i64::try_from(seen.rows.len()).unwrap_or(i64::MAX);
    let total = i64::try_from(seen.total).unwrap_or(i64::MAX);
    canvas.tell(1, 5, width, &report::rows(shown_count, total), Role::Dim);
    let lines = height.saturating_sub(2).max(1);
    let top = behind.at.saturating_sub(u64::from(lines) - 1);
    let shown = (0_u64..).zip(&seen.rows);
    let shown = shown.skip(usize::try_from(top).unwrap_or(0));
    for (y, (at, row)) in (6..).zip(shown.take(usize::from(lines))) {
        let chosen = at == behind.at;
        if chosen {
            canvas.mark(0, y);
        }
        let role = if chosen { Role::Title } else { Role::Text };
        record(canvas, model, row, (y, role));
        canvas.hit(0, y, width, Target::Row(at));
    }
}

fn record(canvas: &mut Canvas<'_>, model: &Model, row: &BehindRow, (y, role): (u16, Role)) {
    let width = canvas.area().width;
    let language = canvas.language();
    let day = row
        .day
        .map_or_else(|| "–".to_owned(), |day| language.date(day));
    canvas.put(2, y, 11, &day, role);
    if let Some((entity, code)) = &row.record {
        canvas.put(14, y, 8, code.as_str(), Role::Dim);
        let kind = canvas.say(&crate::app::record_text(entity.kind));
        let category = row.category.as_ref().map_or("", |code| code.as_str());
        let label = category_name(&model.setup, category, language);
        let words = match label.is_empty() {
            true => kind,
            false => format!("{kind} · {label}"),
        };
        canvas.put(23, y, width.saturating_sub(23) / 2, &words, role);
    }
    let place = model.setup.site_on(&row.site, row.day);
    let x = 24 + width.saturating_sub(23) / 2;
    let x = if row.record.is_some() { x } else { 14 };
    canvas.put(x, y, width.saturating_sub(x + 1), &place, role);
}
