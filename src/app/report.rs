//! What the screen of numbers and papers asks for, and what it is told.

use std::sync::Arc;

use super::Setup;
use crate::domain::tally::{Rates, TallyId, Value};
use crate::domain::{
    Code, Day, EntityId, PaperFormat, PaperKind, Period, ShortCode, SiteName, VisitId,
};
use crate::i18n::Language;

/// What the screen asks for.
pub enum ReportAsk {
    /// The numbers of a period and of the one before it.
    Numbers {
        number: u64,
        period: Period,
        today: Day,
        setup: Arc<Setup>,
    },
    /// The records behind a number.
    Behind {
        number: u64,
        period: Period,
        today: Day,
        id: TallyId,
        setup: Arc<Setup>,
    },
    /// A paper to be written; one with citizens' names is written down as shown first.
    Write(Box<WritePaper>),
    /// Freezes the numbers of a period.
    Close { period: Period, setup: Arc<Setup> },
}

/// A paper to be written.
pub struct WritePaper {
    pub kind: PaperKind,
    pub format: PaperFormat,
    pub period: Period,
    /// As it was typed; `~/` is the person's own folder.
    pub path: String,
    pub language: Language,
    pub setup: Arc<Setup>,
}

/// What the screen is told.
pub enum ReportTold {
    Numbers {
        number: u64,
        seen: Box<NumbersSeen>,
    },
    Behind {
        number: u64,
        behind: BehindSeen,
    },
    /// The paper was read back.
    Written {
        path: String,
    },
    /// The period is closed.
    Closed(Period),
}

/// The numbers of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumbersSeen {
    pub lines: Vec<NumberLine>,
    /// Activities by their kind, the most frequent first; an empty code is not known.
    pub kinds: Vec<(String, u64)>,
    /// Communes without data.
    pub silent: u64,
    pub rates: Option<Rates>,
    /// The day of the closing.
    pub closed: Option<Day>,
    /// The day on which it was reckoned, where the period is still open.
    pub open_on: Option<Day>,
}

/// A number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberLine {
    pub id: TallyId,
    /// As it stands, or stood when the period was closed.
    pub value: Value,
    pub before: Option<Value>,
    /// What it would be now, where that is not what it was when the period was closed.
    pub corrected: Option<Value>,
}

/// The records behind a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BehindSeen {
    pub rows: Vec<BehindRow>,
    /// How many there are, those that are not among the rows too.
    pub total: u64,
}

/// A record behind a number, or a commune.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BehindRow {
    /// `None` for a commune.
    pub record: Option<(EntityId, ShortCode)>,
    pub day: Option<Day>,
    pub site: SiteName,
    pub category: Option<Code>,
    /// The visit that it is part of.
    pub visit: Option<VisitId>,
}
