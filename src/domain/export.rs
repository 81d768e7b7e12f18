//! What tables that leave the logbook are made from: whole records, richer than the rows of a list.

use super::{
    Activity, Code, Concern, Day, EntityId, EntityKind, EntryHash, HelpedId, HelpedNames, Listing,
    Meeting, Particulars, ParticularsId, Promise, ShortCode, SiteName, Stamp, Versioned, Visit,
    VisitState,
};

/// A table that can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    Visits,
    Activities,
    Meetings,
    Concerns,
    /// The headers of the journal's open entries, for an auditor.
    Entries,
}

impl Table {
    /// Every table, in the order in which it is offered.
    pub const ALL: [Self; 5] = [
        Self::Visits,
        Self::Activities,
        Self::Meetings,
        Self::Concerns,
        Self::Entries,
    ];

    /// Returns the word of the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Visits => "visits",
            Self::Activities => "activities",
            Self::Meetings => "meetings",
            Self::Concerns => "concerns",
            Self::Entries => "entries",
        }
    }

    /// Returns the list whose records it holds, `None` for entries.
    pub fn listing(self) -> Option<Listing> {
        match self {
            Self::Visits => Some(Listing::Visits),
            Self::Activities => Some(Listing::Activities),
            Self::Meetings => Some(Listing::Meetings),
            Self::Concerns => Some(Listing::Concerns),
            Self::Entries => None,
        }
    }

    /// Tells whether there are columns of citizens' names for it.
    pub fn has_names(self) -> bool {
        match self {
            Self::Activities | Self::Concerns => true,
            Self::Visits | Self::Meetings | Self::Entries => false,
        }
    }
}

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    Csv,
    Xlsx,
    Json,
    /// One JSON object a line.
    Ndjson,
    /// A folder of Parquet files, at least one a month.
    Parquet,
}

/// A format that is one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    Csv,
    Xlsx,
    Json,
    Ndjson,
}

impl Format {
    /// Every format, in the order in which it is offered.
    pub const ALL: [Self; 5] = [
        Self::Xlsx,
        Self::Csv,
        Self::Json,
        Self::Ndjson,
        Self::Parquet,
    ];

    /// Returns the format where it is one file.
    pub fn file(self) -> Option<FileFormat> {
        match self {
            Self::Csv => Some(FileFormat::Csv),
            Self::Xlsx => Some(FileFormat::Xlsx),
            Self::Json => Some(FileFormat::Json),
            Self::Ndjson => Some(FileFormat::Ndjson),
            Self::Parquet => None,
        }
    }

    /// Returns the word of the command line, which is also how file names end.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Parquet => "parquet",
        }
    }
}

/// Whether citizens' names and words are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Citizens {
    #[default]
    LeftOut,
    /// Each record of names that is written gets an entry first.
    Named,
}

/// A stretch of days, both ends included; a record belongs to its last day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Days {
    pub from: Option<Day>,
    pub to: Option<Day>,
}

/// A place as it is called, with the kind of its village.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteCell {
    pub name: SiteName,
    pub kind: Option<Code>,
}

/// A record with everything that a row of its table says.
///
/// No `Debug`: it may hold citizens' names.
#[derive(Clone, PartialEq, Eq)]
pub struct ExportRow {
    pub entity: EntityId,
    pub code: ShortCode,
    pub visit_code: ShortCode,
    pub state: VisitState,
    pub visit: Visit,
    pub site: SiteCell,
    pub lead: String,
    pub team: Vec<String>,
    pub part: ExportPart,
}

/// What a row is about.
#[derive(Clone, PartialEq, Eq)]
pub enum ExportPart {
    /// The visit itself, with how many parts of each kind it has.
    Visit {
        activities: u32,
        meetings: u32,
        /// Open concerns; denunciations are never counted.
        concerns: u32,
    },
    Activity {
        activity: Activity,
        other_sites: Vec<SiteCell>,
        helped: Option<Versioned<HelpedId, HelpedNames>>,
    },
    Meeting {
        meeting: Meeting,
        other_sites: Vec<SiteCell>,
        promises: Vec<Promise>,
    },
    Concern {
        concern: Concern,
        particulars: Option<Versioned<ParticularsId, Particulars>>,
    },
}

impl ExportPart {
    /// Returns the record of citizens' names that the row shows, where it shows one.
    pub fn names(&self) -> Option<EntityId> {
        match self {
            Self::Activity { helped, .. } => helped.as_ref()?.id.map(Into::into),
            Self::Concern { particulars, .. } => particulars.as_ref()?.id.map(Into::into),
            Self::Visit { .. } | Self::Meeting { .. } => None,
        }
    }
}

/// What an entry of the journal did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryAct {
    Save,
    Send,
    Withdraw,
    Undo,
    Shown,
    Receipt,
    Cut,
    Unknown,
}

impl EntryAct {
    /// Returns the word that tables say.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Save => "save",
            Self::Send => "send",
            Self::Withdraw => "withdraw",
            Self::Undo => "undo",
            Self::Shown => "shown",
            Self::Receipt => "receipt",
            Self::Cut => "cut",
            Self::Unknown => "unknown",
        }
    }
}

/// The header of an entry of the journal; never its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportEntry {
    /// The code of the record that it is about.
    pub code: ShortCode,
    pub kind: EntityKind,
    pub act: EntryAct,
    pub at: Stamp,
    pub who: String,
    /// The device's identifier.
    pub device: [u8; 16],
    pub seq: u64,
    /// Logical time.
    pub time: u64,
    pub hash: EntryHash,
    pub previous: Option<EntryHash>,
    /// How many heads of the record it replaces.
    pub replaces: usize,
    pub body_hash: [u8; 32],
    /// Whether it is signed itself; the next signed entry vouches for one that is not.
    pub signed: bool,
}
