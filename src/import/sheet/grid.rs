//! Cells as they were read: only those that say something, in one piece of memory.

use super::Refused;

/// The most cells of a sheet that say something.
const MAX_CELLS: usize = 20_000_000;
/// The most text of a sheet, in bytes.
const MAX_TEXT: usize = 256 << 20;
/// The columns that are read; a row that goes on behind them is told by [`Row::is_wide`].
pub(in crate::import) const MAX_COLUMNS: usize = 1_000;
/// The most rows that are numbered.
const MAX_ROWS: usize = 4_000_000;

/// What a cell is, as far as its file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    Text,
    /// A number, written with a point.
    Number,
    /// A day, written yyyy-mm-dd.
    Date,
    /// An error value, or a formula whose result was not saved.
    Error,
}

/// A cell.
///
/// No `Debug`: it may hold a citizen's name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Cell<'s> {
    pub kind: CellKind,
    /// Without spaces around it, never empty.
    pub text: &'s str,
}

#[derive(Clone, Copy)]
struct Stored {
    column: u16,
    kind: CellKind,
    at: u32,
    len: u32,
}

#[derive(Clone, Copy)]
struct RowAt {
    number: u32,
    first: u32,
    wide: bool,
}

/// A piece of text kept once and used by several cells.
#[derive(Clone, Copy, Default)]
pub(super) struct Kept {
    at: u32,
    len: u32,
}

/// A sheet. Rows and cells without text are not in it; rows keep their numbers.
#[derive(Default)]
pub struct Sheet {
    text: String,
    cells: Vec<Stored>,
    rows: Vec<RowAt>,
    /// Whether serial days count from 1904 and not from 1900.
    pub(in crate::import) from_1904: bool,
}

/// A row of a sheet.
#[derive(Clone, Copy)]
pub struct Row<'s> {
    sheet: &'s Sheet,
    at: RowAt,
    end: usize,
}

impl Sheet {
    /// Makes a sheet of one row of texts.
    pub(in crate::import) fn of_row(number: u32, cells: &[String]) -> Result<Self, Refused> {
        let mut sheet = Self::default();
        sheet.begin_row(number as usize)?;
        for (column, cell) in cells.iter().enumerate() {
            sheet.add(column, CellKind::Text, cell)?;
        }
        Ok(sheet.finish())
    }

    /// Tells how many rows say something.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Tells whether no row says anything.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Gives a row by its place among those that say something.
    pub fn row(&self, index: usize) -> Option<Row<'_>> {
        let at = *self.rows.get(index)?;
        let next = self.rows.get(index + 1);
        Some(Row {
            sheet: self,
            at,
            end: next.map_or(self.cells.len(), |next| next.first as usize),
        })
    }

    /// Gives every row.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.rows.len()).filter_map(|index| self.row(index))
    }

    /// Begins a row; numbers only grow.
    pub(super) fn begin_row(&mut self, number: usize) -> Result<(), Refused> {
        if self.rows.len() >= MAX_ROWS {
            return Err(Refused::TooManyCells);
        }
        let number = u32::try_from(number).map_err(|_| Refused::TooManyCells)?;
        let first = u32::try_from(self.cells.len()).map_err(|_| Refused::TooManyCells)?;
        match self.rows.last_mut() {
            // A row without cells makes room for the next one.
            Some(last) if last.first == first && !last.wide => last.number = number,
            Some(_) | None => self.rows.push(RowAt {
                number,
                first,
                wide: false,
            }),
        }
        Ok(())
    }

    /// Takes a last row without cells away.
    pub(super) fn finish(mut self) -> Self {
        let empty = |row: &RowAt| row.first as usize == self.cells.len() && !row.wide;
        if self.rows.last().is_some_and(empty) {
            self.rows.pop();
        }
        self
    }

    /// Keeps a text for cells to come.
    pub(super) fn keep(&mut self, text: &str) -> Result<Kept, Refused> {
        let text = text.trim_matches(is_blank);
        if self.text.len() + text.len() > MAX_TEXT {
            return Err(Refused::TooLarge);
        }
        let at = u32::try_from(self.text.len()).map_err(|_| Refused::TooLarge)?;
        self.text.push_str(text);
        let len = u32::try_from(text.len()).map_err(|_| Refused::TooLarge)?;
        Ok(Kept { at, len })
    }

    /// Adds a cell to the last row; one without text is passed over.
    pub(super) fn put(&mut self, column: usize, kind: CellKind, kept: Kept) -> Result<(), Refused> {
        let Some(row) = self.rows.last_mut() else {
            return Ok(());
        };
        if kept.len == 0 && kind != CellKind::Error {
            return Ok(());
        }
        if column >= MAX_COLUMNS {
            row.wide = true;
            return Ok(());
        }
        if self.cells.len() >= MAX_CELLS {
            return Err(Refused::TooManyCells);
        }
        let last = self.cells.get(row.first as usize..).and_then(<[_]>::last);
        let column = column as u16;
        // A cell that comes again or out of order is not what the format promises.
        if last.is_some_and(|last| last.column >= column) {
            return Err(Refused::Broken);
        }
        self.cells.push(Stored {
            column,
            kind,
            at: kept.at,
            len: kept.len,
        });
        Ok(())
    }

    /// Keeps a text and adds a cell with it.
    pub(super) fn add(&mut self, column: usize, kind: CellKind, text: &str) -> Result<(), Refused> {
        if column >= MAX_COLUMNS {
            let full = Kept { at: 0, len: 1 };
            let blank = text.chars().all(is_blank);
            return if blank {
                Ok(())
            } else {
                self.put(column, kind, full)
            };
        }
        let kept = self.keep(text)?;
        self.put(column, kind, kept)
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

impl<'s> Row<'s> {
    /// Gives the number of the row as a spreadsheet counts, from 1.
    pub fn number(&self) -> u32 {
        self.at.number
    }

    /// Tells whether cells stand behind the last column that is read.
    pub fn is_wide(&self) -> bool {
        self.at.wide
    }

    fn stored(&self) -> &'s [Stored] {
        let range = self.at.first as usize..self.end;
        self.sheet.cells.get(range).unwrap_or(&[])
    }

    fn open(&self, stored: &Stored) -> Cell<'s> {
        let range = stored.at as usize..stored.at as usize + stored.len as usize;
        Cell {
            kind: stored.kind,
            text: self.sheet.text.get(range).unwrap_or(""),
        }
    }

    /// Gives the cell of a column.
    pub fn cell(&self, column: usize) -> Option<Cell<'s>> {
        let stored = self.stored();
        let at = stored.binary_search_by_key(&column, |cell| usize::from(cell.column));
        stored.get(at.ok()?).map(|cell| self.open(cell))
    }

    /// Gives every cell that says something with its column.
    pub fn cells(self) -> impl Iterator<Item = (usize, Cell<'s>)> {
        let stored = self.stored();
        stored
            .iter()
            .map(move |cell| (usize::from(cell.column), self.open(cell)))
    }

    /// Tells how many cells say something.
    pub fn len(&self) -> usize {
        self.stored().len()
    }

    /// Tells whether no cell says anything.
    pub fn is_empty(&self) -> bool {
        self.stored().is_empty()
    }
}
