//! The program's state and what each key does to it; pure.
//!
//! `update` says what is to be done and never does it: no files, no clock, no threads.

mod act;
mod action;
mod answer;
pub mod capture;
pub mod deadlines;
pub mod dialogs;
pub mod duties;
mod effect;
mod finding_text;
mod focus;
mod history_text;
mod hits;
mod import_text;
pub mod input;
mod joined;
mod keep;
mod key;
mod keymap;
mod model;
mod msg;
mod on_disk;
pub mod owed;
pub mod report;
pub mod screens;
mod secret;
mod setup;
mod sought;
mod speech;
mod system;
mod tally_text;
mod tending;
mod unikey;
mod update;
mod writing;

pub use action::{Action, Scope};
pub use answer::{failure_text, refusal_text};
pub use dialogs::{gets, role_name, state_name};
pub use effect::{
    Effect, ExportTable, Naming, NewLogbook, ReadTable, SaveVisit, TableChange, TableSource, Tend,
    TypingKey,
};
pub use finding_text::finding_text;
pub use focus::{STACKS, Typed};
pub use history_text::{event_text, field_name, record_text};
pub use hits::{Area, Drawn, Gesture, Hits, Target};
pub use import_text::{field_text, kind_text, unreadable_text};
pub use joined::{Joined, JoinedState};
pub use keep::{lost_text, megabytes};
pub use key::Key;
pub use keymap::Keymap;
pub use model::{Age, Logbook, Model, Screen, Size, Status, Tone};
pub use msg::{
    Answer, DeviceSeen, ExchangeSeen, Failure, KeepRefusal, LockReason, Lost, MovedDate, Msg,
    Refusal, RequestSeen, RosterDeed, Synced, Unlocked,
};
pub use secret::Secret;
pub use setup::Setup;
pub use sought::sought;
pub use speech::{config_refused, label};
pub use system::system_text;
pub use tally_text::{category_name, paper_name, period_name, tally_words};
pub use update::update;
