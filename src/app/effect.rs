//! What `update` says is to be done.

use std::sync::Arc;

use super::dialogs::PersonalDeed;
use super::{RequestSeen, RosterDeed, Secret, Setup};
use crate::config::settings::Layer;
use crate::domain::{
    Book, ColumnField, ConcernId, Day, Dossier, EntityId, Format, Gist, Heading, ListQuery,
    Listing, Person, PersonId, Place, PlaceChange, PlaceId, Profile, Quarantined, Role, RowId, Say,
    Seen, SheetKind, Table, Tending, Verdict, VisitId,
};
use crate::i18n::Language;

/// Names unsaved typing: the visit's id when one is edited, a fresh id for a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypingKey(pub [u8; 16]);

/// What is to be done if a public line names a citizen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// A person is asked first.
    Asks,
    /// A person was asked and keeps it.
    Meant,
}

/// Something to do about what is owed.
#[derive(Clone, PartialEq, Eq)]
pub struct Tend {
    pub tending: Tending,
    /// The unsaved typing that it was made of, which goes when it is saved.
    pub typing: Option<TypingKey>,
    pub naming: Naming,
}

/// What the first run asked.
#[derive(Debug, PartialEq, Eq)]
pub struct NewLogbook {
    pub profile: Profile,
    pub passphrase: Secret,
}

/// A visit to save, with the villages and cadres that were typed for the first time.
#[derive(PartialEq, Eq)]
pub struct SaveVisit {
    /// The typing that the save replaces; dropped in the same commit.
    pub typing: TypingKey,
    pub dossier: Dossier,
    pub places: Vec<(PlaceId, Place)>,
    pub people: Vec<(PersonId, Person)>,
}

/// A table to write, without citizens' names.
pub struct ExportTable {
    pub table: Table,
    pub format: Format,
    /// Which rows and in which order; its window is passed over.
    pub query: ListQuery,
    /// As it was typed; `~/` is the person's own folder.
    pub path: String,
    pub language: Language,
    /// What cells are labelled by.
    pub setup: Arc<Setup>,
}

/// Where a table comes from.
///
/// No `Debug`: what is pasted may hold a citizen's name.
#[derive(Clone, PartialEq, Eq)]
pub enum TableSource {
    /// A path as it was typed; `~/` is the person's own folder.
    File(String),
    /// A range of a spreadsheet, and what it is called where a file has its name.
    Pasted { text: Arc<str>, name: String },
}

/// A table to look at before it is taken in.
pub struct ReadTable {
    pub source: TableSource,
    /// The name of the sheet; the first one with a table for `None`.
    pub sheet: Option<String>,
    /// Whether a row names the columns; found out for `None`.
    pub heading: Option<Heading>,
    /// What its cells are understood by.
    pub setup: Arc<Setup>,
}

/// What is corrected in a table that was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableChange {
    /// What its rows are; the columns are guessed anew.
    Kind(SheetKind),
    Column(usize, ColumnField),
}

/// One thing for the runtime to do. Queries carry a number; an answer to an older number than the
/// last asked is dropped.
pub enum Effect {
    /// Makes a logbook, answered by [`super::Answer::Unlocked`] and then [`super::Answer::Created`].
    Create(Box<NewLogbook>),
    /// Opens the logbook, answered by [`super::Answer::Unlocked`].
    Unlock(Secret),
    /// Closes the store and forgets the keys.
    Lock,
    /// Ends the program once everything before it is done.
    Quit,
    /// Keeps unsaved typing, in place.
    KeepTyping {
        key: TypingKey,
        bytes: Vec<u8>,
    },
    /// Forgets unsaved typing.
    DropTyping(TypingKey),
    /// Saves; answered by [`super::Answer::Saved`] when the commit has returned.
    Save(Box<SaveVisit>),
    /// Sends a complete draft to review.
    Send(VisitId),
    Withdraw {
        visit: VisitId,
        reason: String,
    },
    /// Writes down that the citizens' names in a visit were shown.
    NamesShown(VisitId),
    /// Takes back the last change of a visit that has not left this device.
    Undo(VisitId),
    /// Saves what was decided about two visits that may be one.
    Decide {
        pair: (VisitId, VisitId),
        verdict: Verdict,
    },
    /// Changes a village on every record at it.
    ChangePlace {
        place: PlaceId,
        change: PlaceChange,
    },
    ChangeProfile(Profile),
    ChangePassphrase {
        old: Secret,
        new: Secret,
    },
    /// Lays settings over the user's own layer and writes it.
    ChangeSettings(Layer),
    /// What the screen of numbers and papers asks for; answered by [`super::Answer::Report`], or by
    /// [`super::Answer::NotExported`].
    Report(super::report::ReportAsk),
    /// Writes a table; answered by [`super::Answer::Exporting`] and in the end by
    /// [`super::Answer::Exported`] or [`super::Answer::NotExported`].
    Export(Box<ExportTable>),
    /// Gives up the table that is being written.
    StopExport,
    /// Looks at a table; answered by [`super::Answer::TableRead`] or [`super::Answer::NotImported`].
    ReadTable(ReadTable),
    /// Corrects the table that was looked at, and looks at its rows again; answered as before.
    ChangeTable(TableChange),
    /// Takes in the table that was looked at; answered by [`super::Answer::Importing`] and in the
    /// end by [`super::Answer::Imported`].
    TakeIn,
    /// Drops a row from the quarantine; answered by [`super::Answer::RowDropped`].
    DropWaiting(RowId),
    /// Reads a row of the quarantine as it was corrected and takes it in; answered by
    /// [`super::Answer::RowTaken`] or [`super::Answer::RowUnread`].
    TakeInRow {
        row: Box<Quarantined>,
        setup: Arc<Setup>,
    },
    /// Stops behind the batch that is being written, and lets go of the table.
    StopImport,
    /// Writes a backup to a file or into a folder; answered by [`super::Answer::BackedUp`].
    BackUp(String),
    /// Says something about a visit as it was looked at; answered by [`super::Answer::Reviewed`].
    Review {
        visit: VisitId,
        say: Say,
        text: String,
        seen: [u8; 32],
    },
    /// Writes down that the cell confirmed a visit on paper; answered by [`super::Answer::Reviewed`].
    ConfirmOnPaper {
        visit: VisitId,
        paper: String,
        on: Day,
    },
    /// What a keeper does with another device; answered by [`super::Answer::RosterChanged`].
    Roster {
        deed: RosterDeed,
        device: [u8; 16],
        name: String,
    },
    /// Confirms visits, each in the revision that was shown and in its logbook; answered by
    /// [`super::Answer::ConfirmedAll`].
    ConfirmAll(Vec<(Book, VisitId, [u8; 32])>),
    /// Something of [`Effect::Review`] and the queries of a visit, in a joined logbook.
    InJoined(u16, Box<Effect>),
    /// Writes an invitation; answered by [`super::Answer::Invited`] or [`super::Answer::NotDone`].
    Invite {
        role: Role,
        cell: String,
        path: String,
    },
    /// Reads a request; answered by [`super::Answer::RequestRead`] or [`super::Answer::NotDone`].
    ReadRequest(String),
    /// Lets the device of a request in; answered by [`super::Answer::Admitted`].
    Admit(Box<RequestSeen>),
    /// Puts a folder to those of joined logbooks in the settings; answered by
    /// [`super::Answer::JoinNoted`] or [`super::Answer::NotDone`].
    Join(String),
    /// Exchanges with a place, in the writer's own time; answered by [`super::Answer::Synced`] or
    /// [`super::Answer::NotSynced`].
    Sync(String),
    QueryReview(u64),
    /// The thread of a visit, and what is not as it was when last looked at.
    QueryReviewOf(VisitId),
    QueryExchange(u64),
    /// Makes the file smaller under a new key; answered by [`super::Answer::Compacted`].
    Compact(Secret),
    /// Stops a backup or a compaction; it is then refused.
    StopWork,
    /// Asks for identifiers, answered by [`super::Msg::FreshIds`].
    FreshIds,
    QueryList {
        number: u64,
        query: ListQuery,
    },
    QueryToday {
        number: u64,
        today: Day,
    },
    /// Where the unit has been in a year, and how duties stand; answered by [`super::Answer::Coverage`].
    QueryCoverage {
        number: u64,
        year: i32,
        today: Day,
        setup: Arc<Setup>,
    },
    /// How duties stand today; answered by [`super::Answer::Duties`].
    QueryDuties {
        number: u64,
        today: Day,
        setup: Arc<Setup>,
    },
    /// The hot spots of all places; answered by [`super::Answer::Spots`].
    QuerySpots,
    /// A visit with everything in it.
    QueryDossier(VisitId),
    QueryHistory(VisitId),
    /// Open pairs of the next visits after those seen; of the list from its beginning for `None`.
    QueryPairs {
        number: u64,
        seen: Option<Seen>,
    },
    /// The pairs of one visit, decided ones among them.
    QueryPairsOf(VisitId),
    /// The visits that what is typed may repeat.
    QueryAlike {
        key: TypingKey,
        number: u64,
        visit: Option<VisitId>,
        gist: Box<Gist>,
    },
    /// The rows that wait in quarantine.
    QueryQuarantine,
    /// One of them with its cells.
    QueryWaiting(RowId),
    /// What was received on that day or before and may be erased, from a record on; answered by
    /// [`super::Answer::Offered`].
    QueryOffered {
        before: Day,
        from: Option<EntityId>,
    },
    /// A window of one of the lists that have no screen of their own.
    QueryRecords {
        number: u64,
        listing: Listing,
        query: ListQuery,
    },
    /// Writes down that the particulars of a concern were shown, and then reads them.
    ShowRaised(ConcernId),
    /// A concern or promise with all that was done about it.
    QueryOwed(EntityId),
    /// Does something about what is owed; answered by [`super::Answer::Tended`].
    Tend(Box<Tend>),
    /// Does something with what belongs to a citizen; answered by [`super::Answer::Personal`].
    Personal(Box<PersonalDeed>),
    /// The newest visit that this member wrote, for "like the last visit".
    QueryLastVisit,
}

impl Effect {
    /// Makes it the effect in another logbook.
    pub(super) fn within(self, book: Book) -> Self {
        match book {
            Book::Own => self,
            Book::Joined(at) => Self::InJoined(at, Box::new(self)),
        }
    }

    /// Makes the effect of something that no form was filled in for.
    pub(super) fn tend(tending: Tending) -> Self {
        Self::Tend(Box::new(Tend {
            tending,
            typing: None,
            naming: Naming::Asks,
        }))
    }
}
