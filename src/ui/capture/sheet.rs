//! Lines of the form before they are scrolled onto the screen.
//!
//! Owns nothing of what they mean.

use std::ops::Range;

use crate::app::Action;
use crate::app::capture::Focus;
use crate::config::theme::Role;

/// Something at a place of a line.
pub(super) enum Piece {
    Words {
        x: u16,
        room: u16,
        text: String,
        role: Role,
    },
    /// Ends before `right`.
    Right {
        right: u16,
        room: u16,
        text: String,
        role: Role,
    },
    /// Something to press, at the right.
    Act {
        right: u16,
        text: String,
        action: Action,
    },
    /// A field of one line.
    Field { x: u16, room: u16, focus: Focus },
    /// A line of a field of several; the bytes of its text.
    Prose {
        x: u16,
        room: u16,
        focus: Focus,
        bytes: Range<usize>,
    },
    /// Opens the item that is folded here.
    Opens { item: usize },
}

impl Piece {
    pub(super) fn words(x: u16, room: u16, text: String, role: Role) -> Self {
        Self::Words {
            x,
            room,
            text,
            role,
        }
    }

    pub(super) fn right(right: u16, room: u16, text: String, role: Role) -> Self {
        Self::Right {
            right,
            room,
            text,
            role,
        }
    }
}

/// The lines of the whole form.
pub(super) struct Sheet {
    pub(super) width: u16,
    pub(super) lines: Vec<Vec<Piece>>,
    /// The line with the cursor.
    pub(super) cursor: usize,
    /// The lines of the item in front.
    front: Range<usize>,
}

impl Sheet {
    pub(super) fn new(width: u16) -> Self {
        Self {
            width,
            lines: Vec::new(),
            cursor: 0,
            front: 0..0,
        }
    }

    pub(super) fn height(&self) -> usize {
        self.lines.len()
    }

    pub(super) fn line(&mut self, pieces: Vec<Piece>) {
        self.lines.push(pieces);
    }

    pub(super) fn blank(&mut self) {
        self.lines.push(Vec::new());
    }

    pub(super) fn box_begins(&mut self) {
        self.front.start = self.lines.len();
    }

    pub(super) fn box_ends(&mut self) {
        self.front.end = self.lines.len();
    }

    /// Draws the sides of a box along the lines from the first.
    pub(super) fn sides(&mut self, first: usize, left: u16, right: u16) {
        for line in self.lines.iter_mut().skip(first) {
            line.push(Piece::words(left, 1, "│".to_owned(), Role::Rule));
            line.push(Piece::words(right, 1, "│".to_owned(), Role::Rule));
        }
    }

    /// Gives the first line in sight: the whole item where it has room, the cursor always, with some
    /// lines under it for the offers.
    pub(super) fn top(&self, height: u16, under: u16) -> usize {
        let height = usize::from(height);
        let end = (self.cursor + 1 + usize::from(under)).min(self.height());
        let least = end.saturating_sub(height);
        let whole = self.front.end.saturating_sub(height).max(least);
        let fits = self.front.contains(&self.cursor) && whole <= self.front.start;
        let top = if fits { whole } else { least };
        top.min(self.cursor)
    }
}
