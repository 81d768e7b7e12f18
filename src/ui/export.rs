//! The dialog that writes the list to a file.

use ratatui::layout::Rect;

use super::canvas::{Canvas, Focus, capital};
use crate::app::Target;
use crate::app::dialogs::{Export, ExportField, Progress};
use crate::config::theme::Role;
use crate::domain::{Format, Table};
use crate::i18n::Text;
use crate::i18n::messages::export;

/// Columns of the labels.
const LABELS: u16 = 8;

pub(super) fn draw(canvas: &mut Canvas<'_>, open: &Export) {
    let title = capital(&canvas.say(&export::title()));
    let inside = canvas.boxed(72, 11, &title);
    for (at, field) in ExportField::ALL.into_iter().enumerate() {
        let y = inside.y + 1 + at as u16;
        let focus = Focus::at(open.field, field);
        let role = match focus {
            Focus::Here => Role::Title,
            Focus::Elsewhere => Role::Dim,
        };
        let label = match field {
            ExportField::Table => export::table(),
            ExportField::Format => export::format(),
            ExportField::Path => export::file(),
        };
        canvas.tell(inside.x, y, LABELS, &label, role);
        let (x, room) = (inside.x + LABELS, inside.width - LABELS);
        match field {
            ExportField::Table => choice(canvas, (x, y), room, &table(open.table), focus),
            ExportField::Format => choice(canvas, (x, y), room, &format(open.format), focus),
            ExportField::Path => canvas.field((x, y), room, &open.input, focus),
        }
        canvas.hit(inside.x, y, inside.width, Target::Field(at));
    }
    let rest = Rect {
        y: inside.y + 5,
        height: inside.bottom().saturating_sub(inside.y + 5),
        ..inside
    };
    let (text, role) = match &open.progress {
        Progress::Asking(None) => (canvas.say(&export::which()), Role::Dim),
        Progress::Asking(Some(why)) => (format!("✖ {}", canvas.say(why)), Role::Bad),
        Progress::Writing { done, total } if done == total && *total > 0 => {
            (canvas.say(&export::reading_back()), Role::Text)
        }
        Progress::Writing { done, total } => {
            (canvas.say(&export::writing(*done, *total)), Role::Text)
        }
        Progress::Stopping => (canvas.say(&export::stopping()), Role::Text),
    };
    canvas.put_wrapped(rest, &text, role);
}

/// A choice that the arrows turn.
fn choice(canvas: &mut Canvas<'_>, (x, y): (u16, u16), room: u16, text: &Text, focus: Focus) {
    let label = canvas.say(text);
    match focus {
        Focus::Here => {
            let taken = canvas.put(x, y, room, &label, Role::Title);
            canvas.tell(
                x + taken + 2,
                y,
                room - taken - 2,
                &export::choose(),
                Role::Dim,
            );
            canvas.set_cursor(x, y);
        }
        Focus::Elsewhere => {
            canvas.put(x, y, room, &label, Role::Text);
        }
    }
}

fn table(table: Table) -> Text {
    match table {
        Table::Visits => export::visits(),
        Table::Activities => export::activities(),
        Table::Meetings => export::meetings(),
        Table::Concerns => export::concerns(),
        Table::Entries => export::entries(),
    }
}

fn format(format: Format) -> Text {
    match format {
        Format::Csv => export::csv(),
        Format::Xlsx => export::xlsx(),
        Format::Json => export::json(),
        Format::Ndjson => export::ndjson(),
        Format::Parquet => export::parquet(),
    }
}
