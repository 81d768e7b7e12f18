//! Logbooks of other units that the same passphrase opened, for the one queue: how each stands.
//!
//! Only what the queue and a visit opened from it need is here; nothing of one is ever put into another.

use crate::domain::Names;
use crate::i18n::Text;

/// A logbook that is joined to the open one.
pub struct Joined {
    /// Its folder, as people read it.
    pub folder: String,
    pub state: JoinedState,
}

/// How it stands.
pub enum JoinedState {
    Opening,
    Open(Box<Names>),
    /// Why it is not open; the others are.
    Closed(Text),
}
