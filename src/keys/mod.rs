//! The keys of a logbook. Nothing here writes a record or draws a screen.

mod data_key;

pub use data_key::DataKey;
