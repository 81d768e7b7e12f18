//! What the register of receptions and the record of a complaint say, citizens' names among it. Who may ask
//! is decided above; each record of names that is written out is written down first.

use super::entity::must_know;
use super::error::StoreError;
use super::family::{Loaded, load, parts};
use super::life::under_concern;
use super::list;
use super::reader::Reader;
use super::rows::inverted_day;
use super::tables::{Read, Way};
use crate::domain::{
    Concern, Day, Denunciations, EntityId, Envelope, FormMatter, FormRow, Listing, Particulars,
    ParticularsId, Period, Raised, Reception, Site, Visit,
};

impl Reader {
    /// Reads the register of the receptions of a period, in the order of their days.
    pub fn register(
        &self,
        period: Period,
        denunciations: Denunciations,
    ) -> Result<Vec<FormRow>, StoreError> {
        let snapshot = self.snapshot()?;
        let (newest, oldest) = (
            inverted_day(Some(period.to)),
            inverted_day(Some(period.from)),
        );
        let mut rows = Vec::new();
        for bucket in list::days(&snapshot, Listing::Receptions)? {
            if !(newest..=oldest).contains(&bucket.day) {
                continue;
            }
            for row in list::rows_of_day(&snapshot, Listing::Receptions, &bucket, Way::Up)? {
                let loaded = load::<Reception>(&snapshot, row.slot.entity())?;
                let stands = loaded.filter(|loaded| loaded.record.withdrawn.is_none());
                if let Some(reception) = stands {
                    session(&snapshot, &reception, denunciations, &mut rows)?;
                }
            }
        }
        rows.sort_by_key(|row| row.day);
        Ok(rows)
    }

    /// Reads a concern with who raised it; `None` where no concern of that id stands.
    pub fn raised(&self, concern: EntityId) -> Result<Option<Raised>, StoreError> {
        let snapshot = self.snapshot()?;
        let Some(loaded) = load::<Concern>(&snapshot, concern)? else {
            return Ok(None);
        };
        let (mut heard, mut site) = (None, loaded.value.site.clone());
        if let Some(visit) = loaded.value.visit
            && let Some(visit) = load::<Visit>(&snapshot, visit.into())?
        {
            heard = visit.value.day();
            site = site.or(visit.value.site);
        }
        if let Some(reception) = loaded.value.reception
            && let Some(reception) = load::<Reception>(&snapshot, reception.into())?
        {
            heard = heard.or(reception.value.on);
            site = site.or(reception.value.site);
        }
        raised(&snapshot, &loaded, (heard, site)).map(Some)
    }
}

/// Adds the rows of one session.
fn session(
    read: &impl Read,
    reception: &Loaded<Reception>,
    denunciations: Denunciations,
    rows: &mut Vec<FormRow>,
) -> Result<(), StoreError> {
    let day = reception.value.on;
    for concern in parts::<Concern>(read, reception.entity)? {
        let site = concern.value.site.clone();
        let site = site.or_else(|| reception.value.site.clone());
        let raised = raised(read, &concern, (day, site))?;
        rows.push(FormRow {
            day,
            matter: FormMatter::Concern(Box::new(raised)),
        });
    }
    match denunciations {
        Denunciations::LeftOut => {}
        Denunciations::Listed => {
            for envelope in parts::<Envelope>(read, reception.entity)? {
                rows.push(FormRow {
                    day,
                    matter: FormMatter::Denunciation(Box::new(envelope.value)),
                });
            }
        }
    }
    Ok(())
}

fn raised(
    read: &impl Read,
    concern: &Loaded<Concern>,
    (heard, site): (Option<Day>, Option<Site>),
) -> Result<Raised, StoreError> {
    let known = must_know(read, concern.entity)?;
    let (life, _) = under_concern(read, &known)?.life(&concern.value, heard);
    let particulars = parts::<Particulars>(read, concern.entity)?.pop();
    Ok(Raised {
        concern: concern.value.clone(),
        heard,
        site,
        particulars: particulars.map(|of| of.versioned(ParticularsId)),
        state: life.state(),
        last: life
            .taken()
            .last()
            .map(|taken| (taken.on, taken.paper.clone())),
    })
}
