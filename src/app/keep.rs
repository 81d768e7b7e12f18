//! What is said of backups, of compacting, and of a logbook that this machine knew otherwise.

use super::msg::{KeepRefusal, Lost};
use crate::i18n::messages::keep;
use crate::i18n::{Decimal, Text};

/// Says why there is no backup or no smaller file.
pub(super) fn refusal_text(refusal: &KeepRefusal) -> Text {
    match refusal {
        KeepRefusal::Exists { path } => keep::exists(path),
        KeepRefusal::NotEmpty { path } => keep::not_empty(path),
        KeepRefusal::NotABackup { path } => keep::not_a_backup(path),
        KeepRefusal::Damaged { path } => keep::damaged(path),
        KeepRefusal::Newer { path } => keep::newer(path),
        KeepRefusal::NotReadBack { path } => keep::not_read_back(path),
        KeepRefusal::NoRoom { path } => keep::no_room(path),
        KeepRefusal::Stopped => keep::stopped(),
        KeepRefusal::Differs => keep::differs(),
    }
}

/// Names the last entry that the logbook lacks.
pub fn lost_text(lost: &Lost) -> Text {
    let at = lost.at.local();
    match &lost.code {
        Some(code) => keep::lost(code.as_str(), at.time(), at.date()),
        None => keep::lost_unnamed(at.time(), at.date()),
    }
}

/// Gives a size in megabytes, to the tenth.
pub fn megabytes(bytes: u64) -> Decimal {
    Decimal(i64::try_from(bytes / 100_000).unwrap_or(i64::MAX / 100) * 100)
}
