//! One Parquet file being written in memory: rows wait as columns and are packed a group at a time.

use ::parquet::errors::{ParquetError, Result};
use ::parquet::file::properties::WriterPropertiesPtr;
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::types::TypePtr;

use super::column::Values;
use crate::domain::Column;
use crate::report::rows::Cells;

/// A file being written.
pub(super) struct Open {
    writer: SerializedFileWriter<Vec<u8>>,
    columns: Vec<(Column, Values)>,
    waiting: usize,
    rows: u64,
    /// When the last row came.
    pub(super) turn: u64,
}

impl Open {
    pub(super) fn new(
        columns: &[Column],
        schema: TypePtr,
        properties: WriterPropertiesPtr,
    ) -> Result<Self> {
        let empty = |column: &Column| (*column, Values::of(column.holds()));
        Ok(Self {
            writer: SerializedFileWriter::new(Vec::new(), schema, properties)?,
            columns: columns.iter().map(empty).collect(),
            waiting: 0,
            rows: 0,
            turn: 0,
        })
    }

    /// Returns how many rows wait to be packed.
    pub(super) fn waiting(&self) -> usize {
        self.waiting
    }

    /// Returns how many bytes were packed.
    pub(super) fn packed(&self) -> usize {
        self.writer.bytes_written()
    }

    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// Takes a row; its cells are those of the columns, in their order.
    pub(super) fn row(&mut self, cells: &Cells) {
        for (at, (column, values)) in self.columns.iter_mut().enumerate() {
            // A row that leaves a column out says nothing there.
            let cell = cells.get(at).filter(|(of, _)| of == column);
            values.push(cell.map(|(_, cell)| cell));
        }
        self.waiting += 1;
        self.rows += 1;
    }

    /// Packs the rows that wait.
    pub(super) fn pack(&mut self) -> Result<()> {
        if self.waiting == 0 {
            return Ok(());
        }
        let mut group = self.writer.next_row_group()?;
        for (_, values) in &mut self.columns {
            let column = group.next_column()?;
            let mut column = column.ok_or(ParquetError::EOF("a column".to_owned()))?;
            values.write(&mut column)?;
            column.close()?;
        }
        group.close()?;
        self.waiting = 0;
        Ok(())
    }

    /// Packs what is left and returns the file.
    pub(super) fn finish(mut self) -> Result<Vec<u8>> {
        self.pack()?;
        self.writer.into_inner()
    }
}
