//! The bytes of what an import leaves in the logbook beside records: columns of a header, and rows in
//! quarantine. They outlive releases, so they are maps with integer keys; `FORMAT.md` has them.

use minicbor::{Decode, Encode};

use super::columns::Columns;
use crate::domain::{ColumnField, DecimalMark, Quarantined, RowId, SheetKind, Unreadable};
use crate::text::number::Marks;

#[derive(Encode, Decode)]
#[cbor(map)]
struct ColumnsBytes {
    #[n(0)]
    kind: String,
    #[n(1)]
    fields: Vec<String>,
    /// Whether numbers are written the English way.
    #[n(2)]
    english: Option<bool>,
}

impl Columns {
    /// Writes the columns to remember them.
    pub fn to_bytes(&self) -> Vec<u8> {
        let fields = self.fields.iter();
        let bytes = ColumnsBytes {
            kind: self.kind.as_str().to_owned(),
            fields: fields.map(|field| field.as_str().to_owned()).collect(),
            english: (self.marks == Marks::English).then_some(true),
        };
        minicbor::to_vec(bytes).expect("a Vec takes every write")
    }

    /// Reads remembered columns; `None` for what this release does not know.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bytes: ColumnsBytes = minicbor::decode(bytes).ok()?;
        let fields = bytes.fields.iter();
        let fields = fields.map(|word| ColumnField::of_word(word));
        Some(Self {
            kind: SheetKind::of_word(&bytes.kind)?,
            fields: fields.map(|f| f.unwrap_or(ColumnField::Ignored)).collect(),
            marks: match bytes.english {
                Some(true) => Marks::English,
                Some(false) | None => Marks::Vietnamese,
            },
        })
    }
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct QuarantinedBytes {
    #[n(0)]
    file: String,
    #[n(1)]
    kind: String,
    #[n(2)]
    number: u32,
    #[n(3)]
    header: Vec<String>,
    #[n(4)]
    fields: Vec<String>,
    #[n(5)]
    cells: Vec<String>,
    #[n(6)]
    reason: String,
    #[n(7)]
    column: Option<u32>,
    /// Whether numbers are written the English way.
    #[n(8)]
    english: Option<bool>,
}

/// Writes a row in quarantine; its identifier is the key that it is kept under.
pub fn quarantined_to_bytes(row: &Quarantined) -> Vec<u8> {
    let columns = row.columns.iter();
    let bytes = QuarantinedBytes {
        file: row.file.clone(),
        kind: row.kind.as_str().to_owned(),
        number: row.number,
        header: columns.clone().map(|(name, _)| name.clone()).collect(),
        fields: columns
            .map(|(_, field)| field.as_str().to_owned())
            .collect(),
        cells: row.cells.clone(),
        reason: row.reason.as_str().to_owned(),
        column: row.column.and_then(|column| u32::try_from(column).ok()),
        english: (row.mark == DecimalMark::Point).then_some(true),
    };
    minicbor::to_vec(bytes).expect("a Vec takes every write")
}

/// Reads a row in quarantine; `None` for what this release does not know.
pub fn quarantined_from_bytes(id: RowId, bytes: &[u8]) -> Option<Quarantined> {
    let bytes: QuarantinedBytes = minicbor::decode(bytes).ok()?;
    let fields = bytes.fields.iter();
    let fields = fields.map(|word| ColumnField::of_word(word).unwrap_or(ColumnField::Ignored));
    Some(Quarantined {
        id,
        file: bytes.file,
        kind: SheetKind::of_word(&bytes.kind)?,
        number: bytes.number,
        columns: bytes.header.into_iter().zip(fields).collect(),
        cells: bytes.cells,
        mark: match bytes.english {
            Some(true) => DecimalMark::Point,
            Some(false) | None => DecimalMark::Comma,
        },
        reason: Unreadable::of_word(&bytes.reason)?,
        column: bytes.column.map(|column| column as usize),
    })
}
