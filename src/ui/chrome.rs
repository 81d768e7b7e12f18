//! What frames every screen: tabs above; the last thing that happened and the keys below.

use ratatui::layout::Rect;

use super::canvas::{Canvas, columns};
use crate::app::screens::{Tab, View};
use crate::app::{Action, Age, Model, Scope, Size, Target, Tone};
use crate::config::theme::Role;
use crate::i18n::Text;
use crate::i18n::messages::{actions, app};
use crate::text::typing::Typing;
use crate::text::width;

/// Draws the first line and the rule under it.
pub(super) fn top(canvas: &mut Canvas<'_>, model: &Model) {
    let area = canvas.area();
    // All tabs and what stands at the right are on the narrowest usual screen, the name then is not.
    let narrow = area.width < 90 && model.session().is_some();
    let mut x = match narrow {
        true => 0,
        false => 1 + canvas.tell(1, 0, area.width, &app::title(), Role::Accent),
    };
    if let Some(session) = model.session() {
        let writing = matches!(session.view, View::Places(_) | View::Settings(_));
        let tabs = [
            (1, Tab::Today, Action::Today, app::tab_today()),
            (2, Tab::Visits, Action::Visits, app::tab_visits()),
            (3, Tab::Concerns, Action::Concerns, app::tab_concerns()),
            (4, Tab::Coverage, Action::Coverage, app::tab_coverage()),
            (5, Tab::Review, Action::Review, app::tab_review()),
            (6, Tab::Report, Action::Report, app::tab_report()),
            (7, Tab::Exchange, Action::Exchange, app::tab_exchange()),
        ];
        let gap = if narrow { 1 } else { 2 };
        for (number, tab, action, label) in tabs {
            let label = format!("{number} {}", canvas.say(&label));
            let here = session.tab() == Some(tab) && !writing;
            let role = if here { Role::Title } else { Role::Dim };
            x += gap;
            let used = canvas.put(x, 0, area.width, &label, role);
            canvas.hit(x, 0, used, Target::Act(action));
            x += used;
        }
    }
    let language = model.language.code().to_uppercase();
    let typing = match model.typing {
        Typing::Off => "",
        Typing::Telex => "·Telex",
        Typing::Vni => "·VNI",
    };
    let mut right = format!("{language}{typing}");
    let room = area.width.saturating_sub(x + 2);
    let today = model
        .session()
        .and_then(|session| session.today.read.as_ref());
    if let Some(count) = today.map(|today| today.not_copied).filter(|n| *n > 0) {
        let words = format!("▫ {}  {right}", canvas.say(&app::not_copied(count)));
        // The words give way before the number and the typing mode do.
        right = match columns(&words) <= room {
            true => words,
            false => format!("▫ {count}  {right}"),
        };
    }
    canvas.put_right(area.right().saturating_sub(1), 0, room, &right, Role::Dim);
    canvas.rule(0, 1, area.width);
}

/// Draws the line above the last, and the last.
pub(super) fn bottom(canvas: &mut Canvas<'_>, model: &Model) {
    let area = canvas.area();
    let y = area.bottom().saturating_sub(2);
    if let Some(status) = &model.status {
        let role = match status.tone {
            Tone::Done => Role::Dim,
            Tone::Problem => Role::Bad,
        };
        let text = match status.tone {
            Tone::Done => canvas.say(&status.text),
            Tone::Problem => format!("✖ {}", canvas.say(&status.text)),
        };
        let room = area.width.saturating_sub(2);
        match status.age {
            Age::Known => {
                canvas.put(1, y, room, &text, role);
            }
            Age::New => whole_sentence(canvas, y, &text, role),
        }
    }
    footer(canvas, model, y + 1);
}

/// Writes a sentence over as many lines as it takes, the last one at `y`: its end says what to do.
fn whole_sentence(canvas: &mut Canvas<'_>, y: u16, text: &str, role: Role) {
    let area = canvas.area();
    let room = area.width.saturating_sub(2);
    let lines = width::wrap(text, usize::from(room)).len();
    let height = u16::try_from(lines).unwrap_or(u16::MAX).min(y / 2);
    let top = (y + 1).saturating_sub(height);
    if height > 1 {
        for line in top..=y {
            canvas.lift(0, line, area.width);
            canvas.hit(0, line, area.width, Target::Nothing);
        }
    }
    let place = Rect {
        x: 1,
        y: top,
        width: room,
        height,
    };
    canvas.put_wrapped(place, text, role);
}

/// Something to press: its keys, each with its own action, and the words for all of them.
struct Offer {
    keys: Vec<(Action, String)>,
    label: String,
}

impl Offer {
    fn columns(&self) -> u16 {
        let keys = self.keys.iter().map(|(_, key)| columns(key) + 1);
        keys.sum::<u16>() + columns(&self.label)
    }

    fn draw(&self, canvas: &mut Canvas<'_>, (x, y): (u16, u16), right: u16) {
        let mut at = x;
        for (n, (action, key)) in self.keys.iter().enumerate() {
            if n > 0 {
                at += canvas.put(at, y, right.saturating_sub(at), "/", Role::Dim);
            }
            let used = canvas.put(at, y, right.saturating_sub(at), key, Role::Accent);
            canvas.hit(at, y, used, Target::Act(*action));
            at += used;
        }
        let room = right.saturating_sub(at + 1);
        let used = canvas.put(at + 1, y, room, &self.label, Role::Dim);
        if let [(action, _)] = self.keys.as_slice() {
            canvas.hit(at, y, used + 1, Target::Act(*action));
        }
    }
}

/// Draws what can be pressed here; what has no room is left to the help screen, which has it.
fn footer(canvas: &mut Canvas<'_>, model: &Model, y: u16) {
    let right = canvas.area().width.saturating_sub(1);
    if model.scopes().contains(&Scope::Form) {
        form_footer(canvas, model, (y, right));
        return;
    }
    // The tabs above name their own keys.
    let named = |action: Action| {
        action.is_step()
            || matches!(
                action,
                Action::Today
                    | Action::Visits
                    | Action::Coverage
                    | Action::Review
                    | Action::Exchange
            )
    };
    let mut x = 1;
    for (action, key) in model.offered().into_iter().filter(|(a, _)| !named(*a)) {
        let offer = Offer {
            keys: vec![(action, key)],
            label: canvas.say(&action.label()),
        };
        if x + offer.columns() <= right {
            offer.draw(canvas, (x, y), right);
            x += offer.columns() + 2;
        }
    }
}

/// Draws what saves time in the form, the most useful first; the way out always has its room.
fn form_footer(canvas: &mut Canvas<'_>, model: &Model, (y, right): (u16, u16)) {
    let adds = [Action::AddActivity, Action::AddMeeting, Action::AddConcern];
    let offered = model.offered();
    let offer = |actions: &[Action], label: Text| {
        let keys = offered
            .iter()
            .filter(|(action, _)| actions.contains(action));
        let keys: Vec<_> = keys.cloned().collect();
        let label = canvas.say(&label);
        (!keys.is_empty()).then_some(Offer { keys, label })
    };
    let offers = [
        offer(&[Action::NextField], Action::NextField.label()),
        offer(&[Action::Save], Action::Save.label()),
        offer(&[Action::Send], actions::send_short()),
        offer(&adds, actions::add_short()),
        offer(&[Action::LikeLast], actions::like_last_short()),
    ];
    let out = offer(&[Action::Back], Action::Back.label());
    let kept = out.as_ref().map_or(0, |out| out.columns() + 2);
    let mut x = 1;
    for offer in offers.into_iter().flatten() {
        if x + offer.columns() + kept > right {
            break;
        }
        offer.draw(canvas, (x, y), right);
        x += offer.columns() + 2;
    }
    if let Some(out) = out {
        out.draw(canvas, (x, y), right);
    }
}

/// Says how much room is needed.
pub(super) fn too_small(canvas: &mut Canvas<'_>, size: Size) {
    let needs = app::too_small(Size::SMALLEST.columns, Size::SMALLEST.rows);
    let now = app::too_small_now(size.columns, size.rows);
    let area = canvas.area();
    let needs = canvas.say(&needs);
    let used = canvas.put_wrapped(area, &needs, Role::Title);
    let rest = Rect {
        y: area.y + used,
        height: area.height.saturating_sub(used),
        ..area
    };
    let now = canvas.say(&now);
    canvas.put_wrapped(rest, &now, Role::Text);
}
