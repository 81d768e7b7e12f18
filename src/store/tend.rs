//! Writes what is done about concerns and promises, and what stands beside visits. Nothing is saved that
//! the table of steps or the days refuse.

use super::cases;
use super::entity::{Known, known, must_know};
use super::error::{StoreError, WriteError};
use super::family::load;
use super::life::{under_concern, under_promise};
use super::list;
use super::open::{Moment, Store, Work};
use super::register::beside;
use super::tables::Read;
use super::tally::spots;
use super::typing::drop_typing;
use crate::domain::{
    Answer, Charge, ChargeId, Concern, ConcernId, ConcernKind, Day, EntityId, EntityKind, Envelope,
    EnvelopeId, Label, LabelChange, OwedDetail, OwedMatter, PartWithdrawal, PersonId, Promise,
    PromiseId, Reception, ReceptionId, RowTitle, Site, StepTaken, Taken, TendField, TendRefused,
    Tending, Visit, check_assignment, check_duty, check_inspection, check_label, check_reception,
};
use crate::journal::{Ids, Recorded, Stream};
use crate::law::Law;

impl Store {
    /// Does something about what is owed or beside visits, in one commit with the end of the unsaved
    /// typing that it was made of, and returns the record that it made or changed.
    pub fn tend(
        &self,
        tending: Tending,
        typing: Option<[u8; 16]>,
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<EntityId, WriteError> {
        let law = self.reckoner.as_ref().map(|reckoner| reckoner.law.clone());
        self.write(moment, ids, |work| {
            if let Some(key) = typing {
                drop_typing(work.draft, key)?;
            }
            work.tend(tending, law.as_deref())
        })
    }

    /// Does many such things in one commit, all or none, and returns their records in order. None of them can
    /// build on another.
    pub fn tend_all(
        &self,
        all: Vec<Tending>,
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<Vec<EntityId>, WriteError> {
        let law = self.reckoner.as_ref().map(|reckoner| reckoner.law.clone());
        self.write(moment, ids, |work| {
            let all = all.into_iter();
            all.map(|tending| work.tend(tending, law.as_deref()))
                .collect()
        })
    }
}

impl Work<'_, '_> {
    fn tend(&mut self, tending: Tending, law: Option<&Law>) -> Result<EntityId, WriteError> {
        let today = self.moment.today;
        match tending {
            Tending::Step { concern, taken } => self.step(concern, taken, law),
            Tending::Label(label) => {
                check_label(&label, today)?;
                if let Some(concern) = label.concern {
                    let day = self.heard(concern)?.1;
                    not_before(label.on, day)?;
                }
                if let Some(site) = &label.site {
                    self.follows(site, &label)?;
                }
                self.new_record(&label)
            }
            Tending::Answer(answer) => self.answer(answer),
            Tending::HandOver { what, to, on } => self.hand_over(what, to, on),
            Tending::HandOverAll { to, on } => {
                let me = self.meta.me();
                let mine = cases::all(self.draft)?.into_iter();
                let mine = mine.filter(|case| case.officer == Some(me));
                let kinds = [EntityKind::Concern, EntityKind::Promise];
                let mine = mine.map(|case| case.entity);
                let mine = mine.filter(|what| kinds.contains(&what.kind));
                self.hand_over(mine.collect(), to, on)
            }
            Tending::Accept { charges, on } => self.accept(charges, on),
            Tending::TakeCharge { what, on } => {
                let me = self.meta.me();
                let charge = Charge {
                    accepted: Some(on),
                    ..self.charge(what, me, on)?
                };
                self.new_record(&charge)
            }
            Tending::Envelope {
                envelope,
                on,
                paper,
                body,
            } => self.envelope(envelope, (on, paper, body)),
            Tending::Reception(reception) => {
                check_reception(&reception.value, today)?;
                let id = self.versioned(&reception, |id| id.0)?;
                Ok(ReceptionId(id).into())
            }
            Tending::Row { reception, row } => self.register_row(reception, row),
            Tending::TakeBack { what, reason } => self.take_back(what, reason),
            Tending::Duty(duty) => {
                check_duty(&duty.value, today)?;
                let id = self.versioned(&duty, |id| id.0)?;
                Ok(crate::domain::DutyId(id).into())
            }
            Tending::Inspection(inspection) => {
                check_inspection(&inspection.value)?;
                let id = self.versioned(&inspection, |id| id.0)?;
                Ok(crate::domain::InspectionId(id).into())
            }
            Tending::Assignment(assignment) => {
                check_assignment(&assignment.value)?;
                let id = self.versioned(&assignment, |id| id.0)?;
                Ok(crate::domain::AssignmentId(id).into())
            }
        }
    }

    /// Checks that a label of a place says something new, and not before what was said last.
    fn follows(&self, site: &Site, label: &Label) -> Result<(), WriteError> {
        let spots = spots(self.draft)?.into_iter();
        let mut of_site = spots.filter(|spot| {
            spot.record.withdrawn.is_none() && spot.value.site.as_ref() == Some(site)
        });
        let last = of_site.next_back().map(|spot| spot.value);
        let change = last.as_ref().and_then(|last| last.change);
        if label.change == Some(change.unwrap_or(LabelChange::TakenOff)) {
            return Err(TendRefused::NothingChanges.into());
        }
        Ok(not_before(label.on, last.and_then(|last| last.on))?)
    }

    pub(super) fn new_record<T: Recorded>(&mut self, value: &T) -> Result<EntityId, WriteError> {
        let stream = Stream::of(T::KIND).ok_or(WriteError::NotHeld)?;
        let entity = EntityId {
            kind: T::KIND,
            id: self.new_id(stream),
        };
        self.create(entity, value)?;
        Ok(entity)
    }

    /// Reads a record that stands and was not withdrawn.
    pub(super) fn standing<T: Recorded>(&self, entity: EntityId) -> Result<T, WriteError> {
        if known(self.draft, entity)?.is_none() {
            return Err(WriteError::NotFound);
        }
        let loaded = load::<T>(self.draft, entity)?;
        let standing = loaded.filter(|loaded| loaded.record.withdrawn.is_none());
        Ok(standing.ok_or(WriteError::NotFound)?.value)
    }

    /// Returns a concern and the day on which it was heard.
    pub(super) fn heard(&self, concern: ConcernId) -> Result<(Concern, Option<Day>), WriteError> {
        let value: Concern = self.standing(concern.into())?;
        let day = match (value.visit, value.reception) {
            (Some(visit), _) => self.standing::<Visit>(visit.into())?.day(),
            (None, Some(reception)) => self.standing::<Reception>(reception.into())?.on,
            (None, None) => None,
        };
        Ok((value, day))
    }

    fn step(
        &mut self,
        concern: ConcernId,
        taken: Taken,
        law: Option<&Law>,
    ) -> Result<EntityId, WriteError> {
        if taken.on > self.moment.today {
            return Err(TendRefused::InFuture(TendField::On).into());
        }
        let (value, heard) = self.heard(concern)?;
        let under = under_concern(self.draft, &self.must(concern.into())?)?;
        let (mut life, _) = under.life(&value, heard);
        let kind = value.kind.unwrap_or(ConcernKind::Reflection);
        let parts = law.map_or(PartWithdrawal::NotAllowed, |law| {
            law.rules.part_withdrawal(kind.into(), taken.on)
        });
        life.take(taken.clone(), parts).map_err(TendRefused::Step)?;
        self.new_record(&StepTaken {
            concern: Some(concern),
            taken: Some(taken),
        })
    }

    pub(super) fn must(&self, entity: EntityId) -> Result<Known, StoreError> {
        must_know(self.draft, entity)
    }

    fn answer(&mut self, answer: Answer) -> Result<EntityId, WriteError> {
        let promise = answer.promise.ok_or(WriteError::NotFound)?;
        let _: Promise = self.standing(promise.into())?;
        missing(answer.text.trim().is_empty(), TendField::Text)?;
        let on = answer.on.ok_or(TendRefused::Missing(TendField::On))?;
        if on > self.moment.today {
            return Err(TendRefused::InFuture(TendField::On).into());
        }
        let under = under_promise(self.draft, &self.must(promise.into())?)?;
        if !under.answers.is_empty() {
            return Err(TendRefused::Answered.into());
        }
        self.new_record(&answer)
    }

    /// Puts a concern or promise into somebody's charge.
    fn charge(&self, what: EntityId, to: PersonId, on: Day) -> Result<Charge, WriteError> {
        let charge = Charge {
            officer: Some(to),
            on: Some(on),
            from: Some(self.meta.me()),
            ..Charge::default()
        };
        match what.kind {
            EntityKind::Concern => {
                let concern = ConcernId(what.id);
                self.heard(concern)?;
                Ok(Charge {
                    concern: Some(concern),
                    ..charge
                })
            }
            EntityKind::Promise => {
                let promise = PromiseId(what.id);
                let _: Promise = self.standing(what)?;
                Ok(Charge {
                    promise: Some(promise),
                    ..charge
                })
            }
            _ => Err(WriteError::NotFound),
        }
    }

    fn hand_over(
        &mut self,
        what: Vec<EntityId>,
        to: PersonId,
        on: Day,
    ) -> Result<EntityId, WriteError> {
        let mut last = None;
        for what in what {
            let charge = self.charge(what, to, on)?;
            last = Some(match self.offered(what, to)? {
                Some(open) => open.into(),
                None => self.new_record(&charge)?,
            });
        }
        last.ok_or(WriteError::NotFound)
    }

    /// Finds the offer to somebody that still waits for an answer; there is never a second one.
    fn offered(&self, what: EntityId, to: PersonId) -> Result<Option<ChargeId>, StoreError> {
        let of = must_know(self.draft, what)?;
        let charges = match what.kind {
            EntityKind::Promise => under_promise(self.draft, &of)?.charges,
            _ => under_concern(self.draft, &of)?.charges,
        };
        let waits = |charge: &Charge| charge.officer == Some(to) && charge.accepted.is_none();
        let open = charges.into_iter().rfind(|charge| waits(&charge.value));
        Ok(open.map(|charge| ChargeId(charge.entity.id)))
    }

    /// Only who receives may accept.
    fn accept(&mut self, charges: Vec<ChargeId>, on: Day) -> Result<EntityId, WriteError> {
        let mut last = None;
        for id in charges {
            let charge: Charge = self.standing(id.into())?;
            if charge.officer != Some(self.meta.me()) {
                return Err(WriteError::NotHeld);
            }
            not_before(Some(on), charge.on)?;
            self.amend(id.into(), |charge: &mut Charge| charge.accepted = Some(on))?;
            last = Some(id.into());
        }
        last.ok_or(WriteError::NotFound)
    }

    fn envelope(
        &mut self,
        envelope: EnvelopeId,
        (on, paper, body): (Day, String, String),
    ) -> Result<EntityId, WriteError> {
        let standing: Envelope = self.standing(envelope.into())?;
        if on > self.moment.today {
            return Err(TendRefused::InFuture(TendField::On).into());
        }
        not_before(Some(on), standing.on)?;
        self.amend(envelope.into(), |envelope: &mut Envelope| {
            envelope.handed_over = Some(on);
            envelope.paper = paper;
            envelope.body = body;
        })?;
        Ok(envelope.into())
    }
}

fn missing(missing: bool, field: TendField) -> Result<(), TendRefused> {
    match missing {
        true => Err(TendRefused::Missing(field)),
        false => Ok(()),
    }
}

fn not_before(day: Option<Day>, first: Option<Day>) -> Result<(), TendRefused> {
    match (day, first) {
        (Some(on), Some(not_before)) if on < not_before => {
            Err(TendRefused::TooEarly { on, not_before })
        }
        (Some(_) | None, _) => Ok(()),
    }
}

/// Reads a concern or promise with all that was done about it, or what stands beside visits; `None` where
/// it does not stand.
pub(super) fn detail(read: &impl Read, entity: EntityId) -> Result<Option<OwedDetail>, StoreError> {
    if !matches!(entity.kind, EntityKind::Concern | EntityKind::Promise) {
        return beside(read, entity);
    }
    let Some(known) = known(read, entity)? else {
        return Ok(None);
    };
    if known.ordinal.is_none() {
        return Ok(None);
    }
    let row = list::row_of(read, entity)?;
    let (officer, matter, charges) = match (&row.title, entity.kind) {
        (RowTitle::Concern { officer, .. }, EntityKind::Concern) => {
            let Some(loaded) = load::<Concern>(read, entity)? else {
                return Ok(None);
            };
            let under = under_concern(read, &known)?;
            let (life, passed_over) = under.life(&loaded.value, row.date);
            let labels = under.labels.into_iter().map(|label| label.value);
            let matter = OwedMatter::Concern {
                life,
                passed_over,
                labels: labels.collect(),
            };
            (*officer, matter, under.charges)
        }
        (RowTitle::Promise { officer, .. }, EntityKind::Promise) => {
            let under = under_promise(read, &known)?;
            let answers = under.answers.into_iter().map(|answer| answer.value);
            let matter = OwedMatter::Promise {
                answers: answers.collect(),
            };
            (*officer, matter, under.charges)
        }
        _ => return Ok(None),
    };
    let charges = charges.into_iter();
    Ok(Some(OwedDetail {
        matter,
        officer,
        charges: charges
            .map(|charge| (ChargeId(charge.entity.id), charge.value))
            .collect(),
        case: cases::case(read, entity)?,
        row,
    }))
}
