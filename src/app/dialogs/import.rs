//! Taking in a table: which file, what would come of it, then how far it has come.

use crate::app::input::Input;
use crate::app::{Action, Effect, Model, ReadTable};
use crate::domain::{ColumnField, Day, SheetKind, Unreadable};
use crate::i18n::Text;

use super::Then;

/// What becomes of the rows of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub rows: u64,
    pub added: u64,
    pub undated: u64,
    pub unchanged: u64,
    pub quarantined: u64,
}

/// A row as it was read. No `Debug`: it holds words of a record.
#[derive(Clone, PartialEq, Eq)]
pub struct FirstRow {
    pub day: Option<Day>,
    pub unit: String,
    pub what: String,
}

/// A row that could not be read: its number, its column, why.
pub type UnreadRow = (u32, Option<String>, Unreadable);

/// A table that was looked at; nothing of it is written.
#[derive(Clone, PartialEq, Eq)]
pub struct TableSeen {
    pub kind: SheetKind,
    /// What stands above each column, and what it is taken for.
    pub columns: Vec<(String, ColumnField)>,
    pub counts: Counts,
    /// The first few rows.
    pub first: Vec<FirstRow>,
    /// The first few that could not be read.
    pub unread: Vec<UnreadRow>,
}

/// How far it has come.
#[derive(Clone, PartialEq, Eq)]
pub enum ImportStep {
    /// It waits for a file, perhaps after something went wrong.
    Asking(Option<Text>),
    Reading {
        done: u64,
        total: u64,
    },
    Seen(Box<TableSeen>),
    Writing {
        done: u64,
        total: u64,
    },
    Stopping,
}

/// The dialog.
pub struct Import {
    pub input: Input,
    pub step: ImportStep,
    /// The first column that is shown.
    pub top: u16,
}

impl Import {
    pub(in crate::app) fn new() -> Self {
        let mut input = Input::line();
        input.set("~/");
        Self {
            input,
            step: ImportStep::Asking(None),
            top: 0,
        }
    }

    /// Does an action; returns the effects, and whether the dialog is done with.
    pub(in crate::app) fn act(&mut self, model: &Model, action: Action) -> (Vec<Effect>, Then) {
        match (&self.step, action) {
            (ImportStep::Asking(_), Action::Cancel) => return (Vec::new(), Then::Close),
            (ImportStep::Asking(_), Action::Accept) => {
                (self.step, self.top) = (ImportStep::Reading { done: 0, total: 0 }, 0);
                let read = ReadTable {
                    path: self.input.text().trim().to_owned(),
                    setup: model.setup.clone(),
                };
                return (vec![Effect::ReadTable(read)], Then::Stay);
            }
            (ImportStep::Reading { .. } | ImportStep::Seen(_), Action::Cancel) => {
                self.step = ImportStep::Asking(None);
                return (vec![Effect::StopImport], Then::Stay);
            }
            (ImportStep::Seen(seen), Action::Accept) => {
                let (done, total) = (0, seen.counts.rows);
                self.step = ImportStep::Writing { done, total };
                return (vec![Effect::TakeIn], Then::Stay);
            }
            (ImportStep::Seen(seen), Action::Down) => {
                let last = seen.columns.len().saturating_sub(1);
                self.top = u16::try_from(last).unwrap_or(u16::MAX).min(self.top + 1);
            }
            (ImportStep::Seen(_), Action::Up) => self.top = self.top.saturating_sub(1),
            (ImportStep::Writing { .. }, Action::Cancel) => {
                self.step = ImportStep::Stopping;
                return (vec![Effect::StopImport], Then::Stay);
            }
            (
                ImportStep::Asking(_)
                | ImportStep::Reading { .. }
                | ImportStep::Seen(_)
                | ImportStep::Writing { .. }
                | ImportStep::Stopping,
                _,
            ) => {}
        }
        (Vec::new(), Then::Stay)
    }
}
