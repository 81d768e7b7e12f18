//! Which papers come out of a logbook, in which formats, and what the register of receptions says.

use super::{
    Concern, ConcernState, Day, EntityId, Envelope, Particulars, ParticularsId, Site, Versioned,
};

/// A paper of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaperKind {
    /// The month's report in the administrative layout.
    Monthly,
    /// A police unit's report on its support activities.
    Police,
    /// A party cell's report, in the Party's layout.
    Cell,
    /// The draft of the minutes of a cell's meeting.
    Minutes,
    /// The register of receptions (form 03/TCD, Circular 04/2021/TT-TTCP).
    Register,
    /// A page to be signed for each visit that waits for review.
    ReviewSheet,
}

impl PaperKind {
    /// Every paper with its word of the command line.
    pub const ALL: [(&'static str, Self); 6] = [
        ("monthly", Self::Monthly),
        ("police", Self::Police),
        ("cell", Self::Cell),
        ("minutes", Self::Minutes),
        ("register", Self::Register),
        ("review-sheet", Self::ReviewSheet),
    ];

    /// Returns the word of the command line.
    pub fn as_str(self) -> &'static str {
        let found = Self::ALL.iter().find(|(_, kind)| *kind == self);
        found.map_or("", |(word, _)| word)
    }
}

/// A format of papers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaperFormat {
    Xlsx,
    Docx,
    Html,
}

impl PaperFormat {
    /// Every format with its word of the command line, which is also how file names end.
    pub const ALL: [(&'static str, Self); 3] = [
        ("xlsx", Self::Xlsx),
        ("docx", Self::Docx),
        ("html", Self::Html),
    ];

    /// Returns the word of the command line.
    pub fn as_str(self) -> &'static str {
        let found = Self::ALL.iter().find(|(_, format)| *format == self);
        found.map_or("", |(word, _)| word)
    }
}

/// How a paper looks; the two are never mixed in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaperLayout {
    /// Decree 30/2020/NĐ-CP.
    Administrative,
    /// Regulation 399-QĐ/TW and Guidance 05-HD/VPTW.
    Party,
}

/// Whether a register lists denunciations: on the competent authority's device only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denunciations {
    LeftOut,
    Listed,
}

/// A concern with what was said of it to the officers in charge.
///
/// No `Debug`: it may hold citizens' names.
pub struct Raised {
    pub concern: Concern,
    /// The day on which it was heard.
    pub heard: Option<Day>,
    /// Where it was heard.
    pub site: Option<Site>,
    /// `None` where nobody was named, or where this device does not hold who was.
    pub particulars: Option<Versioned<ParticularsId, Particulars>>,
    pub state: ConcernState,
    /// The last thing that was done: when and on which paper.
    pub last: Option<(Day, String)>,
}

impl Raised {
    /// Returns the record of citizens' names that it shows, where it shows one.
    pub fn names(&self) -> Option<EntityId> {
        self.particulars.as_ref()?.id.map(Into::into)
    }
}

/// A row of the register of receptions.
///
/// No `Debug`: it may hold citizens' names.
pub struct FormRow {
    /// The day of the reception.
    pub day: Option<Day>,
    pub matter: FormMatter,
}

/// What a row of the register is about.
pub enum FormMatter {
    Concern(Box<Raised>),
    Denunciation(Box<Envelope>),
}
