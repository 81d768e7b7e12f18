//! What stands beside visits and gives to the numbers: receptions, duty, inspections, duties to attend, hot
//! spots.

use super::{Gather, Wanted, Whole, all_known, body, word};
use crate::domain::tally::{AssignmentFacts, InspectionFacts, ReceptionFacts, SpotFacts};
use crate::domain::{
    Assignment, Concern, Duty, EntityKind, Inspection, Label, LabelKind, Person, Reception,
};
use crate::journal::Recorded;
use crate::store::derive_alone::state;
use crate::store::error::StoreError;
use crate::store::family::{Loaded, load, parts};
use crate::store::names;
use crate::store::tables::Read;

impl Gather<'_> {
    pub(super) fn reception(
        &mut self,
        loaded: &Loaded<Reception>,
        wanted: Wanted<'_>,
    ) -> Result<(), StoreError> {
        let reception = &loaded.value;
        let whole = Whole {
            state: state(loaded),
            day: reception.on,
            unit: &reception.unit,
            site: reception.site.as_ref(),
        };
        for concern in &parts::<Concern>(&self.snapshot, loaded.entity)? {
            self.concern(&whole, concern, (false, wanted))?;
        }
        match wanted {
            Wanted::Concerns(_) => {}
            Wanted::All => {
                let mut head = self.head(loaded.entity, &whole)?;
                head.category = reception.kind.map(|kind| kind.as_str().to_owned());
                self.rows.receptions.push(ReceptionFacts {
                    head,
                    kind: reception.kind,
                    people: reception.people.unwrap_or(0).into(),
                    turns: reception.turns.unwrap_or(0).into(),
                });
            }
        }
        Ok(())
    }

    pub(super) fn duty(&mut self, loaded: &Loaded<Duty>) -> Result<(), StoreError> {
        let duty = &loaded.value;
        let whole = Whole {
            state: state(loaded),
            day: duty.on,
            unit: &duty.unit,
            site: duty.site.as_ref(),
        };
        let head = self.head(loaded.entity, &whole)?;
        self.rows.duties.push(head);
        Ok(())
    }

    pub(super) fn inspection(&mut self, loaded: &Loaded<Inspection>) -> Result<(), StoreError> {
        let inspection = &loaded.value;
        let whole = Whole {
            state: state(loaded),
            day: inspection.to.or(inspection.from),
            unit: &inspection.body,
            site: None,
        };
        let head = self.head(loaded.entity, &whole)?;
        self.rows.inspections.push(InspectionFacts {
            head,
            agencies: inspection.agencies.iter().map(|name| body(name)).collect(),
        });
        Ok(())
    }

    /// Reads every duty to attend; there are few, and one may be in force for years.
    pub(super) fn assignments(&mut self) -> Result<(), StoreError> {
        for loaded in all::<Assignment>(&self.snapshot)? {
            let assignment = &loaded.value;
            let person = match assignment.person {
                Some(person) => names::person(&self.snapshot, person)?.unwrap_or_default(),
                None => Person::default(),
            };
            let whole = Whole {
                state: state(&loaded),
                day: assignment.to.or(assignment.from),
                unit: &person.unit,
                site: assignment.site.as_ref(),
            };
            let mut head = self.head(loaded.entity, &whole)?;
            head.category = word(&assignment.duty);
            self.rows.assignments.push(AssignmentFacts {
                head,
                person: assignment.person,
                cell: body(&assignment.cell),
                site: assignment.site.clone(),
                from: assignment.from,
                to: assignment.to,
                quota: assignment.quota,
                every: assignment.every,
            });
        }
        Ok(())
    }

    /// Reads every hot spot that was ever put on a place.
    pub(super) fn spots(&mut self) -> Result<(), StoreError> {
        for loaded in spots(&self.snapshot)? {
            let whole = Whole {
                state: state(&loaded),
                day: loaded.value.on,
                unit: "",
                site: loaded.value.site.as_ref(),
            };
            let head = self.head(loaded.entity, &whole)?;
            let label = loaded.value;
            self.rows.spots.push(SpotFacts { head, label });
        }
        Ok(())
    }
}

/// Reads every hot spot that was put on a place or taken off it, in the order of their days. What is part of
/// a concern is no label of a place, and is not read.
pub(in crate::store) fn spots(read: &impl Read) -> Result<Vec<Loaded<Label>>, StoreError> {
    let mut spots = Vec::new();
    for (entity, known) in all_known(read, EntityKind::Label)? {
        if !known.log.is_empty() && known.whole().is_none() {
            spots.extend(load::<Label>(read, entity)?);
        }
    }
    spots.retain(|label| label.value.kind == Some(LabelKind::HotSpot));
    spots.sort_by_key(|label| (label.value.on, label.age()));
    Ok(spots)
}

/// Reads every record of a kind that stands.
pub(in crate::store) fn all<T: Recorded>(read: &impl Read) -> Result<Vec<Loaded<T>>, StoreError> {
    let mut found = Vec::new();
    for (entity, known) in all_known(read, T::KIND)? {
        if !known.log.is_empty() {
            found.extend(load::<T>(read, entity)?);
        }
    }
    Ok(found)
}
