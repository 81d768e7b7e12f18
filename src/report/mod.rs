//! Tables out of the logbook: what their columns are, what each cell says, and the formats they are
//! written in. Never opens a file and never reads a record itself.

mod cell;
mod count;
mod csv;
mod json;
mod layout;
pub mod paper;
#[cfg(feature = "parquet")]
mod partition;
mod parts;
mod rows;
mod writer;
mod xlsx;

#[cfg(test)]
mod tests;

pub use cell::Cell;
pub use count::count_rows;
pub use layout::Head;
#[cfg(feature = "parquet")]
pub use partition::{Part, Partitions, count_part, is_part};
pub use rows::{Cells, Terms};
pub use writer::{Finished, Writer};
