//! Villages on the screen.

use super::canvas::Canvas;
use crate::app::screens::{Places, Session};
use crate::app::{Model, Target};
use crate::config::theme::Role;
use crate::i18n::messages::places;

pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, session: &Session, open: &Places) {
    let area = canvas.area();
    let room = area.width.saturating_sub(3);
    canvas.tell(1, 2, room, &places::title(), Role::Title);
    let rows = Places::rows(&session.names, &model.setup);
    if rows.is_empty() {
        canvas.tell(2, 4, room, &places::none(), Role::Dim);
    }
    let lines = u64::from(model.size.body().saturating_sub(2)).max(1);
    let top = open.chosen.saturating_sub(lines - 1);
    let shown = (0_u64..).zip(rows).skip(usize::try_from(top).unwrap_or(0));
    let half = room / 2;
    for (y, (at, (_, place))) in (4..).zip(shown.take(usize::try_from(lines).unwrap_or(1))) {
        let chosen = at == open.chosen;
        if chosen {
            canvas.mark(0, y);
        }
        let role = if chosen { Role::Title } else { Role::Text };
        canvas.put(2, y, half.saturating_sub(2), &place.name, role);
        let commune = place
            .commune
            .and_then(|code| model.setup.communes.get(code));
        let commune = commune.map(|commune| model.setup.commune_in_full(commune));
        canvas.put(half + 1, y, half, &commune.unwrap_or_default(), Role::Dim);
        canvas.hit(0, y, area.width, Target::Row(at));
    }
}
