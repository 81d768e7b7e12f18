//! Encrypts redb's pages on their way to the file, and reads them back. Knows no table and no
//! record; keeps no data but page 0.
//!
//! Physical layout in units of 4 KiB: units 0 and 1 are the two slots of redb's page 0 (see
//! `header.rs`), unit `n + 1` is page `n`. Each unit is AES-256-XTS with its physical number as
//! tweak; a unit of zeros, which a file grows by, reads as zeros. XTS has no tag: a flipped
//! bit garbles one block of 16 bytes and is found by the checksums above.

mod error;
mod header;
mod xts;

use std::fmt;
use std::io;
use std::ops::Bound;
use std::sync::{Mutex, PoisonError};

use redb::{BackendError, StorageBackend};
use zeroize::Zeroizing;

use crate::keys::DataKey;

pub use error::PagesError;
use header::{Header, SLOT_UNITS};
use xts::{UNIT, Xts};

#[cfg(test)]
mod tests;

const PAGE: u64 = UNIT as u64;
/// How far logical pages are shifted by the second slot.
const SHIFT: u64 = (SLOT_UNITS - 1) * PAGE;

/// Wraps a physical backend and encrypts everything redb keeps in it.
///
/// Locks go to the inner backend unchanged, so redb's rule of one process a file holds. Page 0
/// is read at its first use, which is after redb has taken its lock. Errors of the pages
/// themselves are [`PagesError`] inside the [`io::Error`].
pub struct Pages<B> {
    inner: B,
    xts: Xts,
    /// Read at first use. Held over every write of page 0 and over every sync, so that none
    /// slips between a sync and the note of which slot it made durable.
    header: Mutex<Option<Header>>,
    /// Held while a part of a page is read, changed and written back.
    patching: Mutex<()>,
}

impl<B: StorageBackend> Pages<B> {
    /// Wraps `inner`: an empty one becomes a new file, any other must open under `key`.
    pub fn new(inner: B, key: &DataKey) -> Self {
        Self {
            inner,
            xts: Xts::new(key),
            header: Mutex::new(None),
            patching: Mutex::new(()),
        }
    }

    /// Runs `use_it` on page 0, which is read from the file if it has not been yet.
    fn with_header<T>(&self, use_it: impl FnOnce(&mut Header) -> io::Result<T>) -> io::Result<T> {
        let mut kept = self.header.lock().unwrap_or_else(PoisonError::into_inner);
        let header = match &mut *kept {
            Some(header) => header,
            None => kept.insert(match self.len()? {
                0 => Header::empty(),
                _ => Header::load(&self.inner, &self.xts)?,
            }),
        };
        use_it(header)
    }

    /// Reads whole pages from page 1 on.
    fn read_pages(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let start = physical(offset)?;
        self.inner.read(start, out)?;
        for (number, unit) in (start / PAGE..).zip(out.chunks_exact_mut(UNIT)) {
            if unit.iter().any(|byte| *byte != 0) {
                self.xts.decrypt(number, unit);
            }
        }
        Ok(())
    }

    /// Writes whole pages from page 1 on; `pages` is encrypted in place.
    fn write_pages(&self, offset: u64, pages: &mut [u8]) -> io::Result<()> {
        let start = physical(offset)?;
        for (number, unit) in (start / PAGE..).zip(pages.chunks_exact_mut(UNIT)) {
            self.xts.encrypt(number, unit);
        }
        self.inner.write(start, pages)
    }

    /// Reads any bytes from page 1 on, by way of the pages around them.
    fn read_within(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let around = Around::of(offset, out.len())?;
        let mut pages = Zeroizing::new(vec![0; around.len]);
        self.read_pages(around.start, &mut pages)?;
        out.copy_from_slice(&pages[around.skip..around.skip + out.len()]);
        Ok(())
    }

    /// Writes any bytes from page 1 on, into the pages around them.
    fn write_within(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let around = Around::of(offset, data.len())?;
        let _patching = self.patching.lock().unwrap_or_else(PoisonError::into_inner);
        let mut pages = Zeroizing::new(vec![0; around.len]);
        self.read_pages(around.start, &mut pages)?;
        pages[around.skip..around.skip + data.len()].copy_from_slice(data);
        self.write_pages(around.start, &mut pages)
    }
}

/// The whole pages around a range of bytes.
struct Around {
    start: u64,
    len: usize,
    /// Bytes of the first page before the range.
    skip: usize,
}

impl Around {
    fn of(offset: u64, len: usize) -> io::Result<Self> {
        let skip = offset % PAGE;
        let len = (skip as usize)
            .checked_add(len)
            .and_then(|len| len.checked_next_multiple_of(UNIT))
            .ok_or(PagesError::OutOfRange)?;
        Ok(Self {
            start: offset - skip,
            len,
            skip: skip as usize,
        })
    }
}

fn physical(offset: u64) -> io::Result<u64> {
    Ok(offset.checked_add(SHIFT).ok_or(PagesError::OutOfRange)?)
}

fn is_whole(offset: u64, len: usize) -> bool {
    offset.is_multiple_of(PAGE) && len.is_multiple_of(UNIT)
}

/// How many of `len` bytes at `offset` lie in page 0.
fn in_page_0(offset: u64, len: usize) -> usize {
    let left = PAGE.saturating_sub(offset) as usize;
    left.min(len)
}

impl<B: StorageBackend> StorageBackend for Pages<B> {
    fn len(&self) -> io::Result<u64> {
        match self.inner.len()? {
            0 => Ok(0),
            physical if physical < SLOT_UNITS * PAGE => Err(PagesError::TooShort.into()),
            physical => Ok(physical - SHIFT),
        }
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let (head, rest) = out.split_at_mut(in_page_0(offset, out.len()));
        if !head.is_empty() {
            self.with_header(|header| {
                header.read(offset as usize, head);
                Ok(())
            })?;
        }
        let offset = offset + head.len() as u64;
        if rest.is_empty() {
            Ok(())
        } else if is_whole(offset, rest.len()) {
            self.read_pages(offset, rest)
        } else {
            self.read_within(offset, rest)
        }
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let (head, rest) = data.split_at(in_page_0(offset, data.len()));
        if !head.is_empty() {
            self.with_header(|header| header.write(&self.inner, &self.xts, offset as usize, head))?;
        }
        let offset = offset + head.len() as u64;
        if rest.is_empty() {
            Ok(())
        } else if is_whole(offset, rest.len()) {
            self.write_pages(offset, &mut rest.to_vec())
        } else {
            self.write_within(offset, rest)
        }
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        if !len.is_multiple_of(PAGE) {
            return Err(PagesError::PartialPage.into());
        }
        // Page 0 of an empty file must be known as empty before the file has a length.
        self.with_header(|header| {
            if len == 0 {
                *header = Header::empty();
                self.inner.set_len(0)
            } else {
                self.inner.set_len(physical(len)?)
            }
        })
    }

    fn sync_data(&self) -> io::Result<()> {
        self.with_header(|header| header.sync(&self.inner))
    }

    fn close(&self) -> io::Result<()> {
        let mut kept = self.header.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(header) = &mut *kept {
            // The page is durable in its own slot; a second copy that fails loses nothing.
            let _ = header.mirror(&self.inner, &self.xts);
        }
        self.inner.close()
    }

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.inner.try_lock_range(start, end)
    }

    fn try_lock_shared_range(
        &self,
        start: Bound<u64>,
        end: Bound<u64>,
    ) -> Result<bool, BackendError> {
        self.inner.try_lock_shared_range(start, end)
    }

    fn lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.inner.lock_range(start, end)
    }

    fn lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.inner.lock_shared_range(start, end)
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.inner.unlock_range(start, end)
    }

    fn query_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.inner.query_lock_range(start, end)
    }
}

impl<B: fmt::Debug> fmt::Debug for Pages<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("inner", &self.inner)
            .finish_non_exhaustive()
    }
}
