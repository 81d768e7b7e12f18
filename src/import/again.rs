//! A row that waited in quarantine, as a table of one row: to be read again once it was corrected.

use super::columns::Columns;
use super::header::Table;
use super::sheet::{Refused, Sheet};
use crate::domain::{DecimalMark, Quarantined};
use crate::text::number::Marks;

/// Makes the table of a row.
pub fn sheet_of(row: &Quarantined) -> Result<(Sheet, Table, Columns), Refused> {
    let sheet = Sheet::of_row(row.number, &row.cells)?;
    let columns = row.columns.iter();
    let table = Table {
        header: columns.clone().map(|(name, _)| name.clone()).collect(),
        rows: vec![0],
    };
    let columns = Columns {
        kind: row.kind,
        fields: columns.map(|(_, field)| *field).collect(),
        marks: match row.mark {
            DecimalMark::Comma => Marks::Vietnamese,
            DecimalMark::Point => Marks::English,
        },
    };
    Ok((sheet, table, columns))
}
