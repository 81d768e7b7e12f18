//! Tables into the logbook: the real ones, the same ones again, and hostile ones.

mod beside;
mod books;
mod command;
mod concerns;
mod faults;
mod hostile;
mod reasons;
mod roundtrip;
pub mod rows;
