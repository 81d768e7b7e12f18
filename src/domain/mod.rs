//! What a visit, an activity, a meeting, a concern, a place and a person *are*.
//!
//! Owns the types, their checks and the workflow table. Never does io, reads a clock,
//! draws randomness or knows how a record is stored or shown.

mod activity;
mod assignment;
mod case;
pub mod cell;
mod change;
mod charge;
mod check;
mod closing;
mod code;
mod column;
mod concern;
mod coverage;
mod dossier;
mod duplicates;
mod export;
mod id;
mod import;
mod label;
mod life;
mod meeting;
mod names;
mod owed;
mod pair;
mod paper;
mod period;
mod person;
mod personal;
mod place;
mod promise;
mod quantity;
mod query;
mod reception;
mod review;
pub mod tally;
mod tending;
mod visit;
mod workflow;

pub use activity::{Activity, Beneficiaries, Funding, HelpedNames, VillageConfirmation};
pub use assignment::{Assignment, DutySpan, Every, Kept, Pace, Stretch, spans};
pub use case::{Matter, OpenCase, OpenConcern};
pub use change::{Changed, Claim, Contested, Part};
pub use charge::{Charge, in_charge};
pub use check::{Field, Finding, Item, Problem, Severity, check};
pub use closing::{Closing, ClosingId};
pub use code::{Code, CodeError, ShortCode};
pub use column::{Column, Holds};
pub use concern::{
    Citizen, Concern, ConcernKind, Envelope, Particulars, RaisedBy, SealedBox, Settlement,
};
pub use coverage::{Coverage, Months, ReceptionDay, Standing};
pub use dossier::{
    ActivityFile, ConcernFile, Conflict, Dossier, EntryHash, MeetingFile, Versioned,
};
pub use duplicates::{About, DAYS_APART, Gist, LONGEST, Likeness, Nearness, Sketch, Spot};
pub use export::{
    Citizens, Days, EntryAct, ExportEntry, ExportPart, ExportRow, FileFormat, Format, SiteCell,
    Table,
};
pub use id::{
    ActivityId, AnswerId, AssignmentId, ChargeId, ConcernId, DutyId, EntityId, EntityKind,
    EnvelopeId, HelpedId, InspectionId, LabelId, LogbookId, MeetingId, MemberId, ParticularsId,
    PersonId, PlaceId, PromiseId, ReceptionId, ReviewId, StepId, VisitId,
};
pub use import::{
    ColumnField, DecimalMark, Heading, Quarantined, RowId, SheetKind, Summing, Unreadable, Waiting,
};
pub use label::{Label, LabelChange, LabelKind, standing};
pub use life::{
    Act, Attendance, Brought, Carries, ConcernLife, ConcernState, ConcernStep, Manner, Need,
    PartWithdrawal, StepField, StepRefused, StepTaken, Taken, next_state, step_carries,
};
pub use meeting::Meeting;
pub use names::Names;
pub use owed::{EnvelopeRow, OwedDetail, OwedMatter};
pub use pair::{Decision, Linked, Pair, PairId, Verdict, counts, repeats};
pub use paper::{Denunciations, FormMatter, FormRow, PaperFormat, PaperKind, PaperLayout, Raised};
pub use period::{Basis, Period, PeriodName, Span};
pub use person::{Deed, Person, Profile, Role};
pub use personal::{DataDeed, DataRequest, Erasure, Held, Offers, Sought};
pub use place::{CommuneCode, FormerCommuneCode, Place, PlaceChange, Site, Unit, UnitBasis};
pub use promise::{Answer, Promise};
pub use quantity::{Quantity, Vnd};
pub use query::{
    ActivityBrief, Copies, CopyCounts, Counted, Duplicate, DuplicatePage, Filters, HistoryEvent,
    HistoryLine, LabelMatch, ListQuery, Listing, MonthNumbers, Page, RecordRow, RowTitle, Seen,
    Side, SiteName, Sort, Today, TodayItem, VisitRow,
};
pub use reception::{
    Beside, Duty, Handling, InspectedLaw, Inspection, Reception, ReceptionKind, Registered,
};
pub use review::{Book, Queued, Review, Said, Say, Since, ThreadLine, reviewed};
pub use tending::{
    RegisterRow, TendField, TendRefused, Tending, check_assignment, check_duty, check_inspection,
    check_label, check_reception, check_row,
};
pub use visit::{Origin, Visit};
pub use workflow::{NotAllowed, Step, Then, VisitState, advance};

/// A calendar day in Vietnam (UTC+7).
pub type Day = chrono::NaiveDate;

/// A moment as the writing device's clock claimed it, in milliseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp(pub i64);

impl Stamp {
    /// Returns the day in Vietnam (UTC+7), saturating at chrono's range.
    pub fn day(self) -> Day {
        self.local().date()
    }

    /// Returns date and time of day in Vietnam (UTC+7), saturating at chrono's range.
    pub fn local(self) -> chrono::NaiveDateTime {
        const HANOI: i64 = 7 * 3_600_000;
        chrono::DateTime::from_timestamp_millis(self.0.saturating_add(HANOI))
            .unwrap_or(if self.0 < 0 {
                chrono::DateTime::<chrono::Utc>::MIN_UTC
            } else {
                chrono::DateTime::<chrono::Utc>::MAX_UTC
            })
            .naive_utc()
    }
}
