//! The stored form of admissions: which device writes for whom, in which role, and what bundles for
//! it are sealed to.

use minicbor::bytes::ByteArray;

use super::parts::{Id, text};
use super::roster::{read_role, role_number};
use super::{recorded, wire};
use crate::domain::{MemberId, PersonId, Role};
use crate::journal::{DeviceKey, Malformed};

/// A device that the keeper lets write. What it is never changes; that it keeps the roster too, or
/// is revoked, may be added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Admission {
    pub member: Option<MemberId>,
    /// `None` for a role of a later release.
    pub role: Option<Role>,
    /// The party cell that a reviewer reviews for.
    pub cell: String,
    pub key: Option<DeviceKey>,
    /// What bundles for the device are sealed to, as `age` writes it.
    pub recipient: String,
    /// The cadre that the member is.
    pub person: Option<PersonId>,
    pub keeper: bool,
    pub revoked: bool,
    /// The member's name when admitted.
    pub name: String,
}

/// What a device says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Station {
    /// What bundles for it are sealed to from now on.
    pub recipient: String,
}

wire!(record AdmissionWire {
    1 member: Id,
    2 role: u16,
    3 cell: String,
    4 key: ByteArray<32>,
    5 recipient: String,
    6 person: Id,
    7 keeper: bool,
    8 revoked: bool,
    9 name: String,
});

wire!(record StationWire {
    1 recipient: String,
});

recorded!(Admission, AdmissionWire);
recorded!(Station as Device, StationWire);

impl From<&Admission> for AdmissionWire {
    fn from(admission: &Admission) -> Self {
        Self {
            member: admission.member.map(|id| id.0.into()),
            role: admission.role.map(role_number),
            cell: text(&admission.cell),
            key: admission.key.as_ref().map(|key| key.to_bytes().into()),
            recipient: text(&admission.recipient),
            person: admission.person.map(|id| id.0.into()),
            keeper: admission.keeper.then_some(true),
            revoked: admission.revoked.then_some(true),
            name: text(&admission.name),
        }
    }
}

impl TryFrom<AdmissionWire> for Admission {
    type Error = Malformed;

    fn try_from(wire: AdmissionWire) -> Result<Self, Malformed> {
        let key = |bytes: ByteArray<32>| DeviceKey::from_bytes(&bytes.into()).ok_or(Malformed);
        Ok(Self {
            member: wire.member.map(|id| MemberId(id.into())),
            role: wire.role.and_then(read_role),
            cell: wire.cell.unwrap_or_default(),
            key: wire.key.map(key).transpose()?,
            recipient: wire.recipient.unwrap_or_default(),
            person: wire.person.map(|id| PersonId(id.into())),
            keeper: wire.keeper.unwrap_or_default(),
            revoked: wire.revoked.unwrap_or_default(),
            name: wire.name.unwrap_or_default(),
        })
    }
}

impl From<&Station> for StationWire {
    fn from(station: &Station) -> Self {
        Self {
            recipient: text(&station.recipient),
        }
    }
}

impl TryFrom<StationWire> for Station {
    type Error = Malformed;

    fn try_from(wire: StationWire) -> Result<Self, Malformed> {
        Ok(Self {
            recipient: wire.recipient.unwrap_or_default(),
        })
    }
}
