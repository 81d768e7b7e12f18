//! Reads tables of other programs: bytes → sheet → guessed columns → rows → visits.
//!
//! Pure, and total over any bytes: nothing here opens a file, asks the clock or writes the logbook. What
//! is too large is refused before it is read, and no error says what a cell holds.

mod again;
mod assemble;
mod columns;
mod guess;
mod header;
mod keep;
mod names;
mod note;
mod place;
mod plan;
mod row;
mod sheet;
mod value;

pub use again::sheet_of;
pub use assemble::{Assembler, Incoming};
pub use columns::Columns;
pub use guess::{guess, marks};
pub use header::{Table, letters as column_letters};
pub use keep::{quarantined_from_bytes, quarantined_to_bytes};
pub use place::Gazetteer;
pub use plan::{Given, Looked, Plan, look_at};
pub use row::{Citizens, Fault, Reader, RowRead};
pub use sheet::{Book, Cell, CellKind, MAX_FILE, Refused, Sheet, pasted};
