//! Villages: the ones typed so far, those that stand and those of the past.

use crate::app::Setup;
use crate::domain::{Names, Place, PlaceId};
use crate::text::collate;

/// The screen of villages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    pub chosen: u64,
}

impl Places {
    /// Gives every village: first those that stand, then those of the past, each by commune and name
    /// in Vietnamese order.
    pub fn all<'a>(names: &'a Names, setup: &Setup) -> Vec<(PlaceId, &'a Place)> {
        let places = names.places.iter().map(|(id, place)| (*id, place));
        let mut rows: Vec<_> = places.collect();
        rows.sort_by_cached_key(|(id, place)| (Self::is_past(place), key(*id, place, setup)));
        rows
    }

    /// Tells whether something else took the place of a village, or its last day is known.
    pub fn is_past(place: &Place) -> bool {
        let led_on = place.merged_into.is_some() || !place.successors.is_empty();
        led_on || place.valid_to.is_some()
    }

    /// Gives the villages that did not become part of another, by commune and name in Vietnamese order.
    pub fn rows<'a>(names: &'a Names, setup: &Setup) -> Vec<(PlaceId, &'a Place)> {
        let mut rows: Vec<_> = names.standing().collect();
        rows.sort_by_cached_key(|(id, place)| key(*id, place, setup));
        rows
    }

    /// Keeps the cursor on its village where a change moved that in the list.
    pub(in crate::app) fn follow(&mut self, before: &Names, after: &Names, setup: &Setup) {
        let village = self.place(before, setup).map(|(id, _)| id);
        let rows = Self::all(after, setup);
        let at = rows.iter().position(|(id, _)| Some(*id) == village);
        let last = (rows.len() as u64).saturating_sub(1);
        self.chosen = at.map_or(self.chosen.min(last), |at| at as u64);
    }

    /// Gives the village that the cursor is on.
    pub fn place(&self, names: &Names, setup: &Setup) -> Option<(PlaceId, Place)> {
        let rows = Self::all(names, setup);
        let (id, place) = rows.get(usize::try_from(self.chosen).ok()?)?;
        Some((*id, (*place).clone()))
    }
}

fn key(id: PlaceId, place: &Place, setup: &Setup) -> impl Ord + use<> {
    let commune = place.commune.map(|code| setup.commune(code));
    let commune = collate::key(&commune.unwrap_or_default());
    (commune, collate::key(&place.name), id)
}
