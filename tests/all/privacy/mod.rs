//! What belongs to citizens stays where it belongs.

mod citizen;
mod guard;
