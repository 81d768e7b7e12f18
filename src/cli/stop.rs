//! How a command ends: exit codes, and the one place where errors become sentences.

use std::path::Path;

use crate::app::{Answer, config_refused, failure_text, finding_text, refusal_text};
use crate::config::ConfigError;
use crate::domain::Finding;
use crate::i18n::Text;
use crate::i18n::messages::errors;
use crate::keys::KeyFilesError;
use crate::runtime::logbook::OpenError;
use crate::runtime::trouble;
use crate::store::{StoreError, WriteError};

/// How a command that was done ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    Done,
    /// `check` found damage.
    Damage,
}

impl Exit {
    /// Returns the number that the shell sees.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Damage => 3,
        }
    }
}

/// Why a command was not done: sentences for stderr.
#[derive(Debug)]
pub struct Stop {
    pub code: u8,
    pub texts: Vec<Text>,
    /// Lines that no language changes: candidates of an ambiguous code.
    pub lines: Vec<String>,
}

impl Stop {
    /// Refuses with one sentence: nothing was done, nothing was lost.
    pub fn refused(text: Text) -> Self {
        Self {
            code: 1,
            texts: vec![text],
            lines: Vec::new(),
        }
    }

    /// Refuses for what is wrong with a record, each thing with its field.
    pub fn findings(first: Text, findings: &[Finding]) -> Self {
        let said = findings.iter().map(|finding| finding_text(*finding));
        Self {
            texts: std::iter::once(first).chain(said).collect(),
            ..Self::refused(errors::incomplete())
        }
    }

    /// Refuses the arguments.
    pub fn usage(text: Text) -> Self {
        Self {
            code: 2,
            ..Self::refused(text)
        }
    }

    /// Refuses for a file that could not be read or written.
    pub fn store(error: StoreError, path: &Path) -> Self {
        trouble::store(error, path).into()
    }

    /// Refuses for a change that was not made.
    pub fn write(error: WriteError, path: &Path) -> Self {
        trouble::write(error, path).into()
    }
}

impl From<Answer> for Stop {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Refused(refusal) => Self::refused(refusal_text(&refusal)),
            Answer::NotExported(text)
            | Answer::NotImported(text)
            | Answer::NotSynced(text)
            | Answer::NotDone(text) => Self::refused(text),
            Answer::Failed(failure) => Self {
                code: 1,
                texts: failure_text(&failure).to_vec(),
                lines: Vec::new(),
            },
            Answer::Created { .. }
            | Answer::Unlocked(_)
            | Answer::Locked(_)
            | Answer::Saved { .. }
            | Answer::Coverage { .. }
            | Answer::Duties { .. }
            | Answer::Offered { .. }
            | Answer::Spots(_)
            | Answer::Kept { .. }
            | Answer::Sent { .. }
            | Answer::Withdrawn { .. }
            | Answer::Undone { .. }
            | Answer::NamesChanged(_)
            | Answer::NamesRead(_)
            | Answer::ProfileChanged(_)
            | Answer::PassphraseChanged
            | Answer::Exporting { .. }
            | Answer::Exported { .. }
            | Answer::TableRead(_)
            | Answer::ImportedAlike { .. }
            | Answer::Quarantine(_)
            | Answer::WaitingRow(..)
            | Answer::RowDropped(_)
            | Answer::RowTaken { .. }
            | Answer::RowUnread { .. }
            | Answer::Importing { .. }
            | Answer::Imported { .. }
            | Answer::List { .. }
            | Answer::Today { .. }
            | Answer::Dossier { .. }
            | Answer::History { .. }
            | Answer::Pairs { .. }
            | Answer::PairsOf { .. }
            | Answer::Alike { .. }
            | Answer::Decided { .. }
            | Answer::LastVisit(_)
            | Answer::Working { .. }
            | Answer::BackedUp { .. }
            | Answer::Compacted { .. }
            | Answer::Report(_)
            | Answer::Joined { .. }
            | Answer::JoinNoted(_)
            | Answer::Invited { .. }
            | Answer::RequestRead(_)
            | Answer::Admitted(_)
            | Answer::ReviewQueue { .. }
            | Answer::ReviewOf { .. }
            | Answer::Reviewed { .. }
            | Answer::ConfirmedAll(_)
            | Answer::RosterChanged { .. }
            | Answer::Exchange { .. }
            | Answer::Synced { .. }
            | Answer::Lost(_)
            | Answer::Owed(_)
            | Answer::Records { .. }
            | Answer::Raised { .. }
            | Answer::Personal(_)
            | Answer::Tended { .. }
            | Answer::Reckoning { .. }
            | Answer::DatesMoved(_) => unreachable!("trouble answers with refusals and failures"),
        }
    }
}

impl From<OpenError> for Stop {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Exists(path) => Self::refused(errors::exists(path.display().to_string())),
            OpenError::Missing(path) => {
                Self::refused(errors::no_logbook(path.display().to_string()))
            }
            other => trouble::not_opened(other).into(),
        }
    }
}

impl From<KeyFilesError> for Stop {
    fn from(error: KeyFilesError) -> Self {
        trouble::keys(error).into()
    }
}

impl From<ConfigError> for Stop {
    fn from(error: ConfigError) -> Self {
        Self::refused(config_refused(&error))
    }
}
