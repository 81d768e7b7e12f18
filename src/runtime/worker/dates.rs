//! Due dates by the law of this machine: reckoned when the logbook is opened, and which of them moved.

use super::Place;
use crate::app::{Answer, MovedDate};
use crate::domain::EntityKind;
use crate::runtime::settings::reckoner;
use crate::store::{Store, WriteError};

/// Reckons what is owed where law, calendar or targets changed, and returns the dates that moved.
pub(super) fn reckon(place: &Place, store: &mut Store) -> Result<Vec<MovedDate>, WriteError> {
    let tell = place.tell.clone();
    let mut progress = |done, total| tell(super::Told::Answer(Answer::Reckoning { done, total }));
    let moved = store.reckon_with(reckoner(&place.setup), &mut progress)?;
    let reader = store.reader();
    let mut named = Vec::new();
    for date in moved {
        // An envelope has no code that a screen may show.
        if date.entity.kind != EntityKind::Envelope {
            named.push(MovedDate {
                code: reader.code(date.entity)?,
                from: date.from,
                to: date.to,
            });
        }
    }
    Ok(named)
}
