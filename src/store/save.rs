//! Saves a visit with its parts: only what changed becomes entries. Never writes what the member's
//! role does not hold.

use std::collections::BTreeSet;

use super::entity::{known, record, views};
use super::error::{StoreError, WriteError};
use super::family::{self, family};
use super::names;
use super::open::{Moment, Store, Work};
use super::typing;
use crate::domain::{
    ActivityFile, ActivityId, ConcernFile, ConcernId, Dossier, EntityId, EntryHash, Envelope,
    EnvelopeId, HelpedId, MeetingFile, MeetingId, NotAllowed, Particulars, ParticularsId, Person,
    PersonId, Place, PlaceId, PromiseId, Role, ShortCode, Step, Then, Versioned, VisitId, advance,
    check,
};
use crate::journal::{Act, EntryView, Ids, Recorded, Stream, diff, fold};

/// A visit to save, with the villages and cadres that were typed for the first time.
pub struct SaveDossier {
    pub dossier: Dossier,
    pub places: Vec<(PlaceId, Place)>,
    pub people: Vec<(PersonId, Person)>,
    /// The typing that the save replaces; dropped in the same commit.
    pub typing: Option<[u8; 16]>,
}

/// What a save made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    pub visit: VisitId,
    pub code: ShortCode,
}

impl Store {
    /// Saves a visit; parts that it had when the dossier was read, and that the dossier has not, are
    /// withdrawn.
    pub fn save(
        &self,
        save: SaveDossier,
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<Saved, WriteError> {
        let visit = self.write(moment, ids, |work| work.save(save))?;
        let code = self.reader().code(visit.into())?;
        Ok(Saved { visit, code })
    }

    /// Saves many visits in one commit and sends those that are to be sent: all or none.
    pub fn save_all(
        &self,
        saves: Vec<(SaveDossier, Then)>,
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<Vec<VisitId>, WriteError> {
        self.write(moment, ids, |work| {
            let saves = saves.into_iter();
            saves
                .map(|(save, then)| work.save_then(save, then))
                .collect()
        })
    }
}

/// Returns whether the devices of a role keep records of a stream.
fn holds(role: Role, stream: Stream) -> bool {
    match stream {
        Stream::Roster | Stream::Open => true,
        Stream::Petition => role.keeps_names(),
        Stream::Sealed => role.keeps_denunciations(),
        Stream::Unknown(_) => role.keeps_names() && role.keeps_denunciations(),
    }
}

/// Returns an entry and all that it builds on.
fn ancestors(entries: Vec<EntryView>, heads: &[EntryHash]) -> Vec<EntryView> {
    let mut wanted: BTreeSet<EntryHash> = heads.iter().copied().collect();
    let mut entries = entries;
    entries.sort_by_key(|e| std::cmp::Reverse(e.header.order()));
    entries.retain(|entry| {
        let is_in = wanted.contains(&entry.hash);
        if is_in {
            wanted.extend(&entry.header.heads);
        }
        is_in
    });
    entries
}

impl Work<'_, '_> {
    /// Adds the entries of a save.
    pub(super) fn save(&mut self, save: SaveDossier) -> Result<VisitId, WriteError> {
        let role = self.role()?;
        for (id, place) in save.places {
            if names::place(self.draft, id)?.is_none() {
                self.create(id.into(), &place)?;
            }
        }
        for (id, person) in save.people {
            if names::person(self.draft, id)?.is_none() {
                self.create(id.into(), &person)?;
            }
        }
        if let Some(key) = save.typing {
            typing::drop_typing(self.draft, key)?;
        }
        self.dossier(save.dossier, role)
    }

    fn save_then(&mut self, save: SaveDossier, then: Then) -> Result<VisitId, WriteError> {
        match then {
            Then::StaysDraft => self.save(save),
            Then::Sent => {
                if save.dossier.visit.id.is_some() {
                    let (state, step) = (save.dossier.state, Step::Send);
                    return Err(NotAllowed { state, step }.into());
                }
                let findings = check(&save.dossier, self.moment.today);
                if !findings.is_empty() {
                    return Err(WriteError::Incomplete(findings));
                }
                let visit = self.save(save)?;
                let saved: Vec<EntryHash> = self.written(visit.into()).into_iter().collect();
                self.add(visit.into(), &saved, &Act::Send)?;
                Ok(visit)
            }
        }
    }

    pub(super) fn dossier(&mut self, dossier: Dossier, role: Role) -> Result<VisitId, WriteError> {
        let before = match dossier.visit.id {
            None => BTreeSet::new(),
            Some(id) => {
                let family = family(self.draft, id)?.ok_or(WriteError::NotFound)?;
                advance(family.state, Step::Save)?;
                let stand: BTreeSet<EntityId> = family::standing_parts(self.draft, id)?
                    .into_iter()
                    .collect();
                match &dossier.parts {
                    Some(known) => known
                        .iter()
                        .copied()
                        .filter(|p| stand.contains(p))
                        .collect(),
                    None => stand,
                }
            }
        };
        let visit = VisitId(self.versioned(&dossier.visit, |id| id.0)?);
        let mut after = BTreeSet::new();
        for file in dossier.activities {
            self.activity(file, visit, role, &mut after)?;
        }
        for file in dossier.meetings {
            self.meeting(file, visit, &mut after)?;
        }
        for file in dossier.concerns {
            self.concern(file, visit, role, &mut after)?;
        }
        for mut envelope in dossier.envelopes {
            self.must_hold(role, Stream::Sealed)?;
            envelope.value.visit = Some(visit);
            self.keep_sealed(&mut envelope)?;
            self.put_box(&mut envelope.value);
            let id = self.versioned(&envelope, |id: EnvelopeId| id.0)?;
            after.insert(EnvelopeId(id).into());
        }
        for gone in before.difference(&after) {
            self.withdraw(*gone, String::new())?;
        }
        Ok(visit)
    }

    pub(super) fn must_hold(&self, role: Role, stream: Stream) -> Result<(), WriteError> {
        if holds(role, stream) {
            Ok(())
        } else {
            Err(WriteError::NotHeld)
        }
    }

    pub(super) fn activity(
        &mut self,
        mut file: ActivityFile,
        visit: VisitId,
        role: Role,
        after: &mut BTreeSet<EntityId>,
    ) -> Result<(), WriteError> {
        file.activity.value.visit = Some(visit);
        let id = ActivityId(self.versioned(&file.activity, |id| id.0)?);
        after.insert(id.into());
        if let Some(mut helped) = file.helped {
            self.must_hold(role, Stream::Petition)?;
            helped.value.activity = Some(id);
            let id = self.versioned(&helped, |id: HelpedId| id.0)?;
            after.insert(HelpedId(id).into());
        }
        Ok(())
    }

    /// What a form of the visit does not show of an envelope stays as it is: the box, and that it was handed over.
    fn keep_sealed(
        &mut self,
        envelope: &mut Versioned<EnvelopeId, Envelope>,
    ) -> Result<(), WriteError> {
        let Some(id) = envelope.id else {
            return Ok(());
        };
        if known(self.draft, id.into())?.is_none() {
            return Err(WriteError::NotFound);
        }
        let standing = record(self.draft, id.into())?;
        let standing: Envelope = standing
            .read()
            .map_err(|_| StoreError::Damaged("a record"))?;
        let value = &mut envelope.value;
        value.reception = standing.reception;
        value.handed_over = standing.handed_over;
        value.paper = standing.paper;
        value.sealed = standing.sealed;
        Ok(())
    }

    pub(super) fn meeting(
        &mut self,
        mut file: MeetingFile,
        visit: VisitId,
        after: &mut BTreeSet<EntityId>,
    ) -> Result<(), WriteError> {
        file.meeting.value.visit = Some(visit);
        let id = MeetingId(self.versioned(&file.meeting, |id| id.0)?);
        after.insert(id.into());
        for mut promise in file.promises {
            promise.value.meeting = Some(id);
            let id = self.versioned(&promise, |id: PromiseId| id.0)?;
            after.insert(PromiseId(id).into());
        }
        Ok(())
    }

    pub(super) fn concern(
        &mut self,
        mut file: ConcernFile,
        visit: VisitId,
        role: Role,
        after: &mut BTreeSet<EntityId>,
    ) -> Result<(), WriteError> {
        file.concern.value.visit = Some(visit);
        let id = ConcernId(self.versioned(&file.concern, |id| id.0)?);
        after.insert(id.into());
        after.extend(self.particulars(file.particulars, id, role)?);
        Ok(())
    }

    /// Adds a concern of a reception.
    pub(super) fn register_concern(
        &mut self,
        file: ConcernFile,
        role: Role,
    ) -> Result<ConcernId, WriteError> {
        let id = ConcernId(self.versioned(&file.concern, |id| id.0)?);
        self.particulars(file.particulars, id, role)?;
        Ok(id)
    }

    /// Adds who raised a concern, where the role may hold it.
    pub(super) fn particulars(
        &mut self,
        particulars: Option<Versioned<ParticularsId, Particulars>>,
        concern: ConcernId,
        role: Role,
    ) -> Result<Option<EntityId>, WriteError> {
        let Some(mut particulars) = particulars else {
            return Ok(None);
        };
        self.must_hold(role, Stream::Petition)?;
        particulars.value.concern = Some(concern);
        let id = self.versioned(&particulars, |id: ParticularsId| id.0)?;
        Ok(Some(ParticularsId(id).into()))
    }

    /// Adds an entry with the fields that a record's edit changed, if any, and returns its id.
    ///
    /// A conflict that was read and then taken off the list counts as decided for the value that
    /// stands now.
    pub(super) fn versioned<I: Copy, T: Recorded>(
        &mut self,
        edited: &Versioned<I, T>,
        bytes: impl Fn(I) -> [u8; 16],
    ) -> Result<[u8; 16], WriteError> {
        let new = edited.value.to_fields()?;
        let Some(id) = edited.id.map(bytes) else {
            let stream = Stream::of(T::KIND).ok_or(WriteError::NotHeld)?;
            let id = self.new_id(stream);
            let entity = EntityId { kind: T::KIND, id };
            self.create(entity, &edited.value)?;
            return Ok(id);
        };
        let entity = EntityId { kind: T::KIND, id };
        let known = super::entity::known(self.draft, entity)?.ok_or(WriteError::NotFound)?;
        let base = fold(&ancestors(views(self.draft, &known)?, &edited.heads));
        if base.is_void() {
            return Err(WriteError::NotFound);
        }
        let damaged = |_| StoreError::Damaged("a record");
        let old = base.read::<T>().map_err(damaged)?.to_fields()?;
        let open = |field: &u32| edited.conflicts.iter().any(|c| c.field == *field);
        let decided = base.conflicts().into_iter().map(|c| c.field);
        let decided: Vec<u32> = decided.filter(|field| !open(field)).collect();
        let changes = diff(&old, &new, &decided);
        if !changes.is_empty() {
            self.add(entity, &edited.heads, &Act::Save(changes))?;
        }
        Ok(id)
    }

    /// Adds an entry that withdraws a record.
    pub(super) fn withdraw(&mut self, entity: EntityId, reason: String) -> Result<(), WriteError> {
        let record = super::entity::record(self.draft, entity)?;
        self.add(entity, &record.heads, &Act::Withdraw(reason))?;
        Ok(())
    }
}
