//! The register of receptions: rows, what stands beside visits as a screen shows it, and what is taken back.

use super::entity::known;
use super::error::{StoreError, WriteError};
use super::family::{Loaded, load};
use super::life::{under_concern, under_promise};
use super::list;
use super::open::Work;
use super::tables::Read;
use crate::domain::{
    Assignment, Concern, ConcernFile, ConcernId, Duty, EntityId, EntityKind, Envelope, EnvelopeId,
    EnvelopeRow, Inspection, OwedDetail, OwedMatter, Particulars, Promise, Reception, ReceptionId,
    RegisterRow, TendRefused, Versioned, VisitState, check_row,
};
use crate::journal::{DeviceId, Recorded, Stream};

/// What orders records by age.
type Age = ((u64, DeviceId, u64), EntityId);

impl Work<'_, '_> {
    /// Adds a row to the register of a reception that stands, and returns it.
    pub(super) fn register_row(
        &mut self,
        reception: ReceptionId,
        row: RegisterRow,
    ) -> Result<EntityId, WriteError> {
        check_row(&row)?;
        let session: Reception = self.standing(reception.into())?;
        let role = super::reader::profile(self.draft)?.role;
        match row {
            RegisterRow::Concern(mut concern, particulars) => {
                concern.reception = Some(reception);
                let file = ConcernFile {
                    concern: Versioned::new(*concern),
                    particulars: particulars.map(|particulars| Versioned::new(*particulars)),
                };
                let id = self.register_concern(file, role)?;
                Ok(id.into())
            }
            RegisterRow::Envelope(mut envelope) => {
                self.must_hold(role, Stream::Sealed)?;
                envelope.reception = Some(reception);
                envelope.on = envelope.on.or(session.on);
                self.put_box(&mut envelope);
                self.new_record(&envelope)
            }
        }
    }

    /// Withdraws what was written by mistake, and returns the record that changed.
    pub(super) fn take_back(
        &mut self,
        what: EntityId,
        reason: String,
    ) -> Result<EntityId, WriteError> {
        let taken = match what.kind {
            EntityKind::Concern => self.last_step(what)?,
            EntityKind::Promise => {
                let _: Promise = self.standing(what)?;
                let under = under_promise(self.draft, &self.must(what)?)?;
                under.answers.last().map(|answer| answer.entity)
            }
            EntityKind::Reception => {
                let _: Reception = self.standing(what)?;
                if !standing_rows(self.draft, what)?.is_empty() {
                    return Err(TendRefused::HasRows.into());
                }
                Some(what)
            }
            EntityKind::Duty => self.standing::<Duty>(what).map(|_| Some(what))?,
            EntityKind::Inspection => self.standing::<Inspection>(what).map(|_| Some(what))?,
            EntityKind::Assignment => self.standing::<Assignment>(what).map(|_| Some(what))?,
            _ => None,
        };
        let taken = taken.ok_or(TendRefused::NothingToTakeBack)?;
        self.withdraw(taken, reason)?;
        Ok(what)
    }

    /// Returns the record of the last step of a concern's life.
    fn last_step(&self, concern: EntityId) -> Result<Option<EntityId>, WriteError> {
        let (value, heard) = self.heard(ConcernId(concern.id))?;
        let under = under_concern(self.draft, &self.must(concern)?)?;
        let (life, _) = under.life(&value, heard);
        let last = life.taken().last();
        let mut steps = under.steps.iter().rev();
        let found = steps.find(|step| step.value.taken.as_ref() == last);
        Ok(found.filter(|_| last.is_some()).map(|step| step.entity))
    }
}

/// Returns the concerns and envelopes of a reception that stand, oldest first.
fn standing_rows(read: &impl Read, reception: EntityId) -> Result<Vec<EntityId>, StoreError> {
    let Some(known) = known(read, reception)? else {
        return Ok(Vec::new());
    };
    let mut rows = Vec::new();
    for part in known.parts() {
        let age = match part.kind {
            EntityKind::Concern => age::<Concern>(read, part)?,
            EntityKind::Envelope => age::<Envelope>(read, part)?,
            _ => None,
        };
        rows.extend(age.map(|age| (age, part)));
    }
    rows.sort();
    Ok(rows.into_iter().map(|(_, part)| part).collect())
}

/// Returns when a record that stands was first written.
fn age<T: Recorded>(read: &impl Read, entity: EntityId) -> Result<Option<Age>, StoreError> {
    let loaded = load::<T>(read, entity)?;
    let standing = loaded.filter(|loaded| loaded.record.withdrawn.is_none());
    Ok(standing.as_ref().map(Loaded::age))
}

/// Reads what stands beside visits as a screen shows it; `None` where it does not stand.
pub(super) fn beside(read: &impl Read, entity: EntityId) -> Result<Option<OwedDetail>, StoreError> {
    let kinds = [
        EntityKind::Reception,
        EntityKind::Duty,
        EntityKind::Inspection,
        EntityKind::Assignment,
    ];
    let known = known(read, entity)?;
    let Some(known) = known.filter(|_| kinds.contains(&entity.kind)) else {
        return Ok(None);
    };
    if known.ordinal.is_none() {
        return Ok(None);
    }
    let row = list::row_of(read, entity)?;
    if row.state == VisitState::Withdrawn {
        return Ok(None);
    }
    let matter = match entity.kind {
        EntityKind::Reception => {
            let value = load::<Reception>(read, entity)?.map(|loaded| loaded.value);
            match value {
                Some(reception) => Some(register(read, entity, reception)?),
                None => None,
            }
        }
        EntityKind::Duty => value(read, entity)?.map(OwedMatter::Duty),
        EntityKind::Inspection => value(read, entity)?.map(OwedMatter::Inspection),
        EntityKind::Assignment => value(read, entity)?.map(OwedMatter::Assignment),
        _ => None,
    };
    Ok(matter.map(|matter| OwedDetail {
        officer: officer(&matter),
        row,
        matter,
        charges: Vec::new(),
        case: None,
    }))
}

fn value<T: Recorded>(read: &impl Read, entity: EntityId) -> Result<Option<T>, StoreError> {
    Ok(load::<T>(read, entity)?.map(|loaded| loaded.value))
}

fn officer(matter: &OwedMatter) -> Option<crate::domain::PersonId> {
    match matter {
        OwedMatter::Reception { reception, .. } => reception.head,
        OwedMatter::Assignment(assignment) => assignment.person,
        OwedMatter::Duty(duty) => duty.people.first().copied(),
        OwedMatter::Concern { .. } | OwedMatter::Promise { .. } | OwedMatter::Inspection(_) => None,
    }
}

fn register(
    read: &impl Read,
    entity: EntityId,
    reception: Reception,
) -> Result<OwedMatter, StoreError> {
    let (mut rows, mut envelopes) = (Vec::new(), Vec::new());
    for part in standing_rows(read, entity)? {
        match part.kind {
            EntityKind::Concern => rows.push(list::row_of(read, part)?),
            _ => {
                let envelope = value::<Envelope>(read, part)?;
                envelopes.extend(envelope.map(|envelope| EnvelopeRow {
                    id: EnvelopeId(part.id),
                    number: envelope.number,
                    handed_over: envelope.handed_over,
                }));
            }
        }
    }
    Ok(OwedMatter::Reception {
        reception,
        rows,
        envelopes,
    })
}

/// Reads the particulars of a concern.
pub(super) fn particulars(
    read: &impl Read,
    concern: ConcernId,
) -> Result<Option<Particulars>, StoreError> {
    let Some(known) = known(read, concern.into())? else {
        return Ok(None);
    };
    for part in known.parts() {
        if part.kind == EntityKind::Particulars
            && let Some(loaded) = load::<Particulars>(read, part)?
            && loaded.record.withdrawn.is_none()
        {
            return Ok(Some(loaded.value));
        }
    }
    Ok(None)
}
