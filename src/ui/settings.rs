//! Settings on the screen.

use super::canvas::Canvas;
use super::first_run::role_name;
use crate::app::screens::{Row, Session, Settings};
use crate::app::{Model, Target};
use crate::config::theme::Role;
use crate::i18n::messages::{common, first_run, settings};
use crate::i18n::{Language, Text};
use crate::text::typing::Typing;

pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, session: &Session, open: &Settings) {
    let area = canvas.area();
    let room = area.width.saturating_sub(3);
    canvas.tell(1, 2, room, &settings::title(), Role::Title);
    let mut y = 4;
    for (at, row) in (0_u64..).zip(Row::ALL) {
        let chosen = at == open.chosen;
        if chosen {
            canvas.mark(0, y);
        }
        let (label, value) = line(canvas, model, session, row);
        canvas.tell(2, y, 22, &label, Role::Dim);
        let role = if chosen { Role::Title } else { Role::Text };
        canvas.put(25, y, room.saturating_sub(25), &value, role);
        canvas.hit(0, y, area.width, Target::Row(at));
        y += if matches!(row, Row::Passphrase) { 2 } else { 1 };
    }
    canvas.tell(2, y + 1, 22, &first_run::role(), Role::Dim);
    let role = role_name(session.profile.role);
    canvas.tell(25, y + 1, room.saturating_sub(25), &role, Role::Text);
}

fn line(canvas: &Canvas<'_>, model: &Model, session: &Session, row: Row) -> (Text, String) {
    let profile = &session.profile;
    match row {
        Row::Name => (settings::name(), profile.name.clone()),
        Row::Post => (first_run::post(), profile.post.clone()),
        Row::Unit => (first_run::unit(), profile.unit.clone()),
        Row::Passphrase => (
            first_run::passphrase(),
            canvas.say(&settings::passphrase_hidden()),
        ),
        Row::Language => (settings::language(), canvas.say(&language(model.language))),
        Row::Typing => (settings::typing(), typing(canvas, model.typing)),
        Row::Idle => {
            let minutes = common::minutes(u16::from(model.idle));
            (settings::idle(), canvas.say(&minutes))
        }
    }
}

/// Names a language in itself.
pub(super) fn language(language: Language) -> Text {
    match language {
        Language::Vi => first_run::vietnamese(),
        Language::En => first_run::english(),
    }
}

fn typing(canvas: &Canvas<'_>, typing: Typing) -> String {
    match typing {
        Typing::Off => canvas.say(&settings::typing_off()),
        Typing::Telex => "Telex".to_owned(),
        Typing::Vni => "VNI".to_owned(),
    }
}
