//! What is held on one citizen: found by exact name and village, logged, corrected, erased.
//!
//! Looks through every record of names, since no index of them may exist. Each deed is an entry of its own, which
//! names records and never the person.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use minicbor::Decoder;
use minicbor::data::Type;

use super::entity::{entity_from_key, known, root_of, views};
use super::erasure;
use super::error::{StoreError, WriteError};
use super::family::load;
use super::open::{Moment, Store, Work};
use super::reader::Reader;
use super::tables::{Read, Snapshot, Tab, Way, after};
use super::{codes, typing};
use crate::domain::{
    Activity, Citizen, Concern, DataDeed, DataRequest, Day, EntityId, EntityKind, Erasure, Held,
    HelpedNames, Particulars, RaisedBy, Reception, RowId, Site, Sought, Visit,
};
use crate::journal::{Act, EntryKind, FieldMap, Ids, RawCbor, Recorded, diff};
use crate::text::exact::{exact, named_in};

/// Where a citizen is named beside the records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// Rows of tables that wait to be corrected.
    pub waiting: Vec<RowId>,
    /// Visits that are being typed.
    pub typing: usize,
}

/// Where and when a record of names belongs.
struct Whereabouts {
    sites: Vec<Site>,
    date: Option<Day>,
}

impl Reader {
    /// Finds every record that names somebody of exactly this name and village.
    pub fn held_on(&self, sought: &Sought) -> Result<Vec<Held>, StoreError> {
        let snapshot = self.snapshot()?;
        let mut held = Vec::new();
        for entity in of_kind(&snapshot, EntityKind::Particulars)? {
            held.extend(particulars(&snapshot, entity, |citizen, place| {
                is_named(&citizen.name, sought)
                    && (lies_in(place, sought) || lives_in(citizen, sought))
            })?);
        }
        for entity in of_kind(&snapshot, EntityKind::Helped)? {
            held.extend(helped(&snapshot, entity, sought)?);
        }
        held.sort_by_key(|held| (held.date, held.record));
        Ok(held)
    }

    /// Reads what records of names hold, whoever they name.
    pub fn held_in(&self, records: &[EntityId]) -> Result<Vec<Held>, StoreError> {
        let snapshot = self.snapshot()?;
        let mut held = Vec::new();
        for entity in records {
            held.extend(particulars(&snapshot, *entity, |_, _| true)?);
        }
        Ok(held)
    }

    /// Finds where the name stands beside the records.
    pub fn named_elsewhere(&self, sought: &Sought) -> Result<Elsewhere, StoreError> {
        let snapshot = self.snapshot()?;
        let names = |bytes: &[u8]| {
            let words = exact(&texts(bytes));
            format!(" {words} ").contains(&format!(" {} ", sought.name))
        };
        let mut elsewhere = Elsewhere {
            typing: typing::all(&snapshot)?
                .iter()
                .filter(|(.., bytes)| names(bytes))
                .count(),
            ..Elsewhere::default()
        };
        for (row, bytes) in self.quarantine()? {
            if names(&bytes) {
                elsewhere.waiting.push(row);
            }
        }
        Ok(elsewhere)
    }

    /// Returns what was done with citizens' data, oldest first.
    pub fn data_requests(&self) -> Result<Vec<DataRequest>, StoreError> {
        let snapshot = self.snapshot()?;
        let mut rows = Vec::new();
        for entity in of_kind(&snapshot, EntityKind::DataRequest)? {
            if let Some(loaded) = load::<DataRequest>(&snapshot, entity)? {
                rows.push((loaded.age(), loaded.value));
            }
        }
        rows.sort_by_key(|(age, _)| *age);
        Ok(rows.into_iter().map(|(_, request)| request).collect())
    }
}

impl Store {
    /// Writes down what was done with a citizen's data. What could not be written down is not done.
    pub fn note_data_request(
        &self,
        request: &DataRequest,
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<(), WriteError> {
        self.write(moment, ids, |work| work.note_request(request))
    }

    /// Corrects particulars, and writes down that it was done.
    pub fn correct_particulars(
        &self,
        (record, request): (EntityId, &DataRequest),
        edit: impl FnOnce(&mut Citizen),
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<(), WriteError> {
        self.write(moment, ids, |work| {
            work.amend(record, |particulars: &mut Particulars| {
                if let RaisedBy::Citizen(citizen) = &mut particulars.raised_by {
                    edit(citizen);
                }
            })?;
            work.note_request(request)
        })
    }

    /// Erases what records hold on a citizen: their bodies go from the journal, the chains stand. The pages that
    /// held them are not wiped: the file is to be rewritten under a new key after this.
    pub fn erase_held(
        &self,
        (held, sought, request): (&[Held], Option<&Sought>, &DataRequest),
        waiting: &[RowId],
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<(), WriteError> {
        self.write(moment, ids, |work| {
            for held in held {
                work.erase(held.record, sought)?;
            }
            for row in waiting {
                work.draft.remove(Tab::Quarantine, &row.0)?;
            }
            work.note_request(request)
        })
    }
}

impl Work<'_, '_> {
    fn note_request(&mut self, request: &DataRequest) -> Result<(), WriteError> {
        if !super::reader::profile(self.draft)?.role.keeps_names() {
            return Err(WriteError::NotHeld);
        }
        let request = DataRequest {
            on: Some(self.moment.today),
            person: Some(self.meta.me()),
            ..request.clone()
        };
        self.new_record(&request).map(drop)
    }

    /// Puts an empty record, or one without the citizen, on top of all that it was, and erases what lies below.
    fn erase(&mut self, record: EntityId, sought: Option<&Sought>) -> Result<(), WriteError> {
        let known = known(self.draft, record)?.ok_or(WriteError::NotFound)?;
        let told = views(self.draft, &known)?.into_iter();
        let told = told.filter(|view| {
            view.act.is_some() && matches!(view.header.kind, EntryKind::Save | EntryKind::Withdraw)
        });
        let entries: Vec<_> = told.map(|view| view.hash).collect();
        match record.kind {
            EntityKind::Particulars => self.blank::<Particulars>(record, |old| Particulars {
                concern: old.concern,
                raised_by: RaisedBy::Citizen(Citizen::default()),
                said: String::new(),
                wish: String::new(),
            })?,
            EntityKind::Helped => self.blank::<HelpedNames>(record, |old| HelpedNames {
                activity: old.activity,
                names: sought.map_or_else(String::new, |sought| others(&old.names, sought)),
            })?,
            _ => return Err(WriteError::NotFound),
        }
        let erasure = Erasure {
            record: Some(record),
            entries,
        };
        self.new_record(&erasure)?;
        erasure::apply(self.draft, &erasure)?;
        Ok(())
    }

    /// Writes every field anew on top of all heads, so that nothing below stands any more.
    fn blank<T: Recorded>(
        &mut self,
        record: EntityId,
        make: impl FnOnce(&T) -> T,
    ) -> Result<(), WriteError> {
        let loaded = load::<T>(self.draft, record)?.ok_or(WriteError::NotFound)?;
        let new = make(&loaded.value).to_fields()?;
        let all = loaded.record.by_field().filter_map(<[_]>::first);
        let all: Vec<u32> = all.map(|value| value.field).collect();
        let mut changes = diff(&FieldMap::default(), &new, &all);
        if changes.is_empty() {
            changes = std::iter::once((1, RawCbor::null())).collect();
        }
        self.add(record, &loaded.record.heads, &Act::Save(changes))?;
        Ok(())
    }
}

/// Returns the records of a kind.
pub(super) fn of_kind(read: &impl Read, kind: EntityKind) -> Result<Vec<EntityId>, StoreError> {
    let kind = kind.number().to_be_bytes();
    let mut found = Vec::new();
    read.scan(
        Tab::Entities,
        &kind,
        &after(&kind),
        Way::Up,
        &mut |key, _| {
            found.push(entity_from_key(key)?);
            Ok(ControlFlow::Continue(()))
        },
    )?;
    Ok(found)
}

fn whereabouts(read: &Snapshot, of: EntityId) -> Result<Whereabouts, StoreError> {
    let mut place = Whereabouts {
        sites: Vec::new(),
        date: None,
    };
    match of.kind {
        EntityKind::Concern => {
            let concern = load::<Concern>(read, of)?;
            place
                .sites
                .extend(concern.and_then(|concern| concern.value.site));
        }
        EntityKind::Activity => {
            let activity = load::<Activity>(read, of)?;
            place.sites.extend(
                activity
                    .into_iter()
                    .flat_map(|activity| activity.value.sites),
            );
        }
        _ => {}
    }
    match root_of(read, of)? {
        Some(root) if root.kind == EntityKind::Visit => {
            if let Some(visit) = load::<Visit>(read, root)? {
                place.date = visit.value.day();
                place.sites.extend(visit.value.site);
            }
        }
        Some(root) if root.kind == EntityKind::Reception => {
            if let Some(reception) = load::<Reception>(read, root)? {
                place.date = reception.value.on;
                place.sites.extend(reception.value.site);
            }
        }
        Some(_) | None => {}
    }
    Ok(place)
}

fn lies_in(place: &Whereabouts, sought: &Sought) -> bool {
    let bears = |site: &Site| match site {
        Site::Text(text) => has_words(text, &sought.village),
        Site::Village(_) | Site::Commune(_) | Site::Former(_) => false,
    };
    let mut sites = place.sites.iter();
    sites.any(|site| sought.sites.contains(site) || bears(site))
}

fn lives_in(citizen: &Citizen, sought: &Sought) -> bool {
    has_words(&citizen.address, &sought.village)
}

fn has_words(text: &str, words: &str) -> bool {
    format!(" {} ", exact(text)).contains(&format!(" {words} "))
}

fn is_named(names: &str, sought: &Sought) -> bool {
    named_in(names).any(|(_, name)| name == sought.name)
}

/// Returns the names without the one that is sought, one a line.
fn others(names: &str, sought: &Sought) -> String {
    let others = named_in(names).filter(|(_, name)| *name != sought.name);
    let others: Vec<&str> = others.map(|(words, _)| words.trim()).collect();
    others.join("\n")
}

fn particulars(
    read: &Snapshot,
    entity: EntityId,
    is_sought: impl FnOnce(&Citizen, &Whereabouts) -> bool,
) -> Result<Option<Held>, StoreError> {
    if entity.kind != EntityKind::Particulars {
        return Ok(None);
    }
    let Some(loaded) = load::<Particulars>(read, entity)? else {
        return Ok(None);
    };
    let Particulars {
        concern: Some(concern),
        raised_by: RaisedBy::Citizen(citizen),
        said,
        wish,
    } = loaded.value
    else {
        return Ok(None);
    };
    let place = whereabouts(read, concern.into())?;
    if !is_sought(&citizen, &place) {
        return Ok(None);
    }
    let fields = [
        ("name", citizen.name),
        ("contact", citizen.contact),
        ("address", citizen.address),
        ("id_number", citizen.id_number),
        ("said", said),
        ("wish", wish),
    ];
    held(read, (entity, concern.into()), place.date, fields.into())
}

fn helped(read: &Snapshot, entity: EntityId, sought: &Sought) -> Result<Option<Held>, StoreError> {
    let Some(loaded) = load::<HelpedNames>(read, entity)? else {
        return Ok(None);
    };
    let (Some(activity), names) = (loaded.value.activity, loaded.value.names) else {
        return Ok(None);
    };
    if !is_named(&names, sought) {
        return Ok(None);
    }
    let place = whereabouts(read, activity.into())?;
    if !lies_in(&place, sought) {
        return Ok(None);
    }
    let lines = named_in(&names).filter(|(_, name)| *name == sought.name);
    let lines: Vec<&str> = lines.map(|(words, _)| words.trim()).collect();
    let fields = vec![("names", lines.join("\n"))];
    held(read, (entity, activity.into()), place.date, fields)
}

fn held(
    read: &Snapshot,
    (record, of): (EntityId, EntityId),
    date: Option<Day>,
    mut fields: Vec<(&'static str, String)>,
) -> Result<Option<Held>, StoreError> {
    fields.retain(|(_, text)| !text.is_empty());
    if fields.is_empty() {
        return Ok(None);
    }
    Ok(Some(Held {
        record,
        of,
        code: codes::code(read, of)?,
        date,
        fields,
    }))
}

/// Returns the records that a log of requests is about, each once.
pub fn records_of(held: &[Held]) -> Vec<[u8; 16]> {
    let ids: BTreeSet<[u8; 16]> = held.iter().map(|held| held.record.id).collect();
    ids.into_iter().collect()
}

/// Makes a line of the log.
pub fn request(deed: DataDeed, held: &[Held], paper: &str, received: Option<Day>) -> DataRequest {
    DataRequest {
        deed: Some(deed),
        records: records_of(held),
        paper: paper.to_owned(),
        received,
        ..DataRequest::default()
    }
}

/// Gives every text of CBOR, each on a line; bytes that are no CBOR as they are. The byte before a text
/// tells its length and may look like a letter of it.
fn texts(bytes: &[u8]) -> String {
    match texts_of(bytes) {
        Ok(texts) => texts,
        Err(_) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

fn texts_of(bytes: &[u8]) -> Result<String, minicbor::decode::Error> {
    let mut texts = String::new();
    let mut decoder = Decoder::new(bytes);
    while decoder.position() < bytes.len() {
        match decoder.datatype()? {
            Type::String => {
                texts.push('\n');
                texts.push_str(decoder.str()?);
            }
            Type::Array => drop(decoder.array()?),
            Type::Map => drop(decoder.map()?),
            _ => decoder.skip()?,
        }
    }
    Ok(texts)
}

#[cfg(test)]
mod tests;
