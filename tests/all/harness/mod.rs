//! What the tests stand on. Asserts nothing about the program itself.

pub mod fault;
pub mod logbook;
pub mod home;
