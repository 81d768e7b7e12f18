//! Who may write and read, by what keepers and devices said in the stream `roster`: a function of these
//! entries in any order. Never trusts a word of a device that nobody admitted.

use std::collections::BTreeMap;

use age::x25519;

use crate::domain::{EntityKind, MemberId, PersonId, Role};
use crate::journal::{
    Act, Admission, Certificate, DeviceId, DeviceKey, EntryView, Recorded, Station, Stream,
};

/// A device that may write, for whom, and as what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    pub key: DeviceKey,
    pub member: MemberId,
    /// `None` before the admission is known, or for a role of a later release.
    pub role: Option<Role>,
    pub cell: String,
    pub name: String,
    pub person: Option<PersonId>,
    /// What bundles for it are sealed to; empty before the admission.
    pub recipient: String,
    /// It may admit, revoke, and name keepers.
    pub keeper: bool,
    pub revoked: bool,
}

/// The devices of a logbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    seats: BTreeMap<DeviceId, Seat>,
}

/// What the roster is read from.
pub struct Sources<'s> {
    /// Devices that are trusted without anybody's word: the logbook's first, and this one.
    pub trusted: Vec<Seat>,
    /// Entries about admissions and devices.
    pub entries: &'s [EntryView],
    /// Certificates that hold in this logbook.
    pub certificates: &'s [Certificate],
}

impl Seat {
    /// Returns a device that needs nobody's word.
    pub fn trusted(key: DeviceKey, member: MemberId, role: Option<Role>, keeper: Keeper) -> Self {
        Self {
            key,
            member,
            role,
            cell: String::new(),
            name: String::new(),
            person: None,
            recipient: String::new(),
            keeper: keeper == Keeper::Yes,
            revoked: false,
        }
    }

    /// Returns whether bundles of a stream are sealed to the device.
    pub fn reads(&self, stream: Stream) -> bool {
        !self.revoked && self.role.is_some_and(|role| reads(role, stream))
    }
}

/// Whether a device keeps the roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeper {
    Yes,
    No,
}

/// Returns whether devices of a role receive a stream. An officer writes `sealed` and never receives it.
pub fn reads(role: Role, stream: Stream) -> bool {
    match (stream, role) {
        (Stream::Roster | Stream::Open, _) => true,
        (Stream::Petition, Role::Officer | Role::Police) => true,
        (Stream::Sealed, Role::Authority) => true,
        (Stream::Petition, Role::Reviewer | Role::Authority | Role::Superior)
        | (Stream::Sealed, Role::Officer | Role::Police | Role::Reviewer | Role::Superior)
        | (Stream::Unknown(_), _) => false,
    }
}

/// Returns whether devices of a role may write in a stream.
pub fn writes(role: Role, stream: Stream) -> bool {
    match stream {
        Stream::Roster | Stream::Open => true,
        Stream::Petition => role.keeps_names(),
        Stream::Sealed => role.keeps_denunciations(),
        Stream::Unknown(_) => false,
    }
}

impl Roster {
    /// Reads the roster. Of a device's admission its first entry says for ever what the device is; that
    /// it keeps the roster or is revoked is true once any keeper has said so.
    pub fn read(sources: &Sources<'_>) -> Self {
        let mut roster = Self::default();
        for seat in &sources.trusted {
            roster.seats.insert(seat.key.device(), seat.clone());
        }
        let mut entries: Vec<&EntryView> = sources.entries.iter().collect();
        entries.sort_by_key(|entry| entry.header.order());
        // Each round may name keepers whose own words count in the next one.
        loop {
            let before = roster.clone();
            for entry in &entries {
                roster.hear(entry);
            }
            for certificate in sources.certificates {
                roster.succeed(certificate);
            }
            if roster == before {
                return roster;
            }
        }
    }

    fn hear(&mut self, entry: &EntryView) {
        let Some(Act::Save(fields)) = &entry.act else {
            return;
        };
        let author = entry.header.device;
        let about = DeviceId(entry.header.entity.id);
        match entry.header.entity.kind {
            EntityKind::Admission if self.is_keeper(author) => {
                if let Ok(admission) = Admission::from_fields(fields) {
                    self.admit(about, admission);
                }
            }
            EntityKind::Device if author == about && entry.header.stream == Stream::Roster => {
                if let (Some(seat), Ok(station)) =
                    (self.seats.get_mut(&about), Station::from_fields(fields))
                    && !station.recipient.is_empty()
                {
                    seat.recipient = station.recipient;
                }
            }
            EntityKind::Admission
            | EntityKind::Device
            | EntityKind::Visit
            | EntityKind::Activity
            | EntityKind::Meeting
            | EntityKind::Concern
            | EntityKind::Place
            | EntityKind::Step
            | EntityKind::Label
            | EntityKind::Promise
            | EntityKind::Answer
            | EntityKind::Charge
            | EntityKind::Reception
            | EntityKind::Duty
            | EntityKind::Inspection
            | EntityKind::Assignment
            | EntityKind::DataRequest
            | EntityKind::Erasure
            | EntityKind::Closing
            | EntityKind::Person
            | EntityKind::Particulars
            | EntityKind::Helped
            | EntityKind::Envelope
            | EntityKind::Member
            | EntityKind::Logbook
            | EntityKind::Pair
            | EntityKind::Review
            | EntityKind::Unknown(_) => {}
        }
    }

    fn admit(&mut self, about: DeviceId, said: Admission) {
        if let Some(seat) = self.seats.get_mut(&about) {
            seat.keeper |= said.keeper;
            seat.revoked |= said.revoked;
            if seat.recipient.is_empty() && !said.recipient.is_empty() {
                seat.recipient = said.recipient;
                seat.role = said.role.or(seat.role);
                seat.cell = said.cell;
                seat.name = said.name;
                seat.person = said.person;
                seat.member = said.member.unwrap_or(seat.member);
            }
            return;
        }
        let (Some(key), Some(member)) = (said.key, said.member) else {
            return;
        };
        if key.device() != about {
            return;
        }
        let seat = Seat {
            key,
            member,
            role: said.role,
            cell: said.cell,
            name: said.name,
            person: said.person,
            recipient: said.recipient,
            keeper: said.keeper,
            revoked: said.revoked,
        };
        self.seats.insert(about, seat);
    }

    /// A device that took another's place is what that one was.
    fn succeed(&mut self, certificate: &Certificate) {
        let Some(before) = self.seats.get(&certificate.by.device()).cloned() else {
            return;
        };
        let new = certificate.key.device();
        match self.seats.get_mut(&new) {
            Some(seat) => {
                seat.keeper |= before.keeper;
                seat.revoked |= before.revoked;
                if seat.recipient.is_empty() {
                    seat.recipient = before.recipient;
                    seat.role = before.role;
                    seat.cell = before.cell;
                    seat.name = before.name;
                    seat.person = before.person;
                }
            }
            None => {
                let key = certificate.key.clone();
                self.seats.insert(new, Seat { key, ..before });
            }
        }
    }

    /// Returns a device; `None` where nobody admitted it.
    pub fn seat(&self, device: DeviceId) -> Option<&Seat> {
        self.seats.get(&device)
    }

    /// Returns whether the device may admit and revoke.
    pub fn is_keeper(&self, device: DeviceId) -> bool {
        self.seat(device).is_some_and(|seat| seat.keeper)
    }

    /// Returns all devices in the order of their ids.
    pub fn seats(&self) -> impl Iterator<Item = (DeviceId, &Seat)> {
        self.seats.iter().map(|(device, seat)| (*device, seat))
    }

    /// Returns the keys of the authority that is competent for denunciations, the device's own among them.
    pub fn authority(&self) -> Vec<Reader> {
        let seats = self.seats.values();
        let seats = seats.filter(|seat| !seat.revoked && seat.role == Some(Role::Authority));
        let readable = seats.filter_map(|seat| seat.recipient.parse().ok());
        readable.map(Reader).collect()
    }

    /// Returns the other devices that bundles of a stream are sealed to.
    pub fn readers(&self, stream: Stream, but: DeviceId) -> Vec<(DeviceId, Reader)> {
        let own = self.seat(but).map(|seat| seat.recipient.as_str());
        let others = self.seats.iter().filter(|(device, seat)| {
            // Keys of one folder share what opens bundles: the folder is one reader.
            **device != but && seat.reads(stream) && Some(seat.recipient.as_str()) != own
        });
        let readable = others.filter_map(|(device, seat)| {
            let recipient = seat.recipient.parse().ok()?;
            Some((*device, Reader(recipient)))
        });
        readable.collect()
    }
}

/// What a bundle is sealed to.
#[derive(Clone, PartialEq, Eq)]
pub struct Reader(pub(super) x25519::Recipient);

impl Reader {
    /// Reads what `age` writes (`age1…`).
    pub fn parse(text: &str) -> Option<Self> {
        text.trim().parse().ok().map(Self)
    }

    /// Returns it as `age` writes it.
    pub fn as_text(&self) -> String {
        self.0.to_string()
    }
}

#[cfg(test)]
mod tests;
