//! The columns of tables that leave and enter the logbook: one list for both ways, so that what was
//! exported can be imported. Headers for people are in `config/columns.toml`.

/// What a cell of a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holds {
    Text,
    /// Texts, joined as [`super::cell::join`] does.
    Texts,
    /// A code of the catalogue, or one of a closed list.
    Code,
    /// A whole number.
    Count,
    /// A number with up to three decimals.
    Quantity,
    /// Whole đồng.
    Vnd,
    Day,
    /// A day with its time of day in Vietnam.
    Moment,
    /// Yes or no; no is an empty cell.
    Flag,
    /// Value by source, as [`super::cell::funding`] writes it.
    Funding,
    /// Those helped by kind, as [`super::cell::beneficiaries`] writes it.
    Beneficiaries,
    /// Promises with their days, as [`super::cell::promises`] writes them.
    Promises,
}

/// Declares the columns, each with its key and what it holds.
macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident = $key:literal: $holds:ident,)+) => {
        /// A column. Keys are those of JSON and never change their meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Column {
            $($(#[$doc])* $name,)+
        }

        impl Column {
            /// Every column.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// Returns the key.
            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)+
                }
            }

            /// Returns what its cells hold.
            pub fn holds(self) -> Holds {
                match self {
                    $(Self::$name => Holds::$holds,)+
                }
            }
        }
    };
}

columns! {
    /// The short code of the record.
    Code = "code": Text,
    /// The short code of the visit that it belongs to.
    Visit = "visit": Text,
    State = "state": Code,
    /// `typed` or `import`.
    Origin = "origin": Code,
    From = "from": Day,
    To = "to": Day,
    /// The unit that logged the visit.
    Unit = "unit": Text,
    /// The village's name without its kind, or the place as a source wrote it.
    Village = "village": Text,
    VillageKind = "village_kind": Text,
    /// The commune by its name on the day of the record, with its kind.
    Commune = "commune": Text,
    District = "district": Text,
    /// The province by its name on the day of the record, with its kind.
    Province = "province": Text,
    /// The commune of today, five digits.
    CommuneCode = "commune_code": Text,
    CommuneToday = "commune_today": Text,
    ProvinceToday = "province_today": Text,
    Lead = "lead": Text,
    /// Those who went, the lead among them.
    Team = "team": Texts,
    Shared = "shared": Texts,
    Programme = "programme": Text,
    ReviewingCell = "reviewing_cell": Text,
    /// How many of its parts the visit has.
    Activities = "activities": Count,
    Meetings = "meetings": Count,
    Concerns = "concerns": Count,
    Category = "category": Text,
    CategoryCode = "category_code": Code,
    Description = "description": Text,
    Quantity = "quantity": Quantity,
    QuantityUnit = "quantity_unit": Text,
    QuantityUnitCode = "quantity_unit_code": Code,
    PersonDays = "person_days": Quantity,
    Officers = "officers": Count,
    Beneficiary = "beneficiary": Texts,
    /// Sums over all kinds of those helped.
    Households = "households": Count,
    People = "people": Count,
    Turns = "turns": Count,
    BeneficiaryDetail = "beneficiary_detail": Beneficiaries,
    /// The sum over all sources.
    Value = "value_vnd": Vnd,
    Funding = "funding": Texts,
    FundingDetail = "funding_detail": Funding,
    LeadUnit = "lead_unit": Text,
    Partners = "partners": Texts,
    /// Other places of the activity: "village, commune, province" each.
    OtherPlaces = "other_places": Texts,
    ConfirmedBy = "confirmed_by": Text,
    ConfirmedOn = "confirmed_on": Day,
    Kind = "kind": Text,
    KindCode = "kind_code": Code,
    Capacity = "capacity": Text,
    CapacityCode = "capacity_code": Code,
    /// The body that met.
    Body = "body": Text,
    Attendees = "attendees": Count,
    Opinions = "opinions_raised": Count,
    Remarks = "remarks": Text,
    Issues = "topics": Text,
    Promises = "promises": Promises,
    Topic = "topic": Text,
    TopicCode = "topic_code": Code,
    Line = "line": Text,
    /// `pending` or `on_the_spot`.
    Settlement = "settlement": Code,
    AnswerBy = "answer_by": Day,
    Note = "note": Text,
    /// A total of other records, never summed.
    Cumulative = "cumulative": Flag,
    /// Citizens' names and words follow; they are written only when asked for.
    Helped = "names": Texts,
    RaisedBy = "raised_by": Text,
    Contact = "contact": Text,
    Anonymous = "anonymous": Flag,
    Said = "said": Text,
    Wish = "wish": Text,
    /// What an entry of the journal says in its header follows.
    Device = "device": Text,
    Seq = "seq": Count,
    Hash = "hash": Text,
    Previous = "previous": Text,
    /// Logical time.
    Time = "time": Count,
    When = "when": Moment,
    Who = "who": Text,
    Act = "act": Code,
    Record = "record": Code,
    /// How many heads of the record it replaces.
    Replaces = "replaces": Count,
    BodyHash = "body_hash": Text,
    Signed = "signed": Flag,
}

impl Column {
    /// Finds a column by its key.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|column| column.key() == key)
    }

    /// Tells whether it says what the header of an entry says, which never comes back in.
    pub fn is_of_entries(self) -> bool {
        self >= Self::Device
    }

    /// Tells whether its cells hold citizens' names or words.
    pub fn names_citizens(self) -> bool {
        matches!(
            self,
            Self::Helped
                | Self::RaisedBy
                | Self::Contact
                | Self::Anonymous
                | Self::Said
                | Self::Wish
        )
    }
}
