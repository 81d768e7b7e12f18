//! Writing the list to a file: which table, which format, where to; then how far it has come.

use crate::app::input::Input;
use crate::app::screens::Chip;
use crate::app::{Action, Effect, ExportTable, Model};
use crate::domain::{Format, Table};
use crate::i18n::Text;
use crate::i18n::messages::export;

/// The tables that are offered; entries of the journal are the command line's.
const TABLES: [Table; 4] = [
    Table::Visits,
    Table::Activities,
    Table::Meetings,
    Table::Concerns,
];

/// Which field has the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportField {
    Table,
    Format,
    Path,
}

impl ExportField {
    /// Every field from top to bottom.
    pub const ALL: [Self; 3] = [Self::Table, Self::Format, Self::Path];
}

/// How far it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It waits for a word, perhaps after something went wrong.
    Asking(Option<Text>),
    Writing {
        done: u64,
        total: u64,
    },
    Stopping,
}

/// The dialog.
pub struct Export {
    pub table: Table,
    pub format: Format,
    pub input: Input,
    pub field: ExportField,
    pub progress: Progress,
    /// The name that was offered last; one that was changed is kept.
    offered: String,
}

impl Export {
    pub(in crate::app) fn new(model: &Model) -> Self {
        let mut this = Self {
            table: Table::Visits,
            format: Format::Xlsx,
            input: Input::line(),
            field: ExportField::Format,
            progress: Progress::Asking(None),
            offered: String::new(),
        };
        this.offer(model);
        this
    }

    /// Does an action; returns the effects, and whether the dialog is done with.
    pub(in crate::app) fn act(&mut self, model: &mut Model, action: Action) -> (Vec<Effect>, Then) {
        match (&self.progress, action) {
            (Progress::Asking(_), Action::Cancel) => return (Vec::new(), Then::Close),
            (Progress::Writing { .. }, Action::Cancel) => {
                self.progress = Progress::Stopping;
                return (vec![Effect::StopExport], Then::Stay);
            }
            (Progress::Writing { .. } | Progress::Stopping, _) => {}
            (Progress::Asking(_), Action::Accept) => return (self.accept(model), Then::Stay),
            (Progress::Asking(_), Action::NextField) => self.field = self.beside(1),
            (Progress::Asking(_), Action::PreviousField) => self.field = self.beside(2),
            (Progress::Asking(_), Action::Down) => self.turn(model, Step::On),
            (Progress::Asking(_), Action::Up) => self.turn(model, Step::Back),
            (Progress::Asking(_), _) => {}
        }
        (Vec::new(), Then::Stay)
    }

    /// Puts the cursor into a field.
    pub(in crate::app) fn choose(&mut self, at: usize) {
        self.field = ExportField::ALL.get(at).copied().unwrap_or(self.field);
    }

    fn beside(&self, step: usize) -> ExportField {
        let all = ExportField::ALL;
        let at = all.iter().position(|field| *field == self.field);
        all[(at.unwrap_or(0) + step) % all.len()]
    }

    /// Turns the choice of the field.
    fn turn(&mut self, model: &Model, step: Step) {
        match self.field {
            ExportField::Table => self.table = after(&TABLES, self.table, step),
            ExportField::Format => {
                let old = format!(".{}", self.format.as_str());
                self.format = after(&Format::ALL, self.format, step);
                if let Some(name) = self.input.text().strip_suffix(&old) {
                    let name = format!("{name}.{}", self.format.as_str());
                    let was_offered = self.input.text() == self.offered;
                    self.input.set(&name);
                    if was_offered {
                        self.offered = name;
                    }
                }
            }
            ExportField::Path => {}
        }
        self.progress = Progress::Asking(None);
        if self.input.text() == self.offered {
            self.offer(model);
        }
    }

    /// Offers a name from what is in the table, never from what is in a record.
    fn offer(&mut self, model: &Model) {
        let chips = model
            .session()
            .map(|session| session.visits.chips.as_slice());
        let month = chips
            .unwrap_or_default()
            .iter()
            .find_map(|chip| match chip {
                Chip::Month(first) => Some(first.format("%Y-%m").to_string()),
                Chip::Place(..) | Chip::State(_) => None,
            });
        let period = month.unwrap_or_else(|| model.today().format("%Y-%m-%d").to_string());
        let table = model.say(&match self.table {
            Table::Visits => export::file_visits(),
            Table::Activities => export::file_activities(),
            Table::Meetings => export::file_meetings(),
            Table::Concerns => export::file_concerns(),
            Table::Entries => export::file_entries(),
        });
        self.offered = format!("~/{table}-{period}.{}", self.format.as_str());
        self.input.set(&self.offered);
    }

    fn accept(&mut self, model: &mut Model) -> Vec<Effect> {
        let (language, setup) = (model.language, model.setup.clone());
        let Some(session) = model.session() else {
            return Vec::new();
        };
        self.progress = Progress::Writing { done: 0, total: 0 };
        vec![Effect::Export(Box::new(ExportTable {
            table: self.table,
            format: self.format,
            query: session.list_query(&setup),
            path: self.input.text().trim().to_owned(),
            language,
            setup,
        }))]
    }
}

/// Whether a dialog is done with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Then {
    Stay,
    Close,
}

/// Which way a choice is turned.
#[derive(Clone, Copy)]
enum Step {
    On,
    Back,
}

fn after<T: Copy + PartialEq>(all: &[T], one: T, step: Step) -> T {
    let at = all.iter().position(|other| *other == one).unwrap_or(0);
    let step = match step {
        Step::On => 1,
        Step::Back => all.len() - 1,
    };
    all[(at + step) % all.len()]
}
