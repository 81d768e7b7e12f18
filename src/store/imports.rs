//! Takes in rows of tables: records of a row once, whatever file it comes in; rows that could not be read
//! and what columns were taken for, kept beside the journal. Never reads a cell.

mod beside;

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use minicbor::bytes::ByteArray;

use super::bytes::{decode, encode};
use super::codes;
use super::entity::{must_know, views, visit_of};
use super::error::{StoreError, WriteError};
use super::family;
use super::linked::Group;
use super::open::{Moment, Store, Work};
use super::reader::Reader;
use super::tables::{Draft, Read, Tab, Way};
use crate::domain::{
    Beside, Dossier, EntityId, EntityKind, Person, PersonId, Place, PlaceId, Role, RowId, Step,
    VisitId, VisitState, advance, check,
};
use crate::journal::{Act, EntryView, Ids, Stream, fold};

/// What rows of a table become.
pub struct TakeIn {
    /// A visit, its parts with the rows that they were read from; `None` where the rows only name
    /// villages or cadres.
    pub dossier: Option<Dossier>,
    /// What they are instead: a reception, a duty, an inspection.
    pub beside: Option<Beside>,
    /// Villages and cadres that it names, those known already among them.
    pub places: Vec<(PlaceId, Place)>,
    pub people: Vec<(PersonId, Person)>,
    pub rows: Vec<RowId>,
    /// What some of them are called where the same table was given in another way.
    pub others: Vec<(RowId, RowId)>,
    /// What another table may have brought their visit by.
    pub visit: Option<RowId>,
    /// The codes that rows of an export have in the logbook that wrote it.
    pub codes: Vec<(RowId, String)>,
    pub sending: Sending,
}

/// Whether a visit comes in as sent to review.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sending {
    #[default]
    Sent,
    /// It was a draft where it was exported, and stays one.
    Draft,
}

/// What became of each row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    pub added: Vec<RowId>,
    /// Rows whose records are there already.
    pub unchanged: Vec<RowId>,
    pub quarantined: Vec<RowId>,
    /// Visits that were made, or that rows joined.
    pub visits: Vec<VisitId>,
}

impl Store {
    /// Takes in a batch in one commit. Visits come in as sent, drafts of an export as drafts; what is known already stays as it is,
    /// and further rows of a visit that is known join it.
    pub fn take_in(
        &self,
        batch: Vec<TakeIn>,
        quarantine: Vec<(RowId, Vec<u8>)>,
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<Taken, WriteError> {
        self.write(moment, ids, |work| {
            let mut taking = Taking {
                role: work.role()?,
                taken: Taken::default(),
                named: BTreeSet::new(),
            };
            for rows in batch {
                taking.rows(work, rows)?;
            }
            for (row, bytes) in quarantine {
                if stands(work.draft, row)?.is_some() {
                    taking.taken.unchanged.push(row);
                } else {
                    work.draft.put(Tab::Quarantine, &row.0, &bytes)?;
                    taking.taken.quarantined.push(row);
                }
            }
            Ok(taking.taken)
        })
    }

    /// Drops rows from the quarantine.
    pub fn drop_quarantined(&self, rows: &[RowId]) -> Result<(), StoreError> {
        self.transact(|draft| {
            let mut rows = rows.iter();
            rows.try_for_each(|row| draft.remove(Tab::Quarantine, &row.0))
        })
    }

    /// Remembers what the columns of a header were taken for.
    pub fn remember_columns(&self, header: [u8; 16], bytes: &[u8]) -> Result<(), StoreError> {
        self.transact(|draft| draft.put(Tab::Columns, &header, bytes))
    }
}

impl Reader {
    /// Returns which of some rows have records already.
    pub fn imported(&self, rows: &[RowId]) -> Result<Vec<bool>, StoreError> {
        let snapshot = self.snapshot()?;
        let known = |row: &RowId| Ok(stands(&snapshot, *row)?.is_some());
        rows.iter().map(known).collect()
    }

    /// Returns which rows of a visit are there already: made before, or written by an export of this
    /// logbook.
    pub fn there(&self, rows: &TakeIn) -> Result<Vec<bool>, StoreError> {
        let snapshot = self.snapshot()?;
        if rows.beside.is_some() {
            let known = |row: &RowId| Ok(stands(&snapshot, *row)?.is_some());
            return rows.rows.iter().map(known).collect();
        }
        let Some(dossier) = &rows.dossier else {
            return Ok(vec![
                rows.places.is_empty() && rows.people.is_empty();
                rows.rows.len()
            ]);
        };
        let known = |row: &RowId| {
            let names = Called {
                others: &rows.others,
                codes: &rows.codes,
            };
            let there = stands_or_written(&snapshot, *row, names, dossier)?;
            Ok(there.is_some())
        };
        rows.rows.iter().map(known).collect()
    }

    /// Returns every row in quarantine with its bytes, by row.
    pub fn quarantine(&self) -> Result<Vec<(RowId, Vec<u8>)>, StoreError> {
        let kept = kept(&self.snapshot()?, Tab::Quarantine)?;
        Ok(kept
            .into_iter()
            .map(|(key, bytes)| (RowId(key), bytes))
            .collect())
    }

    /// Returns a row in quarantine; `None` where it waits no more.
    pub fn quarantined(&self, row: RowId) -> Result<Option<Vec<u8>>, StoreError> {
        self.snapshot()?.get(Tab::Quarantine, &row.0)
    }

    /// Returns what the columns of a header were taken for last.
    pub fn columns(&self, header: [u8; 16]) -> Result<Option<Vec<u8>>, StoreError> {
        self.snapshot()?.get(Tab::Columns, &header)
    }
}

/// A key of 16 bytes and what is kept under it.
type Kept = ([u8; 16], Vec<u8>);

/// Reads a table of 16-byte keys.
pub(super) fn kept(read: &impl Read, tab: Tab) -> Result<Vec<Kept>, StoreError> {
    let mut kept = Vec::new();
    read.scan(tab, &[], &[u8::MAX; 17], Way::Up, &mut |key, content| {
        let key = <[u8; 16]>::try_from(key).map_err(|_| StoreError::Damaged(tab.name()))?;
        kept.push((key, content.to_vec()));
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(kept)
}

/// The view of rows: linked, so that a row that is not found was never taken in.
const ROWS: Group<'static> = Group {
    tab: Tab::Imported,
    prefix: &[1],
};

fn key(row: RowId) -> [u8; 17] {
    let mut key = [1; 17];
    key[1..].copy_from_slice(&row.0);
    key
}

type Records = Vec<(u16, ByteArray<16>)>;

/// Begins the view.
pub(super) fn begin(draft: &mut Draft<'_>) -> Result<(), StoreError> {
    ROWS.begin(draft)
}

fn records(read: &impl Read, row: RowId) -> Result<Records, StoreError> {
    match ROWS.get(read, &key(row))? {
        Some(content) => decode(&content, "imported"),
        None => Ok(Vec::new()),
    }
}

/// Returns the rows that the entries of a record name, those taken back among them: a record stays in
/// the view, and whether it stands is asked of itself.
pub(super) fn rows_said(kind: EntityKind, entries: &[EntryView]) -> BTreeSet<RowId> {
    let field = match kind {
        EntityKind::Visit => 12,
        EntityKind::Activity => 13,
        EntityKind::Meeting | EntityKind::Duty | EntityKind::Inspection => 10,
        EntityKind::Reception => 9,
        EntityKind::Concern => 19,
        EntityKind::Place
        | EntityKind::Person
        | EntityKind::Particulars
        | EntityKind::Helped
        | EntityKind::Envelope
        | EntityKind::Member
        | EntityKind::Logbook
        | EntityKind::Pair
        | EntityKind::Admission
        | EntityKind::Device
        | EntityKind::Review
        | EntityKind::Step
        | EntityKind::Label
        | EntityKind::Promise
        | EntityKind::Answer
        | EntityKind::Charge
        | EntityKind::Assignment
        | EntityKind::DataRequest
        | EntityKind::Erasure
        | EntityKind::Closing
        | EntityKind::Unknown(_) => return BTreeSet::new(),
    };
    let mut rows = BTreeSet::new();
    for entry in entries {
        if let Some(Act::Save(fields)) = &entry.act
            && let Some(value) = fields.get(field)
            && let Ok(row) = minicbor::decode::<ByteArray<16>>(value.as_bytes())
        {
            rows.insert(RowId(row.into()));
        }
    }
    rows
}

/// Notes that a record was made of a row.
pub(super) fn note(draft: &mut Draft<'_>, row: RowId, entity: EntityId) -> Result<(), StoreError> {
    let mut records = records(draft, row)?;
    let record = (entity.kind.number(), ByteArray::from(entity.id));
    let sorted = |(kind, id): &(u16, ByteArray<16>)| (*kind, <[u8; 16]>::from(*id));
    match records.binary_search_by_key(&sorted(&record), sorted) {
        Ok(_) => Ok(()),
        Err(at) => {
            records.insert(at, record);
            ROWS.put(draft, &key(row), encode(&records))
        }
    }
}

/// Returns a record of a row that was not taken back, a withdrawn one too: it was taken out on purpose.
fn stands(read: &impl Read, row: RowId) -> Result<Option<EntityId>, StoreError> {
    for (kind, id) in records(read, row)? {
        let entity = EntityId {
            kind: EntityKind::from_number(kind),
            id: id.into(),
        };
        let known = must_know(read, entity)?;
        // What nobody came back to stands as it was saved.
        if known.log.len() == 1 || !fold(&views(read, &known)?).is_void() {
            return Ok(Some(entity));
        }
    }
    Ok(None)
}

/// What rows are called elsewhere: in another table, in the logbook that wrote them.
#[derive(Clone, Copy)]
struct Called<'r> {
    others: &'r [(RowId, RowId)],
    codes: &'r [(RowId, String)],
}

/// Returns the record that a row is there as: made of it before, or what an export of this logbook wrote
/// into it. A code alone is short enough to be another logbook's: kind and day must agree too.
fn stands_or_written(
    read: &impl Read,
    row: RowId,
    names: Called<'_>,
    dossier: &Dossier,
) -> Result<Option<EntityId>, StoreError> {
    let other = names.others.iter().find(|(known, _)| *known == row);
    for called in std::iter::once(row).chain(other.map(|(_, other)| *other)) {
        if let Some(entity) = stands(read, called)? {
            return Ok(Some(entity));
        }
    }
    let Some((_, code)) = names.codes.iter().find(|(known, _)| *known == row) else {
        return Ok(None);
    };
    let kind = kind_of(dossier, row);
    let day = dossier.visit.value.day();
    for slot in codes::slots(read, code)? {
        if slot.entity().kind == kind && slot.date() == day {
            return Ok(Some(slot.entity()));
        }
    }
    Ok(None)
}

/// Tells what a row of a dossier is.
fn kind_of(dossier: &Dossier, row: RowId) -> EntityKind {
    let mut activities = dossier.activities.iter();
    let mut meetings = dossier.meetings.iter();
    let mut concerns = dossier.concerns.iter();
    if activities.any(|file| file.activity.value.row == Some(row)) {
        EntityKind::Activity
    } else if meetings.any(|file| file.meeting.value.row == Some(row)) {
        EntityKind::Meeting
    } else if concerns.any(|file| file.concern.value.row == Some(row)) {
        EntityKind::Concern
    } else {
        EntityKind::Visit
    }
}

struct Taking {
    role: Role,
    taken: Taken,
    /// Villages and cadres that this commit makes.
    named: BTreeSet<EntityId>,
}

impl Taking {
    fn rows(&mut self, work: &mut Work<'_, '_>, rows: TakeIn) -> Result<(), WriteError> {
        if let Some(beside) = rows.beside {
            let named = (rows.places, rows.people);
            return self.beside(work, beside, rows.rows, named);
        }
        let Some(mut dossier) = rows.dossier else {
            let made = self.names(work, rows.places, rows.people)?;
            let fate = match made {
                0 => &mut self.taken.unchanged,
                _ => &mut self.taken.added,
            };
            fate.extend(rows.rows);
            return Ok(());
        };
        let mut known = None;
        let mut new = Vec::with_capacity(rows.rows.len());
        for row in rows.rows {
            let names = Called {
                others: &rows.others,
                codes: &rows.codes,
            };
            match stands_or_written(work.draft, row, names, &dossier)? {
                Some(entity) => {
                    known = known.or(Some(entity));
                    without(&mut dossier, row);
                    self.taken.unchanged.push(row);
                }
                None => new.push(row),
            }
        }
        if new.is_empty() {
            return Ok(());
        }
        if let (None, Some(visit)) = (known, rows.visit) {
            known = stands(work.draft, visit)?;
        }
        self.names(work, rows.places, rows.people)?;
        match joined(work.draft, known)? {
            Some(mut standing) => {
                self.taken.visits.extend(standing.visit.id);
                standing.activities.append(&mut dossier.activities);
                standing.meetings.append(&mut dossier.meetings);
                standing.concerns.append(&mut dossier.concerns);
                work.dossier(standing, self.role)?;
            }
            None => {
                let visit = self.visit(work, dossier, rows.sending)?;
                self.taken.visits.push(visit);
            }
        }
        for row in &new {
            work.draft.remove(Tab::Quarantine, &row.0)?;
        }
        self.taken.added.append(&mut new);
        Ok(())
    }

    /// Makes the villages and cadres that are not known yet, and returns how many.
    fn names(
        &mut self,
        work: &mut Work<'_, '_>,
        places: Vec<(PlaceId, Place)>,
        people: Vec<(PersonId, Person)>,
    ) -> Result<usize, WriteError> {
        let before = self.named.len();
        for (id, place) in places {
            let known = super::names::place(work.draft, id)?.is_some();
            if !known && self.named.insert(id.into()) {
                work.create(id.into(), &place)?;
            }
        }
        for (id, person) in people {
            let known = super::names::person(work.draft, id)?.is_some();
            if !known && self.named.insert(id.into()) {
                work.create(id.into(), &person)?;
            }
        }
        Ok(self.named.len() - before)
    }

    /// Saves a new visit, and sends it.
    fn visit(
        &mut self,
        work: &mut Work<'_, '_>,
        dossier: Dossier,
        sending: Sending,
    ) -> Result<VisitId, WriteError> {
        let findings = check(&dossier, work.moment.today);
        if !findings.is_empty() && sending == Sending::Sent {
            return Err(WriteError::Incomplete(findings));
        }
        let visit = VisitId(work.new_id(Stream::Open));
        let head = work.create(visit.into(), &dossier.visit.value)?;
        let mut parts = BTreeSet::new();
        for file in dossier.activities {
            work.activity(file, visit, self.role, &mut parts)?;
        }
        for meeting in dossier.meetings {
            work.meeting(meeting, visit, &mut parts)?;
        }
        for file in dossier.concerns {
            work.concern(file, visit, self.role, &mut parts)?;
        }
        match sending {
            Sending::Sent => drop(work.add(visit.into(), &[head], &Act::Send)?),
            Sending::Draft => {}
        }
        Ok(visit)
    }
}

/// Takes the part of a row out of a dossier.
fn without(dossier: &mut Dossier, row: RowId) {
    dossier
        .activities
        .retain(|file| file.activity.value.row != Some(row));
    dossier
        .meetings
        .retain(|file| file.meeting.value.row != Some(row));
    dossier
        .concerns
        .retain(|file| file.concern.value.row != Some(row));
}

/// Returns the visit that a known row belongs to, where something may still be added to it.
fn joined(read: &impl Read, known: Option<EntityId>) -> Result<Option<Dossier>, StoreError> {
    let Some(entity) = known else {
        return Ok(None);
    };
    let Some(visit) = visit_of(read, entity)? else {
        return Ok(None);
    };
    let standing = family::dossier(read, visit)?;
    Ok(
        standing.filter(|dossier| match advance(dossier.state, Step::Save) {
            Ok(VisitState::Draft | VisitState::Sent | VisitState::Returned) => true,
            // What was confirmed is not changed behind the reviewer's back.
            Ok(
                VisitState::Confirmed
                | VisitState::Changed
                | VisitState::Conflict
                | VisitState::OnPaper
                | VisitState::Withdrawn,
            )
            | Err(_) => false,
        }),
    )
}
