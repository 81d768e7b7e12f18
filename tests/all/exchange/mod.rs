//! What goes between laptops: the roster, bundles, a stick that fails, and what others may not read.

pub mod basic;
mod command;
mod hostile;
pub mod laptop;
mod sim;
pub mod stick;
