//! The stored form of the roster's records: the logbook and its members.

use minicbor::bytes::ByteArray;

use super::parts::{list, read_list, text};
use super::{recorded, wire};
use crate::domain::{Profile, Role};
use crate::journal::{Certificate, DeviceKey, Malformed};

/// A member of the logbook as the roster knows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Member {
    pub name: String,
    pub post: String,
    pub unit: String,
    /// `None` for a role of a later release.
    pub role: Option<Role>,
    /// The keys of the devices that write for the member.
    pub devices: Vec<DeviceKey>,
    /// The devices that took the place of one of these, each vouched for by the one before it.
    pub certificates: Vec<Certificate>,
}

/// The logbook itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Logbook {
    pub name: String,
}

impl Member {
    /// Puts a profile and the keys of its devices together.
    pub fn new(profile: Profile, devices: Vec<DeviceKey>) -> Self {
        Self {
            name: profile.name,
            post: profile.post,
            unit: profile.unit,
            role: Some(profile.role),
            devices,
            certificates: Vec::new(),
        }
    }

    /// Returns the profile, `None` where this release does not know the role.
    pub fn profile(self) -> Option<Profile> {
        Some(Profile {
            role: self.role?,
            name: self.name,
            post: self.post,
            unit: self.unit,
        })
    }
}

wire!(record MemberWire {
    1 name: String,
    2 post: String,
    3 unit: String,
    4 role: u16,
    5 devices: Vec<ByteArray<32>>,
    6 certificates: Vec<CertificateWire>,
});

wire!(CertificateWire {
    1 key: ByteArray<32>,
    2 by: ByteArray<32>,
    3 signature: ByteArray<64>,
});

wire!(record LogbookWire {
    1 name: String,
});

recorded!(Member, MemberWire);
recorded!(Logbook, LogbookWire);

pub(super) fn role_number(role: Role) -> u16 {
    match role {
        Role::Officer => 1,
        Role::Police => 2,
        Role::Reviewer => 3,
        Role::Authority => 4,
        Role::Superior => 5,
    }
}

/// Reads a role; `None` for those of later releases.
pub(super) fn read_role(number: u16) -> Option<Role> {
    Role::ALL.into_iter().find(|r| role_number(*r) == number)
}

impl From<&Member> for MemberWire {
    fn from(member: &Member) -> Self {
        Self {
            name: text(&member.name),
            post: text(&member.post),
            unit: text(&member.unit),
            role: member.role.map(role_number),
            devices: list(&member.devices, |key| key.to_bytes().into()),
            certificates: list(&member.certificates, |one| CertificateWire {
                key: Some(one.key.to_bytes().into()),
                by: Some(one.by.to_bytes().into()),
                signature: Some(one.signature.into()),
            }),
        }
    }
}

impl TryFrom<MemberWire> for Member {
    type Error = Malformed;

    fn try_from(wire: MemberWire) -> Result<Self, Malformed> {
        Ok(Self {
            name: wire.name.unwrap_or_default(),
            post: wire.post.unwrap_or_default(),
            unit: wire.unit.unwrap_or_default(),
            role: wire.role.and_then(read_role),
            devices: read_list(wire.devices, |key| {
                DeviceKey::from_bytes(&key.into()).ok_or(Malformed)
            })?,
            certificates: read_list(wire.certificates, CertificateWire::read)?,
        })
    }
}

impl CertificateWire {
    fn read(self) -> Result<Certificate, Malformed> {
        let key = |bytes: Option<ByteArray<32>>| {
            DeviceKey::from_bytes(&bytes.ok_or(Malformed)?.into()).ok_or(Malformed)
        };
        Ok(Certificate {
            key: key(self.key)?,
            by: key(self.by)?,
            signature: self.signature.ok_or(Malformed)?.into(),
        })
    }
}

impl From<&Logbook> for LogbookWire {
    fn from(logbook: &Logbook) -> Self {
        Self {
            name: text(&logbook.name),
        }
    }
}

impl TryFrom<LogbookWire> for Logbook {
    type Error = Malformed;

    fn try_from(wire: LogbookWire) -> Result<Self, Malformed> {
        Ok(Self {
            name: wire.name.unwrap_or_default(),
        })
    }
}
