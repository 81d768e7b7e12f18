//! Fields that a person types into: one line, several lines, and secrets.
//!
//! Owns the text and the cursor. Never knows which screen a field stands on or what its text means.

mod edit;
mod secret;
mod typed;

pub use secret::SecretInput;
pub use typed::{Edit, Input, Shape};
