//! The subcommands, headless: the result to stdout, everything else to stderr.
//!
//! Names, JSON keys and exit codes are a contract. Never draws a screen.

pub mod args;
mod day;
