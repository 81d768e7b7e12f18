//! Where the program meets the machine. Decides nothing about records.

mod disk;
pub mod platform;

pub use disk::SystemDisk;
