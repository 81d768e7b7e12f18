//! The one place with anything that differs between Unix and Windows. Each function here has
//! its twin in both files.

#[cfg(unix)]
mod unix;
#[cfg(unix)]
pub use unix::{create_private_dir, open_private_new, sync_dir};

#[cfg(windows)]
mod windows;
#[cfg(windows)]
pub use windows::{create_private_dir, open_private_new, sync_dir};
