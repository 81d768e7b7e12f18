//! Where the program meets the machine. Decides nothing about records.

pub mod backup;
pub mod ballast;
#[cfg(feature = "s3")]
pub mod bucket;
pub mod chance;
mod clock;
pub mod closing;
pub mod compact;
mod device;
mod disk;
pub mod door;
pub mod erase;
pub mod event_loop;
pub mod exchange;
pub mod export;
pub mod heads;
pub mod input;
pub mod intake;
pub mod joined;
pub mod logbook;
pub mod numbers;
pub mod outfile;
pub mod outname;
pub mod panics;
pub mod paper;
#[cfg(feature = "parquet")]
mod partition;
mod paths;
pub mod platform;
pub mod restore;
pub mod settings;
pub mod terminal;
pub mod trouble;
pub mod vault;
pub mod whole;
pub mod worker;

pub use clock::{Clock, SystemClock};
pub use disk::SystemDisk;
pub use paths::{ConfigPaths, Folder};
