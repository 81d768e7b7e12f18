//! Whole records of a list, and headers of entries, a page at a time from one snapshot: memory does not
//! grow with the logbook. Never reads a body of the petition or sealed stream but the names asked for.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};
use std::ops::ControlFlow;

use super::blocks::Journal;
use super::entity::{Place as Position, must_know, record};
use super::error::{StoreError, WriteError};
use super::family::{load, parts};
use super::life;
use super::list::{self, Bucket, StoredRow};
use super::meta::{ChainBytes, chains};
use super::names::{self, Resolved};
use super::open::{Moment, Store};
use super::reader::member;
use super::recall::Recall;
use super::rows::{Slot, day_key, split_row, state_index};
use super::search::Reach;
use super::tables::{Read, Snapshot, Tab, Way, after};
use super::{Reader, codes, search};
use crate::domain::{
    Activity, Citizens, Concern, Day, Days, EntityId, EntityKind, EntryAct, ExportEntry,
    ExportPart, ExportRow, HelpedId, ListQuery, Listing, Meeting, MemberId, ParticularsId,
    PersonId, Place, PlaceId, Promise, ShortCode, Site, SiteCell, SiteName, Visit,
};
use crate::journal::{Act, EntryKind, Ids, Recorded, Stream};

impl Reader {
    /// Begins to read the whole records of a list that match a query, in its order and all of them,
    /// whatever its window; without states the withdrawn ones are left out, as in the lists.
    pub fn export(
        &self,
        listing: Listing,
        query: ListQuery,
        citizens: Citizens,
    ) -> Result<Export, StoreError> {
        let (snapshot, recall) = (self.snapshot()?, Recall::default());
        let (total, source) = if search::is_asked(&query) {
            let none = ListQuery {
                offset: 0,
                limit: 0,
                ..query.clone()
            };
            let how = (Reach::Whole, &recall);
            let found = list::window(&snapshot, listing, &none, how)?;
            (found.matching, Source::Found(0))
        } else {
            let days = list::in_order(list::days(&snapshot, listing)?, query.sort, |b| b.day);
            let within = days.into_iter();
            let within = within.filter(|bucket| list::within(&query.filters, bucket.day));
            let within: VecDeque<Bucket> = within.collect();
            let total = within.iter().map(|b| list::wanted(&query.filters, b));
            (total.sum(), Source::Days(within, None))
        };
        Ok(Export {
            snapshot,
            listing,
            query,
            citizens,
            total,
            source,
            recall,
            people: HashMap::new(),
            villages: HashMap::new(),
            visit: None,
        })
    }

    /// Begins to read the headers of the open stream's entries, chain by chain.
    pub fn export_entries(&self, days: Days) -> Result<ExportEntries, StoreError> {
        let snapshot = self.snapshot()?;
        let mut open = chains(&snapshot)?;
        open.retain(|_, chain| chain.stream() == Stream::Open);
        Ok(ExportEntries {
            days,
            total: open.values().map(|chain| chain.seq).sum(),
            chains: open.into_iter().collect(),
            next: 1,
            people: HashMap::new(),
            journal: Journal::default(),
            snapshot,
        })
    }
}

/// Where the rows come from.
enum Source {
    /// Day by day; the days left, and the one that is being read.
    Days(VecDeque<Bucket>, Option<Box<Reading>>),
    /// Window by window of what a search finds; rows passed so far.
    Found(u64),
}

/// A day whose rows are being read.
struct Reading {
    bucket: Bucket,
    /// The keys not read yet: from the first, below the second.
    from: Vec<u8>,
    below: Vec<u8>,
    states: [u64; 8],
}

/// Whole records of a list at one moment.
pub struct Export {
    snapshot: Snapshot,
    listing: Listing,
    query: ListQuery,
    citizens: Citizens,
    total: u64,
    source: Source,
    recall: Recall,
    /// Names of cadres and of villages are few, and many rows have the same.
    people: HashMap<PersonId, String>,
    villages: HashMap<PlaceId, Resolved>,
    /// The visit of the last row: parts of one visit lie close together.
    visit: Option<(EntityId, ShortCode, Visit)>,
}

impl Export {
    /// Returns how many rows there are.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Reads the next rows, about so many; none at the end.
    pub fn page(&mut self, most: usize) -> Result<Vec<ExportRow>, StoreError> {
        let mut rows = Vec::new();
        while rows.len() < most {
            let left = most - rows.len();
            let stored = match &mut self.source {
                Source::Found(passed) => {
                    let query = ListQuery {
                        offset: *passed,
                        limit: left,
                        ..self.query.clone()
                    };
                    let how = (Reach::Window, &self.recall);
                    let found = list::window(&self.snapshot, self.listing, &query, how)?.rows;
                    *passed += found.len() as u64;
                    (!found.is_empty()).then_some(found)
                }
                Source::Days(days, day) => {
                    let (snapshot, query) = (&self.snapshot, &self.query);
                    of_days(snapshot, (self.listing, query), days, day, left)?
                }
            };
            let Some(stored) = stored else {
                break;
            };
            for row in stored {
                rows.push(self.row(&row)?);
            }
        }
        Ok(rows)
    }

    fn row(&mut self, stored: &StoredRow) -> Result<ExportRow, StoreError> {
        let entity = stored.slot.entity();
        let (head, summary) = split_row(&stored.content)?;
        let code = codes::code(&self.snapshot, entity)?;
        let day = stored.slot.date();
        let (visit, own_site, part) = self.part(entity, summary, day)?;
        let (visit_code, visit) = self.visit(visit)?;
        let site = own_site.or_else(|| visit.site.clone());
        let mut team = Vec::with_capacity(visit.team.len());
        for person in &visit.team {
            team.push(self.person(*person)?);
        }
        Ok(ExportRow {
            entity,
            code,
            visit_code,
            state: head.state,
            site: match &site {
                Some(site) => self.site(site, day)?,
                None => SiteCell::default(),
            },
            lead: match visit.lead {
                Some(lead) => self.person(lead)?,
                None => String::new(),
            },
            team,
            part,
            visit,
        })
    }

    /// Reads what a row is about, with its visit and its own place, where it has one.
    fn part(
        &mut self,
        entity: EntityId,
        summary: &[u8],
        day: Option<Day>,
    ) -> Result<(EntityId, Option<Site>, ExportPart), StoreError> {
        match self.listing {
            Listing::Visits => {
                let counts = list::visit_bytes(summary)?;
                let part = ExportPart::Visit {
                    activities: counts.activities,
                    meetings: counts.meetings,
                    concerns: counts.open_concerns,
                };
                Ok((entity, None, part))
            }
            Listing::Activities => {
                let activity: Activity = self.must_load(entity)?;
                let other_sites = self.sites(&activity.sites, day)?;
                let helped = match self.citizens {
                    Citizens::LeftOut => None,
                    Citizens::Named => parts(&self.snapshot, entity)?.pop(),
                };
                let visit = must(activity.visit)?;
                let part = ExportPart::Activity {
                    activity,
                    other_sites,
                    helped: helped.map(|h| h.versioned(HelpedId)),
                };
                Ok((visit.into(), None, part))
            }
            Listing::Meetings => {
                let meeting: Meeting = self.must_load(entity)?;
                let (visit, site) = (must(meeting.visit)?, meeting.site.clone());
                let other_sites = self.sites(&meeting.sites, day)?;
                let promises = parts::<Promise>(&self.snapshot, entity)?.into_iter();
                let part = ExportPart::Meeting {
                    meeting,
                    other_sites,
                    promises: promises.map(|promise| promise.value).collect(),
                };
                Ok((visit.into(), site, part))
            }
            Listing::Concerns => {
                let concern: Concern = self.must_load(entity)?;
                let reception = concern.reception.map(EntityId::from);
                let whole = concern.visit.map(EntityId::from).or(reception);
                let (whole, site) = (must(whole)?, concern.site.clone());
                let particulars = match self.citizens {
                    Citizens::LeftOut => None,
                    Citizens::Named => parts(&self.snapshot, entity)?.pop(),
                };
                let part = ExportPart::Concern {
                    concern,
                    particulars: particulars.map(|p| p.versioned(ParticularsId)),
                };
                Ok((whole, site, part))
            }
            // No table of these leaves yet.
            Listing::Promises
            | Listing::Receptions
            | Listing::Duties
            | Listing::Inspections
            | Listing::Assignments => Err(StoreError::Damaged("rows")),
        }
    }

    fn must_load<T: Recorded>(&self, entity: EntityId) -> Result<T, StoreError> {
        let loaded = load::<T>(&self.snapshot, entity)?;
        Ok(loaded.ok_or(StoreError::Damaged("rows"))?.value)
    }

    /// Reads the visit that a record is part of; a reception as far as it is like one.
    fn visit(&mut self, id: EntityId) -> Result<(ShortCode, Visit), StoreError> {
        if self.visit.as_ref().is_none_or(|(known, ..)| *known != id) {
            let code = codes::code(&self.snapshot, id)?;
            let visit = match id.kind {
                EntityKind::Reception => life::like_a_visit(self.must_load(id)?),
                _ => self.must_load(id)?,
            };
            self.visit = Some((id, code, visit));
        }
        let (_, code, visit) = self.visit.as_ref().ok_or(StoreError::Damaged("rows"))?;
        Ok((code.clone(), visit.clone()))
    }

    fn person(&mut self, id: PersonId) -> Result<String, StoreError> {
        if let Some(name) = self.people.get(&id) {
            return Ok(name.clone());
        }
        let person = names::person(&self.snapshot, id)?.unwrap_or_default();
        self.people.insert(id, person.name.clone());
        Ok(person.name)
    }

    fn sites(&mut self, sites: &[Site], day: Option<Day>) -> Result<Vec<SiteCell>, StoreError> {
        sites.iter().map(|site| self.site(site, day)).collect()
    }

    /// Names a site as on that day.
    fn site(&mut self, site: &Site, day: Option<Day>) -> Result<SiteCell, StoreError> {
        let mut cell = SiteCell::default();
        match site {
            Site::Village(id) => {
                let place = self.village(*id)?.of_its_day(day);
                cell.name = place.map_or_else(SiteName::default, Place::site_name);
                cell.kind = place.and_then(|place| place.kind.clone());
            }
            Site::Commune(code) => cell.name.commune = Some(*code),
            Site::Former(code) => cell.name.former = Some(*code),
            Site::Text(text) => cell.name.village.clone_from(text),
        }
        Ok(cell)
    }

    fn village(&mut self, id: PlaceId) -> Result<&Resolved, StoreError> {
        Ok(match self.villages.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(names::resolve(&self.snapshot, id)?),
        })
    }
}

/// Reads the next stored rows of one day that are wanted; `None` at the end. A day's rows are held
/// against its bucket once all of them are read.
fn of_days(
    snapshot: &Snapshot,
    (listing, query): (Listing, &ListQuery),
    days: &mut VecDeque<Bucket>,
    day: &mut Option<Box<Reading>>,
    most: usize,
) -> Result<Option<Vec<StoredRow>>, StoreError> {
    let reading = day.take();
    let next = reading.or_else(|| {
        days.pop_front()
            .map(|bucket| Box::new(Reading::new(listing, bucket)))
    });
    let Some(mut reading) = next else {
        return Ok(None);
    };
    let way = list::way(query.sort);
    let (from, below) = (reading.from.clone(), reading.below.clone());
    let (mut found, mut seen) = (Vec::new(), 0);
    let mut take = |key: &[u8], content: &[u8]| {
        let (head, _) = split_row(content)?;
        reading.states[state_index(head.state)] += 1;
        reading.pass(key, way);
        if list::wants(&query.filters, head.state) {
            found.push(StoredRow {
                slot: Slot::from_key(key)?,
                content: content.to_vec(),
            });
        }
        seen += 1;
        Ok(if seen < most {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        })
    };
    snapshot.scan(Tab::Rows, &from, &below, way, &mut take)?;
    if seen == most {
        *day = Some(reading);
    } else if reading.states != reading.bucket.counts.states {
        return Err(StoreError::Damaged("rows"));
    }
    Ok(Some(found))
}

impl Reading {
    fn new(listing: Listing, bucket: Bucket) -> Self {
        let from = day_key(listing, bucket.day).to_vec();
        Self {
            below: after(&from),
            from,
            states: [0; 8],
            bucket,
        }
    }

    /// Takes a key out of those not read yet.
    fn pass(&mut self, key: &[u8], way: Way) {
        match way {
            Way::Down => self.below = key.to_vec(),
            Way::Up => {
                self.from = key.to_vec();
                self.from.push(0);
            }
        }
    }
}

/// Returns the visit or reception that a record with a row is part of.
fn must<I>(id: Option<I>) -> Result<I, StoreError> {
    id.ok_or(StoreError::Damaged("rows"))
}

/// Headers of entries at one moment.
pub struct ExportEntries {
    snapshot: Snapshot,
    journal: Journal,
    days: Days,
    total: u64,
    chains: VecDeque<(u32, ChainBytes)>,
    next: u64,
    people: HashMap<MemberId, String>,
}

impl ExportEntries {
    /// Returns how many entries are looked at; those of other days are passed over.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Looks at the next entries, about so many, and returns those that are wanted with how many were
    /// looked at; none at the end.
    pub fn page(&mut self, most: u64) -> Result<(Vec<ExportEntry>, u64), StoreError> {
        let (mut found, mut looked) = (Vec::new(), 0);
        while looked < most {
            let Some((chain, last)) = self.chains.front().map(|(n, c)| (*n, c.seq)) else {
                break;
            };
            if self.next > last {
                self.chains.pop_front();
                self.next = 1;
                continue;
            }
            let place = Position {
                chain,
                seq: self.next,
            };
            found.extend(self.entry(place)?);
            self.next += 1;
            looked += 1;
        }
        Ok((found, looked))
    }

    fn entry(&mut self, place: Position) -> Result<Option<ExportEntry>, StoreError> {
        let entry = self.journal.at(&self.snapshot, place)?.entry;
        let header = entry.header();
        let day = header.wall.day();
        let before = self.days.from.is_some_and(|from| day < from);
        if before || self.days.to.is_some_and(|to| day > to) {
            return Ok(None);
        }
        let who = match self.people.get(&header.author) {
            Some(name) => name.clone(),
            None => {
                let name = member(&self.snapshot, header.author)?.name;
                self.people.insert(header.author, name.clone());
                name
            }
        };
        Ok(Some(ExportEntry {
            code: codes::code(&self.snapshot, header.entity)?,
            kind: header.entity.kind,
            act: act(header.kind),
            at: header.wall,
            who,
            device: header.device.0,
            seq: header.seq,
            time: header.time,
            hash: entry.hash(),
            previous: header.prev,
            replaces: header.heads.len(),
            body_hash: header.body,
            signed: entry.signature().is_some(),
        }))
    }
}

fn act(kind: EntryKind) -> EntryAct {
    match kind {
        EntryKind::Save => EntryAct::Save,
        EntryKind::Withdraw => EntryAct::Withdraw,
        EntryKind::Send => EntryAct::Send,
        EntryKind::Undo => EntryAct::Undo,
        EntryKind::Shown => EntryAct::Shown,
        EntryKind::Receipt => EntryAct::Receipt,
        EntryKind::Cut => EntryAct::Cut,
        EntryKind::Unknown(_) => EntryAct::Unknown,
    }
}

impl Store {
    /// Writes down that the member was shown these records of citizens' names: an entry for each.
    pub fn show_all(
        &self,
        shown: &[EntityId],
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<(), WriteError> {
        if shown.is_empty() {
            return Ok(());
        }
        self.write(moment, ids, |work| {
            for entity in shown {
                must_know(work.draft, *entity)?;
                let heads = record(work.draft, *entity)?.heads;
                work.add(*entity, &heads, &Act::Shown)?;
            }
            Ok(())
        })
    }
}
