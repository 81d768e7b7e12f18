//! Opens the boxes about what belongs to citizens.

use super::push;
use crate::app::dialogs::{Dialog, OfferedAsk, Personal, SealAsk};
use crate::app::screens::{TodayRow, View};
use crate::app::{Effect, Model};
use crate::domain::{EnvelopeId, TodayItem};

/// Asks whose data are looked for.
pub(super) fn citizen(model: &mut Model) -> Vec<Effect> {
    let ask = Personal::Citizen(Box::default());
    push(model, Dialog::Personal(Box::new(ask)))
}

/// Shows what may be erased.
pub(super) fn offered(model: &mut Model) -> Vec<Effect> {
    let Some(session) = model.session() else {
        return Vec::new();
    };
    let Some(before) = session.offered_before() else {
        return Vec::new();
    };
    let ask = OfferedAsk::new(session.today.offered.clone(), before);
    push(model, Dialog::Personal(Box::new(Personal::Offered(ask))))
}

/// Gives the envelope of the row that is chosen on Today.
pub(in crate::app) fn envelope_in_front(model: &Model) -> Option<EnvelopeId> {
    let session = model
        .session()
        .filter(|session| matches!(session.view, View::Today))?;
    let at = usize::try_from(session.today.chosen).ok()?;
    match session.today_rows(model.today()).get(at)? {
        TodayRow::Item(item) => match session.today.read.as_ref()?.items.get(*item)? {
            TodayItem::Envelope { id, .. } => Some(*id),
            TodayItem::Conflict(_)
            | TodayItem::Returned(_)
            | TodayItem::Draft(_)
            | TodayItem::Due { .. } => None,
        },
        _ => None,
    }
}

/// Asks who denounced, for the envelope of the row that is chosen.
pub(super) fn seal(model: &mut Model) -> Vec<Effect> {
    match envelope_in_front(model) {
        Some(envelope) => {
            let ask = Personal::Seal(SealAsk::new(envelope));
            push(model, Dialog::Personal(Box::new(ask)))
        }
        None => Vec::new(),
    }
}
