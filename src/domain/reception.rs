//! Citizen reception: a session and what of its rows stands beside the concern.

use super::{ConcernFile, Day, PersonId, Quantity, RowId, Site};

/// The kinds of reception (Law on Citizen Reception 2013, Arts 15 and 18).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReceptionKind {
    /// Thường xuyên.
    Regular,
    /// The head's own periodic day.
    Periodic,
    /// Đột xuất.
    Unscheduled,
}

impl ReceptionKind {
    /// Every kind with its word of files and of the command line.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::Regular, "regular"),
        (Self::Periodic, "periodic"),
        (Self::Unscheduled, "unscheduled"),
    ];

    /// Returns the word of files and of the command line.
    pub fn as_str(self) -> &'static str {
        let found = Self::ALL.iter().find(|(kind, _)| *kind == self);
        found.map_or("", |(_, word)| word)
    }
}

/// A reception session; its rows are concerns and envelopes. Never counts as a visit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reception {
    pub kind: Option<ReceptionKind>,
    pub on: Option<Day>,
    /// The head, or who received in regular reception.
    pub head: Option<PersonId>,
    pub site: Option<Site>,
    /// The body that receives.
    pub unit: String,
    /// Citizens received, as persons.
    pub people: Option<u32>,
    /// Receptions, as turns; one person may come several times.
    pub turns: Option<u32>,
    pub note: String,
    /// The row of a table that it was read from.
    pub row: Option<RowId>,
}

/// How a row of the register goes on (form 03/TCD, Circular 04/2021/TT-TTCP, columns 8 to 10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Handling {
    Accept,
    /// The papers are given back and the citizen is guided.
    ReturnAndGuide,
    /// Passed on to the competent body.
    PassOn,
}

impl Handling {
    /// Every way with its word of files.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::Accept, "accept"),
        (Self::ReturnAndGuide, "return_and_guide"),
        (Self::PassOn, "pass_on"),
    ];

    /// Returns the word of files.
    pub fn as_str(self) -> &'static str {
        let found = Self::ALL.iter().find(|(way, _)| *way == self);
        found.map_or("", |(_, word)| word)
    }
}

/// What the register of receptions says of a concern beside its kind and content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registered {
    /// Persons with the same matter (column 6); 5 or more are a large group.
    pub people: Option<u32>,
    /// The body that settled it before (column 7).
    pub settled_by: String,
    pub handling: Option<Handling>,
    /// The body that it was passed on to.
    pub passed_to: String,
    pub note: String,
}

/// Duty on a Saturday (trực ngày thứ Bảy).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Duty {
    pub on: Option<Day>,
    pub unit: String,
    pub site: Option<Site>,
    pub people: Vec<PersonId>,
    pub hours: Option<Quantity>,
    /// Files that were taken in.
    pub received: Option<u32>,
    pub solved: Option<u32>,
    pub overdue: Option<u32>,
    pub note: String,
    /// The row of a table that it was read from.
    pub row: Option<RowId>,
}

/// The laws whose keeping an inspection looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InspectedLaw {
    Complaints,
    Denunciations,
    CitizenReception,
}

impl InspectedLaw {
    /// Every law with its word of files.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::Complaints, "complaints"),
        (Self::Denunciations, "denunciations"),
        (Self::CitizenReception, "citizen_reception"),
    ];

    /// Returns the word of files.
    pub fn as_str(self) -> &'static str {
        let found = Self::ALL.iter().find(|(law, _)| *law == self);
        found.map_or("", |(_, word)| word)
    }
}

/// An inspection of heads' responsibility (kiểm tra trách nhiệm người đứng đầu).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inspection {
    /// The number of the decision.
    pub decision: String,
    pub from: Option<Day>,
    pub to: Option<Day>,
    pub laws: Vec<InspectedLaw>,
    /// The body that leads it.
    pub body: String,
    pub agencies: Vec<String>,
    /// The number of the conclusion.
    pub conclusion: String,
    pub concluded: Option<Day>,
    pub note: String,
    /// The row of a table that it was read from.
    pub row: Option<RowId>,
}

/// What rows of a table that tell of no visit become.
///
/// No `Debug`: it may hold citizens' names.
#[derive(Clone, PartialEq, Eq)]
pub enum Beside {
    /// A session with matters of its register.
    Reception(Box<Reception>, Vec<ConcernFile>),
    Duty(Box<Duty>),
    Inspection(Box<Inspection>),
}
