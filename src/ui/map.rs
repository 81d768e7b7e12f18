//! The communes of a province as dots, darker where more visits were.

use ratatui::layout::Rect;

use super::canvas::{Canvas, columns};
use super::shades::{Shades, spark};
use crate::app::screens::{Covered, Dot, Session};
use crate::app::{Model, Target};
use crate::config::theme::Role;
use crate::i18n::messages::coverage;

/// The narrowest screen with the communes that were visited most beside the map, and their columns.
const WIDE: u16 = 96;
const BESIDE: u16 = 34;
/// Lines below the map: a rule, and what is known of the commune in front.
const BELOW: u16 = 2;
/// How much narrower a degree of longitude is than one of latitude in the middle of the country.
const NARROWER: f64 = 0.95;
/// How much higher a cell is than it is wide.
const HIGHER: f64 = 2.0;

pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, session: &Session, open: &Covered) {
    let width = canvas.area().width;
    let dots = open.dots(session, &model.setup);
    let Some(first) = dots.first() else {
        let none = canvas.say(&coverage::map_none());
        canvas.put_wrapped(
            Rect::new(2, 4, width.saturating_sub(3), 3),
            &none,
            Role::Dim,
        );
        return;
    };
    let most = dots.iter().map(Dot::visits).max().unwrap_or(0);
    let shades = Shades::up_to(most);
    headline(canvas, model, open, (first, &shades));
    let wide = width >= WIDE;
    let height = model.size.body().saturating_sub(2 + BELOW);
    let area = Rect {
        x: 1,
        y: 4,
        width: match wide {
            true => width - BESIDE - 2,
            false => width.saturating_sub(2),
        },
        height,
    };
    communes(canvas, open, (&dots, &shades), area);
    if wide {
        let right = Rect {
            x: width - BESIDE,
            width: BESIDE - 1,
            ..area
        };
        visited_most(canvas, &dots, right);
    }
    let below = area.bottom();
    canvas.rule(0, below, width);
    let chosen = usize::try_from(open.chosen)
        .ok()
        .and_then(|at| dots.get(at));
    if let Some(dot) = chosen {
        let text = coverage::map_dot(
            dot.name.as_str(),
            i64::from(dot.visits()),
            open.year.to_string(),
        );
        let months: Vec<u64> = dot.months.iter().copied().map(u64::from).collect();
        let text = format!("{}  {}", canvas.say(&text), spark(&months));
        canvas.put(2, below + 1, width.saturating_sub(3), &text, Role::Text);
    }
}

fn headline(
    canvas: &mut Canvas<'_>,
    model: &Model,
    open: &Covered,
    (dot, shades): (&Dot, &Shades),
) {
    let width = canvas.area().width;
    let communes = &model.setup.communes;
    let province = communes
        .get(dot.code)
        .map(|commune| communes.province_of(commune));
    let province = province.map_or("", |province| province.name.as_str());
    let title = coverage::map_title(open.year.to_string(), province);
    let used = canvas.tell(1, 2, width, &title, Role::Title);
    let room = width.saturating_sub(used + 4);
    let legend = shades.legend();
    if columns(&legend) <= room {
        canvas.put_right(width - 1, 2, room, &legend, Role::Dim);
    }
}

/// Draws each commune in the cell that it lies in, the cursor last; where two lie in one, the one that was
/// visited more is seen.
fn communes(
    canvas: &mut Canvas<'_>,
    open: &Covered,
    (dots, shades): (&[Dot], &Shades),
    area: Rect,
) {
    let place = Fit::of(dots, area);
    let mut order: Vec<(u64, &Dot)> = (0..).zip(dots).collect();
    order.sort_by_key(|(at, dot)| (*at == open.chosen, dot.visits()));
    for (at, dot) in order {
        let (x, y) = place.cell(dot);
        let (glyph, role) = shades.of(dot.visits());
        if at == open.chosen {
            canvas.put(x.saturating_sub(1), y, 1, "[", Role::Accent);
            canvas.put(x, y, 1, glyph, Role::Title);
            canvas.put(x + 1, y, 1, "]", Role::Accent);
            canvas.set_cursor(x, y);
        } else {
            canvas.put(x, y, 1, glyph, role);
        }
        canvas.hit(x, y, 1, Target::Row(at));
    }
}

/// How degrees become cells.
struct Fit {
    area: Rect,
    west: f64,
    north: f64,
    /// Cells a degree: across, and down.
    across: f64,
    down: f64,
}

impl Fit {
    fn of(dots: &[Dot], area: Rect) -> Self {
        let degrees = |value: i32| f64::from(value) / 10_000.0;
        let ends = |of: fn(&Dot) -> i32| {
            let least = dots.iter().map(of).min().unwrap_or(0);
            let most = dots.iter().map(of).max().unwrap_or(0);
            (degrees(least), degrees(most))
        };
        let (west, east) = ends(|dot| dot.spot.east);
        let (south, north) = ends(|dot| dot.spot.north);
        // Room for the brackets of the cursor at both sides.
        let (columns, lines) = (area.width.saturating_sub(3), area.height.saturating_sub(1));
        let wide = f64::from(columns) / ((east - west) * NARROWER * HIGHER).max(0.001);
        let high = f64::from(lines) / (north - south).max(0.001);
        let down = wide.min(high);
        Self {
            area,
            west,
            north,
            across: down * NARROWER * HIGHER,
            down,
        }
    }

    fn cell(&self, dot: &Dot) -> (u16, u16) {
        let x = (f64::from(dot.spot.east) / 10_000.0 - self.west) * self.across;
        let y = (self.north - f64::from(dot.spot.north) / 10_000.0) * self.down;
        let x = self.area.x + 1 + x.round() as u16;
        let y = self.area.y + y.round() as u16;
        let (right, bottom) = (self.area.right(), self.area.bottom());
        (
            x.min(right.saturating_sub(2)),
            y.min(bottom.saturating_sub(1)),
        )
    }
}

/// Draws the communes that were visited most, as bars.
fn visited_most(canvas: &mut Canvas<'_>, dots: &[Dot], area: Rect) {
    canvas.tell(
        area.x,
        area.y,
        area.width,
        &coverage::map_most(),
        Role::Title,
    );
    let mut most: Vec<&Dot> = dots.iter().filter(|dot| dot.visits() > 0).collect();
    most.sort_by_key(|dot| std::cmp::Reverse(dot.visits()));
    let longest = most.first().map_or(1, |dot| u64::from(dot.visits()));
    let names = 18;
    let room = u64::from(area.width.saturating_sub(names + 7));
    let lines = usize::from(area.height.saturating_sub(1));
    for (y, dot) in (area.y + 1..).zip(most.into_iter().take(lines)) {
        canvas.put(area.x, y, names - 1, &dot.name, Role::Text);
        let long = (u64::from(dot.visits()) * room).div_ceil(longest);
        let bar = "█".repeat(usize::try_from(long).unwrap_or(0));
        canvas.put(area.x + names, y, area.width - names, &bar, Role::Accent);
        let said = canvas.language().number(i64::from(dot.visits()));
        canvas.put_right(area.right(), y, 7, &said, Role::Text);
    }
}
