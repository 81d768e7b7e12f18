//! Rows of the lists: their keys and bytes. Never decides what goes into a row.

use chrono::Datelike;

use super::bytes::take;
use super::error::StoreError;
use super::tokens::Tokens;
use crate::domain::{
    ActivityBrief, Code, CommuneCode, Day, EntityId, EntityKind, FormerCommuneCode, Listing,
    Quantity, SiteName, VisitState,
};

/// A day as a number whose order is the order of days.
pub(super) fn day_number(day: Day) -> u32 {
    // Days of chrono's range stay far from both ends.
    (i64::from(day.num_days_from_ce()) + (1 << 31)) as u32
}

pub(super) fn number_day(number: u32) -> Option<Day> {
    let days = i64::from(number) - (1 << 31);
    Day::from_num_days_from_ce_opt(i32::try_from(days).ok()?)
}

/// Where a row stands in its list: newest day first, then newest record; without a date last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slot {
    pub(super) listing: Listing,
    /// The inverted day; `u32::MAX` without a date.
    pub(super) day: u32,
    /// The inverted id.
    id: [u8; 16],
}

/// The inverted number of rows without a date.
pub(super) const UNDATED: u32 = u32::MAX;

pub(super) fn inverted_day(day: Option<Day>) -> u32 {
    day.map_or(UNDATED, |day| !day_number(day))
}

/// The inverted month of an inverted day.
pub(super) fn month_of(day: u32) -> Result<u32, StoreError> {
    if day == UNDATED {
        return Ok(UNDATED);
    }
    let day = number_day(!day).ok_or(StoreError::Damaged("rows"))?;
    Ok(inverted_month(day))
}

pub(super) fn inverted_month(day: Day) -> u32 {
    !((i64::from(day.year()) * 12 + i64::from(day.month0()) + (1 << 31)) as u32)
}

pub(super) const LISTINGS: [Listing; 9] = [
    Listing::Visits,
    Listing::Activities,
    Listing::Meetings,
    Listing::Concerns,
    Listing::Promises,
    Listing::Receptions,
    Listing::Duties,
    Listing::Inspections,
    Listing::Assignments,
];

pub(super) fn listing_kind(listing: Listing) -> EntityKind {
    match listing {
        Listing::Visits => EntityKind::Visit,
        Listing::Activities => EntityKind::Activity,
        Listing::Meetings => EntityKind::Meeting,
        Listing::Concerns => EntityKind::Concern,
        Listing::Promises => EntityKind::Promise,
        Listing::Receptions => EntityKind::Reception,
        Listing::Duties => EntityKind::Duty,
        Listing::Inspections => EntityKind::Inspection,
        Listing::Assignments => EntityKind::Assignment,
    }
}

pub(super) fn listing_number(listing: Listing) -> u8 {
    match listing {
        Listing::Visits => 1,
        Listing::Activities => 2,
        Listing::Meetings => 3,
        Listing::Concerns => 4,
        Listing::Promises => 5,
        Listing::Receptions => 6,
        Listing::Duties => 7,
        Listing::Inspections => 8,
        Listing::Assignments => 9,
    }
}

/// The key of a day of a list: of its bucket, and the beginning of its rows' keys.
pub(super) fn day_key(listing: Listing, day: u32) -> [u8; 5] {
    let [a, b, c, d] = day.to_be_bytes();
    [listing_number(listing), a, b, c, d]
}

impl Slot {
    pub(super) fn new(listing: Listing, day: Option<Day>, entity: EntityId) -> Self {
        Self {
            listing,
            day: inverted_day(day),
            id: entity.id.map(|b| !b),
        }
    }

    pub(super) fn entity(&self) -> EntityId {
        EntityId {
            kind: listing_kind(self.listing),
            id: self.id.map(|b| !b),
        }
    }

    /// Returns the day, `None` without a date.
    pub(super) fn date(&self) -> Option<Day> {
        (self.day != UNDATED)
            .then(|| number_day(!self.day))
            .flatten()
    }

    pub(super) fn key(&self) -> [u8; 21] {
        let mut key = [0; 21];
        let (day, id) = key.split_at_mut(5);
        day.copy_from_slice(&day_key(self.listing, self.day));
        id.copy_from_slice(&self.id);
        key
    }

    pub(super) fn from_key(mut key: &[u8]) -> Result<Self, StoreError> {
        let [number] = *take(&mut key, "rows")?;
        let found = LISTINGS.into_iter().find(|l| listing_number(*l) == number);
        Ok(Self {
            listing: found.ok_or(StoreError::Damaged("rows"))?,
            day: u32::from_be_bytes(*take(&mut key, "rows")?),
            id: *take(&mut key, "rows")?,
        })
    }
}

/// A row as the records make it; the local number is given when it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) slot: Slot,
    pub(super) state: VisitState,
    pub(super) summary: Vec<u8>,
    /// How the numbers of its month count it.
    pub(super) counts: Counting,
    /// What of it is added up: person-days of an activity in thousandths, 1 for a concern settled
    /// on the spot.
    pub(super) measure: u64,
    pub(super) tokens: Tokens,
}

/// How the numbers of a month count a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counting {
    Once,
    /// Its state does not count.
    Not,
    /// A visit linked to its own counts for it.
    Repeat,
}

/// What every stored row begins with.
pub(super) struct Head {
    pub(super) state: VisitState,
    pub(super) ordinal: u32,
}

/// The place of a state in the counts of a bucket, and its stored number.
pub(super) fn state_index(state: VisitState) -> usize {
    match state {
        VisitState::Draft => 0,
        VisitState::Sent => 1,
        VisitState::Returned => 2,
        VisitState::Confirmed => 3,
        VisitState::Changed => 4,
        VisitState::Conflict => 5,
        VisitState::Withdrawn => 6,
        VisitState::OnPaper => 7,
    }
}

impl Row {
    pub(super) fn to_bytes(&self, ordinal: u32) -> Vec<u8> {
        let mut bytes = vec![state_index(self.state) as u8];
        bytes.extend_from_slice(&ordinal.to_be_bytes());
        bytes.extend_from_slice(&self.summary);
        bytes
    }
}

/// Splits a stored row into its head and its summary.
pub(super) fn split_row(mut content: &[u8]) -> Result<(Head, &[u8]), StoreError> {
    let [number] = *take(&mut content, "rows")?;
    let state = VisitState::ALL.get(usize::from(number));
    let head = Head {
        state: *state.ok_or(StoreError::Damaged("rows"))?,
        ordinal: u32::from_be_bytes(*take(&mut content, "rows")?),
    };
    Ok((head, content))
}

#[derive(Clone, Debug, Default, minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
pub(super) struct BriefBytes {
    #[n(0)]
    category: Option<String>,
    #[n(1)]
    amount: Option<u64>,
    #[n(2)]
    measure: Option<String>,
    #[n(3)]
    person_days: Option<u64>,
}

pub(super) fn code_text(code: &Option<Code>) -> Option<String> {
    code.as_ref().map(|c| c.as_str().to_owned())
}

pub(super) fn text_code(text: Option<String>) -> Option<Code> {
    text.and_then(|t| Code::new(&t).ok())
}

impl From<&ActivityBrief> for BriefBytes {
    fn from(brief: &ActivityBrief) -> Self {
        Self {
            category: code_text(&brief.category),
            amount: brief.amount.map(|q| q.0),
            measure: code_text(&brief.measure),
            person_days: brief.person_days.map(|q| q.0),
        }
    }
}

impl From<BriefBytes> for ActivityBrief {
    fn from(bytes: BriefBytes) -> Self {
        Self {
            category: text_code(bytes.category),
            amount: bytes.amount.map(Quantity),
            measure: text_code(bytes.measure),
            person_days: bytes.person_days.map(Quantity),
        }
    }
}

#[derive(Clone, Debug, Default, minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
pub(super) struct SiteBytes {
    #[n(0)]
    village: String,
    #[n(1)]
    commune: Option<u32>,
    #[n(2)]
    former: Option<u32>,
}

impl From<&SiteName> for SiteBytes {
    fn from(name: &SiteName) -> Self {
        Self {
            village: name.village.clone(),
            commune: name.commune.map(|c| c.0),
            former: name.former.map(|c| c.0),
        }
    }
}

impl From<SiteBytes> for SiteName {
    fn from(bytes: SiteBytes) -> Self {
        Self {
            village: bytes.village,
            commune: bytes.commune.map(CommuneCode),
            former: bytes.former.map(FormerCommuneCode),
        }
    }
}

/// The summary of a visit: what its line shows.
#[derive(Clone, Debug, Default, minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
pub(super) struct VisitBytes {
    #[n(0)]
    pub(super) from: Option<u32>,
    #[n(1)]
    pub(super) to: Option<u32>,
    #[n(2)]
    pub(super) site: SiteBytes,
    #[n(3)]
    pub(super) lead: String,
    #[n(4)]
    pub(super) team: u32,
    #[n(5)]
    pub(super) shared: Vec<String>,
    #[n(6)]
    pub(super) activity: Option<BriefBytes>,
    #[n(7)]
    pub(super) activities: u32,
    #[n(8)]
    pub(super) meetings: u32,
    #[n(9)]
    pub(super) open_concerns: u32,
    /// Whether it is linked to others; if so, whether an earlier one counts for it.
    #[n(10)]
    pub(super) repeat: Option<bool>,
}
