//! Places: villages within communes, and where a record happened.

use super::PlaceId;

/// The five-digit code of a commune, ward or special zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommuneCode(pub u32);

/// A village (thôn, bản, tổ dân phố…) or another named place; lists of villages are not published,
/// so each is remembered from the first time that it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The name without its kind ("Nà Khá").
    pub name: String,
    /// `thon`, `ban`, `to_dan_pho`… of the catalogue.
    pub kind: Option<super::Code>,
    pub commune: Option<CommuneCode>,
    /// The place that this one became part of.
    pub merged_into: Option<PlaceId>,
}

/// Where something happened.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Site {
    Village(PlaceId),
    Commune(CommuneCode),
    /// As a source wrote it, where it could not be matched.
    Text(String),
}
