//! Records as numbered fields: the only place where a domain type and its stored form meet.
//! Numbers are for ever; names may change. Never checks whether a record makes sense.

mod activity;
mod admission;
mod closing;
mod concern;
mod life;
mod meeting;
mod pair;
mod parts;
mod people;
mod personal;
mod place;
mod reception;
mod review;
mod roster;
mod visit;

use super::cbor::Malformed;
use super::fields::FieldMap;
use crate::domain::EntityKind;

pub use admission::{Admission, Station};
pub use roster::{Logbook, Member};

/// Declares a stored form, everything in it optional; of a record, the names of its fields too.
macro_rules! wire {
    (record $wire:ident { $($number:tt $field:ident: $type:ty),* $(,)? }) => {
        wire!($wire { $($number $field: $type),* });

        impl $wire {
            pub(super) const NAMES: &'static [(u32, &'static str)] =
                &[$(($number, stringify!($field))),*];
        }
    };
    ($wire:ident { $($number:tt $field:ident: $type:ty),* $(,)? }) => {
        #[derive(Default, minicbor::Encode, minicbor::Decode)]
        #[cbor(map)]
        pub(super) struct $wire {
            $(#[n($number)] pub(super) $field: Option<$type>,)*
        }
    };
}
use wire;

/// Ties a domain type to its stored form and its kind.
macro_rules! recorded {
    ($type:ident, $wire:ident) => {
        recorded!($type as $type, $wire);
    };
    ($type:ident as $kind:ident, $wire:ident) => {
        impl $crate::journal::wire::Recorded for $type {
            const KIND: $crate::domain::EntityKind = $crate::domain::EntityKind::$kind;

            fn to_fields(&self) -> Result<$crate::journal::FieldMap, $crate::journal::Malformed> {
                let bytes = minicbor::to_vec($wire::from(self)).expect("a Vec takes every write");
                $crate::journal::FieldMap::from_bytes(&bytes)
            }

            fn from_fields(
                fields: &$crate::journal::FieldMap,
            ) -> Result<Self, $crate::journal::Malformed> {
                let wire: $wire = minicbor::decode(&fields.to_bytes())?;
                Self::try_from(wire)
            }
        }
    };
}
use recorded;

/// A domain type that the journal keeps as a record.
pub trait Recorded: Sized {
    /// The kind of its records.
    const KIND: EntityKind;

    /// Returns its fields; an error where a text is longer than [`super::MAX_TEXT`].
    fn to_fields(&self) -> Result<FieldMap, Malformed>;

    /// Reads it from fields; those of later releases are passed over, unknown codes are left out.
    fn from_fields(fields: &FieldMap) -> Result<Self, Malformed>;
}

/// Returns the English name of a field, `None` for those of later releases.
pub fn field_name(kind: EntityKind, number: u32) -> Option<&'static str> {
    let names = match kind {
        EntityKind::Visit => visit::VisitWire::NAMES,
        EntityKind::Activity => activity::ActivityWire::NAMES,
        EntityKind::Meeting => meeting::MeetingWire::NAMES,
        EntityKind::Concern => concern::ConcernWire::NAMES,
        EntityKind::Place => place::PlaceWire::NAMES,
        EntityKind::Person => people::PersonWire::NAMES,
        EntityKind::Particulars => concern::ParticularsWire::NAMES,
        EntityKind::Helped => activity::HelpedWire::NAMES,
        EntityKind::Envelope => concern::EnvelopeWire::NAMES,
        EntityKind::Member => roster::MemberWire::NAMES,
        EntityKind::Logbook => roster::LogbookWire::NAMES,
        EntityKind::Pair => pair::PairWire::NAMES,
        EntityKind::Admission => admission::AdmissionWire::NAMES,
        EntityKind::Device => admission::StationWire::NAMES,
        EntityKind::Review => review::ReviewWire::NAMES,
        EntityKind::Step => life::StepWire::NAMES,
        EntityKind::Label => life::LabelWire::NAMES,
        EntityKind::Promise => life::PromiseWire::NAMES,
        EntityKind::Answer => life::AnswerWire::NAMES,
        EntityKind::Charge => life::ChargeWire::NAMES,
        EntityKind::Reception => reception::ReceptionWire::NAMES,
        EntityKind::Duty => reception::DutyWire::NAMES,
        EntityKind::Inspection => reception::InspectionWire::NAMES,
        EntityKind::Assignment => reception::AssignmentWire::NAMES,
        EntityKind::DataRequest => personal::DataRequestWire::NAMES,
        EntityKind::Erasure => personal::ErasureWire::NAMES,
        EntityKind::Closing => closing::ClosingWire::NAMES,
        EntityKind::Unknown(_) => &[],
    };
    let found = names.iter().find(|(n, _)| *n == number);
    found.map(|(_, name)| *name)
}

#[cfg(test)]
mod tests;
