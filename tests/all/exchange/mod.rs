//! What goes between laptops: the roster, bundles, a stick that fails, and what others may not read.

mod basic;
mod command;
mod hostile;
mod laptop;
mod sim;
mod stick;
