//! What the screens and the command line ask of the store, and the rows that answer.

use super::{
    Activity, Code, CommuneCode, Concern, ConcernKind, ConcernState, Day, Decision, EntityId,
    EnvelopeId, FormerCommuneCode, InspectedLaw, Likeness, Linked, Meeting, OpenCase, PersonId,
    Quantity, ReceptionKind, Settlement, ShortCode, Site, Stamp, Visit, VisitId, VisitState,
};

/// Which list is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Listing {
    Visits,
    Activities,
    Meetings,
    Concerns,
    Promises,
    Receptions,
    Duties,
    Inspections,
    Assignments,
}

/// The order of a list; rows without a date come last in both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    NewestFirst,
    OldestFirst,
}

/// Which rows of a list are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// First and last day, both included; a record belongs to its last day.
    pub from: Option<Day>,
    pub to: Option<Day>,
    /// Rows at any of these; empty: everywhere. A place has several where units changed.
    pub sites: Vec<Site>,
    /// Empty: all but withdrawn.
    pub states: Vec<VisitState>,
    /// Concerns that stand at any of these; empty: wherever they stand.
    pub lives: Vec<ConcernState>,
}

/// A window of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    /// Words to find, as typed: all of them, prefix on the last; empty for no search.
    pub words: String,
    pub filters: Filters,
    pub sort: Sort,
    /// Rows to pass over before the first one wanted.
    pub offset: u64,
    /// Rows wanted at most.
    pub limit: usize,
    /// Codes whose labels match words of the query, a set for each word: `labels[i]` belongs to
    /// the `i`-th folded syllable of `words`. The store does not know labels.
    pub labels: Vec<Vec<LabelMatch>>,
}

/// A code whose label matches a word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LabelMatch {
    Code(Code),
    Commune(CommuneCode),
    Former(FormerCommuneCode),
}

/// Whether a number of rows is all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    Whole,
    /// The window was full before everything was looked at.
    AtLeast,
}

/// A window of rows and how many there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<R> {
    pub rows: Vec<R>,
    /// The query's offset.
    pub offset: u64,
    /// Rows that match the query, or at least so many.
    pub matching: u64,
    pub counted: Counted,
    /// Rows of the list without words and filters, withdrawn ones left out.
    pub total: u64,
}

/// A place by name: the village's name on the day of the record with the units that it lies in, today's
/// and the one before, as far as they are known; or text of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SiteName {
    pub village: String,
    pub commune: Option<CommuneCode>,
    pub former: Option<FormerCommuneCode>,
}

/// An activity in a few words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActivityBrief {
    pub category: Option<Code>,
    pub amount: Option<Quantity>,
    pub measure: Option<Code>,
    pub person_days: Option<Quantity>,
}

/// Where the copies of a record are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Copies {
    /// On this device only.
    #[default]
    Local,
    /// In a copy, or a bundle that was laid down, which was read back.
    Copied,
    /// Another device has said that it has all of it.
    Received,
}

/// How many visits are where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CopyCounts {
    pub local: u64,
    pub copied: u64,
    pub received: u64,
}

/// A line of the list of visits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitRow {
    pub id: VisitId,
    pub code: ShortCode,
    pub from: Option<Day>,
    pub to: Option<Day>,
    pub site: SiteName,
    pub lead: String,
    /// Persons of the team, the lead among them.
    pub team: u32,
    pub shared: Vec<Code>,
    /// The first activity, where there is one.
    pub activity: Option<ActivityBrief>,
    pub activities: u32,
    pub meetings: u32,
    /// Open concerns; denunciations are never counted.
    pub concerns: u32,
    pub state: VisitState,
    pub linked: Linked,
    pub copies: Copies,
}

/// A line of the lists of activities, meetings and concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordRow {
    pub entity: EntityId,
    pub code: ShortCode,
    pub date: Option<Day>,
    pub site: SiteName,
    pub title: RowTitle,
    /// The state of the visit that it belongs to.
    pub state: VisitState,
    pub visit: Option<VisitId>,
}

/// What a row is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowTitle {
    Activity {
        brief: ActivityBrief,
        description: String,
    },
    Meeting {
        kind: Option<Code>,
        body: String,
    },
    Concern {
        kind: Option<ConcernKind>,
        line: String,
        settlement: Settlement,
        answer_by: Option<Day>,
        /// Where it stands.
        state: ConcernState,
        /// Who is in charge.
        officer: Option<PersonId>,
    },
    Promise {
        text: String,
        due: Option<Day>,
        answered: Option<Day>,
        /// Who is in charge.
        officer: Option<PersonId>,
    },
    Reception {
        kind: Option<ReceptionKind>,
        head: String,
        /// Rows of the register; denunciations are never counted.
        cases: u32,
        people: Option<u32>,
        turns: Option<u32>,
    },
    Duty {
        unit: String,
        people: u32,
        received: Option<u32>,
        solved: Option<u32>,
        overdue: Option<u32>,
    },
    Inspection {
        decision: String,
        body: String,
        laws: Vec<InspectedLaw>,
        agencies: u32,
        from: Option<Day>,
        concluded: Option<Day>,
    },
    Assignment {
        duty: Option<Code>,
        who: String,
        cell: String,
        from: Option<Day>,
        to: Option<Day>,
        quota: Option<u32>,
    },
}

/// What needs a person, most pressing first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TodayItem {
    Conflict(VisitRow),
    /// A concern or a promise that is still owed; without anybody in charge or by its date.
    Due {
        due: Option<Day>,
        case: OpenCase,
        row: RecordRow,
    },
    /// The envelope of a denunciation that was not handed over yet, on devices that hold it.
    Envelope {
        id: EnvelopeId,
        due: Option<Day>,
        number: String,
        visit: Option<VisitId>,
    },
    /// A visit that a reviewer gave back.
    Returned(VisitRow),
    Draft(VisitRow),
}

/// The numbers of one calendar month; `draft`, `withdrawn` and `conflict` are not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthNumbers {
    /// The first day of the month.
    pub month: Day,
    pub visits: u64,
    pub activities: u64,
    pub meetings: u64,
    /// In thousandths.
    pub person_days: u64,
    pub concerns: u64,
    pub settled_on_spot: u64,
}

/// The screen "Hôm nay".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Today {
    pub items: Vec<TodayItem>,
    /// Items in all; `items` holds the first of them.
    pub waiting: u64,
    /// The last eight months, the present one last.
    pub months: Vec<MonthNumbers>,
    /// Visits on each day of the present month that has any.
    pub days: Vec<(Day, u32)>,
    /// Visits that lie on this device only.
    pub not_copied: u64,
    /// Rows of imported tables that could not be read and wait.
    pub quarantined: u64,
    /// The moment of the oldest entry that lies on this device only.
    pub uncopied: Option<Stamp>,
}

impl Today {
    /// The days after which a backup is old.
    const OLD: i64 = 7;

    /// Returns for how many days something has been on this device only, where that is long.
    pub fn days_uncopied(&self, today: Day) -> Option<i64> {
        let days = (today - self.uncopied?.day()).num_days();
        (days >= Self::OLD).then_some(days)
    }
}

/// What happened to a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HistoryEvent {
    Created,
    /// The named fields got new values.
    Amended(Vec<&'static str>),
    Sent,
    Withdrawn(String),
    /// An entry was taken back before it left the device.
    Undone,
    /// Citizens' particulars were shown to the author.
    Shown,
    /// It was decided that the visit of this code is the same one.
    Linked(ShortCode),
    /// It was decided that the visit of this code is another one.
    Dismissed(ShortCode),
    /// A kind of a later release.
    Unknown,
}

/// A line of a record's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryLine {
    pub at: Stamp,
    /// The name of the author as this logbook knows it.
    pub who: String,
    /// The part of the visit that it is about.
    pub about: EntityId,
    pub event: HistoryEvent,
}

/// One of two visits that may be one: what anybody of the unit may read of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    pub row: VisitRow,
    pub visit: Visit,
    pub activities: Vec<Activity>,
    pub meetings: Vec<Meeting>,
    pub concerns: Vec<Concern>,
}

/// Two visits that may be one, side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    pub sides: [Side; 2],
    /// Why; `None` where nothing says so any more and only a decision is left.
    pub likeness: Option<Likeness>,
    pub decision: Option<Decision>,
}

/// The visit up to which visits were looked through for duplicates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// In the order of the list, newest day first.
    Listed { day: Day, visit: VisitId },
    /// In the order in which they were first saved, the last one first.
    Written(VisitId),
}

impl Seen {
    /// Before the visit that was saved last.
    pub const NOTHING_WRITTEN: Self = Self::Written(VisitId([u8::MAX; 16]));
}

/// The open pairs of some visits of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DuplicatePage {
    pub pairs: Vec<Duplicate>,
    /// Where to go on; `None` at the end of the list.
    pub next: Option<Seen>,
}
