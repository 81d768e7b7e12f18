//! What reviewers say about a visit, and where that leaves it.

use super::{Day, EntryHash, PersonId, Stamp, VisitId, VisitRow, VisitState};

/// What a reviewer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Say {
    /// Vouches for exactly the revision that is named.
    Confirm,
    /// Gives it back, with the reason.
    Return,
    /// A question or an answer; changes no state.
    Ask,
    /// The unit says that the cell confirmed it on paper: no signature, and weaker than any.
    OnPaper,
    /// What the cell concludes of it, for its minutes; changes no state.
    Conclude,
}

impl Say {
    /// Everything that can be said.
    pub const ALL: [Self; 5] = [
        Self::Confirm,
        Self::Return,
        Self::Ask,
        Self::OnPaper,
        Self::Conclude,
    ];

    /// Returns the word of the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirmed",
            Self::Return => "returned",
            Self::Ask => "asked",
            Self::OnPaper => "confirmed_on_paper",
            Self::Conclude => "concluded",
        }
    }

    /// Returns whether it decides where the visit stands.
    pub fn decides(self) -> bool {
        match self {
            Self::Confirm | Self::Return | Self::OnPaper => true,
            Self::Ask | Self::Conclude => false,
        }
    }
}

/// The record of what was said. It is written once and never changed; it may be taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    pub visit: Option<VisitId>,
    /// `None` for what a later release says.
    pub say: Option<Say>,
    /// The revision that was on the screen.
    pub revision: Option<[u8; 32]>,
    /// The sendings of the visit that the reviewer knew of.
    pub sends: Vec<EntryHash>,
    /// The reviews that the reviewer knew of: a verdict takes the place of those among them.
    pub after: Vec<[u8; 16]>,
    pub text: String,
    /// The cadre that the reviewer is.
    pub by: Option<PersonId>,
    /// The paper on which the cell confirmed: its number, and its day.
    pub paper: String,
    pub on: Option<Day>,
}

/// A review that stands, under its id.
pub type Said<'r> = ([u8; 16], &'r Review);

/// Returns where a visit stands by what was said about it.
///
/// `state` is where the steps of its own unit left it. Clocks decide nothing: a verdict gives way only
/// to one whose reviewer knew of it, and a return is stronger than a confirmation of the same revision.
/// What the unit says of a paper takes the place of no verdict that somebody signed.
pub fn reviewed(
    state: VisitState,
    revision: &[u8; 32],
    sends: &[EntryHash],
    said: &[Said<'_>],
) -> VisitState {
    match state {
        VisitState::Sent => {}
        VisitState::Draft
        | VisitState::Returned
        | VisitState::Confirmed
        | VisitState::Changed
        | VisitState::Conflict
        | VisitState::Withdrawn
        | VisitState::OnPaper => return state,
    }
    let verdict = |said: &&Said<'_>| said.1.say.is_some_and(Say::decides);
    let verdicts: Vec<Said<'_>> = said.iter().filter(verdict).copied().collect();
    let gave_way = |(id, one): &Said<'_>| {
        let is_signed = one.say != Some(Say::OnPaper);
        let mut others = verdicts.iter().filter(|(other, _)| other != id);
        others.any(|(_, other)| {
            other.after.contains(id) && !(is_signed && other.say == Some(Say::OnPaper))
        })
    };
    let standing = verdicts.iter().filter(|said| !gave_way(said));
    let standing: Vec<&Review> = standing.map(|(_, review)| *review).collect();
    let on_this = |say: Say| {
        let mut all = standing.iter();
        all.any(|r| r.say == Some(say) && r.revision.as_ref() == Some(revision))
    };
    let unanswered = |say: Say| {
        let no_newer = |r: &&Review| sends.iter().all(|send| r.sends.contains(send));
        standing.iter().any(|r| r.say == Some(say) && no_newer(r))
    };
    if on_this(Say::Return) {
        VisitState::Returned
    } else if on_this(Say::Confirm) {
        VisitState::Confirmed
    } else if unanswered(Say::Return) {
        VisitState::Returned
    } else if on_this(Say::OnPaper) {
        VisitState::OnPaper
    } else if unanswered(Say::Confirm) || unanswered(Say::OnPaper) {
        VisitState::Changed
    } else {
        VisitState::Sent
    }
}

/// Whether a reviewer has met a visit before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Since {
    New,
    /// It is not what the reviewer last looked at.
    Changed,
    /// It is what the reviewer last looked at, without a verdict.
    Seen,
}

impl Since {
    /// Returns the word of the command line: what was seen and not decided is as new as before.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New | Self::Seen => "new",
            Self::Changed => "changed",
        }
    }
}

/// A line of the thread of a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadLine {
    pub at: Stamp,
    pub who: String,
    pub say: Say,
    pub text: String,
    /// Whether it is about the revision that stands.
    pub current: bool,
    /// Number and day of the paper.
    pub paper: String,
    pub on: Option<Day>,
}

/// Which of the logbooks that one passphrase opened a visit lies in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Book {
    /// The one that is open.
    #[default]
    Own,
    /// One of those joined to it, by its place among the settings.
    Joined(u16),
}

/// A visit that waits for a reviewer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queued {
    pub book: Book,
    /// What its logbook is called: the unit's name.
    pub unit: String,
    pub row: VisitRow,
    pub author: String,
    pub revision: [u8; 32],
    pub since: Since,
    /// Whether the reviewer wrote it or went along, and so may not judge it.
    pub own: bool,
}

#[cfg(test)]
mod tests;
