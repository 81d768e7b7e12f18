//! The rows that the numbers of a period are made of, read from one snapshot: what happened in the period,
//! what has no date, and every concern about which something was done or is still owed. Sums nothing.

mod beside;
mod concern;
mod visit;

pub(super) use beside::{all, spots};

use std::collections::{BTreeSet, HashMap};
use std::ops::ControlFlow;

use super::bytes::decode;
use super::cases;
use super::dues::Reckoner;
use super::entity::{Known, entity_from_key, must_know};
use super::error::StoreError;
use super::family::{family, load};
use super::list;
use super::names;
use super::reader::Reader;
use super::rows::{UNDATED, inverted_day};
use super::tables::{Read, Snapshot, Tab, Way, after};
use crate::domain::tally::{Body, Head, Rows};
use crate::domain::{
    Code, Day, Duty, EntityId, EntityKind, Inspection, Listing, Matter, Period, Place, Reception,
    Site, SiteName, VisitId, VisitState,
};
use crate::text::fold::fold;

impl Reader {
    /// Reads what the numbers of a period are made of. `as_of` is the day on which dates are held against
    /// the calendar; `reckoner` gives the dates.
    pub fn tally_rows(
        &self,
        period: Period,
        as_of: Day,
        reckoner: &Reckoner,
    ) -> Result<Rows, StoreError> {
        let mut gather = Gather {
            snapshot: self.snapshot()?,
            as_of,
            reckoner,
            rows: Rows::default(),
            sites: HashMap::new(),
        };
        let roots = gather.roots(period)?;
        for root in &roots {
            gather.root(*root, Wanted::All)?;
        }
        let older = gather.older(&roots)?;
        for (root, concerns) in older {
            gather.root(root, Wanted::Concerns(&concerns))?;
        }
        gather.assignments()?;
        gather.spots()?;
        Ok(gather.rows)
    }
}

/// What of a root is wanted.
#[derive(Clone, Copy)]
enum Wanted<'a> {
    All,
    Concerns(&'a BTreeSet<EntityId>),
}

/// What the parts of a root take from it.
struct Whole<'a> {
    state: VisitState,
    day: Option<Day>,
    unit: &'a str,
    site: Option<&'a Site>,
}

struct Gather<'r> {
    snapshot: Snapshot,
    as_of: Day,
    reckoner: &'r Reckoner,
    rows: Rows,
    /// Villages are few, and many rows lie in the same.
    sites: HashMap<(Site, Option<Day>), SiteName>,
}

type Older = HashMap<EntityId, BTreeSet<EntityId>>;

impl Gather<'_> {
    /// Returns the roots of the period and those without a date.
    fn roots(&self, period: Period) -> Result<BTreeSet<EntityId>, StoreError> {
        let mut roots = BTreeSet::new();
        let (newest, oldest) = (
            inverted_day(Some(period.to)),
            inverted_day(Some(period.from)),
        );
        for listing in [
            Listing::Visits,
            Listing::Receptions,
            Listing::Duties,
            Listing::Inspections,
        ] {
            for bucket in list::days(&self.snapshot, listing)? {
                if bucket.day == UNDATED || (newest..=oldest).contains(&bucket.day) {
                    let rows = list::rows_of_day(&self.snapshot, listing, &bucket, Way::Up)?;
                    roots.extend(rows.iter().map(|row| row.slot.entity()));
                }
            }
        }
        Ok(roots)
    }

    /// Returns the concerns of other roots that have steps or labels or are still owed, by root.
    fn older(&self, roots: &BTreeSet<EntityId>) -> Result<Older, StoreError> {
        let mut concerns = BTreeSet::new();
        for kind in [EntityKind::Step, EntityKind::Label] {
            for (_, known) in all_known(&self.snapshot, kind)? {
                concerns.extend(known.whole());
            }
        }
        for case in cases::all(&self.snapshot)? {
            if let Matter::Concern(concern) = case.matter
                && concern.heard.is_some_and(|heard| heard <= self.as_of)
            {
                concerns.insert(case.entity);
            }
        }
        let mut older = Older::new();
        for concern in concerns {
            if let Some(root) = must_know(&self.snapshot, concern)?.whole()
                && !roots.contains(&root)
            {
                older.entry(root).or_default().insert(concern);
            }
        }
        Ok(older)
    }

    fn root(&mut self, root: EntityId, wanted: Wanted<'_>) -> Result<(), StoreError> {
        match root.kind {
            EntityKind::Visit => {
                let found = family(&self.snapshot, VisitId(root.id))?;
                found.map_or(Ok(()), |family| self.visit(&family, wanted))
            }
            EntityKind::Reception => {
                let loaded = load::<Reception>(&self.snapshot, root)?;
                loaded.map_or(Ok(()), |loaded| self.reception(&loaded, wanted))
            }
            EntityKind::Duty => {
                let loaded = load::<Duty>(&self.snapshot, root)?;
                loaded.map_or(Ok(()), |loaded| self.duty(&loaded))
            }
            EntityKind::Inspection => {
                let loaded = load::<Inspection>(&self.snapshot, root)?;
                loaded.map_or(Ok(()), |loaded| self.inspection(&loaded))
            }
            // No other kind is asked for.
            _ => Ok(()),
        }
    }

    fn head(&mut self, entity: EntityId, whole: &Whole<'_>) -> Result<Head, StoreError> {
        Ok(Head {
            entity,
            state: whole.state,
            day: whole.day,
            unit: body(whole.unit),
            site: match whole.site {
                Some(site) => self.site(site, whole.day)?,
                None => SiteName::default(),
            },
            place: String::new(),
            communes: Vec::new(),
            category: None,
            repeat: false,
            cumulative: false,
        })
    }

    /// Names a site as on a day.
    fn site(&mut self, site: &Site, day: Option<Day>) -> Result<SiteName, StoreError> {
        let mut name = SiteName::default();
        match site {
            Site::Village(id) => {
                let key = (site.clone(), day);
                if let Some(known) = self.sites.get(&key) {
                    return Ok(known.clone());
                }
                let village = names::resolve(&self.snapshot, *id)?;
                let place = village.of_its_day(day);
                name = place.map_or_else(SiteName::default, Place::site_name);
                self.sites.insert(key, name.clone());
            }
            Site::Commune(code) => name.commune = Some(*code),
            Site::Former(code) => name.former = Some(*code),
            Site::Text(text) => name.village.clone_from(text),
        }
        Ok(name)
    }
}

fn body(name: &str) -> Body {
    Body {
        name: name.trim().to_owned(),
        key: fold(name.trim()),
    }
}

fn word(code: &Option<Code>) -> Option<String> {
    code.as_ref().map(|code| code.as_str().to_owned())
}

/// Reads what is known of every record of a kind.
fn all_known(read: &impl Read, kind: EntityKind) -> Result<Vec<(EntityId, Known)>, StoreError> {
    let from = kind.number().to_be_bytes();
    let mut found = Vec::new();
    read.scan(
        Tab::Entities,
        &from,
        &after(&from),
        Way::Up,
        &mut |key, content| {
            found.push((entity_from_key(key)?, decode(content, "entities")?));
            Ok(ControlFlow::Continue(()))
        },
    )?;
    Ok(found)
}
