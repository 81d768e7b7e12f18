//! A visit with its parts as they are folded on reading. Never stores what it read.

use std::rc::Rc;

use super::entity::{Folded, Known, must_know};
use super::error::StoreError;
use super::fresh::Records;
use super::tables::Read;
use crate::domain::{
    Activity, ActivityFile, Concern, ConcernFile, Dossier, EntityId, EntityKind, EntryHash,
    Meeting, MeetingFile, MemberId, PersonId, Promise, Review, Said, Say, Versioned, Visit,
    VisitId, VisitState, reviewed,
};
use crate::journal::{DeviceId, Record, Recorded, revision};

/// A record that stands: saved and not taken back.
pub(super) struct Loaded<T> {
    pub(super) entity: EntityId,
    pub(super) record: Rc<Record>,
    pub(super) value: T,
    /// When its first entry was written, in the order that all devices agree on.
    pub(super) born: (u64, DeviceId, u64),
    /// Who wrote it.
    pub(super) author: Option<MemberId>,
}

impl<T> Loaded<T> {
    /// Returns what orders records by age, the same on all devices.
    pub(super) fn age(&self) -> ((u64, DeviceId, u64), EntityId) {
        (self.born, self.entity)
    }

    pub(super) fn versioned<I>(self, id: impl Fn([u8; 16]) -> I) -> Versioned<I, T> {
        Versioned {
            id: Some(id(self.entity.id)),
            conflicts: self.record.conflicts(),
            heads: self.record.heads.clone(),
            value: self.value,
            withdrawn: self.record.withdrawn.clone(),
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
    found.sort_by_key(Loaded::age);
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
    /// What was promised in its meetings, then on the visit itself.
    pub(super) promises: Vec<Loaded<Promise>>,
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
        promises: Vec::new(),
    };
    for meeting in &family.meetings {
        family.promises.extend(parts(records, meeting.entity)?);
    }
    family.promises.extend(parts_of(records, &known)?);
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

    fn records(&self) -> impl Iterator<Item = &Record> {
        let activities = self.activities.iter().map(|l| &*l.record);
        let meetings = self.meetings.iter().map(|l| &*l.record);
        let concerns = self.concerns.iter().map(|l| &*l.record);
        let promises = self.promises.iter().map(|l| &*l.record);
        let parts = activities.chain(meetings).chain(concerns).chain(promises);
        std::iter::once(&*self.visit.record).chain(parts)
    }

    fn shown_state(&self) -> VisitState {
        let conflict = self.records().any(|r| !r.conflicts().is_empty());
        if conflict && self.visit.record.state != VisitState::Withdrawn {
            return VisitState::Conflict;
        }
        if self.reviews.is_empty() {
            return self.visit.record.state;
        }
        // Who went brings the paper back; a verdict is others'.
        let not_own = |r: &&Loaded<Review>| {
            r.value.say == Some(Say::OnPaper) || !self.is_of(r.author, r.value.by)
        };
        let said = self.reviews.iter().filter(not_own);
        let said: Vec<Said<'_>> = said.map(|r| (r.entity.id, &r.value)).collect();
        let record = &self.visit.record;
        reviewed(record.state, &self.revision(), &record.sends, &said)
    }
}

/// Reads a visit with everything that this device holds of it.
pub(super) fn dossier(read: &impl Read, visit: VisitId) -> Result<Option<Dossier>, StoreError> {
    use crate::domain::{
        ActivityId, ConcernId, EnvelopeId, HelpedId, MeetingId, ParticularsId, PromiseId,
    };
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
        let promises = parts(read, meeting.entity)?.into_iter();
        dossier.meetings.push(MeetingFile {
            meeting: meeting.versioned(MeetingId),
            promises: promises.map(|p| p.versioned(PromiseId)).collect(),
        });
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

/// Tells whether a record is something that the form of a visit shows and may take away.
fn is_of_the_form(read: &impl Read, entity: EntityId) -> Result<bool, StoreError> {
    Ok(match entity.kind {
        EntityKind::Activity
        | EntityKind::Meeting
        | EntityKind::Concern
        | EntityKind::Particulars
        | EntityKind::Helped
        | EntityKind::Envelope => true,
        EntityKind::Promise => {
            let whole = must_know(read, entity)?.whole();
            whole.is_some_and(|whole| whole.kind == EntityKind::Meeting)
        }
        EntityKind::Visit
        | EntityKind::Place
        | EntityKind::Person
        | EntityKind::Member
        | EntityKind::Logbook
        | EntityKind::Pair
        | EntityKind::Step
        | EntityKind::Label
        | EntityKind::Answer
        | EntityKind::Charge
        | EntityKind::Reception
        | EntityKind::Duty
        | EntityKind::Inspection
        | EntityKind::Assignment
        | EntityKind::DataRequest
        | EntityKind::Erasure
        | EntityKind::Closing
        | EntityKind::Admission
        | EntityKind::Device
        | EntityKind::Review
        | EntityKind::Unknown(_) => false,
    })
}

/// Returns what a dossier of a visit holds beside it: the parts that stand and were not withdrawn.
pub(super) fn standing_parts(
    read: &impl Read,
    visit: VisitId,
) -> Result<Vec<EntityId>, StoreError> {
    let mut parts = Vec::new();
    for entity in members(read, visit.into())? {
        if entity == visit.into() || !is_of_the_form(read, entity)? {
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
    use crate::domain::{Answer, Charge, Envelope, HelpedNames, Label, Particulars, StepTaken};
    match kind {
        EntityKind::Activity => record.read::<Activity>().ok()?.visit.map(EntityId::from),
        EntityKind::Meeting => record.read::<Meeting>().ok()?.visit.map(EntityId::from),
        EntityKind::Review => record.read::<Review>().ok()?.visit.map(EntityId::from),
        EntityKind::Concern => {
            let concern: Concern = record.read().ok()?;
            let reception = concern.reception.map(EntityId::from);
            concern.visit.map(EntityId::from).or(reception)
        }
        EntityKind::Envelope => {
            let envelope: Envelope = record.read().ok()?;
            let reception = envelope.reception.map(EntityId::from);
            envelope.visit.map(EntityId::from).or(reception)
        }
        EntityKind::Promise => {
            let promise: Promise = record.read().ok()?;
            let visit = promise.visit.map(EntityId::from);
            promise.meeting.map(EntityId::from).or(visit)
        }
        EntityKind::Step => {
            let step: StepTaken = record.read().ok()?;
            step.concern.map(EntityId::from)
        }
        EntityKind::Label => record.read::<Label>().ok()?.whole(),
        EntityKind::Answer => {
            let answer: Answer = record.read().ok()?;
            answer.promise.map(EntityId::from)
        }
        EntityKind::Charge => record.read::<Charge>().ok()?.about(),
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
        | EntityKind::Reception
        | EntityKind::Duty
        | EntityKind::Inspection
        | EntityKind::Assignment
        | EntityKind::DataRequest
        | EntityKind::Erasure
        | EntityKind::Closing
        | EntityKind::Unknown(_) => None,
    }
}
