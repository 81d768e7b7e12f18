//! Lets devices in and shuts them out, as a keeper; begins a copy of a logbook on a new device.

use redb::StorageBackend;

use super::error::WriteError;
use super::meta::chains;
use super::open::{Founding, Genesis, Moment, Store, Work};
use super::outgoing::ChainEnd;
use super::roster;
use crate::domain::{EntityId, EntityKind, LogbookId};
use crate::journal::{Act, Admission, DeviceId, DeviceKey, Ids, Recorded, Signer};
use crate::keys::{Seat, reads};

impl Store {
    /// Makes the copy of a logbook on a device that is not admitted yet, in an empty backend. `root` is
    /// the device whose word begins the roster.
    pub fn join(
        backend: impl StorageBackend,
        genesis: Genesis,
        (logbook, root): (LogbookId, DeviceKey),
        signer: Signer,
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<Self, WriteError> {
        let root = Box::new(root);
        let founding = Founding::Joins { logbook, root };
        Self::begin(backend, genesis, founding, signer, moment, ids)
    }

    /// Writes down what this device itself is, where that has not been done yet: before anybody else
    /// comes in, who must know what to seal to.
    pub fn open_roster(
        &self,
        recipient: String,
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<(), WriteError> {
        let reader = self.reader();
        let own = self.device();
        let known = reader.roster()?.seat(own.device()).cloned();
        let seat = keeper(known)?;
        if !seat.recipient.is_empty() {
            return Ok(());
        }
        let (identity, profile) = (reader.identity()?, reader.profile()?);
        let admission = Admission {
            member: Some(identity.member),
            role: Some(profile.role),
            cell: String::new(),
            key: Some(own),
            recipient,
            person: Some(identity.me),
            keeper: true,
            revoked: false,
            name: profile.name,
        };
        self.admit(&admission, moment, ids)
    }

    /// Lets a device in.
    pub fn admit(
        &self,
        admission: &Admission,
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<(), WriteError> {
        let key = admission.key.as_ref().ok_or(WriteError::NotFound)?;
        let about = key.device();
        self.write(moment, ids, |work| {
            let own = roster::roster(work.draft)?;
            keeper(own.seat(work.device).cloned())?;
            if own
                .seat(about)
                .is_some_and(|seat| !seat.recipient.is_empty())
            {
                return Err(WriteError::Known);
            }
            work.say(about, admission)
        })
    }

    /// Names another device a keeper.
    pub fn name_keeper(
        &self,
        device: DeviceId,
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<(), WriteError> {
        self.write(moment, ids, |work| {
            work.other(device)?;
            let keeper = Admission {
                keeper: true,
                ..Admission::default()
            };
            work.say(device, &keeper)
        })
    }

    /// Shuts a device out: of each stream that this device holds its chain ends where it stands here,
    /// by number and hash, whatever it has written elsewhere.
    pub fn revoke(
        &self,
        device: DeviceId,
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<(), WriteError> {
        self.write(moment, ids, |work| {
            let role = work.role()?;
            if work.other(device)?.keeper {
                // The word of a keeper who is shut out would hang in the air.
                return Err(WriteError::NotHeld);
            }
            for end in chains(work.draft)?.values().map(ChainEnd::from) {
                if end.device == device && reads(role, end.stream) {
                    work.mark(end.stream, device, &Act::Cut(end.mark))?;
                }
            }
            let revoked = Admission {
                revoked: true,
                ..Admission::default()
            };
            work.say(device, &revoked)
        })
    }
}

fn keeper(seat: Option<Seat>) -> Result<Seat, WriteError> {
    match seat {
        Some(seat) if seat.keeper && !seat.revoked => Ok(seat),
        Some(_) | None => Err(WriteError::NotHeld),
    }
}

impl Work<'_, '_> {
    /// Returns another device that a keeper may change.
    fn other(&self, device: DeviceId) -> Result<Seat, WriteError> {
        let roster = roster::roster(self.draft)?;
        keeper(roster.seat(self.device).cloned())?;
        let seat = roster.seat(device).filter(|_| device != self.device);
        seat.cloned().ok_or(WriteError::NotFound)
    }

    fn say(&mut self, about: DeviceId, said: &Admission) -> Result<(), WriteError> {
        let entity = EntityId {
            kind: EntityKind::Admission,
            id: about.0,
        };
        let heads = match super::entity::known(self.draft, entity)? {
            Some(_) => super::entity::record(self.draft, entity)?.heads,
            None => Vec::new(),
        };
        let fields = said.to_fields()?;
        self.add(entity, &heads, &Act::Save(fields))?;
        Ok(())
    }
}
