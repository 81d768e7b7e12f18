//! The logbook's file on this device. Never decides what a record means: that is `domain`'s.

pub mod pages;
