//! Support activities: what was done for the people.

use super::{ActivityId, Code, Day, Quantity, RowId, Site, Summing, VisitId, Vnd};

/// A support activity. Counts once, however many days, places or partners it has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    pub visit: Option<VisitId>,
    pub category: Option<Code>,
    pub amount: Option<Quantity>,
    /// The measure unit of `amount`.
    pub measure: Option<Code>,
    /// Ngày công, in thousandths of a person-day.
    pub person_days: Option<Quantity>,
    /// Cadres who took part, where they are not the visit's team.
    pub officers: Option<u32>,
    pub beneficiaries: Vec<Beneficiaries>,
    pub funding: Vec<Funding>,
    pub lead_unit: String,
    pub partners: Vec<String>,
    /// Other places than the visit's; an activity may cover several.
    pub sites: Vec<Site>,
    pub confirmation: Option<VillageConfirmation>,
    pub description: String,
    /// What else a reader must know.
    pub note: String,
    pub summing: Summing,
    /// The row of a table that it was read from.
    pub row: Option<RowId>,
}

/// Those helped, of one kind. Persons and turns are different numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beneficiaries {
    pub kind: Option<Code>,
    pub households: Option<u32>,
    /// Persons (người).
    pub people: Option<u32>,
    /// Turns (lượt người).
    pub turns: Option<u32>,
}

/// Value given, of one source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Funding {
    pub source: Option<Code>,
    pub value: Option<Vnd>,
}

/// The village head's word that the work was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VillageConfirmation {
    /// The village head (a cadre, not a beneficiary).
    pub by: String,
    pub on: Option<Day>,
}

/// The names of those helped; lies in `petition` only.
#[derive(Clone, PartialEq, Eq)]
pub struct HelpedNames {
    pub activity: Option<ActivityId>,
    /// One name a line.
    pub names: String,
}

impl Activity {
    /// Returns the đồng of all sources together, `None` where none is known.
    pub fn value(&self) -> Option<Vnd> {
        let known = self.funding.iter().filter_map(|f| f.value);
        known.reduce(|sum, v| Vnd(sum.0.saturating_add(v.0)))
    }
}
