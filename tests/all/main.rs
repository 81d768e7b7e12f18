//! Every test from outside, in one binary: one module a theme.

mod cli;
mod deadline;
mod duties;
mod exchange;
mod export;
mod harness;
mod house;
mod import;
mod keep;
mod owed;
mod pages;
mod paper;
#[cfg(feature = "parquet")]
mod parquet;
mod privacy;
mod pty;
mod register;
mod screens;
mod second;
mod sentences;
mod store;
mod tally;
mod vectors;
mod worker;
