//! The one place with anything that differs between Unix and Windows. Each function here has
//! its twin in both files.

#[cfg(unix)]
mod unix;
#[cfg(unix)]
pub use unix::{
    create_private_dir, open_private_new, pastes, stop, sync_dir, system_config, watch,
};

#[cfg(windows)]
mod windows;
#[cfg(windows)]
pub use windows::{
    create_private_dir, open_private_new, pastes, stop, sync_dir, system_config, watch,
};

/// What the system tells the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// It is to end: asked by a signal, or its terminal is gone.
    End,
    /// It is to stop for a while.
    Stop,
    /// It goes on after a stop.
    GoOn,
}
