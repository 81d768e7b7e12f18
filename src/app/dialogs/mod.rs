//! What lies on top of a screen: help, choices, one line to type, the passphrase, what sending lacks.
//!
//! A closed list on a stack; the front one has the keys.

mod ask;
mod confirm;
mod door;
mod export;
mod import;
mod keep;
mod passphrase;
mod personal;
mod pick;
mod tend;
mod village;

pub use ask::{Ask, Question};
pub use confirm::ConfirmAll;
pub use door::{DoorQuestion, gets, role_name};
pub(in crate::app) use export::Then;
pub use export::{Export, ExportField, Progress};
pub(in crate::app) use import::After;
pub use import::{
    Counts, FirstRow, Import, ImportStep, SeenColumn, SeenLine, TableSeen, UnreadRow,
};
pub use keep::{CompactAsk, Job, Stop, Work};
pub use passphrase::{PassphraseChange, Working};
pub(in crate::app) use personal::After as Closing;
pub use personal::{
    CitizenAsk, Contents, HeldSeen, Line, OfferedAsk, Personal, PersonalDeed, PersonalDone,
    SealAsk, citizen_field,
};
pub(crate) use pick::month_name;
pub use pick::state_name;
pub use pick::{Offer, OwedValue, Pick, Purpose, RosterValue, TableValue, Value};
pub(in crate::app) use tend::kept_what;
pub use tend::{TendForm, TendInput, TendSlot, TendWhat, kept_title, slot_name};
pub use village::{VillageQuestion, VillageStep, VillageValue};

use crate::domain::{Finding, VisitId};

/// The keys and commands, scrolled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Help {
    pub top: u16,
}

/// A visit about to be sent, with what keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendCheck {
    pub visit: VisitId,
    pub findings: Vec<Finding>,
}

/// One thing on top.
pub enum Dialog {
    Help(Help),
    Pick(Pick),
    Ask(Ask),
    Passphrase(Box<PassphraseChange>),
    Send(SendCheck),
    Export(Box<Export>),
    Import(Box<Import>),
    Tend(Box<TendForm>),
    Confirm(ConfirmAll),
    Compact(CompactAsk),
    Personal(Box<Personal>),
    Work(Work),
}

impl Dialog {
    /// Tells whether it is the one that writes a table.
    pub(in crate::app) fn is_export(&self) -> bool {
        matches!(self, Self::Export(_))
    }

    /// Tells whether it is about what belongs to a citizen.
    pub(in crate::app) fn is_personal(&self) -> bool {
        matches!(self, Self::Personal(_))
    }

    /// Tells whether it is the one that takes in a table.
    pub(in crate::app) fn is_import(&self) -> bool {
        matches!(self, Self::Import(_))
    }
}
