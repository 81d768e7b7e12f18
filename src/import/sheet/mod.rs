//! A sheet as cells of text, whatever file it came from, with a bound on everything in it.

mod grid;
mod ods;
mod package;
mod styles;
mod text_table;
mod xlsx;
mod xml;

pub(super) use grid::MAX_COLUMNS;
pub use grid::{Cell, CellKind, Row, Sheet};
pub(super) use styles::day_of_serial;

/// The largest file that is read, in bytes.
pub const MAX_FILE: u64 = 256 << 20;

/// Why a file or a sheet of it is not read. Nothing was taken from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Larger than [`MAX_FILE`], as it is or once inflated.
    #[error("the file is too large")]
    TooLarge,
    #[error("the sheet has too many cells")]
    TooManyCells,
    #[error("the workbook has too many parts")]
    TooManyParts,
    /// Neither text nor one of the formats that are read.
    #[error("not a table")]
    NotATable,
    /// Excel before 2007, or a workbook under a password.
    #[error("an old or encrypted workbook")]
    OldOrEncrypted,
    /// Cut short, or not what its format promises.
    #[error("the file is broken")]
    Broken,
    #[error("there is no sheet of that name")]
    NoSuchSheet,
    /// No row of the sheet names columns that are known.
    #[error("no header was found")]
    NoHeader,
}

/// The format of a file, told by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Text,
    Xlsx,
    Ods,
}

/// A file of one or several sheets.
pub struct Book<'b> {
    format: Format,
    bytes: &'b [u8],
    names: Vec<String>,
}

impl<'b> Book<'b> {
    /// Looks at a file: its format and the names of its sheets.
    pub fn open(bytes: &'b [u8]) -> Result<Self, Refused> {
        if u64::try_from(bytes.len()).map_or(true, |len| len > MAX_FILE) {
            return Err(Refused::TooLarge);
        }
        let (format, names) = if bytes.starts_with(b"PK\x03\x04") {
            let mut package = package::Package::open(bytes)?;
            if package.has(ods::CONTENT) {
                (Format::Ods, ods::names(&mut package)?)
            } else {
                (Format::Xlsx, xlsx::names(&mut package)?)
            }
        } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(Refused::OldOrEncrypted);
        } else {
            (Format::Text, Vec::new())
        };
        Ok(Self {
            format,
            bytes,
            names,
        })
    }

    /// Gives the names of the sheets in their order; none where the file is text.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Reads a sheet: the one of that name, or the first.
    pub fn sheet(&self, name: Option<&str>) -> Result<Sheet, Refused> {
        let at = match name {
            None => 0,
            Some(name) => {
                let found = self.names.iter().position(|known| known == name);
                found.ok_or(Refused::NoSuchSheet)?
            }
        };
        match self.format {
            Format::Text => text_table::read(self.bytes),
            Format::Xlsx => xlsx::read(&mut package::Package::open(self.bytes)?, at),
            Format::Ods => ods::read(&mut package::Package::open(self.bytes)?, at),
        }
    }
}

/// Reads a range that was pasted from a spreadsheet: tabs between cells, or any text table.
pub fn pasted(text: &str) -> Result<Sheet, Refused> {
    text_table::pasted(text)
}
