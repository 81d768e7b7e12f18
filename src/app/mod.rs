//! The program's state and what each key does to it; pure.
//!
//! `update` says what is to be done and never does it: no files, no clock, no threads.

mod effect;
pub mod input;
mod msg;
mod secret;
mod speech;

pub use effect::{Effect, NewLogbook, SaveVisit, TypingKey};
pub use msg::{Answer, Failure, LockReason, Msg, Refusal, Unlocked};
pub use secret::Secret;
pub use speech::{config_refused, label};
