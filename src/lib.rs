//! The library behind the `bacung` program: an offline field logbook.
//!
//! `ARCHITECTURE.md` draws the house; `main.rs` only starts it.

pub mod app;
pub mod cli;
pub mod config;
pub mod demo;
pub mod domain;
pub mod exchange;
pub mod i18n;
pub mod import;
pub mod journal;
pub mod keys;
pub mod law;
pub mod report;
pub mod runtime;
pub mod store;
pub mod text;
pub mod ui;
