//! Identifiers: UUIDv7 bytes in newtypes, one per kind of record.

/// Declares newtypes over the 16 bytes of a UUIDv7.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident => $kind:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

        impl From<$name> for EntityId {
            fn from(id: $name) -> Self {
                EntityId { kind: EntityKind::$kind, id: id.0 }
            }
        }
    )*};
}

ids! {
    /// A visit (chuyến).
    VisitId => Visit,
    /// A support activity.
    ActivityId => Activity,
    /// A meeting attended.
    MeetingId => Meeting,
    /// The open part of a concern.
    ConcernId => Concern,
    /// A village, or another named place within a commune.
    PlaceId => Place,
    /// A cadre.
    PersonId => Person,
    /// The part of a concern that names citizens.
    ParticularsId => Particulars,
    /// The names of those an activity helped.
    HelpedId => Helped,
    /// The paper envelope of a denunciation.
    EnvelopeId => Envelope,
    /// A step in the life of a concern.
    StepId => Step,
    /// A label put on or taken off.
    LabelId => Label,
    /// A promise made to villagers.
    PromiseId => Promise,
    /// What villagers were told about a promise.
    AnswerId => Answer,
    /// A concern or promise put into somebody's charge.
    ChargeId => Charge,
    /// A session of citizen reception.
    ReceptionId => Reception,
    /// Duty on a Saturday.
    DutyId => Duty,
    /// An inspection of heads' responsibility.
    InspectionId => Inspection,
    /// A duty to go and listen.
    AssignmentId => Assignment,
    /// A member of the logbook.
    MemberId => Member,
    /// The logbook itself.
    LogbookId => Logbook,
    /// What a reviewer said about a visit.
    ReviewId => Review,
}

/// What kind of record an entry is about; codes of later releases are kept in `Unknown`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    Visit,
    Activity,
    Meeting,
    Concern,
    Place,
    Person,
    Particulars,
    Helped,
    Envelope,
    Member,
    Logbook,
    /// What was decided about two visits that may be one.
    Pair,
    /// A device that the keeper lets write; its id is the device's.
    Admission,
    /// What is said about a device's chain in the stream of the entry; its id is the device's.
    Device,
    /// What was said about a revision of a visit.
    Review,
    Step,
    Label,
    Promise,
    Answer,
    Charge,
    Reception,
    Duty,
    Inspection,
    Assignment,
    /// What was done with a citizen's data.
    DataRequest,
    /// Which bodies of a record of names are erased.
    Erasure,
    /// The numbers of a period as they stood when it was closed.
    Closing,
    Unknown(u16),
}

impl EntityKind {
    /// Returns the number that stands for the kind in stored and signed bytes.
    pub fn number(self) -> u16 {
        match self {
            Self::Visit => 1,
            Self::Activity => 2,
            Self::Meeting => 3,
            Self::Concern => 4,
            Self::Place => 5,
            Self::Person => 6,
            Self::Particulars => 7,
            Self::Helped => 8,
            Self::Envelope => 9,
            Self::Member => 10,
            Self::Logbook => 11,
            Self::Pair => 12,
            Self::Admission => 24,
            Self::Device => 25,
            Self::Review => 26,
            Self::Step => 13,
            Self::Label => 14,
            Self::Promise => 15,
            Self::Answer => 16,
            Self::Charge => 17,
            Self::Reception => 18,
            Self::Duty => 19,
            Self::Inspection => 20,
            Self::Assignment => 21,
            Self::DataRequest => 22,
            Self::Erasure => 23,
            Self::Closing => 30,
            Self::Unknown(number) => number,
        }
    }

    /// Returns the word of the command line and of exports; `None` for kinds of later releases.
    pub fn word(self) -> Option<&'static str> {
        Some(match self {
            Self::Visit => "visit",
            Self::Activity => "activity",
            Self::Meeting => "meeting",
            Self::Concern => "concern",
            Self::Place => "place",
            Self::Person => "person",
            Self::Particulars => "particulars",
            Self::Helped => "helped",
            Self::Envelope => "envelope",
            Self::Member => "member",
            Self::Logbook => "logbook",
            Self::Pair => "pair",
            Self::Step => "step",
            Self::Label => "label",
            Self::Promise => "promise",
            Self::Answer => "answer",
            Self::Charge => "charge",
            Self::Reception => "reception",
            Self::Duty => "duty",
            Self::Inspection => "inspection",
            Self::Assignment => "assignment",
            Self::DataRequest => "data_request",
            Self::Erasure => "erasure",
            Self::Closing => "closing",
            Self::Admission => "admission",
            Self::Device => "device",
            Self::Review => "review",
            Self::Unknown(_) => return None,
        })
    }

    /// Returns the kind of a stored number; never fails, unknown numbers are kept.
    pub fn from_number(number: u16) -> Self {
        match number {
            1 => Self::Visit,
            2 => Self::Activity,
            3 => Self::Meeting,
            4 => Self::Concern,
            5 => Self::Place,
            6 => Self::Person,
            7 => Self::Particulars,
            8 => Self::Helped,
            9 => Self::Envelope,
            10 => Self::Member,
            11 => Self::Logbook,
            12 => Self::Pair,
            24 => Self::Admission,
            25 => Self::Device,
            26 => Self::Review,
            13 => Self::Step,
            14 => Self::Label,
            15 => Self::Promise,
            16 => Self::Answer,
            17 => Self::Charge,
            18 => Self::Reception,
            19 => Self::Duty,
            20 => Self::Inspection,
            21 => Self::Assignment,
            22 => Self::DataRequest,
            23 => Self::Erasure,
            30 => Self::Closing,
            other => Self::Unknown(other),
        }
    }
}

/// A record of any kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId {
    pub kind: EntityKind,
    pub id: [u8; 16],
}
