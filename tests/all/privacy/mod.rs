//! What belongs to citizens stays where it belongs.

mod canary;
mod citizen;
mod guard;
mod sealed;
