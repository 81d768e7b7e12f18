//! Backups, compacting, and which device key writes where.

mod commands;
mod devices;
mod earlier;
mod faults;
