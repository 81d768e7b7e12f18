//! Which column holds what: guessed, corrected by a person, and remembered for the next file of the same
//! header.

use super::header::Table;
use crate::domain::{ColumnField, SheetKind};
use crate::text::fold::syllables;
use crate::text::number::Marks;

/// What the columns of a table are taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    pub kind: SheetKind,
    /// One for each column of the header.
    pub fields: Vec<ColumnField>,
    /// How the numbers of the table are written.
    pub marks: Marks,
}

impl Columns {
    /// Gives the first column of a field.
    pub fn of(&self, field: ColumnField) -> Option<usize> {
        self.fields.iter().position(|known| *known == field)
    }

    /// Gives every column of a field.
    pub fn all_of(&self, field: ColumnField) -> impl Iterator<Item = usize> + '_ {
        let all = self.fields.iter().enumerate();
        all.filter(move |(_, known)| **known == field)
            .map(|(column, _)| column)
    }

    /// Takes a column for something else; a field of which there can be one leaves its old column.
    pub fn set(&mut self, column: usize, field: ColumnField) {
        if !is_many(field) {
            for known in &mut self.fields {
                if *known == field {
                    *known = ColumnField::Ignored;
                }
            }
        }
        if let Some(known) = self.fields.get_mut(column) {
            *known = field;
        }
    }

    /// Returns the key by which the columns of a header are remembered; `None` where there is none.
    pub fn key(table: &Table) -> Option<[u8; 16]> {
        if table.header.iter().all(String::is_empty) {
            return None;
        }
        let mut hasher = blake3::Hasher::new_derive_key("bacung columns of a header, version 1");
        for name in &table.header {
            for syllable in syllables(name) {
                hasher.update(syllable.as_bytes());
                hasher.update(b" ");
            }
            hasher.update(b"\n");
        }
        let mut key = [0; 16];
        hasher.finalize_xof().fill(&mut key);
        Some(key)
    }
}

/// Tells whether several columns may hold the same.
pub(super) fn is_many(field: ColumnField) -> bool {
    matches!(
        field,
        ColumnField::Ignored
            | ColumnField::Remark
            | ColumnField::Note
            | ColumnField::Partners
            | ColumnField::Names
            | ColumnField::Team
            | ColumnField::Topics
    )
}
