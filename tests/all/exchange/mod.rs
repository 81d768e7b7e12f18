//! What goes between laptops: the roster, bundles, a stick that fails, and what others may not read.

pub mod basic;
mod bombs;
mod bounds;
#[cfg(feature = "s3")]
pub mod bucket;
mod command;
mod erase;
mod fat;
mod hostile;
mod joined;
pub mod laptop;
mod memory;
mod review;
mod revoked;
mod secret;
mod sim;
pub mod stick;
