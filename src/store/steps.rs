//! Steps on what is already saved: send, withdraw, take back, the member's profile.

use super::blocks::Journal;
use super::entity::{Place as Position, known, must_know, record, views};
use super::error::{StoreError, WriteError};
use super::family::{self, dossier, family, load};
use super::open::{Moment, Store, Work};
use crate::domain::{
    EntityId, EntityKind, EntryHash, Person, PersonId, Profile, Step, Versioned, VisitId,
    VisitState, advance, check,
};
use crate::journal::{Act, Ids, Member, Recorded};

impl Store {
    /// Sends a visit to review; refused while anything is missing or wrong in it.
    pub fn send(
        &self,
        visit: VisitId,
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<(), WriteError> {
        self.write(moment, ids, |work| work.send(visit))
    }

    /// Withdraws a visit for a reason; it stays in the journal and in its history.
    pub fn withdraw(
        &self,
        visit: VisitId,
        reason: String,
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<(), WriteError> {
        self.write(moment, ids, |work| {
            let family = family(work.draft, visit_known(work, visit)?)?;
            let family = family.ok_or(WriteError::NotFound)?;
            advance(family.state, Step::Withdraw)?;
            work.withdraw(visit.into(), reason)
        })
    }

    /// Takes back the last change of a visit that this device made and has not taken back yet;
    /// returns where the visit stands then, `Withdrawn` where nothing of it is left.
    ///
    /// What others have received already is taken back on their devices by the entry that says so.
    pub fn undo(
        &self,
        visit: VisitId,
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<VisitState, WriteError> {
        self.write(moment, ids, |work| {
            work.undo(visit_known(work, visit)?, self)
        })?;
        let snapshot = self.reader().snapshot()?;
        let left = family(&snapshot, visit)?;
        Ok(left.map_or(VisitState::Withdrawn, |family| family.state))
    }

    /// Writes down that the member was shown the citizens' names in a record and its parts: an entry
    /// for each record that holds any.
    pub fn show_names(
        &self,
        of: EntityId,
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<(), WriteError> {
        self.write(moment, ids, |work| {
            if known(work.draft, of)?.is_none() {
                return Err(WriteError::NotFound);
            }
            let mut shown = family::members(work.draft, of)?;
            shown.retain(|e| matches!(e.kind, EntityKind::Particulars | EntityKind::Helped));
            for entity in shown {
                let heads = record(work.draft, entity)?.heads;
                work.add(entity, &heads, &Act::Shown)?;
            }
            Ok(())
        })
    }

    /// Changes what the member and the cadre that the member is are called.
    pub fn save_profile(
        &self,
        profile: Profile,
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<(), WriteError> {
        self.write(moment, ids, |work| {
            let (member, me): (EntityId, PersonId) = (work.meta.member().into(), work.meta.me());
            work.amend(me.into(), |person: &mut Person| {
                person.name.clone_from(&profile.name);
                person.post.clone_from(&profile.post);
                person.unit.clone_from(&profile.unit);
            })?;
            work.amend(member, |member: &mut Member| {
                let devices = std::mem::take(&mut member.devices);
                let certificates = std::mem::take(&mut member.certificates);
                *member = Member {
                    certificates,
                    ..Member::new(profile, devices)
                };
            })
        })
    }
}

fn visit_known(work: &Work<'_, '_>, visit: VisitId) -> Result<VisitId, WriteError> {
    match known(work.draft, visit.into())? {
        Some(_) => Ok(visit),
        None => Err(WriteError::NotFound),
    }
}

/// An entry that could be taken back.
struct Own {
    entity: EntityId,
    commit: u64,
    seq: u64,
    hash: EntryHash,
}

impl Work<'_, '_> {
    fn send(&mut self, visit: VisitId) -> Result<(), WriteError> {
        let dossier = dossier(self.draft, visit_known(self, visit)?)?;
        let dossier = dossier.ok_or(WriteError::NotFound)?;
        advance(dossier.state, Step::Send)?;
        let findings = check(&dossier, self.moment.today);
        if !findings.is_empty() {
            return Err(WriteError::Incomplete(findings));
        }
        self.add(visit.into(), &dossier.visit.heads, &Act::Send)?;
        Ok(())
    }

    /// Adds an entry with what an edit of the record as it stands changes.
    pub(super) fn amend<T: Recorded>(
        &mut self,
        entity: EntityId,
        edit: impl FnOnce(&mut T),
    ) -> Result<(), WriteError> {
        if known(self.draft, entity)?.is_none() {
            return Err(WriteError::NotFound);
        }
        let loaded = load::<T>(self.draft, entity)?.ok_or(WriteError::NotFound)?;
        let mut value = loaded.value;
        edit(&mut value);
        let edited = Versioned {
            id: Some(entity.id),
            conflicts: loaded.record.conflicts(),
            heads: loaded.record.heads.clone(),
            value,
            withdrawn: None,
        };
        self.versioned(&edited, |id| id)?;
        Ok(())
    }

    fn undo(&mut self, visit: VisitId, store: &Store) -> Result<(), WriteError> {
        let device = store.signer.public().device();
        let mut own = Vec::new();
        for entity in family::members(self.draft, visit.into())? {
            own.extend(self.own_entries(entity, device)?);
        }
        let last = own.iter().map(|o| o.commit).max();
        let last = last.ok_or(WriteError::NothingToUndo)?;
        own.retain(|o| o.commit == last);
        own.sort_by_key(|o| (o.entity, std::cmp::Reverse(o.seq)));
        for entry in own {
            let heads = record(self.draft, entry.entity)?.heads;
            self.add(entry.entity, &heads, &Act::Undo(entry.hash))?;
        }
        Ok(())
    }

    /// Returns the entries of a record that this device made and has not taken back.
    fn own_entries(
        &self,
        entity: EntityId,
        device: crate::journal::DeviceId,
    ) -> Result<Vec<Own>, StoreError> {
        let known = must_know(self.draft, entity)?;
        let entries = views(self.draft, &known)?;
        let taken_back = |hash: EntryHash| {
            let target = |act: &Option<Act>| matches!(act, Some(Act::Undo(t)) if *t == hash);
            entries.iter().any(|e| target(&e.act))
        };
        let (mut own, mut journal) = (Vec::new(), Journal::default());
        for (place, entry) in known.log.iter().zip(&entries) {
            let is_change = match entry.act {
                Some(Act::Save(_) | Act::Send | Act::Withdraw(_)) => true,
                Some(Act::Undo(_) | Act::Shown | Act::Receipt(_) | Act::Cut(_)) | None => false,
            };
            if is_change && entry.header.device == device && !taken_back(entry.hash) {
                let stored = journal.at(self.draft, Position { ..*place })?;
                own.push(Own {
                    entity,
                    commit: stored.commit,
                    seq: place.seq,
                    hash: entry.hash,
                });
            }
        }
        Ok(own)
    }
}
