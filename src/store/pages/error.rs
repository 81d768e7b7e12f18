//! What can be wrong with an encrypted file. No sentence for people: those come from `i18n`.

use std::io;

use redb::{DatabaseError, StorageError};

/// Says why the encrypted pages refused; it travels inside an [`io::Error`] through redb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PagesError {
    /// The file is not empty but too short for both slots of page 0: cut short, or no logbook.
    #[error("the file is too short to be a logbook")]
    TooShort,
    /// Neither slot of page 0 is whole under this key: wrong key, damage, or no logbook.
    #[error("no valid header under this key")]
    NoValidHeader,
    /// Something was written where page 0 keeps its generation and checksum; redb 4.6 never does.
    #[error("a write reaches into the reserved end of page 0")]
    ReservedTail,
    /// A length that is not whole pages; redb never asks for one.
    #[error("the length is not whole pages")]
    PartialPage,
    /// An offset beyond what a file can hold.
    #[error("the offset is out of range")]
    OutOfRange,
}

impl PagesError {
    /// Finds the reason inside what redb returned on opening, if it came from the pages.
    pub fn of(error: &DatabaseError) -> Option<Self> {
        let DatabaseError::Storage(StorageError::Io(error)) = error else {
            return None;
        };
        error.get_ref()?.downcast_ref().copied()
    }
}

impl From<PagesError> for io::Error {
    fn from(error: PagesError) -> Self {
        let kind = match error {
            PagesError::TooShort | PagesError::NoValidHeader => io::ErrorKind::InvalidData,
            PagesError::ReservedTail | PagesError::PartialPage | PagesError::OutOfRange => {
                io::ErrorKind::InvalidInput
            }
        };
        io::Error::new(kind, error)
    }
}
