//! A visit with its parts as they are folded on reading. Never stores what it read.

use super::entity::{Folded, Known, must_know};
use super::error::StoreError;
use super::fresh::Records;
use super::tables::Read;
use crate::domain::{
    Activity, ActivityFile, Concern, ConcernFile, Dossier, EntityId, EntityKind, EntryHash,
    Meeting, MemberId, PersonId, Review, Said, Versioned, Visit, VisitId, VisitState, reviewed,
};
use crate::journal::{DeviceId, Record, Recorded, revision};

/// A record that stands: saved and not taken back.
pub(super) struct Loaded<T> {
    pub(super) entity: EntityId,
    pub(super) record: Record,
    pub(super) value: T,
    /// When its first entry was written, in the order that all devices agree on.
    pub(super) born: (u64, DeviceId, u64),
    /// Who wrote it.
    pub(super) author: Option<MemberId>,
}

impl<T> Loaded<T> {
    pub(super) fn versioned<I>(self, id: impl Fn([u8; 16]) -> I) -> Versioned<I, T> {
        Versioned {
            id: Some(id(self.entity.id)),
            conflicts: self.record.conflicts(),
            heads: self.record.heads,
            value: self.value,
            withdrawn: self.record.withdrawn,
        }
    }
}

/// Reads a record that something in the file points to; `None` where all of it was taken back.
pub(super) fn load<T: Recorded>(
    records: &impl Records,
    entity: EntityId,
) -> Result<Option<Loaded<T>>, StoreError> {
    let Folded {
        record,
        born,
        author,
    } = records.folded(entity)?;
    let (Some(born), false) = (born, record.is_void()) else {
        return Ok(None);
    };
    let value = record.read().map_err(|_| StoreError::Damaged("a record"))?;
    Ok(Some(Loaded {
        entity,
        record,
        value,
        born,
        author,
    }))
}

/// Reads the parts of one kind that stand and were not withdrawn, oldest first.
fn parts_of<T: Recorded>(
    records: &impl Records,
    whole: &Known,
) -> Result<Vec<Loaded<T>>, StoreError> {
    let mut found = Vec::new();
    for part in whole.parts() {
        if part.kind == T::KIND
            && let Some(loaded) = load::<T>(records, part)?
            && loaded.record.withdrawn.is_none()
        {
            found.push(loaded);
        }
    }
    found.sort_by_key(|l| (l.born, l.entity));
    Ok(found)
}

/// Reads the parts of one kind of a record, as [`parts_of`] does.
pub(super) fn parts<T: Recorded>(
    records: &impl Records,
    whole: EntityId,
) -> Result<Vec<Loaded<T>>, StoreError> {
    parts_of(records, &records.known(whole)?)
}

/// What of a visit lies in the `open` stream.
pub(super) struct Family {
    pub(super) visit: Loaded<Visit>,
    pub(super) state: VisitState,
    pub(super) activities: Vec<Loaded<Activity>>,
    pub(super) meetings: Vec<Loaded<Meeting>>,
    pub(super) concerns: Vec<Loaded<Concern>>,
    /// What was said about the visit, oldest first.
    pub(super) reviews: Vec<Loaded<Review>>,
}

/// Reads what of a visit lies in the `open` stream; `None` where it does not stand.
pub(super) fn family(records: &impl Records, visit: VisitId) -> Result<Option<Family>, StoreError> {
    let entity = EntityId::from(visit);
    let Some(loaded) = load::<Visit>(records, entity)? else {
        return Ok(None);
    };
    let known = records.known(entity)?;
    let mut family = Family {
        state: loaded.record.state,
        visit: loaded,
        activities: parts_of(records, &known)?,
        meetings: parts_of(records, &known)?,
        concerns: parts_of(records, &known)?,
        reviews: parts_of(records, &known)?,
    };
    family.state = family.shown_state();
    Ok(Some(family))
}

impl Family {
    /// Returns the digest of what anybody of the unit and the cell may read of the visit.
    pub(super) fn revision(&self) -> [u8; 32] {
        revision(self.heads())
    }

    /// Returns whether somebody may not judge the visit: who wrote it or went along.
    pub(super) fn is_of(&self, member: Option<MemberId>, person: Option<PersonId>) -> bool {
        let visit = &self.visit.value;
        let went = |person| visit.team.contains(&person) || visit.lead == Some(person);
        member.is_some() && member == self.visit.author || person.is_some_and(went)
    }

    /// Returns the heads of the visit and of its open parts; reviews are no part of what they judge.
    pub(super) fn heads(&self) -> Vec<EntryHash> {
        self.records()
            .flat_map(|r| r.heads.iter().copied())
            .collect()
    }

    /// Returns the visit and its open parts.
    pub(super) fn open_records(&self) -> Vec<EntityId> {
        let activities = self.activities.iter().map(|l| l.entity);
        let meetings = self.meetings.iter().map(|l| l.entity);
        let concerns = self.concerns.iter().map(|l| l.entity);
        let parts = activities.chain(meetings).chain(concerns);
        std::iter::once(self.visit.entity).chain(parts).collect()
    }

    fn records(&self) -> impl Iterator<Item = &Record> {
        let activities = self.activities.iter().map(|l| &l.record);
        let meetings = self.meetings.iter().map(|l| &l.record);
        let concerns = self.concerns.iter().map(|l| &l.record);
        let parts = activities.chain(meetings).chain(concerns);
        std::iter::once(&self.visit.record).chain(parts)
    }

    fn shown_state(&self) -> VisitState {
        let conflict = self.records().any(|r| !r.conflicts().is_empty());
        if conflict && self.visit.record.state != VisitState::Withdrawn {
            return VisitState::Conflict;
        }
        if self.reviews.is_empty() {
            return self.visit.record.state;
        }
        let not_own = |r: &&Loaded<Review>| !self.is_of(r.author, r.value.by);
        let said = self.reviews.iter().filter(not_own);
        let said: Vec<Said<'_>> = said.map(|r| (r.entity.id, &r.value)).collect();
        let record = &self.visit.record;
        reviewed(record.state, &self.revision(), &record.sends, &said)
    }
}

/// Reads a visit with everything that this device holds of it.
pub(super) fn dossier(read: &impl Read, visit: VisitId) -> Result<Option<Dossier>, StoreError> {
    use crate::domain::{ActivityId, ConcernId, EnvelopeId, HelpedId, MeetingId, ParticularsId};
    let Some(family) = family(read, visit)? else {
        return Ok(None);
    };
    let mut dossier = Dossier {
        visit: family.visit.versioned(VisitId),
        state: family.state,
        activities: Vec::new(),
        meetings: Vec::new(),
        concerns: Vec::new(),
        envelopes: Vec::new(),
        parts: Some(standing_parts(read, visit)?),
    };
    for activity in family.activities {
        let helped = parts(read, activity.entity)?.pop();
        dossier.activities.push(ActivityFile {
            activity: activity.versioned(ActivityId),
            helped: helped.map(|h| h.versioned(HelpedId)),
        });
    }
    for meeting in family.meetings {
        dossier.meetings.push(meeting.versioned(MeetingId));
    }
    for concern in family.concerns {
        let particulars = parts(read, concern.entity)?.pop();
        dossier.concerns.push(ConcernFile {
            concern: concern.versioned(ConcernId),
            particulars: particulars.map(|p| p.versioned(ParticularsId)),
        });
    }
    for envelope in parts(read, visit.into())? {
        dossier.envelopes.push(envelope.versioned(EnvelopeId));
    }
    Ok(Some(dossier))
}

/// Returns what a dossier of a visit holds beside it: the parts that stand and were not withdrawn.
pub(super) fn standing_parts(
    read: &impl Read,
    visit: VisitId,
) -> Result<Vec<EntityId>, StoreError> {
    let mut parts = Vec::new();
    for entity in members(read, visit.into())? {
        if entity == visit.into() || entity.kind == EntityKind::Review {
            continue;
        }
        let record = super::entity::record(read, entity)?;
        if !record.is_void() && record.withdrawn.is_none() {
            parts.push(entity);
        }
    }
    Ok(parts)
}

/// Returns a record, its parts and theirs, whether they stand or not.
pub(super) fn members(read: &impl Read, whole: EntityId) -> Result<Vec<EntityId>, StoreError> {
    let mut all = vec![whole];
    let mut next = 0;
    while let Some(&entity) = all.get(next) {
        all.extend(must_know(read, entity)?.parts());
        next += 1;
    }
    Ok(all)
}

/// Returns the records that a record says it is part of.
pub(super) fn whole_of(kind: EntityKind, record: &Record) -> Option<EntityId> {
    use crate::domain::{Envelope, HelpedNames, Particulars};
    match kind {
        EntityKind::Activity => record.read::<Activity>().ok()?.visit.map(EntityId::from),
        EntityKind::Meeting => record.read::<Meeting>().ok()?.visit.map(EntityId::from),
        EntityKind::Concern => record.read::<Concern>().ok()?.visit.map(EntityId::from),
        EntityKind::Envelope => record.read::<Envelope>().ok()?.visit.map(EntityId::from),
        EntityKind::Review => record.read::<Review>().ok()?.visit.map(EntityId::from),
        EntityKind::Helped => {
            let helped: HelpedNames = record.read().ok()?;
            helped.activity.map(EntityId::from)
        }
        EntityKind::Particulars => {
            let particulars: Particulars = record.read().ok()?;
            particulars.concern.map(EntityId::from)
        }
        EntityKind::Visit
        | EntityKind::Place
        | EntityKind::Person
        | EntityKind::Member
        | EntityKind::Logbook
        | EntityKind::Pair
        | EntityKind::Admission
        | EntityKind::Device
        | EntityKind::Unknown(_) => None,
    }
}
