//! Reads the logbook: a snapshot for each question. Never writes.

use std::collections::BTreeSet;
use std::sync::Arc;

use redb::{Database, ReadableDatabase};

use super::entity::{known, must_know, views, visit_of};
use super::error::StoreError;
use super::family::{self, family};
use super::meta::read_meta;
use super::recall::Recall;
use super::search::Reach;
use super::tables::{Read, Snapshot, Tab};
use super::typing::{self, Typing};
use super::{codes, decide, duplicates, list, names, today};
use crate::domain::{
    ConcernId, Day, Dossier, Duplicate, DuplicatePage, EntityId, EntityKind, Gist, HistoryLine,
    ListQuery, Listing, LogbookId, MemberId, Names, OwedDetail, Page, Particulars, PersonId,
    Profile, RecordRow, Seen, ShortCode, Today, VisitId, VisitRow,
};
use crate::journal::{DeviceKey, Logbook, Malformed, Member, fold, history};

/// Reads the logbook on any thread; clones are cheap.
#[derive(Clone)]
pub struct Reader {
    db: Arc<Database>,
    recall: Arc<Recall>,
}

/// Who writes in the logbook on this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub logbook: LogbookId,
    pub member: MemberId,
    /// The cadre that the member is.
    pub me: PersonId,
}

impl Reader {
    pub(super) fn new(db: Arc<Database>) -> Self {
        let recall = Arc::default();
        Self { db, recall }
    }

    pub(super) fn snapshot(&self) -> Result<Snapshot, StoreError> {
        Snapshot::open(&self.db.begin_read()?)
    }

    /// Returns a window of the visits.
    pub fn list_visits(&self, query: &ListQuery) -> Result<Page<VisitRow>, StoreError> {
        list::visits(&self.snapshot()?, query, (Reach::Whole, &self.recall))
    }

    /// Returns the same window, as soon as it is full: how many there are is then not known yet.
    pub fn list_first_visits(&self, query: &ListQuery) -> Result<Page<VisitRow>, StoreError> {
        list::visits(&self.snapshot()?, query, (Reach::Window, &self.recall))
    }

    /// Returns a window of the activities, meetings or concerns; visits have
    /// [`Reader::list_visits`].
    pub fn list_records(
        &self,
        listing: Listing,
        query: &ListQuery,
    ) -> Result<Page<RecordRow>, StoreError> {
        list::records(&self.snapshot()?, listing, query, &self.recall)
    }

    /// Returns what needs a person on a day, and the numbers of the months before it.
    pub fn today(&self, day: Day) -> Result<Today, StoreError> {
        let snapshot = self.snapshot()?;
        Ok(Today {
            quarantined: snapshot.count(Tab::Quarantine)?,
            ..today::today(&snapshot, day)?
        })
    }

    /// Returns a visit with everything that this device holds of it; `None` where it does not stand.
    pub fn dossier(&self, visit: VisitId) -> Result<Option<Dossier>, StoreError> {
        let snapshot = self.snapshot()?;
        match known(&snapshot, visit.into())? {
            Some(_) => family::dossier(&snapshot, visit),
            None => Ok(None),
        }
    }

    /// Returns the row of a record that has one in a list; visits have rows of another shape, and none here.
    pub fn row(&self, entity: EntityId) -> Result<Option<RecordRow>, StoreError> {
        let snapshot = self.snapshot()?;
        if entity.kind == EntityKind::Visit {
            return Ok(None);
        }
        match known(&snapshot, entity)?.and_then(|known| known.ordinal) {
            Some(_) => Ok(Some(list::row_of(&snapshot, entity)?)),
            None => Ok(None),
        }
    }

    /// Returns a concern or promise with all that was done about it; `None` where it does not stand.
    pub fn owed(&self, entity: EntityId) -> Result<Option<OwedDetail>, StoreError> {
        super::tend::detail(&self.snapshot()?, entity)
    }

    /// Returns who raised a concern and what was said, where this device holds it.
    pub fn particulars(&self, concern: ConcernId) -> Result<Option<Particulars>, StoreError> {
        super::register::particulars(&self.snapshot()?, concern)
    }

    /// Returns the digest of what anybody of the unit and the cell may read of a visit.
    pub fn revision(&self, visit: VisitId) -> Result<Option<[u8; 32]>, StoreError> {
        let snapshot = self.snapshot()?;
        if known(&snapshot, visit.into())?.is_none() {
            return Ok(None);
        }
        let Some(family) = family(&snapshot, visit)? else {
            return Ok(None);
        };
        Ok(Some(family.revision()))
    }

    /// Returns what happened to a visit and its parts, or to any other record, oldest first.
    pub fn history(&self, entity: EntityId) -> Result<Vec<HistoryLine>, StoreError> {
        let snapshot = self.snapshot()?;
        if known(&snapshot, entity)?.is_none() {
            return Ok(Vec::new());
        }
        let mut happened = Vec::new();
        for entity in family::members(&snapshot, entity)? {
            happened.extend(history(&views(&snapshot, &must_know(&snapshot, entity)?)?));
        }
        if entity.kind == EntityKind::Visit {
            happened.extend(decide::happened(&snapshot, VisitId(entity.id))?);
        }
        // Streams have clocks of their own; only what the devices' clocks claimed spans them.
        happened.sort_by_key(|h| (h.at, h.time));
        let mut lines = Vec::with_capacity(happened.len());
        for line in happened {
            lines.push(HistoryLine {
                at: line.at,
                who: member(&snapshot, line.author)?.name,
                about: line.about,
                event: line.event,
            });
        }
        Ok(lines)
    }

    /// Returns the saved visits that what is being typed may repeat, the likeliest first.
    pub fn like_typed(
        &self,
        own: Option<VisitId>,
        gist: Gist,
        limit: usize,
    ) -> Result<Vec<VisitRow>, StoreError> {
        duplicates::like_typed(&self.snapshot()?, own, gist, limit)
    }

    /// Returns the pairs of one visit: those that may be one and those that were decided about.
    pub fn duplicates_of(&self, visit: VisitId) -> Result<Vec<Duplicate>, StoreError> {
        duplicates::of_visit(&self.snapshot()?, visit)
    }

    /// Returns open pairs of some visits, such as an import brought, each once.
    pub fn duplicates_among(
        &self,
        visits: &[VisitId],
        limit: usize,
    ) -> Result<BTreeSet<(VisitId, VisitId)>, StoreError> {
        duplicates::of_visits(&self.snapshot()?, visits, limit)
    }

    /// Returns open pairs of the next visits after those seen; of the list from its beginning where
    /// nothing was seen.
    pub fn duplicates(&self, seen: Option<Seen>) -> Result<DuplicatePage, StoreError> {
        duplicates::page(&self.snapshot()?, seen)
    }

    /// Returns the names that the type-ahead offers.
    pub fn names(&self) -> Result<Names, StoreError> {
        names::names(&self.snapshot()?)
    }

    /// Returns those of them that are records: enough for the first screen, and sooner there.
    pub fn record_names(&self) -> Result<Names, StoreError> {
        names::records(&self.snapshot()?)
    }

    /// Returns the records whose code begins with what was typed.
    pub fn find(&self, code: &str) -> Result<Vec<EntityId>, StoreError> {
        codes::find(&self.snapshot()?, code)
    }

    /// Returns a record's code, long enough to tell it from all others.
    pub fn code(&self, entity: EntityId) -> Result<ShortCode, StoreError> {
        codes::code(&self.snapshot()?, entity)
    }

    /// Returns the visit that a record is or belongs to.
    pub fn visit_of(&self, entity: EntityId) -> Result<Option<VisitId>, StoreError> {
        visit_of(&self.snapshot()?, entity)
    }

    /// Returns the visit that a member created last, of those that stand.
    pub fn last_visit(&self, member: MemberId) -> Result<Option<VisitId>, StoreError> {
        super::entity::last_visit(&self.snapshot()?, member)
    }

    /// Returns all unsaved typing, oldest first.
    pub fn typing(&self) -> Result<Vec<Typing>, StoreError> {
        typing::all(&self.snapshot()?)
    }

    /// Returns the profile of the member who writes here.
    pub fn profile(&self) -> Result<Profile, StoreError> {
        profile(&self.snapshot()?)
    }

    /// Returns what the logbook is called: its unit's name.
    pub fn unit(&self) -> Result<String, StoreError> {
        let snapshot = self.snapshot()?;
        let logbook = read_meta(&snapshot)?.logbook();
        if let Some(known) = known(&snapshot, logbook.into())? {
            let called: Result<Logbook, Malformed> = fold(&views(&snapshot, &known)?).read();
            if let Some(called) = called.ok().filter(|called| !called.name.trim().is_empty()) {
                return Ok(called.name);
            }
        }
        Ok(profile(&snapshot)?.unit)
    }

    /// Returns the logbook's first device, where the file knows it.
    pub fn root(&self) -> Result<Option<DeviceKey>, StoreError> {
        Ok(read_meta(&self.snapshot()?)?.root())
    }

    /// Returns who writes in the logbook on this device.
    pub fn identity(&self) -> Result<Identity, StoreError> {
        let meta = read_meta(&self.snapshot()?)?;
        Ok(Identity {
            logbook: meta.logbook(),
            member: meta.member(),
            me: meta.me(),
        })
    }
}

pub(super) fn member(read: &impl Read, id: MemberId) -> Result<Member, StoreError> {
    let Some(known) = known(read, id.into())? else {
        return Ok(Member::default());
    };
    let member = fold(&views(read, &known)?).read();
    member.map_err(|_| StoreError::Damaged("a record"))
}

pub(super) fn profile(read: &impl Read) -> Result<Profile, StoreError> {
    let member = member(read, read_meta(read)?.member())?;
    member.profile().ok_or(StoreError::Damaged("the member"))
}
