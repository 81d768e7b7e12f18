//! Villages changed: corrected, dated, placed in a unit, merged, divided, renamed. Each change is a
//! patch of the record as it stands, so that changes of different things merge.

use super::error::WriteError;
use super::names;
use super::open::{Moment, Store, Work};
use crate::domain::{Place, PlaceChange, PlaceId, Unit};
use crate::journal::Ids;

impl Store {
    /// Changes a village everywhere; refused where it, or the one it is to lead to, is not known, or
    /// where that one leads back to it.
    pub fn change_place(
        &self,
        place: PlaceId,
        change: PlaceChange,
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<(), WriteError> {
        self.write(moment, ids, |work| {
            let known = names::place(work.draft, place)?;
            let known = known.ok_or(WriteError::NotFound)?;
            work.change_place(place, known, change)
        })
    }
}

impl Work<'_, '_> {
    fn change_place(
        &mut self,
        place: PlaceId,
        known: Place,
        change: PlaceChange,
    ) -> Result<(), WriteError> {
        match change {
            PlaceChange::Name(name) => self.amend_place(place, |place| place.name = name),
            PlaceChange::Unit(unit) => self.amend_place(place, |place| match unit {
                Unit::Today(code) => place.commune = Some(code),
                Unit::Former(code) => place.former = Some(code),
            }),
            PlaceChange::First(day) => self.amend_place(place, |place| place.valid_from = day),
            PlaceChange::Last(day) => self.amend_place(place, |place| place.valid_to = day),
            PlaceChange::Into { into, last } => {
                self.must_not_lead_back(place, into)?;
                self.amend_place(place, |place| {
                    place.merged_into = Some(into);
                    place.valid_to = last.or(place.valid_to);
                })
            }
            PlaceChange::Part { into, last } => {
                self.must_not_lead_back(place, into)?;
                self.amend_place(place, |place| {
                    if !place.successors.contains(&into) {
                        place.successors.push(into);
                    }
                    place.valid_to = last.or(place.valid_to);
                })
            }
            PlaceChange::Renamed { id, name, first } => {
                if names::place(self.draft, id)?.is_some() {
                    return Err(WriteError::NotFound);
                }
                let next = Place {
                    name,
                    valid_from: Some(first),
                    valid_to: None,
                    ..known
                };
                self.create(id.into(), &next)?;
                self.amend_place(place, |place| {
                    place.merged_into = Some(id);
                    place.valid_to = first.pred_opt();
                })
            }
            PlaceChange::Stands => self.amend_place(place, |place| {
                place.merged_into = None;
                place.successors.clear();
                place.valid_to = None;
            }),
        }
    }

    fn amend_place(
        &mut self,
        place: PlaceId,
        change: impl FnOnce(&mut Place),
    ) -> Result<(), WriteError> {
        self.amend(place.into(), change)
    }

    fn must_not_lead_back(&self, from: PlaceId, into: PlaceId) -> Result<(), WriteError> {
        let known = names::place(self.draft, into)?.is_some();
        if !known || names::resolve(self.draft, into)?.passes(from) {
            return Err(WriteError::NotFound);
        }
        Ok(())
    }
}
