//! The logbook's file on this device: the journal, the views folded from it, unsaved typing.
//!
//! Owns the tables and every write. Never decides what a record means (that is `domain`'s), draws
//! randomness or reads a clock.

mod absorb;
mod alike;
mod apply;
mod backup;
mod blocks;
mod bytes;
mod check;
mod codes;
mod compare;
mod copies;
mod copy;
mod decide;
mod derive;
mod device;
mod duplicates;
mod entity;
mod error;
mod exchange;
mod export;
mod family;
mod fresh;
mod gate;
mod imports;
mod kept;
mod linked;
mod list;
mod marks;
mod membership;
mod meta;
mod namer;
mod names;
mod open;
mod ordinals;
mod outgoing;
pub mod pages;
mod pairs;
mod places;
mod reader;
mod rebuild;
mod receive;
mod reviews;
mod roster;
mod rows;
mod rowset;
mod save;
mod search;
mod steps;
mod tables;
#[cfg(test)]
mod tests;
mod today;
mod tokens;
mod typing;

pub use backup::Contents;
pub use check::{Damage, Fault, Report};
pub use copy::{CopyError, Progress, Tell};
pub use device::{Head, Watch};
pub use error::{StoreError, WriteError};
pub use exchange::{Met, Sent, Span};
pub use export::{Export, ExportEntries};
pub use imports::{Sending, TakeIn, Taken};
pub use open::{Genesis, Moment, Store};
pub use outgoing::{ChainEnd, Receipts};
pub use reader::{Identity, Reader};
pub use rebuild::Rebuilt;
pub use receive::{Received, Refused, Wait};
pub use reviews::{Changed, Queued};
pub use save::{SaveDossier, Saved};
pub use typing::Typing;
