//! The boxes of backups and compacting.

use ratatui::layout::Rect;

use super::canvas::{Canvas, Focus};
use crate::app::dialogs::{CompactAsk, Job, Stop, Work};
use crate::config::theme::Role;
use crate::i18n::messages::{cli, keep};

/// Columns of the bar.
const BAR: u16 = 40;

/// Asks for the passphrase.
pub(super) fn compact(canvas: &mut Canvas<'_>, ask: &CompactAsk) {
    let title = canvas.say(&keep::ask_compact());
    let inside = canvas.boxed(64, 8, &title);
    let at = (inside.x, inside.y + 1);
    canvas.secret(at, inside.width, &ask.passphrase, ask.shown, Focus::Here);
    let rest = Rect {
        y: inside.y + 3,
        height: inside.height.saturating_sub(3),
        ..inside
    };
    match &ask.problem {
        Some(problem) => {
            let problem = format!("✖ {}", canvas.say(problem));
            canvas.put_wrapped(rest, &problem, Role::Bad);
        }
        None => {
            let why = canvas.say(&keep::compact_why());
            canvas.put_wrapped(rest, &why, Role::Dim);
        }
    }
}

/// Shows how far the work is, and the way out.
pub(super) fn work(canvas: &mut Canvas<'_>, work: &Work) {
    let title = canvas.say(&match work.job {
        Job::BackUp => keep::working_backup(),
        Job::Compact => keep::working_compact(),
        Job::Sync => crate::i18n::messages::exchange::working(),
    });
    let inside = canvas.boxed(64, 7, &title);
    let y = inside.y + 1;
    let full = u64::from(BAR) * work.done.min(work.total);
    if let Some(full) = full.checked_div(work.total) {
        let full = usize::try_from(full).unwrap_or(0);
        let bar = "█".repeat(full) + &"░".repeat(usize::from(BAR) - full);
        canvas.put(inside.x, y, inside.width, &bar, Role::Accent);
        canvas.tell(
            inside.x,
            y + 1,
            inside.width,
            &cli::progress(work.done, work.total),
            Role::Text,
        );
    }
    let way_out = match work.stop {
        Stop::NotAsked => keep::work_stop(),
        Stop::Asked => keep::work_stopping(),
    };
    canvas.tell(inside.x, y + 3, inside.width, &way_out, Role::Dim);
}
