//! What happens to the program from outside.

use super::dialogs::PersonalDone;
use super::dialogs::{Counts, TableSeen};
use super::{Joined, Secret, TypingKey};
use crate::domain::{
    Changed, ConcernId, Contested, CopyCounts, Coverage, Day, Dossier, Duplicate, DuplicatePage,
    EntityId, HistoryLine, Label, Names, Offers, OwedDetail, Page, Particulars, Profile,
    Quarantined, Queued, RecordRow, Role, RowId, Say, ShortCode, Stamp, Standing, TendRefused,
    ThreadLine, Today, Unreadable, Verdict, VisitId, VisitRow, VisitState, Waiting,
};
use crate::i18n::Text;

/// One thing that happened.
pub enum Msg {
    Key(crossterm::event::KeyEvent),
    Mouse(crossterm::event::MouseEvent),
    /// Text that came in one burst; Enter inside it is a line break, never a command.
    Paste(String),
    Resize {
        columns: u16,
        rows: u16,
    },
    /// The clock, about four times a second.
    Tick(Stamp),
    /// The machine is going to sleep, or the terminal was stopped.
    Suspend,
    /// Identifiers for villages, cadres and typing that are named before they are saved.
    FreshIds(Vec<[u8; 16]>),
    Answer(Box<Answer>),
}

/// Why the logbook is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockReason {
    Start,
    Key,
    Idle,
    Suspend,
}

/// What the screens need as soon as the logbook is open.
pub struct Unlocked {
    pub profile: Profile,
    /// The cadre that the member is.
    pub me: crate::domain::PersonId,
    pub names: Names,
    /// Unsaved typing, oldest first, with the time of its last keystroke.
    pub typing: Vec<(TypingKey, Stamp, Vec<u8>)>,
}

/// A due date that moved with law, calendar or targets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedDate {
    pub code: ShortCode,
    pub from: Option<Day>,
    pub to: Option<Day>,
}

/// What the worker answers to an effect.
pub enum Answer {
    /// The logbook is made; the recovery secret is shown once.
    Created {
        recovery: Secret,
    },
    Unlocked(Box<Unlocked>),
    Locked(LockReason),
    /// The commit has returned.
    Saved {
        typing: TypingKey,
        visit: VisitId,
        code: ShortCode,
        names: Box<Names>,
    },
    /// The typing has reached the disk.
    Kept {
        key: TypingKey,
        at: Stamp,
    },
    Sent {
        visit: VisitId,
        code: ShortCode,
    },
    Withdrawn {
        visit: VisitId,
        code: ShortCode,
    },
    Undone {
        visit: VisitId,
        code: ShortCode,
        state: VisitState,
    },
    NamesChanged(Box<Names>),
    /// All names, behind those that the first screen needs.
    NamesRead(Box<Names>),
    /// A decision about two visits is saved.
    Decided {
        pair: (VisitId, VisitId),
        verdict: Verdict,
        codes: [ShortCode; 2],
    },
    ProfileChanged(Profile),
    PassphraseChanged,
    List {
        number: u64,
        page: Page<VisitRow>,
    },
    Today {
        number: u64,
        today: Box<Today>,
    },
    Coverage {
        number: u64,
        coverage: Box<Coverage>,
    },
    /// What was received on that day or before and may be erased, as far as it was looked for; its texts
    /// are left out.
    Offered {
        before: Day,
        offers: Offers,
    },
    /// How duties stand today.
    Duties {
        number: u64,
        duties: Vec<Standing>,
    },
    /// Every hot spot put on a place or taken off it, oldest first.
    Spots(Vec<Label>),
    Dossier {
        visit: VisitId,
        dossier: Box<Dossier>,
        contested: Vec<Contested>,
    },
    History {
        visit: VisitId,
        lines: Vec<HistoryLine>,
    },
    Pairs {
        number: u64,
        page: DuplicatePage,
    },
    PairsOf {
        visit: VisitId,
        pairs: Vec<Duplicate>,
    },
    Alike {
        key: TypingKey,
        number: u64,
        found: Vec<VisitRow>,
    },
    LastVisit(Option<Box<Dossier>>),
    /// How far the table that is being written has come.
    Exporting {
        done: u64,
        total: u64,
    },
    /// The table is written and was read back.
    Exported {
        rows: u64,
        /// Cells that hold less than the record.
        cut: u64,
        path: String,
    },
    /// What the screen of numbers and papers asked for.
    Report(super::report::ReportTold),
    /// No table was written; what was there before is still there.
    NotExported(Text),
    /// A table was looked at.
    TableRead(Box<TableSeen>),
    /// How far the table that is looked at or taken in has come.
    Importing {
        done: u64,
        total: u64,
    },
    /// The table is taken in, or the part of it before it was stopped.
    Imported {
        counts: Counts,
        total: u64,
        names: Box<Names>,
    },
    /// So many pairs of visits may be one, with a visit that the import brought; up to a bound.
    ImportedAlike {
        counts: Counts,
        pairs: usize,
    },
    /// The file was not taken in; nothing was written.
    NotImported(Text),
    /// The rows that wait in quarantine, by file and number.
    Quarantine(Vec<Waiting>),
    /// One of them; `None` where it waits no more.
    WaitingRow(RowId, Option<Box<Quarantined>>),
    /// The row is out of the quarantine and nowhere else.
    RowDropped(RowId),
    /// The row is in the logbook.
    RowTaken {
        row: RowId,
        names: Box<Names>,
    },
    /// The row still cannot be read; nothing was written.
    RowUnread {
        row: RowId,
        reason: Unreadable,
        column: Option<usize>,
    },
    /// How far a backup or a compaction is.
    Working {
        done: u64,
        total: u64,
    },
    /// The backup was read back.
    BackedUp {
        path: String,
        entries: u64,
        bytes: u64,
    },
    /// The file has its new size.
    Compacted {
        before: u64,
        after: u64,
    },
    ReviewQueue {
        number: u64,
        rows: Vec<Queued>,
    },
    ReviewOf {
        visit: VisitId,
        thread: Vec<ThreadLine>,
        changes: Vec<Changed>,
    },
    /// How a joined logbook stands.
    Joined {
        at: u16,
        joined: Box<Joined>,
    },
    /// A folder is among those of joined logbooks in the settings.
    JoinNoted(String),
    /// What was asked was not done; the logbook is as it was.
    NotDone(Text),
    /// An invitation is written: its file, and the words to compare.
    Invited {
        path: String,
        words: String,
    },
    /// What a request says, before anybody is let in.
    RequestRead(Box<RequestSeen>),
    /// The device of that member is let in.
    Admitted(String),
    /// What was said about a visit is saved.
    Reviewed {
        visit: VisitId,
        code: ShortCode,
        say: Say,
    },
    /// Several visits were confirmed together.
    ConfirmedAll(usize),
    /// A device keeps the roster too, or was shut out.
    RosterChanged {
        deed: RosterDeed,
        name: String,
    },
    Exchange {
        number: u64,
        seen: ExchangeSeen,
    },
    /// The exchange came to its end.
    Synced {
        did: Synced,
        names: Box<Names>,
    },
    /// The exchange broke off; what came and went before that stays.
    NotSynced(Text),
    /// The logbook that was opened lacks an entry that this machine knows of.
    Lost(Lost),
    Records {
        number: u64,
        page: Page<RecordRow>,
    },
    /// Who raised a concern and what was said; it was written down that they were shown.
    Raised {
        concern: ConcernId,
        particulars: Option<Box<Particulars>>,
    },
    /// A concern or promise as it stands.
    Owed(Box<OwedDetail>),
    /// Something was done about it; the commit has returned.
    /// What came of something done with what belongs to a citizen.
    Personal(Box<PersonalDone>),
    Tended {
        entity: EntityId,
        code: ShortCode,
    },
    /// Dates are reckoned anew.
    Reckoning {
        done: u64,
        total: u64,
    },
    /// Due dates that moved with law or calendar.
    DatesMoved(Vec<MovedDate>),
    /// The effect was not done; nothing was written.
    Refused(Refusal),
    /// The logbook cannot go on.
    Failed(Failure),
}

/// What an exchange did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Synced {
    pub taken: u64,
    pub given: u64,
    pub waiting: u64,
    pub quarantined: u64,
    pub erased: u64,
    pub forks: u64,
}

impl Synced {
    /// Adds what another logbook's exchange did.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            taken: self.taken + other.taken,
            given: self.given + other.given,
            waiting: self.waiting + other.waiting,
            quarantined: self.quarantined + other.quarantined,
            erased: self.erased + other.erased,
            forks: self.forks + other.forks,
        }
    }
}

/// Where the copies are, and how far others' entries are here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExchangeSeen {
    pub counts: CopyCounts,
    pub last: Option<(Stamp, String)>,
    pub devices: Vec<DeviceSeen>,
    /// Whether the keeper has let this device in, or it is the keeper's.
    pub let_in: bool,
    /// Whether this device keeps the roster.
    pub keeper: bool,
}

/// Another device of the logbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceSeen {
    pub device: [u8; 16],
    pub name: String,
    pub role: Option<Role>,
    /// The last entry of `open` that is here.
    pub held: u64,
    pub last: Option<Stamp>,
    pub revoked: bool,
    pub keeper: bool,
}

/// A request to be let in, as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestSeen {
    pub name: String,
    pub role: Role,
    pub cell: String,
    /// The words that the other device shows too.
    pub words: String,
    /// The file; what is admitted is what was shown.
    pub bytes: Vec<u8>,
}

/// What a keeper does with another device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RosterDeed {
    NameKeeper,
    ShutOut,
}

/// Why an effect was refused; the sentence comes from i18n.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    WrongPassphrase,
    /// The passphrase has fewer than ten characters.
    ShortPassphrase,
    /// The state of the visit does not allow the step.
    NotAllowed(VisitState),
    /// The visit is not complete.
    Incomplete,
    /// The change has left the device, or there is none.
    NothingToUndo,
    NotFound,
    DiskFull,
    ReadOnly,
    /// Anything else of the operating system, with the path of the file in question.
    Io {
        path: String,
        why: Text,
    },
    /// A text is over the size that a record may have.
    TooLarge,
    /// No key of the competent authority is known.
    NoAuthority,
    /// The member's role keeps no such records.
    NotHeld,
    /// Who wrote a visit or went along does not judge it.
    OwnVisit,
    /// The visit is not what was looked at any more.
    Moved,
    /// The device was let in before.
    AlreadyIn,
    /// What was to be done about a concern, a reception… cannot be.
    Tending(TendRefused),
    /// What has to do with backups and compacting.
    Keep(KeepRefusal),
}

/// Why there is no backup, or the file was not made smaller; the logbook is as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeepRefusal {
    Exists {
        path: String,
    },
    /// It would be lost with the logbook.
    InLogbook {
        path: String,
    },
    NotEmpty {
        path: String,
    },
    NotABackup {
        path: String,
    },
    Damaged {
        path: String,
    },
    Newer {
        path: String,
    },
    NotReadBack {
        path: String,
    },
    NoRoom {
        path: String,
    },
    Stopped,
    Differs,
}

/// An entry that was written on this machine and is not in the logbook any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The record, where all members may know of it.
    pub code: Option<ShortCode>,
    pub at: Stamp,
}

/// Why the logbook cannot go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Another process has the logbook open.
    AlreadyOpen,
    /// A key file is missing or is not what was written; the logbook itself is untouched.
    KeysDamaged { path: String },
    /// The file is no logbook or is cut short.
    NotALogbook { path: String },
    /// Something read was not what was written; `bacung check` lists all of it.
    Damaged { path: String },
    /// The file was written by a newer release.
    Newer { path: String },
}
