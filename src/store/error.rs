//! What can go wrong with the file, and why a change is refused. Holds no sentence for people.

use std::io;

use super::pages::PagesError;
use crate::domain::{Finding, NotAllowed, TendRefused};
use crate::journal;

/// Why the file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Something read was not what was written; `check` lists all of it.
    #[error("damaged: {0}")]
    Damaged(&'static str),
    /// The file was written by a newer release.
    #[error("the file has format {0}, which is newer than this release")]
    Newer(u8),
    #[error("the file is no logbook, is cut short, or has another key")]
    NotALogbook,
    #[error("another process has the file open")]
    AlreadyOpen,
    #[error("the disk is full")]
    DiskFull,
    #[error("the file cannot be written")]
    ReadOnly,
    #[error(transparent)]
    Io(io::Error),
}

/// Why a change was refused; nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// The visit is not fit to be sent.
    #[error("{} findings stand against sending", .0.len())]
    Incomplete(Vec<Finding>),
    #[error("there is no change to take back")]
    NothingToUndo,
    #[error("there is no such record")]
    NotFound,
    #[error("it is known already")]
    Known,
    /// Who wrote a visit or went along does not judge it.
    #[error("the member took part in the visit")]
    OwnVisit,
    /// The visit is not what was looked at any more.
    #[error("the visit has changed since it was looked at")]
    Moved,
    /// A text is over the size that a record may have.
    #[error("a text is too large")]
    TooLarge,
    /// No key of the competent authority is known.
    #[error("no key of the competent authority is known")]
    NoAuthority,
    /// What was to be done about a concern, a reception… cannot be.
    #[error(transparent)]
    Refused(#[from] TendRefused),
    /// The member's role keeps no records of this stream.
    #[error("the member's role does not hold this stream")]
    NotHeld,
}

impl From<redb::StorageError> for StoreError {
    fn from(error: redb::StorageError) -> Self {
        match error {
            redb::StorageError::Io(error) => error.into(),
            redb::StorageError::Corrupted(_) => Self::Damaged("the database"),
            redb::StorageError::ValueTooLarge(_) => Self::Damaged("the size of a value"),
            redb::StorageError::PreviousIo | redb::StorageError::DatabaseClosed => {
                Self::Io(io::Error::other("an earlier error closed the file"))
            }
            other => Self::Io(io::Error::other(other)),
        }
    }
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        if let Some(pages) = error.get_ref().and_then(|e| e.downcast_ref()) {
            return match pages {
                PagesError::TooShort | PagesError::NoValidHeader => Self::NotALogbook,
                PagesError::ReservedTail | PagesError::PartialPage | PagesError::OutOfRange => {
                    Self::Damaged("a page")
                }
            };
        }
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Self::ReadOnly,
            io::ErrorKind::InvalidData => Self::NotALogbook,
            io::ErrorKind::UnexpectedEof => Self::Damaged("the length of the file"),
            _ => Self::Io(error),
        }
    }
}

/// Folds redb's errors, which differ by operation, into one.
macro_rules! through_storage {
    ($($error:ident),*) => {$(
        impl From<redb::$error> for StoreError {
            fn from(error: redb::$error) -> Self {
                match error {
                    redb::$error::Storage(error) => error.into(),
                    other => Self::Io(io::Error::other(other)),
                }
            }
        }
    )*};
}

through_storage!(TransactionError, CommitError);

impl From<redb::CompactionError> for StoreError {
    fn from(error: redb::CompactionError) -> Self {
        match error {
            redb::CompactionError::Storage(error) => error.into(),
            other => Self::Io(io::Error::other(other)),
        }
    }
}

impl From<redb::SetDurabilityError> for StoreError {
    fn from(error: redb::SetDurabilityError) -> Self {
        Self::Io(io::Error::other(error))
    }
}

impl From<redb::TableError> for StoreError {
    fn from(error: redb::TableError) -> Self {
        match error {
            redb::TableError::Storage(error) => error.into(),
            _ => Self::Damaged("a table"),
        }
    }
}

impl From<redb::DatabaseError> for StoreError {
    fn from(error: redb::DatabaseError) -> Self {
        match error {
            redb::DatabaseError::DatabaseAlreadyOpen => Self::AlreadyOpen,
            redb::DatabaseError::Storage(error) => error.into(),
            redb::DatabaseError::RepairAborted => Self::Damaged("the database"),
            other => Self::Io(io::Error::other(other)),
        }
    }
}

impl From<journal::WriteError> for WriteError {
    fn from(error: journal::WriteError) -> Self {
        match error {
            journal::WriteError::UnknownKind => Self::NotHeld,
            journal::WriteError::Body(_) => Self::TooLarge,
        }
    }
}

impl From<journal::Malformed> for WriteError {
    fn from(_: journal::Malformed) -> Self {
        Self::TooLarge
    }
}
