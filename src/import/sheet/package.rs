//! The zip around a workbook. What it says it holds is summed before anything is read, and what it
//! really holds is counted while it is read: either can refuse it.

use std::cell::Cell;
use std::io::{self, BufReader, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{MAX_FILE, Refused};

/// The most parts of a workbook.
const MAX_PARTS: usize = 20_000;

/// A zip whose parts together inflate to no more than [`MAX_FILE`].
pub(super) struct Package<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    left: Cell<u64>,
}

/// Reads a part and stops where the whole package has given too much.
pub(super) struct Metered<'l, R> {
    inner: R,
    left: &'l Cell<u64>,
}

/// A part as it is read.
pub(super) type Part<'p, 'b> = BufReader<Metered<'p, zip::read::ZipFile<'p, Cursor<&'b [u8]>>>>;

impl<'b> Package<'b> {
    /// Opens a package by its directory; inflates nothing.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Refused> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refused::Broken)?;
        if zip.len() > MAX_PARTS {
            return Err(Refused::TooManyParts);
        }
        let mut claimed = 0_u64;
        for index in 0..zip.len() {
            let part = zip.by_index_raw(index).map_err(|_| Refused::Broken)?;
            claimed = claimed.saturating_add(part.size());
        }
        if claimed > MAX_FILE {
            return Err(Refused::TooLarge);
        }
        Ok(Self {
            zip,
            left: Cell::new(MAX_FILE),
        })
    }

    /// Tells whether there is a part of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// Opens a part; `None` where there is none of that name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Part<'_, 'b>>, Refused> {
        match self.zip.by_name(name) {
            Ok(inner) => Ok(Some(BufReader::with_capacity(
                1 << 16,
                Metered {
                    inner,
                    left: &self.left,
                },
            ))),
            Err(ZipError::FileNotFound) => Ok(None),
            Err(ZipError::UnsupportedArchive(_) | ZipError::InvalidPassword) => {
                Err(Refused::OldOrEncrypted)
            }
            Err(_) => Err(Refused::Broken),
        }
    }
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buf)?;
        let left = self.left.get().checked_sub(read as u64);
        self.left.set(left.unwrap_or(0));
        match left {
            Some(_) => Ok(read),
            None => Err(io::ErrorKind::FileTooLarge.into()),
        }
    }
}

/// Tells a part that is too large from one that is broken.
pub(super) fn refusal(error: &io::Error) -> Refused {
    if error.kind() == io::ErrorKind::FileTooLarge {
        Refused::TooLarge
    } else {
        Refused::Broken
    }
}
