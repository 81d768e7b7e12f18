//! What is chosen over the preview of a table: its sheet, its kind, what a column holds.

use super::{Offer, Value};
use crate::app::dialogs::{Dialog, Import, ImportStep, TableSeen};
use crate::app::{Effect, Model, TableChange, field_text, kind_text};
use crate::domain::{ColumnField, SheetKind};

/// What is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableValue {
    Sheet(usize),
    Change(TableChange),
}

impl TableValue {
    pub(super) fn apply(self, model: &mut Model) -> Vec<Effect> {
        let setup = model.setup.clone();
        match (import(model), self) {
            (Some(import), Self::Sheet(at)) => import.choose_sheet(&setup, at),
            (Some(import), Self::Change(change)) => import.change(change),
            (None, _) => Vec::new(),
        }
    }
}

fn import(model: &mut Model) -> Option<&mut Import> {
    match model.dialogs.last_mut() {
        Some(Dialog::Import(import)) => Some(import),
        Some(
            Dialog::Help(_)
            | Dialog::Pick(_)
            | Dialog::Ask(_)
            | Dialog::Passphrase(_)
            | Dialog::Send(_)
            | Dialog::Export(_)
            | Dialog::Tend(_)
            | Dialog::Compact(_)
            | Dialog::Confirm(_)
            | Dialog::Personal(_)
            | Dialog::Work(_),
        )
        | None => None,
    }
}

/// The table that lies below the choice.
fn seen(model: &Model) -> Option<&TableSeen> {
    model.dialogs.iter().rev().find_map(|dialog| match dialog {
        Dialog::Import(import) => match &import.step {
            ImportStep::Seen(seen) | ImportStep::Again { seen, .. } => Some(&**seen),
            ImportStep::Asking(_)
            | ImportStep::Reading { .. }
            | ImportStep::Writing { .. }
            | ImportStep::Stopping => None,
        },
        Dialog::Help(_)
        | Dialog::Pick(_)
        | Dialog::Ask(_)
        | Dialog::Passphrase(_)
        | Dialog::Send(_)
        | Dialog::Export(_)
        | Dialog::Tend(_)
        | Dialog::Compact(_)
        | Dialog::Confirm(_)
        | Dialog::Personal(_)
        | Dialog::Work(_) => None,
    })
}

/// Tells whether the table is taken so already.
pub(super) fn is_present(model: &Model, value: &Value) -> bool {
    let (Some(seen), Value::Table(value)) = (seen(model), value) else {
        return false;
    };
    match value {
        TableValue::Sheet(at) => seen.sheet == *at,
        TableValue::Change(TableChange::Kind(kind)) => seen.kind == *kind,
        TableValue::Change(TableChange::Column(at, field)) => {
            let column = seen.columns.get(*at);
            column.is_some_and(|column| column.field == *field)
        }
    }
}

pub(super) fn sheets(model: &Model) -> Vec<Offer> {
    let names = seen(model).map_or(&[][..], |seen| &seen.sheets);
    let offer = |(at, name): (usize, &String)| Offer {
        label: name.clone(),
        note: String::new(),
        value: Value::Table(TableValue::Sheet(at)),
    };
    names.iter().enumerate().map(offer).collect()
}

pub(super) fn kinds(model: &Model) -> Vec<Offer> {
    let kinds = SheetKind::ALL.iter();
    let offer = |kind: &SheetKind| Offer {
        label: model.say(&kind_text(*kind)),
        note: String::new(),
        value: Value::Table(TableValue::Change(TableChange::Kind(*kind))),
    };
    kinds.map(offer).collect()
}

/// Everything that the column may hold, with the column that is taken for it now.
pub(super) fn fields(model: &Model, column: usize) -> Vec<Offer> {
    let Some(seen) = seen(model) else {
        return Vec::new();
    };
    let fields = ColumnField::ALL.iter();
    let fields = fields.filter(|field| field.kinds().contains(&seen.kind));
    let now = |field: ColumnField| {
        let taken = seen.columns.iter().find(|column| column.field == field);
        let taken = taken.filter(|_| field != ColumnField::Ignored);
        taken.map_or_else(String::new, |column| column.name.clone())
    };
    let offer = |field: &ColumnField| Offer {
        label: model.say(&field_text(*field)),
        note: now(*field),
        value: Value::Table(TableValue::Change(TableChange::Column(column, *field))),
    };
    fields.map(offer).collect()
}
