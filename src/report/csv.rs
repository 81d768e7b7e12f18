//! CSV as spreadsheets take it: UTF-8 with a byte order mark, commas, CRLF, numbers with a decimal
//! point, and the guard against formulas before text.

use std::io::{self, Write};

use super::layout::Head;
use super::rows::Cells;
use crate::text::guard::guard;

/// What tells a spreadsheet that the file is UTF-8.
pub(super) const MARK: &[u8] = b"\xef\xbb\xbf";

/// A table being written.
pub struct Csv<W: Write>(csv::Writer<W>);

impl<W: Write> Csv<W> {
    pub(super) fn new(mut out: W, head: &Head) -> io::Result<Self> {
        out.write_all(MARK)?;
        let mut table = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(out);
        table.write_record(head.columns.iter().map(|(_, label)| label))?;
        Ok(Self(table))
    }

    pub(super) fn row(&mut self, cells: &Cells) -> io::Result<()> {
        for (_, cell) in cells {
            let words = cell.words().unwrap_or_default();
            let guarded = if cell.is_free() {
                guard(&words)
            } else {
                words.clone()
            };
            self.0.write_field(guarded.as_bytes())?;
        }
        // Ends the row.
        self.0.write_record(None::<&[u8]>)?;
        Ok(())
    }

    pub(super) fn finish(self) -> io::Result<W> {
        self.0.into_inner().map_err(|error| {
            let error = error.error();
            io::Error::new(error.kind(), error.to_string())
        })
    }
}
