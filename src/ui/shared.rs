//! The cell's queue on the screen, and where the copies are.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::glyph;
use super::part::Wording;
use crate::app::dialogs::ConfirmAll;
use crate::app::screens::{Exchanged, Queue};
use crate::app::{DeviceSeen, JoinedState, Model, Target};
use crate::config::theme::Role;
use crate::domain::{Book, Copies, Queued, Say, Since, ThreadLine};
use crate::i18n::Text;
use crate::i18n::messages::{exchange, joined as texts, review};

/// The narrowest screen that shows the queue and the visit side by side.
const WIDE: u16 = 76;

/// Draws what waits for the cell: the queue at the left, the visit in front at the right.
pub(super) fn queue(canvas: &mut Canvas<'_>, model: &Model, open: &Queue) {
    let area = canvas.area();
    let Some(rows) = &open.rows else {
        return;
    };
    let books = BookLines::of(canvas, model);
    let title = match books.open {
        0 => exchange::queue(rows.len()),
        joined => texts::queue(rows.len(), joined + 1),
    };
    let used = canvas.tell(1, 2, area.width, &title, Role::Title);
    if !open.marked.is_empty() {
        let marked = review::marked(open.marked.len());
        canvas.tell(
            used + 3,
            2,
            area.width.saturating_sub(used + 3),
            &marked,
            Role::Accent,
        );
    }
    let first = 4 + books.draw(canvas);
    if rows.is_empty() {
        let room = area.width.saturating_sub(4);
        canvas.tell(2, first, room, &exchange::queue_empty(), Role::Dim);
        return;
    }
    let wide = area.width >= WIDE;
    let left = match wide {
        true => area.width / 2,
        false => area.width,
    };
    // Where several units are together, each row says below whose it is.
    let each: u16 = if books.open > 0 { 2 } else { 1 };
    let lines = (model.size.body() + 2).saturating_sub(first).max(each);
    let lines = if wide { lines } else { (lines / 2).max(each) };
    let top = open.at.saturating_sub(u64::from(lines / each) - 1);
    let shown = (0_u64..).zip(rows).skip(usize::try_from(top).unwrap_or(0));
    let shown = shown.take(usize::from(lines / each));
    for (y, (at, queued)) in (first..).step_by(usize::from(each)).zip(shown) {
        let chosen = at == open.at;
        if chosen {
            canvas.mark(0, y);
        }
        let role = if chosen { Role::Title } else { Role::Text };
        if open.is_marked(queued) {
            canvas.put(1, y, 1, "+", Role::Accent);
        }
        row(canvas, model, (2, y, left, role), queued);
        canvas.hit(0, y, left, Target::Row(at));
        if each > 1 {
            canvas.put(9, y + 1, left.saturating_sub(10), &queued.unit, Role::Dim);
            canvas.hit(0, y + 1, left, Target::Row(at));
        }
    }
    let beside = match wide {
        true => Rect {
            x: left + 1,
            y: first,
            width: area.width.saturating_sub(left + 2),
            height: lines,
        },
        false => Rect {
            x: 1,
            y: first + lines,
            width: area.width.saturating_sub(2),
            height: (model.size.body() + 2).saturating_sub(first + lines),
        },
    };
    if let Some(queued) = open.chosen() {
        panel(canvas, model, open, queued, beside);
    }
}

/// How joined logbooks stand: those that are open, a line for each other.
struct BookLines {
    open: usize,
    lines: Vec<(String, Role)>,
}

impl BookLines {
    fn of(canvas: &Canvas<'_>, model: &Model) -> Self {
        let mut of = Self {
            open: 0,
            lines: Vec::new(),
        };
        let joined = model.session().into_iter().flat_map(|s| s.joined.values());
        for joined in joined {
            let folder = joined.folder.as_str();
            match &joined.state {
                JoinedState::Open(_) => of.open += 1,
                JoinedState::Opening => {
                    let line = canvas.say(&texts::opening(folder));
                    of.lines.push((line, Role::Dim));
                }
                JoinedState::Closed(why) => {
                    let line = canvas.say(&texts::closed(folder, why.clone()));
                    of.lines.push((line, Role::Warn));
                }
            }
        }
        of
    }

    /// Draws the lines below the title; tells how many rows they take with the one left free.
    fn draw(&self, canvas: &mut Canvas<'_>) -> u16 {
        let area = canvas.area();
        let mut y = 4;
        for (line, role) in &self.lines {
            let place = Rect {
                x: 1,
                y,
                width: area.width.saturating_sub(2),
                height: area.bottom().saturating_sub(y),
            };
            y += canvas.put_wrapped(place, line, *role);
        }
        match y {
            4 => 0,
            y => y - 3,
        }
    }
}

fn row(
    canvas: &mut Canvas<'_>,
    model: &Model,
    (x, y, width, role): (u16, u16, u16, Role),
    queued: &Queued,
) {
    let row = &queued.row;
    let on = row.to.or(row.from);
    let day = on.map_or_else(|| "–".to_owned(), |day| canvas.language().short_date(day));
    canvas.put(x, y, 6, &day, role);
    let since = match queued.since {
        Since::New | Since::Seen => exchange::since_new(),
        Since::Changed => exchange::since_changed(),
    };
    let since = canvas.say(&since);
    let place = model.setup.site_on(&row.site, on);
    let own = match queued.own {
        true => format!(" ({})", canvas.say(&review::own())),
        false => String::new(),
    };
    let words = format!("{since} · {}{own} · {place}", queued.author);
    canvas.put(x + 7, y, width.saturating_sub(10), &words, role);
}

/// What is known of the visit in front: its state, what has changed, what was said.
fn panel(canvas: &mut Canvas<'_>, model: &Model, open: &Queue, queued: &Queued, area: Rect) {
    let row = &queued.row;
    let (sign, word, look) = glyph::state(row.state);
    let head = format!("{} · {sign} {}", row.code.as_str(), canvas.say(&word));
    let mut down = Down { area, used: 0 };
    down.line(canvas, &head, look);
    if let Some(brief) = &row.activity {
        let category = brief.category.as_ref();
        let label = category.map(|code| {
            let lists = &model.setup.catalogue.activities;
            crate::app::Setup::choice(lists, code, canvas.language())
        });
        down.line(canvas, &label.unwrap_or_default(), Role::Text);
    }
    let Some((visit, thread, changes)) = &open.beside else {
        return;
    };
    if *visit != row.id {
        return;
    }
    match queued.since {
        Since::New => down.tell(canvas, &exchange::nothing_seen(), Role::Dim),
        Since::Changed | Since::Seen if changes.is_empty() => {}
        Since::Changed | Since::Seen => {
            down.tell(canvas, &exchange::changed_fields(), Role::Dim);
        }
    }
    let session = model.session();
    let names = session.and_then(|session| session.names_in(queued.book));
    let lines = names.map_or_else(Vec::new, |names| {
        let wording = Wording {
            canvas,
            model,
            names,
            on: row.to.or(row.from),
        };
        changes
            .iter()
            .flat_map(|change| wording.changed(change))
            .collect()
    });
    for line in lines {
        down.line(canvas, &line, Role::Text);
    }
    if !thread.is_empty() {
        down.tell(canvas, &exchange::thread(), Role::Dim);
        for line in thread {
            down.tell(canvas, &said(line), Role::Text);
        }
    }
}

/// Lines from the top of an area on, as many as it holds.
struct Down {
    area: Rect,
    used: u16,
}

impl Down {
    fn line(&mut self, canvas: &mut Canvas<'_>, text: &str, role: Role) {
        let left = self.area.height.saturating_sub(self.used);
        let place = Rect {
            y: self.area.y + self.used,
            height: left,
            ..self.area
        };
        if left > 0 && !text.is_empty() {
            self.used += canvas.put_wrapped(place, text, role);
        }
    }

    fn tell(&mut self, canvas: &mut Canvas<'_>, text: &Text, role: Role) {
        let text = canvas.say(text);
        self.line(canvas, &text, role);
    }
}

/// Draws the visits that are about to be confirmed together.
pub(super) fn confirm_all(canvas: &mut Canvas<'_>, model: &Model, all: &ConfirmAll) {
    let title = canvas.say(&review::confirm_title(all.visits.len()));
    let rows = u16::try_from(all.visits.len()).unwrap_or(u16::MAX);
    let rows = rows.saturating_add(5).min(canvas.area().height - 4);
    let inside = canvas.boxed(76, rows, &title);
    let text = canvas.say(&review::confirm_each());
    let used = canvas.put_wrapped(inside, &text, Role::Dim);
    let first = inside.y + used + 1;
    let room = usize::from(inside.bottom().saturating_sub(first)).max(1);
    let top = usize::from(all.top).min(all.visits.len().saturating_sub(room));
    let several = all.visits.iter().any(|queued| queued.book != Book::Own);
    let unit = if several { inside.width / 3 } else { 0 };
    for (y, queued) in (first..inside.bottom()).zip(all.visits.iter().skip(top)) {
        let (x, width) = (inside.x, inside.width - unit);
        row(canvas, model, (x, y, width, Role::Text), queued);
        canvas.put(x + width, y, unit, &queued.unit, Role::Dim);
    }
}

fn said(line: &ThreadLine) -> Text {
    let (who, day) = (line.who.as_str(), line.at.day());
    match line.say {
        Say::Confirm => exchange::said_confirm(who, day),
        Say::Return => exchange::said_return(who, day, line.text.as_str()),
        Say::Ask => exchange::said_ask(who, day, line.text.as_str()),
        Say::Conclude => review::said_conclude(who, day, line.text.as_str()),
        Say::OnPaper => {
            review::said_on_paper(who, day, line.paper.as_str(), line.on.unwrap_or(day))
        }
    }
}

/// Draws where the copies are, and how far others' entries are here.
pub(super) fn exchange(canvas: &mut Canvas<'_>, open: &Exchanged) {
    let area = canvas.area();
    let room = area.width.saturating_sub(2);
    let Some(seen) = &open.seen else {
        return;
    };
    match &seen.last {
        Some((at, place)) => {
            let at = at.local();
            let text = exchange::place(place.as_str(), at.date(), at.time());
            canvas.tell(1, 2, room, &text, Role::Title);
        }
        None => {
            canvas.tell(1, 2, room, &exchange::place_never(), Role::Title);
        }
    }
    let counts = seen.counts;
    let parts = [
        (Copies::Local, exchange::counts_local(counts.local)),
        (Copies::Copied, exchange::counts_copied(counts.copied)),
        (Copies::Received, exchange::counts_received(counts.received)),
    ];
    let words = parts.map(|(copies, text)| {
        let text = canvas.say(&text);
        format!("{} {text}", glyph::copies(copies))
    });
    canvas.put(1, 4, room, &words.join("     "), Role::Text);
    let mut y = 6;
    if !seen.let_in {
        sentence(canvas, y, &exchange::not_let_in(), Role::Warn);
        return;
    }
    if seen.devices.is_empty() {
        sentence(canvas, y, &exchange::alone(), Role::Dim);
        return;
    }
    canvas.tell(1, y, room, &exchange::devices(), Role::Dim);
    for device in &seen.devices {
        y += 1;
        if y + 3 > area.bottom() {
            break;
        }
        line(canvas, y, device);
    }
}

/// Writes a sentence over as many lines as it takes.
fn sentence(canvas: &mut Canvas<'_>, y: u16, text: &Text, role: Role) {
    let area = canvas.area();
    let place = Rect {
        x: 1,
        y,
        width: area.width.saturating_sub(2),
        height: area.bottom().saturating_sub(y + 2),
    };
    let text = canvas.say(text);
    canvas.put_wrapped(place, &text, role);
}

fn line(canvas: &mut Canvas<'_>, y: u16, device: &DeviceSeen) {
    let width = canvas.area().width;
    let half = width / 2;
    let role = match device.revoked {
        true => Role::Dim,
        false => Role::Text,
    };
    canvas.put(2, y, half.saturating_sub(3), &device.name, role);
    let state = match device.revoked {
        true => exchange::device_revoked(),
        false => exchange::held(device.held),
    };
    if device.keeper {
        let name = crate::ui::canvas::columns(&device.name) + 4;
        canvas.tell(
            name,
            y,
            half.saturating_sub(name + 1),
            &review::keeps(),
            Role::Dim,
        );
    }
    let used = canvas.tell(half, y, width - half, &state, Role::Dim);
    if let Some(last) = device.last {
        let day = canvas.language().date(last.day());
        let x = half + used + 2;
        canvas.put(x, y, width.saturating_sub(x + 1), &day, Role::Dim);
    }
}
