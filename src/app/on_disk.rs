//! How what is typed into a form stands to what of it is on disk.

use crate::domain::Stamp;

/// Typing is put on disk when this long has passed since it last was, in milliseconds; with four
/// ticks a second that is within one second of the last key.
const KEEP_AFTER: i64 = 750;

/// How the typing stands to what is on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    /// As it was opened.
    Unchanged,
    /// Changed, and the last change is being put on disk or is there.
    Asked,
    /// Changed since it was last put on disk.
    Behind,
}

/// What of a form is on disk, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) struct OnDisk {
    kept: Kept,
    asked: Stamp,
}

impl OnDisk {
    /// Nothing was typed yet.
    pub fn unchanged() -> Self {
        Self {
            kept: Kept::Unchanged,
            asked: Stamp(0),
        }
    }

    /// It was opened as it stood on disk.
    pub fn restored() -> Self {
        Self {
            kept: Kept::Asked,
            asked: Stamp(0),
        }
    }

    /// Tells whether nothing was typed since it was opened, then and before.
    pub fn is_unchanged(self) -> bool {
        self.kept == Kept::Unchanged
    }

    /// Tells whether something was typed that is not on its way to the disk.
    pub fn is_behind(self) -> bool {
        self.kept == Kept::Behind
    }

    /// Tells whether it is time to put it on disk.
    pub fn is_due(self, now: Stamp) -> bool {
        self.is_behind() && now.0.saturating_sub(self.asked.0) >= KEEP_AFTER
    }

    pub fn changed(&mut self) {
        self.kept = Kept::Behind;
    }

    /// It was sent to the disk at a time.
    pub fn put_at(&mut self, now: Stamp) {
        self.put();
        self.asked = now;
    }

    /// It was sent to the disk, for the last time before the form closes.
    pub fn put(&mut self) {
        self.kept = Kept::Asked;
    }

    /// Tries again at a later tick what may not have reached the disk.
    pub fn again(&mut self) {
        match self.kept {
            Kept::Asked => self.kept = Kept::Behind,
            Kept::Unchanged | Kept::Behind => {}
        }
    }
}
