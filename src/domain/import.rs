//! What an import speaks of: kinds of tables, what a column holds, why a row cannot be read.

/// A row of a table, by what it says and not by where it lay: the same file twice, renamed, saved in
/// another format or with rows added gives the same identifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub [u8; 16]);

/// Whether a record's numbers are summed with those of others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Summing {
    #[default]
    Summed,
    /// A total of others (lũy kế, số cả tỉnh): listed, never summed.
    Cumulative,
}

/// Whether a row of a table names its columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Heading {
    Named,
    /// Every row is a record.
    Missing,
}

/// Declares a closed enum with a word for each of its values.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $value:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$of])* $value,)*
        }

        impl $name {
            /// Every value, in the order in which it is offered.
            pub const ALL: &'static [Self] = &[$(Self::$value),*];

            /// Returns the word of the command line and of what is stored.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $word,)*
                }
            }

            /// Finds a value by its word.
            pub fn of_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == word)
            }
        }
    };
}

words! {
    /// What the rows of a table are.
    SheetKind {
        Activities = "activities",
        Meetings = "meetings",
        Visits = "visits",
        Places = "places",
        People = "people",
        Concerns = "concerns",
        Receptions = "receptions",
        Inspections = "inspections",
        Duties = "duties",
    }
}

words! {
    /// What a column holds. The words are names of fields where there is such a field.
    ColumnField {
        /// Not taken.
        Ignored = "ignored",
        /// The day, or the first and the last day in one cell.
        Date = "date",
        From = "from",
        To = "to",
        /// The unit that logged it.
        Unit = "unit",
        /// Who did it, where that is another unit.
        LeadUnit = "lead_unit",
        /// The body that met or attended.
        Body = "body",
        Partners = "partners",
        Province = "province",
        District = "district",
        Commune = "commune",
        Village = "village",
        VillageKind = "village_kind",
        /// A place in one cell, the smallest unit first.
        Place = "place",
        /// Further places of an activity, as an export writes them.
        OtherPlaces = "other_places",
        Category = "category",
        Description = "description",
        Quantity = "quantity",
        QuantityUnit = "quantity_unit",
        Households = "households",
        People = "people",
        Turns = "turns",
        /// Kind of those helped.
        Beneficiary = "beneficiary",
        /// Those helped by kind, as an export writes them.
        BeneficiaryDetail = "beneficiary_detail",
        PersonDays = "person_days",
        Officers = "officers",
        Value = "value_vnd",
        Funding = "funding",
        /// Value by source, as an export writes it.
        FundingDetail = "funding_detail",
        /// The village head who confirmed, and when.
        ConfirmedBy = "confirmed_by",
        ConfirmedOn = "confirmed_on",
        /// Names of citizens who were helped: kept apart, in `petition`.
        Names = "names",
        Note = "note",
        /// Goes to the note, behind the name of its column.
        Remark = "remark",
        Kind = "kind",
        Capacity = "capacity",
        Attendance = "attendees",
        Opinions = "opinions_raised",
        Topics = "topics",
        /// What the cadre said at a meeting.
        Remarks = "remarks",
        /// Promises with their days, as an export writes them.
        Promises = "promises",
        Cumulative = "cumulative",
        Team = "team",
        Lead = "lead",
        Shared = "shared",
        Programme = "programme",
        ReviewingCell = "reviewing_cell",
        /// The name of a cadre or of a village.
        Name = "name",
        Post = "post",
        /// The code of the record in the logbook that the table was exported from.
        Code = "code",
        /// The code of its visit there: rows of one visit share it.
        VisitCode = "visit",
        /// The state of its visit there: a draft stays one.
        State = "state",
        /// The field of a concern.
        Topic = "topic",
        /// What a concern is about, without names.
        Line = "line",
        Settlement = "settlement",
        AnswerBy = "answer_by",
        /// Who raised a concern, what was said and wished: kept apart, in `petition`.
        RaisedBy = "raised_by",
        Contact = "contact",
        Anonymous = "anonymous",
        Said = "said",
        Wish = "wish",
        /// Who received citizens.
        Head = "head",
        /// The kind of a matter of the register, and how many have it.
        PetitionKind = "petition_kind",
        /// Where a citizen lives, and the number of their identity card: kept apart, in `petition`.
        Address = "address",
        IdNumber = "id_number",
        /// The body that settled a matter before.
        SettledBy = "settled_by",
        /// How a matter goes on: a cross in one of three columns, or a word.
        HandlingAccept = "handling_accept",
        HandlingReturn = "handling_return",
        HandlingPassOn = "handling_pass_on",
        Handling = "handling",
        /// What came of a matter; goes to its note.
        Outcome = "outcome",
        /// Hours of a duty, and the files of it.
        Hours = "hours",
        FilesReceived = "files_received",
        FilesSolved = "files_solved",
        FilesOverdue = "files_overdue",
        /// The decision, laws, agencies and conclusion of an inspection.
        Decision = "decision",
        Laws = "laws",
        Agencies = "agencies",
        Conclusion = "conclusion",
        ConcludedOn = "concluded_on",
    }
}

/// Kinds whose rows tell of a visit.
const TRIPS: &[SheetKind] = &[
    SheetKind::Activities,
    SheetKind::Meetings,
    SheetKind::Visits,
    SheetKind::Concerns,
];
/// Kinds whose rows tell of a visit, or of a place or cadre alone.
const PLACED: &[SheetKind] = &[
    SheetKind::Activities,
    SheetKind::Meetings,
    SheetKind::Visits,
    SheetKind::Concerns,
    SheetKind::Places,
    SheetKind::Receptions,
    SheetKind::Duties,
];
const LOGGED: &[SheetKind] = &[
    SheetKind::Activities,
    SheetKind::Meetings,
    SheetKind::Visits,
    SheetKind::Concerns,
    SheetKind::People,
    SheetKind::Receptions,
    SheetKind::Inspections,
    SheetKind::Duties,
];
const SUMMED: &[SheetKind] = &[
    SheetKind::Activities,
    SheetKind::Meetings,
    SheetKind::Visits,
];
const HEARD: &[SheetKind] = &[SheetKind::Concerns];
/// Kinds whose rows are of a day or of several.
const DATED: &[SheetKind] = &[
    SheetKind::Activities,
    SheetKind::Meetings,
    SheetKind::Visits,
    SheetKind::Concerns,
    SheetKind::Receptions,
    SheetKind::Inspections,
    SheetKind::Duties,
];
const SPANNED: &[SheetKind] = &[
    SheetKind::Activities,
    SheetKind::Meetings,
    SheetKind::Visits,
    SheetKind::Concerns,
    SheetKind::Inspections,
];
const SOMEWHERE: &[SheetKind] = &[
    SheetKind::Activities,
    SheetKind::Meetings,
    SheetKind::Visits,
    SheetKind::Concerns,
    SheetKind::Receptions,
    SheetKind::Duties,
];
const WENT: &[SheetKind] = &[
    SheetKind::Activities,
    SheetKind::Meetings,
    SheetKind::Visits,
    SheetKind::Concerns,
    SheetKind::Duties,
];
const BODIES: &[SheetKind] = &[
    SheetKind::Activities,
    SheetKind::Meetings,
    SheetKind::Visits,
    SheetKind::Concerns,
    SheetKind::Inspections,
];
const NOTED: &[SheetKind] = &[
    SheetKind::Activities,
    SheetKind::Meetings,
    SheetKind::Visits,
    SheetKind::Receptions,
    SheetKind::Inspections,
    SheetKind::Duties,
];
const RAISED: &[SheetKind] = &[SheetKind::Concerns, SheetKind::Receptions];
const COUNTED: &[SheetKind] = &[
    SheetKind::Activities,
    SheetKind::Visits,
    SheetKind::Receptions,
];
const DONE: &[SheetKind] = &[SheetKind::Activities, SheetKind::Visits];
const MET: &[SheetKind] = &[SheetKind::Meetings];

impl ColumnField {
    /// Tells whether its cells hold citizens' names or words.
    pub fn names_citizens(self) -> bool {
        matches!(
            self,
            Self::Names
                | Self::RaisedBy
                | Self::Contact
                | Self::Said
                | Self::Wish
                | Self::Address
                | Self::IdNumber
        )
    }

    /// Gives the kinds of tables in which a column may hold it.
    pub fn kinds(self) -> &'static [SheetKind] {
        match self {
            Self::Ignored => SheetKind::ALL,
            Self::Date => DATED,
            Self::From | Self::To => SPANNED,
            Self::District | Self::Place => SOMEWHERE,
            Self::Team => WENT,
            Self::Body => BODIES,
            Self::LeadUnit
            | Self::OtherPlaces
            | Self::Lead
            | Self::Shared
            | Self::Programme
            | Self::ReviewingCell
            | Self::Code
            | Self::VisitCode
            | Self::State => TRIPS,
            Self::Note | Self::Remark => NOTED,
            Self::Cumulative => SUMMED,
            Self::Unit => LOGGED,
            Self::Province | Self::Commune | Self::Village | Self::VillageKind => PLACED,
            Self::Category
            | Self::Description
            | Self::Quantity
            | Self::QuantityUnit
            | Self::Households
            | Self::Beneficiary
            | Self::BeneficiaryDetail
            | Self::PersonDays
            | Self::Officers
            | Self::Value
            | Self::Funding
            | Self::FundingDetail
            | Self::Partners
            | Self::ConfirmedBy
            | Self::ConfirmedOn
            | Self::Names => DONE,
            Self::People | Self::Turns => COUNTED,
            Self::Kind => &[
                SheetKind::Meetings,
                SheetKind::Concerns,
                SheetKind::Receptions,
            ],
            Self::Topic | Self::Line | Self::RaisedBy | Self::Contact | Self::Said | Self::Wish => {
                RAISED
            }
            Self::Settlement | Self::AnswerBy | Self::Anonymous => HEARD,
            Self::Head
            | Self::PetitionKind
            | Self::Address
            | Self::IdNumber
            | Self::SettledBy
            | Self::HandlingAccept
            | Self::HandlingReturn
            | Self::HandlingPassOn
            | Self::Handling
            | Self::Outcome => &[SheetKind::Receptions],
            Self::Hours | Self::FilesReceived | Self::FilesSolved | Self::FilesOverdue => {
                &[SheetKind::Duties]
            }
            Self::Decision | Self::Laws | Self::Agencies | Self::Conclusion | Self::ConcludedOn => {
                &[SheetKind::Inspections]
            }
            Self::Capacity
            | Self::Attendance
            | Self::Opinions
            | Self::Topics
            | Self::Remarks
            | Self::Promises => MET,
            Self::Name | Self::Post => &[SheetKind::People],
        }
    }
}

words! {
    /// Why a row was put in quarantine.
    Unreadable {
        NotADate = "not_a_date",
        /// A day and a month, or a month alone.
        IncompleteDate = "incomplete_date",
        InFuture = "in_future",
        EndBeforeStart = "end_before_start",
        /// More than a year from first to last day.
        TooLong = "too_long",
        NotANumber = "not_a_number",
        Negative = "negative",
        /// More than the field can hold, or money with a part of a đồng.
        NumberOutOfRange = "number_out_of_range",
        /// A text longer than a record may hold.
        TextTooLong = "text_too_long",
        /// More cells than a row may have.
        TooManyCells = "too_many_cells",
        /// The spreadsheet itself says that the cell is an error, or a formula without its result.
        FormulaError = "formula_error",
        /// Neither "yes" nor "no".
        NotYesOrNo = "not_yes_or_no",
        /// A list that only an export writes, written otherwise.
        NotAList = "not_a_list",
        /// Nothing in the row says what was done, where or by whom.
        SaysNothing = "says_nothing",
        /// A denunciation: it goes into no table; the row is kept without its cells.
        Denunciation = "denunciation",
        /// A duty on a day that is no Saturday.
        NotASaturday = "not_a_saturday",
        /// What must be there is missing: the name of a place or cadre.
        Missing = "missing",
    }
}

/// A row that could not be read, with its cells as they were.
///
/// No `Debug`: a cell may hold a citizen's name.
#[derive(Clone, PartialEq, Eq)]
pub struct Quarantined {
    pub id: RowId,
    /// The name of the file, for the person who looks.
    pub file: String,
    pub kind: SheetKind,
    /// The number of the row in its table, as a spreadsheet counts.
    pub number: u32,
    /// What stands above each cell, and what the column was taken for.
    pub columns: Vec<(String, ColumnField)>,
    pub cells: Vec<String>,
    pub mark: DecimalMark,
    pub reason: Unreadable,
    /// Which cell is unreadable, where it is one.
    pub column: Option<usize>,
}

/// How the numbers of a table are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DecimalMark {
    /// 1.234,5
    #[default]
    Comma,
    /// 1,234.5
    Point,
}

/// A row in quarantine as a list names it, without its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub id: RowId,
    pub file: String,
    pub number: u32,
    pub column: Option<String>,
    pub reason: Unreadable,
}

impl From<&Quarantined> for Waiting {
    fn from(row: &Quarantined) -> Self {
        let column = row.column.and_then(|column| row.columns.get(column));
        Self {
            id: row.id,
            file: row.file.clone(),
            number: row.number,
            column: column.map(|(name, _)| name.clone()),
            reason: row.reason,
        }
    }
}
