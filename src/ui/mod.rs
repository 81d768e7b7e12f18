//! Drawing: the model as cells of the terminal.
//!
//! Reads, never writes; cannot fail. Returns where the mouse can do something and how far the text
//! in front can be scrolled.

mod canvas;
mod capture;
mod chrome;
mod coverage;
mod detail;
mod dialogs;
mod export;
mod failed;
mod first_run;
mod glyph;
mod import;
mod keep;
mod look;
mod map;
mod part;
mod personal;
mod places;
mod quarantine;
mod records;
mod report;
mod settings;
mod shades;
mod shared;
mod tend;
mod today;
mod unlock;
mod visits;

pub use look::Look;

use ratatui::Frame;

use crate::app::screens::{Shared, View};
use crate::app::{Drawn, Model, Screen, Size};
use canvas::Canvas;

/// Draws the screen.
pub fn draw(model: &Model, look: &Look, frame: &mut Frame<'_>) -> Drawn {
    let area = frame.area();
    let size = Size {
        columns: area.width,
        rows: area.height,
    };
    let mut canvas = Canvas::new(frame.buffer_mut(), look, model.speech());
    if size.is_enough() {
        whole(&mut canvas, model);
    } else {
        chrome::too_small(&mut canvas, size);
    }
    let drawn = Drawn {
        hits: std::mem::take(&mut canvas.hits),
        end: canvas.end,
    };
    if let Some(cursor) = canvas.cursor {
        frame.set_cursor_position(cursor);
    }
    drawn
}

fn whole(canvas: &mut Canvas<'_>, model: &Model) {
    if !model
        .session()
        .is_some_and(|s| matches!(s.view, View::Capture(_)))
    {
        chrome::top(canvas, model);
    }
    match &model.screen {
        Screen::FirstRun(run) => first_run::draw(canvas, model, run),
        Screen::Unlock(lock) => unlock::draw(canvas, lock),
        Screen::Failed(failure) => failed::draw(canvas, failure),
        Screen::Open(session) => match &session.view {
            View::Today => today::draw(canvas, model, session),
            View::Visits => visits::draw(canvas, model, session),
            View::Records => records::draw(canvas, model, session),
            View::Detail(open) => detail::draw(canvas, model, session, open),
            View::Owed(open) => detail::owed::draw(canvas, model, session, open),
            View::Pairs(open) => detail::pairs::draw(canvas, model, session, open),
            View::Quarantine(open) => quarantine::draw(canvas, model, open),
            View::Places(open) => places::draw(canvas, model, session, open),
            View::Coverage => coverage::draw(canvas, model, session),
            View::Report => {
                if let Some(open) = &session.report {
                    report::draw(canvas, model, open);
                }
            }
            View::Shared(Shared::Review(open)) => shared::queue(canvas, model, open),
            View::Shared(Shared::Exchange(open)) => shared::exchange(canvas, open),
            View::Settings(open) => settings::draw(canvas, model, session, open),
            View::Capture(open) => capture::draw(canvas, model, session, open),
        },
    }
    for dialog in &model.dialogs {
        dialogs::draw(canvas, model, dialog);
    }
    chrome::bottom(canvas, model);
}
