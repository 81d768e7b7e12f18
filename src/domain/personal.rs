//! What is held on one citizen, what was done about it on the citizen's own request, and what was erased
//! (Law 91/2025/QH15).

use super::{Day, EntityId, EntryHash, PersonId, ShortCode, Site};

/// What was done with a citizen's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataDeed {
    /// Looked for; with or without success.
    Found,
    Shown,
    Exported,
    Corrected,
    Erased,
}

impl DataDeed {
    /// Every deed with its word of files; its place is its number in the format, from 1.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Found, "found"),
        (Self::Shown, "shown"),
        (Self::Exported, "exported"),
        (Self::Corrected, "corrected"),
        (Self::Erased, "erased"),
    ];

    /// Returns the word of files.
    pub fn as_str(self) -> &'static str {
        let found = Self::ALL.iter().find(|(deed, _)| *deed == self);
        found.map_or("", |(_, word)| word)
    }
}

/// One line of the log of what was done with citizens' data; lies in `petition`.
///
/// It never holds the name that was looked for, not even as a hash, which could be guessed from a list of names:
/// otherwise the log of an erasure would keep what was erased. Who asked stands on the paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataRequest {
    pub on: Option<Day>,
    pub deed: Option<DataDeed>,
    /// The records of names that it was about.
    pub records: Vec<[u8; 16]>,
    /// The number of the citizen's request, or the legal basis.
    pub paper: String,
    /// The cadre who did it.
    pub person: Option<PersonId>,
    /// The day on which the request came.
    pub received: Option<Day>,
}

/// Entries whose bodies are erased for good on every device that learns of it; lies in `petition`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erasure {
    /// The record of names that they belong to.
    pub record: Option<EntityId>,
    pub entries: Vec<EntryHash>,
}

/// What may be erased, as far as it was looked for.
///
/// No `Debug`: it may hold citizens' names.
pub struct Offers {
    pub held: Vec<Held>,
    /// From where to go on; `None` once all was looked at.
    pub next: Option<EntityId>,
}

/// Who is looked for: exact name and village, nothing like them.
///
/// No `Debug`: it is a citizen's name.
#[derive(Clone, PartialEq, Eq)]
pub struct Sought {
    /// The full name, as it is compared.
    pub name: String,
    /// The name of the village, as it is compared.
    pub village: String,
    /// The places that bear that name.
    pub sites: Vec<Site>,
}

/// What one record holds on a citizen.
///
/// No `Debug`: it holds the citizen's name.
#[derive(Clone, PartialEq, Eq)]
pub struct Held {
    /// The record of names.
    pub record: EntityId,
    /// The concern or activity that it belongs to.
    pub of: EntityId,
    pub code: ShortCode,
    pub date: Option<Day>,
    /// What stands in each field, by the field's name in `show --json`.
    pub fields: Vec<(&'static str, String)>,
}
