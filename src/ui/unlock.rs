//! The lock on the screen.

use super::canvas::{Canvas, Focus};
use crate::app::LockReason;
use crate::app::screens::{Attempt, Unlock};
use crate::config::theme::Role;
use crate::i18n::messages::unlock;
use ratatui::layout::Rect;

pub(super) fn draw(canvas: &mut Canvas<'_>, lock: &Unlock) {
    let area = canvas.area();
    let room = area.width.saturating_sub(8).min(64);
    let x = area.width.saturating_sub(room) / 2;
    let mut y = area.height / 3;
    canvas.tell(x, y, room, &unlock::title(), Role::Title);
    y += 1;
    let why = match lock.reason {
        LockReason::Start => None,
        LockReason::Key => Some(unlock::key()),
        LockReason::Idle => Some(unlock::idle()),
        LockReason::Suspend => Some(unlock::suspend()),
    };
    if let Some(why) = why {
        canvas.tell(x, y, room, &why, Role::Dim);
    }
    y += 2;
    let used = canvas.tell(x, y, room, &unlock::ask(), Role::Text) + 2;
    let field = (x + used, y);
    canvas.secret(
        field,
        room - used,
        &lock.passphrase,
        lock.shown,
        Focus::Here,
    );
    y += 2;
    match lock.attempt {
        Attempt::None => {}
        Attempt::Working => {
            canvas.tell(x, y, room, &unlock::working(), Role::Dim);
        }
        Attempt::Wrong => {
            canvas.tell(x, y, room, &unlock::wrong(), Role::Bad);
        }
    }
    let hint = Rect {
        x,
        y: y + 2,
        width: room,
        height: 3,
    };
    let forgot = canvas.say(&unlock::forgot());
    canvas.put_wrapped(hint, &forgot, Role::Dim);
}
