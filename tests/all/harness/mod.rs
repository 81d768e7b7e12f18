//! What the tests stand on. Asserts nothing about the program itself.

pub mod disk;
pub mod fault;
pub mod home;
pub mod logbook;
pub mod outdisk;
pub mod terminal;
