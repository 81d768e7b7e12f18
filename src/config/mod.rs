//! Configuration: typed, in layers (compiled in < system < user < command line), read from TOML and CSV.
//!
//! Owns what may be configured, the defaults of `config/`, and errors with file and line. Never decides
//! where files lie (paths are arguments) and holds no sentence: `ConfigError` is data.

pub mod catalogue;
pub mod columns;
pub mod duties;
mod error;
pub mod keymap;
pub mod law;
pub mod paper;
pub mod settings;
mod source;
#[cfg(test)]
mod tests;
pub mod theme;
pub mod units;

pub use error::{ConfigError, Problem};
pub use source::Source;
