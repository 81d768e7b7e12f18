//! Taking in a table: which file, what would come of it and what its columns are taken for, then how far
//! it has come.

use std::sync::Arc;

use super::Purpose;
use crate::app::input::Input;
use crate::app::{Action, Effect, Model, ReadTable, Setup, TableChange, TableSource};
use crate::domain::{ColumnField, Day, Heading, SheetKind, Unreadable};
use crate::i18n::Text;
use crate::i18n::messages::import;

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

/// A column. No `Debug`: it holds words of a record.
#[derive(Clone, PartialEq, Eq)]
pub struct SeenColumn {
    /// What stands above it, or its letters.
    pub name: String,
    pub field: ColumnField,
    /// The first cell that says something; nothing where it may name a citizen.
    pub sample: String,
}

/// A table that was looked at; nothing of it is written.
#[derive(Clone, PartialEq, Eq)]
pub struct TableSeen {
    pub kind: SheetKind,
    pub columns: Vec<SeenColumn>,
    pub heading: Heading,
    /// The sheets of the workbook, and which of them it is.
    pub sheets: Vec<String>,
    pub sheet: usize,
    pub counts: Counts,
    /// The first few rows.
    pub first: Vec<FirstRow>,
    /// The first few that could not be read.
    pub unread: Vec<UnreadRow>,
}

/// A line of what was seen that can be corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeenLine {
    Sheet,
    Kind,
    Heading,
    Column(usize),
}

impl TableSeen {
    /// Gives the lines from top to bottom.
    pub fn lines(&self) -> Vec<SeenLine> {
        let sheet = (self.sheets.len() > 1).then_some(SeenLine::Sheet);
        let columns = (0..self.columns.len()).map(SeenLine::Column);
        let all = sheet
            .into_iter()
            .chain([SeenLine::Kind, SeenLine::Heading])
            .chain(columns);
        all.collect()
    }
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
    /// Something was corrected: what would come of the rows is counted again.
    Again {
        seen: Box<TableSeen>,
        done: u64,
        total: u64,
    },
    Writing {
        done: u64,
        total: u64,
    },
    Stopping,
}

/// What follows from an action in the dialog.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::app) enum After {
    Stay,
    Close,
    /// A choice opens over it.
    Choose(Purpose),
    /// The rows that wait take its place.
    Quarantine,
}

/// The dialog.
pub struct Import {
    pub input: Input,
    pub step: ImportStep,
    /// The line of what was seen that the cursor is on.
    pub at: usize,
    /// What is looked at.
    source: Option<TableSource>,
}

impl Import {
    pub(in crate::app) fn new() -> Self {
        let mut input = Input::line();
        input.set("~/");
        Self {
            input,
            step: ImportStep::Asking(None),
            at: 0,
            source: None,
        }
    }

    /// Does an action; returns the effects, and what becomes of the dialog.
    pub(in crate::app) fn act(&mut self, model: &Model, action: Action) -> (Vec<Effect>, After) {
        match (&self.step, action) {
            (ImportStep::Asking(_), Action::Cancel) => return (Vec::new(), After::Close),
            (ImportStep::Asking(_) | ImportStep::Seen(_), Action::Quarantine) => {
                return (vec![Effect::StopImport], After::Quarantine);
            }
            (ImportStep::Asking(_), Action::Accept) => {
                let path = self.input.text().trim().to_owned();
                let effects = self.begin(&model.setup, TableSource::File(path));
                return (effects, After::Stay);
            }
            (
                ImportStep::Reading { .. } | ImportStep::Seen(_) | ImportStep::Again { .. },
                Action::Cancel,
            ) => {
                self.step = ImportStep::Asking(None);
                return (vec![Effect::StopImport], After::Stay);
            }
            (ImportStep::Seen(seen), Action::TakeIn) => {
                let (done, total) = (0, seen.counts.rows);
                self.step = ImportStep::Writing { done, total };
                return (vec![Effect::TakeIn], After::Stay);
            }
            (ImportStep::Seen(seen), Action::Accept) => {
                return match seen.lines().get(self.at) {
                    Some(SeenLine::Sheet) => (Vec::new(), After::Choose(Purpose::Sheet)),
                    Some(SeenLine::Kind) => (Vec::new(), After::Choose(Purpose::TableKind)),
                    Some(SeenLine::Heading) => (self.turn_heading(&model.setup), After::Stay),
                    Some(SeenLine::Column(at)) => (Vec::new(), After::Choose(Purpose::Column(*at))),
                    None => (Vec::new(), After::Stay),
                };
            }
            (ImportStep::Seen(seen) | ImportStep::Again { seen, .. }, action) => {
                let count = seen.lines().len() as u64;
                let to = crate::app::screens::step(self.at as u64, count, action, model.size);
                self.at = to.and_then(|to| to.try_into().ok()).unwrap_or(self.at);
            }
            (ImportStep::Writing { .. }, Action::Cancel) => {
                self.step = ImportStep::Stopping;
                return (vec![Effect::StopImport], After::Stay);
            }
            (
                ImportStep::Asking(_)
                | ImportStep::Reading { .. }
                | ImportStep::Writing { .. }
                | ImportStep::Stopping,
                _,
            ) => {}
        }
        (Vec::new(), After::Stay)
    }

    /// Takes a pasted range for the table, where it is one: a path has no tabs and no lines.
    pub(in crate::app) fn pasted(&mut self, text: &str, model: &Model) -> Option<Vec<Effect>> {
        let ImportStep::Asking(_) = self.step else {
            return None;
        };
        let is_range = text.contains('\t') || text.trim_end().contains(['\n', '\r']);
        is_range.then(|| {
            let source = TableSource::Pasted {
                text: text.into(),
                name: model.say(&import::pasted()),
            };
            self.begin(&model.setup, source)
        })
    }

    /// Looks at a table for the first time.
    fn begin(&mut self, setup: &Arc<Setup>, source: TableSource) -> Vec<Effect> {
        self.at = 0;
        self.source = Some(source);
        self.look(setup, None, None)
    }

    fn look(
        &mut self,
        setup: &Arc<Setup>,
        sheet: Option<String>,
        heading: Option<Heading>,
    ) -> Vec<Effect> {
        let Some(source) = self.source.clone() else {
            return Vec::new();
        };
        self.step = ImportStep::Reading { done: 0, total: 0 };
        vec![Effect::ReadTable(ReadTable {
            source,
            sheet,
            heading,
            setup: setup.clone(),
        })]
    }

    fn turn_heading(&mut self, setup: &Arc<Setup>) -> Vec<Effect> {
        let ImportStep::Seen(seen) = &self.step else {
            return Vec::new();
        };
        let heading = match seen.heading {
            Heading::Named => Heading::Missing,
            Heading::Missing => Heading::Named,
        };
        let sheet = seen.sheets.get(seen.sheet).cloned();
        self.look(setup, sheet, Some(heading))
    }

    /// Looks at another sheet of the workbook.
    pub(in crate::app) fn choose_sheet(&mut self, setup: &Arc<Setup>, at: usize) -> Vec<Effect> {
        let ImportStep::Seen(seen) = &self.step else {
            return Vec::new();
        };
        match seen.sheets.get(at).cloned() {
            Some(sheet) => self.look(setup, Some(sheet), None),
            None => Vec::new(),
        }
    }

    /// Corrects what was seen.
    pub(in crate::app) fn change(&mut self, change: TableChange) -> Vec<Effect> {
        let ImportStep::Seen(seen) = &self.step else {
            return Vec::new();
        };
        self.step = ImportStep::Again {
            seen: seen.clone(),
            done: 0,
            total: seen.counts.rows,
        };
        vec![Effect::ChangeTable(change)]
    }
}
