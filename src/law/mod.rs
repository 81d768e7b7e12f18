//! Rules of law and calendar as pure functions.
//!
//! Never reads a clock or a file.

pub mod lunar;
