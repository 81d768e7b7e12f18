//! Villages: the ones typed so far, to rename and to merge.

use crate::app::Setup;
use crate::domain::{Names, Place, PlaceId};
use crate::text::collate;

/// The screen of villages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    pub chosen: u64,
}

impl Places {
    /// Gives the villages by commune and name in Vietnamese order.
    pub fn rows<'a>(names: &'a Names, setup: &Setup) -> Vec<(PlaceId, &'a Place)> {
        let mut rows: Vec<_> = names.standing().collect();
        rows.sort_by_cached_key(|(id, place)| {
            let commune = place.commune.map(|code| setup.commune(code));
            let commune = collate::key(&commune.unwrap_or_default());
            (commune, collate::key(&place.name), *id)
        });
        rows
    }

    /// Gives the village that the cursor is on.
    pub fn place(&self, names: &Names, setup: &Setup) -> Option<(PlaceId, Place)> {
        let rows = Self::rows(names, setup);
        let (id, place) = rows.get(usize::try_from(self.chosen).ok()?)?;
        Some((*id, (*place).clone()))
    }
}
