//! Rows of tables that could not be read: which wait and why, and one of them to correct.

use super::{Session, Tab, View, step};
use crate::app::input::Input;
use crate::app::{Action, Effect, Model, Size};
use crate::domain::{ColumnField, Quarantined, RowId, Unreadable, Waiting};
use crate::i18n::messages::quarantine;

/// Whether something was asked for once already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Typing,
    /// The row is dropped if that is asked for again.
    Dropping,
    /// The row is being taken in or dropped.
    Working,
}

/// The screen.
pub struct Quarantine {
    /// `None` until they were read.
    pub rows: Option<Vec<Waiting>>,
    pub chosen: u64,
    /// The row that is corrected.
    pub open: Option<Box<OpenRow>>,
    pub phase: Phase,
    pub from: Tab,
}

/// A row with its cells as fields. No `Debug`: a cell may hold a citizen's name.
pub struct OpenRow {
    pub row: Quarantined,
    /// The columns that are taken for something, each with its cell.
    pub fields: Vec<(usize, Input)>,
    pub at: usize,
    /// Why it cannot be read, and the column.
    pub reason: Unreadable,
    pub column: Option<usize>,
}

impl OpenRow {
    fn new(row: Quarantined) -> Self {
        let cells = row.columns.iter().zip(&row.cells).enumerate();
        let used = cells.filter(|(_, ((_, field), _))| *field != ColumnField::Ignored);
        let fields: Vec<_> = used
            .map(|(column, (_, cell))| (column, Input::area().opened(cell)))
            .collect();
        let (reason, column) = (row.reason, row.column);
        let mut open = Self {
            row,
            fields,
            at: 0,
            reason,
            column,
        };
        open.go_to_fault();
        open
    }

    fn go_to_fault(&mut self) {
        let at = |(known, _): &(usize, Input)| Some(*known) == self.column;
        if let Some(at) = self.fields.iter().position(at) {
            self.at = at;
        }
    }

    /// Gives the row as it was corrected.
    fn corrected(&self) -> Quarantined {
        let mut row = self.row.clone();
        for (column, input) in &self.fields {
            if let Some(cell) = row.cells.get_mut(*column) {
                input.text().clone_into(cell);
            }
        }
        row
    }
}

impl Quarantine {
    fn new(from: Tab) -> Self {
        Self {
            rows: None,
            chosen: 0,
            open: None,
            phase: Phase::Typing,
            from,
        }
    }

    /// Gives the row that the cursor is on.
    pub fn row(&self) -> Option<&Waiting> {
        let at = usize::try_from(self.chosen).ok()?;
        self.rows.as_ref()?.get(at)
    }

    /// Gives the field that is typed into.
    pub(in crate::app) fn input(&mut self) -> Option<&mut Input> {
        if self.phase == Phase::Working {
            return None;
        }
        self.phase = Phase::Typing;
        let open = self.open.as_mut()?;
        open.fields.get_mut(open.at).map(|(_, input)| input)
    }

    fn forget(&mut self, id: RowId) {
        if self.open.as_ref().is_some_and(|open| open.row.id == id) {
            self.open = None;
        }
        self.phase = Phase::Typing;
        if let Some(rows) = &mut self.rows {
            rows.retain(|row| row.id != id);
            let last = (rows.len() as u64).saturating_sub(1);
            self.chosen = self.chosen.min(last);
        }
    }

    fn step(&mut self, action: Action, size: Size) {
        let count = self.rows.as_ref().map_or(0, Vec::len) as u64;
        self.chosen = step(self.chosen, count, action, size).unwrap_or(self.chosen);
    }
}

impl Session {
    /// Opens the rows that wait.
    pub(in crate::app) fn open_quarantine(&mut self) -> Vec<Effect> {
        let from = self.tab().unwrap_or(Tab::Today);
        self.view = View::Quarantine(Box::new(Quarantine::new(from)));
        vec![Effect::QueryQuarantine]
    }

    pub(in crate::app) fn quarantine(&mut self) -> Option<&mut Quarantine> {
        let View::Quarantine(open) = &mut self.view else {
            return None;
        };
        Some(open)
    }

    /// Takes in the rows that wait.
    pub(in crate::app) fn take_waiting(&mut self, rows: Vec<Waiting>) {
        if let Some(open) = self.quarantine() {
            let last = (rows.len() as u64).saturating_sub(1);
            open.chosen = open.chosen.min(last);
            open.rows = Some(rows);
        }
    }

    /// Shows a row with its cells; `None` where it waits no more.
    pub(in crate::app) fn take_row(&mut self, id: RowId, row: Option<Quarantined>) {
        if let Some(open) = self.quarantine() {
            match row {
                Some(row) => open.open = Some(Box::new(OpenRow::new(row))),
                None => open.forget(id),
            }
        }
    }

    /// A row waits no more.
    pub(in crate::app) fn row_gone(&mut self, id: RowId) {
        if let Some(open) = self.quarantine() {
            open.forget(id);
        }
    }

    /// A row was corrected and still cannot be read.
    pub(in crate::app) fn row_unread(
        &mut self,
        id: RowId,
        reason: Unreadable,
        column: Option<usize>,
    ) {
        let Some(quarantine) = self.quarantine() else {
            return;
        };
        quarantine.phase = Phase::Typing;
        if let Some(open) = quarantine.open.as_mut().filter(|open| open.row.id == id) {
            (open.reason, open.column) = (reason, column);
            open.go_to_fault();
        }
    }

    /// Lets the row go on being corrected: it was neither taken in nor dropped.
    pub(in crate::app) fn row_refused(&mut self) {
        if let Some(open) = self.quarantine() {
            open.phase = Phase::Typing;
        }
    }
}

/// Does an action on the screen.
pub(in crate::app) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let (setup, size) = (model.setup.clone(), model.size);
    let key = model.key(Action::DropRow);
    let Some(open) = model.session_mut().and_then(Session::quarantine) else {
        return Vec::new();
    };
    if open.phase == Phase::Working {
        return Vec::new();
    }
    let phase = std::mem::replace(&mut open.phase, Phase::Typing);
    let id = match &open.open {
        Some(row) => Some(row.row.id),
        None => open.row().map(|row| row.id),
    };
    match (action, id) {
        (Action::DropRow, Some(id)) if phase == Phase::Dropping => {
            open.phase = Phase::Working;
            return vec![Effect::DropWaiting(id)];
        }
        (Action::DropRow, Some(_)) => {
            open.phase = Phase::Dropping;
            model.problem(quarantine::ask_drop(key));
            return Vec::new();
        }
        (Action::Open, Some(id)) => return vec![Effect::QueryWaiting(id)],
        _ => {}
    }
    let Some(row) = &mut open.open else {
        if action == Action::Back {
            let from = open.from;
            if let Some(session) = model.session_mut() {
                session.go(from);
            }
        } else {
            open.step(action, size);
        }
        return Vec::new();
    };
    let last = row.fields.len().saturating_sub(1);
    if action == Action::TakeIn {
        let row = Box::new(row.corrected());
        open.phase = Phase::Working;
        return vec![Effect::TakeInRow { row, setup }];
    } else if action == Action::Back {
        open.open = None;
    } else if matches!(action, Action::NextField | Action::Down | Action::Accept) {
        row.at = (row.at + 1).min(last);
    } else if matches!(action, Action::PreviousField | Action::Up) {
        row.at = row.at.saturating_sub(1);
    }
    Vec::new()
}
