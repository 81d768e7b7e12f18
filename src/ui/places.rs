//! Villages on the screen: those that stand, those of the past, and what is known of the one in front.

use super::canvas::Canvas;
use super::glyph;
use crate::app::screens::{Places, Session};
use crate::app::{Model, Target, duties};
use crate::config::theme::Role;
use crate::config::units::Division;
use crate::domain::{Place, PlaceId, Site, Unit, UnitBasis};
use crate::i18n::messages::{duty, places};

/// Lines for the village in front, with their rule.
const PANEL: u16 = 5;

pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, session: &Session, open: &Places) {
    let area = canvas.area();
    let room = area.width.saturating_sub(3);
    canvas.tell(1, 2, room, &places::title(), Role::Title);
    let rows = Places::all(&session.names, &model.setup);
    if rows.is_empty() {
        canvas.tell(2, 4, room, &places::none(), Role::Dim);
        return;
    }
    let lines = model.size.body().saturating_sub(2 + PANEL).max(1);
    let top = open.chosen.saturating_sub(u64::from(lines) - 1);
    let shown = (0_u64..).zip(&rows).skip(usize::try_from(top).unwrap_or(0));
    for (y, (at, (id, place))) in (4..).zip(shown.take(usize::from(lines))) {
        let chosen = at == open.chosen;
        if chosen {
            canvas.mark(0, y);
        }
        let role = match (chosen, Places::is_past(place)) {
            (true, _) => Role::Title,
            (false, true) => Role::Dim,
            (false, false) => Role::Text,
        };
        row(canvas, model, session, (y, role), (*id, place));
        canvas.hit(0, y, area.width, Target::Row(at));
    }
    let chosen = usize::try_from(open.chosen).ok();
    if let Some((id, place)) = chosen.and_then(|at| rows.get(at)) {
        panel(canvas, model, session, 4 + lines, (*id, place));
    }
}

fn row(
    canvas: &mut Canvas<'_>,
    model: &Model,
    session: &Session,
    (y, role): (u16, Role),
    (id, place): (PlaceId, &Place),
) {
    let width = canvas.area().width;
    let half = width.saturating_sub(3) / 2;
    let used = canvas.put(2, y, half.saturating_sub(2), &place.name, role);
    if duties::is_hot(&session.spots, &Site::Village(id)) {
        let left = half.saturating_sub(used + 4);
        let word = format!("{} {}", glyph::HOT, canvas.say(&duty::spot()));
        canvas.put(used + 4, y, left, &word, Role::Warn);
    }
    let became = became(session, id, place);
    if became.is_empty() {
        let unit = unit_of(model, place).map(|unit| model.setup.unit_in_full(unit));
        canvas.put(half + 1, y, half, &unit.unwrap_or_default(), Role::Dim);
    } else {
        let became = canvas.say(&places::became(became));
        canvas.put(half + 1, y, half, &became, Role::Dim);
    }
}

/// The unit of today, or the former one where nobody knows today's.
fn unit_of(model: &Model, place: &Place) -> Option<Unit> {
    model.setup.unit(&place.site_name(), None, UnitBasis::Today)
}

/// Names what a village became.
fn became(session: &Session, id: PlaceId, place: &Place) -> String {
    if place.merged_into.is_none() && place.successors.is_empty() {
        return String::new();
    }
    let today = session.names.today(id).into_iter();
    let names = today.filter_map(|id| session.names.place(id));
    let names: Vec<_> = names.map(|place| place.name.as_str()).collect();
    names.join(", ")
}

/// What is known of a village: its units of both divisions, its days, what became of it.
fn panel(
    canvas: &mut Canvas<'_>,
    model: &Model,
    session: &Session,
    y: u16,
    (id, place): (PlaceId, &Place),
) {
    let width = canvas.area().width;
    canvas.rule(0, y, width);
    let setup = &model.setup;
    let room = width.saturating_sub(2);
    let unit = unit_of(model, place).map(|unit| setup.unit_in_full(unit));
    let head = [Some(place.name.clone()), unit];
    let head = head.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    canvas.put(1, y + 1, room, &head, Role::Title);
    let since = setup.communes.validity(Division::Today).from;
    let last = setup.communes.validity(Division::Former).to;
    if let (Some(since), Some(_)) = (since, last) {
        let before = setup
            .communes
            .units(&place.site_name(), last, UnitBasis::OfItsDay);
        let text = match before[..] {
            [Unit::Former(code)] => {
                let unit = setup.unit_in_text(Unit::Former(code));
                places::before(since, unit)
            }
            [] | [_, ..] => places::before_unknown(since),
        };
        canvas.tell(1, y + 2, room, &text, Role::Dim);
    }
    let became = became(session, id, place);
    let days = [
        place.valid_from.map(places::since),
        place.valid_to.map(places::until),
        (!became.is_empty()).then(|| places::became(became)),
    ];
    let days: Vec<_> = days.iter().flatten().map(|text| canvas.say(text)).collect();
    let used = canvas.put(1, y + 3, room, &days.join(" · "), Role::Dim);
    let spots = duties::spot_history(&session.spots, &Site::Village(id));
    if !spots.is_empty() {
        let said: Vec<_> = spots.iter().map(|text| canvas.say(text)).collect();
        let text = format!("{} {}", glyph::HOT, said.join(" · "));
        let x = if used > 0 { used + 4 } else { 1 };
        canvas.put(x, y + 3, room.saturating_sub(x), &text, Role::Warn);
    }
}
