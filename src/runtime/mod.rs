//! Where the program meets the machine. Decides nothing about records.

pub mod ballast;
pub mod chance;
mod clock;
mod disk;
pub mod input;
pub mod panics;
mod paths;
pub mod platform;
pub mod terminal;

pub use clock::{Clock, SystemClock};
pub use disk::SystemDisk;
pub use paths::{ConfigPaths, Folder};
